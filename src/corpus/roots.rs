//! Which files are pages, and of what root.
//!
//! [`Roots::resolve`] looks at a tree once; after that every answer is a pure
//! function of a path. A file belongs to its deepest root, and a folder of
//! decisions is a root of its own wherever it stands below a wiki. Reading
//! the files is left to others.

mod classify;
mod discover;

use std::sync::Arc;

use sha2::{Digest, Sha256};

use crate::ids::hex;
use crate::repo_path::RepoPath;

/// The roots that settings name; `None` means: discover them.
///
/// A path is relative to the top folder; `.` is the top folder itself.
#[derive(Debug, Clone, PartialEq, Eq, Hash, Default)]
pub struct RootSettings {
    /// Folders of pages.
    pub wiki: Option<Vec<String>>,
    /// Folders of decisions, one log each.
    pub adr: Option<Vec<String>>,
    /// Folders that hold one folder per skill.
    pub skills: Option<Vec<String>>,
    /// Folders of templates.
    pub templates: Option<Vec<String>>,
}

/// What discovery needs to know of a tree: a commit's, or the disk's.
pub trait TreeLook {
    /// True if `path` is a folder in the tree.
    fn is_folder(&self, path: &RepoPath) -> bool;

    /// The bytes of the file `path`; `None` where it is none or cannot be read.
    fn read(&self, path: &RepoPath) -> Option<Vec<u8>>;
}

/// What a root holds. Ordered: of two roots at one folder the later one wins.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum RootKind {
    /// Pages.
    Wiki,
    /// Templates: catalogued, not searched.
    Template,
    /// Skill packages.
    Skill,
    /// Decisions.
    Adr,
}

/// One root: a folder and what it holds.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Root {
    /// The folder; the top folder is allowed.
    pub path: RepoPath,
    /// What it holds.
    pub kind: RootKind,
}

/// Where a page stands: its deepest root.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub struct Place {
    /// What the root holds.
    pub kind: RootKind,
    /// The root's folder.
    pub root: RepoPath,
}

impl Place {
    /// False for templates, which are catalogued but never an answer.
    pub fn is_searched(&self) -> bool {
        self.kind != RootKind::Template
    }
}

/// Every root of one tree. Cheap to clone.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub struct Roots {
    /// Deepest first, so that the first that holds a path is the one.
    deepest_first: Arc<[Root]>,
}

impl Roots {
    /// The roots that `settings` name, and for every kind that they leave
    /// open those that stand in `tree`. Where no wiki root is found the top
    /// folder is one.
    pub fn resolve(settings: &RootSettings, tree: &dyn TreeLook) -> Self {
        Self::new(discover::roots(settings, tree))
    }

    fn new(mut roots: Vec<Root>) -> Self {
        roots.sort_by(|a, b| {
            let depth = b.path.depth().cmp(&a.path.depth());
            depth.then_with(|| a.path.cmp(&b.path)).then_with(|| b.kind.cmp(&a.kind))
        });
        roots.dedup_by(|later, earlier| later.path == earlier.path);
        Self { deepest_first: roots.into() }
    }

    /// Every root, ordered by path. Decision folders that are found below
    /// them are not listed: they follow from a file's path.
    pub fn all(&self) -> Vec<&Root> {
        let mut roots: Vec<&Root> = self.deepest_first.iter().collect();
        roots.sort();
        roots
    }

    /// The log that a decision belongs to: its root, else its folder.
    pub fn log_of(&self, path: &RepoPath) -> RepoPath {
        let log = self.classify(path).filter(|place| place.kind == RootKind::Adr);
        log.map_or_else(|| path.parent(), |place| place.root)
    }

    /// A short stable text that differs where the roots differ; for cache keys.
    pub fn digest(&self) -> String {
        let mut hash = Sha256::new();
        for root in self.deepest_first.iter() {
            hash.update([root.kind as u8]);
            hash.update(root.path.as_bytes());
            hash.update([0]);
        }
        hex(&hash.finalize()[..8])
    }
}

#[cfg(test)]
pub(super) mod tests;
