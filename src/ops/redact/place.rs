//! Where a text stands, as allowances name it.

use std::path::Path;

use crate::allowance::NOWHERE;
use crate::repo_path::RepoPath;
use crate::workspace::Workspace;

/// A file's path from the top of the repository, through links to where it
/// really is; [`NOWHERE`] for what lies elsewhere.
pub fn place(workspace: &Workspace, file: &Path) -> String {
    let inside = || {
        let top = workspace.folder()?.canonicalize().ok()?;
        let real = file.canonicalize().ok()?;
        let bytes = real.strip_prefix(top).ok()?.as_os_str().as_encoded_bytes().to_owned();
        Some(RepoPath::from_git(bytes).text().into_owned())
    };
    inside().unwrap_or_else(|| NOWHERE.to_owned())
}
