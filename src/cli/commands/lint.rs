//! `prode lint`

use std::collections::BTreeMap;
use std::path::PathBuf;

use crate::cli::columns::{self, Cell};
use crate::cli::context::Context;
use crate::cli::revision::RevisionArgs;
use crate::cli::ui::{style, styled};
use crate::cli::{Failure, Outcome};
use crate::diagnostic::Severity;
use crate::lint::{reference_page, sarif, workflow_commands};
use crate::ops::counted;
use crate::ops::lint::{self, Answer, Item};
use crate::rendering::visible_line;

/// What `lint` takes.
#[expect(clippy::struct_excessive_bools, reason = "each is a switch of its own")]
#[derive(Debug, clap::Args)]
#[command(after_help = "Example:\n  prode lint\n  prode lint wiki/runbooks --rule links --all\n  \
    prode lint --fix\n  \
    prode lint --baseline .prode/lint-baseline.json\n  \
    prode lint --against main --format github\n  \
    prode lint --alerts 'rules/**/*.yaml' --rule alerts")]
pub struct Args {
    /// Files and folders [default: everything]
    #[arg(value_name = "PATH")]
    paths: Vec<PathBuf>,
    /// Only this rule or family (links, document, adr, …); may be repeated
    #[arg(long, value_name = "RULE")]
    rule: Vec<String>,
    /// Mend what is safe to mend
    #[arg(long)]
    fix: bool,
    /// Files with alert rules of Prometheus: hold them and the runbooks to each other; may be repeated
    #[arg(long, value_name = "GLOB")]
    alerts: Vec<String>,
    /// Report only what this revision does not have
    #[arg(long, value_name = "REV")]
    against: Option<String>,
    /// Report only what this file does not have; it is written where it is not there
    #[arg(long, value_name = "FILE")]
    baseline: Option<PathBuf>,
    /// Write the baseline anew
    #[arg(long, requires = "baseline")]
    update_baseline: bool,
    /// List every finding, however many there are
    #[arg(long)]
    all: bool,
    /// Print what every rule is for, as Markdown, and end
    #[arg(long)]
    explain: bool,
    #[command(flatten)]
    revision: RevisionArgs,
}

/// More findings than this are summed up first.
const MANY: usize = 50;
/// Pages in the summary.
const WORST: usize = 10;

pub(super) fn run(context: &mut Context<'_>, args: &Args) -> Result<Outcome, Failure> {
    let format = context.format(&["text", "json", "sarif", "github"])?;
    if args.explain {
        context.ui.text(reference_page());
        return Ok(Outcome::Done);
    }
    let workspace = context.workspace()?;
    let options = lint::Options {
        asked: args.revision.asked_or_work_tree(),
        rules: args.rule.clone(),
        paths: args.paths.clone(),
        current: context.current.clone(),
        against: args.against.clone(),
        baseline: args.baseline.as_ref().map(|file| context.current.join(file)),
        update_baseline: args.update_baseline,
        fix: args.fix,
        alerts: args.alerts.clone(),
    };
    let (report, memory) = lint::run(&workspace, &options)?;
    let answer = &report.answer;
    match format {
        "json" => context.ui.json(answer),
        "sarif" => context.ui.json(&sarif(&report.outcome)),
        "github" => context.ui.raw(workflow_commands(&report.outcome.findings).as_bytes()),
        _ => print(context, answer, args.all || !args.rule.is_empty()),
    }
    if format == "github" {
        for silent in &answer.silent {
            context.ui.note(format!("not looked for: {}: {}", silent.rule, silent.reason));
        }
        context.ui.note(counts(answer).join("; "));
    }
    context.flush()?;
    let found = answer.errors > 0;
    context.close(workspace, memory);
    Ok(if found { Outcome::Found } else { Outcome::Done })
}

fn print(context: &mut Context<'_>, answer: &Answer, all: bool) {
    let many = answer.findings.len() > MANY;
    if many {
        summary(context, answer);
    }
    if !many || all {
        list(context, answer);
    }
    for path in &answer.changed {
        context.ui.line(format!("mended {}", styled(style::PATH, visible_line(path))));
    }
    for skipped in &answer.skipped {
        let path = styled(style::PATH, visible_line(&skipped.path));
        context.ui.line(format!("not checked: {path}: {}", visible_line(&skipped.reason)));
    }
    for silent in &answer.silent {
        let rule = styled(style::FAINT, &silent.rule);
        context.ui.line(format!("not looked for: {rule}: {}", visible_line(&silent.reason)));
    }
    for line in counts(answer) {
        context.ui.line(line);
    }
    if many && !all {
        context.ui.line("");
        context.ui.line(styled(
            style::HINT,
            "every finding: prode lint --all; one rule: prode lint --rule RULE",
        ));
        let file = ".prode/lint-baseline.json";
        context.ui.line(styled(
            style::HINT,
            format!("keep what is there and see only what is new: prode lint --baseline {file}"),
        ));
    }
}

fn summary(context: &mut Context<'_>, answer: &Answer) {
    context.ui.line(styled(style::TITLE, "By rule"));
    let row = |it: &lint::OfRule| -> Vec<Cell> {
        vec![
            (style::FAINT, format!("{:>6}", it.count)),
            (look(it.severity), level(it.severity).to_owned()),
            (style::TITLE, it.rule.clone()),
            (anstyle::Style::new(), it.summary.clone()),
        ]
    };
    columns::print(context, answer.by_rule.iter().map(row));
    context.ui.line("");
    context.ui.line(styled(style::TITLE, "Worst pages"));
    columns::print(context, worst(answer));
    context.ui.line("");
}

/// Pages with the most errors, then warnings, then anything.
fn worst(answer: &Answer) -> Vec<Vec<Cell>> {
    let mut pages: BTreeMap<&str, [usize; 3]> = BTreeMap::new();
    for finding in &answer.findings {
        let at = match finding.severity {
            Severity::Error => 0,
            Severity::Warning => 1,
            Severity::Info => 2,
        };
        pages.entry(&finding.path).or_default()[at] += 1;
    }
    let mut pages: Vec<_> = pages.into_iter().collect();
    pages.sort_by_key(|(path, counts)| (std::cmp::Reverse(*counts), *path));
    let row = |(path, counts): (&str, [usize; 3])| -> Vec<Cell> {
        let names = ["error", "warning", "info"];
        let parts = counts.iter().zip(names).filter(|(count, _)| **count > 0);
        let text: Vec<String> = parts.map(|(count, name)| counted(*count, name)).collect();
        let total: usize = counts.iter().sum();
        vec![
            (style::FAINT, format!("{total:>6}")),
            (style::PATH, path.to_owned()),
            (anstyle::Style::new(), text.join(", ")),
        ]
    };
    pages.into_iter().take(WORST).map(row).collect()
}

fn list(context: &mut Context<'_>, answer: &Answer) {
    let mut before = "";
    for finding in &answer.findings {
        if finding.path != before {
            if !before.is_empty() {
                context.ui.line("");
            }
            context.ui.line(styled(style::PATH, visible_line(&finding.path)));
            before = &finding.path;
        }
        item(context, finding);
    }
    if !answer.findings.is_empty() {
        context.ui.line("");
    }
}

fn item(context: &mut Context<'_>, finding: &Item) {
    let place = match (finding.line, finding.column) {
        (0, _) => String::new(),
        (line, 0) => line.to_string(),
        (line, column) => format!("{line}:{column}"),
    };
    let level = styled(look(finding.severity), format!("{:<7}", level(finding.severity)));
    let rule = styled(style::FAINT, &finding.rule);
    let message = visible_line(&finding.message);
    context.ui.line(format!("  {place:>8}  {level}  {message}  {rule}"));
    let fix = if finding.fixable { " (prode lint --fix)" } else { "" };
    let hint = visible_line(&finding.hint);
    context.ui.line(styled(style::HINT, format!("{:21}{hint}{fix}", "")));
}

/// What was found and what was looked at: always said.
fn counts(answer: &Answer) -> Vec<String> {
    let Answer { errors, warnings, infos, .. } = answer;
    let mut found = format!(
        "{}: {}, {}, {infos} info",
        counted(answer.findings.len(), "finding"),
        counted(*errors, "error"),
        counted(*warnings, "warning"),
    );
    let fixable = answer.findings.iter().filter(|it| it.fixable).count();
    if fixable > 0 {
        found.push_str(&format!("; {fixable} can be mended by prode lint --fix"));
    }
    for (count, what) in [
        (answer.fixed, "mended"),
        (answer.known, "known already and left out"),
        (answer.ignored, "ignored by comments"),
    ] {
        if count > 0 {
            found.push_str(&format!("; {count} {what}"));
        }
    }
    let mut lines = vec![found];
    let checked = counted(answer.checked, "page");
    let mut looked = format!("checked {checked} with {}", counted(answer.rules, "rule"));
    if answer.templates > 0 {
        let templates = counted(answer.templates, "template");
        looked.push_str(&format!("; not checked: {templates}, which hold placeholders"));
    }
    if !answer.skipped.is_empty() {
        looked.push_str(&format!("; skipped: {}", answer.skipped.len()));
    }
    lines.push(looked);
    if let Some(read) = &answer.alerts {
        let lint::Alerts { files, alerts, paging } = read;
        let (files, alerts) = (counted(*files, "file"), counted(*alerts, "alert"));
        lines.push(format!("read {alerts} in {files}; {paging} of them page somebody"));
    }
    if let Some(file) = &answer.recorded {
        lines.push(format!(
            "recorded {} in {}",
            counted(answer.known, "finding"),
            visible_line(file)
        ));
    }
    lines
}

fn level(severity: Severity) -> &'static str {
    match severity {
        Severity::Info => "info",
        Severity::Warning => "warning",
        Severity::Error => "error",
    }
}

fn look(severity: Severity) -> anstyle::Style {
    match severity {
        Severity::Info => style::FAINT,
        Severity::Warning => style::WARNING,
        Severity::Error => style::ERROR,
    }
}
