//! `adr import`: decisions of another tool become decisions of a log.
//!
//! An imported decision is known again by what it says: its title and its
//! words, whatever its number, status and links became since. So the same
//! import does nothing twice, and no mark stands in anybody's text.

mod plan;

use std::path::{Path, PathBuf};

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use super::decisions::Decisions;
use super::exchange::{self, Found, Item, Loose, Skipped, from_root};
use super::{new, template};
use crate::adr::Format;
use crate::ops::{OpError, counted};
use crate::repo_path::RepoPath;
use crate::workspace::Workspace;
use plan::{Plan, below};

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
    template::format_named(name).ok_or_else(|| OpError::Usage {
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

/// The top folder of the work tree, from the disk's root.
pub(super) fn top_of(folder: &Path) -> RepoPath {
    from_root(&folder.canonicalize().unwrap_or_else(|_| folder.to_owned()))
}
