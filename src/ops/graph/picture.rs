//! The graph as it is drawn.

use std::collections::{BTreeMap, BTreeSet};

use super::Graph;
use crate::rendering::{self, Drawing};

impl Graph {
    /// For Graphviz.
    pub fn dot(&self) -> String {
        rendering::dot(&self.drawing())
    }

    /// As a flowchart of Mermaid.
    pub fn mermaid(&self) -> String {
        rendering::mermaid(&self.drawing())
    }

    /// As a picture.
    pub fn svg(&self) -> String {
        rendering::svg(&self.drawing())
    }

    /// Arrows that a picture has.
    pub fn arrows(&self) -> usize {
        self.drawing().edges.len()
    }

    /// Two pages that link to each other have one arrow with two heads; where
    /// they say how they relate, that is the arrow.
    fn drawing(&self) -> Drawing {
        let places: BTreeMap<&str, usize> =
            self.pages.iter().enumerate().map(|(at, page)| (page.path.as_str(), at)).collect();
        let place = |path: &str| places.get(path).copied();
        let mut edges = Vec::new();
        let mut related = BTreeSet::new();
        for it in &self.relations {
            let (Some(from), Some(to)) = (place(&it.from), place(&it.to)) else { continue };
            related.extend([(from, to), (to, from)]);
            let label = Some(it.relation.clone());
            edges.push(rendering::Edge { from, to, is_mutual: false, label });
        }
        let links = self.links.iter().filter_map(|it| Some((place(&it.from)?, place(&it.to)?)));
        let links: BTreeSet<(usize, usize)> = links.filter(|it| !related.contains(it)).collect();
        for &(from, to) in &links {
            let is_mutual = links.contains(&(to, from));
            if !is_mutual || from < to {
                edges.push(rendering::Edge { from, to, is_mutual, label: None });
            }
        }
        Drawing { title: self.title(), nodes: self.nodes(), edges }
    }

    fn nodes(&self) -> Vec<rendering::Node> {
        let node = |page: &super::Node| rendering::Node {
            name: page.path.clone(),
            label: page.title.clone(),
            kind: page.kind.clone(),
            is_faint: ["superseded", "archived", "deprecated", "rejected"]
                .contains(&page.status.as_str()),
            is_centre: self.centre.as_ref() == Some(&page.path),
        };
        self.pages.iter().map(node).collect()
    }

    fn title(&self) -> String {
        let at = match &self.commit {
            Some(commit) if !self.worktree => {
                format!(" at {}", commit.get(..10).unwrap_or(commit))
            }
            _ => String::new(),
        };
        match &self.centre {
            Some(centre) => format!("Around {centre}{at}"),
            None => format!("Pages and their links{at}"),
        }
    }
}
