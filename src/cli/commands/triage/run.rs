//! `prode triage run`

use std::collections::BTreeMap;
use std::io;
use std::path::{Path, PathBuf};
use std::time::Duration;

use super::told::Show;
use crate::cli::commands::query::{bytes, read};
use crate::cli::context::Context;
use crate::cli::{Failure, Outcome};
use crate::ops::OpError;
use crate::ops::triage::{self, Given, Nobody, Options, Overseer, Tell, Tracing};
use crate::rendering::visible_line;
use crate::workspace::Workspace;

/// What `triage run` takes.
#[derive(Debug, clap::Args)]
#[command(
    after_help = "Example:\n  prode triage run ticket.json\n  gh issue view 3 --json title,body,number,comments | prode triage run -\n  \
    prode triage run linear:ENG-12 --mode comment\n  prode triage run ticket.md --answers answers/   # answers/sentry.json, answers/aws.json\n  \
    prode triage run ticket.md --answers answers/ --only-answers   # no specialist, no program\n\n\
    Answers that are handed in are attested: they are shown and weigh nothing for a change."
)]
pub struct Args {
    /// The ticket: a file of JSON or Markdown, - for standard input, or its name: linear:ENG-12, github:org/repo#3
    #[arg(value_name = "TICKET")]
    ticket: String,
    /// What the run may do outside [default: mode, else dry-run]
    #[arg(long, value_name = "dry-run|comment|pr")]
    mode: Option<String>,
    /// A folder of answers that were got elsewhere, one SPECIALIST.json each
    #[arg(long, value_name = "DIR")]
    answers: Option<PathBuf>,
    /// Ask nobody else: what is handed in is all the evidence there is
    #[arg(long, requires = "answers")]
    only_answers: bool,
    /// Keep for an hour what specialists are asked and say, redacted: prode triage show --captured
    #[arg(long)]
    capture: bool,
    /// Print the hand-off instead of a summary
    #[arg(long)]
    handoff: bool,
}

/// How long the collector may take, once the run was printed.
const LAST_TELLING: Duration = Duration::from_secs(5);

pub(super) fn run(context: &mut Context<'_>, args: &Args) -> Result<Outcome, Failure> {
    let form = context.form()?;
    let workspace = context.workspace()?;
    let ticket = match triage::named(&workspace, &args.ticket)? {
        Some(named) => named,
        None => text(Path::new(&args.ticket))?,
    };
    let (mode, answers) = (args.mode.clone(), answers(args.answers.as_deref())?);
    let (only_answers, capture) = (args.only_answers, args.capture);
    let options = Options { ticket, mode, answers, only_answers, capture };
    let show = Show { form, handoff: args.handoff };
    overseen(context, &workspace, show, |overseer, tell| {
        triage::run(&workspace, &options, overseer, tell)
    })?;
    if workspace.repository().is_none() {
        context
            .ui
            .note("this run is kept nowhere: the folder is no repository; save what is printed");
    }
    Ok(Outcome::Done)
}

/// Works on a run, and tells the collector of it, where the user's settings name one.
pub(super) fn overseen(
    context: &mut Context<'_>,
    workspace: &Workspace,
    show: Show,
    work: impl FnOnce(&dyn Overseer, Tell<'_>) -> Result<(), OpError>,
) -> Result<(), Failure> {
    let Some(tracing) = Tracing::of(workspace)? else {
        return heard(context, show, |tell| work(&Nobody, tell));
    };
    let worked = heard(context, show, |tell| work(&tracing, tell));
    if let Err(why) = tracing.finish(LAST_TELLING) {
        context.ui.note(format!("the collector was not told of this run: {}", visible_line(&why)));
    }
    worked
}

/// Works on a run, and prints it before it rests: one that nobody could read goes
/// on when the command is typed again. A reader who closed the pipe has read enough.
fn heard(
    context: &mut Context<'_>,
    show: Show,
    work: impl FnOnce(Tell<'_>) -> Result<(), OpError>,
) -> Result<(), Failure> {
    let mut printed = Ok(());
    work(&mut |run| {
        show.run(context, run);
        printed = context.ui.flush();
        printed.is_ok() || is_closed(&printed)
    })?;
    printed.map_err(Failure::Output)
}

fn is_closed(printed: &io::Result<()>) -> bool {
    printed.as_ref().is_err_and(|error| error.kind() == io::ErrorKind::BrokenPipe)
}

/// A ticket, to the letter: what were replaced would not be what somebody wrote.
fn text(path: &Path) -> Result<Given, Failure> {
    let source = if path == Path::new("-") { "stdin" } else { "file" };
    let text = String::from_utf8(bytes(path)?).map_err(|error| OpError::Invalid {
        message: format!(
            "'{}' is not UTF-8 after byte {}",
            path.display(),
            error.utf8_error().valid_up_to()
        ),
        hint: "a ticket is JSON or Markdown; convert it: iconv -f latin1 -t utf-8".to_owned(),
    })?;
    Ok(Given::Text { text, source: source.to_owned() })
}

/// Answers in a folder, by the names of their files.
pub(super) fn answers(folder: Option<&Path>) -> Result<BTreeMap<String, String>, Failure> {
    let Some(folder) = folder else { return Ok(BTreeMap::new()) };
    let failed = |error: std::io::Error| OpError::File {
        path: folder.display().to_string(),
        reason: error.to_string(),
    };
    let mut all = BTreeMap::new();
    for entry in std::fs::read_dir(folder).map_err(failed)? {
        let path = entry.map_err(failed)?.path();
        let name = path.file_stem().and_then(|name| name.to_str());
        if let Some(name) = name.filter(|_| path.extension().is_some_and(|it| it == "json")) {
            all.insert(name.to_lowercase(), read(&path)?);
        }
    }
    if all.is_empty() {
        return Err(Failure::Usage {
            message: format!("'{}' holds no answers", folder.display()),
            hint: "one file for each question, such as sentry.json, or aws#2.json for the second that aws is asked; its form: prode schema specialist_output"
                .to_owned(),
        });
    }
    Ok(all)
}
