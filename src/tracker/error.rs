//! Why a ticket was not read, commented or moved.

use super::kind::Kind;
use crate::hint::{ErrorKind, Helpful};
use crate::http::{Advice, BadEndpoint, HttpError};

/// What stands against it. No message holds the token.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
pub enum TrackerError {
    /// It was asked.
    #[error(transparent)]
    Asked(#[from] HttpError),
    /// The endpoint cannot be used; its text is not shown.
    #[error("the setting tracker.endpoint cannot be used: {0}")]
    BadEndpoint(#[from] BadEndpoint),
    /// The endpoint does not tell which tracker answers there.
    #[error("tracker.endpoint is set, and not which kind of tracker answers there")]
    NoKind,
    /// Where a tracker answers is not known.
    #[error("the tracker is {0}, and tracker.endpoint does not say where that is")]
    NoEndpoint(Kind),
    /// No tracker is set up.
    #[error("'{typed}' is on a tracker, and none is set up")]
    NotSet {
        /// What was typed.
        typed: String,
    },
    /// It begins as a ticket's name or address and is none.
    #[error("'{typed}' names no ticket on {kind}")]
    BadName {
        /// What was typed.
        typed: String,
        /// Which tracker.
        kind: Kind,
    },
    /// An address of another host; it is not fetched.
    #[error("'{host}' is not where the tracker is, {wanted}, and nothing else is fetched")]
    OtherHost {
        /// The address's host.
        host: String,
        /// How the tracker's addresses begin.
        wanted: String,
    },
    /// A ticket of another tracker.
    #[error("'{name}' is not on the tracker that is set up, which is {kind}")]
    OtherKind {
        /// The ticket.
        name: String,
        /// The tracker that is set up.
        kind: Kind,
    },
    /// The tickets that wait are not told apart.
    #[error("the setting {key} cannot be used: {why}")]
    BadQueue {
        /// Which setting.
        key: &'static str,
        /// What is wrong with it.
        why: &'static str,
    },
    /// More than a comment holds.
    #[error("the comment has {is} characters, and the tracker takes {most}")]
    TooLong {
        /// What it has.
        is: usize,
        /// What a comment holds.
        most: usize,
    },
    /// A key that no step has.
    #[error("a comment's key is 32 hexadecimal digits in lower case")]
    BadKey,
}

const ADVICE: Advice = Advice {
    token: "make a new one, and hand it over as PRODE_TRACKER__TOKEN or in your own config.yaml",
    rights: "a token needs: read and comments:create, and write where it moves tickets (Linear); issues, read and write (GitHub); api, as Reporter (GitLab); write:issue (Gitea)",
    missing: "is the ticket's name right, and does the token reach it?",
    refused: "see the tracker's rules for comments, states and labels there",
    strange: "is tracker.kind right, and tracker.endpoint the address of its API? prode doctor",
    elsewhere: "a token goes to one host: set tracker.endpoint to the new one",
};

impl TrackerError {
    /// True where the comment may stand there all the same: run it again.
    pub fn is_unsure(&self) -> bool {
        matches!(self, Self::Asked(error) if error.is_unsure())
    }
}

impl Helpful for TrackerError {
    fn kind(&self) -> ErrorKind {
        match self {
            Self::Asked(error) => error.kind(),
            Self::BadName { .. } | Self::OtherHost { .. } | Self::OtherKind { .. } => {
                ErrorKind::Usage
            }
            Self::BadKey => ErrorKind::Bug,
            Self::BadEndpoint(_)
            | Self::NoKind
            | Self::NoEndpoint(_)
            | Self::NotSet { .. }
            | Self::BadQueue { .. }
            | Self::TooLong { .. } => ErrorKind::Invalid,
        }
    }

    fn hints(&self) -> Vec<String> {
        let hint = match self {
            Self::Asked(error) => error.hint(&ADVICE).to_owned(),
            Self::BadEndpoint(_) => "write it so: https://api.linear.app/graphql".to_owned(),
            Self::NoKind => {
                "set it on your side: PRODE_TRACKER__KIND=linear, github, gitlab or gitea"
                    .to_owned()
            }
            Self::NoEndpoint(_) => {
                "set it on your side: PRODE_TRACKER__ENDPOINT=https://git.example.org/api/v1"
                    .to_owned()
            }
            Self::NotSet { .. } => {
                "set it up on your side: PRODE_TRACKER__KIND and PRODE_TRACKER__TOKEN".to_owned()
            }
            Self::BadName { kind, .. } => {
                format!("write it so: {}; a file of that name: ./…", kind.example())
            }
            Self::OtherHost { .. } => {
                "save the ticket to a file and name that, or set tracker.endpoint".to_owned()
            }
            Self::OtherKind { kind, .. } => {
                format!("write it so: {}, or set tracker.kind", kind.example())
            }
            Self::BadQueue { .. } => {
                "set on your side which tickets wait, such as PRODE_WATCH__PROJECT=org/repo and PRODE_WATCH__LABEL=incident"
                    .to_owned()
            }
            Self::TooLong { .. } => "shorten what is said".to_owned(),
            Self::BadKey => return Vec::new(),
        };
        vec![hint]
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Every message with its kind, and what to type next.
    #[test]
    fn each_says_what_happened_and_what_to_do() {
        let (host, what) = ("api.linear.app".to_owned(), "add a comment");
        let late = HttpError::Late { host: host.clone(), what, seconds: 30 };
        let all = [
            TrackerError::Asked(late),
            TrackerError::Asked(HttpError::BadToken { host: host.clone() }),
            TrackerError::Asked(HttpError::NotFound { host, what: "read the issue" }),
            TrackerError::BadEndpoint(BadEndpoint("it is no URL")),
            TrackerError::NoKind,
            TrackerError::NoEndpoint(Kind::Gitea),
            TrackerError::NotSet { typed: "linear:ENG-12".to_owned() },
            TrackerError::BadQueue { key: "watch.project", why: "it is no project" },
            TrackerError::BadName { typed: "linear:12".to_owned(), kind: Kind::Linear },
            TrackerError::OtherHost {
                host: "evil.example".to_owned(),
                wanted: "https://linear.app".to_owned(),
            },
            TrackerError::OtherKind { name: "linear:ENG-12".to_owned(), kind: Kind::GitHub },
            TrackerError::TooLong { is: 70_000, most: 65_000 },
            TrackerError::BadKey,
        ];
        let told = all.map(|it| format!("{:?}: {it}\n  {}", it.kind(), it.hints().join("; ")));
        insta::assert_snapshot!(told.join("\n"), @r"
        Unavailable: api.linear.app did not answer whether it could add a comment: no answer within 30 s
          run it again: what is there already is found and not made twice
        Invalid: api.linear.app does not take the token
          make a new one, and hand it over as PRODE_TRACKER__TOKEN or in your own config.yaml
        NotFound: api.linear.app knows nothing by that name when asked to read the issue
          is the ticket's name right, and does the token reach it?
        Invalid: the setting tracker.endpoint cannot be used: it is no URL
          write it so: https://api.linear.app/graphql
        Invalid: tracker.endpoint is set, and not which kind of tracker answers there
          set it on your side: PRODE_TRACKER__KIND=linear, github, gitlab or gitea
        Invalid: the tracker is gitea, and tracker.endpoint does not say where that is
          set it on your side: PRODE_TRACKER__ENDPOINT=https://git.example.org/api/v1
        Invalid: 'linear:ENG-12' is on a tracker, and none is set up
          set it up on your side: PRODE_TRACKER__KIND and PRODE_TRACKER__TOKEN
        Invalid: the setting watch.project cannot be used: it is no project
          set on your side which tickets wait, such as PRODE_WATCH__PROJECT=org/repo and PRODE_WATCH__LABEL=incident
        Usage: 'linear:12' names no ticket on linear
          write it so: linear:ENG-12; a file of that name: ./…
        Usage: 'evil.example' is not where the tracker is, https://linear.app, and nothing else is fetched
          save the ticket to a file and name that, or set tracker.endpoint
        Usage: 'linear:ENG-12' is not on the tracker that is set up, which is github
          write it so: github:org/repo#3, or set tracker.kind
        Invalid: the comment has 70000 characters, and the tracker takes 65000
          shorten what is said
        Bug: a comment's key is 32 hexadecimal digits in lower case
          
        ");
    }
}
