//! Every page of one tree, and the names under which each can be found.

use std::collections::HashMap;

use super::{LinkGraph, Page, Rules};
use crate::repo_path::RepoPath;

/// A name that more pages share than this is ambiguous enough: look-ups give
/// the first so many by path, so that no link costs more.
const MOST: usize = 50;

/// The pages of one tree, ordered by path. Names that several pages share
/// keep all of them: an answer is unique or says that it is not.
#[derive(Debug)]
pub struct Catalogue {
    pages: Vec<Page>,
    rules: Rules,
    by_path: HashMap<RepoPath, usize>,
    /// By lower-case path, for links that are right but for their case.
    by_folded_path: HashMap<String, Vec<usize>>,
    /// By title, alias and stem, folded.
    by_name: HashMap<String, Vec<usize>>,
    /// By folder and stem, folded: what `[[folder/Name]]` ends with.
    by_tail: HashMap<(String, String), Vec<usize>>,
    by_number: HashMap<u32, Vec<usize>>,
    by_log: HashMap<(RepoPath, u32), Vec<usize>>,
}

impl Catalogue {
    /// Orders `pages` and learns their names.
    pub fn new(mut pages: Vec<Page>, rules: Rules) -> Self {
        pages.sort_by(|a, b| a.path.cmp(&b.path));
        pages.dedup_by(|later, earlier| later.path == earlier.path);
        let mut catalogue = Self {
            by_path: HashMap::with_capacity(pages.len()),
            by_folded_path: HashMap::with_capacity(pages.len()),
            by_name: HashMap::with_capacity(pages.len()),
            by_tail: HashMap::with_capacity(pages.len()),
            by_number: HashMap::new(),
            by_log: HashMap::new(),
            pages: Vec::new(),
            rules,
        };
        for (index, page) in pages.iter().enumerate() {
            catalogue.learn(index, page);
        }
        catalogue.pages = pages;
        catalogue
    }

    fn learn(&mut self, index: usize, page: &Page) {
        self.by_path.insert(page.path.clone(), index);
        let folded = page.path.text().to_lowercase();
        self.by_folded_path.entry(folded).or_default().push(index);
        let stem = page.path.file_stem();
        let tail = (folded_name(&page.path.parent().file_name()), folded_name(&stem));
        self.by_tail.entry(tail).or_default().push(index);
        let names = [page.title.as_str(), stem.as_str()].into_iter();
        for name in names.chain(page.front.aliases.iter().map(String::as_str)) {
            let holders = self.by_name.entry(folded_name(name)).or_default();
            if holders.last() != Some(&index) {
                holders.push(index);
            }
        }
        if let Some(number) = page.adr.as_ref().and_then(|record| record.number) {
            self.by_number.entry(number).or_default().push(index);
            self.by_log.entry((self.log_of(&page.path), number)).or_default().push(index);
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
        Some(&self.pages[*self.by_path.get(path)?])
    }

    /// The place of the page at `path` in [`Catalogue::pages`].
    pub(super) fn index_of(&self, path: &RepoPath) -> Option<usize> {
        self.by_path.get(path).copied()
    }

    /// Pages whose path differs from `path` in case alone.
    pub fn in_other_case(&self, path: &RepoPath) -> Vec<&Page> {
        let found = self.at(self.by_folded_path.get(&path.text().to_lowercase()));
        found.into_iter().filter(|page| page.path != *path).collect()
    }

    /// Pages with this title, alias or stem; case, `-` and `_` do not count.
    pub fn named(&self, name: &str) -> Vec<&Page> {
        self.at(self.by_name.get(&folded_name(name)))
    }

    /// Pages with this stem in a folder of this name.
    pub(super) fn in_folder(&self, folder: &str, stem: &str) -> Vec<&Page> {
        self.at(self.by_tail.get(&(folded_name(folder), folded_name(stem))))
    }

    /// Decisions with this number, of the log `root` or of every log.
    pub fn decisions(&self, number: u32, root: Option<&RepoPath>) -> Vec<&Page> {
        match root {
            Some(root) => self.at(self.by_log.get(&(root.clone(), number))),
            None => self.at(self.by_number.get(&number)),
        }
    }

    /// The log that a decision belongs to: its root, else its folder.
    pub fn log_of(&self, path: &RepoPath) -> RepoPath {
        let place = self.rules.roots.classify(path);
        let log = place.filter(|place| place.kind == super::RootKind::Adr);
        log.map_or_else(|| path.parent(), |place| place.root)
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

    fn at(&self, indexes: Option<&Vec<usize>>) -> Vec<&Page> {
        indexes.into_iter().flatten().take(MOST).map(|&index| &self.pages[index]).collect()
    }
}

/// Wikis write one name in several ways: `Queue Saturation`, `queue-saturation`.
pub(super) fn folded_name(name: &str) -> String {
    let words = name.split(|c: char| c.is_whitespace() || c == '-' || c == '_');
    let words: Vec<String> = words.filter(|word| !word.is_empty()).map(str::to_lowercase).collect();
    words.join(" ")
}
