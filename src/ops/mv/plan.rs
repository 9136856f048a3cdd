//! What changes in which file: links, front matter, settings, redirects, names.

use std::collections::BTreeMap;

use super::answer::{Change, Edited, LeftAsIs, Moved, Redirect};
use super::place::{Decided, Ground};
use super::trees::{Contents, Source, Trees};
use crate::document::destinations;
use crate::edits::FileChange;
use crate::git::plain_read;
use crate::ops::OpError;
use crate::promotion;
use crate::renaming::{
    Edit, Kept, Left, Renaming, SETTINGS, Side, Site, apply, keep_name, mentions, needs_reading,
    relink, rename_in_front_matter, rename_in_settings, rename_skill,
};
use crate::repo_path::RepoPath;

/// Files that name others and are changed by people only.
pub(in crate::ops) const SHOWN_ONLY: &[&str] =
    &["CODEOWNERS", ".github/CODEOWNERS", ".gitlab/CODEOWNERS", "docs/CODEOWNERS"];

/// Mentions that are shown of one file.
const MENTIONS: usize = 20;

/// Everything that a move changes, before anything is written.
pub(in crate::ops) struct Plan<'a> {
    ground: &'a Ground<'a>,
    decided: &'a Decided,
    /// By old path.
    edits: BTreeMap<RepoPath, Vec<Edit>>,
    contents: Contents,
    pub(super) redirects: Vec<Redirect>,
    pub(in crate::ops) left: Vec<LeftAsIs>,
    pub(super) notes: Vec<String>,
}

impl<'a> Plan<'a> {
    /// Works it out; `redirects` says whether old names are kept.
    pub(in crate::ops) fn of(
        ground: &'a Ground<'a>,
        decided: &'a Decided,
        redirects: bool,
    ) -> Result<Self, OpError> {
        let trees = Trees::read(ground, decided)?;
        let mut plan = Self {
            ground,
            decided,
            edits: BTreeMap::new(),
            contents: Contents::new(),
            redirects: Vec::new(),
            left: Vec::new(),
            notes: decided.notes.clone(),
        };
        plan.pages(&trees, redirects);
        plan.settings(&trees.files);
        if redirects {
            plan.sites(&trees.files);
        }
        plan.shown_only();
        plan.read_moved()?;
        plan.redirects.sort_by(|a, b| (&a.path, &a.line).cmp(&(&b.path, &b.line)));
        plan.left.sort();
        plan.left.dedup();
        Ok(plan)
    }

    fn pages(&mut self, trees: &Trees, redirects: bool) {
        let (ground, moves) = (self.ground, &self.decided.moves);
        let before = |path: &RepoPath| ground.workspace.exists(ground.memory, path);
        let after = |path: &RepoPath| moves.brings(path) || (before(path) && !moves.takes(path));
        let renaming = Renaming {
            moves,
            before: Side { catalogue: ground.catalogue, is_file: &before },
            after: Side { catalogue: &trees.after, is_file: &after },
        };
        for source in &trees.sources {
            self.page(&renaming, source);
            if redirects && source.old.path.file_stem() != source.new.path.file_stem() {
                self.name(&trees.after, source);
            }
        }
    }

    fn page(&mut self, renaming: &Renaming<'_>, source: &Source) {
        let Source { old, new, bytes } = source;
        let mut edits = Vec::new();
        if needs_reading(renaming, old, new) {
            match relink(renaming, old, new, bytes) {
                Some((links, left)) => {
                    edits = links;
                    self.leave(&old.path, left);
                }
                None if !old.links.is_empty() => {
                    let why = "the file is not UTF-8, so that nothing in it is edited".to_owned();
                    self.leave(&old.path, vec![Left { line: 1, text: String::new(), why }]);
                }
                None => {}
            }
        }
        edits.extend(rename_in_front_matter(renaming, old, new, bytes));
        edits.extend(rename_skill(old, new, bytes));
        self.mentioned(&old.path, bytes, &edits);
        self.edit(&old.path, bytes, edits);
    }

    /// Keeps the old name of a page as an alias, or says that it is not kept.
    fn name(&mut self, after: &crate::corpus::Catalogue, source: &Source) {
        let Source { old, new, bytes } = source;
        if after.page(&new.path).is_none() {
            return;
        }
        match keep_name(after, old, new, bytes) {
            Kept::Already => {}
            Kept::Added(edit) => {
                let line = format!("alias '{}'", old.path.file_stem());
                self.redirects.push(Redirect { path: new.path.text().into_owned(), line });
                self.edit(&old.path, bytes, vec![edit]);
            }
            Kept::Not => self.notes.push(format!(
                "'{}' has no front matter, so that '{}' no longer names it; to keep the name, \
                 begin the page with: aliases: [{}]",
                new.path,
                old.path.file_stem(),
                old.path.file_stem()
            )),
        }
    }

    fn settings(&mut self, files: &[RepoPath]) {
        for path in files {
            let Some(row) = SETTINGS.iter().find(|row| row.holds(path)) else { continue };
            let Some((bytes, text)) = self.text(path) else { continue };
            let edits = rename_in_settings(row, &self.decided.moves, &text);
            self.mentioned(path, &bytes, &edits);
            self.edit(path, &bytes, edits);
        }
    }

    fn sites(&mut self, files: &[RepoPath]) {
        for path in files {
            if !["_redirects", "mkdocs.yml", "book.toml"].contains(&&*path.file_name()) {
                continue;
            }
            let Some((bytes, text)) = self.text(path) else { continue };
            let Some(site) = Site::of(path, &text) else { continue };
            for (old, new) in self.decided.moves.files() {
                let Some((edit, line)) = site.redirect(&text, old, new) else { continue };
                self.redirects.push(Redirect { path: path.text().into_owned(), line });
                self.edit(path, &bytes, vec![edit]);
            }
        }
    }

    fn shown_only(&mut self) {
        for path in SHOWN_ONLY {
            let path = RepoPath::from_git(*path);
            let Ok(bytes) = plain_read(self.ground.top, &path) else { continue };
            let mut found = mentions(&self.decided.old, &bytes, &[], &[]);
            for it in &mut found {
                "who owns what is for people to decide".clone_into(&mut it.why);
            }
            self.leave(&path, found);
        }
    }

    fn text(&self, path: &RepoPath) -> Option<(Vec<u8>, String)> {
        let bytes = plain_read(self.ground.top, path).ok()?;
        let text = String::from_utf8(bytes.clone()).ok()?;
        Some((bytes, text))
    }

    fn mentioned(&mut self, path: &RepoPath, bytes: &[u8], edits: &[Edit]) {
        let changed: Vec<_> = edits.iter().map(|edit| (edit.start, edit.end)).collect();
        let old = &self.decided.old;
        if mentions(old, bytes, &[], &changed).is_empty() {
            return;
        }
        // Only now is it worth knowing where the links are.
        let links = destinations(bytes).unwrap_or_default();
        let mut found = mentions(old, bytes, &links, &changed);
        found.truncate(MENTIONS);
        self.leave(path, found);
    }

    fn leave(&mut self, path: &RepoPath, left: Vec<Left>) {
        let path = self.decided.moves.of(path).text().into_owned();
        self.left.extend(left.into_iter().map(|Left { line, text, why }| LeftAsIs {
            path: path.clone(),
            line,
            text,
            why,
        }));
    }

    /// Every changed file as it is, by its old path, and what changes in it.
    pub(in crate::ops) fn edits(&self) -> impl Iterator<Item = (&RepoPath, &[u8], &[Edit])> {
        self.edits
            .iter()
            .map(|(path, edits)| (path, self.contents[path].as_slice(), edits.as_slice()))
    }

    /// Adds what else changes in a file; `bytes` are the file's.
    pub(in crate::ops) fn edit(&mut self, path: &RepoPath, bytes: &[u8], edits: Vec<Edit>) {
        if edits.is_empty() {
            return;
        }
        self.contents.entry(path.clone()).or_insert_with(|| bytes.to_vec());
        self.edits.entry(path.clone()).or_default().extend(edits);
    }

    fn read_moved(&mut self) -> Result<(), OpError> {
        for (old, _) in self.decided.moves.files() {
            if !self.contents.contains_key(old) {
                self.contents.insert(old.clone(), plain_read(self.ground.top, old)?);
            }
        }
        Ok(())
    }

    /// Old path, new path, bytes before and after of every file, by old path.
    fn files(&self) -> impl Iterator<Item = (&RepoPath, RepoPath, &[u8], Vec<u8>)> {
        let mut paths: Vec<&RepoPath> = self.contents.keys().collect();
        paths.sort();
        paths.into_iter().map(|old| {
            let before = &self.contents[old];
            let edits = self.edits.get(old).map_or(&[][..], Vec::as_slice);
            (old, self.decided.moves.of(old), before.as_slice(), apply(before, edits))
        })
    }

    /// What is to be written: new files, then changed ones, then what goes.
    pub(in crate::ops) fn changes(&self) -> Vec<FileChange> {
        let (mut changes, mut gone) = (Vec::new(), Vec::new());
        for (old, new, before, after) in self.files() {
            let before = Some(before.to_vec());
            if *old == new {
                changes.push(FileChange { path: new, before, after: Some(after) });
            } else {
                changes.push(FileChange { path: new, before: None, after: Some(after) });
                gone.push(FileChange { path: old.clone(), before, after: None });
            }
        }
        changes.extend(gone);
        changes
    }

    pub(super) fn moved(&self) -> Vec<Moved> {
        let text = |path: &RepoPath| path.text().into_owned();
        self.decided
            .moves
            .files()
            .map(|(old, new)| Moved { from: text(old), to: text(new) })
            .collect()
    }

    pub(super) fn edited(&self) -> Vec<Edited> {
        let edited = self.edits.iter().map(|(old, edits)| {
            let bytes = &self.contents[old];
            let mut edits: Vec<&Edit> = edits.iter().collect();
            edits.sort();
            let change = |edit: &&Edit| Change {
                line: edit.line(bytes),
                before: String::from_utf8_lossy(&bytes[edit.start..edit.end]).into_owned(),
                after: edit.text.clone(),
            };
            let path = self.decided.moves.of(old).text().into_owned();
            Edited { path, changes: edits.iter().map(change).collect() }
        });
        let mut edited: Vec<Edited> = edited.collect();
        edited.sort_by(|a, b| a.path.cmp(&b.path));
        edited
    }

    pub(super) fn stage(&self) -> Vec<String> {
        let mut paths: Vec<String> =
            self.changes().into_iter().map(|it| it.path.text().into_owned()).collect();
        paths.sort();
        paths.dedup();
        paths
    }

    pub(super) fn diff(&self) -> String {
        let text = |bytes: &[u8]| String::from_utf8_lossy(bytes).into_owned();
        let parts = self.files().map(|(old, new, before, after)| {
            let (before, after) = (text(before), text(&after));
            if *old == new {
                promotion::unified(&new.text(), Some(&before), &after)
            } else {
                promotion::renamed(&old.text(), &new.text(), &before, &after)
            }
        });
        parts.collect()
    }
}
