//! Which suggested commands a person allowed here: a file on the user's side.
//!
//! A repository is named by where it lies on this machine, and its commands by
//! the digest of all of them: another command, or another order, is another
//! question. A repository cannot bring this file along.

use std::io::Write;
use std::path::{Path, PathBuf};

use serde::{Deserialize, Serialize};

use super::Environment;

/// The file's name in the user's configuration folder.
const NAME: &str = "allowed.json";

/// The file as it stands.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
struct File {
    schema: String,
    allowed: Vec<Allowed>,
}

/// One person's word about one repository's commands.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Allowed {
    /// The repository's common Git folder.
    pub repository: PathBuf,
    /// `sha256:…` of the commands.
    pub commands: String,
}

/// Why the file cannot be used.
#[derive(Debug, thiserror::Error)]
pub enum AllowedError {
    /// There is no folder of the user's to keep it in.
    #[error("there is no folder to remember allowed commands in: no home is set")]
    NoFolder,
    /// It could not be read or written.
    #[error("cannot use '{path}': {source}")]
    File {
        /// Which.
        path: String,
        /// What the system said.
        source: std::io::Error,
    },
    /// It is not of its form.
    #[error("'{path}' is damaged: {why}")]
    Damaged {
        /// Which.
        path: String,
        /// What is wrong.
        why: String,
    },
}

const SCHEMA: &str = "prode.allowed/v1";

/// True if exactly these commands were allowed for the repository.
///
/// # Errors
/// The file is there and cannot be read.
pub fn is_allowed(environment: &Environment, asked: &Allowed) -> Result<bool, AllowedError> {
    let Ok(path) = place(environment) else { return Ok(false) };
    Ok(read(&path)?.contains(asked))
}

/// Remembers it; what was allowed for the repository before is forgotten.
///
/// # Errors
/// The file cannot be read or written.
pub fn allow(environment: &Environment, asked: Allowed) -> Result<(), AllowedError> {
    let path = place(environment)?;
    let mut allowed = read(&path)?;
    allowed.retain(|it| it.repository != asked.repository);
    allowed.push(asked);
    allowed.sort_by(|a, b| a.repository.cmp(&b.repository));
    write(&path, &File { schema: SCHEMA.to_owned(), allowed }).map_err(failed(&path))
}

fn place(environment: &Environment) -> Result<PathBuf, AllowedError> {
    environment.config_folder.as_ref().map(|it| it.join(NAME)).ok_or(AllowedError::NoFolder)
}

fn read(path: &Path) -> Result<Vec<Allowed>, AllowedError> {
    let text = match std::fs::read_to_string(path) {
        Ok(text) => text,
        Err(error) if error.kind() == std::io::ErrorKind::NotFound => return Ok(Vec::new()),
        Err(error) => return Err(failed(path)(error)),
    };
    let damaged = |why: String| AllowedError::Damaged { path: path.display().to_string(), why };
    let file: File = serde_json::from_str(&text).map_err(|error| damaged(error.to_string()))?;
    if file.schema != SCHEMA {
        return Err(damaged(format!("its schema is '{}'", file.schema)));
    }
    Ok(file.allowed)
}

/// In one step, so that a killed writer leaves the file as it was.
fn write(path: &Path, file: &File) -> std::io::Result<()> {
    let folder = path.parent().unwrap_or(path);
    std::fs::create_dir_all(folder)?;
    let mut new = tempfile::NamedTempFile::new_in(folder)?;
    new.write_all(serde_json::to_string_pretty(file)?.as_bytes())?;
    new.write_all(b"\n")?;
    new.as_file().sync_all()?;
    new.persist(path)?;
    Ok(())
}

fn failed(path: &Path) -> impl Fn(std::io::Error) -> AllowedError {
    let path = path.display().to_string();
    move |source| AllowedError::File { path: path.clone(), source }
}
