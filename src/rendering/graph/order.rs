//! Which node stands in which layer, and in which order there.
//!
//! A layer holds what is equally far from the first node, so that every edge
//! joins neighbours: none has to be led around what lies between. Within a
//! layer each node moves to the middle of its neighbours until little changes
//! (the barycentre method of Sugiyama, Tagawa and Toda, 1981).

use std::collections::VecDeque;

use super::Drawing;

/// Rounds of moving; more change little.
const ROUNDS: usize = 12;

/// Nodes that hang together, the largest group first, each in layers; and the
/// nodes that hang together with nothing.
pub(super) struct Groups {
    pub(super) layered: Vec<Vec<Vec<usize>>>,
    pub(super) alone: Vec<usize>,
}

/// For each node the nodes at the other ends of its edges, each once.
pub(super) fn neighbours(drawing: &Drawing) -> Vec<Vec<usize>> {
    let mut all = vec![Vec::new(); drawing.nodes.len()];
    for edge in drawing.edges.iter().filter(|edge| edge.from != edge.to) {
        all[edge.from].push(edge.to);
        all[edge.to].push(edge.from);
    }
    for beside in &mut all {
        beside.sort_unstable();
        beside.dedup();
    }
    all
}

pub(super) fn groups(drawing: &Drawing, beside: &[Vec<usize>]) -> Groups {
    let mut group = vec![usize::MAX; beside.len()];
    let mut members: Vec<Vec<usize>> = Vec::new();
    for first in 0..beside.len() {
        if group[first] == usize::MAX {
            let met = reached(first, beside);
            for &at in &met {
                group[at] = members.len();
            }
            members.push(met);
        }
    }
    let (alone, mut large): (Vec<_>, Vec<_>) = members.into_iter().partition(|it| it.len() == 1);
    large.sort_by_key(|it| (usize::MAX - it.len(), it.iter().min().copied()));
    let layered = large.into_iter().map(|members| {
        // What the picture is about, else what most is linked with.
        let rank = |at: &usize| (drawing.nodes[*at].is_centre, beside[*at].len(), usize::MAX - *at);
        let first = members.iter().copied().max_by_key(rank).unwrap_or(members[0]);
        let mut layers = layers(first, beside);
        settle(&mut layers, beside);
        layers
    });
    Groups { layered: layered.collect(), alone: alone.into_iter().flatten().collect() }
}

fn reached(first: usize, beside: &[Vec<usize>]) -> Vec<usize> {
    layers(first, beside).into_iter().flatten().collect()
}

/// By distance from `first`, in the order in which they are met.
fn layers(first: usize, beside: &[Vec<usize>]) -> Vec<Vec<usize>> {
    let mut is_met = vec![false; beside.len()];
    is_met[first] = true;
    let mut layers: Vec<Vec<usize>> = Vec::new();
    let mut waiting = VecDeque::from([(first, 0)]);
    while let Some((at, distance)) = waiting.pop_front() {
        if layers.len() == distance {
            layers.push(Vec::new());
        }
        layers[distance].push(at);
        for &next in &beside[at] {
            if !std::mem::replace(&mut is_met[next], true) {
                waiting.push_back((next, distance + 1));
            }
        }
    }
    layers
}

/// Moves nodes between their neighbours, layer by layer, back and forth.
#[expect(clippy::cast_precision_loss, reason = "layers have fewer than 2^52 nodes")]
fn settle(layers: &mut [Vec<usize>], beside: &[Vec<usize>]) {
    let mut place = vec![0.0_f64; beside.len()];
    let note = |layer: &[usize], place: &mut Vec<f64>| {
        for (at, &node) in layer.iter().enumerate() {
            // From 0 to 1, so that layers of different sizes compare.
            place[node] = (at as f64 + 0.5) / layer.len() as f64;
        }
    };
    for layer in layers.iter() {
        note(layer, &mut place);
    }
    for round in 0..ROUNDS {
        let forth: Vec<usize> = (0..layers.len()).collect();
        let order: Vec<usize> =
            if round % 2 == 0 { forth } else { forth.into_iter().rev().collect() };
        for at in order {
            let layer = &mut layers[at];
            let middle = |node: &usize| {
                let all = &beside[*node];
                all.iter().map(|it| place[*it]).sum::<f64>() / all.len().max(1) as f64
            };
            let mut keyed: Vec<(f64, usize)> =
                layer.iter().map(|node| (middle(node), *node)).collect();
            // Stable: what is equally good stays as it was.
            keyed.sort_by(|a, b| a.0.total_cmp(&b.0));
            *layer = keyed.into_iter().map(|(_, node)| node).collect();
            note(layer, &mut place);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::rendering::graph::{Edge, Node};

    fn drawing(count: usize, edges: &[(usize, usize)]) -> Drawing {
        let node = |at| Node { name: format!("{at}"), ..Node::default() };
        let edge = |&(from, to): &(usize, usize)| Edge { from, to, ..Edge::default() };
        Drawing {
            title: String::new(),
            nodes: (0..count).map(node).collect(),
            edges: edges.iter().map(edge).collect(),
        }
    }

    #[test]
    fn edges_join_neighbouring_layers_and_nobody_is_lost() {
        let edges = [(0, 1), (0, 2), (1, 3), (2, 3), (3, 0), (5, 6), (4, 4)];
        let drawing = drawing(8, &edges);
        let found = groups(&drawing, &neighbours(&drawing));
        assert_eq!(found.alone, [4, 7]);
        assert_eq!(found.layered.len(), 2);
        let layer = |node: usize| {
            found.layered.iter().find_map(|group| group.iter().position(|it| it.contains(&node)))
        };
        for (from, to) in edges {
            if let (Some(a), Some(b)) = (layer(from), layer(to)) {
                assert!(a.abs_diff(b) <= 1, "{from} {to}");
            }
        }
        let count: usize = found.layered.iter().flatten().map(Vec::len).sum();
        assert_eq!(count + found.alone.len(), 8);
    }

    #[test]
    fn edges_that_need_not_cross_do_not() {
        // Two fans whose leaves come interleaved.
        let mut drawing = drawing(7, &[(0, 1), (0, 2), (1, 3), (2, 4), (1, 5), (2, 6)]);
        drawing.nodes[0].is_centre = true;
        let found = groups(&drawing, &neighbours(&drawing));
        let leaves = &found.layered[0][2];
        let of_first: Vec<bool> = leaves.iter().map(|it| [3, 5].contains(it)).collect();
        assert!(of_first == [true, true, false, false] || of_first == [false, false, true, true]);
    }
}
