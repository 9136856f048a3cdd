//! `prode triage sop capture`

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};

use crate::cli::commands::query::read;
use crate::cli::context::Context;
use crate::cli::diff;
use crate::cli::ui::{style, styled};
use crate::cli::{Failure, Outcome};
use crate::ops::OpError;
use crate::ops::triage::sop::{CaptureOptions, Captured, Open, Record, Then, capture};
use crate::rendering::visible_line;
use crate::sop::capture as questions;
use crate::workspace::Workspace;

/// What `triage sop capture` takes.
#[expect(clippy::struct_excessive_bools, reason = "each is a switch of its own")]
#[derive(Debug, clap::Args)]
#[command(
    after_help = "At a terminal each question is asked, and whatever is said is kept at once: the same command goes on\n\
    where it was left. Elsewhere answers come from a file, or one by one. What has no answer stays an open\n\
    question of the page. A file of answers proposes the page at once.\n\n\
    Example:\n  prode triage sop capture --title 'Raise the limit'\n  \
    prode triage sop capture --questions > answers.yaml   # fill it in\n  \
    prode triage sop capture --title 'Raise the limit' --answers answers.yaml --dry-run\n  \
    prode triage sop capture --title 'Raise the limit' --answer design.scope='the limit alone'\n  \
    make limit > out.txt; prode triage sop capture --title 'Raise the limit' \\\n    \
    --record implementation 'make limit' out.txt\n  \
    prode triage sop capture --title 'Raise the limit' --propose"
)]
pub struct Args {
    /// The procedure's title
    #[arg(long, value_name = "TITLE", required_unless_present = "questions")]
    title: Option<String>,
    /// Answers in YAML or JSON: a file, or - for standard input
    #[arg(long, value_name = "FILE")]
    answers: Option<PathBuf>,
    /// One answer; may be repeated
    #[arg(long, value_name = "KEY=WORDS")]
    answer: Vec<String>,
    /// A command that was run at a gate, and the file that its output is in; may be repeated
    #[arg(long, num_args = 3, value_names = ["GATE", "COMMAND", "FILE"])]
    record: Vec<String>,
    /// Propose the page with what was said
    #[arg(long)]
    propose: bool,
    /// The same with a pull request, or fail where that is not possible
    #[arg(long, conflicts_with = "dry_run")]
    open_pr: bool,
    /// Show the page, its checks and what is open; nothing is proposed
    #[arg(long, conflicts_with = "propose")]
    dry_run: bool,
    /// Print a file of all questions, to be filled in
    #[arg(long)]
    questions: bool,
}

pub(super) fn run(context: &mut Context<'_>, args: &Args) -> Result<Outcome, Failure> {
    let form = context.form()?;
    if args.questions {
        context.ui.text(questions::skeleton());
        return Ok(Outcome::Done);
    }
    let options = CaptureOptions {
        title: args.title.clone().unwrap_or_default(),
        answers: answers(args)?,
        records: records(&args.record)?,
        then: then(args),
    };
    let workspace = context.workspace()?;
    let is_silent = options.answers.is_empty() && options.records.is_empty();
    let captured = if options.then == Then::Keep && is_silent {
        asked(context, &workspace, &options)?
    } else {
        capture(&workspace, &options)?
    };
    context.give(form, &captured, told);
    Ok(Outcome::Done)
}

fn then(args: &Args) -> Then {
    if args.dry_run {
        Then::Show
    } else if args.propose || args.open_pr || args.answers.is_some() {
        Then::Propose { open_pr: args.open_pr }
    } else {
        Then::Keep
    }
}

fn answers(args: &Args) -> Result<BTreeMap<String, String>, Failure> {
    let mut answers = match &args.answers {
        None => BTreeMap::new(),
        Some(file) => questions::read(&read(file)?).map_err(|error| {
            use crate::hint::Helpful;
            let message = format!("'{}': {error}", file.display());
            OpError::Invalid { message, hint: error.hints().join("; ") }
        })?,
    };
    for pair in &args.answer {
        let (key, words) = pair.split_once('=').ok_or_else(|| Failure::Usage {
            message: format!("'{pair}' is no answer: there is no '='"),
            hint: "write the key before it: --answer design.scope='the limit alone'".to_owned(),
        })?;
        answers.insert(key.to_owned(), words.to_owned());
    }
    Ok(answers)
}

fn records(given: &[String]) -> Result<Vec<Record>, Failure> {
    let record = |parts: &[String]| -> Result<Record, Failure> {
        let output = read(Path::new(&parts[2]))?;
        Ok(Record { gate: parts[0].clone(), command: parts[1].clone(), output })
    };
    given.chunks_exact(3).map(record).collect()
}

/// Asks whoever sits at a terminal; each answer is kept before the next question.
fn asked(
    context: &mut Context<'_>,
    workspace: &Workspace,
    options: &CaptureOptions,
) -> Result<Captured, Failure> {
    if !context.ui.can_ask() {
        return Err(Failure::Usage {
            message: "no answer was handed in, and nobody is at a terminal".to_owned(),
            hint: "fill in what prode triage sop capture --questions prints, and hand it in: --answers FILE"
                .to_owned(),
        });
    }
    let mut captured = capture(workspace, options)?;
    for open in captured.open.clone() {
        let Some(words) = answer(context, &open) else { break };
        if !words.is_empty() {
            let answers = BTreeMap::from([(open.key, words)]);
            captured = capture(workspace, &CaptureOptions { answers, ..options.clone() })?;
        }
    }
    if context.ui.ask("propose it now?") == Some(true) {
        let then = Then::Propose { open_pr: false };
        captured = capture(workspace, &CaptureOptions { then, ..options.clone() })?;
    }
    Ok(captured)
}

/// Lines until an empty one.
fn answer(context: &mut Context<'_>, open: &Open) -> Option<String> {
    let mut lines = Vec::new();
    loop {
        let question = if lines.is_empty() { open.question.as_str() } else { "and" };
        let line = context.ui.ask_text(question)?;
        if line.is_empty() {
            return Some(lines.join("\n"));
        }
        lines.push(line);
    }
}

fn told(context: &mut Context<'_>, captured: &Captured) {
    if let Some(proposal) = &captured.proposal {
        diff::print(context, &proposal.diff);
        if let Some(found) = &proposal.checks {
            crate::cli::commands::promote::checks(context, found);
        }
    }
    let run = styled(style::TITLE, &captured.run);
    let path = styled(style::PATH, visible_line(&captured.path));
    let branch = captured.proposal.as_ref().map(|it| format!(" on {}", it.branch));
    let branch = branch.filter(|_| captured.status == "proposed").unwrap_or_default();
    context.ui.line(format!(
        "{run}  {}{branch}  {path}: {} answered, {} open, {} recorded",
        captured.status,
        captured.answered.len(),
        captured.open.len(),
        captured.recorded
    ));
    for open in &captured.open {
        let line = format!("  open  {}: {}", open.key, open.question);
        context.ui.line(styled(style::FAINT, visible_line(&line)));
    }
    for next in &captured.next {
        context.ui.line(styled(style::HINT, format!("  {}", visible_line(next))));
    }
    let notes = captured.proposal.iter().flat_map(|it| it.notes.iter());
    for note in notes {
        context.ui.note(visible_line(note));
    }
}
