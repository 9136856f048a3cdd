//! `picture`: an image that pages show.

use super::error::OpError;
use crate::document::MAX_BYTES;
use crate::repo_path::RepoPath;
use crate::workspace::{Asked, Workspace};

/// What is a picture by its name, and what a browser is told of it.
const KINDS: [(&str, &str); 7] = [
    ("png", "image/png"),
    ("jpg", "image/jpeg"),
    ("jpeg", "image/jpeg"),
    ("gif", "image/gif"),
    ("webp", "image/webp"),
    ("avif", "image/avif"),
    ("svg", "image/svg+xml"),
];

/// A picture.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Picture {
    /// Its type.
    pub mime: &'static str,
    /// As the commit holds them.
    pub bytes: Vec<u8>,
}

/// The type of a picture by its file's name; `None` for every other file.
pub fn kind(path: &RepoPath) -> Option<&'static str> {
    let extension = path.extension()?;
    KINDS.iter().find(|(known, _)| *known == extension).map(|(_, mime)| *mime)
}

/// Reads a picture of the revision.
///
/// # Errors
/// No picture is there by its name, or it has more bytes than are read of a page.
pub fn run(workspace: &Workspace, path: &RepoPath, asked: &Asked) -> Result<Picture, OpError> {
    let missing = || {
        OpError::NotFound {
        message: format!("there is no picture '{}'", path.cite_text()),
        hint: "pictures are files of the repository that end with .png, .jpg, .gif, .webp, .avif or .svg"
            .to_owned(),
    }
    };
    let mime = kind(path).ok_or_else(missing)?;
    let memory = workspace.memory(asked)?;
    let read = workspace.page_at(&memory, path)?.ok_or_else(missing)?;
    let bytes = read.bytes.ok_or_else(|| OpError::Invalid {
        message: format!("'{}' has more than {MAX_BYTES} bytes: it is not shown", path.cite_text()),
        hint: "make it smaller".to_owned(),
    })?;
    Ok(Picture { mime, bytes })
}
