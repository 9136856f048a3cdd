//! What a command answers: bytes for either stream, and how it ends.

use super::error::AdrToolsError;
use crate::rendering::visible_line;

/// A finished command's answer, not yet printed.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Reply {
    /// For standard output, as they are.
    pub out: Vec<u8>,
    /// For standard error, as they are.
    pub err: Vec<u8>,
    /// The exit code.
    pub code: u8,
    /// True for a text that a person reads: it goes through a pager.
    pub is_help: bool,
}

impl Reply {
    /// Text for standard output, and success.
    pub(super) fn says(text: impl Into<Vec<u8>>) -> Self {
        Self { out: text.into(), ..Self::default() }
    }

    /// A line that adr-tools writes to standard output before it fails.
    pub(super) fn refuses(line: &str) -> Self {
        Self { out: format!("{line}\n").into(), code: 1, ..Self::default() }
    }

    /// An error and what to type next, for standard error.
    pub(super) fn failed(error: &AdrToolsError) -> Self {
        let mut text = format!("ERROR: {}\n", visible_line(&error.to_string()));
        for hint in error.hints() {
            text += &format!("hint: {}\n", visible_line(&hint));
        }
        Self { err: text.into(), code: error.code(), ..Self::default() }
    }
}
