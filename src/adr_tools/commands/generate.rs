//! `adr generate`: reports over all decisions, for other tools.

mod graph;
mod toc;

use super::{AdrToolsError, Call, Command, Reply};

pub(super) const COMMAND: Command = Command {
    name: "generate",
    help: "\
usage: adr generate [REPORT [OPTION ...]]

Writes a report over all decisions to standard output, for another program
or a page. Without REPORT it lists the reports there are.

    adr generate toc > doc/adr/README.md
    adr help generate toc
",
    run,
};

/// One report.
pub(super) struct Report {
    /// What is typed.
    pub(super) name: &'static str,
    /// What `adr help generate NAME` says.
    pub(super) help: &'static str,
    run: fn(&Call<'_>, &[String]) -> Result<Reply, AdrToolsError>,
}

/// By name.
pub(super) const REPORTS: &[Report] = &[graph::REPORT, toc::REPORT];

fn run(call: &Call<'_>, words: &[String]) -> Result<Reply, AdrToolsError> {
    let Some((name, rest)) = words.split_first().filter(|(name, _)| !name.is_empty()) else {
        let names: Vec<&str> = REPORTS.iter().map(|report| report.name).collect();
        return Ok(Reply::says(names.join("\n") + "\n"));
    };
    match REPORTS.iter().find(|report| report.name == name) {
        Some(report) => (report.run)(call, rest),
        None => Err(AdrToolsError::NoReport(name.clone())),
    }
}
