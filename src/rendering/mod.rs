//! Markdown for readers: safe HTML for browsers, set-off text for terminals;
//! and graphs as pictures.
//!
//! The only user of comrak. What a page means (its sections and anchors) was
//! found by `document`; here headings are given those anchors by line, so that
//! a fragment in the rendered page is the fragment of a citation. Output holds
//! no control character that stood in the file, and no HTML of the file's own.

mod changed;
mod graph;
mod html;
mod inline;
mod page;
mod slash;
mod table;
mod terminal;
mod visible;

pub use changed::{Changed, Fate, changed};
pub use graph::{
    Drawing, Edge, GRAPH_STYLE, MERMAID_BYTES, MERMAID_EDGES, Node, dot, mermaid, svg,
};
pub use html::html;
pub use page::{Dressing, Leads, page};
pub use slash::without_slash_commands;
pub use terminal::{Look, terminal};
pub use visible::{visible, visible_line};

use comrak::Options;

/// Deeper nesting is shown without its markup: nobody reads it, and it must
/// not exhaust the stack.
const MAX_DEPTH: usize = 40;

/// The dialect that `document` reads: GitHub's.
fn options() -> Options<'static> {
    let mut options = Options::default();
    options.extension.table = true;
    options.extension.strikethrough = true;
    options.extension.tasklist = true;
    options.extension.autolink = true;
    options.extension.footnotes = true;
    options.render.escape = true;
    options
}
