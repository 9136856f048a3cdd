//! Citations: `path#anchor@commit`.

use crate::corpus::Page;
use crate::ids::CommitId;
use crate::repo_path::RepoPath;
use crate::workspace::Memory;

/// The citation of a section; of the page where `anchor` is empty. Pages on
/// disk that no commit holds are cited without one.
pub fn cite(path: &RepoPath, anchor: &str, commit: Option<CommitId>) -> String {
    let mut cite = path.cite_text();
    if !anchor.is_empty() {
        cite.push('#');
        cite.push_str(anchor);
    }
    if let Some(commit) = commit {
        cite.push('@');
        cite.push_str(&commit.to_string());
    }
    cite
}

impl Memory {
    /// The citation of a section of `page` in this memory.
    pub(super) fn cite(&self, page: &Page, anchor: &str) -> String {
        if let Some(text) = self.unreviewed(page) {
            return text.name.clone();
        }
        cite(&page.path, anchor, self.cited_commit(page))
    }
}
