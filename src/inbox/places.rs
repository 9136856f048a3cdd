//! Where things lie on the branch.

use crate::repo_path::RepoPath;

/// The branch.
pub const BRANCH: &str = "prode/inbox";

/// Its full name.
pub const REFERENCE: &str = "refs/heads/prode/inbox";

/// The folder of learnings.
pub const ROOT: &str = "inbox";

/// The folder of findings.
pub const FINDINGS: &str = "findings";

/// What a path on the branch is.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Place<'a> {
    /// What was learned, or found.
    Text,
    /// A run that found it again, by name.
    Seen(&'a str),
    /// A decision or an event, by its digest.
    State(&'a str),
    /// What is left of something that was purged.
    Tombstone,
}

/// The name of the file that says so.
pub(super) const TOMBSTONE: &str = "purged";

impl<'a> Place<'a> {
    /// The folder's name and the place within it; `None` for any other path.
    pub fn of(path: &'a RepoPath) -> Option<(&'a str, Self)> {
        let text = std::str::from_utf8(path.as_bytes()).ok()?;
        let parts: Vec<&str> = text.split('/').collect();
        match parts[..] {
            [ROOT, id, "learning.md"] | [FINDINGS, id, "finding.md"] => Some((id, Self::Text)),
            [ROOT, id, "seen", run] => Some((id, Self::Seen(run))),
            [ROOT, id, "state", digest] | [FINDINGS, id, "events", digest] => {
                Some((id, Self::State(digest)))
            }
            [ROOT | FINDINGS, id, TOMBSTONE] => Some((id, Self::Tombstone)),
            _ => None,
        }
    }
}
