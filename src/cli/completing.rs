//! What a shell asks while somebody types.
//!
//! The shell starts prode with `COMPLETE` set; commands and options are
//! completed from the same definitions that parse them, pages and decisions
//! from the memory of the folder that one stands in.

use std::ffi::{OsStr, OsString};
use std::path::Path;

use clap::CommandFactory;
use clap_complete::CompleteEnv;
use clap_complete::engine::{ArgValueCompleter, CompletionCandidate};

use super::Cli;
use crate::clock::Clock;
use crate::config::Environment;
use crate::corpus::Page;
use crate::ops::OpError;
use crate::workspace::{Asked, Options, Workspace};

/// More candidates than this help nobody who is typing.
const MOST: usize = 200;

/// Answers a shell, if one asks; the exit code.
pub(super) fn answered(arguments: &[OsString], current: &Path) -> Option<u8> {
    match CompleteEnv::with_factory(Cli::command).try_complete(arguments, Some(current)) {
        Ok(false) => None,
        Ok(true) => Some(0),
        Err(_) => Some(2),
    }
}

/// Completes what names a page: its path, `adr/N`, `skill:NAME`.
pub(super) fn reference() -> ArgValueCompleter {
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
    let pages = memory.snapshot.pages()?;
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
