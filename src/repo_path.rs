//! A path inside a repository: relative, normalised, `/`-separated.
//!
//! A `RepoPath` never leaves the tree: `..` is resolved when it is made, and
//! refused where it would climb above the top. It keeps the bytes that Git
//! has; whatever is shown or cited is text, percent-encoded where it must be.

use std::borrow::Cow;
use std::fmt;

use percent_encoding::{AsciiSet, NON_ALPHANUMERIC, percent_decode_str, percent_encode};
use serde::{Deserialize, Deserializer, Serialize, Serializer};

/// What stays readable in a path that is not UTF-8.
const BYTES: &AsciiSet =
    &NON_ALPHANUMERIC.remove(b'/').remove(b'.').remove(b'-').remove(b'_').remove(b' ');

/// A repository-relative path. Ordered by bytes, as Git orders names.
#[derive(Clone, PartialEq, Eq, PartialOrd, Ord, Hash, Default)]
pub struct RepoPath(Vec<u8>);

/// Why a path is not one inside the repository.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum PathError {
    /// `..` above the top folder, or an absolute path.
    #[error("'{0}' leaves the repository")]
    Outside(String),
    /// Nothing is left after normalising.
    #[error("the path is empty")]
    Empty,
}

impl RepoPath {
    /// The top folder of a repository: the empty path.
    pub fn root() -> Self {
        Self::default()
    }

    /// Normalises `path`: drops `.` and empty parts, resolves `..`.
    pub fn new(path: impl AsRef<[u8]>) -> Result<Self, PathError> {
        let path = path.as_ref();
        let outside = || PathError::Outside(String::from_utf8_lossy(path).into_owned());
        if path.first() == Some(&b'/') {
            return Err(outside());
        }
        let normal = Self::root().walk(path).ok_or_else(outside)?;
        if normal.0.is_empty() { Err(PathError::Empty) } else { Ok(normal) }
    }

    /// A path that Git itself gave: taken as it is.
    pub fn from_git(path: impl Into<Vec<u8>>) -> Self {
        Self(path.into())
    }

    /// Follows a relative `target` from this *folder*; `None` where it leaves the tree.
    /// A `target` that begins with `/` starts at the top folder.
    pub fn join(&self, target: impl AsRef<[u8]>) -> Option<Self> {
        match target.as_ref() {
            [b'/', rest @ ..] => Self::root().walk(rest),
            rest => self.walk(rest),
        }
    }

    fn walk(&self, path: &[u8]) -> Option<Self> {
        let mut parts: Vec<&[u8]> = self.parts().collect();
        for part in path.split(|&byte| byte == b'/') {
            match part {
                b"" | b"." => {}
                b".." => {
                    parts.pop()?;
                }
                name => parts.push(name),
            }
        }
        Some(Self(parts.join(&b'/')))
    }

    fn parts(&self) -> impl Iterator<Item = &[u8]> {
        self.0.split(|&byte| byte == b'/').filter(|part| !part.is_empty())
    }

    /// The bytes that Git has.
    pub fn as_bytes(&self) -> &[u8] {
        &self.0
    }

    /// True for the top folder.
    pub fn is_root(&self) -> bool {
        self.0.is_empty()
    }

    /// The folder that holds it; the top folder for a name without one.
    #[must_use]
    pub fn parent(&self) -> Self {
        let cut = self.0.iter().rposition(|&byte| byte == b'/').unwrap_or(0);
        Self(self.0[..cut].to_vec())
    }

    /// The last part, as text.
    pub fn file_name(&self) -> Cow<'_, str> {
        text_of(self.parts().last().unwrap_or_default())
    }

    /// The last part without its extension, as text.
    pub fn file_stem(&self) -> String {
        let name = self.file_name();
        match name.rfind('.') {
            Some(dot) if dot > 0 => name[..dot].to_owned(),
            _ => name.into_owned(),
        }
    }

    /// True for a file that stands for its folder: `index.md`, `README.md`, `_index.md`.
    pub fn is_front_page(&self) -> bool {
        matches!(self.file_stem().to_lowercase().as_str(), "index" | "readme" | "_index")
    }

    /// What a page is called by its place: the stem of its file, or its folder's
    /// name where the file says no more than that it is the folder's (a front
    /// page, the `SKILL.md` of a package).
    pub fn page_name(&self) -> String {
        let stem = self.file_stem();
        let folder = self.parent();
        let is_folders = self.is_front_page() || stem == "SKILL";
        if is_folders && !folder.is_root() { folder.file_name().into_owned() } else { stem }
    }

    /// The lower-case extension, without its dot.
    pub fn extension(&self) -> Option<String> {
        let name = self.file_name();
        let dot = name.rfind('.').filter(|&dot| dot > 0)?;
        Some(name[dot + 1..].to_ascii_lowercase())
    }

    /// True for a Markdown file by its name (`.md`, `.markdown`, `.mdx`).
    pub fn is_markdown(&self) -> bool {
        is_markdown_name(&self.0)
    }

    /// True if it lies below the folder `above`, or is it.
    pub fn is_below(&self, above: &RepoPath) -> bool {
        above.is_root()
            || self
                .0
                .strip_prefix(above.0.as_slice())
                .is_some_and(|rest| rest.is_empty() || rest[0] == b'/')
    }

    /// The number of parts; 0 for the top folder.
    pub fn depth(&self) -> usize {
        self.parts().count()
    }

    /// As text: as it is where it is UTF-8, else percent-encoded.
    pub fn text(&self) -> Cow<'_, str> {
        text_of(&self.0)
    }

    /// As text inside a citation: `#`, `@`, `%` and control characters are percent-encoded too.
    pub fn cite_text(&self) -> String {
        match std::str::from_utf8(&self.0) {
            Ok(text) if !text.contains(is_cited_otherwise) => text.to_owned(),
            Ok(text) => text.chars().map(cited_char).collect(),
            Err(_) => percent_encode(&self.0, BYTES).to_string(),
        }
    }

    /// Reads what [`RepoPath::cite_text`] wrote.
    pub fn from_cite(text: &str) -> Result<Self, PathError> {
        Self::new(percent_decode_str(text).collect::<Vec<u8>>())
    }
}

/// The same for a path that is only bytes yet; a name that is nothing but an
/// extension (`.md`) is hidden, not Markdown.
pub fn is_markdown_name(path: &[u8]) -> bool {
    let name = path.rsplit(|&byte| byte == b'/').next().unwrap_or_default();
    [&b".md"[..], b".markdown", b".mdx"].iter().any(|extension| {
        name.len() > extension.len()
            && name[name.len() - extension.len()..].eq_ignore_ascii_case(extension)
    })
}

/// `#` and `@` separate the parts of a citation, so a path's own are encoded.
fn cited_char(c: char) -> String {
    if is_cited_otherwise(c) { format!("%{:02X}", u32::from(c)) } else { c.to_string() }
}

fn is_cited_otherwise(c: char) -> bool {
    c.is_ascii_control() || matches!(c, '#' | '@' | '%')
}

fn text_of(bytes: &[u8]) -> Cow<'_, str> {
    match std::str::from_utf8(bytes) {
        Ok(text) => Cow::Borrowed(text),
        Err(_) => Cow::Owned(percent_encode(bytes, BYTES).to_string()),
    }
}

impl fmt::Display for RepoPath {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.text())
    }
}

impl fmt::Debug for RepoPath {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{:?}", self.text())
    }
}

impl Serialize for RepoPath {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        if serializer.is_human_readable() {
            serializer.collect_str(self)
        } else {
            self.0.serialize(serializer)
        }
    }
}

impl<'de> Deserialize<'de> for RepoPath {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        if deserializer.is_human_readable() {
            String::deserialize(deserializer).map(|text| Self(text.into_bytes()))
        } else {
            Vec::deserialize(deserializer).map(Self)
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn path(text: &str) -> RepoPath {
        RepoPath::new(text).unwrap()
    }

    #[test]
    fn parts_are_normalised() {
        assert_eq!(path("./wiki//a/../b.md").text(), "wiki/b.md");
    }

    #[test]
    fn a_path_never_leaves_the_tree() {
        assert_eq!(RepoPath::new("wiki/../../x"), Err(PathError::Outside("wiki/../../x".into())));
        assert_eq!(RepoPath::new("/etc/passwd"), Err(PathError::Outside("/etc/passwd".into())));
        assert_eq!(path("wiki").join("../../x"), None);
    }

    #[test]
    fn a_root_absolute_target_starts_at_the_top() {
        assert_eq!(path("wiki/deep").join("/adr/1.md"), Some(path("adr/1.md")));
    }

    #[test]
    fn below_means_whole_parts() {
        assert!(path("wiki/a.md").is_below(&path("wiki")));
        assert!(!path("wikipedia/a.md").is_below(&path("wiki")));
        assert!(path("a").is_below(&RepoPath::root()));
    }

    #[test]
    fn strange_names_survive_a_citation() {
        for name in ["a b/c#d@e%f.md", "na\u{ef}ve/\u{65e5}\u{672c}.md", "quote\"new\nline.md"] {
            let path = path(name);
            assert_eq!(RepoPath::from_cite(&path.cite_text()), Ok(path));
        }
        let bytes = RepoPath::from_git(b"wiki/\xff\xfe.md".to_vec());
        assert_eq!(bytes.text(), "wiki/%FF%FE.md");
        assert_eq!(RepoPath::from_cite(&bytes.cite_text()), Ok(bytes));
    }

    #[test]
    fn a_page_that_stands_for_its_folder_is_called_like_it() {
        let called = |text: &str| path(text).page_name();
        assert_eq!(called("docs/redis-cache/README.md"), "redis-cache");
        assert_eq!(called("docs/queue/_index.md"), "queue");
        assert_eq!(called("skills/queue-triage/SKILL.md"), "queue-triage");
        assert_eq!(called("docs/queue/lag.md"), "lag");
        assert_eq!((called("README.md"), called("skill.md")), ("README".into(), "skill".into()));
        assert!(path("a/Index.md").is_front_page() && !path("a/indexing.md").is_front_page());
    }

    #[test]
    fn names_are_taken_apart() {
        assert_eq!(path("a/B.MD").extension().as_deref(), Some("md"));
        assert_eq!(path("a/.adr-dir").extension(), None);
        assert_eq!(path("a/x.y.md").file_stem(), "x.y");
        assert_eq!(path("a/b").parent(), path("a"));
        assert!(path("a").parent().is_root());
    }
}
