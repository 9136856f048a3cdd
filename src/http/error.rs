//! Why a service did not do what was asked.

use crate::hint::ErrorKind;

/// What stands against it. No message holds the token or a URL with it.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
pub enum HttpError {
    /// No whole answer: whether it was done is not known.
    #[error("{host} did not answer whether it could {what}: {why}")]
    NoAnswer {
        /// The API's host.
        host: String,
        /// What was asked.
        what: &'static str,
        /// What went wrong on the way.
        why: String,
    },
    /// No answer in time: it may be done yet.
    #[error("{host} did not answer whether it could {what}: no answer within {seconds} s")]
    Late {
        /// The API's host.
        host: String,
        /// What was asked.
        what: &'static str,
        /// How long was waited.
        seconds: u64,
    },
    /// It failed inside the service: whether it was done is not known.
    #[error("{host} failed with {status} when asked to {what}")]
    Failing {
        /// The API's host.
        host: String,
        /// What was asked.
        what: &'static str,
        /// The HTTP status.
        status: u16,
    },
    /// Too much was asked in too short a time.
    #[error("{host} asks to wait for {seconds} s before it is asked to {what}")]
    Busy {
        /// The API's host.
        host: String,
        /// What was asked.
        what: &'static str,
        /// How long it wants.
        seconds: u64,
    },
    /// The token is none, or is over.
    #[error("{host} does not take the token")]
    BadToken {
        /// The API's host.
        host: String,
    },
    /// The token does not reach so far.
    #[error("{host} does not let this token {what}: {said}")]
    Forbidden {
        /// The API's host.
        host: String,
        /// What was asked.
        what: &'static str,
        /// In the service's words.
        said: String,
    },
    /// It is not there, or not for this token.
    #[error("{host} knows nothing by that name when asked to {what}")]
    NotFound {
        /// The API's host.
        host: String,
        /// What was asked.
        what: &'static str,
    },
    /// It was understood and refused.
    #[error("{host} refused to {what} ({status}): {said}")]
    Refused {
        /// The API's host.
        host: String,
        /// What was asked.
        what: &'static str,
        /// The HTTP status.
        status: u16,
        /// In the service's words.
        said: String,
    },
    /// An answer that no service of the kind gives.
    #[error("the answer of {host} when asked to {what} is not understood: {why}")]
    NotUnderstood {
        /// The API's host.
        host: String,
        /// What was asked.
        what: &'static str,
        /// What is missing or wrong.
        why: String,
    },
    /// A redirect to another host, where the token does not go.
    #[error("{host} sends elsewhere when asked to {what}: {to}")]
    Elsewhere {
        /// The API's host.
        host: String,
        /// What was asked.
        what: &'static str,
        /// The other host.
        to: String,
    },
    /// The host has an address to which nothing is sent.
    #[error("{host} is at {address}, where nobody is asked to {what}: {why}")]
    Barred {
        /// The API's host.
        host: String,
        /// What was to be asked.
        what: &'static str,
        /// The address.
        address: String,
        /// What is wrong with it.
        why: &'static str,
    },
}

/// What a room says to do about what only its reader can mend.
#[derive(Debug, Clone, Copy)]
pub struct Advice {
    /// The token is not taken.
    pub token: &'static str,
    /// The token does not reach so far.
    pub rights: &'static str,
    /// Nothing is called so.
    pub missing: &'static str,
    /// It was refused.
    pub refused: &'static str,
    /// The answer is not understood.
    pub strange: &'static str,
    /// It is elsewhere.
    pub elsewhere: &'static str,
}

impl HttpError {
    /// True where it may have been done all the same.
    pub fn is_unsure(&self) -> bool {
        matches!(
            self,
            Self::NoAnswer { .. }
                | Self::Late { .. }
                | Self::Failing { .. }
                | Self::NotUnderstood { .. }
        )
    }

    /// The kind, for whoever maps it to an exit code.
    pub fn kind(&self) -> ErrorKind {
        match self {
            Self::NoAnswer { .. }
            | Self::Late { .. }
            | Self::Failing { .. }
            | Self::Busy { .. }
            | Self::NotUnderstood { .. } => ErrorKind::Unavailable,
            Self::Forbidden { .. } => ErrorKind::Waiting,
            Self::NotFound { .. } => ErrorKind::NotFound,
            Self::BadToken { .. }
            | Self::Refused { .. }
            | Self::Elsewhere { .. }
            | Self::Barred { .. } => ErrorKind::Invalid,
        }
    }

    /// What to do next, with the room's own words where it depends on the room.
    pub fn hint(&self, advice: &Advice) -> &'static str {
        match self {
            Self::NoAnswer { .. } | Self::Late { .. } | Self::Failing { .. } => {
                "run it again: what is there already is found and not made twice"
            }
            Self::Busy { .. } => "run it again then",
            Self::BadToken { .. } => advice.token,
            Self::Forbidden { .. } => advice.rights,
            Self::NotFound { .. } => advice.missing,
            Self::Refused { .. } => advice.refused,
            Self::NotUnderstood { .. } => advice.strange,
            Self::Elsewhere { .. } | Self::Barred { .. } => advice.elsewhere,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Those whose advice is the same in every room.
    #[test]
    fn what_is_not_known_says_to_run_it_again() {
        let (host, what) = ("git.example.org".to_owned(), "add a comment");
        let why = "the connection failed".to_owned();
        let advice =
            Advice { token: "", rights: "", missing: "", refused: "", strange: "", elsewhere: "" };
        let all = [
            HttpError::NoAnswer { host: host.clone(), what, why },
            HttpError::Late { host: host.clone(), what, seconds: 30 },
            HttpError::Failing { host: host.clone(), what, status: 502 },
            HttpError::Busy { host, what, seconds: 90 },
        ];
        let unsure = all.each_ref().map(HttpError::is_unsure);
        assert_eq!(unsure, [true, true, true, false]);
        let told = all.map(|it| format!("{:?}: {it}\n  {}", it.kind(), it.hint(&advice)));
        insta::assert_snapshot!(told.join("\n"), @r"
        Unavailable: git.example.org did not answer whether it could add a comment: the connection failed
          run it again: what is there already is found and not made twice
        Unavailable: git.example.org did not answer whether it could add a comment: no answer within 30 s
          run it again: what is there already is found and not made twice
        Unavailable: git.example.org failed with 502 when asked to add a comment
          run it again: what is there already is found and not made twice
        Unavailable: git.example.org asks to wait for 90 s before it is asked to add a comment
          run it again then
        ");
    }
}
