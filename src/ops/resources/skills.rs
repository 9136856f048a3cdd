//! Skills as packages: what a manifest says, and a digest for each file.

use serde_json::{Map, Value};

use super::list::{named, skill_name};
use super::uri::Uri;
use crate::corpus::{Named, Page};
use crate::ids::CommitId;
use crate::index::FoundBy;
use crate::ops::OpError;
use crate::skill::{MANIFEST, MAX_FILES, MAX_TOTAL, sha256};
use crate::workspace::{Asked, Lookups, Memory, Workspace};

/// One skill that can be handed out whole.
#[derive(Debug, Clone, PartialEq)]
pub struct Skill {
    /// Its name, as the manifest and its address have it.
    pub name: String,
    /// The address of its manifest.
    pub uri: Uri,
    /// The manifest's front matter, every key as written.
    pub front: Map<String, Value>,
    /// Every file of the package, sorted by path.
    pub files: Vec<File>,
}

/// A file of a package.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct File {
    /// Its address.
    pub uri: Uri,
    /// SHA-256 of its bytes, in hex.
    pub sha256: String,
    /// How many they are.
    pub size: u64,
}

/// Some of all skills.
#[derive(Debug, Clone, PartialEq)]
pub struct Skills {
    /// The commit that was answered for; `None` for files outside Git.
    pub commit: Option<CommitId>,
    /// How many names there are.
    pub total: usize,
    /// Those from the offset on, ordered by name.
    pub skills: Vec<Skill>,
    /// Where the next ones begin, if there are more.
    pub next: Option<usize>,
}

/// The skills from `offset` on, at most `limit`. Left out is what could not be
/// installed either: a name that two have or no address can hold, a manifest
/// without name or description, a package beyond the format's limits.
pub fn skills(
    workspace: &Workspace,
    asked: &Asked,
    offset: usize,
    limit: usize,
) -> Result<Skills, OpError> {
    let memory = workspace.memory(asked)?;
    let pages = memory.lookups();
    let names = memory.snapshot.values(FoundBy::Skill)?;
    let (total, end) = (names.len(), offset.saturating_add(limit));
    let mut skills = Vec::new();
    for name in names.iter().skip(offset).take(limit) {
        match whole(workspace, &memory, &pages, name) {
            Ok(skill) => skills.push(skill),
            Err(OpError::Lookup(_) | OpError::Invalid { .. }) => {}
            Err(error) => return Err(error),
        }
    }
    let commit = memory.revision.commit;
    Ok(Skills { commit, total, skills, next: (end < total).then_some(end) })
}

/// The skill whose manifest `uri` names.
///
/// # Errors
/// There is none, or it cannot be handed out whole.
pub fn skill(workspace: &Workspace, uri: &Uri, asked: &Asked) -> Result<Skill, OpError> {
    let memory = workspace.memory(asked)?;
    match uri {
        Uri::Skill { name, file } if file == MANIFEST => {
            whole(workspace, &memory, &memory.lookups(), name)
        }
        other => Err(OpError::NotFound {
            message: format!("'{other}' is no manifest of a skill"),
            hint: "name it by its manifest: skill://NAME/SKILL.md".to_owned(),
        }),
    }
}

fn whole(
    workspace: &Workspace,
    memory: &Memory,
    pages: &Lookups<'_>,
    name: &str,
) -> Result<Skill, OpError> {
    let page = named(pages, Named::Skill(name.to_owned()))?;
    let front = page.front.raw();
    let says = |key: &str| front.get(key).and_then(Value::as_str);
    if skill_name(memory, &page) != Some(name)
        || says("name") != Some(name)
        || says("description").is_none_or(str::is_empty)
    {
        return Err(refused(name, "its manifest breaks a rule of the format"));
    }
    let files = files(workspace, memory, &page, name)?;
    Ok(Skill { name: name.to_owned(), uri: Uri::manifest(name), front, files })
}

fn files(
    workspace: &Workspace,
    memory: &Memory,
    manifest: &Page,
    name: &str,
) -> Result<Vec<File>, OpError> {
    let folder = manifest.path.parent();
    let paths = workspace.files_below(memory, &folder)?;
    if paths.len() > MAX_FILES {
        let count = paths.len();
        let why = format!("its package has {count} files, and at most {MAX_FILES} are read");
        return Err(refused(name, &why));
    }
    let (mut files, mut total) = (Vec::new(), 0);
    for path in paths {
        let read = workspace.page_at(memory, &path)?;
        let Some(bytes) = read.and_then(|read| read.bytes) else {
            return Err(refused(name, "a file of its package cannot be read whole"));
        };
        let size = bytes.len() as u64;
        total += size;
        if total > MAX_TOTAL {
            let why = format!("its package has {total} bytes, and at most {MAX_TOTAL} are read");
            return Err(refused(name, &why));
        }
        let below = path.as_bytes().get(folder.as_bytes().len() + 1..).unwrap_or_default();
        let Ok(file) = String::from_utf8(below.to_vec()) else {
            return Err(refused(name, "the path of one of its files is no text"));
        };
        let uri = Uri::Skill { name: name.to_owned(), file };
        if uri.to_string().parse() != Ok(uri.clone()) {
            return Err(refused(name, "the path of one of its files has no address"));
        }
        files.push(File { uri, sha256: sha256(&bytes), size });
    }
    Ok(files)
}

fn refused(name: &str, why: &str) -> OpError {
    OpError::Invalid {
        message: format!("the skill '{name}' cannot be handed out: {why}"),
        hint: "see what is wrong with it: prode skill validate".to_owned(),
    }
}
