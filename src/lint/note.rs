//! What a page about work says of other pages, kept until all were seen.

use std::collections::BTreeSet;

use crate::repo_path::RepoPath;

/// What one page says.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(in crate::lint) struct Note {
    pub(in crate::lint) path: RepoPath,
    /// Its kind.
    pub(in crate::lint) kind: &'static str,
    /// `plan` of the front matter.
    pub(in crate::lint) plan: Option<String>,
    /// Phases that it speaks of: `2`, `2a`.
    pub(in crate::lint) phases: BTreeSet<String>,
    /// Files that a phase may touch, by phase.
    pub(in crate::lint) files: Vec<(String, BTreeSet<String>)>,
    /// Words of a role's inputs and of its output.
    pub(in crate::lint) exchange: [BTreeSet<String>; 2],
}
