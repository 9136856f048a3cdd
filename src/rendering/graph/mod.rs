//! A graph as a picture: Graphviz, Mermaid, SVG.
//!
//! The same graph gives the same bytes. What a page calls itself is text in
//! every form: no name ends a label, opens an element or steers a viewer.

mod dot;
mod layout;
mod mermaid;
mod order;
mod svg;

pub use dot::dot;
pub use mermaid::{MERMAID_BYTES, MERMAID_EDGES, mermaid};
pub use svg::{STYLE as GRAPH_STYLE, svg};

/// What is drawn.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Drawing {
    /// What the picture shows, for people.
    pub title: String,
    /// In a fixed order.
    pub nodes: Vec<Node>,
    /// In a fixed order, no two of the same ends and label.
    pub edges: Vec<Edge>,
}

/// One node.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Node {
    /// What it is called, unique among the nodes.
    pub name: String,
    /// What is written on it.
    pub label: String,
    /// Nodes of one kind look alike.
    pub kind: String,
    /// True for what does not count any more.
    pub is_faint: bool,
    /// True for what the picture is about.
    pub is_centre: bool,
}

/// An arrow.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Edge {
    /// Where it begins: a place among the nodes.
    pub from: usize,
    /// Where it ends.
    pub to: usize,
    /// True if it points both ways.
    pub is_mutual: bool,
    /// What it means, where it is more than a link.
    pub label: Option<String>,
}

impl Drawing {
    /// The kinds of its nodes, ordered, each once.
    fn kinds(&self) -> Vec<&str> {
        let mut kinds: Vec<&str> = self.nodes.iter().map(|node| node.kind.as_str()).collect();
        kinds.sort_unstable();
        kinds.dedup();
        kinds
    }

    /// The place of a node's kind among all of them.
    fn kind_at(kinds: &[&str], node: &Node) -> usize {
        kinds.binary_search(&node.kind.as_str()).unwrap_or(0)
    }
}

/// Fills that are told apart by most people's eyes, light enough to be written
/// on (after Okabe and Ito, "Color Universal Design", 2008, made lighter).
const FILLS: [&str; 12] = [
    "#cfe6f5", "#fbe3bf", "#cdeee0", "#f6d5e5", "#fbf6c4", "#d8dcf6", "#f8c9b8", "#e2e2e2",
    "#9fcbe8", "#a9dcc4", "#e9b9d2", "#d9c9a8",
];

/// The fill of the kind at this place.
fn fill(kind: usize) -> &'static str {
    FILLS[kind % FILLS.len()]
}

/// On one line, without what would steer whoever shows it.
fn plain(text: &str) -> String {
    let shown = |c: char| match c {
        '\u{2028}' | '\u{2029}' => ' ',
        // No document of XML may hold these.
        '\u{fffe}' | '\u{ffff}' => char::REPLACEMENT_CHARACTER,
        c if c.is_control() => ' ',
        c => c,
    };
    let spaced: String = text.chars().map(shown).collect();
    super::visible_line(&spaced).into_owned()
}

#[cfg(test)]
pub(super) fn sample() -> Drawing {
    let node = |name: &str, label: &str, kind: &str| Node {
        name: name.to_owned(),
        label: label.to_owned(),
        kind: kind.to_owned(),
        ..Node::default()
    };
    let edge = |from, to| Edge { from, to, ..Edge::default() };
    Drawing {
        title: "Links of wiki & co".to_owned(),
        nodes: vec![
            node("wiki/a.md", "A \"quoted\" [page] \\N", "guide"),
            node("wiki/b.md", "B <b>&amp;\nof two lines", "runbook"),
            node("wiki/ü.md", "Über Wärme 温度", "guide"),
            Node { is_faint: true, ..node("adr/1.md", "`end` #1; %% x -->", "adr") },
        ],
        edges: vec![
            Edge { is_mutual: true, ..edge(0, 1) },
            Edge { label: Some("amends \"it\"".to_owned()), ..edge(2, 0) },
        ],
    }
}
