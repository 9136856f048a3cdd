//! Why a call gives no result.

use crate::hint::{ErrorKind, Helpful};
use crate::ops::OpError;

/// A call that gives no result. The client's model reads it.
#[derive(Debug, thiserror::Error)]
pub(super) enum CallError {
    /// The operation failed.
    #[error(transparent)]
    Op(#[from] OpError),
    /// An argument is missing, unknown, or out of its bounds.
    #[error("{message}")]
    Argument {
        /// What is wrong with which argument.
        message: String,
        /// What to give instead.
        hint: String,
    },
    /// A cursor that no answer of this server ended with.
    #[error("the cursor is damaged")]
    CursorDamaged,
    /// A cursor beside arguments other than those of the answer that it came with.
    #[error("the cursor belongs to a call with other arguments")]
    CursorOfAnother,
    /// What the cursor leads through has changed.
    #[error("the answer that the cursor belongs to has changed")]
    CursorMoved,
    /// More calls than one client is given in that time.
    #[error("'{what}' was asked too often: {most} a minute are answered")]
    Limited {
        /// The tool or method; `all calls` for their sum.
        what: &'static str,
        /// How many.
        most: u32,
        /// Seconds until the next is answered.
        wait: u64,
    },
    /// The client went away, or was told to, before the call began.
    #[error("the call was given up before it began")]
    GivenUp,
    /// A defect in prode itself.
    #[error("{0}")]
    Defect(String),
}

impl Helpful for CallError {
    fn kind(&self) -> ErrorKind {
        match self {
            Self::Op(error) => error.kind(),
            Self::Argument { .. } | Self::CursorDamaged | Self::CursorOfAnother => ErrorKind::Usage,
            Self::CursorMoved => ErrorKind::Conflict,
            Self::Limited { .. } | Self::GivenUp => ErrorKind::Unavailable,
            Self::Defect(_) => ErrorKind::Bug,
        }
    }

    fn hints(&self) -> Vec<String> {
        let hint = match self {
            Self::Op(error) => return error.hints(),
            Self::Argument { hint, .. } => hint.as_str(),
            Self::CursorDamaged => "copy next_cursor as it is, or leave cursor out to begin again",
            Self::CursorOfAnother => {
                "repeat every argument of the first call and change the cursor only"
            }
            Self::CursorMoved => "leave cursor out to begin again",
            Self::Limited { wait, .. } => {
                return vec![format!(
                    "ask again in {wait} seconds; ask once for more, not more often"
                )];
            }
            Self::GivenUp => "ask again, at a time when less is asked",
            Self::Defect(_) => "this is a defect in prode; tell the person you work for",
        };
        vec![hint.to_owned()]
    }
}
