//! The graph of decisions, in the language of Graphviz.

use super::{link, name};

/// A decision as the graph shows it.
pub(in crate::adr_tools) struct Node<'a> {
    pub(in crate::adr_tools) name: &'a str,
    pub(in crate::adr_tools) title: String,
    /// The whole file.
    pub(in crate::adr_tools) text: String,
}

/// A box for each decision, dotted from each to the next number, and an arrow
/// for each link but those back (`… by`). Boxes lead to
/// `prefix`, the file's name without `.md`, `extension`.
pub(in crate::adr_tools) fn graph(nodes: &[Node<'_>], prefix: &str, extension: &str) -> String {
    let mut graph = "digraph {\n  node [shape=plaintext];\n  subgraph {\n".to_owned();
    for node in nodes {
        let number = node.number();
        let stem = node.name.strip_suffix(".md").unwrap_or(node.name);
        let (title, url) = (quoted(&node.title), quoted(&format!("{prefix}{stem}{extension}")));
        graph += &format!("    _{number} [label={title}; URL={url}];\n");
        if let Some(before) = number.parse::<u64>().ok().filter(|&number| number > 1) {
            graph += &format!("    _{} -> _{number} [style=\"dotted\", weight=1];\n", before - 1);
        }
    }
    graph += "  }\n";
    for node in nodes {
        let number = node.number();
        let links = link::all(&node.text).into_iter();
        for (label, target) in links.filter(|(label, _)| !label.ends_with(" by")) {
            let label = quoted(label);
            graph += &format!("  _{number} -> _{target} [label={label}, weight=0]\n");
        }
    }
    graph + "}\n"
}

impl Node<'_> {
    fn number(&self) -> &str {
        name::digits(self.name).unwrap_or("0")
    }
}

/// A string of the language: only a quotation mark has to be escaped, and a
/// backslash, which would begin an escape of Graphviz's own.
fn quoted(text: &str) -> String {
    format!("\"{}\"", text.replace('\\', "\\\\").replace('"', "\\\""))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn node<'a>(name: &'a str, title: &str, status: &str) -> Node<'a> {
        let text = format!("# {title}\n\n## Status\n\n{status}\n\n## Context\n");
        Node { name, title: title.to_owned(), text }
    }

    #[test]
    fn decisions_stand_in_order_and_links_across() {
        let nodes = [
            node("0001-a.md", "1. A", "Superceded by [2. B](0002-b.md)"),
            node("0002-b.md", "2. B", "Accepted\n\nSupercedes [1. A](0001-a.md)"),
        ];
        let expected = "digraph {\n  node [shape=plaintext];\n  subgraph {\n    \
            _1 [label=\"1. A\"; URL=\"x/0001-a.html\"];\n    \
            _2 [label=\"2. B\"; URL=\"x/0002-b.html\"];\n    \
            _1 -> _2 [style=\"dotted\", weight=1];\n  }\n  \
            _2 -> _1 [label=\"Supercedes\", weight=0]\n}\n";
        assert_eq!(graph(&nodes, "x/", ".html"), expected);
    }

    #[test]
    fn titles_cannot_end_a_string() {
        let drawn = graph(&[node("0000-a.md", "0. Say \"no\" to C:\\", "")], "", "");
        assert!(
            drawn.contains("_0 [label=\"0. Say \\\"no\\\" to C:\\\\\"; URL=\"0000-a\"];"),
            "{drawn}"
        );
    }
}
