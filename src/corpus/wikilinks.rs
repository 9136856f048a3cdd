//! Which side of `[[A|B]]` is the page.
//!
//! Most wikis write the page first; gollum and GitHub wikis write the text
//! first. A file cannot say which, so settings say it per folder.

use crate::repo_path::RepoPath;

/// The order of the two halves of `[[A|B]]`.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Default)]
pub enum WikilinkOrder {
    /// `[[Page|Text]]`.
    #[default]
    PageFirst,
    /// `[[Text|Page]]`.
    TextFirst,
}

/// The order for each folder that has one; the deepest folder wins.
#[derive(Debug, Clone, PartialEq, Eq, Hash, Default)]
pub struct WikilinkOrders(Vec<(RepoPath, WikilinkOrder)>);

impl WikilinkOrders {
    /// Orders by folder; for a folder that is named twice the last one holds.
    pub fn new(orders: Vec<(RepoPath, WikilinkOrder)>) -> Self {
        Self(orders)
    }

    /// The order in the file `path`.
    pub fn order_in(&self, path: &RepoPath) -> WikilinkOrder {
        let holding = self.0.iter().filter(|(folder, _)| path.is_below(folder));
        holding.max_by_key(|(folder, _)| folder.depth()).map_or_else(Default::default, |it| it.1)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_deepest_folder_decides() {
        let path = |text: &str| RepoPath::new(text).unwrap();
        let orders = WikilinkOrders::new(vec![
            (path("docs"), WikilinkOrder::TextFirst),
            (path("docs/new"), WikilinkOrder::PageFirst),
        ]);
        assert_eq!(orders.order_in(&path("docs/a.md")), WikilinkOrder::TextFirst);
        assert_eq!(orders.order_in(&path("docs/new/a.md")), WikilinkOrder::PageFirst);
        assert_eq!(orders.order_in(&path("wiki/a.md")), WikilinkOrder::PageFirst);
    }
}
