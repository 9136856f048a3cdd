//! What every command takes.

use std::ffi::OsString;
use std::path::PathBuf;

use clap::{Parser, ValueEnum};

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
    /// What to do
    #[command(subcommand)]
    pub command: Command,
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
