//! Where a memory keeps its route tests: `routes.yaml` and `*.routes.yaml`
//! below its wiki roots.

use super::error::OpError;
use super::eval::{Set, read};
use crate::corpus::RootKind;
use crate::git::EntryKind;
use crate::repo_path::RepoPath;
use crate::workspace::{Asked, Memory, Workspace};

/// The sets at a revision, ordered by path.
pub fn find(workspace: &Workspace, asked: &Asked) -> Result<Vec<(String, Set)>, OpError> {
    let memory = workspace.memory(asked)?;
    let files = files(workspace, &memory)?;
    if files.is_empty() {
        return Err(OpError::Invalid {
            message: "this memory has no route tests".to_owned(),
            hint: "write wiki/routes.yaml, or name a file: prode eval FILE".to_owned(),
        });
    }
    files.iter().map(|path| set(workspace, &memory, path)).collect()
}

/// The files of `memory` that hold route tests, ordered by path.
pub(super) fn files(workspace: &Workspace, memory: &Memory) -> Result<Vec<RepoPath>, OpError> {
    let roots: Vec<RepoPath> = memory
        .roots()
        .all()
        .into_iter()
        .filter(|root| root.kind == RootKind::Wiki)
        .map(|root| root.path.clone())
        .collect();
    let is_wanted =
        |path: &RepoPath| is_route_file(path) && roots.iter().any(|root| path.is_below(root));
    let mut wanted = |path: &[u8], kind| {
        let path = RepoPath::from_git(path);
        match kind {
            EntryKind::File => is_wanted(&path),
            EntryKind::Folder => memory.roots().wants_folder(&path),
        }
    };
    Ok(workspace.files(memory, &mut wanted)?)
}

/// The set that the file at `path` holds.
pub(super) fn set(
    workspace: &Workspace,
    memory: &Memory,
    path: &RepoPath,
) -> Result<(String, Set), OpError> {
    let name = path.text().into_owned();
    let bytes = workspace.page_at(memory, path)?.and_then(|read| read.bytes).unwrap_or_default();
    let set = read(&name, &String::from_utf8_lossy(&bytes))?;
    Ok((name, set))
}

fn is_route_file(path: &RepoPath) -> bool {
    let name = path.file_name();
    name == "routes.yaml" || name.ends_with(".routes.yaml")
}
