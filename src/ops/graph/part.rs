//! A part of a graph that is drawn already.

use std::collections::BTreeSet;

use super::around::distances;
use super::{Graph, Node};

impl Graph {
    /// The part of it that has pages of one kind alone.
    #[must_use]
    pub fn of_kind(&self, kind: &str) -> Self {
        self.part(|node| node.kind == kind)
    }

    /// The part around `centre`: pages that fit and are no more than `depth` links or
    /// relations away from it, and the centre itself.
    pub(super) fn around(&self, centre: &str, depth: usize, fits: impl Fn(&Node) -> bool) -> Self {
        let links = self.links.iter().map(|it| (it.from.as_str(), it.to.as_str()));
        let related = self.relations.iter().map(|it| (it.from.as_str(), it.to.as_str()));
        let near = distances(links.chain(related), centre, depth);
        let mut part = self.part(|node| {
            near.contains_key(node.path.as_str()) && (node.path == centre || fits(node))
        });
        for node in &mut part.pages {
            node.distance = near.get(node.path.as_str()).copied();
        }
        Self { centre: Some(centre.to_owned()), depth: Some(depth), ..part }
    }

    /// The part that has these pages alone.
    pub(super) fn part(&self, keeps: impl Fn(&Node) -> bool) -> Self {
        let pages: Vec<Node> = self.pages.iter().filter(|it| keeps(it)).cloned().collect();
        let left: BTreeSet<&str> = pages.iter().map(|page| page.path.as_str()).collect();
        let has = |path: &String| left.contains(path.as_str());
        let kept = |paths: &[String]| paths.iter().filter(|path| has(path)).cloned().collect();
        let links = self.links.iter().filter(|it| has(&it.from) && has(&it.to));
        let relations = self.relations.iter().filter(|it| has(&it.from) && has(&it.to));
        Self {
            links: links.cloned().collect(),
            relations: relations.cloned().collect(),
            orphans: kept(&self.orphans),
            isolated: kept(&self.isolated),
            chains: self.chains.iter().filter(|chain| chain.iter().any(has)).cloned().collect(),
            dead: self.dead.iter().filter(|it| has(&it.path)).cloned().collect(),
            schema: self.schema.clone(),
            commit: self.commit.clone(),
            centre: self.centre.clone(),
            pages,
            ..*self
        }
    }
}
