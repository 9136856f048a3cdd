//! Why AWS did not say what was asked.

use super::operation::Operation;
use crate::http::HttpError;

/// What stands against it. No message holds a key or a token.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
pub enum AwsError {
    /// It was asked, and gave no answer that counts.
    #[error(transparent)]
    Asked(HttpError),
    /// It does not know the keys.
    #[error("{0} does not take the credentials: they are wrong, or have expired")]
    Credentials(String),
    /// It was not asked: AWS did not answer before.
    #[error("nobody asked AWS to {what}: it did not answer {1} times in a row", what = .0.what())]
    Broken(Operation, u32),
    /// It was not asked: too much was asked before.
    #[error("nobody asked AWS to {what}: {1} calls were made, and that is the limit", what = .0.what())]
    Spent(Operation, u32),
    /// No such host can be spoken to.
    #[error("nobody asked AWS to {what}: its address is of no use: {1}", what = .0.what())]
    Address(Operation, String),
}

impl AwsError {
    /// True where nothing was sent.
    pub fn is_unasked(&self) -> bool {
        matches!(
            self,
            Self::Broken(..)
                | Self::Spent(..)
                | Self::Address(..)
                | Self::Asked(HttpError::Barred { .. })
        )
    }

    /// True where AWS knows nothing by that name.
    pub fn is_not_found(&self) -> bool {
        matches!(self, Self::Asked(HttpError::NotFound { .. }))
    }

    /// True where another question would have the same fate.
    pub(super) fn is_silence(&self) -> bool {
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

impl From<HttpError> for AwsError {
    fn from(error: HttpError) -> Self {
        match error {
            HttpError::BadToken { host } => Self::Credentials(host),
            error => Self::Asked(error),
        }
    }
}
