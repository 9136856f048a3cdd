//! What a person types to name a page, a section, a decision, a skill.

mod lookup;

use std::fmt;
use std::str::FromStr;

pub use lookup::{Found, LookupError, find};

use crate::hint::{ErrorKind, Helpful};
use crate::repo_path::RepoPath;

/// Longer references are refused.
const MAX_BYTES: usize = 8_192;

/// A reference, parsed; whether it names anything is asked of a catalogue.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Reference {
    /// The memory that it names, where several are asked.
    pub memory: Option<String>,
    /// What it names.
    pub what: Named,
    /// The section.
    pub anchor: Option<String>,
    /// The commit at which it is asked.
    pub commit: Option<String>,
}

/// What a reference names.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Named {
    /// `adr/12`, `adr/<root>/12`, `ADR-12`.
    Decision {
        /// The log, where it is named.
        root: Option<RepoPath>,
        /// The number.
        number: u32,
    },
    /// `skill:name`.
    Skill(String),
    /// `template:name`.
    Template(String),
    /// `L-…`, a learning.
    Learning(String),
    /// A path.
    Path(RepoPath),
}

/// Why a text is no reference.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum RefError {
    /// Nothing was typed, or only an anchor or a commit.
    #[error("the reference is empty")]
    Empty,
    /// Longer than any path.
    #[error("the reference is longer than {MAX_BYTES} bytes")]
    TooLong,
    /// The path climbs above the top folder.
    #[error("'{0}' leaves the repository")]
    Outside(String),
}

impl Helpful for RefError {
    fn kind(&self) -> ErrorKind {
        ErrorKind::Usage
    }

    fn hints(&self) -> Vec<String> {
        vec!["a reference is a path, path#anchor@commit, adr/12, skill:name or L-…".to_owned()]
    }
}

impl Reference {
    /// Reads what a person typed.
    ///
    /// # Errors
    /// If it is empty, too long, or leaves the repository.
    pub fn parse(typed: &str) -> Result<Self, RefError> {
        if typed.len() > MAX_BYTES {
            return Err(RefError::TooLong);
        }
        // In a citation `#` and `@` separate, and the path's own are encoded.
        let (rest, anchor, commit) = split(typed);
        let (memory, name) = split_memory(rest);
        let what = Named::parse(name)?;
        let some = |text: &str| Some(text.to_owned()).filter(|text| !text.is_empty());
        Ok(Self {
            memory: memory.map(str::to_owned),
            what,
            anchor: anchor.and_then(some),
            commit: commit.and_then(some),
        })
    }
}

impl Reference {
    /// True for what may stand before the colon of a memory's references: letters,
    /// digits, `-`, `_` and `.`, and no word that names a kind.
    pub fn may_name_memory(name: &str) -> bool {
        let is_word = |c: char| c.is_ascii_alphanumeric() || "-_.".contains(c);
        !name.is_empty()
            && name.chars().all(is_word)
            && !["skill", "template", "adr"].contains(&name)
    }
}

impl FromStr for Reference {
    type Err = RefError;

    fn from_str(typed: &str) -> Result<Self, RefError> {
        Self::parse(typed)
    }
}

/// Cuts `path#anchor@commit`. Without an anchor an `@` in a path's folder is
/// no commit (`docs/@scope/a.md`).
fn split(typed: &str) -> (&str, Option<&str>, Option<&str>) {
    let commit_of = |text| -> (&str, Option<&str>) {
        match str::rsplit_once(text, '@') {
            Some((before, commit)) if is_revision(commit) => (before, Some(commit)),
            _ => (text, None),
        }
    };
    if let Some((path, rest)) = typed.split_once('#') {
        let (anchor, commit) = commit_of(rest);
        return (path, Some(anchor), commit);
    }
    let (path, commit) = commit_of(typed);
    (path, None, commit)
}

/// What may stand after `@`: a commit's hex digits or `HEAD~2`, not a file name.
fn is_revision(text: &str) -> bool {
    let is_file = RepoPath::new(text).is_ok_and(|path| path.is_markdown());
    !text.is_empty() && !is_file && !text.contains(|c: char| c.is_whitespace() || c == '#')
}

/// `name:rest`, where `name` is not one of the words that name a kind.
fn split_memory(text: &str) -> (Option<&str>, &str) {
    match text.split_once(':') {
        Some((name, rest)) if !rest.is_empty() && Reference::may_name_memory(name) => {
            (Some(name), rest)
        }
        _ => (None, text),
    }
}

impl Named {
    fn parse(text: &str) -> Result<Self, RefError> {
        if text.is_empty() {
            return Err(RefError::Empty);
        }
        if let Some(name) = text.strip_prefix("skill:") {
            return Ok(Self::Skill(name.to_owned()));
        }
        if let Some(name) = text.strip_prefix("template:") {
            return Ok(Self::Template(name.to_owned()));
        }
        if is_learning(text) {
            return Ok(Self::Learning(format!("L-{}", text[2..].to_lowercase())));
        }
        match decision(text) {
            Some(decision) => Ok(decision),
            None => path(text),
        }
    }
}

fn is_learning(text: &str) -> bool {
    text.strip_prefix("L-")
        .is_some_and(|id| (4..=64).contains(&id.len()) && id.chars().all(|c| c.is_ascii_hexdigit()))
}

/// `adr/12`, `adr/<root>/12`, `adr:12`, `ADR-12`, `ADR 12`. Leading zeros do not count.
fn decision(text: &str) -> Option<Named> {
    let number = |text: &str| {
        text.bytes().all(|byte| byte.is_ascii_digit()).then(|| text.parse().ok()).flatten()
    };
    let (head, rest) = text.split_at_checked(3)?;
    if !head.eq_ignore_ascii_case("adr") {
        return None;
    }
    if let Some(number) = rest.strip_prefix(['-', ' ', ':', '/']).and_then(number) {
        return Some(Named::Decision { root: None, number });
    }
    let (root, last) = rest.strip_prefix('/')?.rsplit_once('/')?;
    let root = RepoPath::from_cite(root).ok()?;
    Some(Named::Decision { root: Some(root), number: number(last)? })
}

fn path(text: &str) -> Result<Named, RefError> {
    let text = text.trim_start_matches('/');
    match RepoPath::from_cite(text) {
        Ok(path) => Ok(Named::Path(path)),
        Err(crate::repo_path::PathError::Empty) => Err(RefError::Empty),
        Err(crate::repo_path::PathError::Outside(path)) => Err(RefError::Outside(path)),
    }
}

/// `./` keeps a path from being read as anything else (`a:b.md`, `ADR-12`).
fn path_text(path: &RepoPath, has_memory: bool) -> String {
    let text = path.cite_text();
    let is_read_back = has_memory || split_memory(&text).0.is_none();
    match Named::parse(&text) {
        Ok(Named::Path(_)) if is_read_back => text,
        _ => format!("./{text}"),
    }
}

impl fmt::Display for Reference {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        if let Some(memory) = &self.memory {
            write!(f, "{memory}:")?;
        }
        match &self.what {
            Named::Decision { root: None, number } => write!(f, "adr/{number}")?,
            Named::Decision { root: Some(root), number } => {
                write!(f, "adr/{}/{number}", root.cite_text())?;
            }
            Named::Skill(name) => write!(f, "skill:{name}")?,
            Named::Template(name) => write!(f, "template:{name}")?,
            Named::Learning(id) => f.write_str(id)?,
            Named::Path(path) => f.write_str(&path_text(path, self.memory.is_some()))?,
        }
        if let Some(anchor) = &self.anchor {
            write!(f, "#{anchor}")?;
        }
        self.commit.as_ref().map_or(Ok(()), |commit| write!(f, "@{commit}"))
    }
}

#[cfg(test)]
mod tests;
