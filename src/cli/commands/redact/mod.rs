//! `prode redact`

mod allow;
mod reading;

use std::path::{Path, PathBuf};

use clap::Subcommand;

use crate::allowance::NOWHERE;
use crate::cli::context::Context;
use crate::cli::ui::{style, styled};
use crate::cli::{Failure, Outcome};
use crate::ops::counted;
use crate::ops::redact::{self, AllowedItem, Answer, Item};
use crate::rendering::visible_line;
pub(super) use reading::read_text;

/// What `redact` takes.
#[derive(Debug, clap::Args)]
#[command(
    args_conflicts_with_subcommands = true,
    after_help = "Nothing is written when redaction cannot decide: exit 4 names the spot.\n\
    A finding that may stand is named by its place: prode redact allow FILE:LINE:COLUMN.\n\n\
    Example:\n  prode redact ticket.md > safe.md\n  \
    kubectl logs deploy/queue | prode redact -\n  \
    prode redact --check wiki/queue.md\n  \
    prode redact --batch tickets.jsonl > safe.jsonl"
)]
pub struct Args {
    #[command(subcommand)]
    action: Option<Action>,
    /// The text [default: standard input]
    #[arg(value_name = "FILE")]
    file: Option<PathBuf>,
    /// Only say what would be hidden; exit 1 if anything is
    #[arg(long)]
    check: bool,
    /// Redact many: JSON lines {"id","text"} from a file, or - for standard input
    #[arg(long, value_name = "FILE", conflicts_with_all = ["file", "check"])]
    batch: Option<PathBuf>,
}

#[derive(Debug, Subcommand)]
enum Action {
    /// Let one finding stand, for a reason, until a day: a branch for those who keep the trunk
    Allow(allow::Args),
}

pub(super) fn run(context: &mut Context<'_>, args: &Args) -> Result<Outcome, Failure> {
    if let Some(Action::Allow(args)) = &args.action {
        return allow::run(context, args);
    }
    if let Some(file) = &args.batch {
        return run_batch(context, file);
    }
    let form = context.form()?;
    let file = args.file.as_deref().unwrap_or(Path::new(NOWHERE));
    let text = read_text(file)?;
    let workspace = context.workspace()?;
    let place = redact::place(&workspace, file);
    let answer = redact::run(&redact::screen(&workspace)?, &place, &text)?;
    context.give(form, &answer, |context, answer| {
        if args.check { print_found(context, file, answer) } else { print_safe(context, answer) }
    });
    let is_found = args.check && !answer.findings.is_empty();
    Ok(if is_found { Outcome::Found } else { Outcome::Done })
}

fn print_found(context: &mut Context<'_>, file: &Path, answer: &Answer) {
    answer.findings.iter().for_each(|it| context.ui.line(told(file, it)));
    answer.allowed.iter().for_each(|it| context.ui.line(told_allowed(file, it)));
}

/// The text without what was hidden, and how much that was.
fn print_safe(context: &mut Context<'_>, answer: &Answer) {
    context.ui.raw(answer.text.as_bytes());
    let (hidden, allowed) = (answer.findings.len(), answer.allowed.len());
    if hidden > 0 {
        let is = if hidden == 1 { "is" } else { "are" };
        let values = counted(hidden, "value");
        context.ui.note(format!("{values} {is} hidden; to see where: --json"));
    }
    if allowed > 0 {
        context
            .ui
            .note(format!("allowed to stay: {}; see them: --check", counted(allowed, "value")));
    }
}

fn told(file: &Path, it: &Item) -> String {
    let name = if file == Path::new(NOWHERE) { NOWHERE.into() } else { file.to_string_lossy() };
    let place = format!("{}:{}:{}", visible_line(&name), it.line, it.column);
    let Item { kind, rule, length, confidence, .. } = it;
    let place = styled(style::PATH, place);
    format!("{place}  {kind} ({rule}, {length} bytes, confidence {confidence})")
}

fn told_allowed(file: &Path, it: &AllowedItem) -> String {
    let AllowedItem { item, allowance, by, until } = it;
    let by = visible_line(by);
    format!("{}  allowed by {by} until {until} ({allowance})", told(file, item))
}

fn run_batch(context: &mut Context<'_>, file: &Path) -> Result<Outcome, Failure> {
    context.format(&["jsonl"])?;
    let questions = reading::read_batch(file)?;
    let screen = redact::screen(&context.workspace()?)?;
    for question in questions.lines().filter(|line| !line.trim().is_empty()) {
        let line = redact::line(&screen, question)?;
        let json = serde_json::to_string(&line).unwrap_or_default();
        context.ui.raw(json.as_bytes());
        context.ui.raw(b"\n");
    }
    Ok(Outcome::Done)
}
