//! The commands, one file each, and the table that lists them.

mod complete;
mod config;
mod generate;
mod help;
mod init;
mod link;
mod list;
mod new;
mod upgrade_repository;

use super::error::AdrToolsError;
use super::{Call, Reply};

pub(super) use complete::completed;

/// One command.
pub(super) struct Command {
    /// What is typed.
    name: &'static str,
    /// What `adr help NAME` says; the first line shows how it is typed.
    help: &'static str,
    run: fn(&Call<'_>, &[String]) -> Result<Reply, AdrToolsError>,
}

/// By name, as they are listed and completed.
const COMMANDS: &[Command] = &[
    config::COMMAND,
    generate::COMMAND,
    help::COMMAND,
    init::COMMAND,
    link::COMMAND,
    list::COMMAND,
    new::COMMAND,
    upgrade_repository::COMMAND,
];

/// Runs the command that the first word names. Without one, or with one that
/// does not exist, the commands are listed, and the program has failed.
pub(super) fn run(call: &Call<'_>, words: &[String]) -> Result<Reply, AdrToolsError> {
    match words.split_first().and_then(|(first, rest)| Some((find(first)?, rest))) {
        Some((command, rest)) => (command.run)(call, rest),
        None => Ok(Reply { code: 1, ..help::listing() }),
    }
}

fn find(name: &str) -> Option<&'static Command> {
    COMMANDS.iter().find(|command| command.name == name)
}
