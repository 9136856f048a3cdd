//! One Markdown file, understood: front matter, sections, anchors, links.
//!
//! [`parse`] takes bytes and always gives a [`Document`]; what is wrong with
//! the file comes beside it as diagnostics. Section spans cover the file from
//! its first byte to its last, without gap or overlap. Nothing here knows
//! other files: resolving links and owners is the business of `corpus`.
//! This is the only user of pulldown-cmark.

mod destination;
mod front_matter;
mod html;
mod link;
mod mention;
mod part;
mod reader;
mod section;
mod slug;
mod text;

use crate::diagnostic::Diagnostic;
use crate::repo_path::RepoPath;

pub use destination::{Destination, Form, destinations};
pub use front_matter::{
    Dialect, FOREIGN_REVIEW_DATES, FrontMatter, Reviewed, Signal, Source, freshness_day, read_date,
    read_interval,
};
pub use link::{Link, LinkKind, named_by};
pub use mention::{Mentioned, mentioned};
pub use part::Part;
pub use section::{Section, Span};
pub use slug::{Slugs, slug};
pub use text::Text;

/// Files above this many bytes are listed and reported, not read.
pub const MAX_BYTES: u64 = 5_000_000;

/// One Markdown file, understood.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Document {
    /// The metadata, normalised from whatever dialect the file uses.
    pub front: FrontMatter,
    /// Plain text of the first level-one heading.
    pub h1: Option<String>,
    /// In file order. The first is the text before any heading (level 0,
    /// empty anchor); it is always there and begins at byte 0.
    pub sections: Vec<Section>,
    /// In file order.
    pub links: Vec<Link>,
    /// The anchors of all headings in file order, those inside lists, quotes
    /// and footnotes too: what a link's fragment can name.
    pub anchors: Vec<String>,
    /// `id` of HTML elements and `name` of `<a>`, as written, in file order.
    pub html_anchors: Vec<String>,
    /// Code blocks, inline code, `<pre>` and what `<script>` and `<style>` hold,
    /// in file order.
    pub code: Vec<Span>,
    /// HTML comments, `<!--` and `-->` included, in file order. One that is
    /// cut by the marks of a quote or a list ends where its last line does.
    pub comments: Vec<Span>,
}

/// Understands one file. Every file gives a document; what is wrong with it
/// comes beside it. Linear in the size of the file; offsets and lines are
/// those of `bytes`.
pub fn parse(_path: &RepoPath, bytes: &[u8]) -> (Document, Vec<Diagnostic>) {
    understand(&Text::new(bytes))
}

/// The same of a file whose text is at hand already.
pub fn understand(text: &Text<'_>) -> (Document, Vec<Diagnostic>) {
    let mut diagnostics: Vec<_> =
        text.invalid.map(|found| invalid(text, found)).into_iter().collect();
    let (mut front, wrong) = front_matter::read(text);
    diagnostics.extend(wrong);
    let found = reader::read(text, front.body_start as usize);
    if let Some((at, comment)) = &found.freshness {
        let wrong = front_matter::read_freshness(comment, &mut front);
        diagnostics
            .extend(wrong.into_iter().map(|(field, value)| stale_field(text, *at, &field, &value)));
    }
    let document = Document {
        front,
        h1: found.h1,
        sections: found.sections,
        links: found.links,
        anchors: found.anchors,
        html_anchors: found.html_anchors,
        code: found.code,
        comments: found.comments,
    };
    (document, diagnostics)
}

/// The block of metadata alone, and what is wrong with it: for who has many
/// files to ask and no need for what they say below it. A g3doc comment stands
/// below it, so it is not read.
pub fn front_matter(bytes: &[u8]) -> (FrontMatter, Vec<Diagnostic>) {
    front_matter::read(&Text::new(bytes))
}

/// The bytes of a file up to the end of its block of metadata, or all of them:
/// files that share them have the same metadata, a g3doc comment left aside.
pub fn front_block(bytes: &[u8]) -> &[u8] {
    front_matter::block_of(bytes)
}

fn invalid(text: &Text<'_>, (at, count): (u32, usize)) -> Diagnostic {
    let (line, column) = text.position(at);
    let more = match count {
        1 => String::new(),
        2 => ", and 1 more is not".to_owned(),
        _ => format!(", and {} more are not", count - 1),
    };
    let message = format!("byte {at} is not UTF-8{more}");
    Diagnostic::warning("invalid-utf8", line, column, message)
}

fn stale_field(text: &Text<'_>, at: u32, field: &str, value: &str) -> Diagnostic {
    let (line, column) = text.position(at);
    let (rule, what) = match field {
        "reviewed" => ("date-unreadable", "date"),
        _ => ("interval-unreadable", "interval"),
    };
    Diagnostic::warning(rule, line, column, format!("`{field}` is no {what}: '{value}'"))
}
