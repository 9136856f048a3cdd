//! The baseline on disk: what is known already.

use std::io::{ErrorKind, Write};
use std::path::Path;

use tempfile::NamedTempFile;

use crate::lint::{Baseline, Finding};
use crate::ops::error::OpError;

/// What the file holds; `None` where it is not there.
pub(super) fn read(file: &Path) -> Result<Option<Baseline>, OpError> {
    let bytes = match std::fs::read(file) {
        Ok(bytes) => bytes,
        Err(error) if error.kind() == ErrorKind::NotFound => return Ok(None),
        Err(error) => return Err(failed(file, &error)),
    };
    Baseline::read(&bytes).map(Some).map_err(|why| OpError::Invalid {
        message: format!("'{}' is no baseline: {why}", file.display()),
        hint: "write it anew: add --update-baseline".to_owned(),
    })
}

/// Writes the file where it is not there, or shall be written anew; gives its name.
pub(super) fn record(
    file: &Path,
    findings: &[Finding],
    anew: bool,
) -> Result<Option<String>, OpError> {
    if !anew && file.exists() {
        return Ok(None);
    }
    let folder = file.parent().filter(|it| !it.as_os_str().is_empty()).unwrap_or(Path::new("."));
    let write = || {
        std::fs::create_dir_all(folder)?;
        let mut temporary = NamedTempFile::new_in(folder)?;
        temporary.write_all(Baseline::of(findings).text().as_bytes())?;
        temporary.persist(file).map_err(|error| error.error)
    };
    write().map_err(|error| failed(file, &error))?;
    Ok(Some(file.display().to_string()))
}

fn failed(file: &Path, error: &std::io::Error) -> OpError {
    OpError::File { path: file.display().to_string(), reason: error.to_string() }
}
