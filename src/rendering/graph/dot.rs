//! Graphviz's language (graphviz.org/doc/info/lang.html).

use std::fmt::Write as _;

use super::{Drawing, fill, plain};

/// The graph for `dot` and its like.
pub fn dot(drawing: &Drawing) -> String {
    let kinds = drawing.kinds();
    let mut text = format!(
        "digraph prode {{\n  graph [rankdir=LR, label={}, labelloc=t, fontname=\"sans-serif\"];\n  \
         node [shape=box, style=\"rounded,filled\", fontname=\"sans-serif\", fontsize=11];\n  \
         edge [color=\"#888888\", fontname=\"sans-serif\", fontsize=9];\n",
        quoted(&drawing.title)
    );
    for node in &drawing.nodes {
        let ink = if node.is_faint { ", fontcolor=\"#777777\", color=\"#bbbbbb\"" } else { "" };
        let width = if node.is_centre { ", penwidth=3" } else { "" };
        let _ = writeln!(
            text,
            "  {} [label={}, tooltip={}, fillcolor=\"{}\"{ink}{width}];",
            id(&node.name),
            quoted(&node.label),
            quoted(&format!("{} ({})", node.name, node.kind)),
            fill(Drawing::kind_at(&kinds, node))
        );
    }
    for edge in &drawing.edges {
        let mut says = Vec::new();
        if edge.is_mutual {
            says.push("dir=both".to_owned());
        }
        if let Some(label) = &edge.label {
            says.push(format!("label={}, color=\"#b3401a\"", quoted(label)));
        }
        let ends = [edge.from, edge.to].map(|at| id(&drawing.nodes[at].name));
        let says = if says.is_empty() { String::new() } else { format!(" [{}]", says.join(", ")) };
        let _ = writeln!(text, "  {} -> {}{says};", ends[0], ends[1]);
    }
    text + "}\n"
}

/// A name: in quotes nothing but a quote is special, and a backslash before it.
fn id(name: &str) -> String {
    format!("\"{}\"", plain(name).replace('\\', "\\\\").replace('"', "\\\""))
}

/// A text that is shown: in it a backslash begins an escape, and `&` an entity.
fn quoted(text: &str) -> String {
    id(&text.replace('&', "&amp;"))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::rendering::graph::sample;

    #[test]
    fn names_are_text() {
        let text = dot(&sample());
        for line in [
            r#"graph [rankdir=LR, label="Links of wiki &amp; co", labelloc=t"#,
            r#""wiki/a.md" [label="A \"quoted\" [page] \\N", tooltip="wiki/a.md (guide)""#,
            r#"label="B <b>&amp;amp; of two lines""#,
            r#""wiki/ü.md" [label="Über Wärme 温度""#,
            r##"fontcolor="#777777""##,
            r#""wiki/a.md" -> "wiki/b.md" [dir=both];"#,
            r#""wiki/ü.md" -> "wiki/a.md" [label="amends \"it\"""#,
        ] {
            assert!(text.contains(line), "no {line} in\n{text}");
        }
    }

    #[test]
    fn nothing_is_a_graph_too() {
        assert!(dot(&Drawing::default()).ends_with("}\n"));
    }
}
