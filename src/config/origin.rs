//! Where a value came from.

use std::fmt;
use std::path::PathBuf;

use crate::diagnostic::Diagnostic;

/// One layer of settings. Ordered from weakest to strongest.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Origin {
    /// Built in.
    Default,
    /// The user's file.
    User(PathBuf),
    /// The repository's `prode.yaml`.
    Repository,
    /// An environment variable, by name.
    Environment(String),
    /// `--config`.
    CommandLine,
}

impl Origin {
    /// True for what the user's side says, and not a repository.
    pub fn is_users(&self) -> bool {
        matches!(self, Self::User(_) | Self::Environment(_) | Self::CommandLine)
    }
}

impl fmt::Display for Origin {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Default => f.write_str("default"),
            Self::User(path) => write!(f, "user file {}", path.display()),
            Self::Repository => f.write_str("prode.yaml"),
            Self::Environment(name) => write!(f, "env {name}"),
            Self::CommandLine => f.write_str("--config"),
        }
    }
}

/// What is wrong with one value of one layer.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Problem {
    /// In which layer.
    pub origin: Origin,
    /// What, and in a file on which line.
    pub diagnostic: Diagnostic,
}
