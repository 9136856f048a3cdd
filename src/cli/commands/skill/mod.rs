//! `prode skill`

mod install;
mod list;
mod new;
mod pack;
mod show;
mod to_prompt;
mod validate;
mod verify;

/// What `skill` takes.
#[derive(Debug, clap::Args)]
#[command(after_help = "Example:\n  prode skill list\n  prode skill validate skills/prode-triage")]
pub struct Args {
    #[command(subcommand)]
    command: Action,
}

subcommands! {
    /// List skills: name, owner, description
    List = list;
    /// Begin a skill: its folder and its SKILL.md
    New = new;
    /// Show one skill: what it says, its files, its instructions
    Show = show;
    /// Hold packages to the format, as strictly as its reference validators; exit 1 on errors
    Validate = validate;
    /// Put a skill into one file, the same bytes for the same files
    Pack = pack;
    /// Take a skill from a folder or an archive into a skill root; runs nothing
    Install = install;
    /// Is what was installed still what was installed; exit 1 if not
    Verify = verify;
    /// Print what a system prompt says of skills: the block `<available_skills>`
    ToPrompt = to_prompt;
}
