//! `skill pack`: a package as one file.

use std::fs::OpenOptions;
use std::io::{ErrorKind, Write};
use std::path::Path;

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use super::{archive, list, read_package, validate::verdict};
use crate::ops::OpError;
use crate::skill::{Package, computed_hash, sha256};
use crate::workspace::{Asked, Workspace};

/// The answer.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct Answer {
    /// `prode.skill_pack/v1`.
    pub schema: String,
    /// The skill's name.
    pub name: String,
    /// The archive, as it was named.
    pub file: String,
    /// How many files it holds.
    pub files: usize,
    /// Its size in bytes.
    pub size: u64,
    /// `sha256:` and the digest of the archive.
    pub digest: String,
    /// SHA-256 over paths and contents, as `skills-lock.json` records it.
    pub computed_hash: String,
}

/// Packs the skill called `name` into `output`, where nothing may stand yet.
pub fn run(
    workspace: &Workspace,
    name: &str,
    current: &Path,
    output: &Path,
) -> Result<Answer, OpError> {
    let memory = workspace.memory(&Asked::WorkTree)?;
    let page = list::named(&memory, name)?;
    let folder = page.path.parent();
    let top = workspace.folder().unwrap_or(current);
    let package = read_package(&top.join(&*folder.text()))?;
    sound(&package, &folder.text())?;
    let failed = |reason: String| OpError::File { path: output.display().to_string(), reason };
    let bytes = archive::pack(&package).map_err(|error| failed(error.to_string()))?;
    let file = OpenOptions::new().write(true).create_new(true).open(current.join(output));
    let mut file = file.map_err(|error| match error.kind() {
        ErrorKind::AlreadyExists => OpError::Invalid {
            message: format!("'{}' is there already, and stays as it is", output.display()),
            hint: "remove it, or name another file with -o".to_owned(),
        },
        _ => failed(error.to_string()),
    })?;
    file.write_all(&bytes).map_err(|error| failed(error.to_string()))?;
    Ok(Answer {
        schema: "prode.skill_pack/v1".to_owned(),
        name: package.folder.clone(),
        file: output.display().to_string(),
        files: package.files.len(),
        size: bytes.len() as u64,
        digest: format!("sha256:{}", sha256(&bytes)),
        computed_hash: computed_hash(&package),
    })
}

/// Only a valid package, whole and without links, is packed or installed.
pub(super) fn sound(package: &Package, path: &str) -> Result<(), OpError> {
    let verdict = verdict(package, path);
    let bad = |what: String| OpError::Invalid {
        message: format!("'{path}' {what}"),
        hint: "see all that is wrong: prode skill validate PATH".to_owned(),
    };
    if let Some(finding) = verdict.findings.iter().find(|finding| finding.severity == "error") {
        return Err(bad(format!("is no valid skill: {}", finding.message)));
    }
    if let Some(link) = package.left_out.first() {
        return Err(bad(format!("holds '{link}', which is not a regular file with a safe name")));
    }
    if package.over {
        return Err(bad("has more files or bytes than a package may have".to_owned()));
    }
    Ok(())
}
