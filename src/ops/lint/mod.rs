//! `lint`: what is wrong, where, and what mends it.

mod inputs;
mod known;
mod repair;

use std::collections::BTreeMap;
use std::path::PathBuf;

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use super::error::OpError;
use crate::diagnostic::Severity;
use crate::hint::nearest;
use crate::lint::{self, Context, Finding, Levels, Outcome, RULES, Selection, named};
use crate::repo_path::RepoPath;
use crate::workspace::{Asked, Memory, Workspace};
use repair::Seen;

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
}

/// Everything that was found.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct Answer {
    /// `prode.lint/v1`.
    pub schema: String,
    /// The commit that was looked at, or that the disk is compared with; null outside Git.
    pub commit: Option<String>,
    /// True if files on disk count instead of the commit's.
    pub worktree: bool,
    /// Pages that were looked at.
    pub checked: usize,
    /// Rules that were on.
    pub rules: usize,
    /// What was not looked at, and why.
    pub skipped: Vec<Skipped>,
    /// Templates, which hold placeholders and are not looked at.
    pub templates: usize,
    /// Findings at level error.
    pub errors: usize,
    /// Findings at level warning.
    pub warnings: usize,
    /// Findings at level info.
    pub infos: usize,
    /// Findings that comments ignore.
    pub ignored: usize,
    /// Findings that the baseline or the other revision has too.
    pub known: usize,
    /// Findings that were mended just now.
    pub fixed: usize,
    /// Files that were changed for it.
    pub changed: Vec<String>,
    /// The baseline that was written just now; null where none was.
    pub recorded: Option<String>,
    /// How many of each rule, the most severe and the most frequent first.
    pub by_rule: Vec<OfRule>,
    /// By path, line and column.
    pub findings: Vec<Item>,
}

/// A page that was not looked at.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct Skipped {
    /// Which.
    pub path: String,
    /// Why.
    pub reason: String,
}

/// How often a rule found something.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct OfRule {
    /// The rule's id.
    pub rule: String,
    /// The highest level among its findings.
    #[schemars(with = "String")]
    pub severity: Severity,
    /// How many.
    pub count: usize,
    /// What it reports.
    pub summary: String,
}

/// One finding.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct Item {
    /// The rule's id.
    pub rule: String,
    /// `error`, `warning` or `info`.
    #[schemars(with = "String")]
    pub severity: Severity,
    /// The file.
    pub path: String,
    /// 1-based line; 0 where it concerns the whole file.
    pub line: u32,
    /// 1-based column in characters; 0 where it concerns the whole line.
    pub column: u32,
    /// Byte offsets; null where it concerns the line or the file.
    pub span: Option<[u32; 2]>,
    /// What is wrong with which value.
    pub message: String,
    /// The command or edit that mends it.
    pub hint: String,
    /// True if `--fix` mends it.
    pub fixable: bool,
    /// The same wherever its line goes: what a baseline knows it by.
    pub print: String,
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
    let (mut fixed, mut changed) = (0, std::collections::BTreeSet::new());
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
    let answer = Answer { fixed, changed, recorded, ..answer(&round) };
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
    seen: Seen,
}

fn look(workspace: &Workspace, options: &Options, selection: &Selection) -> Result<Round, OpError> {
    let memory = workspace.memory(&options.asked)?;
    let levels = Levels::read(&memory.settings.section("lint").merged());
    let mut seen = Seen::default();
    let keeps = options.fix.then_some(&mut seen);
    let (mut outcome, templates) = looked(workspace, &memory, &levels, selection, keeps)?;
    strangers(workspace, options, &memory, selection, &mut outcome)?;
    let all = outcome.findings.clone();
    let mut known = 0;
    if let Some(rev) = &options.against {
        let old = workspace.memory(&Asked::Rev(rev.clone()))?;
        let (before, _) = looked(workspace, &old, &levels, selection, None)?;
        known += lint::Baseline::of(&before.findings).leave_new(&mut outcome.findings);
    }
    if let Some(file) = options.baseline.as_ref().filter(|_| !options.update_baseline) {
        known += known::read(file)?.map_or(0, |it| it.leave_new(&mut outcome.findings));
    }
    Ok(Round { memory, outcome, all, known, templates, seen })
}

fn looked(
    workspace: &Workspace,
    memory: &Memory,
    levels: &Levels,
    selection: &Selection,
    mut seen: Option<&mut Seen>,
) -> Result<(Outcome, usize), OpError> {
    let catalogue = memory.catalogue()?;
    let graph = catalogue.graph();
    let (inputs, templates) = inputs::gather(workspace, memory, &catalogue, selection)?;
    let exists = |path: &RepoPath| workspace.may_exist(memory, path);
    let context = Context::new(&catalogue, &graph, memory.today(), levels, &exists, &inputs);
    let outcome = lint::run(context, selection, &mut |page| {
        let bytes = workspace.own_bytes(memory, page)?;
        if let Some(seen) = seen.as_deref_mut() {
            seen.remember(&page.path, &bytes);
        }
        Some(bytes)
    });
    Ok((outcome, templates))
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
                message: format!("there is no '{}'", typed.display()),
                hint: "see what is there: prode list".to_owned(),
            });
        }
        let why = "no page: a template, no Markdown, or outside the roots".to_owned();
        outcome.skipped.push(lint::Skipped { path: path.clone(), why });
    }
    Ok(())
}

fn answer(round: &Round) -> Answer {
    let Round { memory, outcome, .. } = round;
    let count = |severity| outcome.findings.iter().filter(|it| it.severity == severity).count();
    Answer {
        schema: "prode.lint/v1".to_owned(),
        commit: memory.revision.commit.map(|commit| commit.to_string()),
        worktree: memory.revision.on_disk,
        checked: outcome.checked,
        rules: outcome.rules,
        skipped: outcome
            .skipped
            .iter()
            .map(|it| Skipped { path: it.path.text().into_owned(), reason: it.why.clone() })
            .collect(),
        templates: round.templates + outcome.templates,
        errors: count(Severity::Error),
        warnings: count(Severity::Warning),
        infos: count(Severity::Info),
        ignored: outcome.ignored,
        known: round.known,
        fixed: 0,
        changed: Vec::new(),
        recorded: None,
        by_rule: by_rule(&outcome.findings),
        findings: outcome.findings.iter().map(item).collect(),
    }
}

fn by_rule(findings: &[Finding]) -> Vec<OfRule> {
    let mut counts: BTreeMap<&str, (Severity, usize)> = BTreeMap::new();
    for finding in findings {
        let entry = counts.entry(finding.rule).or_insert((finding.severity, 0));
        *entry = (entry.0.max(finding.severity), entry.1 + 1);
    }
    let row = |(rule, (severity, count)): (&str, (Severity, usize))| OfRule {
        rule: rule.to_owned(),
        severity,
        count,
        summary: named(rule).map_or_else(String::new, |rule| rule.summary.to_owned()),
    };
    let mut rows: Vec<OfRule> = counts.into_iter().map(row).collect();
    rows.sort_by_key(|row| (std::cmp::Reverse((row.severity, row.count)), row.rule.clone()));
    rows
}

fn item(finding: &Finding) -> Item {
    Item {
        rule: finding.rule.to_owned(),
        severity: finding.severity,
        path: finding.path.text().into_owned(),
        line: finding.line,
        column: finding.column,
        span: finding.span.map(|span| [span.start, span.end]),
        message: finding.message.clone(),
        hint: finding.hint.clone(),
        fixable: finding.fix.is_some(),
        print: finding.print(),
    }
}
