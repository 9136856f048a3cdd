//! The work tree before and after: every Markdown file, read once.

use std::collections::HashMap;

use super::place::{Decided, Ground};
use crate::corpus::{Catalogue, Page, Roots, Rules, TreeLook};
use crate::document::MAX_BYTES;
use crate::git::{EntryKind, hash_blob, plain_read, plain_size};
use crate::ops::OpError;
use crate::renaming::{Moves, SETTINGS, apply, rename_in_settings};
use crate::repo_path::RepoPath;

/// One Markdown file as it is and as it will be named.
pub(super) struct Source {
    pub(super) old: Page,
    /// Under its new path; the same page where it stays.
    pub(super) new: Page,
    /// As they are on disk.
    pub(super) bytes: Vec<u8>,
}

/// Both trees.
pub(super) struct Trees {
    pub(super) sources: Vec<Source>,
    /// Every file that Git does not ignore.
    pub(super) files: Vec<RepoPath>,
    /// Pages as they will be named, under the names that they have by themselves.
    pub(super) after: Catalogue,
}

impl Trees {
    /// Reads every Markdown file, pages or not: a README links too.
    pub(super) fn read(ground: &Ground<'_>, decided: &Decided) -> Result<Self, OpError> {
        let mut all = |_: &[u8], _: EntryKind| true;
        let files = ground.workspace.files(ground.memory, &mut all)?;
        let mut sources = Vec::new();
        for path in files.iter().filter(|path| path.is_markdown()) {
            sources.extend(source(ground, &decided.moves, path)?);
        }
        let rules = rules(ground, &decided.moves);
        let is_page = |page: &&Page| {
            rules.roots.classify(&page.path).is_some_and(|place| place.is_searched())
        };
        let pages = sources.iter().map(|it| &it.new).filter(is_page).cloned().collect();
        let after = Catalogue::new(pages, rules);
        Ok(Self { sources, files, after })
    }
}

/// Too large a file is listed and not read; one that went meanwhile is none.
fn source(ground: &Ground<'_>, moves: &Moves, path: &RepoPath) -> Result<Option<Source>, OpError> {
    let Ok(size) = plain_size(ground.top, path) else { return Ok(None) };
    if size > MAX_BYTES {
        return Ok(None);
    }
    let bytes = plain_read(ground.top, path)?;
    let read = |path: &RepoPath| Page::read(path.clone(), hash_blob(&bytes), &bytes).0;
    let old = match ground.catalogue.page(path) {
        Some(page) if page.size == bytes.len() as u64 => page.clone(),
        _ => read(path),
    };
    let new = moves.new_path(path).map_or_else(|| old.clone(), read);
    Ok(Some(Source { old, new, bytes }))
}

/// The rules of the tree after, whose roots may have moved.
fn rules(ground: &Ground<'_>, moves: &Moves) -> Rules {
    let after = After { ground, moves };
    let yaml = after.read(&RepoPath::from_git("prode.yaml"));
    let settings = ground.workspace.settings(yaml.as_deref()).0;
    let roots = Roots::resolve(&settings.roots, &after);
    Rules { roots, wikilinks: settings.wikilinks, ..ground.memory.rules.clone() }
}

/// The tree after the move, as far as finding roots asks it.
struct After<'a> {
    ground: &'a Ground<'a>,
    moves: &'a Moves,
}

impl TreeLook for After<'_> {
    fn is_folder(&self, path: &RepoPath) -> bool {
        let full = self.ground.top.join(&*path.text());
        let is_there = full.symlink_metadata().is_ok_and(|found| found.is_dir());
        self.moves.brings(path) || (is_there && !self.moves.takes(path))
    }

    fn read(&self, path: &RepoPath) -> Option<Vec<u8>> {
        let old = self.moves.old_path(path).unwrap_or(path);
        let bytes = plain_read(self.ground.top, old).ok()?;
        let Some(row) = SETTINGS.iter().find(|row| row.holds(path)) else { return Some(bytes) };
        let Ok(text) = std::str::from_utf8(&bytes) else { return Some(bytes) };
        let edits = rename_in_settings(row, self.moves, text);
        Some(apply(&bytes, &edits))
    }
}

/// Bytes of files that are changed or moved, by their old paths.
pub(super) type Contents = HashMap<RepoPath, Vec<u8>>;
