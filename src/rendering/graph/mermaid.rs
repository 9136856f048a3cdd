//! Mermaid's flowcharts (mermaid.js.org/syntax/flowchart.html), which forges
//! draw where Markdown holds them.

use std::fmt::Write as _;

use super::{Drawing, fill, plain};

/// Edges that Mermaid draws, where its settings say nothing else (`maxEdges`).
pub const MERMAID_EDGES: usize = 500;

/// Characters that it reads, likewise (`maxTextSize`).
pub const MERMAID_BYTES: usize = 50_000;

/// The graph as a flowchart.
pub fn mermaid(drawing: &Drawing) -> String {
    let kinds = drawing.kinds();
    let mut text = String::from("flowchart LR\n");
    for (at, node) in drawing.nodes.iter().enumerate() {
        let centre = if node.is_centre { ":::centre" } else { "" };
        let _ = writeln!(text, "  n{at}[\"{}\"]{centre}", escaped(&node.label));
    }
    for edge in &drawing.edges {
        let arrow = if edge.is_mutual { "<-->" } else { "-->" };
        let label = edge.label.as_deref().map(|label| format!("|\"{}\"|", escaped(label)));
        let _ =
            writeln!(text, "  n{} {arrow}{} n{}", edge.from, label.unwrap_or_default(), edge.to);
    }
    for (at, _) in kinds.iter().enumerate() {
        let _ = writeln!(text, "  classDef k{at} fill:{},stroke:#888,color:#222", fill(at));
    }
    text += "  classDef centre stroke-width:3px\n  classDef faint color:#777,stroke:#bbb\n";
    let of = |wanted: &dyn Fn(&super::Node) -> bool| -> Vec<String> {
        let nodes = drawing.nodes.iter().enumerate().filter(|(_, node)| wanted(node));
        nodes.map(|(at, _)| format!("n{at}")).collect()
    };
    for (at, kind) in kinds.iter().enumerate() {
        let _ = writeln!(text, "  class {} k{at}", of(&|node| node.kind == *kind).join(","));
    }
    let faint = of(&|node| node.is_faint);
    if !faint.is_empty() {
        let _ = writeln!(text, "  class {} faint", faint.join(","));
    }
    text
}

/// A label's text: whatever Mermaid or a browser could read as more than a
/// letter is written as its number.
fn escaped(text: &str) -> String {
    let text = plain(text);
    let text = text.trim();
    let mut safe = String::with_capacity(text.len());
    // "1. x" and "- x" would be lists, which it does not draw.
    let number = text.chars().take_while(char::is_ascii_digit).count();
    for (at, c) in text.chars().enumerate() {
        let is_sign = at == number && ".)-+".contains(c);
        if !is_sign && (c.is_alphanumeric() || !c.is_ascii() || " .,:/()+=?!'-".contains(c)) {
            safe.push(c);
        } else {
            let _ = write!(safe, "#{};", u32::from(c));
        }
    }
    safe
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::rendering::graph::sample;

    #[test]
    fn names_are_text() {
        let text = mermaid(&sample());
        for line in [
            "  n0[\"A #34;quoted#34; #91;page#93; #92;N\"]\n",
            "  n1[\"B #60;b#62;#38;amp#59; of two lines\"]\n",
            "  n2[\"Über Wärme 温度\"]\n",
            "  n3[\"#96;end#96; #35;1#59; #37;#37; x --#62;\"]\n",
            "  n0 <--> n1\n",
            "  n2 -->|\"amends #34;it#34;\"| n0\n",
            "  class n0,n2 k1\n",
            "  class n3 faint\n",
        ] {
            assert!(text.contains(line), "no {line} in\n{text}");
        }
    }

    #[test]
    fn a_number_or_a_dash_begins_no_list() {
        assert_eq!(escaped("12. Use it: v1.2"), "12#46; Use it: v1.2");
        assert_eq!((escaped("- a-b"), escaped("1) c")), ("#45; a-b".into(), "1#41; c".into()));
    }
}
