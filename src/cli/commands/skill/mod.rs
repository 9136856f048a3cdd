//! `prode skill`

mod install;
mod list;
mod new;
mod pack;
mod show;
mod validate;
mod verify;

use std::path::PathBuf;

use crate::cli::context::Context;
use crate::cli::revision::RevisionArgs;
use crate::cli::{Failure, Outcome};
use crate::ops::skill::prompt;

/// What `skill` takes.
#[derive(Debug, clap::Args)]
#[command(after_help = "Example:\n  prode skill list\n  prode skill validate skills/prode-triage")]
pub struct Args {
    #[command(subcommand)]
    command: Action,
}

/// What is done with skills.
#[derive(Debug, clap::Subcommand)]
enum Action {
    /// List skills: name, owner, description
    List(list::Args),
    /// Begin a skill: its folder and its SKILL.md
    New(new::Args),
    /// Show one skill: what it says, its files, its instructions
    Show(show::Args),
    /// Hold packages to the format, as strictly as its reference validators; exit 1 on errors
    Validate(validate::Args),
    /// Put a skill into one file, the same bytes for the same files
    Pack(pack::Args),
    /// Take a skill from a folder or an archive into a skill root; runs nothing
    Install(install::Args),
    /// Is what was installed still what was installed; exit 1 if not
    Verify(verify::Args),
    /// Print what a system prompt says of skills: the block `<available_skills>`
    ToPrompt(PromptArgs),
}

/// What `skill to-prompt` takes.
#[derive(Debug, clap::Args)]
#[command(
    after_help = "Example:\n  prode skill to-prompt\n  prode skill to-prompt .agents/skills/pdf"
)]
struct PromptArgs {
    /// Folders of packages [default: every skill]
    #[arg(value_name = "PATH", value_hint = clap::ValueHint::DirPath)]
    paths: Vec<PathBuf>,
    #[command(flatten)]
    revision: RevisionArgs,
}

pub(super) fn run(context: &mut Context<'_>, args: &Args) -> Result<Outcome, Failure> {
    match &args.command {
        Action::List(args) => list::run(context, args),
        Action::Show(args) => show::run(context, args),
        Action::Validate(args) => validate::run(context, args),
        Action::New(args) => new::run(context, args),
        Action::Pack(args) => pack::run(context, args),
        Action::Install(args) => install::run(context, args),
        Action::Verify(args) => verify::run(context, args),
        Action::ToPrompt(args) => to_prompt(context, args),
    }
}

fn to_prompt(context: &mut Context<'_>, args: &PromptArgs) -> Result<Outcome, Failure> {
    context.format(&["text"])?;
    let text = if args.paths.is_empty() {
        prompt::of_revision(&context.workspace()?, &args.revision.asked_or_work_tree())?
    } else {
        let paths: Vec<PathBuf> =
            args.paths.iter().map(|path| context.current.join(path)).collect();
        prompt::of_folders(&paths)?
    };
    context.ui.line(text);
    Ok(Outcome::Done)
}
