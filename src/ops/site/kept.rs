//! Whether Git would take a site for files of the repository.

use std::path::Path;

use crate::git::EntryKind;
use crate::repo_path::RepoPath;
use crate::workspace::{Revision, Workspace};

/// What a person should know of a site in the work tree that Git does not ignore.
pub fn in_work_tree(workspace: &Workspace, revision: &Revision, folder: &Path) -> Option<String> {
    let top = workspace.folder()?.canonicalize().ok()?;
    let below = folder.canonicalize().ok()?;
    let below = RepoPath::new(below.strip_prefix(top).ok()?.to_str()?).ok()?;
    let mut wanted = |path: &[u8], kind: EntryKind| {
        let path = RepoPath::from_git(path);
        path.is_below(&below) || (kind == EntryKind::Folder && below.is_below(&path))
    };
    let changes = workspace.repository()?.work_tree_changes(revision.tree, &mut wanted).ok()?;
    changes.iter().any(|it| it.path.is_below(&below)).then(|| {
        format!(
            "'{below}' is in the work tree and Git does not ignore it, so that its files may be \
             taken for pages; add /{below}/ to .gitignore"
        )
    })
}
