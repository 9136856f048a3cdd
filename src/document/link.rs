//! Links of every kind that a Markdown file can hold.

use serde::{Deserialize, Serialize};

use super::Span;

/// How a link is written.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum LinkKind {
    /// `[text](target)` and `[text][label]`.
    Markdown,
    /// `<https://…>` and bare URLs.
    Autolink,
    /// `![alt](target)`.
    Image,
    /// `<a href="…">`, `<img src="…">`.
    Html,
    /// `[[Page]]`, `[[Text|Page]]`.
    Wiki,
    /// `ADR-12`, `[[adr:12]]`.
    Adr,
}

/// One link as it stands in a file; not yet resolved.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Link {
    /// How it is written.
    pub kind: LinkKind,
    /// Where it points, without its fragment, percent-decoded where it is a
    /// path. Empty for a link into the same file. A wikilink keeps what stands
    /// between the brackets (`A|B`); an ADR mention keeps its digits.
    pub target: String,
    /// After `#`, percent-decoded.
    pub fragment: Option<String>,
    /// What a reader sees.
    pub text: String,
    /// Where it stands in the file.
    pub span: Span,
    /// 1-based line.
    pub line: u32,
}

impl Link {
    /// True if it points out of the repository: it has a scheme or a host.
    pub fn is_external(&self) -> bool {
        self.target.starts_with("//")
            || self.target.split_once(':').is_some_and(|(scheme, _)| {
                scheme.len() > 1
                    && scheme.starts_with(|c: char| c.is_ascii_alphabetic())
                    && scheme.chars().all(|c| c.is_ascii_alphanumeric() || "+-.".contains(c))
            }) && !matches!(self.kind, LinkKind::Wiki | LinkKind::Adr)
    }
}
