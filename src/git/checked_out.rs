//! Work trees in which a branch is checked out, when the branch moves.
//!
//! Git itself carries their files along (`git read-tree -m -u`, as a checkout
//! does): what a person changed and did not commit stays, or nothing moves.

use std::path::{Path, PathBuf};
use std::time::Duration;

use super::Repository;
use super::program::{git, of_folder};
use crate::ids::CommitId;
use crate::program::{Ended, Run};

/// What Git may take for the files of one work tree.
const LIMIT: Duration = Duration::from_mins(2);

impl Repository {
    /// Top folders of the work trees that have the branch checked out, by its
    /// full name.
    pub fn checked_out(&self, reference: &str) -> Result<Vec<PathBuf>, String> {
        let listed = said(git(self, ["worktree", "list", "--porcelain"]).apart(LIMIT))?;
        let mut folders = Vec::new();
        let mut folder = None;
        for line in listed.lines() {
            if let Some(path) = line.strip_prefix("worktree ") {
                folder = Some(PathBuf::from(path));
            } else if line.strip_prefix("branch ") == Some(reference) {
                folders.extend(folder.take().filter(|it| it.is_dir()));
            }
        }
        Ok(folders)
    }
}

/// Whether the files of a work tree could follow from one commit to another
/// without touching what somebody changed there; the reason where not.
pub fn could_follow(folder: &Path, from: CommitId, to: CommitId) -> Result<(), String> {
    // What Git remembers of files' times may be old; it says so by an exit
    // code, which means nothing here.
    drop(said(of_folder(folder, ["update-index", "-q", "--refresh"]).apart(LIMIT)));
    read_tree(folder, &["-n"], from, to)
}

/// True if what Git has staged in the work tree is that commit.
pub fn has_followed(folder: &Path, commit: CommitId) -> bool {
    let run = of_folder(folder, ["diff-index", "--cached", "--quiet"]);
    said(run.with([commit.to_string()]).apart(LIMIT)).is_ok()
}

/// Lets them follow. The branch stands at `to` already.
pub fn follow(folder: &Path, from: CommitId, to: CommitId) -> Result<(), String> {
    read_tree(folder, &[], from, to)
}

fn read_tree(folder: &Path, more: &[&str], from: CommitId, to: CommitId) -> Result<(), String> {
    let commits = [from.to_string(), to.to_string()];
    let run = of_folder(folder, ["read-tree", "-m", "-u"]);
    said(run.with(more.iter().map(|it| (*it).to_owned()).chain(commits)).apart(LIMIT)).map(drop)
}

pub(super) fn said(run: Run) -> Result<String, String> {
    match run.wait() {
        Ended::Done { success: true, stdout, .. } => Ok(stdout),
        Ended::Done { stderr, .. } => {
            let line = stderr.lines().find(|line| !line.trim().is_empty());
            let line = line.unwrap_or("git said nothing").trim_start_matches("error: ");
            Err(plainly(line))
        }
        Ended::TooLate => Err("the git program did not answer in time".to_owned()),
        Ended::NotStarted(error) => Err(format!("the git program does not start: {error}")),
    }
}

/// Git's reason in a reader's words, where it is about a file that somebody changed.
fn plainly(line: &str) -> String {
    match line.split('\'').nth(1) {
        Some(path) if line.contains("not uptodate") => format!("'{path}' was changed there"),
        Some(path) if line.contains("would be overwritten") => {
            format!("'{path}' is there, and was never committed")
        }
        _ => line.trim_end_matches('.').to_owned(),
    }
}
