//! One finding.

use super::evidence::Changed;
use crate::repo_path::RepoPath;

/// Something about a page that a person should settle.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Finding {
    /// `A-` and eight hexadecimal digits: the same as long as it is about the same.
    pub id: String,
    /// The page.
    pub path: RepoPath,
    /// The page's title.
    pub title: String,
    /// The page's kind.
    pub kind: String,
    /// A row of the table of signals.
    pub signal: &'static str,
    /// Who owns the page; empty where nobody does.
    pub owner: Vec<String>,
    /// Its points.
    pub risk: Risk,
    /// What is known, in one sentence.
    pub why: String,
    /// What changed, where files did.
    pub changed: Vec<Changed>,
    /// How many files changed; those that are not in `changed` too.
    pub changed_total: usize,
    /// Commands that settle it; the first is the usual one.
    pub settle: Vec<String>,
    /// How sure it is, in per cent.
    pub confidence: u8,
    /// True for what only this machine knows.
    pub local: bool,
    /// The digest of what it is about, as a dismissal keeps it.
    pub of: String,
}

/// Points, part by part.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Risk {
    /// The signal's points, as far as it is sure.
    pub signal: u32,
    /// How much hangs on pages of this kind.
    pub kind: u32,
    /// How much changed.
    pub size: u32,
    /// For how long.
    pub age: u32,
    /// How many pages lead here.
    pub links: u32,
    /// How often this machine was led here; `None` where nobody asked for that.
    pub traffic: Option<u32>,
}

impl Risk {
    /// All points together.
    pub fn total(&self) -> u32 {
        self.signal
            + self.kind
            + self.size
            + self.age
            + self.links
            + self.traffic.unwrap_or_default()
    }
}
