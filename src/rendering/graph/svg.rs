//! A picture that browsers and forges show, without any other program.
//!
//! It asks for nothing outside and holds no script: an image is shown as text,
//! shapes and one style.

use std::fmt::Write as _;

use super::layout::{HEIGHT, MARGIN, Place, layout};
use super::{Drawing, Edge, fill, plain};

/// The one style of a picture.
pub const STYLE: &str = "text{font:12px system-ui,sans-serif;fill:#1f2328}\
    .h{font-size:15px;font-weight:600}.e{fill:none;stroke:#8c959f;stroke-opacity:.55}\
    .r{fill:none;stroke:#b3401a;stroke-width:1.4}.l{font-size:10px;fill:#b3401a;text-anchor:middle}\
    .n{stroke:#8c959f}.c{stroke:#1f2328;stroke-width:2.5}.f{opacity:.55;stroke-dasharray:3 2}\
    .b{fill:#fff}";

/// The graph as a picture of its own.
pub fn svg(drawing: &Drawing) -> String {
    let kinds = drawing.kinds();
    let top = 74.0;
    let (places, right, bottom) = layout(drawing, top);
    let (legend, legend_right) = legend(&kinds);
    let edges = drawing.edges.iter().filter(|edge| edge.from != edge.to);
    let lines = edges.map(|edge| line(edge, &places[edge.from], &places[edge.to]));
    let (lines, reaches): (Vec<String>, Vec<f64>) = lines.unzip();
    // Curves bend beyond the boxes.
    let right = reaches.into_iter().fold(right, f64::max);
    let (width, height) = (right.max(legend_right).max(420.0) + MARGIN * 3.0, bottom + MARGIN);
    let title = escaped(&drawing.title);
    let mut text = format!(
        "<svg xmlns=\"http://www.w3.org/2000/svg\" width=\"{width:.0}\" height=\"{height:.0}\" \
         viewBox=\"0 0 {width:.0} {height:.0}\" role=\"img\">\n<title>{title}</title>\n\
         <style>{STYLE}</style>\n<defs>{}{}</defs>\n\
         <rect class=\"b\" width=\"100%\" height=\"100%\"/>\n\
         <text class=\"h\" x=\"{MARGIN}\" y=\"30\">{title}</text>\n{legend}",
        marker("a", "#8c959f"),
        marker("ar", "#b3401a"),
    );
    text.extend(lines);
    for (node, place) in drawing.nodes.iter().zip(&places) {
        let class = if node.is_centre { "n c" } else { "n" };
        let faint = if node.is_faint { " class=\"f\"" } else { "" };
        let name = escaped(&format!("{} ({})", node.name, node.kind));
        let Place { x, y, width, label, .. } = place;
        let _ = writeln!(
            text,
            "<g{faint}><title>{name}</title><rect class=\"{class}\" x=\"{x:.1}\" y=\"{y:.1}\" \
             width=\"{width:.1}\" height=\"{HEIGHT}\" rx=\"5\" fill=\"{}\"/>\
             <text x=\"{:.1}\" y=\"{:.1}\">{}</text></g>",
            fill(Drawing::kind_at(&kinds, node)),
            x + 9.0,
            y + 16.0,
            escaped(label)
        );
    }
    text + "</svg>\n"
}

fn marker(id: &str, colour: &str) -> String {
    format!(
        "<marker id=\"{id}\" viewBox=\"0 0 8 8\" refX=\"7\" refY=\"4\" markerWidth=\"6\" \
         markerHeight=\"6\" orient=\"auto-start-reverse\">\
         <path d=\"M0 0L8 4L0 8z\" fill=\"{colour}\"/></marker>"
    )
}

/// What the fills mean, and where it ends.
fn legend(kinds: &[&str]) -> (String, f64) {
    let (mut text, mut x) = (String::new(), MARGIN);
    for (at, kind) in kinds.iter().enumerate() {
        let _ = writeln!(
            text,
            "<rect class=\"n\" x=\"{x:.1}\" y=\"43\" width=\"14\" height=\"14\" rx=\"3\" fill=\"{}\"/>\
             <text x=\"{:.1}\" y=\"54\">{}</text>",
            fill(at),
            x + 20.0,
            escaped(kind)
        );
        #[expect(clippy::cast_precision_loss, reason = "a kind is a word")]
        let wide = kind.chars().count() as f64 * 7.0;
        x += wide + 40.0;
    }
    (text, x)
}

/// A curve from the side of one box to the side of the other, and how far right it goes.
fn line(edge: &Edge, from: &Place, to: &Place) -> (String, f64) {
    let (y1, y2) = (from.middle(), to.middle());
    let (x1, x2, c1, c2) = if from.x < to.x && from.right() < to.x {
        let bend = ((to.x - from.right()) / 2.0).max(30.0);
        (from.right(), to.x, from.right() + bend, to.x - bend)
    } else if to.right() < from.x {
        let bend = ((from.x - to.right()) / 2.0).max(30.0);
        (from.x, to.right(), from.x - bend, to.right() + bend)
    } else {
        // In one layer: around what stands there, the farther the longer. A
        // curve goes three quarters of the way to where it is drawn.
        let (edge, nearer) = (from.edge.max(to.edge), from.right().min(to.right()));
        let out = edge + (edge - nearer) / 3.0 + 14.0 + (y2 - y1).abs().sqrt() * 2.0;
        (from.right(), to.right(), out, out)
    };
    let (class, head) = if edge.label.is_some() { ("r", "ar") } else { ("e", "a") };
    let start =
        if edge.is_mutual { format!(" marker-start=\"url(#{head})\"") } else { String::new() };
    let mut text = format!(
        "<path class=\"{class}\" d=\"M{x1:.1} {y1:.1}C{c1:.1} {y1:.1} {c2:.1} {y2:.1} {x2:.1} \
         {y2:.1}\" marker-end=\"url(#{head})\"{start}/>\n"
    );
    // The middle of the curve.
    let x = (x1 + 3.0 * c1 + 3.0 * c2 + x2) / 8.0;
    if let Some(label) = &edge.label {
        let y = f64::midpoint(y1, y2) - 4.0;
        let _ =
            writeln!(text, "<text class=\"l\" x=\"{x:.1}\" y=\"{y:.1}\">{}</text>", escaped(label));
    }
    (text, x.max(x1).max(x2))
}

fn escaped(text: &str) -> String {
    let text = plain(text);
    text.replace('&', "&amp;").replace('<', "&lt;").replace('>', "&gt;").replace('"', "&quot;")
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::rendering::graph::{Node, sample};

    #[test]
    fn names_are_text_and_the_same_graph_is_the_same_picture() {
        let text = svg(&sample());
        assert_eq!(text, svg(&sample()));
        for part in [
            "<title>Links of wiki &amp; co</title>",
            ">A &quot;quoted&quot; [page] \\N</text>",
            ">B &lt;b&gt;&amp;amp; of two lines</text>",
            "<title>wiki/ü.md (guide)</title>",
            "<g class=\"f\"><title>adr/1.md (adr)</title>",
            "marker-start=\"url(#a)\"",
            ">amends &quot;it&quot;</text>",
        ] {
            assert!(text.contains(part), "no {part} in\n{text}");
        }
        assert_eq!(text.matches("<path class=").count(), 2);
    }

    /// The numbers of `text`.
    fn numbers(text: &str) -> Vec<f64> {
        let pieces = text.split(|c: char| !c.is_ascii_digit() && c != '.' && c != '-');
        pieces.filter(|piece| !piece.is_empty()).map(|piece| piece.parse().unwrap()).collect()
    }

    #[test]
    fn curves_around_a_layer_stay_in_the_picture() {
        let node = |at: usize| Node {
            name: format!("{at}.md"),
            label: "page".repeat(6),
            is_centre: at == 0,
            ..Node::default()
        };
        let edge = |from, to| Edge { from, to, ..Edge::default() };
        let around = [edge(1, 12), edge(2, 11)];
        let drawing = Drawing {
            title: String::new(),
            nodes: (0..13).map(node).collect(),
            edges: (1..13).map(|to| edge(0, to)).chain(around).collect(),
        };
        let text = svg(&drawing);
        let width = numbers(text.split_once("width=\"").unwrap().1.split_once('"').unwrap().0)[0];
        let paths = text.split("<path class=").skip(1).filter_map(|path| path.split('"').nth(3));
        let middles = paths.map(|path| {
            let [x1, _, c1, _, c2, _, x2, _] = numbers(path)[..] else { panic!("{path}") };
            (x1 + 3.0 * c1 + 3.0 * c2 + x2) / 8.0
        });
        let middles: Vec<f64> = middles.collect();
        assert_eq!(middles.len(), 14);
        assert!(middles.iter().all(|&x| x < width), "{middles:?} in {width}");
    }
}
