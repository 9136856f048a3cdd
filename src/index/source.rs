//! What the index is made from: one tree, whoever holds it.
//!
//! Implemented outside over Git and over folders; the index knows neither.

use super::error::IndexError;
use super::view::ViewKey;
use crate::ids::{BlobId, TreeId};
use crate::repo_path::RepoPath;

/// What identifies a page's content.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct PageKey {
    /// Where it stands.
    pub path: RepoPath,
    /// Its content.
    pub blob: BlobId,
}

/// A page that differs between two trees.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PageChange {
    /// Where it stands.
    pub path: RepoPath,
    /// Its content before, if it was there.
    pub old: Option<BlobId>,
    /// Its content after, if it is there.
    pub new: Option<BlobId>,
}

/// What a page's content is.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Content {
    /// Its bytes.
    Bytes(Vec<u8>),
    /// More bytes than are read; how many.
    Oversize(u64),
    /// It cannot be had (a partial clone's missing object): the page is left
    /// out, and that is said.
    Missing,
}

/// Reads contents, in one thread.
pub trait BlobReader {
    /// The content of `key`'s blob.
    fn read(&mut self, key: &PageKey) -> Result<Content, IndexError>;
}

/// One tree, as the index wants it: implemented over Git and over folders.
pub trait Source: Sync {
    /// Names the tree and which of its files are pages.
    fn key(&self) -> ViewKey;

    /// All its pages.
    fn pages(&self) -> Result<Vec<PageKey>, IndexError>;

    /// Pages that differ from those of another tree with the same roots;
    /// `None` where that tree cannot be read.
    fn changes(&self, since: TreeId) -> Result<Option<Vec<PageChange>>, IndexError>;

    /// A reader for one thread.
    fn reader(&self) -> Result<Box<dyn BlobReader + '_>, IndexError>;

    /// Told how many of how many pages are indexed.
    fn progress(&self, _done: usize, _all: usize) {}
}
