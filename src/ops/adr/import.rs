//! `adr import`: decisions of another tool become decisions of a log.
//!
//! An imported decision is known again by what it says: its title and its
//! words, whatever its number, status and links became since. So the same
//! import does nothing twice, and no mark stands in anybody's text.

use std::collections::BTreeSet;
use std::path::{Path, PathBuf};

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use super::decisions::Decisions;
use super::exchange::{
    self, Base, Found, Goal, Item, Loose, Skipped, assign, converted, free, from_root, rewrite,
};
use super::{new, taken};
use crate::adr::{AdrRecord, Format, compare, digits, similarity};
use crate::corpus::Page;
use crate::edits::FileChange;
use crate::ops::{OpError, counted};
use crate::repo_path::RepoPath;
use crate::workspace::Workspace;

/// Words that two texts of one title share, from which on they are one
/// decision that somebody edited since it was imported.
const ALIKE: f64 = 0.7;

/// What is imported, from where, into what.
#[derive(Debug, Clone, Default)]
pub struct Options {
    /// A folder, a log4brains project, or a JSON document; from `current`.
    pub place: PathBuf,
    /// The folder of the process.
    pub current: PathBuf,
    /// `auto`, `nygard`, `adr-tools`, `madr`, `log4brains`, `backlog`, `json`.
    pub from: String,
    /// The format to write, or `keep`; that of the log where nothing is said.
    pub format: Option<String>,
    /// The folder of the log; needed where there are several.
    pub log: Option<String>,
    /// Go on without files that nobody can read.
    pub skip_unreadable: bool,
    /// Only say what would happen.
    pub dry_run: bool,
}

/// One decision of the other place.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct Imported {
    /// Its file there, from the folder that was named.
    pub source: String,
    /// Its number there; null where it has none.
    pub old_number: Option<u32>,
    /// Its file here, from the top folder.
    pub path: String,
    /// Its number here.
    pub number: Option<u32>,
    /// Without its number.
    pub title: String,
    /// As it is written; null where none is stated.
    pub status: Option<String>,
    /// `nygard`, `madr`, `log4brains`, `backlog` or `other`: what is written.
    pub format: String,
    /// `new`; `there` if the log has it already; `edited` if the log has it
    /// with other words, which stay.
    pub state: String,
}

/// What was imported, or would be.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct Answer {
    /// `prode.adr_import/v1`.
    pub schema: String,
    /// The folder of the log.
    pub log: String,
    /// True if nothing was written.
    pub dry_run: bool,
    /// In the order of their files there.
    pub decisions: Vec<Imported>,
    /// Files that are no decisions, or that nobody can read.
    pub skipped: Vec<Skipped>,
    /// Links and mentions that lead to what was not imported.
    pub loose: Vec<Loose>,
}

/// Imports all of it or nothing.
pub fn run(workspace: &Workspace, options: &Options) -> Result<Answer, OpError> {
    let said = said(&options.from)?;
    let wanted = Wanted::of(options.format.as_deref())?;
    let Found { items, skipped, base } =
        exchange::read(&options.current.join(&options.place), said)?;
    refuse_unreadable(&skipped, options.skip_unreadable)?;
    if items.is_empty() {
        return Err(OpError::Invalid {
            message: format!("'{}' holds no decision", options.place.display()),
            hint: nothing_hint(&skipped),
        });
    }
    let _turn = workspace.numbering_turn()?;
    let decisions = Decisions::to_change(workspace)?;
    let top = super::top(workspace)?;
    // Where they come from is not where they go.
    let is_source = |log: &RepoPath| {
        let folder = top.join(log.as_bytes()).unwrap_or_default();
        items.iter().any(|item| item.old().parent() == folder)
    };
    let is_only_source = decisions.logs().iter().all(is_source);
    let may_be = |log: &RepoPath| is_only_source || !is_source(log);
    let log = new::log(&decisions, options.log.as_deref(), &may_be)?;
    if options.current.join(&options.place).is_dir() {
        refuse_own(&items, &top, &log)?;
    }
    let formats = formats(&decisions, &items, &log, wanted);
    let plan = Plan { decisions: &decisions, items, formats, log, top, base };
    plan.carry_out(options.dry_run, skipped)
}

/// What is known before anything is written.
struct Plan<'a> {
    decisions: &'a Decisions<'a>,
    items: Vec<Item>,
    formats: Vec<Format>,
    log: RepoPath,
    /// From the disk's root.
    top: RepoPath,
    base: Base,
}

impl Plan<'_> {
    fn carry_out(&self, dry_run: bool, skipped: Vec<Skipped>) -> Result<Answer, OpError> {
        let spelling = self.decisions.spelling(&self.log);
        let mut known = Vec::new();
        for (item, format) in self.items.iter().zip(&self.formats) {
            known.push(self.known(item, *format)?);
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

    /// The decision of the log that `item` became before.
    fn known(&self, item: &Item, format: Format) -> Result<Option<Known>, OpError> {
        let record = item.record();
        let goal = Self::goal(item, format, record.number, item.old().clone());
        let nobody = |_: &crate::adr::AdrRef| None;
        let spelling = self.decisions.spelling(&self.log);
        let text = if goal.as_it_is {
            String::from_utf8_lossy(item.text.bytes()).into_owned()
        } else {
            converted(item, &goal, spelling, &nobody)?.text
        };
        let mut alike = None;
        for (page, other) in self.decisions.of_log(&self.log) {
            if !other.title.eq_ignore_ascii_case(&record.title) {
                continue;
            }
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

/// The format that each item is written in.
fn formats(
    decisions: &Decisions<'_>,
    items: &[Item],
    log: &RepoPath,
    wanted: Wanted,
) -> Vec<Format> {
    let own = |item: &Item| item.record().format;
    match wanted {
        Wanted::One(format) => items.iter().map(|_| format).collect(),
        Wanted::Own => items.iter().map(own).collect(),
        // A log without a format of its own takes over theirs.
        Wanted::TheLogs => {
            let usual = decisions.usual_format(log).filter(|format| *format != Format::Other);
            items.iter().map(|item| usual.unwrap_or_else(|| own(item))).collect()
        }
    }
}

/// The format to write.
#[derive(Clone, Copy)]
enum Wanted {
    TheLogs,
    Own,
    One(Format),
}

impl Wanted {
    fn of(typed: Option<&str>) -> Result<Self, OpError> {
        match typed {
            None => Ok(Self::TheLogs),
            Some("keep") => Ok(Self::Own),
            Some(name) => named(name).map(Self::One),
        }
    }
}

fn said(from: &str) -> Result<Option<Format>, OpError> {
    match from {
        "" | "auto" | "json" => Ok(None),
        name => named(name).map(Some),
    }
}

fn named(name: &str) -> Result<Format, OpError> {
    let name = if name == "adr-tools" { "nygard" } else { name };
    super::template::format_named(name).ok_or_else(|| OpError::Usage {
        message: format!("there is no format '{name}'"),
        hint: "use one of: nygard, madr, log4brains, backlog".to_owned(),
    })
}

/// What nobody can read might be a decision, so that it is not left out quietly.
pub(super) fn refuse_unreadable(skipped: &[Skipped], is_fine: bool) -> Result<(), OpError> {
    let bad: Vec<&Skipped> = skipped.iter().filter(|it| it.unreadable).collect();
    if bad.is_empty() || is_fine {
        return Ok(());
    }
    let listed: Vec<String> = bad.iter().map(|it| format!("'{}': {}", it.path, it.why)).collect();
    Err(OpError::Invalid {
        message: format!("{} cannot be read: {}", counted(bad.len(), "file"), listed.join("; ")),
        hint: "nothing was written; mend them, or go on without them: --skip-unreadable".to_owned(),
    })
}

fn nothing_hint(skipped: &[Skipped]) -> String {
    match skipped.first() {
        None => "it is empty; name the folder that holds the decisions".to_owned(),
        Some(first) => format!(
            "{} skipped ('{}': {}); if these are decisions, say their format: --from nygard, madr or log4brains",
            counted(skipped.len(), "file"),
            first.path,
            first.why
        ),
    }
}

fn refuse_own(items: &[Item], top: &RepoPath, log: &RepoPath) -> Result<(), OpError> {
    let folder = top.join(log.as_bytes()).unwrap_or_default();
    let inside = items.iter().find(|item| item.old().is_below(&folder));
    match inside {
        Some(item) => Err(OpError::Invalid {
            message: format!("'{}' is in the log '{log}' already", below(item.old(), top)),
            hint: "name a folder outside of it, or another log: --log ROOT".to_owned(),
        }),
        None => Ok(()),
    }
}

/// A path from the disk's root as one from the top folder.
fn below(path: &RepoPath, top: &RepoPath) -> RepoPath {
    let rest = path.as_bytes().strip_prefix(top.as_bytes()).unwrap_or(path.as_bytes());
    RepoPath::from_git(rest.strip_prefix(b"/").unwrap_or(rest))
}

/// The top folder of the work tree, from the disk's root.
pub(super) fn top_of(folder: &Path) -> RepoPath {
    from_root(&folder.canonicalize().unwrap_or_else(|_| folder.to_owned()))
}
