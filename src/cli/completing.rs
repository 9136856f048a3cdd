//! What a shell asks while somebody types.
//!
//! The shell starts prode with `COMPLETE` set; commands and options are
//! completed from the same definitions that parse them, pages and decisions
//! from the memory of the folder that one stands in.

use std::ffi::{OsStr, OsString};
use std::path::Path;

use clap::{Arg, Command, CommandFactory};
use clap_complete::CompleteEnv;
use clap_complete::engine::{ArgValueCompleter, CompletionCandidate};

use super::{Cli, failure};
use crate::clock::Clock;
use crate::config::Environment;
use crate::corpus::Page;
use crate::ops::OpError;
use crate::workspace::{Asked, Options, Workspace};

/// More candidates than this help nobody who is typing.
const MOST: usize = 200;

/// Names under which help shows an argument that names a page.
const REFERENCES: &[&str] = &["REF", "CITATION", "PAGE"];

/// Answers a shell, if one asks; the exit code.
pub(super) fn answered(
    arguments: &[OsString],
    current: &Path,
    environment: &Environment,
) -> Option<u8> {
    match CompleteEnv::with_factory(described).try_complete(arguments, Some(current)) {
        Ok(false) => None,
        Ok(true) => Some(0),
        Err(error) => Some(failure::usage(&error, false, environment)),
    }
}

/// Every command with its arguments, which are described no sooner than here.
fn described() -> Command {
    let mut command = Cli::command();
    command.build();
    with_references(command)
}

/// `command` with every argument that names a page completed.
fn with_references(command: Command) -> Command {
    let is_reference = |arg: &Arg| {
        let names = arg.get_value_names().unwrap_or_default();
        names.iter().any(|name| REFERENCES.contains(&name.as_str()))
    };
    let command =
        command.mut_args(|arg| if is_reference(&arg) { arg.add(reference()) } else { arg });
    command.mut_subcommands(with_references)
}

/// Completes what names a page: its path, `adr/N`, `skill:NAME`.
fn reference() -> ArgValueCompleter {
    ArgValueCompleter::new(|typed: &OsStr| {
        let typed = typed.to_string_lossy();
        candidates(&typed).unwrap_or_default()
    })
}

fn candidates(typed: &str) -> Result<Vec<CompletionCandidate>, OpError> {
    let workspace = Workspace::open(Options {
        repo: None,
        current: std::env::current_dir().unwrap_or_else(|_| ".".into()),
        overrides: Vec::new(),
        environment: Environment::capture(),
        clock: Clock::system(),
    })?;
    let memory = workspace.memory(&Asked::Trunk)?;
    let mut pages: Vec<Page> = memory.snapshot.each_found().collect::<Result<_, _>>()?;
    pages.sort_unstable_by(|a, b| a.path.cmp(&b.path));
    let named = pages.iter().flat_map(|page| names(page).map(move |name| (name, page)));
    let fitting = named.filter(|(name, _)| name.starts_with(typed)).take(MOST);
    let candidate = |(name, page): (String, &Page)| {
        CompletionCandidate::new(name)
            .help(Some(crate::rendering::visible_line(&page.title).into_owned().into()))
    };
    Ok(fitting.map(candidate).collect())
}

fn names(page: &Page) -> impl Iterator<Item = String> {
    let number = page.adr.as_ref().and_then(|adr| adr.number).map(|number| format!("adr/{number}"));
    let skill = page.skill.as_ref().map(|skill| format!("skill:{}", skill.name));
    std::iter::once(page.path.text().into_owned()).chain(number).chain(skill)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn arguments_that_name_a_page_are_completed_wherever_they_stand() {
        let show = Command::new("show").arg(Arg::new("page").value_name("REF"));
        let check = Command::new("check").arg(Arg::new("cited").value_name("CITATION"));
        let cite = Command::new("cite").subcommand(check).arg(Arg::new("n").value_name("N"));
        let whole = with_references(Command::new("prode").subcommand(show).subcommand(cite));
        let is_completed = |path: &[&str], arg: &str| {
            let find =
                |command: &Command, name: &&str| command.find_subcommand(name).unwrap().clone();
            let command = path.iter().fold(whole.clone(), |command, name| find(&command, name));
            let mut arguments = command.get_arguments();
            let arg = arguments.find(|it| it.get_id() == arg).unwrap();
            arg.get::<ArgValueCompleter>().is_some()
        };
        assert!(is_completed(&["show"], "page"));
        assert!(is_completed(&["cite", "check"], "cited"));
        assert!(!is_completed(&["cite"], "n"));
    }
}
