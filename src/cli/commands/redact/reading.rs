//! A text that is to be redacted, whole.

use std::io::Read as _;
use std::path::Path;

use crate::cli::Failure;
use crate::ops::OpError;
use crate::redaction::{MAX_TEXT, Redactor};

/// A text that is not UTF-8 cannot be redacted and given back as it was.
pub(in crate::cli::commands) fn read_text(file: &Path) -> Result<String, Failure> {
    let is_input = file == Path::new("-");
    let path = if is_input { "standard input".into() } else { file.to_string_lossy() };
    let path = path.into_owned();
    let failed = |reason: String| Failure::from(OpError::File { path: path.clone(), reason });
    let mut bytes = Vec::new();
    let limit = MAX_TEXT as u64 + 1;
    let read = if is_input {
        std::io::stdin().lock().take(limit).read_to_end(&mut bytes)
    } else {
        std::fs::File::open(file).and_then(|it| it.take(limit).read_to_end(&mut bytes))
    };
    read.map_err(|error| failed(error.to_string()))?;
    Ok(Redactor::text_of(bytes)?)
}

/// All lines of a batch, of any length together: each is judged by itself.
pub(super) fn read_batch(file: &Path) -> Result<String, Failure> {
    let mut bytes = Vec::new();
    let read = if file == Path::new("-") {
        std::io::stdin().lock().read_to_end(&mut bytes).map(drop)
    } else {
        std::fs::read(file).map(|all| bytes = all)
    };
    let path = file.display().to_string();
    read.map_err(|error| OpError::File { path, reason: error.to_string() })?;
    Ok(Redactor::text_of(bytes)?)
}
