//! `prode cite`

use std::io::Read as _;

use crate::cli::context::Context;
use crate::cli::revision::RevisionArgs;
use crate::cli::ui::{style, styled};
use crate::cli::{Failure, Outcome};
use crate::ops::OpError;
use crate::ops::cite::{self, Check, State};
use crate::rendering::visible_line;

/// More is no list of citations.
const MAX_INPUT: u64 = 64_000_000;

/// What `cite` takes.
#[derive(Debug, clap::Args)]
#[command(after_help = "Example:\n  prode cite check 'wiki/index.md@HEAD'")]
pub struct Args {
    #[command(subcommand)]
    command: Action,
}

/// What is done with citations.
#[derive(Debug, clap::Subcommand)]
enum Action {
    /// Is it still there, changed, moved, superseded, stale; exit 1 if one needs attention
    Check(CheckArgs),
}

/// What `cite check` takes.
#[derive(Debug, clap::Args)]
#[command(after_help = "States: ok, stale (said, no finding), superseded, moved, changed, \
    missing, unknown-commit, invalid.\n\n\
    Example:\n  prode cite check 'wiki/index.md@HEAD'\n  \
    prode query queue --json | jq -r '.hits[].cite' | prode cite check -")]
struct CheckArgs {
    /// path#anchor@commit, or - to read one a line from standard input
    #[arg(value_name = "CITATION", required = true)]
    citations: Vec<String>,
    #[command(flatten)]
    revision: RevisionArgs,
}

pub(super) fn run(context: &mut Context<'_>, args: &Args) -> Result<Outcome, Failure> {
    let Action::Check(args) = &args.command;
    check(context, args)
}

fn check(context: &mut Context<'_>, args: &CheckArgs) -> Result<Outcome, Failure> {
    let form = context.form()?;
    let citations = citations(&args.citations)?;
    let workspace = context.workspace()?;
    let options = cite::Options { citations, asked: args.revision.asked() };
    let (all, memory) = cite::run(&workspace, &options)?;
    context.give(form, &all, |context, all| {
        all.checks.iter().for_each(|check| print(context, check));
    });
    if all.checks.is_empty() {
        context.ui.note("no citation was given");
    }
    context.flush()?;
    context.notes(&workspace, &memory);
    Ok(if all.found > 0 { Outcome::Found } else { Outcome::Done })
}

/// As given; the lines of standard input in the place of each `-`.
fn citations(given: &[String]) -> Result<Vec<String>, OpError> {
    let mut all = Vec::new();
    for citation in given {
        if citation == "-" {
            let text = standard_input()?;
            let lines = text.lines().map(str::trim).filter(|line| !line.is_empty());
            all.extend(lines.map(str::to_owned));
        } else {
            all.push(citation.clone());
        }
    }
    Ok(all)
}

fn standard_input() -> Result<String, OpError> {
    let mut bytes = Vec::new();
    let read = std::io::stdin().lock().take(MAX_INPUT + 1).read_to_end(&mut bytes);
    let failed = |reason: String| OpError::File { path: "-".to_owned(), reason };
    read.map_err(|error| failed(error.to_string()))?;
    if bytes.len() as u64 > MAX_INPUT {
        return Err(failed(format!("standard input has more than {MAX_INPUT} bytes")));
    }
    Ok(String::from_utf8_lossy(&bytes).into_owned())
}

/// The state and the citation, then what happened, then what to cite instead.
fn print(context: &mut Context<'_>, check: &Check) {
    let style = match check.state {
        State::Ok => style::HINT,
        State::Stale | State::Superseded | State::Moved => style::WARNING,
        _ => style::ERROR,
    };
    let names: Vec<&str> = check.states.iter().map(|state| state.name()).collect();
    let names = styled(style, format!("{:<14}", names.join(", ")));
    context.ui.line(format!("{names} {}", styled(style::PATH, visible_line(&check.citation))));
    if check.state != State::Ok || check.commit.is_none() {
        context.ui.line(format!("               {}", visible_line(&check.message)));
    }
    if let Some(now) = check.now.as_ref().filter(|_| check.state.is_finding()) {
        context.ui.line(format!("               now {}", visible_line(&now.cite)));
    }
}
