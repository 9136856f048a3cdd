//! The graph told to a person.

use std::collections::{BTreeMap, BTreeSet};

use anstyle::Style;

use crate::cli::columns::{self, Cell};
use crate::cli::context::Context;
use crate::cli::ui::{style, styled};
use crate::ops::counted;
use crate::ops::graph::{Graph, Node};
use crate::rendering::visible_line;

/// Lines of a list that is cut.
const SHOWN: usize = 10;

pub(super) fn print(context: &mut Context<'_>, graph: &Graph, all: bool) {
    let shown = if all { usize::MAX } else { SHOWN };
    context.ui.line(summary(graph));
    if graph.centre.is_some() {
        around(context, graph);
    } else {
        let by_kind = kinds(graph.pages.iter());
        context.ui.line(styled(style::FAINT, visible_line(&by_kind)));
        hubs(context, graph, shown);
        orphans(context, graph, shown);
    }
    chains(context, graph);
    related(context, graph);
    dead(context, graph, shown);
}

fn summary(graph: &Graph) -> String {
    let pages = match graph.total {
        total if total == graph.pages.len() => counted(total, "page"),
        total => format!("{} of {}", graph.pages.len(), counted(total, "page")),
    };
    let links = counted(graph.links.len(), "link");
    let dead = counted(graph.dead.len(), "dead link");
    format!("{pages}, {links} between them, {dead}")
}

/// `12 guide, 3 runbook`, the most frequent first.
fn kinds<'a>(nodes: impl Iterator<Item = &'a Node>) -> String {
    let mut counts: BTreeMap<&str, usize> = BTreeMap::new();
    for node in nodes {
        *counts.entry(&node.kind).or_default() += 1;
    }
    let mut counts: Vec<_> = counts.into_iter().collect();
    counts.sort_by_key(|(kind, count)| (std::cmp::Reverse(*count), *kind));
    let told = counts.iter().map(|(kind, count)| format!("{count} {kind}"));
    told.collect::<Vec<_>>().join(", ")
}

fn heading(context: &mut Context<'_>, text: &str) {
    context.ui.line("");
    context.ui.line(styled(style::TITLE, text));
}

fn plain(text: impl Into<String>) -> Cell {
    (Style::new(), text.into())
}

fn path(text: &str) -> Cell {
    (style::PATH, text.to_owned())
}

/// Rows below a heading, and how many were left out.
fn rows(context: &mut Context<'_>, rows: Vec<Vec<Cell>>, shown: usize) {
    let count = rows.len();
    columns::print(context, rows.into_iter().take(shown));
    if count > shown {
        let more = format!("  and {} more: add --all", count - shown);
        context.ui.line(styled(style::FAINT, more));
    }
}

fn hubs(context: &mut Context<'_>, graph: &Graph, shown: usize) {
    let mut hubs: Vec<&Node> = graph.pages.iter().filter(|node| node.incoming > 1).collect();
    hubs.sort_by_key(|node| (std::cmp::Reverse(node.incoming), &node.path));
    if hubs.is_empty() {
        return;
    }
    heading(context, "Most linked to");
    let row = |node: &&Node| {
        vec![plain(format!("{:>5}", node.incoming)), path(&node.path), plain(node.title.clone())]
    };
    // Of hubs the first are the point.
    columns::print(context, hubs.iter().take(shown).map(row));
}

fn orphans(context: &mut Context<'_>, graph: &Graph, shown: usize) {
    let by_path: BTreeMap<&str, &Node> =
        graph.pages.iter().map(|node| (node.path.as_str(), node)).collect();
    let node = |path: &String| by_path.get(path.as_str()).copied();
    let orphans: Vec<&Node> = graph.orphans.iter().filter_map(node).collect();
    if orphans.is_empty() {
        heading(context, "Orphans: none, each page is linked from another one");
        return;
    }
    heading(context, &format!("Orphans ({}): no page links to them", orphans.len()));
    let by_kind = kinds(orphans.iter().copied());
    if by_kind.contains(", ") {
        context.ui.line(styled(style::FAINT, format!("  {}", visible_line(&by_kind))));
    }
    let row = |node: &&Node| {
        let alone = if node.outgoing == 0 { "links to none" } else { "" };
        vec![
            (style::PATH, format!("  {}", node.path)),
            (style::FAINT, alone.to_owned()),
            plain(node.title.clone()),
        ]
    };
    rows(context, orphans.iter().map(row).collect(), shown);
}

/// Pages by how far they are, and which way the links of the nearest go.
fn around(context: &mut Context<'_>, graph: &Graph) {
    let centre = graph.centre.as_deref().unwrap_or_default();
    let farthest = graph.pages.iter().filter_map(|node| node.distance).max().unwrap_or(0);
    let from_it = graph.links.iter().filter(|it| it.from == centre).map(|it| it.to.as_str());
    let to_it = graph.links.iter().filter(|it| it.to == centre).map(|it| it.from.as_str());
    let (from_it, to_it): (BTreeSet<_>, BTreeSet<_>) = (from_it.collect(), to_it.collect());
    for distance in 0..=farthest {
        let nodes: Vec<&Node> =
            graph.pages.iter().filter(|node| node.distance == Some(distance)).collect();
        if distance > 0 {
            heading(context, &format!("{} away ({})", counted(distance, "link"), nodes.len()));
        }
        let row = |node: &&Node| {
            let way = match (distance, from_it.contains(&*node.path), to_it.contains(&*node.path)) {
                (1, true, true) => "<->",
                (1, true, false) => " ->",
                (1, false, true) => "<- ",
                _ => "   ",
            };
            let title = if distance == 0 {
                (style::TITLE, node.title.clone())
            } else {
                plain(node.title.clone())
            };
            vec![plain(way), path(&node.path), title]
        };
        columns::print(context, nodes.iter().map(row));
    }
}

fn chains(context: &mut Context<'_>, graph: &Graph) {
    if graph.chains.is_empty() {
        return;
    }
    heading(context, &format!("Replaced, the oldest first ({})", graph.chains.len()));
    for chain in &graph.chains {
        let chain: Vec<String> =
            chain.iter().map(|it| styled(style::PATH, visible_line(it))).collect();
        context.ui.line(format!("  {}", chain.join(" -> ")));
    }
}

fn related(context: &mut Context<'_>, graph: &Graph) {
    let others = || graph.relations.iter().filter(|it| it.relation != "supersedes");
    if others().next().is_none() {
        return;
    }
    heading(context, &format!("Related otherwise ({})", others().count()));
    let row = |it: &crate::ops::graph::Relation| {
        vec![(style::PATH, format!("  {}", it.from)), plain(it.relation.clone()), path(&it.to)]
    };
    columns::print(context, others().map(row));
}

fn dead(context: &mut Context<'_>, graph: &Graph, shown: usize) {
    if graph.dead.is_empty() {
        return;
    }
    heading(context, &format!("Dead links ({})", graph.dead.len()));
    let row = |it: &crate::ops::graph::Dead| {
        vec![(style::PATH, format!("  {}:{}", it.path, it.line)), plain(it.target.clone())]
    };
    rows(context, graph.dead.iter().map(row).collect(), shown);
}
