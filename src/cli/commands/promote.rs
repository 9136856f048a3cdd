//! `prode promote`

use crate::cli::context::Context;
use crate::cli::diff;
use crate::cli::named::LearningArg;
use crate::cli::ui::{style, styled};
use crate::cli::{Failure, Outcome};
use crate::ops::counted;
use crate::ops::proposal::{Checks, PromoteOptions, Promoted, promote};
use crate::rendering::visible_line;

/// What `promote` takes.
#[derive(Debug, clap::Args)]
#[command(after_help = "The change is made in memory on the trunk and committed on the branch\n\
    prode/promote/L-…; no file of yours and not the trunk. Run again, it updates that branch,\n\
    and the pull request that is opened where a forge is set up.\n\n\
    Example:\n  prode promote L-3f2a91c07be4 --dry-run\n  prode promote L-3f2a91c07be4\n  \
    prode promote L-3f2a91c07be4 --to wiki/queue.md#mitigations --action replace")]
pub struct Args {
    #[command(flatten)]
    learning: LearningArg,
    /// Another place: a page and a section, or new:wiki/page.md
    #[arg(long, value_name = "PATH#SECTION")]
    to: Option<String>,
    /// Another action: append, replace, new, contradict
    #[arg(long, value_name = "ACTION")]
    action: Option<String>,
    /// Open a pull request, or fail where that is not possible
    #[arg(long, conflicts_with = "dry_run")]
    open_pr: bool,
    /// Show the change and what checks say of it; no branch is made
    #[arg(long)]
    dry_run: bool,
}

pub(super) fn run(context: &mut Context<'_>, args: &Args) -> Result<Outcome, Failure> {
    let form = context.form()?;
    let id = args.learning.id()?;
    let Args { to, action, dry_run, open_pr, .. } = args;
    let (to, action) = (to.clone(), action.clone());
    let options = PromoteOptions { to, action, dry_run: *dry_run, open_pr: *open_pr };
    let answer = promote(&context.workspace()?, &id, &options)?;
    context.give(form, &answer, tell);
    Ok(Outcome::Done)
}

fn tell(context: &mut Context<'_>, answer: &Promoted) {
    diff::print(context, &answer.diff);
    if let Some(found) = &answer.checks {
        checks(context, found);
    }
    let path = styled(style::PATH, visible_line(&answer.path));
    let verdict = match (answer.status.as_str(), &answer.remote) {
        ("said", _) => format!("{path} says it already"),
        ("would", _) => format!("would change {path} on {}", answer.branch),
        ("unchanged", _) => format!("{} holds it already", answer.branch),
        (status, Some(remote)) => format!("{status} on {}, pushed to {remote}", answer.branch),
        (status, None) => format!("{status} on {}", answer.branch),
    };
    context.ui.line(format!("{}  {verdict}", styled(style::TITLE, &answer.id)));
    if let (Some(pull), Some(how)) = (&answer.pull, &answer.pull_status) {
        let draft = if pull.draft == Some(true) { ", a draft" } else { "" };
        let url = pull.url.as_deref().unwrap_or_default();
        context.ui.line(format!("  {how} {}{draft}  {}", pull.name, visible_line(url)));
    }
    for command in &answer.next {
        context.ui.line(format!("  {command}"));
    }
    for note in &answer.notes {
        context.ui.note(visible_line(note));
    }
}

/// What lint and the route tests found.
pub(super) fn checks(context: &mut Context<'_>, checks: &Checks) {
    for it in &checks.findings {
        let words = format!("{}:{} {}: {}", it.path, it.line, it.rule, it.message);
        context.ui.line(styled(style::WARNING, visible_line(&words)));
    }
    for it in &checks.failing {
        let begins = if it.regression { "begins to fail" } else { "fails, as on the trunk" };
        let got = it.case.got.first().map_or("nothing", String::as_str);
        let expected = it.case.expect.first().map_or("nothing", String::as_str);
        let words = format!(
            "route test {begins}: '{}' gives {got}, not {expected}",
            it.case.text.lines().next().unwrap_or_default()
        );
        context.ui.line(styled(style::WARNING, visible_line(&words)));
    }
    if checks.findings.is_empty() && checks.failing.is_empty() {
        let tests = counted(checks.route_tests, "route test");
        context.ui.line(format!("lint finds nothing new; {tests}, none fails"));
    }
}
