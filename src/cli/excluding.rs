//! `-word` among the words of `prode query`.
//!
//! A word with a hyphen in front excludes, and to a parser of command lines it
//! is an option: one that there is not, or `-h` and more. So such words are put
//! behind `--` before anything is parsed. Short options that there are stay
//! options, alone or together (`-q`, `-qn5`): only behind `--` do `-n`, `-q`,
//! `-v` and `-h` exclude.

use std::ffi::OsString;

use clap::{Arg, ArgMatches, Command, CommandFactory, Error};

use super::Cli;

/// The command whose words may exclude.
const QUERY: &str = "query";

/// What was typed, read; the program's name stands first.
///
/// # Errors
/// What clap says of a command line that there is not, and where help or the
/// version was asked for.
pub fn matches(arguments: &[OsString]) -> Result<ArgMatches, Error> {
    let behind = behind_hyphens(arguments);
    Cli::read(behind.as_deref().unwrap_or(arguments))
}

/// `arguments` with excluded words at their end, behind `--`; `None` where
/// there are none, or the command is another.
fn behind_hyphens(arguments: &[OsString]) -> Option<Vec<OsString>> {
    if !arguments.iter().any(|word| word == QUERY) || !arguments.iter().any(is_hyphened) {
        return None;
    }
    let mut program = Cli::command();
    let command = command_at(&program, arguments).filter(|at| arguments[*at] == QUERY)?;
    let (before, words) = arguments.split_at(command + 1);
    let query = program.find_subcommand_mut(QUERY)?;
    query.build();
    let mut options: Vec<Arg> = query.get_arguments().cloned().collect();
    options.extend(program.get_arguments().cloned());
    let end = words.iter().position(|word| word == "--").unwrap_or(words.len());
    let (open, closed) = words.split_at(end);
    let (excluded, kept): (Vec<_>, Vec<_>) =
        open.iter().partition(|word| is_hyphened(word) && !is_option(&options, word));
    if excluded.is_empty() {
        return None;
    }
    let hyphens = OsString::from("--");
    let closed = closed.iter().skip(1);
    let words = kept.into_iter().chain([&hyphens]).chain(closed).chain(excluded);
    Some(before.iter().chain(words).cloned().collect())
}

/// Where the command's name stands: behind options of the program and their values.
fn command_at(program: &Command, arguments: &[OsString]) -> Option<usize> {
    let takes_value = |word: &str| {
        let long = word.strip_prefix("--");
        let option = program.get_arguments().find(|it| it.get_long() == long && long.is_some());
        option.is_some_and(|it| it.get_action().takes_values())
    };
    let mut at = 1;
    while let Some(word) = arguments.get(at)?.to_str().filter(|word| word.starts_with('-')) {
        at += if takes_value(word) { 2 } else { 1 };
    }
    Some(at)
}

/// True for a hyphen and a letter.
fn is_hyphened(word: &OsString) -> bool {
    let letters = word.to_str().and_then(|word| word.strip_prefix('-'));
    letters.is_some_and(|it| it.starts_with(char::is_alphabetic))
}

/// True if all of `word` behind its hyphen is short options of `known`.
fn is_option(known: &[Arg], word: &OsString) -> bool {
    let mut letters = word.to_str().unwrap_or_default().chars().skip(1);
    while let Some(letter) = letters.next() {
        let Some(option) = known.iter().find(|it| it.get_short() == Some(letter)) else {
            return false;
        };
        if option.get_action().takes_values() {
            // The only values of short options here are numbers.
            return letters.skip_while(|it| *it == '=').all(|it| it.is_ascii_digit());
        }
    }
    true
}

#[cfg(test)]
mod tests {
    use super::*;

    fn words(line: &str) -> Vec<OsString> {
        line.split(' ').map(OsString::from).collect()
    }

    #[test]
    fn only_what_is_no_option_stands_behind_hyphens() {
        for (typed, read) in [
            ("prode query queue -windows", "prode query queue -- -windows"),
            (
                "prode -q query -nginx queue -n 5 -verbose",
                "prode -q query queue -n 5 -- -nginx -verbose",
            ),
            ("prode query a -x --kind adr -- -q b", "prode query a --kind adr -- -q b -x"),
            (
                "prode --repo query --color=never query -haproxy",
                "prode --repo query --color=never query -- -haproxy",
            ),
            ("prode query a -qn5 -héron", "prode query a -qn5 -- -héron"),
        ] {
            assert_eq!(behind_hyphens(&words(typed)), Some(words(read)), "{typed}");
        }
        for typed in [
            "prode query queue -n 5 -qv",
            "prode query queue -- -windows",
            "prode query --nope",
            "prode query - -5",
            "prode show query -windows",
            "prode --repo query show -windows",
            "prode query -h",
        ] {
            assert_eq!(behind_hyphens(&words(typed)), None, "{typed}");
        }
    }
}
