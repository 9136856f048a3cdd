//! `skill to-prompt`: what a system prompt says of the skills that are there.

use std::path::{Path, PathBuf};

use super::{list, read_package};
use crate::hint::nearest;
use crate::ops::OpError;
use crate::skill::{Offered, offer, to_prompt};
use crate::workspace::{Asked, Workspace};

/// The block for the packages in `folders`, as they were typed in the folder
/// `current`. Locations are absolute. Skills of `workspace` are only names that
/// may have been meant.
///
/// # Errors
/// One of them is not there, or is no package that can be offered.
pub fn of_folders(
    folders: &[PathBuf],
    current: &Path,
    workspace: Option<&Workspace>,
) -> Result<String, OpError> {
    let offered = folders.iter().map(|typed| {
        let folder = current.join(typed);
        if folder.exists() { offered(&folder) } else { Err(nowhere(typed, workspace)) }
    });
    Ok(to_prompt(&offered.collect::<Result<Vec<Offered>, OpError>>()?))
}

/// There is nothing at `typed`; a skill may be called so, or nearly.
fn nowhere(typed: &Path, workspace: Option<&Workspace>) -> OpError {
    let listed = workspace.and_then(|it| list::run(it, &Asked::WorkTree).ok());
    let skills = listed.map(|(answer, _)| answer.skills).unwrap_or_default();
    let typed = typed.display().to_string();
    let folder = |path: &str| path.rsplit_once('/').map_or(".", |(folder, _)| folder).to_owned();
    let folders: Vec<(&str, String)> =
        skills.iter().map(|skill| (skill.name.as_str(), folder(&skill.path))).collect();
    let names = folders.iter().flat_map(|(name, folder)| [*name, folder.as_str()]);
    let near = nearest(&typed, names);
    let meant =
        folders.iter().find(|(name, folder)| near.is_some_and(|it| it == *name || it == folder));
    let hint = match meant {
        Some((_, folder)) => format!("did you mean '{folder}'?"),
        None => "name a package's folder; see them all: prode skill list".to_owned(),
    };
    OpError::NotFound { message: format!("there is no package at '{typed}'"), hint }
}

/// The block for every skill of a revision.
pub fn of_revision(workspace: &Workspace, asked: &Asked) -> Result<String, OpError> {
    let (answer, _) = list::run(workspace, asked)?;
    let top = workspace.folder().filter(|_| answer.worktree);
    let location = |path: &str| match top {
        Some(top) => top.join(path).display().to_string(),
        None => path.to_owned(),
    };
    let offered: Vec<Offered> = answer
        .skills
        .into_iter()
        .map(|skill| Offered {
            location: location(&skill.path),
            name: skill.name,
            description: skill.description,
        })
        .collect();
    Ok(to_prompt(&offered))
}

fn offered(folder: &Path) -> Result<Offered, OpError> {
    let folder = super::validate::package_folder(folder);
    let package = read_package(folder)?;
    let (name, description) = offer(&package).map_err(|finding| OpError::Invalid {
        message: format!("'{}' cannot be offered: {}", folder.display(), finding.message),
        hint: format!("see all that is wrong: prode skill validate {}", folder.display()),
    })?;
    let real = folder.canonicalize().unwrap_or_else(|_| folder.to_owned());
    let file = package.manifest().map_or("SKILL.md", |file| file.path.as_str());
    Ok(Offered { name, description, location: real.join(file).display().to_string() })
}
