//! Citations: `path#anchor@commit`, behind `name:` in another memory.

use crate::corpus::{Named, Page, Reference};
use crate::ids::CommitId;
use crate::repo_path::RepoPath;
use crate::workspace::Memory;

/// The citation of a section; of the page where `anchor` is empty. Pages on
/// disk that no commit holds are cited without one.
pub fn cite(path: &RepoPath, anchor: &str, commit: Option<CommitId>) -> String {
    cite_in(None, path, anchor, commit)
}

fn cite_in(
    memory: Option<&str>,
    path: &RepoPath,
    anchor: &str,
    commit: Option<CommitId>,
) -> String {
    let reference = Reference {
        memory: memory.map(str::to_owned),
        what: Named::Path(path.clone()),
        anchor: Some(anchor.to_owned()).filter(|anchor| !anchor.is_empty()),
        commit: commit.map(|commit| commit.to_string()),
    };
    reference.to_string()
}

impl Memory {
    /// The citation of a section of `page` in this memory.
    pub(super) fn cite(&self, page: &Page, anchor: &str) -> String {
        if let Some(text) = self.unreviewed(page) {
            return text.name.clone();
        }
        cite_in(self.name.as_deref(), &page.path, anchor, self.cited_commit(page))
    }
}
