//! One page as the index keeps it.

use std::collections::HashSet;

use serde::{Deserialize, Serialize};

use crate::adr::{self, AdrRecord};
use crate::diagnostic::Diagnostic;
use crate::document::{self, Document, FrontMatter, Link, MAX_BYTES, Section, Span};
use crate::ids::BlobId;
use crate::repo_path::RepoPath;
use crate::skill::{self, Manifest};

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

/// Everything that follows from a path and its bytes. It is kept field by
/// field: what stands first can be read without the rest ([`DecisionHead`]).
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Page {
    /// Where it stands.
    pub path: RepoPath,
    /// Where it reads as a decision.
    pub adr: Option<AdrRecord>,
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
    /// Where it is a `SKILL.md`.
    pub skill: Option<Manifest>,
    /// Anchors that a link can name and no heading above has: those of headings
    /// inside lists and quotes, `id` and `name` of HTML elements.
    pub other_anchors: Vec<String>,
    /// In file order, unresolved.
    pub links: Vec<Link>,
    /// What is wrong with it.
    pub diagnostics: Vec<Diagnostic>,
}

/// The fields that a stored [`Page`] begins with: what a list of decisions needs.
#[derive(Debug, Clone, PartialEq, Deserialize)]
pub struct DecisionHead {
    /// Where it stands.
    pub path: RepoPath,
    /// Where it reads as a decision.
    pub adr: Option<AdrRecord>,
}

/// The fields that a stored [`Page`] begins with: what answers to questions need.
#[derive(Debug, Clone, PartialEq, Deserialize)]
pub struct PageHead {
    path: RepoPath,
    adr: Option<AdrRecord>,
    blob: BlobId,
    size: u64,
    title: String,
    front: FrontMatter,
    headings: Vec<Heading>,
    skill: Option<Manifest>,
}

impl From<PageHead> for Page {
    /// The page without its links, its lesser anchors and what is wrong with it.
    fn from(head: PageHead) -> Self {
        let PageHead { path, adr, blob, size, title, front, headings, skill } = head;
        let (other_anchors, links, diagnostics) = (Vec::new(), Vec::new(), Vec::new());
        Self {
            path,
            adr,
            blob,
            size,
            title,
            front,
            headings,
            skill,
            other_anchors,
            links,
            diagnostics,
        }
    }
}

impl Page {
    /// Reads one file. The second value holds the text of each heading's
    /// section, in the same order. A file above [`MAX_BYTES`] has one heading,
    /// no text, and a diagnostic that says so.
    pub fn read(path: RepoPath, blob: BlobId, bytes: &[u8]) -> (Self, Vec<SectionText>) {
        let size = bytes.len() as u64;
        if size > MAX_BYTES {
            return (Self::oversize(path, blob, size), vec![SectionText::default()]);
        }
        let (mut document, mut diagnostics) = document::parse(&path, bytes);
        let adr = adr::recognise(&path, &document, bytes);
        let (skill, broken) = skill::read_manifest(&path, &document);
        diagnostics.extend(broken);
        let title = title(&path, &document, adr.as_ref());
        let other_anchors = other_anchors(&mut document);
        let (headings, texts) = document.sections.into_iter().map(split).unzip();
        let (front, links) = (document.front, document.links);
        let page = Self {
            path,
            adr,
            blob,
            size,
            title,
            front,
            headings,
            skill,
            other_anchors,
            links,
            diagnostics,
        };
        (page, texts)
    }

    /// A file that is listed and not read.
    pub fn oversize(path: RepoPath, blob: BlobId, size: u64) -> Self {
        let message =
            format!("the file has {size} bytes; above {MAX_BYTES} it is listed, not read");
        let span = Span { start: 0, end: u32::try_from(size).unwrap_or(u32::MAX) };
        Self {
            title: path.file_stem(),
            path,
            blob,
            size,
            front: FrontMatter { raw: "null".to_owned(), ..FrontMatter::default() },
            headings: vec![Heading { span, lines: [1, 1], ..Heading::default() }],
            other_anchors: Vec::new(),
            links: Vec::new(),
            adr: None,
            skill: None,
            diagnostics: vec![Diagnostic::warning("oversize", 0, 0, message)],
        }
    }
}

fn title(path: &RepoPath, document: &Document, adr: Option<&AdrRecord>) -> String {
    let stated = document.front.title.as_ref().or(document.h1.as_ref());
    match (stated, adr) {
        (Some(_), Some(adr)) => adr.title.clone(),
        (Some(title), None) => title.clone(),
        (None, _) => path.file_stem(),
    }
}

fn other_anchors(document: &mut Document) -> Vec<String> {
    let sections: HashSet<_> = document.sections.iter().map(|section| &section.anchor).collect();
    let nested = std::mem::take(&mut document.anchors);
    let mut others: Vec<_> =
        nested.into_iter().filter(|anchor| !sections.contains(anchor)).collect();
    others.append(&mut document.html_anchors);
    others
}

fn split(section: Section) -> (Heading, SectionText) {
    let Section { heading: title, level, anchor, span, lines, prose, code } = section;
    (Heading { title, level, anchor, span, lines }, SectionText { prose, code })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(path: &str, bytes: &[u8]) -> (Page, Vec<SectionText>) {
        Page::read(RepoPath::new(path).unwrap(), BlobId([0; 20]), bytes)
    }

    #[test]
    fn texts_are_parallel_to_headings() {
        let (page, texts) =
            read("wiki/a.md", b"intro\n# A\ntext\n```\nls\n```\n## B\n<i id=x></i>\n\n- # C\n");
        let titles: Vec<_> = page.headings.iter().map(|heading| heading.title.as_str()).collect();
        assert_eq!(titles, ["", "A", "B"]);
        let texts: Vec<_> =
            texts.iter().map(|text| (text.prose.as_str(), text.code.as_str())).collect();
        assert_eq!(texts, [("intro", ""), ("text", "ls"), ("C", "")]);
        assert_eq!(page.other_anchors, ["c", "x"]);
    }

    #[test]
    fn a_title_is_stated_or_the_stem() {
        let title = |path, text: &str| read(path, text.as_bytes()).0.title;
        assert_eq!(title("wiki/a.md", "---\ntitle: T\n---\n# H\n"), "T");
        assert_eq!(title("wiki/a.md", "# H *x*\n"), "H x");
        assert_eq!(title("wiki/queue-stuck.md", "text"), "queue-stuck");
        assert_eq!(title("adr/0003-x.md", "# 3. Use X\n\n## Decision\n"), "Use X");
        assert_eq!(title("adr/0003-x.md", "text"), "0003-x");
    }

    #[test]
    fn an_oversize_file_is_listed_and_reported() {
        let (page, texts) = read("wiki/big.md", &vec![b'#'; 5_000_001]);
        assert_eq!((page.title.as_str(), page.headings.len(), texts.len()), ("big", 1, 1));
        assert_eq!(page.headings[0].span, Span { start: 0, end: 5_000_001 });
        assert_eq!(page.diagnostics[0].rule, "oversize");
    }

    #[test]
    fn a_page_survives_being_stored() {
        let text = b"---\nowner: a\nreviewed: 2026-10-02\nn: 0012\n---\n# ADR-3: X\n\nStatus: accepted\n\n## Decision\n[x](y.md#z)\n";
        let (page, _) = read("adr/0003-x.md", text);
        assert!(page.adr.is_some());
        let bytes = postcard::to_stdvec(&page).unwrap();
        assert_eq!(postcard::from_bytes::<Page>(&bytes).unwrap(), page);
    }
}
