//! What a person may type next after an error.
//!
//! Every module's error type answers [`Helpful::kind`] and
//! [`Helpful::hints`]; the doors (command line, MCP) turn a kind into an exit
//! code or a tool error with one exhaustive match each.

use serde::{Deserialize, Serialize};

/// What sort of failure it is; each door maps it to its own code.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum ErrorKind {
    /// The command line or a tool's arguments are wrong.
    Usage,
    /// A file, revision, page or other named thing does not exist.
    NotFound,
    /// The input was read and is wrong in content.
    Invalid,
    /// Somebody else changed it, or holds it.
    Conflict,
    /// A person's decision is missing.
    Waiting,
    /// Something outside did not answer.
    Unavailable,
    /// Reading or writing failed.
    Io,
    /// A defect in prode itself.
    Bug,
}

/// An error that helps: its kind and what to type next.
pub trait Helpful: std::error::Error {
    /// What sort of failure it is.
    fn kind(&self) -> ErrorKind;

    /// What to type or look at next; lower-case sentences without a full stop.
    fn hints(&self) -> Vec<String> {
        Vec::new()
    }
}

/// The known name that `typed` most likely meant, if one is near enough.
pub fn nearest<'a>(typed: &str, known: impl IntoIterator<Item = &'a str>) -> Option<&'a str> {
    known
        .into_iter()
        .map(|name| (strsim::damerau_levenshtein(typed, name), name))
        .filter(|(distance, name)| *distance <= 1 + name.len() / 4)
        .min()
        .map(|(_, name)| name)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_slip_finds_its_name() {
        assert_eq!(nearest("treshold", ["threshold", "weights"]), Some("threshold"));
        assert_eq!(nearest("zebra", ["threshold", "weights"]), None);
    }
}
