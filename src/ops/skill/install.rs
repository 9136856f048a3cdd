//! `skill install`: a package from a folder or an archive into a skill root.
//!
//! The package is read whole and judged before anything is written. It is
//! written beside its place and moved there; what stands there is replaced
//! only where that was asked for. Nothing of it is run.

use std::fs;
use std::io::{self, Write};
use std::path::{Path, PathBuf};

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use super::{archive, lock_file, pack::sound, read_package};
use crate::corpus::RootKind;
use crate::ops::OpError;
use crate::repo_path::RepoPath;
use crate::skill::{Locked, MAX_TOTAL, Package, computed_hash};
use crate::workspace::{Asked, Workspace};

/// What is wanted.
#[derive(Debug, Clone)]
pub struct Options {
    /// A folder, or a `.tar.gz`.
    pub source: PathBuf,
    /// The skill root, from the top folder; else the first there is.
    pub to: Option<String>,
    /// Put it in place of another version.
    pub replace: bool,
}

/// The answer.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct Answer {
    /// `prode.skill_install/v1`.
    pub schema: String,
    /// The skill's name.
    pub name: String,
    /// Its folder, from the top folder.
    pub path: String,
    /// Where it came from, as the lock file records it.
    pub source: String,
    /// SHA-256 over paths and contents.
    pub computed_hash: String,
    /// How many files it has.
    pub files: usize,
    /// `installed`, `replaced`, or `same` where it was there already.
    pub done: String,
    /// Names of rules that some client may hold against it.
    pub warnings: Vec<String>,
}

/// Installs one skill and records it.
pub fn run(workspace: &Workspace, current: &Path, options: &Options) -> Result<Answer, OpError> {
    let top = workspace.folder().ok_or_else(|| OpError::Invalid {
        message: "the repository is bare: there is no folder to write to".to_owned(),
        hint: "run prode skill install in a clone of it".to_owned(),
    })?;
    let source = current.join(&options.source);
    let package = read(&source, &options.source)?;
    sound(&package, &options.source.to_string_lossy())?;
    let root = root(workspace, options)?;
    let path = root.join(&package.folder).ok_or_else(|| OpError::Invalid {
        message: format!("'{}' is no name of a folder", package.folder),
        hint: "rename the skill".to_owned(),
    })?;
    let mut lock = lock_file::read(top)?;
    let hash = computed_hash(&package);
    let done = place(top, &path, &package, &hash, options.replace)?;
    let locked = Locked {
        name: package.folder.clone(),
        source: recorded(top, &source, &options.source),
        source_type: "local".to_owned(),
        computed_hash: hash.clone(),
    };
    lock.put(&locked);
    lock_file::write(top, &lock)?;
    let mut warnings: Vec<String> =
        crate::skill::validate(&package).iter().map(|it| it.rule.to_owned()).collect();
    warnings.sort();
    warnings.dedup();
    Ok(Answer {
        schema: "prode.skill_install/v1".to_owned(),
        name: package.folder.clone(),
        path: path.text().into_owned(),
        source: locked.source,
        computed_hash: hash,
        files: package.files.len(),
        done: done.to_owned(),
        warnings,
    })
}

fn read(source: &Path, typed: &Path) -> Result<Package, OpError> {
    let failed = |reason: String| OpError::File { path: typed.display().to_string(), reason };
    let found = fs::metadata(source).map_err(|error| failed(error.to_string()))?;
    if found.is_dir() {
        return read_package(source);
    }
    let refused = |why: String| OpError::Invalid {
        message: format!("the archive '{}' is refused: {why}", typed.display()),
        hint: "make one: prode skill pack NAME -o FILE".to_owned(),
    };
    if found.len() > 2 * MAX_TOTAL {
        return Err(refused(format!("it has {} bytes", found.len())));
    }
    let bytes = fs::read(source).map_err(|error| failed(error.to_string()))?;
    archive::unpack(&bytes).map_err(refused)
}

/// The root that was named, else the first of the work tree, else `skills`.
fn root(workspace: &Workspace, options: &Options) -> Result<RepoPath, OpError> {
    if let Some(to) = &options.to {
        return RepoPath::new(to).map_err(|error| OpError::Usage {
            message: error.to_string(),
            hint: "name a folder below the top folder: --to .agents/skills".to_owned(),
        });
    }
    let memory = workspace.memory(&Asked::WorkTree)?;
    let roots = memory.roots().all();
    let found = roots.iter().find(|root| root.kind == RootKind::Skill);
    Ok(found.map_or_else(|| RepoPath::from_git("skills"), |root| root.path.clone()))
}

/// A path from the top folder where that is possible, so that the lock file
/// means the same in every clone.
fn recorded(top: &Path, source: &Path, typed: &Path) -> String {
    let real = |path: &Path| path.canonicalize().unwrap_or_else(|_| path.to_owned());
    match real(source).strip_prefix(real(top)) {
        Ok(below) => below.to_string_lossy().replace(std::path::MAIN_SEPARATOR, "/"),
        Err(_) => typed.display().to_string(),
    }
}

fn place(
    top: &Path,
    path: &RepoPath,
    package: &Package,
    hash: &str,
    replace: bool,
) -> Result<&'static str, OpError> {
    no_links(top, path)?;
    let target = top.join(&*path.text());
    let is_there = target.symlink_metadata().is_ok();
    if is_there {
        let same = target.is_dir() && computed_hash(&read_package(&target)?) == hash;
        if same {
            return Ok("same");
        }
        if !replace {
            return Err(OpError::Invalid {
                message: format!("another '{}' is there, and stays as it is", path.text()),
                hint: "look at what differs, then add --replace".to_owned(),
            });
        }
    }
    let root = target.parent().unwrap_or(top);
    let failed = |error: &io::Error| OpError::File {
        path: path.text().into_owned(),
        reason: error.to_string(),
    };
    fs::create_dir_all(root).map_err(|error| failed(&error))?;
    let beside = tempfile::Builder::new().prefix(".prode-").tempdir_in(root);
    let beside = beside.map_err(|error| failed(&error))?;
    let (new, old) = (beside.path().join("new"), beside.path().join("old"));
    fs::create_dir(&new).map_err(|error| failed(&error))?;
    for file in &package.files {
        write(&new, &file.path, &file.bytes, file.executable).map_err(|error| failed(&error))?;
    }
    if is_there {
        fs::rename(&target, &old).map_err(|error| failed(&error))?;
    }
    if let Err(error) = fs::rename(&new, &target) {
        if is_there {
            let _ = fs::rename(&old, &target);
        }
        return Err(failed(&error));
    }
    Ok(if is_there { "replaced" } else { "installed" })
}

/// No part of the way may lead elsewhere.
fn no_links(top: &Path, path: &RepoPath) -> Result<(), OpError> {
    let mut at = top.to_owned();
    for part in path.text().split('/') {
        at.push(part);
        if at.symlink_metadata().is_ok_and(|found| found.is_symlink()) {
            return Err(OpError::Invalid {
                message: format!("'{}' leads through the symbolic link '{part}'", path.text()),
                hint: "name the real folder: --to ROOT".to_owned(),
            });
        }
    }
    Ok(())
}

fn write(folder: &Path, path: &str, bytes: &[u8], executable: bool) -> io::Result<()> {
    let full = folder.join(path);
    fs::create_dir_all(full.parent().unwrap_or(folder))?;
    let mut options = fs::OpenOptions::new();
    options.write(true).create_new(true);
    #[cfg(unix)]
    {
        use std::os::unix::fs::OpenOptionsExt;
        options.mode(if executable { 0o777 } else { 0o666 });
    }
    #[cfg(not(unix))]
    let _ = executable;
    options.open(full)?.write_all(bytes)
}
