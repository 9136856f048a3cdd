//! Every page of one tree, and the names under which each can be found.

use std::collections::HashMap;
use std::hash::Hash;
use std::sync::OnceLock;

use super::{LinkGraph, MOST_NAMED, Page, Rules, folded_name, folded_path, names_of};
use crate::repo_path::RepoPath;

/// The pages of one tree, ordered by path. Names that several pages share
/// keep all of them: an answer is unique or says that it is not.
///
/// Each table of names is made when it is asked for first, since most
/// questions ask for one of them or none.
#[derive(Debug)]
pub struct Catalogue {
    pages: Vec<Page>,
    rules: Rules,
    by_path: OnceLock<HashMap<RepoPath, usize>>,
    /// By lower-case path, for links that are right but for their case.
    by_folded_path: Names<String>,
    /// By title, alias and stem, folded.
    by_name: Names<String>,
    /// By folder and stem, folded: what `[[folder/Name]]` ends with.
    by_tail: Names<(String, String)>,
    by_number: Names<u32>,
    by_log: Names<(RepoPath, u32)>,
}

/// The places in [`Catalogue::pages`] of all pages that share a name.
type Names<K> = OnceLock<HashMap<K, Vec<usize>>>;

impl Catalogue {
    /// Orders `pages`.
    pub fn new(mut pages: Vec<Page>, rules: Rules) -> Self {
        pages.sort_by(|a, b| a.path.cmp(&b.path));
        pages.dedup_by(|later, earlier| later.path == earlier.path);
        Self {
            pages,
            rules,
            by_path: OnceLock::new(),
            by_folded_path: OnceLock::new(),
            by_name: OnceLock::new(),
            by_tail: OnceLock::new(),
            by_number: OnceLock::new(),
            by_log: OnceLock::new(),
        }
    }

    /// Every page, ordered by path.
    pub fn pages(&self) -> &[Page] {
        &self.pages
    }

    /// What facts are worked out with.
    pub fn rules(&self) -> &Rules {
        &self.rules
    }

    /// The page at `path`.
    pub fn page(&self, path: &RepoPath) -> Option<&Page> {
        Some(&self.pages[self.index_of(path)?])
    }

    /// The place of the page at `path` in [`Catalogue::pages`].
    fn index_of(&self, path: &RepoPath) -> Option<usize> {
        let by_path = self.by_path.get_or_init(|| {
            let pages = self.pages.iter().enumerate();
            pages.map(|(index, page)| (page.path.clone(), index)).collect()
        });
        by_path.get(path).copied()
    }

    /// Pages whose path differs from `path` in case alone.
    pub fn in_other_case(&self, path: &RepoPath) -> Vec<&Page> {
        let by_folded_path = self.names(&self.by_folded_path, |page| [folded_path(&page.path)]);
        let found = self.at(by_folded_path.get(&folded_path(path)));
        found.into_iter().filter(|page| page.path != *path).collect()
    }

    /// Pages with this title, alias or stem; case, `-` and `_` do not count.
    pub fn named(&self, name: &str) -> Vec<&Page> {
        let by_name = self.names(&self.by_name, names_of);
        self.at(by_name.get(&folded_name(name)))
    }

    /// Pages with this stem in a folder of this name.
    pub(super) fn in_folder(&self, folder: &str, stem: &str) -> Vec<&Page> {
        let by_tail = self.names(&self.by_tail, |page| {
            let folder = page.path.parent();
            [(folded_name(&folder.file_name()), folded_name(&page.path.file_stem()))]
        });
        self.at(by_tail.get(&(folded_name(folder), folded_name(stem))))
    }

    /// Decisions with this number, of the log `root` or of every log.
    pub fn decisions(&self, number: u32, root: Option<&RepoPath>) -> Vec<&Page> {
        let number_of = |page: &Page| page.adr.as_ref().and_then(|record| record.number);
        match root {
            Some(root) => {
                let log_of = |page: &Page| Some((self.log_of(&page.path), number_of(page)?));
                let by_log = self.names(&self.by_log, log_of);
                self.at(by_log.get(&(root.clone(), number)))
            }
            None => self.at(self.names(&self.by_number, number_of).get(&number)),
        }
    }

    /// The log that a decision belongs to: its root, else its folder.
    pub fn log_of(&self, path: &RepoPath) -> RepoPath {
        self.rules.roots.log_of(path)
    }

    /// The manifests of skills with this name.
    pub fn skills(&self, name: &str) -> Vec<&Page> {
        let is_it = |page: &&Page| page.skill.as_ref().is_some_and(|skill| skill.name == name);
        self.pages.iter().filter(is_it).collect()
    }

    /// Templates that are called this: their `template` key, else their stem.
    pub fn templates(&self, name: &str) -> Vec<&Page> {
        self.pages.iter().filter(|page| self.template_name(page).as_deref() == Some(name)).collect()
    }

    /// What a template is called; `None` for other pages.
    pub fn template_name(&self, page: &Page) -> Option<String> {
        let place = self.rules.roots.classify(&page.path)?;
        let own = || page.front.raw().get("template")?.as_str().map(str::to_owned);
        (place.kind == super::RootKind::Template)
            .then(|| own().unwrap_or_else(|| page.path.file_stem()))
    }

    /// The links between all pages.
    pub fn graph(&self) -> LinkGraph {
        LinkGraph::of(self)
    }

    /// The table, made now if nobody asked before: `of` gives a page's names.
    fn names<'a, K: Eq + Hash, N: IntoIterator<Item = K>>(
        &self,
        table: &'a Names<K>,
        of: impl Fn(&Page) -> N,
    ) -> &'a HashMap<K, Vec<usize>> {
        table.get_or_init(|| {
            let mut names: HashMap<K, Vec<usize>> = HashMap::with_capacity(self.pages.len());
            for (index, page) in self.pages.iter().enumerate() {
                for name in of(page) {
                    let holders = names.entry(name).or_default();
                    if holders.last() != Some(&index) {
                        holders.push(index);
                    }
                }
            }
            names
        })
    }

    fn at(&self, indexes: Option<&Vec<usize>>) -> Vec<&Page> {
        indexes.into_iter().flatten().take(MOST_NAMED).map(|&index| &self.pages[index]).collect()
    }
}
