//! What else changes when files get new paths: links, names, settings.
//!
//! A link is changed only where it led somewhere before and would lead
//! elsewhere after; each new spelling is tried against the new tree before it
//! is taken, so that no link that resolved stops to resolve. What was broken
//! stays as it is. Only the bytes of a destination change. Reading the files
//! and writing the changes is left to others.

mod alias;
mod edit;
mod link;
mod mention;
mod moves;
mod redirect;
mod relative;
mod settings;
mod skill;
mod wikilink;
mod words;

use crate::corpus::{Catalogue, Page, Target};
use crate::document::Link;
use crate::repo_path::RepoPath;

pub use alias::{Kept, keep_name};
pub use edit::{Edit, apply};
pub use link::{needs_reading, relink};
pub use mention::mentions;
pub use moves::Moves;
pub use redirect::{Site, SiteKind};
pub use settings::{SETTINGS, Settings, rename_in_settings};
pub use skill::rename_skill;
pub use words::rename_in_front_matter;

/// One tree in which links are followed: the one before, or the one after.
pub struct Side<'a> {
    /// Its pages.
    pub catalogue: &'a Catalogue,
    /// Whether a file or folder that is no page is there.
    pub is_file: &'a dyn Fn(&RepoPath) -> bool,
}

impl Side<'_> {
    /// Where `link` on the page `from` leads.
    fn resolve(&self, from: &Page, link: &Link) -> Target {
        self.catalogue.resolve(from, link, self.is_file)
    }

    /// True if it leads to the page, file or folder `wanted`.
    fn leads(&self, from: &Page, link: &Link, wanted: &RepoPath) -> bool {
        match self.resolve(from, link) {
            Target::Page { path, .. } | Target::File(path) => path == *wanted,
            _ => false,
        }
    }

    fn exists(&self, path: &RepoPath) -> bool {
        self.catalogue.page(path).is_some() || (self.is_file)(path)
    }
}

/// The two trees and what happens between them.
pub struct Renaming<'a> {
    /// Which file goes where.
    pub moves: &'a Moves,
    /// The tree as it is.
    pub before: Side<'a>,
    /// The tree as it will be, with the names that its pages have by themselves.
    pub after: Side<'a>,
}

/// Something that names what moved and is not changed.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub struct Left {
    /// 1-based line.
    pub line: u32,
    /// What is written there.
    pub text: String,
    /// Why it is left.
    pub why: String,
}

#[cfg(test)]
mod tests;
