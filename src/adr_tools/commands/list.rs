//! `adr list`: the files.

use super::{AdrToolsError, Call, Command, Reply};
use crate::adr_tools::log::Log;

pub(super) const COMMAND: Command = Command {
    name: "list",
    help: "\
usage: adr list

Lists the files of all decisions in the order of their names, seen from the
current folder.
",
    run,
};

fn run(call: &Call<'_>, _words: &[String]) -> Result<Reply, AdrToolsError> {
    let log = Log::find(call.current)?;
    if !log.exists() {
        return Ok(Reply::refuses(&format!("The {} directory does not exist", log.shown())));
    }
    let names = log.decisions()?;
    let lines: Vec<String> = names.iter().map(|name| log.shown_file(name) + "\n").collect();
    Ok(Reply::says(lines.concat()))
}
