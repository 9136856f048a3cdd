//! A tree with edits applied: new objects only, nothing on disk beside them.

use std::collections::BTreeMap;

use git2::{FileMode, Oid, Repository};

use super::edit::{Edit, Mode};
use super::write_error::WriteError;
use crate::repo_path::RepoPath;

/// What becomes of one name of a folder.
enum Node<'a> {
    File(&'a Edit),
    Folder(Folder<'a>),
}

type Folder<'a> = BTreeMap<&'a [u8], Node<'a>>;

/// The id of `base` with `edits`; an absent base is the empty tree.
pub(super) fn edited(
    git: &Repository,
    base: Option<Oid>,
    edits: &[Edit],
) -> Result<Oid, WriteError> {
    let mut top = Folder::new();
    for edit in edits {
        plan(&mut top, edit)?;
    }
    match written(git, base, &top)? {
        Some(tree) => Ok(tree),
        None => empty(git),
    }
}

fn empty(git: &Repository) -> Result<Oid, WriteError> {
    let failed = WriteError::library("write a folder");
    git.treebuilder(None).and_then(|builder| builder.write()).map_err(failed)
}

fn plan<'a>(top: &mut Folder<'a>, edit: &'a Edit) -> Result<(), WriteError> {
    let path = edit.path();
    let parts: Vec<&[u8]> = path.as_bytes().split(|&byte| byte == b'/').collect();
    if parts.iter().any(|part| is_impossible(part)) {
        return Err(WriteError::BadPath(path.clone()));
    }
    let (name, above) = parts.split_last().expect("a split gives at least one part");
    let mut folder = top;
    for part in above {
        let node = folder.entry(part).or_insert_with(|| Node::Folder(Folder::new()));
        let Node::Folder(inner) = node else { return Err(WriteError::Collides(path.clone())) };
        folder = inner;
    }
    match folder.insert(name, Node::File(edit)) {
        Some(Node::Folder(_)) => Err(WriteError::Collides(path.clone())),
        _ => Ok(()),
    }
}

/// Names that leave the tree or would be taken for a Git folder.
fn is_impossible(part: &[u8]) -> bool {
    matches!(part, b"" | b"." | b"..") || part.eq_ignore_ascii_case(b".git") || part.contains(&0)
}

/// Folders nest as deep as a path of an edit, which prode itself made.
fn written(
    git: &Repository,
    base: Option<Oid>,
    folder: &Folder<'_>,
) -> Result<Option<Oid>, WriteError> {
    let failed = WriteError::library("write a folder");
    let base = base.map(|id| git.find_tree(id)).transpose().map_err(&failed)?;
    let mut builder = git.treebuilder(base.as_ref()).map_err(&failed)?;
    for (name, node) in folder {
        let there = builder.get(name).map_err(&failed)?.map(|entry| (entry.id(), entry.filemode()));
        let entry = match node {
            Node::Folder(inner) => {
                let below = folder_at(there, inner)?;
                written(git, below, inner)?.map(|id| (id, i32::from(FileMode::Tree)))
            }
            Node::File(edit) => file(git, there, edit)?,
        };
        match entry {
            Some((id, mode)) => builder.insert(name, id, mode).map(|_| ()).map_err(&failed)?,
            None if there.is_some() => builder.remove(name).map_err(&failed)?,
            None => {}
        }
    }
    if builder.is_empty() { Ok(None) } else { builder.write().map(Some).map_err(failed) }
}

/// The folder that stands there, which must not be a file.
fn folder_at(there: Option<(Oid, i32)>, inner: &Folder<'_>) -> Result<Option<Oid>, WriteError> {
    match there {
        None => Ok(None),
        Some((id, mode)) if mode == i32::from(FileMode::Tree) => Ok(Some(id)),
        Some(_) => Err(WriteError::Collides(first_path(inner).clone())),
    }
}

fn first_path<'a>(folder: &Folder<'a>) -> &'a RepoPath {
    match folder.values().next().expect("a folder is planned for a file in it") {
        Node::File(edit) => edit.path(),
        Node::Folder(inner) => first_path(inner),
    }
}

/// A file's new entry; `None` where it goes.
fn file(
    git: &Repository,
    there: Option<(Oid, i32)>,
    edit: &Edit,
) -> Result<Option<(Oid, i32)>, WriteError> {
    let is_folder = there.is_some_and(|(_, mode)| mode == i32::from(FileMode::Tree));
    match edit {
        Edit::Write { path, .. } if is_folder => Err(WriteError::Collides(path.clone())),
        Edit::Write { bytes, mode, .. } => {
            let id = git.blob(bytes).map_err(WriteError::library("write a file"))?;
            Ok(Some((id, mode_of(*mode, there.map(|(_, mode)| mode)))))
        }
        Edit::Remove(path) if there.is_none() || is_folder => {
            Err(WriteError::NothingToRemove(path.clone()))
        }
        Edit::Remove(_) => Ok(None),
    }
}

fn mode_of(wanted: Mode, there: Option<i32>) -> i32 {
    let executable = i32::from(FileMode::BlobExecutable);
    match wanted {
        Mode::Executable => executable,
        Mode::Kept if there == Some(executable) => executable,
        Mode::Kept | Mode::Plain => i32::from(FileMode::Blob),
    }
}
