//! `adr export`: the decisions of a log, in the form that another tool reads.

mod document;

use std::collections::BTreeSet;
use std::fs;
use std::path::{Path, PathBuf};

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use super::decisions::Decisions;
use super::exchange::{
    self, Base, Goal, Item, Loose, NO_KEYS, Skipped, assign, free, from_root, rewrite,
};
use super::import::{refuse_unreadable, top_of};
use crate::adr::{AdrEditError, AdrText, Format, Spelling, digits};
use crate::corpus::Page;
use crate::edits::{Edits, FileChange};
use crate::ops::OpError;
use crate::repo_path::RepoPath;
use crate::workspace::{Asked, Workspace};

pub use document::json;

/// What is exported, and where to.
#[derive(Debug, Clone, Default)]
pub struct Options {
    /// Which revision is read.
    pub asked: Asked,
    /// `madr`, `nygard`, `log4brains` or `backstage`.
    pub to: String,
    /// A folder, from `current`; it is made where it is missing.
    pub output: PathBuf,
    /// The folder of the process.
    pub current: PathBuf,
    /// The folder of the log; all logs where none is named.
    pub log: Option<String>,
    /// Go on without files that nobody can read.
    pub skip_unreadable: bool,
    /// Only say what would be written.
    pub dry_run: bool,
}

/// One decision's file outside.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct Exported {
    /// Its file here, from the top folder.
    pub source: String,
    /// Its file there, from the output folder.
    pub path: String,
    /// Its number there.
    pub number: Option<u32>,
    /// Without its number.
    pub title: String,
    /// `new`, or `there` if the file stands there with the same bytes.
    pub state: String,
}

/// What was exported, or would be.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct Answer {
    /// `prode.adr_exported/v1`.
    pub schema: String,
    /// The commit that was read; null for files on disk.
    pub commit: Option<String>,
    /// The format.
    pub to: String,
    /// The output folder as it was named.
    pub output: String,
    /// True if nothing was written.
    pub dry_run: bool,
    /// Ordered by log and number.
    pub decisions: Vec<Exported>,
    /// Files that nobody could read.
    pub skipped: Vec<Skipped>,
    /// Links and mentions that lead to what does not go along.
    pub loose: Vec<Loose>,
    /// What to do there, one line each.
    pub notes: Vec<String>,
}

/// Writes every decision below the output folder, or nothing.
pub fn run(workspace: &Workspace, options: &Options) -> Result<Answer, OpError> {
    let format = format_of(&options.to)?;
    let decisions = Decisions::open(workspace, &options.asked)?;
    let folder = absolute(&options.current.join(&options.output));
    let output = from_root(&folder);
    let mut chosen = Chosen::of(&decisions, options.log.as_deref())?;
    chosen.leave_exported(&output);
    chosen.leave_malformed();
    refuse_unreadable(&chosen.skipped, options.skip_unreadable)?;
    let goals = goals(&decisions, &chosen, format, &output);
    let top = workspace.folder().map(top_of).unwrap_or_default();
    // Only inside of the repository does a way back to its other files hold.
    let is_inside = !top.is_root() && output.is_below(&top);
    let is_reachable = |path: &RepoPath| is_inside && path.is_below(&top);
    let (texts, mut loose) = rewrite(&chosen.items, &goals, Spelling::S, &is_reachable)?;
    if !options.dry_run && door(&folder).is_interrupted() {
        door(&folder).recover()?;
    }
    let (mut changes, told) = files(&chosen, &goals, texts, &output)?;
    if let Some(text) = project(&decisions, &chosen, format) {
        changes.extend(change(&output, RepoPath::from_git(PROJECT), text)?);
    }
    let base = Base::of_root(top);
    let called =
        if is_inside { base.shown(&output.text()) } else { options.output.display().to_string() };
    let notes = notes(options, &called);
    for it in &mut loose {
        it.path = base.shown(&it.path);
    }
    if !options.dry_run {
        write(&folder, &changes)?;
    }
    Ok(Answer {
        schema: "prode.adr_exported/v1".to_owned(),
        commit: decisions.memory.revision.commit.map(|commit| commit.to_string()),
        to: options.to.clone(),
        output: options.output.display().to_string(),
        dry_run: options.dry_run,
        decisions: told,
        skipped: chosen.skipped,
        loose,
        notes,
    })
}

fn format_of(name: &str) -> Result<Format, OpError> {
    let named = if name == "backstage" { "madr" } else { name };
    super::template::format_named(named).ok_or_else(|| OpError::Usage {
        message: format!("there is no format '{name}'"),
        hint: "use one of: madr, nygard, log4brains, json, backstage".to_owned(),
    })
}

/// What is to be written, and what is told of every decision.
fn files(
    chosen: &Chosen,
    goals: &[Goal],
    texts: Vec<String>,
    output: &RepoPath,
) -> Result<(Vec<FileChange>, Vec<Exported>), OpError> {
    let (mut changes, mut told) = (Vec::new(), Vec::new());
    for (at, (goal, text)) in goals.iter().zip(texts).enumerate() {
        let full = goal.path.as_bytes();
        let below = full.strip_prefix(output.as_bytes()).unwrap_or(full);
        let path = RepoPath::from_git(below.strip_prefix(b"/").unwrap_or(below));
        let change = change(output, path.clone(), text)?;
        told.push(Exported {
            source: chosen.pages[at].path.text().into_owned(),
            path: path.text().into_owned(),
            number: goal.number,
            title: chosen.items[at].record().title.clone(),
            state: if change.is_some() { "new" } else { "there" }.to_owned(),
        });
        changes.extend(change);
    }
    Ok((changes, told))
}

/// The decisions to export, and those that cannot be read.
struct Chosen {
    pages: Vec<Page>,
    items: Vec<Item>,
    skipped: Vec<Skipped>,
}

impl Chosen {
    fn of(decisions: &Decisions<'_>, log: Option<&str>) -> Result<Self, OpError> {
        let logs = decisions.logs();
        let wanted = log.map(|log| log.trim_end_matches('/'));
        let is_wanted = |log: &RepoPath| {
            wanted.is_none_or(|it| it == log.text() || (it == "." && log.is_root()))
        };
        if !logs.iter().any(is_wanted) {
            return Err(OpError::NotFound {
                message: match wanted {
                    Some(log) => format!("there is no decision log '{log}'"),
                    None => "there are no decisions to export".to_owned(),
                },
                hint: "see the logs: prode adr list".to_owned(),
            });
        }
        let top = decisions.workspace.folder().map(top_of).unwrap_or_default();
        let mut chosen = Self { pages: Vec::new(), items: Vec::new(), skipped: Vec::new() };
        for (page, record) in decisions.all() {
            if !is_wanted(&decisions.catalogue.log_of(&page.path)) {
                continue;
            }
            let path = top.join(page.path.as_bytes()).unwrap_or_default();
            let read = decisions.workspace.page_at(&decisions.memory, &page.path)?;
            let text = match read.and_then(|read| read.bytes) {
                Some(bytes) => AdrText::read_as(&path, &bytes, record.format),
                None => Err(AdrEditError::NotADecision(page.path.clone())),
            };
            match text {
                Ok(text) => {
                    chosen.pages.push(page.clone());
                    chosen.items.push(Item { text, tags: Vec::new() });
                }
                Err(error) => chosen.skipped.push(Skipped {
                    path: page.path.text().into_owned(),
                    why: match error {
                        AdrEditError::NotUtf8 { at, .. } => format!("not UTF-8 (byte {at})"),
                        _ => "too large".to_owned(),
                    },
                    unreadable: true,
                }),
            }
        }
        Ok(chosen)
    }
}

impl Chosen {
    /// What an export wrote before is none of the decisions to export.
    fn leave_exported(&mut self, output: &RepoPath) {
        for at in (0..self.items.len()).rev() {
            if self.items[at].old().is_below(output) {
                self.items.remove(at);
                self.pages.remove(at);
            }
        }
    }

    /// What has metadata that nobody can read would lose it.
    fn leave_malformed(&mut self) {
        for at in (0..self.items.len()).rev() {
            if !self.items[at].text.has_readable_front() {
                self.items.remove(at);
                let path = self.pages.remove(at).path.text().into_owned();
                self.skipped.push(Skipped { path, why: NO_KEYS.to_owned(), unreadable: true });
            }
        }
        self.skipped.sort();
    }
}

fn goals(
    decisions: &Decisions<'_>,
    chosen: &Chosen,
    format: Format,
    output: &RepoPath,
) -> Vec<Goal> {
    let logs: Vec<RepoPath> =
        chosen.pages.iter().map(|page| decisions.catalogue.log_of(&page.path)).collect();
    let several = logs.iter().any(|log| *log != logs[0]);
    let paths: Vec<RepoPath> = chosen.pages.iter().map(|page| page.path.clone()).collect();
    let width = digits(&paths).max(4);
    let mut numbers: Vec<Option<u32>> =
        chosen.items.iter().map(|item| item.record().number).collect();
    // Numbers that are there stay, even where two have one; each log counts by itself.
    for log in logs.iter().collect::<BTreeSet<_>>() {
        let own = |at: &usize| logs[*at] == *log;
        let taken: Vec<u32> = (0..logs.len()).filter(own).filter_map(|at| numbers[at]).collect();
        let is_open = |at: usize| own(&at) && numbers[at].is_none() && format != Format::Log4brains;
        let needs: Vec<bool> = (0..logs.len()).map(is_open).collect();
        for (at, given) in assign(&chosen.items, &needs, &taken).into_iter().enumerate() {
            numbers[at] = numbers[at].or(given);
        }
    }
    let mut names: BTreeSet<RepoPath> = BTreeSet::new();
    let goal = |(at, item): (usize, &Item)| {
        let folder = if several { output.join(logs[at].as_bytes()) } else { None };
        let folder = folder.unwrap_or_else(|| output.clone());
        let name = exchange::name(item, format, numbers[at], width);
        let path = folder.join(name.as_bytes()).unwrap_or_default();
        let path = free(path, &|path| names.contains(path));
        names.insert(path.clone());
        let as_it_is = item.record().format == format && !item.text.lacks_front(format);
        Goal { path, number: numbers[at], format, as_it_is }
    };
    chosen.items.iter().enumerate().map(goal).collect()
}

/// The settings of a log4brains project, where several logs become packages.
const PROJECT: &str = ".log4brains.yml";

fn project(decisions: &Decisions<'_>, chosen: &Chosen, format: Format) -> Option<String> {
    let logs = chosen.pages.iter().map(|page| decisions.catalogue.log_of(&page.path));
    let logs: BTreeSet<RepoPath> = logs.collect();
    if format != Format::Log4brains || logs.len() < 2 {
        return None;
    }
    // The one nearest to the top is everybody's.
    let own = logs.iter().min_by_key(|log| log.depth())?;
    let quoted = |text: &str| serde_json::to_string(text).unwrap_or_default();
    let folder =
        |log: &RepoPath| if log.is_root() { ".".to_owned() } else { log.text().into_owned() };
    let packages = logs.iter().filter(|log| *log != own).map(|log| {
        let name = log.parent().text().replace('/', "-");
        let (name, path) = (quoted(&name), quoted(&log.parent().text()));
        format!(
            "    - name: {name}\n      path: {path}\n      adrFolder: {}\n",
            quoted(&folder(log))
        )
    });
    let packages: Vec<String> = packages.collect();
    Some(format!(
        "project:\n  name: decisions\n  tz: Etc/UTC\n  adrFolder: {}\n  packages:\n{}",
        quoted(&folder(own)),
        packages.concat()
    ))
}

/// The new file; `None` where it stands there already.
fn change(output: &RepoPath, path: RepoPath, text: String) -> Result<Option<FileChange>, OpError> {
    let full = Path::new("/").join(&*output.text()).join(&*path.text());
    match fs::read(&full) {
        Ok(bytes) if bytes == text.as_bytes() => Ok(None),
        Ok(_) => Err(OpError::Invalid {
            message: format!("'{}' is there already, with another text", full.display()),
            hint: "nothing was written; name another folder: -o DIR".to_owned(),
        }),
        Err(_) => Ok(Some(FileChange { path, before: None, after: Some(text.into_bytes()) })),
    }
}

/// Where an export says what it is about to do; gone when it is done.
const JOURNAL: &str = ".prode-export";

fn door(output: &Path) -> Edits {
    Edits::new(output.to_owned(), output.join(JOURNAL))
}

/// All files or none; a killed export is ended by the next one.
fn write(output: &Path, changes: &[FileChange]) -> Result<(), OpError> {
    let failed = |error: std::io::Error| OpError::File {
        path: output.display().to_string(),
        reason: error.to_string(),
    };
    fs::create_dir_all(output).map_err(failed)?;
    door(output).apply(changes)?;
    let journal = output.join(JOURNAL);
    // Best effort: an empty folder that stays harms nobody.
    let _ = fs::remove_file(journal.join("lock"));
    let _ = fs::remove_dir(journal);
    Ok(())
}

/// The folder as it will be known, though it may not be there yet.
fn absolute(folder: &Path) -> PathBuf {
    let there = folder.ancestors().find(|above| above.exists());
    let real = there.and_then(|there| Some((there.canonicalize().ok()?, there)));
    match real {
        Some((real, there)) => real.join(folder.strip_prefix(there).unwrap_or(Path::new(""))),
        None => folder.to_owned(),
    }
}

/// `folder` is the output as the repository calls it, where it is inside.
fn notes(options: &Options, folder: &str) -> Vec<String> {
    match options.to.as_str() {
        "backstage" => vec![format!(
            "tell Backstage where they are, in catalog-info.yaml: \
             backstage.io/adr-location: {folder}"
        )],
        _ => Vec::new(),
    }
}
