//! What an expected page is called at another revision.
//!
//! As Git compares two commits: a page that stands on one side only is another
//! one of the other side alone that has its content, or most of its lines.

use std::collections::BTreeMap;

use crate::corpus::Page;
use crate::ops::compare::similarity;
use crate::ops::error::OpError;
use crate::ops::renamed::ALIKE;
use crate::workspace::{Memory, Workspace};

/// Pages of one side alone that are compared line by line.
const MAX_CANDIDATES: usize = 300;
/// Larger files, in bytes, are compared as a whole only.
const MAX_COMPARED: u64 = 1_000_000;

/// One revision, its pages by path.
pub(super) struct Side<'a> {
    workspace: &'a Workspace,
    memory: &'a Memory,
    pages: BTreeMap<String, Page>,
}

impl<'a> Side<'a> {
    pub(super) fn of(workspace: &'a Workspace, memory: &'a Memory) -> Result<Self, OpError> {
        let pages = memory.snapshot.pages()?.into_iter();
        let pages = pages.map(|page| (page.path.text().into_owned(), page)).collect();
        Ok(Self { workspace, memory, pages })
    }

    pub(super) fn has(&self, path: &str) -> bool {
        self.pages.contains_key(path)
    }

    fn text(&self, page: &Page) -> Option<Vec<u8>> {
        let is_small = page.size <= MAX_COMPARED;
        is_small.then(|| self.workspace.bytes(self.memory, page)).flatten()
    }
}

/// What the page at `path` of `here` is called in `there`; `None` where it is
/// not there under any name.
pub(super) fn renamed(path: &str, here: &Side<'_>, there: &Side<'_>) -> Option<String> {
    let page = here.pages.get(path)?;
    let alone = there.pages.iter().filter(|(path, _)| !here.has(path));
    let is_other_name = |other: &Page| other.path.file_name() != page.path.file_name();
    // Those of the same name come first: of several that are equally alike the first is taken.
    let mut alone: Vec<(&String, &Page)> = alone.collect();
    alone.sort_by_key(|(path, other)| (is_other_name(other), *path));
    if let Some((path, _)) = alone.iter().find(|(_, other)| other.blob == page.blob) {
        return Some((*path).clone());
    }
    let text = here.text(page)?;
    let mut best: Option<(f64, &String)> = None;
    for (path, other) in alone.into_iter().take(MAX_CANDIDATES) {
        let share = there.text(other).map_or(0.0, |other| similarity(&text, &other));
        if share >= ALIKE && best.is_none_or(|(most, _)| share > most) {
            best = Some((share, path));
        }
    }
    best.map(|(_, path)| path.clone())
}
