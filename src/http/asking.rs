//! How much a service is asked that may not answer.

use super::error::HttpError;

/// Calls of one run.
const MOST_CALLS: u32 = 60;

/// Questions without an answer in a row after which nothing more is asked.
const MISSES: u32 = 3;

/// Why a service did not say what was asked of it. No message holds a key or a token.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
pub enum AskError {
    /// It was asked, and gave no answer that counts.
    #[error(transparent)]
    Asked(HttpError),
    /// It does not know who asks.
    #[error("{0} does not take the credentials: they are wrong, or have expired")]
    Credentials(String),
    /// It was not asked: it did not answer before.
    #[error("nobody asked {whom} to {what}: it did not answer {misses} times in a row")]
    Broken {
        /// The service.
        whom: &'static str,
        /// What was to be asked.
        what: &'static str,
        /// How often it did not answer.
        misses: u32,
    },
    /// It was not asked: too much was asked before.
    #[error("nobody asked {whom} to {what}: {calls} calls were made, and that is the limit")]
    Spent {
        /// The service.
        whom: &'static str,
        /// What was to be asked.
        what: &'static str,
        /// How often it was asked.
        calls: u32,
    },
    /// No such host can be spoken to.
    #[error("nobody asked {whom} to {what}: its address is of no use: {why}")]
    Address {
        /// The service.
        whom: &'static str,
        /// What was to be asked.
        what: &'static str,
        /// What is wrong with it.
        why: String,
    },
}

impl AskError {
    /// True where nothing was sent.
    pub fn is_unasked(&self) -> bool {
        match self {
            Self::Broken { .. } | Self::Spent { .. } | Self::Address { .. } => true,
            Self::Asked(error) => matches!(error, HttpError::Barred { .. }),
            Self::Credentials(_) => false,
        }
    }

    /// True where the service knows nothing by that name.
    pub fn is_not_found(&self) -> bool {
        matches!(self, Self::Asked(HttpError::NotFound { .. }))
    }

    /// True where another question would have the same fate.
    fn is_silence(&self) -> bool {
        match self {
            Self::Credentials(_) => true,
            Self::Asked(error) => {
                error.is_unsure()
                    || matches!(
                        error,
                        HttpError::Busy { .. }
                            | HttpError::Elsewhere { .. }
                            | HttpError::Barred { .. }
                    )
            }
            _ => false,
        }
    }
}

impl From<HttpError> for AskError {
    fn from(error: HttpError) -> Self {
        match error {
            HttpError::BadToken { host } => Self::Credentials(host),
            error => Self::Asked(error),
        }
    }
}

/// One service in one run: asked as long as it answers, and not without end.
#[derive(Debug)]
pub struct Asking {
    whom: &'static str,
    calls: u32,
    misses: u32,
}

impl Asking {
    /// Nothing was asked yet. Messages call the service `whom`.
    pub fn of(whom: &'static str) -> Self {
        Self { whom, calls: 0, misses: 0 }
    }

    /// How many questions were asked.
    pub fn calls(&self) -> u32 {
        self.calls
    }

    /// Asks by `send`, where it may be asked.
    ///
    /// # Errors
    /// It gave no answer that counts, or was not asked: it did not answer before, or
    /// too much was asked.
    pub fn ask<T>(
        &mut self,
        what: &'static str,
        send: impl FnOnce() -> Result<T, HttpError>,
    ) -> Result<T, AskError> {
        let (whom, misses, calls) = (self.whom, self.misses, self.calls);
        if misses >= MISSES {
            return Err(AskError::Broken { whom, what, misses });
        }
        if calls >= MOST_CALLS {
            return Err(AskError::Spent { whom, what, calls });
        }
        let answer = send().map_err(AskError::from);
        self.calls += 1;
        let is_silence = answer.as_ref().is_err_and(AskError::is_silence);
        self.misses = if is_silence { misses + 1 } else { 0 };
        answer
    }

    /// There is no such address.
    pub fn nowhere(&self, what: &'static str, why: String) -> AskError {
        AskError::Address { whom: self.whom, what, why }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn late() -> HttpError {
        HttpError::Late { host: "h".to_owned(), what: "read", seconds: 1 }
    }

    fn missing() -> HttpError {
        HttpError::NotFound { host: "h".to_owned(), what: "read" }
    }

    #[test]
    fn who_does_not_answer_is_soon_asked_no_more() {
        let mut asking = Asking::of("Sentry");
        for _ in 0..2 {
            assert!(asking.ask("read", || Err::<(), _>(late())).is_err());
        }
        assert!(asking.ask("read", || Err::<(), _>(missing())).unwrap_err().is_not_found());
        for _ in 0..MISSES {
            assert!(!asking.ask("read", || Err::<(), _>(late())).unwrap_err().is_unasked());
        }
        let error = asking.ask("read", || Ok(())).unwrap_err();
        assert_eq!(
            error.to_string(),
            "nobody asked Sentry to read: it did not answer 3 times in a row"
        );
        assert!(error.is_unasked());
    }

    #[test]
    fn a_run_asks_so_often_and_no_more() {
        let mut asking = Asking::of("Sentry");
        assert!((0..MOST_CALLS).all(|_| asking.ask("read", || Ok(())).is_ok()));
        let error = asking.ask("read", || Ok(())).unwrap_err();
        assert!(error.to_string().ends_with("60 calls were made, and that is the limit"));
        assert_eq!(asking.calls(), MOST_CALLS);
    }
}
