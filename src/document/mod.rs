//! One Markdown file, understood: front matter, sections, anchors, links.
//!
//! [`parse`] takes bytes and always gives a [`Document`]; what is wrong with
//! the file comes beside it as diagnostics. Section spans cover the file from
//! its first byte to its last, without gap or overlap. Nothing here knows
//! other files: resolving links and owners is the business of `corpus`.
//! This is the only user of pulldown-cmark.

mod front_matter;
mod link;
mod section;

pub use front_matter::{Dialect, FrontMatter, Reviewed, Signal, Source};
pub use link::{Link, LinkKind};
pub use section::{Section, Span};

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
}
