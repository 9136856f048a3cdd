//! `adr init`: a log and its first decision.

use super::new::{Draft, create};
use super::{AdrToolsError, Call, Command, Reply};
use crate::adr_tools::log::{ADR_DIR, Log};
use crate::adr_tools::text::template::{FIRST_TITLE, Template};
use crate::adr_tools::writing;

pub(super) const COMMAND: Command = Command {
    name: "init",
    help: "\
usage: adr init [DIRECTORY]

Begins a log of decisions: makes the folder and writes the first decision
into it, that decisions are recorded. The folder is DIRECTORY, which is
remembered in the file .adr-dir of the current folder; without DIRECTORY it
is doc/adr.
",
    run,
};

fn run(call: &Call<'_>, words: &[String]) -> Result<Reply, AdrToolsError> {
    if let Some(word) = words.get(1) {
        return Err(AdrToolsError::TooMany { command: "init", word: word.clone() });
    }
    let log = match words.first().filter(|folder| !folder.is_empty()) {
        Some(folder) => chosen(call, folder)?,
        None => Log::find(call.current)?,
    };
    let draft =
        Draft { title: FIRST_TITLE.to_owned(), template: Template::First, relations: vec![] };
    let name = create(call, &log, &draft)?;
    Ok(Reply::says(format!("{}\n", log.shown_file(&name))))
}

/// Makes the folder and remembers it.
fn chosen(call: &Call<'_>, folder: &str) -> Result<Log, AdrToolsError> {
    if folder.contains(['\n', '\r']) {
        return Err(AdrToolsError::BadFolder(folder.to_owned()));
    }
    let log = Log::at(call.current, folder);
    log.create()?;
    writing::replace(&call.current.join(ADR_DIR), &format!("{folder}\n"))?;
    Ok(log)
}
