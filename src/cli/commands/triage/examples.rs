//! `prode triage examples`

use std::path::PathBuf;

use super::run::answers;
use super::told::Show;
use super::verify;
use crate::cli::context::Context;
use crate::cli::form::Form;
use crate::cli::ui::{style, styled};
use crate::cli::{Failure, Outcome};
use crate::ops::triage::examples::{self, Listing, Playing};

/// What `triage examples` takes.
#[derive(Debug, clap::Args)]
#[command(
    after_help = "Example:\n  prode triage examples list\n  prode triage examples run queue-saturation --handoff"
)]
pub struct Args {
    #[command(subcommand)]
    command: Action,
}

/// What is done with examples.
#[derive(Debug, clap::Subcommand)]
enum Action {
    /// List them, with the decision that each ends in
    #[command(after_help = "Example:\n  prode triage examples list")]
    List,
    /// Run one in a repository of its own, and verify it
    Run(RunArgs),
}

/// What `triage examples run` takes.
#[derive(Debug, clap::Args)]
#[command(after_help = "Example:\n  prode triage examples run backend-500\n  \
    prode triage examples run backend-500 --answers changed/   # your changed/sentry.json")]
pub struct RunArgs {
    /// Which
    name: String,
    /// A folder of answers to take instead of the recorded ones; an empty file takes one away
    #[arg(long, value_name = "DIR")]
    answers: Option<PathBuf>,
    /// Write the run into this folder, which is not there yet
    #[arg(short, long, value_name = "DIR")]
    output: Option<PathBuf>,
    /// Print the hand-off instead of a summary
    #[arg(long)]
    handoff: bool,
}

pub(super) fn run(context: &mut Context<'_>, args: &Args) -> Result<Outcome, Failure> {
    match &args.command {
        Action::List => list(context),
        Action::Run(args) => play(context, args),
    }
}

fn list(context: &mut Context<'_>) -> Result<Outcome, Failure> {
    let form = context.form()?;
    context.give(form, &examples::list(), print);
    Ok(Outcome::Done)
}

fn print(context: &mut Context<'_>, listing: &Listing) {
    for row in &listing.examples {
        let name = styled(style::TITLE, format!("{:<17}", row.name));
        context.ui.line(format!("{name} {:<8} {}", row.ends, row.title));
    }
}

fn play(context: &mut Context<'_>, args: &RunArgs) -> Result<Outcome, Failure> {
    let form = context.form()?;
    let export = args.output.as_ref().map(|folder| context.current.join(folder));
    let playing = Playing { instead: answers(args.answers.as_deref())?, export };
    let played = examples::run(&context.workspace()?, &args.name, &playing)?;
    let show = Show { form, handoff: args.handoff };
    show.run(context, &played.run);
    if form == Form::Text && !args.handoff {
        verify::told(context, &played.verified);
    }
    Ok(if played.verified.sound { Outcome::Done } else { Outcome::Found })
}
