//! The examples of `--help` are run as they are written.
//!
//! Every command has some. Each command's examples are typed, in their order,
//! into a shell in a copy of one prepared repository ([`prepared`]) in which the
//! names that they use exist. What cannot be run there, or ends otherwise than
//! with 0, stands in [`table`] with its reason, and only as long as it is true.

mod prepared;
mod running;
mod table;

use std::ffi::OsString;

use clap::{Command, CommandFactory as _};
use prode::cli::{Cli, matches};

use crate::support::shell;
use prepared::Prepared;

/// One command's examples.
struct Examples {
    /// `adr list`; empty for the program itself.
    command: String,
    /// As they are typed; an example over several lines is one.
    lines: Vec<String>,
}

/// A terminal shows so many columns; what is longer is broken, and pasted broken.
const WIDTH: usize = 100;

fn everything() -> Vec<Examples> {
    let mut program = Cli::command();
    program.build();
    let mut found = Vec::new();
    collect(&program, "", &mut found);
    found
}

fn collect(command: &Command, above: &str, found: &mut Vec<Examples>) {
    let help = command.get_after_long_help().or_else(|| command.get_after_help());
    let text = help.map(ToString::to_string).unwrap_or_default();
    found.push(Examples { command: above.to_owned(), lines: examples(&text) });
    for child in command.get_subcommands().filter(|it| !it.is_hide_set()) {
        collect(child, format!("{above} {}", child.get_name()).trim_start(), found);
    }
}

/// The indented lines below `Example:`.
fn examples(help: &str) -> Vec<String> {
    let below = help.split_once("Example:\n").map_or("", |(_, below)| below);
    let mut found: Vec<String> = Vec::new();
    for line in below.lines().map_while(|line| line.strip_prefix("  ")) {
        match found.last_mut().filter(|it| it.ends_with('\\')) {
            Some(begun) => *begun = format!("{begun}\n  {}", line.trim_start()),
            None => found.push(line.to_owned()),
        }
    }
    found
}

#[test]
fn every_command_has_an_example_of_itself() {
    let without: Vec<_> = everything()
        .into_iter()
        .filter(|it| {
            let own = format!("prode {}", it.command);
            !it.lines.iter().any(|line| line.contains(own.trim_end()))
        })
        .map(|it| it.command)
        .collect();
    assert_eq!(without, [""; 0], "no example in the help of these commands");
}

#[test]
fn every_example_parses_and_is_not_broken_by_a_terminal() {
    let mut wrong = Vec::new();
    for (command, line) in all_lines() {
        if line.lines().any(|it| it.chars().count() + 2 > WIDTH) {
            wrong.push(format!("{command}: longer than {WIDTH} columns: {line}"));
        }
        for words in shell::of_prode(&line) {
            let words: Vec<OsString> = words.iter().map(OsString::from).collect();
            if let Err(error) = matches(&words)
                && error.use_stderr()
            {
                wrong.push(format!("{command}: {line}\n{error}"));
            }
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

#[test]
fn every_row_of_the_table_is_about_an_example() {
    let lines: Vec<_> = all_lines();
    let is_there = |command: &str, line: &str| {
        lines.iter().any(|(at, it)| (command == "*" || at == command) && it == line)
    };
    let stale: Vec<_> = table::PARSED
        .iter()
        .map(|row| (row.command, row.line))
        .chain(table::ENDS.iter().map(|row| (row.command, row.line)))
        .filter(|(command, line)| !is_there(command, line))
        .collect();
    assert_eq!(stale, [], "no help has these examples any more");
    let is_known = |what: &str| lines.iter().any(|(at, it)| at == what || it == what);
    let gone = table::BEFORE.iter().filter(|row| !is_known(row.0));
    assert_eq!(gone.collect::<Vec<_>>(), Vec::<&(&str, &str)>::new());
}

fn all_lines() -> Vec<(String, String)> {
    let flat = |it: Examples| it.lines.into_iter().map(move |line| (it.command.clone(), line));
    everything().into_iter().flat_map(flat).collect()
}

#[test]
#[allow(clippy::print_stdout, reason = "the figure is for the reader")]
fn examples_do_what_they_show() {
    let prepared = Prepared::new();
    let (mut wrong, mut ran, mut parsed) = (Vec::new(), 0, 0);
    for it in everything() {
        let place = running::Place::new(&prepared, &it.command);
        for line in &it.lines {
            if running::excused(&it.command, line) {
                parsed += 1;
                continue;
            }
            ran += 1;
            wrong.extend(place.wrong(&it.command, line));
        }
    }
    println!("{ran} examples ran, {parsed} were only parsed");
    assert!(wrong.is_empty(), "{} of {ran}\n{}", wrong.len(), wrong.join("\n\n"));
}
