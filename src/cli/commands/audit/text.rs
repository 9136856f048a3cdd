//! The report for a terminal.

use std::collections::BTreeMap;

use super::cap;
use crate::audit::{Aside, Changed, Finding, Group, grouped};
use crate::cli::columns::{Cell, lines};
use crate::cli::context::Context;
use crate::cli::ui::{style, styled};
use crate::ops::audit::{Answer, CloneSeen, LocalPart, OfQuarter, Past, Report};
use crate::ops::counted;
use crate::rendering::visible_line;

/// Files of one finding that are shown.
const FILES: usize = 3;
/// Lines about what was not looked at.
const SKIPPED: usize = 6;
/// Points from which on a finding is marked.
const RISKY: u32 = 60;

pub(super) fn print(context: &mut Context<'_>, report: &Report, all: bool) {
    for line in head(&report.answer) {
        context.ui.line(line);
    }
    for group in grouped(&report.findings, cap(report, all)) {
        context.ui.line("");
        context.ui.line(title(&group));
        for finding in &group.findings {
            one(context, finding);
        }
    }
    trend(context, &report.answer.trend);
    context.ui.line("");
    for line in foot(report, all) {
        context.ui.line(line);
    }
}

/// What was looked at: both commits and the day.
fn head(answer: &Answer) -> Vec<String> {
    let short = |id: &String| id.chars().take(12).collect::<String>();
    let commit = answer.commit.as_ref().map_or_else(|| "no commit".to_owned(), short);
    let inbox = answer.inbox.as_ref();
    let inbox = inbox.map_or_else(|| "no inbox".to_owned(), |id| format!("inbox {}", short(id)));
    let title = format!("Audit {} as of {}", answer.quarter, answer.as_of);
    let mut commits = format!("{} at {commit}, {inbox}", visible_line(&answer.revision));
    if let Some(rev) = &answer.against {
        commits.push_str(&format!(", against {}", visible_line(rev)));
    }
    let mut lines = vec![styled(style::TITLE, title), styled(style::FAINT, commits)];
    lines.extend(answer.local.as_ref().map(|it| styled(style::FAINT, local(it))));
    lines
}

/// What only this machine knows.
pub(super) fn local(part: &LocalPart) -> String {
    let questions = usize::try_from(part.questions).unwrap_or(usize::MAX);
    let since =
        part.since.as_deref().map_or_else(String::new, |it| format!(", counted since {it}"));
    format!(
        "with what only this machine knows: {} in {} days{since}{}",
        counted(questions, "question"),
        part.days,
        clones(part)
    )
}

/// The clones that were looked at.
fn clones(part: &LocalPart) -> String {
    let one = |it: &CloneSeen| {
        let commit: String = it.commit.chars().take(12).collect();
        format!("; {} at {commit} of {}", visible_line(&it.repository), it.day)
    };
    part.repositories.iter().map(one).collect()
}

fn title(group: &Group<'_>) -> String {
    let all = group.findings.len() + group.more;
    let more = match group.more {
        0 => String::new(),
        _ => format!(", the first {} shown", group.findings.len()),
    };
    let owner = styled(style::TITLE, visible_line(&group.owner));
    format!("{owner}  {}", styled(style::FAINT, format!("{}{more}", counted(all, "finding"))))
}

fn one(context: &mut Context<'_>, finding: &Finding) {
    let risk = finding.risk.total();
    let look = if risk >= RISKY { style::WARNING } else { style::FAINT };
    let path = finding.path.text();
    context.ui.line(format!(
        "  {}  {}  {}  {}",
        styled(look, format!("{risk:>3}")),
        styled(style::PATH, visible_line(&path)),
        finding.signal,
        styled(style::FAINT, &finding.id)
    ));
    context.ui.line(format!("       {}", visible_line(&finding.why)));
    let rows: Vec<Vec<Cell>> = finding.changed.iter().take(FILES).map(file).collect();
    for line in lines(&rows) {
        context.ui.line(format!("         {line}"));
    }
    let hidden = finding.changed_total.saturating_sub(finding.changed.len().min(FILES));
    if hidden > 0 {
        context.ui.line(styled(style::FAINT, format!("         and {hidden} more")));
    }
    if let Some(command) = finding.settle.first() {
        context.ui.line(styled(style::HINT, format!("       {}", visible_line(command))));
    }
}

/// A file, its lines, its newest commits.
fn file(changed: &Changed) -> Vec<Cell> {
    let what = match &changed.how {
        Aside::MovedTo(path) => format!("moved to {path}"),
        Aside::Removed => format!("gone, -{}", changed.removed),
        Aside::Added => format!("new, +{}", changed.added),
        Aside::Changed => format!("+{} -{}", changed.added, changed.removed),
    };
    let ids: Vec<String> = changed.commits.iter().take(3).map(|it| it.short(7)).collect();
    let more = match changed.commits.len().saturating_sub(3) {
        0 => String::new(),
        more => format!(" and {more} more"),
    };
    vec![
        (style::PATH, changed.place()),
        (anstyle::Style::new(), what),
        (style::FAINT, format!("{}{more}", ids.join(" "))),
    ]
}

fn trend(context: &mut Context<'_>, quarters: &[OfQuarter]) {
    if quarters.is_empty() {
        return;
    }
    context.ui.line("");
    context.ui.line(styled(style::TITLE, "Past quarters"));
    let name = |text: &str| (style::FAINT, text.to_owned());
    let mut rows: Vec<Vec<Cell>> = vec![vec![
        name("quarter"),
        name("pages"),
        name("findings"),
        name("settled"),
        name("dismissed"),
        name("untouched"),
        name("precision"),
    ]];
    for quarter in quarters {
        let plain = |text: String| (anstyle::Style::new(), text);
        let of = |count: fn(&Past) -> usize| {
            plain(quarter.fate.as_ref().map_or_else(|| "-".to_owned(), |it| count(it).to_string()))
        };
        let precision = quarter.fate.as_ref().and_then(|it| it.precision);
        rows.push(vec![
            plain(quarter.quarter.clone()),
            plain(quarter.checked.to_string()),
            plain(quarter.findings.to_string()),
            of(|it| it.settled),
            of(|it| it.dismissed),
            of(|it| it.untouched),
            plain(precision.map_or_else(|| "-".to_owned(), |it| format!("{it} %"))),
        ]);
    }
    for line in lines(&rows) {
        context.ui.line(format!("  {line}"));
    }
}

/// What was found and what was looked at: always said.
fn foot(report: &Report, all: bool) -> Vec<String> {
    let answer = &report.answer;
    let mut found = format!(
        "{} on {}",
        counted(answer.findings.len(), "finding"),
        counted(answer.checked, "page")
    );
    found.push_str(&by_signal(&report.findings));
    if answer.dismissed > 0 {
        found.push_str(&format!("; {} dismissed and left out", answer.dismissed));
    }
    let mut lines = vec![found];
    if let Some(past) = &answer.precision {
        lines.push(past.in_words());
    }
    for skipped in answer.skipped.iter().take(SKIPPED) {
        let (what, reason) = (visible_line(&skipped.what), visible_line(&skipped.reason));
        lines.push(format!("not looked at: {what}: {reason}"));
    }
    if let more @ 1.. = answer.skipped.len().saturating_sub(SKIPPED) {
        lines.push(format!("not looked at: {more} more, see --json"));
    }
    if !answer.findings.is_empty() {
        let id = answer.findings.first().map_or("A-…", |it| it.id.as_str());
        lines.push(styled(style::HINT, format!("a false alarm: prode dismiss {id} --why WHY")));
    }
    if !all && grouped(&report.findings, report.cap).iter().any(|group| group.more > 0) {
        lines.push(styled(style::HINT, "every finding: prode audit --all"));
    }
    lines
}

/// How many of each signal, the most frequent first.
fn by_signal(findings: &[Finding]) -> String {
    let mut counts: BTreeMap<&str, usize> = BTreeMap::new();
    for finding in findings {
        *counts.entry(finding.signal).or_default() += 1;
    }
    let mut counts: Vec<(&str, usize)> = counts.into_iter().collect();
    counts.sort_by_key(|(signal, count)| (std::cmp::Reverse(*count), *signal));
    let words: Vec<String> =
        counts.iter().map(|(signal, count)| format!("{count} {signal}")).collect();
    if words.is_empty() { String::new() } else { format!(": {}", words.join(", ")) }
}
