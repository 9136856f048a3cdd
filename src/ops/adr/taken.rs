//! Numbers of a log that were ever used, wherever this repository shows it.

use super::decisions::Decisions;
use crate::adr::number_of;
use crate::git::plain_names_below;
use crate::ops::OpError;
use crate::repo_path::RepoPath;

/// Every number used in any branch, tag, work tree or deleted file.
pub(super) fn numbers(decisions: &Decisions<'_>, log: &RepoPath) -> Result<Vec<u32>, OpError> {
    let workspace = decisions.workspace;
    let mut paths = Vec::new();
    if let Some(folder) = workspace.folder() {
        paths.extend(plain_names_below(folder, log));
    }
    if let Some(repository) = workspace.repository() {
        paths.extend(repository.paths_ever(log)?);
        paths.extend(repository.paths_in_siblings(log));
    }
    let own = paths.iter().filter(|path| decisions.catalogue.log_of(path) == *log);
    let stated = decisions.of_log(log).into_iter().filter_map(|(_, record)| record.number);
    Ok(own.filter_map(number_of).chain(stated).collect())
}
