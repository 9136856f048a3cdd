//! One page as the index keeps it.

use serde::{Deserialize, Serialize};

use crate::adr::AdrRecord;
use crate::diagnostic::Diagnostic;
use crate::document::{FrontMatter, Link, Span};
use crate::ids::BlobId;
use crate::repo_path::RepoPath;
use crate::skill::Manifest;

/// A section's place on its page, without its text.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
pub struct Heading {
    /// Plain text; empty before the first heading.
    pub title: String,
    /// 1 to 6; 0 before the first heading.
    pub level: u8,
    /// Unique in the page; empty before the first heading.
    pub anchor: String,
    /// Byte offsets in the file.
    pub span: Span,
    /// 1-based inclusive lines.
    pub lines: [u32; 2],
}

/// A section's text, handed to the index and not kept.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct SectionText {
    /// Readable text without markup and heading.
    pub prose: String,
    /// Text of code blocks.
    pub code: String,
}

/// Everything that follows from a path and its bytes.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Page {
    /// Where it stands.
    pub path: RepoPath,
    /// Its content, as Git names it.
    pub blob: BlobId,
    /// Size in bytes.
    pub size: u64,
    /// Front matter's title, else the first H1 (an ADR's without its number), else the file's stem.
    pub title: String,
    /// Metadata, normalised.
    pub front: FrontMatter,
    /// One per section; the first is the text before any heading.
    pub headings: Vec<Heading>,
    /// In file order, unresolved.
    pub links: Vec<Link>,
    /// Where it reads as a decision.
    pub adr: Option<AdrRecord>,
    /// Where it is a `SKILL.md`.
    pub skill: Option<Manifest>,
    /// What is wrong with it.
    pub diagnostics: Vec<Diagnostic>,
}

impl Page {
    /// Stand-in until merged.
    pub fn read(path: RepoPath, blob: BlobId, bytes: &[u8]) -> (Self, Vec<SectionText>) {
        let (document, diagnostics) = crate::document::parse(&path, bytes);
        let title = document.front.title.clone().or(document.h1.clone()).unwrap_or_else(|| path.file_stem());
        let mut headings = vec![];
        let mut texts = vec![];
        for s in document.sections {
            headings.push(Heading { title: s.heading, level: s.level, anchor: s.anchor, span: s.span, lines: s.lines });
            texts.push(SectionText { prose: s.prose, code: s.code });
        }
        let page = Self { path, blob, size: bytes.len() as u64, title, front: document.front, headings, links: document.links, adr: None, skill: None, diagnostics };
        (page, texts)
    }
}
