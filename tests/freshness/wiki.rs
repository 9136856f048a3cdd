//! A wiki that changes at random: every page has the word that all have, and
//! a word that no other page ever had.

use std::collections::BTreeMap;

use crate::support::{Random, TestRepo};

/// The word that every page has.
pub(super) const EVERYWHERE: &str = "quokka";

/// Folders that pages stand in; some are hard to name.
const FOLDERS: &[&str] = &["", "alerts/", "deep/er/and/deeper/", "with space/", "ünïcode/"];

/// What the work tree holds: the unique word of each page.
pub(super) struct Wiki {
    pages: BTreeMap<String, String>,
    random: Random,
    made: usize,
}

impl Wiki {
    /// A wiki without pages that will change as `seed` says.
    pub(super) fn new(seed: u64) -> Self {
        Self { pages: BTreeMap::new(), random: Random::new(seed), made: 0 }
    }

    /// Adds pages.
    pub(super) fn grow(&mut self, repo: &TestRepo, pages: usize) {
        for _ in 0..pages {
            self.made += 1;
            let folder = self.random.pick(FOLDERS);
            self.put(repo, format!("{folder}page {}.md", self.made));
        }
    }

    /// Gives pages new content.
    pub(super) fn edit(&mut self, repo: &TestRepo, pages: usize) {
        for _ in 0..pages.min(self.pages.len()) {
            let path = self.any();
            self.put(repo, path);
        }
    }

    /// Adds, changes, renames or deletes; sometimes several, rarely nothing.
    pub(super) fn step(&mut self, repo: &TestRepo) {
        for _ in 0..self.random.below(4) {
            match self.random.below(5) {
                0 | 1 => self.grow(repo, 1),
                _ if self.pages.len() < 5 => self.grow(repo, 2),
                2 => self.edit(repo, 2),
                3 => self.rename(repo),
                _ => self.delete(repo),
            }
        }
    }

    fn put(&mut self, repo: &TestRepo, path: String) {
        let word = self.random.word();
        let more = format!("{word} stands here. ").repeat(self.random.below(20));
        repo.write(&path, format!("# About {word}\n\nThe {EVERYWHERE}.\n\n## More\n\n{more}\n"));
        self.pages.insert(path, word);
    }

    fn any(&mut self) -> String {
        let at = self.random.below(self.pages.len());
        self.pages.keys().nth(at).expect("there is one").clone()
    }

    fn rename(&mut self, repo: &TestRepo) {
        let from = self.any();
        self.made += 1;
        let to = format!("{}renamed-{}.md", self.random.pick(FOLDERS), self.made);
        repo.rename(&from, &to);
        let word = self.pages.remove(&from).expect("it is there");
        self.pages.insert(to, word);
    }

    fn delete(&mut self, repo: &TestRepo) {
        let path = self.any();
        repo.remove(&path);
        self.pages.remove(&path);
    }
}
