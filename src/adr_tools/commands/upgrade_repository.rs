//! `adr upgrade-repository`: decisions of older versions in today's form.

use super::{AdrToolsError, Call, Command, Reply};
use crate::adr_tools::log::Log;
use crate::adr_tools::text::dates;
use crate::adr_tools::writing::{self, Edit};

pub(super) const COMMAND: Command = Command {
    name: "upgrade-repository",
    help: "\
usage: adr upgrade-repository

Rewrites dates that the first versions wrote as DD/MM/YYYY to YYYY-MM-DD.
Files without such a date are not touched.
",
    run,
};

fn run(call: &Call<'_>, _words: &[String]) -> Result<Reply, AdrToolsError> {
    let log = Log::find(call.current)?;
    let names = log.decisions()?;
    let _held = log.hold();
    let edit = |name: &String| -> Result<Edit, AdrToolsError> {
        let before = log.read(name)?;
        let after = dates::upgraded(&before).into_owned();
        Ok(Edit { path: log.file(name), before, after })
    };
    let edits: Result<Vec<_>, _> = names.iter().map(edit).collect();
    writing::stage(edits?)?.apply()?;
    Ok(Reply::default())
}
