//! What it took to answer.

use crate::repo_path::RepoPath;

/// What it took to answer.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Report {
    /// Pages that were read and indexed for this answer.
    pub indexed: usize,
    /// Pages whose content cannot be had.
    pub unreadable: Vec<RepoPath>,
    /// True if what was indexed is not kept.
    pub in_memory: bool,
    /// What a person should know, such as a damaged shard that was made again.
    pub notes: Vec<String>,
}
