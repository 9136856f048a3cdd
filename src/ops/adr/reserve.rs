//! A number of a log, for a document that is made elsewhere.

use super::decisions::Decisions;
use super::taken;
use crate::adr::{digits, next_number, number_of};
use crate::edits::Turn;
use crate::ops::OpError;
use crate::repo_path::RepoPath;
use crate::workspace::{Asked, Workspace};

/// A number that nobody else gets while this lives.
pub(in crate::ops) struct Reserved {
    /// The folder of the log.
    pub(in crate::ops) log: RepoPath,
    pub(in crate::ops) number: u32,
    /// Digits of the log's file names.
    pub(in crate::ops) digits: usize,
    /// Held until the file is on disk, where the next one sees its number.
    _turn: Turn,
}

/// The next number of the only log, or, for a file at `path`, of the log that
/// holds it. A number in that file's name is taken, if nobody ever had it.
pub(in crate::ops) fn reserve(
    workspace: &Workspace,
    path: Option<&RepoPath>,
) -> Result<Reserved, OpError> {
    let turn = workspace.numbering_turn()?;
    let decisions = Decisions::open(workspace, &Asked::WorkTree)?;
    let log = match path {
        Some(path) => decisions.catalogue.log_of(path),
        None => only_log(&decisions)?,
    };
    let used = taken::numbers(&decisions, &log)?;
    let number = match path.and_then(number_of) {
        Some(named) if used.contains(&named) => {
            return Err(OpError::Invalid {
                message: format!("number {named} was used in '{log}' before"),
                hint: format!("the next free one is {}", next_number(used)),
            });
        }
        Some(named) => named,
        None => next_number(used),
    };
    let paths: Vec<RepoPath> =
        decisions.of_log(&log).into_iter().map(|(page, _)| page.path.clone()).collect();
    Ok(Reserved { digits: digits(&paths), log, number, _turn: turn })
}

fn only_log(decisions: &Decisions<'_>) -> Result<RepoPath, OpError> {
    match decisions.logs().as_slice() {
        [] => Ok(RepoPath::from_git("adr")),
        [one] => Ok(one.clone()),
        several => {
            let names: Vec<String> = several.iter().map(|log| log.text().into_owned()).collect();
            Err(OpError::Invalid {
                message: format!("there are {} decision logs", several.len()),
                hint: format!("name the file in one of them with -o: {}", names.join(", ")),
            })
        }
    }
}
