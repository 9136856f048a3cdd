//! Where each node stands on the picture, in pixels.

use unicode_width::{UnicodeWidthChar, UnicodeWidthStr};

use super::order::{groups, neighbours};
use super::{Drawing, plain};

/// Height of a node.
pub(super) const HEIGHT: f64 = 24.0;
/// From the top of one node to the top of the next below it.
const STEP: f64 = 32.0;
/// Between two layers, for their edges.
const BETWEEN: f64 = 130.0;
/// Between two groups.
const APART: f64 = 36.0;
/// Width of a column of text of 12 pixels, wide enough for most fonts.
const COLUMN: f64 = 6.7;
/// Columns of the longest label.
const LONGEST: usize = 52;
/// Around everything.
pub(super) const MARGIN: f64 = 20.0;
/// Nodes that hang together with nothing fill rows at least so wide.
const ROW: f64 = 900.0;
/// Rounds of straightening.
const ROUNDS: usize = 6;

/// One node's box.
#[derive(Debug, Clone, PartialEq, Default)]
pub(super) struct Place {
    /// Left.
    pub(super) x: f64,
    /// Top.
    pub(super) y: f64,
    pub(super) width: f64,
    /// Right side of everything in its layer.
    pub(super) edge: f64,
    /// The label as it fits.
    pub(super) label: String,
}

impl Place {
    pub(super) fn middle(&self) -> f64 {
        self.y + HEIGHT / 2.0
    }

    pub(super) fn right(&self) -> f64 {
        self.x + self.width
    }
}

/// Where everything stands below `top`; what it fills, to the right and down.
pub(super) fn layout(drawing: &Drawing, top: f64) -> (Vec<Place>, f64, f64) {
    let mut places: Vec<Place> = drawing.nodes.iter().map(|node| sized(&node.label)).collect();
    let beside = neighbours(drawing);
    let found = groups(drawing, &beside);
    let (mut y, mut right) = (top, 0.0_f64);
    for layers in &found.layered {
        let mut x = MARGIN;
        for layer in layers {
            let width = layer.iter().map(|&at| places[at].width).fold(0.0, f64::max);
            for &at in layer {
                (places[at].x, places[at].edge) = (x, x + width);
            }
            right = right.max(x + width);
            x += width + BETWEEN;
        }
        y = stacked(layers, &beside, &mut places, y) + APART;
    }
    let row = right.max(MARGIN + ROW);
    let mut x = MARGIN;
    for &at in &found.alone {
        if x > MARGIN && x + places[at].width > row {
            (x, y) = (MARGIN, y + STEP);
        }
        (places[at].x, places[at].y) = (x, y);
        right = right.max(places[at].right());
        x += places[at].width + 12.0;
    }
    let bottom = places.iter().map(|place| place.y + HEIGHT).fold(top, f64::max);
    (places, right, bottom)
}

/// Heights of one group's nodes, from `top` on; where it ends.
#[expect(clippy::cast_precision_loss, reason = "layers have fewer than 2^52 nodes")]
fn stacked(layers: &[Vec<usize>], beside: &[Vec<usize>], places: &mut [Place], top: f64) -> f64 {
    let tallest = layers.iter().map(Vec::len).max().unwrap_or(0) as f64 * STEP;
    for layer in layers {
        let free = (tallest - layer.len() as f64 * STEP) / 2.0;
        for (nth, &at) in layer.iter().enumerate() {
            places[at].y = free + nth as f64 * STEP;
        }
    }
    for round in 0..ROUNDS {
        let forth: Vec<&Vec<usize>> = layers.iter().collect();
        let order: Vec<_> = if round % 2 == 0 { forth } else { forth.into_iter().rev().collect() };
        for layer in order {
            let wanted: Vec<f64> = layer
                .iter()
                .map(|&at| {
                    let all = &beside[at];
                    all.iter().map(|&it| places[it].y).sum::<f64>() / all.len().max(1) as f64
                })
                .collect();
            for (&at, y) in layer.iter().zip(spread(&wanted)) {
                places[at].y = y;
            }
        }
    }
    let all = || layers.iter().flatten();
    let highest = all().map(|&at| places[at].y).fold(f64::INFINITY, f64::min);
    all().for_each(|&at| places[at].y += top - highest);
    all().map(|&at| places[at].y + HEIGHT).fold(top, f64::max)
}

/// Heights nearest to those that are wanted, in their order and a step apart:
/// neighbours that would overlap share the middle of what they want.
#[expect(clippy::cast_precision_loss, reason = "layers have fewer than 2^52 nodes")]
fn spread(wanted: &[f64]) -> Vec<f64> {
    // Without the steps between them, heights must only not fall.
    let mut blocks: Vec<(f64, usize)> = Vec::new();
    for (nth, y) in wanted.iter().enumerate() {
        blocks.push((y - nth as f64 * STEP, 1));
        while let [.., (a, m), (b, n)] = blocks[..] {
            if a <= b {
                break;
            }
            blocks.truncate(blocks.len() - 2);
            blocks.push(((a * m as f64 + b * n as f64) / (m + n) as f64, m + n));
        }
    }
    let bases = blocks.into_iter().flat_map(|(y, count)| std::iter::repeat_n(y, count));
    bases.enumerate().map(|(nth, base)| base + nth as f64 * STEP).collect()
}

/// A box as wide as its label, which is cut where it is very long.
fn sized(label: &str) -> Place {
    let label = fitted(&plain(label), LONGEST);
    #[expect(clippy::cast_precision_loss, reason = "a label is short")]
    let width = label.width().max(3) as f64 * COLUMN + 18.0;
    Place { width, label, ..Place::default() }
}

fn fitted(text: &str, columns: usize) -> String {
    if text.width() <= columns {
        return text.to_owned();
    }
    let (mut cut, mut width) = (String::new(), 1);
    for c in text.chars() {
        width += c.width().unwrap_or(0);
        if width > columns {
            break;
        }
        cut.push(c);
    }
    cut.trim_end().to_owned() + "\u{2026}"
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::rendering::graph::{Edge, Node};
    use proptest::prelude::*;

    fn drawing(count: usize, edges: &[(usize, usize)]) -> Drawing {
        let node = |at: usize| Node { label: "x".repeat(at % 60), ..Node::default() };
        let edge = |&(from, to): &(usize, usize)| Edge { from, to, ..Edge::default() };
        Drawing {
            title: String::new(),
            nodes: (0..count).map(node).collect(),
            edges: edges.iter().map(edge).collect(),
        }
    }

    #[test]
    fn what_fits_stays_where_it_wants_to_be() {
        assert_eq!(spread(&[0.0, 100.0]), [0.0, 100.0]);
        assert_eq!(spread(&[50.0, 50.0]), [34.0, 66.0]);
    }

    proptest! {
        /// Whatever the graph, no box lies on another, and all lie on the picture.
        #[test]
        fn boxes_stand_apart(
            count in 1_usize..30,
            ends in proptest::collection::vec((0_usize..30, 0_usize..30), 0..60),
        ) {
            let edges: Vec<_> = ends.iter().map(|(a, b)| (a % count, b % count)).collect();
            let (places, right, bottom) = layout(&drawing(count, &edges), 50.0);
            for (at, a) in places.iter().enumerate() {
                prop_assert!(a.x >= MARGIN && a.y >= 50.0 - 1e-6);
                prop_assert!(a.right() <= right + 1e-6 && a.y + HEIGHT <= bottom + 1e-6);
                for b in &places[at + 1..] {
                    let is_apart = a.right() <= b.x || b.right() <= a.x
                        || a.y + HEIGHT <= b.y + 1e-6 || b.y + HEIGHT <= a.y + 1e-6;
                    prop_assert!(is_apart, "{a:?} {b:?}");
                }
            }
        }
    }
}
