//! What every command takes.

use std::ffi::OsString;
use std::path::PathBuf;

use clap::{ArgMatches, Args as _, CommandFactory, Parser, ValueEnum};

use super::Command;

/// When to colour.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, ValueEnum)]
pub enum Color {
    /// On a terminal that can, unless `NO_COLOR` is set.
    #[default]
    Auto,
    /// Everywhere.
    Always,
    /// Nowhere.
    Never,
}

/// The operational memory of a team, kept in Git and asked at a commit.
///
/// Pages, decisions and skills are files in a repository. What has landed on
/// the trunk answers; every answer names its commit and can be asked again.
#[derive(Debug, Parser)]
#[command(name = "prode", version, disable_help_subcommand = true, max_term_width = 100)]
#[command(after_long_help = "Example:\n  prode init --dry-run\n  \
    prode route \"the index is damaged; its pages are indexed again\"\n  prode query --help")]
pub struct Cli {
    /// What every command takes.
    #[command(flatten)]
    pub global: Global,
    /// What to do
    #[command(subcommand)]
    pub command: Command,
}

// What help says of the program stands above: a comment for help here would
// replace it.
#[derive(Debug, clap::Args)]
pub struct Global {
    /// The repository, or a folder in it [default: upward from here]
    #[arg(long, global = true, value_name = "PATH", value_hint = clap::ValueHint::DirPath)]
    pub repo: Option<PathBuf>,
    /// Print JSON; the same as --format json
    #[arg(long, global = true, conflicts_with = "format")]
    pub json: bool,
    /// How to print: text, json, and what the command names
    #[arg(long, global = true, value_name = "FORMAT")]
    pub format: Option<String>,
    /// When to colour
    #[arg(long, global = true, value_enum, default_value_t, value_name = "WHEN")]
    pub color: Color,
    /// Print no notes and no progress
    #[arg(short, long, global = true, conflicts_with = "verbose")]
    pub quiet: bool,
    /// Say more about what is done
    #[arg(short, long, global = true)]
    pub verbose: bool,
    /// Set one setting for this command; may be repeated
    #[arg(long, global = true, value_name = "KEY=VALUE")]
    pub config: Vec<String>,
}

impl Cli {
    /// What was typed, read; the program's name stands first.
    ///
    /// To describe all commands takes as long as to answer a short question:
    /// where a command's name stands among the words, the program is taken for
    /// one of this command alone. Words that do not fit that are read again.
    pub(super) fn read(arguments: &[OsString]) -> Result<ArgMatches, clap::Error> {
        let typed = arguments.iter().skip(1).find_map(|word| Command::described(word.to_str()?));
        let alone = typed.and_then(|command| {
            let program = Global::augment_args(clap::Command::new("prode"));
            let program = program.subcommand_required(true).disable_help_subcommand(true);
            program.subcommand(command).try_get_matches_from(arguments).ok()
        });
        alone.map_or_else(|| Self::command().try_get_matches_from(arguments), Ok)
    }
}

/// True if the words ask for JSON, even where they do not parse.
pub(super) fn wants_json(arguments: &[OsString]) -> bool {
    let mut before = "";
    arguments.iter().filter_map(|word| word.to_str()).any(|word| {
        let found =
            word == "--json" || word == "--format=json" || (before == "--format" && word == "json");
        before = word;
        found
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use clap::FromArgMatches;

    fn told(read: Result<ArgMatches, clap::Error>) -> String {
        match read.and_then(|matches| Cli::from_arg_matches(&matches)) {
            Ok(cli) => format!("{cli:?}"),
            Err(error) => format!("{:?}\n{error}", error.kind()),
        }
    }

    #[test]
    fn a_command_alone_is_read_as_among_all() {
        for line in [
            "prode query disk full -n 5 --kind runbook",
            "prode --repo x --json query disk --as-of 2026-01-01",
            "prode --repo query show wiki/a.md",
            "prode --repo=query --color never list -q -n 3",
            "prode show --repo query wiki/query.md",
            "prode adr list --json",
            "prode triage run --help",
            "prode query -- show",
            "prode query",
            "prode query x --nope",
            "prode --nope query x",
            "prode quer x show",
            "prode show",
            "prode -q -v list",
            "prode --json --format text list",
            "prode list query --color sometimes",
            "prode help query",
            "prode query --help",
            "prode --version",
            "prode",
        ] {
            let words: Vec<OsString> = line.split(' ').map(OsString::from).collect();
            let among_all = told(Cli::command().try_get_matches_from(&words));
            assert_eq!(told(Cli::read(&words)), among_all, "{line}");
        }
    }

    #[test]
    fn every_command_can_be_described_alone() {
        for command in Cli::command().get_subcommands() {
            let alone = Command::described(command.get_name()).expect("it has a row");
            let about = |it: &clap::Command| it.get_about().map(ToString::to_string);
            assert_eq!(about(&alone), about(command), "{}", command.get_name());
        }
        assert!(Command::described("nope").is_none());
    }
}
