//! What `lint` answers: counts, and findings as scripts read them.

use std::collections::BTreeMap;

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use super::Round;
use crate::diagnostic::Severity;
use crate::lint::{Finding, named};

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
    /// Rules that are on and could not look, and why.
    pub silent: Vec<Silent>,
    /// What `--alerts` read; null where it was not given.
    pub alerts: Option<Alerts>,
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

/// Alert rules that were read.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct Alerts {
    /// Files.
    pub files: usize,
    /// Alerts in them; recording rules are not counted.
    pub alerts: usize,
    /// Those that page somebody.
    pub paging: usize,
}

/// A rule that could not look.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct Silent {
    /// Its id.
    pub rule: String,
    /// Why, and what to do about it.
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

pub(super) fn answer(round: &Round) -> Answer {
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
        silent: outcome
            .silent
            .iter()
            .map(|it| Silent { rule: it.rule.clone(), reason: it.why.clone() })
            .collect(),
        alerts: round.alerts.clone(),
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
