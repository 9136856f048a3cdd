//! `adr help`: the commands, or one of them.

use super::generate::{self, REPORTS};
use super::{AdrToolsError, COMMANDS, Call, Command, Reply, find};

pub(super) const COMMAND: Command = Command {
    name: "help",
    help: "\
usage: adr help [COMMAND [SUBCOMMAND]]

Explains a command; without one it lists them. The text goes through the
program that ADR_PAGER names, else PAGER.
",
    run,
};

#[expect(clippy::unnecessary_wraps, reason = "it stands in the table of commands")]
fn run(_call: &Call<'_>, words: &[String]) -> Result<Reply, AdrToolsError> {
    let words: Vec<&str> = words.iter().map(String::as_str).collect();
    let text = match words.as_slice() {
        [name] => find(name).map(explained),
        [first, name] if *first == generate::COMMAND.name => {
            REPORTS.iter().find(|report| report.name == *name).map(|it| it.help.to_owned())
        }
        _ => None,
    };
    Ok(text.map_or_else(listing, shown))
}

/// Every command on its line, and nothing else there: scripts read it.
pub(super) fn listing() -> Reply {
    let mut text = "usage: adr help COMMAND [ARG] ...\nCOMMAND is one of: \n".to_owned();
    for command in COMMANDS {
        text += &format!("  {}\n", command.name);
    }
    shown(text + "'adr help COMMAND' explains one of them.\n")
}

fn explained(command: &Command) -> String {
    let mut text = command.help.to_owned();
    if command.name == generate::COMMAND.name {
        text += "\nSubcommands:\n";
        for report in REPORTS {
            text += &format!("  adr {} {}\n", command.name, report.name);
        }
    }
    text
}

fn shown(text: String) -> Reply {
    Reply { is_help: true, ..Reply::says(text) }
}
