//! One resource, byte by byte.

use super::list::{named_or_told, skill_name};
use super::uri::Uri;
use crate::corpus::{Named, Names as _, Page};
use crate::document::MAX_BYTES;
use crate::ops::OpError;
use crate::repo_path::RepoPath;
use crate::workspace::{Asked, Memory, Workspace};

/// What an address names.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Content {
    /// `path@commit`.
    pub cite: String,
    /// What the bytes are, by their file's name and whether they are text.
    pub mime: &'static str,
    /// As the commit holds them.
    pub bytes: Vec<u8>,
}

/// Reads what `uri` names.
///
/// # Errors
/// There is no such page or file, its name means several, or it has more bytes
/// than are read of a page.
pub fn read(workspace: &Workspace, uri: &Uri, asked: &Asked) -> Result<Content, OpError> {
    let memory = workspace.memory(asked)?;
    let pages = memory.lookups();
    let page = match uri {
        Uri::Page(path) => {
            let page = pages.page(path)?;
            page.map(|page| Page::clone(&page)).ok_or_else(|| no_page(path))?
        }
        Uri::Decision(number) => {
            named_or_told(&pages, Named::Decision { root: None, number: *number })?
        }
        Uri::Skill { name, file } => {
            let manifest = named_or_told(&pages, Named::Skill(name.clone()))?;
            return in_package(workspace, &memory, &manifest, file);
        }
    };
    let bytes = workspace.bytes(&memory, &page).ok_or_else(|| unreadable(&memory, &page.path))?;
    let cite = memory.cite(&page, "");
    Ok(Content { cite, mime: mime(&page.path, &bytes), bytes })
}

fn in_package(
    workspace: &Workspace,
    memory: &Memory,
    manifest: &Page,
    file: &str,
) -> Result<Content, OpError> {
    let folder = manifest.path.parent();
    // What else lies beside a page that only reads as a manifest is no package.
    let is_manifest = skill_name(memory, manifest).is_some();
    let path = folder.join(file).filter(|path| is_manifest && path.is_below(&folder));
    let found = path.map(|path| Ok::<_, OpError>((workspace.page_at(memory, &path)?, path)));
    let Some((Some(read), path)) = found.transpose()? else {
        return Err(OpError::NotFound {
            message: format!("the skill '{}' has no file '{file}'", folder.file_name()),
            hint: "see its files: skills/get, or get skill:NAME".to_owned(),
        });
    };
    let bytes = read.bytes.ok_or_else(|| unreadable(memory, &path))?;
    let cite = memory.cite(&read.page, "");
    Ok(Content { cite, mime: mime(&path, &bytes), bytes })
}

fn no_page(path: &RepoPath) -> OpError {
    OpError::NotFound {
        message: format!("there is no page '{}'", path.cite_text()),
        hint: "list the resources, or find it by its words: query".to_owned(),
    }
}

fn unreadable(memory: &Memory, path: &RepoPath) -> OpError {
    let at = memory.revision.commit.map_or_else(|| "HEAD".to_owned(), |it| it.to_string());
    OpError::Invalid {
        message: format!(
            "'{}' has more than {MAX_BYTES} bytes, or its content is not here: it is listed, not read",
            path.cite_text()
        ),
        hint: format!("read it with git show '{at}:{}'", path.text()),
    }
}

fn mime(path: &RepoPath, bytes: &[u8]) -> &'static str {
    if path.is_markdown() {
        "text/markdown"
    } else if std::str::from_utf8(bytes).is_ok() {
        "text/plain"
    } else {
        "application/octet-stream"
    }
}
