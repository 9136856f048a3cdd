//! Why a learning cannot be put into a page.

use crate::hint::{ErrorKind, Helpful};

/// What stands against it.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum PromotionError {
    /// The file is no text that may be edited.
    #[error("'{0}' is not UTF-8, and stays as it is")]
    NoText(String),
    /// The section is not there.
    #[error("'{path}' has no section '{anchor}' any more")]
    NoSection {
        /// The page.
        path: String,
        /// The section's anchor.
        anchor: String,
    },
    /// Something around the place, or in the words, is left open.
    #[error("'{path}' cannot take the learning: {what} would reach over its end")]
    Open {
        /// The page.
        path: String,
        /// What.
        what: &'static str,
    },
}

impl Helpful for PromotionError {
    fn kind(&self) -> ErrorKind {
        match self {
            Self::NoSection { .. } => ErrorKind::Conflict,
            Self::NoText(_) | Self::Open { .. } => ErrorKind::Invalid,
        }
    }

    fn hints(&self) -> Vec<String> {
        vec![match self {
            Self::NoText(_) => "save it as UTF-8; see where: prode lint".to_owned(),
            Self::NoSection { path, .. } => {
                format!("see its sections: prode show {path}; then: prode promote L-… --to …")
            }
            Self::Open { .. } => {
                "close it, in the page or in the learning: prode inbox edit --help".to_owned()
            }
        }]
    }
}
