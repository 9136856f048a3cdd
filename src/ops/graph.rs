//! `graph`: how all pages hang together, or those around one.

mod around;
mod chains;
mod dead;
mod part;
mod picture;
mod relations;

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use super::error::OpError;
use super::filtered::passes;
use super::located::Located;
use super::past::located;
use crate::corpus::{Catalogue, LinkGraph, Page};
use crate::repo_path::RepoPath;
use crate::routing::query::Filters;
use crate::workspace::{Asked, Memory, Workspace};
use around::distances;
use relations::Stated;

/// Which pages.
#[derive(Debug, Clone)]
pub struct Options {
    /// Only pages around this one, as for `show`; every page where it is `None`.
    pub reference: Option<String>,
    /// How many links away from it, in either direction.
    pub depth: usize,
    /// Which revision answers.
    pub asked: Asked,
    /// Only pages that pass, and the page that is asked for.
    pub filters: Filters,
}

/// A page of the graph.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct Node {
    /// Where it stands.
    pub path: String,
    /// Its title.
    pub title: String,
    /// `runbook`, `adr`, `guide`, …
    pub kind: String,
    /// `active`, `accepted`, `superseded`, …
    pub status: String,
    /// Who owns it; empty where nobody is named.
    pub owner: Vec<String>,
    /// How many pages link to it, those that are left out here among them.
    pub incoming: usize,
    /// How many pages it links to, likewise.
    pub outgoing: usize,
    /// Links between it and the page that was asked for; null without one.
    pub distance: Option<usize>,
    /// True for the front page of its folder (`README.md`, `index.md`) and for
    /// a skill's manifest: it is found without a link.
    pub is_entrance: bool,
}

/// A page that links to another, in whatever number of places.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize, JsonSchema)]
pub struct Edge {
    /// The page that holds the link.
    pub from: String,
    /// Where it leads.
    pub to: String,
}

/// How one decision or page stands to another.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize, JsonSchema)]
pub struct Relation {
    /// The one that does something.
    pub from: String,
    /// `supersedes`, `amends`, `depends on`, …
    pub relation: String,
    /// The one to which it is done.
    pub to: String,
}

/// A link that leads nowhere.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize, JsonSchema)]
pub struct Dead {
    /// The page that holds it.
    pub path: String,
    /// 1-based line.
    pub line: u32,
    /// What it names, as written.
    pub target: String,
}

/// The link graph, or a part of it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct Graph {
    /// `prode.graph/v1`.
    pub schema: String,
    /// The commit that was answered for; null for files outside Git.
    pub commit: Option<String>,
    /// True if files on disk count instead of the commit's.
    pub worktree: bool,
    /// The page around which it was drawn; null for the whole graph.
    pub centre: Option<String>,
    /// How many links away from it; null without one.
    pub depth: Option<usize>,
    /// Pages of the revision, before anything was left out.
    pub total: usize,
    /// Ordered by path.
    pub pages: Vec<Node>,
    /// Links between these, ordered.
    pub links: Vec<Edge>,
    /// What decisions and pages say of each other beyond a link, ordered.
    pub relations: Vec<Relation>,
    /// Paths of pages that no page links to, entrances left out; ordered.
    pub orphans: Vec<String>,
    /// Those of them that link to no page either.
    pub isolated: Vec<String>,
    /// Pages that replaced each other, the oldest first; a page stands in as
    /// many chains as pages were replaced by it.
    pub chains: Vec<Vec<String>>,
    /// Links of these pages that lead nowhere, by page and line.
    pub dead: Vec<Dead>,
}

/// Draws the graph.
pub fn run(workspace: &Workspace, options: &Options) -> Result<(Graph, Memory), OpError> {
    let Asking { memory, catalogue, centre } = Asking::of(workspace, options)?;
    let graph = catalogue.graph();
    let relations = relations::all(workspace, &memory, &catalogue, &graph);
    let near = centre.as_ref().map(|centre| {
        let of = |from| graph.outgoing(from).iter().map(move |to| (from, to));
        let related = relations.iter().map(|it| (&it.from, &it.to));
        distances(by_path(&catalogue).flat_map(of).chain(related), centre, options.depth)
    });
    let is_left = |page: &&Page| {
        let is_centre = centre.as_ref() == Some(&page.path);
        let is_near = near.as_ref().is_none_or(|near| near.contains_key(&page.path));
        is_near && (is_centre || passes(&memory, &options.filters, page, &memory.facts(page)))
    };
    let pages: Vec<&Page> = catalogue.pages().iter().filter(is_left).collect();
    let dead = dead::links(workspace, &memory, &catalogue, &pages);
    let drawn =
        Drawn { memory: &memory, catalogue: &catalogue, graph: &graph, relations: &relations };
    let whole = drawn.of(&pages, near.as_ref());
    let answer = Graph {
        commit: memory.revision.commit.map(|commit| commit.to_string()),
        depth: centre.is_some().then_some(options.depth),
        centre: centre.as_ref().map(|path| path.text().into_owned()),
        dead,
        ..whole
    };
    Ok((answer, memory))
}

/// The same for who asks again and again: a process that lasts draws the graph of a commit
/// once, and gives parts of it. Of the filters only kinds count.
pub fn kept(workspace: &Workspace, options: &Options) -> Result<(Arc<Graph>, Memory), OpError> {
    let (memory, centre) = match &options.reference {
        Some(reference) => {
            let Located { memory, page, .. } = located(workspace, reference, &options.asked)?;
            (memory, Some(page.path.text().into_owned()))
        }
        None => (workspace.memory(&options.asked)?, None),
    };
    let whole = workspace.kept(&memory, "graph", || {
        let catalogue = memory.catalogue()?;
        let graph = catalogue.graph();
        let pages: Vec<&Page> = catalogue.pages().iter().collect();
        let whole = of_pages(workspace, &memory, &catalogue, &graph, |_| true);
        let commit = memory.revision.commit.map(|commit| commit.to_string());
        let dead = dead::links(workspace, &memory, &catalogue, &pages);
        Ok::<_, OpError>(Graph { commit, dead, ..whole })
    })?;
    let kinds = &options.filters.kinds;
    let fits = |node: &Node| {
        kinds.is_empty() || kinds.iter().any(|kind| node.kind.eq_ignore_ascii_case(kind))
    };
    let part = match centre {
        Some(centre) => whole.around(&centre, options.depth, fits),
        None if kinds.is_empty() => return Ok((whole, memory)),
        None => whole.part(fits),
    };
    Ok((Arc::new(part), memory))
}

/// The graph of those pages that are kept, of a memory that is read already. It names no
/// commit, and no link that leads nowhere.
pub(super) fn of_pages(
    workspace: &Workspace,
    memory: &Memory,
    catalogue: &Catalogue,
    graph: &LinkGraph,
    keeps: impl Fn(&Page) -> bool,
) -> Graph {
    let relations = relations::all(workspace, memory, catalogue, graph);
    let pages: Vec<&Page> = catalogue.pages().iter().filter(|page| keeps(page)).collect();
    Drawn { memory, catalogue, graph, relations: &relations }.of(&pages, None)
}

/// What a graph is drawn from.
struct Drawn<'a> {
    memory: &'a Memory,
    catalogue: &'a Catalogue,
    graph: &'a LinkGraph,
    relations: &'a [Stated],
}

impl Drawn<'_> {
    fn of(&self, pages: &[&Page], near: Option<&BTreeMap<&RepoPath, usize>>) -> Graph {
        let Self { memory, catalogue, graph, relations } = self;
        let nodes = pages.iter().map(|page| node(memory, graph, page, near));
        let nodes: Vec<Node> = nodes.collect();
        let left: BTreeSet<&RepoPath> = pages.iter().map(|page| &page.path).collect();
        let is_between = |it: &&Stated| left.contains(&it.from) && left.contains(&it.to);
        let orphans = || nodes.iter().filter(|node| node.incoming == 0 && !node.is_entrance);
        let isolated = orphans().filter(|node| node.outgoing == 0);
        Graph {
            schema: "prode.graph/v1".to_owned(),
            commit: None,
            worktree: memory.revision.on_disk,
            depth: None,
            centre: None,
            total: catalogue.pages().len(),
            links: links(graph, &left),
            relations: relations.iter().filter(is_between).map(Stated::told).collect(),
            orphans: orphans().map(|node| node.path.clone()).collect(),
            isolated: isolated.map(|node| node.path.clone()).collect(),
            chains: chains::all(catalogue, graph, &left),
            dead: Vec::new(),
            pages: nodes,
        }
    }
}

/// What is asked: all pages, or those around one.
struct Asking {
    memory: Memory,
    catalogue: Catalogue,
    centre: Option<RepoPath>,
}

impl Asking {
    fn of(workspace: &Workspace, options: &Options) -> Result<Self, OpError> {
        if let Some(reference) = &options.reference {
            let Located { memory, page, .. } = located(workspace, reference, &options.asked)?;
            let (catalogue, centre) = (memory.catalogue()?, Some(page.path));
            return Ok(Self { memory, catalogue, centre });
        }
        let memory = workspace.memory(&options.asked)?;
        Ok(Self { catalogue: memory.catalogue()?, memory, centre: None })
    }
}

fn node(
    memory: &Memory,
    graph: &LinkGraph,
    page: &Page,
    distances: Option<&BTreeMap<&RepoPath, usize>>,
) -> Node {
    let facts = memory.facts(page);
    Node {
        path: page.path.text().into_owned(),
        title: page.title.clone(),
        kind: facts.kind,
        status: facts.status,
        owner: facts.owner,
        incoming: graph.incoming(&page.path).len(),
        outgoing: graph.outgoing(&page.path).len(),
        distance: distances.and_then(|near| near.get(&page.path).copied()),
        is_entrance: page.path.is_front_page() || page.skill.is_some(),
    }
}

fn links(graph: &LinkGraph, left: &BTreeSet<&RepoPath>) -> Vec<Edge> {
    let edges = left.iter().flat_map(|from| {
        let targets = graph.outgoing(from).iter().filter(|to| left.contains(to));
        targets.map(|to| Edge { from: from.text().into_owned(), to: to.text().into_owned() })
    });
    edges.collect()
}

/// Every page, by path.
fn by_path(catalogue: &Catalogue) -> impl Iterator<Item = &RepoPath> {
    catalogue.pages().iter().map(|page| &page.path)
}
