//! `skill to-prompt`: what a system prompt says of the skills that are there.

use std::path::Path;

use super::{list, read_package};
use crate::ops::OpError;
use crate::skill::{Offered, offer, to_prompt};
use crate::workspace::{Asked, Workspace};

/// The block for the packages in `folders`, or for every skill of the work
/// tree. Locations are absolute where the files lie on disk.
pub fn of_folders(folders: &[impl AsRef<Path>]) -> Result<String, OpError> {
    let offered: Result<Vec<Offered>, OpError> =
        folders.iter().map(|folder| offered(folder.as_ref())).collect();
    Ok(to_prompt(&offered?))
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
