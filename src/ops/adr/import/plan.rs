//! What an import comes to: which decisions are new, under which numbers.

use std::collections::{BTreeSet, HashMap};
use std::path::Path;

use super::{Answer, Imported};
use crate::adr::{AdrRecord, Format, Spelling, compare, digits, similarity};
use crate::corpus::Page;
use crate::edits::FileChange;
use crate::ops::OpError;
use crate::ops::adr::decisions::Decisions;
use crate::ops::adr::exchange::{
    self, Base, Goal, Item, Skipped, assign, converted, free, rewrite,
};
use crate::ops::adr::taken;
use crate::repo_path::RepoPath;

/// Words that two texts of one title share, from which on they are one
/// decision that somebody edited since it was imported.
const ALIKE: f64 = 0.7;

/// What is known before anything is written.
pub(super) struct Plan<'a> {
    pub(super) decisions: &'a Decisions<'a>,
    pub(super) items: Vec<Item>,
    /// What each item is written in.
    pub(super) formats: Vec<Format>,
    pub(super) log: RepoPath,
    /// From the disk's root.
    pub(super) top: RepoPath,
    pub(super) base: Base,
}

impl Plan<'_> {
    /// Writes it, unless it is only asked what would be written.
    pub(super) fn carry_out(
        &self,
        dry_run: bool,
        skipped: Vec<Skipped>,
    ) -> Result<Answer, OpError> {
        let spelling = self.decisions.spelling(&self.log);
        let mut known = Vec::new();
        let there = self.by_title();
        for (item, format) in self.items.iter().zip(&self.formats) {
            let title = item.record().title.to_lowercase();
            let alike = there.get(&title).map_or(&[][..], Vec::as_slice);
            known.push(self.known(item, *format, spelling, alike)?);
        }
        let goals = self.goals(&known)?;
        let is_reachable = |path: &RepoPath| {
            path.is_below(&self.top) && Path::new("/").join(&*path.text()).exists()
        };
        let (texts, mut loose) = rewrite(&self.items, &goals, spelling, &is_reachable)?;
        let mut changes = Vec::new();
        let mut imported = Vec::new();
        for (at, (item, goal)) in self.items.iter().zip(&goals).enumerate() {
            let path = below(&goal.path, &self.top);
            let state = known[at].as_ref().map_or("new", |known| known.state);
            imported.push(self.told(item, goal, &path, state));
            if known[at].is_none() {
                let after = Some(texts[at].clone().into_bytes());
                changes.push(FileChange { path, before: None, after });
            }
        }
        let came: BTreeSet<&str> =
            imported.iter().filter(|it| it.state == "new").map(|it| it.source.as_str()).collect();
        for it in &mut loose {
            it.path = self.base.shown(&it.path);
        }
        loose.retain(|it| came.contains(it.path.as_str()));
        if !dry_run {
            self.decisions.workspace.edits()?.apply(&changes)?;
        }
        Ok(Answer {
            schema: "prode.adr_import/v1".to_owned(),
            log: if self.log.is_root() { ".".to_owned() } else { self.log.text().into_owned() },
            dry_run,
            decisions: imported,
            skipped,
            loose,
        })
    }

    /// Decisions of the log by their titles in lower case.
    fn by_title(&self) -> HashMap<String, Vec<(&Page, &AdrRecord)>> {
        let mut all: HashMap<String, Vec<_>> = HashMap::new();
        for (page, record) in self.decisions.of_log(&self.log) {
            all.entry(record.title.to_lowercase()).or_default().push((page, record));
        }
        all
    }

    /// The decision that `item` became before, among those with its title.
    fn known(
        &self,
        item: &Item,
        format: Format,
        spelling: Spelling,
        there: &[(&Page, &AdrRecord)],
    ) -> Result<Option<Known>, OpError> {
        if there.is_empty() {
            return Ok(None);
        }
        let goal = Self::goal(item, format, item.record().number, item.old().clone());
        let nobody = |_: &crate::adr::AdrRef| None;
        let text = if goal.as_it_is {
            String::from_utf8_lossy(item.text.bytes()).into_owned()
        } else {
            converted(item, &goal, spelling, &nobody)?.text
        };
        let mut alike = None;
        for (page, other) in there.iter().copied() {
            let Some(bytes) = self.decisions.workspace.own_bytes(&self.decisions.memory, page)
            else {
                continue;
            };
            let (ours, theirs) = ((&page.path, bytes.as_slice()), (item.old(), text.as_bytes()));
            if compare(theirs, ours).is_none() {
                return Ok(Some(Known::of(page, other, "there")));
            }
            if similarity(theirs, ours) >= ALIKE {
                alike = Some(Known::of(page, other, "edited"));
            }
        }
        Ok(alike)
    }

    fn goal(item: &Item, format: Format, number: Option<u32>, path: RepoPath) -> Goal {
        let own = item.record().format;
        let as_it_is = own == format && item.tags.is_empty();
        Goal { path, number, format, as_it_is }
    }

    fn goals(&self, known: &[Option<Known>]) -> Result<Vec<Goal>, OpError> {
        let paths: Vec<RepoPath> =
            self.decisions.of_log(&self.log).iter().map(|(page, _)| page.path.clone()).collect();
        let width = digits(&paths);
        let needs: Vec<bool> = self
            .items
            .iter()
            .zip(known)
            .zip(&self.formats)
            .map(|((item, known), format)| {
                let has_none = *format == Format::Log4brains && item.record().number.is_none();
                known.is_none() && !has_none
            })
            .collect();
        let numbers = assign(&self.items, &needs, &taken::numbers(self.decisions, &self.log)?);
        let folder = self.top.join(self.log.as_bytes()).unwrap_or_default();
        let mut names: BTreeSet<RepoPath> = BTreeSet::new();
        let mut goals = Vec::new();
        for (at, item) in self.items.iter().enumerate() {
            let format = self.formats[at];
            if let Some(known) = &known[at] {
                let path = self.top.join(known.path.as_bytes()).unwrap_or_default();
                goals.push(Self::goal(item, format, known.number, path));
                continue;
            }
            let name = exchange::name(item, format, numbers[at], width);
            let path = folder.join(name.as_bytes()).unwrap_or_default();
            let path = free(path, &|path| {
                names.contains(path) || Path::new("/").join(&*path.text()).exists()
            });
            names.insert(path.clone());
            goals.push(Self::goal(item, format, numbers[at], path));
        }
        Ok(goals)
    }

    fn told(&self, item: &Item, goal: &Goal, path: &RepoPath, state: &str) -> Imported {
        let record = item.record();
        Imported {
            source: self.base.shown(&item.old().text()),
            old_number: record.number,
            path: path.text().into_owned(),
            number: goal.number,
            title: record.title.clone(),
            status: record.status.as_ref().map(|status| status.label().to_owned()),
            format: goal.format.name().to_owned(),
            state: state.to_owned(),
        }
    }
}

/// A decision that was imported before.
struct Known {
    path: RepoPath,
    number: Option<u32>,
    state: &'static str,
}

impl Known {
    fn of(page: &Page, record: &AdrRecord, state: &'static str) -> Self {
        Self { path: page.path.clone(), number: record.number, state }
    }
}

/// A path from the disk's root as one from the top folder.
pub(super) fn below(path: &RepoPath, top: &RepoPath) -> RepoPath {
    let rest = path.as_bytes().strip_prefix(top.as_bytes()).unwrap_or(path.as_bytes());
    RepoPath::from_git(rest.strip_prefix(b"/").unwrap_or(rest))
}
