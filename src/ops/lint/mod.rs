//! `lint`: what is wrong, where, and what mends it.

mod alerts;
mod answer;
mod code;
mod earlier;
mod files;
mod forge;
mod history;
mod inputs;
mod known;
mod records;
mod repair;
mod side;

use std::collections::BTreeSet;
use std::path::PathBuf;
use std::sync::Mutex;

use super::error::OpError;
use super::threads::spread;
use crate::hint::nearest;
use crate::lint::{
    self, Context, Finding, Levels, Order, Outcome, RULES, Selection, Share, conclude,
};
use crate::repo_path::RepoPath;
use crate::workspace::{Asked, Memory, Workspace};
pub use answer::{Alerts, Answer, Item, OfRule, Silent, Skipped};
use repair::Seen;
use side::Side;

/// Pages that are worth a thread.
const BATCH: usize = 16;

/// What is wanted.
#[derive(Debug, Clone, Default)]
pub struct Options {
    /// Which revision is looked at; usually the work tree.
    pub asked: Asked,
    /// Rules or families; empty is all.
    pub rules: Vec<String>,
    /// Files and folders as typed; empty is everything.
    pub paths: Vec<PathBuf>,
    /// The folder that typed paths start from.
    pub current: PathBuf,
    /// Report only what is not in this revision.
    pub against: Option<String>,
    /// Report only what is not in this file; it is written where it is not there.
    pub baseline: Option<PathBuf>,
    /// Write the file anew.
    pub update_baseline: bool,
    /// Mend what is safe to mend.
    pub fix: bool,
    /// Patterns of files with alert rules, as typed.
    pub alerts: Vec<String>,
}

/// The answer, and what other formats are made of.
pub struct Report {
    /// For people and scripts.
    pub answer: Answer,
    /// For SARIF and workflow commands.
    pub outcome: Outcome,
}

/// Looks, mends where that is wanted, and looks again.
pub fn run(workspace: &Workspace, options: &Options) -> Result<(Report, Memory), OpError> {
    if options.fix && (options.asked != Asked::WorkTree || workspace.folder().is_none()) {
        return Err(OpError::Usage {
            message: "--fix mends files on disk, and this reads a commit".to_owned(),
            hint: "leave out --rev and --as-of".to_owned(),
        });
    }
    let selection = selection(workspace, options)?;
    let mut round = look(workspace, options, &selection)?;
    let (mut fixed, mut changed) = (0, BTreeSet::new());
    if options.fix {
        for _ in 0..repair::ROUNDS {
            let done = repair::write(workspace, &round.outcome.findings, &round.seen)?;
            if done.findings == 0 {
                break;
            }
            fixed += done.findings;
            changed.extend(done.files);
            round = look(workspace, options, &selection)?;
        }
    }
    let recorded = match &options.baseline {
        Some(file) => known::record(file, &round.all, options.update_baseline)?,
        None => None,
    };
    if recorded.is_some() {
        round.known = round.all.len();
        round.outcome.findings.clear();
    }
    let changed = changed.iter().map(|path| path.text().into_owned()).collect();
    let answer = Answer { fixed, changed, recorded, ..answer::answer(&round) };
    Ok((Report { answer, outcome: round.outcome }, round.memory))
}

/// What one look saw.
struct Round {
    memory: Memory,
    outcome: Outcome,
    /// Everything, known or not.
    all: Vec<Finding>,
    known: usize,
    templates: usize,
    alerts: Option<Alerts>,
    seen: Seen,
}

fn look(workspace: &Workspace, options: &Options, selection: &Selection) -> Result<Round, OpError> {
    let memory = workspace.memory(&options.asked)?;
    let levels = Levels::read(&memory.settings.section("lint").merged());
    let mut seen = Seen::default();
    let keeps = options.fix.then_some(&mut seen);
    let side = Side { workspace, options, memory: &memory, asked: &options.asked, levels: &levels };
    let base = options.against.as_deref();
    let (mut outcome, outside) = looked(&side, selection, &history::Since::Parted(base), keeps)?;
    strangers(workspace, options, &memory, selection, &mut outcome)?;
    let all = outcome.findings.clone();
    let mut known = 0;
    if let Some(rev) = base {
        known += leave_new(&side, rev, selection, &mut outcome.findings)?;
    }
    if let Some(file) = options.baseline.as_ref().filter(|_| !options.update_baseline) {
        known += known::read(file)?.map_or(0, |it| it.leave_new(&mut outcome.findings));
    }
    let alerts = alerts::counted(outside.inputs.alerts.as_deref());
    let templates = outside.templates;
    Ok(Round { memory, outcome, all, known, templates, alerts, seen })
}

/// Takes out what `rev` has too. Only rules and files that have findings now
/// are looked at there. A number that is taken elsewhere is never old: it must
/// be mended before this branch lands.
fn leave_new(
    now: &Side<'_>,
    rev: &str,
    selection: &Selection,
    findings: &mut Vec<Finding>,
) -> Result<usize, OpError> {
    let asked = Asked::Rev(rev.to_owned());
    // A revision that is not there is an error, whatever was found.
    let old = now.workspace.memory(&asked)?;
    let rules: BTreeSet<&str> = findings.iter().map(|it| it.rule).collect();
    let paths: BTreeSet<&RepoPath> = findings.iter().map(|it| &it.path).collect();
    if rules.is_empty() {
        return Ok(0);
    }
    let narrowed = Selection {
        rules: rules.into_iter().map(str::to_owned).collect(),
        paths: if paths.len() < FEW {
            paths.into_iter().cloned().collect()
        } else {
            selection.paths.clone()
        },
    };
    let side = Side { memory: &old, asked: &asked, ..*now };
    let (before, _) = looked(&side, &narrowed, &history::Since::Nothing, None)?;
    Ok(lint::Baseline::of(&before.findings).leave_new(findings))
}

/// Up to so many files are looked at one by one, as if they had been named.
const FEW: usize = 100;

fn looked(
    side: &Side<'_>,
    selection: &Selection,
    since: &history::Since<'_>,
    seen: Option<&mut Seen>,
) -> Result<(Outcome, inputs::Outside), OpError> {
    let Side { workspace, memory, levels, .. } = *side;
    let catalogue = memory.catalogue()?;
    let graph = catalogue.graph();
    let outside = inputs::gather(side, &catalogue, selection, since)?;
    let reader = workspace.reader(memory)?;
    let exists = |path: &RepoPath| reader.may_exist(path);
    let context = Context::new(&catalogue, &graph, memory.today(), &exists, &outside.inputs);
    let seen = Mutex::new(seen);
    let bytes: &lint::Bytes<'_> = &|page| {
        let bytes = reader.own_bytes(page)?;
        if let Some(seen) = seen.lock().ok()?.as_deref_mut() {
            seen.remember(&page.path, &bytes);
        }
        Some(bytes)
    };
    let pages = catalogue.pages();
    let order = Order { selection, levels };
    let begin = || Share::new(&context, order);
    let shares = spread(pages.len(), BATCH, begin, |share, at| {
        share.page(&context, &pages[at], bytes);
    });
    Ok((conclude(context, order, shares), outside))
}

/// What `rules` find in `memory`, for an operation that has it open already.
/// `alerts` are patterns of files with alert rules, from the top folder.
pub(in crate::ops) fn of_rules(
    workspace: &Workspace,
    asked: &Asked,
    memory: &Memory,
    rules: &[&str],
    alerts: &[String],
) -> Result<Outcome, OpError> {
    let levels = Levels::read(&memory.settings.section("lint").merged());
    let current = workspace.folder().map(std::path::Path::to_owned).unwrap_or_default();
    let options = Options { current, alerts: alerts.to_vec(), ..Options::default() };
    let side = Side { workspace, options: &options, memory, asked, levels: &levels };
    let rules = rules.iter().map(|rule| (*rule).to_owned()).collect();
    let selection = Selection { rules, paths: Vec::new() };
    Ok(looked(&side, &selection, &history::Since::Nothing, None)?.0)
}

/// Names of families become their rules, typed paths become the repository's.
fn selection(workspace: &Workspace, options: &Options) -> Result<Selection, OpError> {
    let mut rules = Vec::new();
    for name in &options.rules {
        let of_family = RULES.iter().filter(|rule| rule.family.name() == name);
        let before = rules.len();
        rules.extend(
            of_family.chain(RULES.iter().filter(|it| it.id == name)).map(|it| it.id.to_owned()),
        );
        if rules.len() == before {
            let near = nearest(name, RULES.iter().map(|rule| rule.id));
            return Err(OpError::Usage {
                message: format!("there is no rule '{name}'"),
                hint: near.map_or_else(
                    || "all rules: prode lint --explain".to_owned(),
                    |near| format!("did you mean '{near}'?"),
                ),
            });
        }
    }
    let paths = options.paths.iter().map(|path| inputs::in_repository(workspace, options, path));
    Ok(Selection { rules, paths: paths.collect::<Result<_, _>>()? })
}

/// Typed paths that hold no page are said, not passed over.
fn strangers(
    workspace: &Workspace,
    options: &Options,
    memory: &Memory,
    selection: &Selection,
    outcome: &mut Outcome,
) -> Result<(), OpError> {
    let pages = if selection.paths.is_empty() { Vec::new() } else { memory.snapshot.pages()? };
    for (path, typed) in selection.paths.iter().zip(&options.paths) {
        if pages.iter().any(|page| page.path.is_below(path)) {
            continue;
        }
        if !path.is_root() && !workspace.may_exist(memory, path) {
            return Err(OpError::NotFound {
                message: format!("'{}' does not exist", typed.display()),
                hint: "see what is there: prode list".to_owned(),
            });
        }
        let is_yaml = matches!(path.extension().as_deref(), Some("yaml" | "yml"));
        let why = if is_yaml && !options.alerts.is_empty() {
            "no page; write a pattern of --alerts in quotes, or --alerts before each file"
                .to_owned()
        } else {
            "no page: a template, no Markdown, or outside the roots".to_owned()
        };
        outcome.skipped.push(lint::Skipped { path: path.clone(), why });
    }
    Ok(())
}
