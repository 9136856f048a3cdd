//! Rows about the repository.

use std::path::Path;

use jiff::SignedDuration;

use super::Row;
use crate::git::{Repository, TrunkSource};
use crate::workspace::Workspace;

/// A lock that Git holds for longer than this was most likely left behind.
const OLD: SignedDuration = SignedDuration::from_mins(10);

pub(super) fn rows(workspace: &Workspace) -> Vec<Row> {
    let Some(repository) = workspace.repository() else {
        let folder = workspace.folder().unwrap_or(Path::new(".")).display().to_string();
        let found =
            format!("'{folder}' is in no Git repository: files are read, there is no history");
        return vec![Row::warning("repository", found, "git init, or name one with --repo PATH")];
    };
    let mut rows = vec![kind(repository), trunk(workspace)];
    rows.extend(locks(workspace, repository));
    rows.extend(edits(workspace));
    rows
}

/// A change of several files that a killed process left half done.
fn edits(workspace: &Workspace) -> Option<Row> {
    let edits = workspace.edits().ok()?;
    Some(if edits.is_interrupted() {
        let found = "a change of several files was interrupted: some may be old, some new";
        let repair = "run it again; any prode adr command that changes files ends it";
        Row::warning("edits", found, repair)
    } else {
        Row::ok("edits", "no change of files was interrupted")
    })
}

fn kind(repository: &Repository) -> Row {
    let place = repository.workdir().unwrap_or(repository.git_dir());
    let traits = [
        (repository.is_bare(), "bare"),
        (repository.is_linked(), "linked work tree"),
        (repository.is_shallow(), "shallow"),
        (repository.is_partial(), "partial clone"),
        (repository.is_detached(), "HEAD is detached"),
        (repository.is_unborn(), "no commit yet"),
    ];
    let traits: Vec<&str> =
        traits.iter().filter(|(is_it, _)| *is_it).map(|(_, name)| *name).collect();
    let traits = if traits.is_empty() { "ordinary".to_owned() } else { traits.join(", ") };
    let found = format!("{} ({traits})", place.display());
    if repository.is_shallow() {
        let repair = "git fetch --unshallow, if you ask with --as-of or --rev of older commits";
        return Row::warning("repository", format!("{found}: history is cut off"), repair);
    }
    Row::ok("repository", found)
}

fn trunk(workspace: &Workspace) -> Row {
    let trunk = match workspace.trunk() {
        Ok(Some(trunk)) => trunk,
        Ok(None) => return Row::ok("trunk", "none"),
        Err(error) => return Row::failed("trunk", &error),
    };
    let rule = match trunk.source {
        TrunkSource::Configured => "a setting names it",
        TrunkSource::RemoteDefault => "the remote's default branch",
        TrunkSource::Conventional => "by its usual name",
        TrunkSource::Head => "HEAD, since nothing else was there",
    };
    let Some(commit) = trunk.commit else {
        let is_bare = workspace.folder().is_none();
        let read = if is_bare { "there is nothing to read" } else { "files on disk are read" };
        let found = format!("'{}' has no commit yet; {read}", trunk.name);
        return Row::warning("trunk", found, "commit your pages: what is committed is the memory");
    };
    let found = format!("{} at {} ({rule})", trunk.name, commit.short(10));
    match trunk.notes.first() {
        Some(note) => Row::warning(
            "trunk",
            format!("{found}; {note}"),
            "git pull, or git push, to bring them together",
        ),
        None => Row::ok("trunk", found),
    }
}

fn locks(workspace: &Workspace, repository: &Repository) -> Vec<Row> {
    let now = workspace.clock().now();
    let old = repository.locks().into_iter().filter(|lock| now.duration_since(lock.since) > OLD);
    let row = |lock: crate::git::LockFile| {
        let minutes = now.duration_since(lock.since).as_mins();
        let found =
            format!("{} is {minutes} minutes old: Git cannot write there", lock.path.display());
        Row::warning("locks", found, "if no git process runs, delete that file; prode never does")
    };
    let rows: Vec<Row> = old.map(row).collect();
    if rows.is_empty() { vec![Row::ok("locks", "no lock file was left behind")] } else { rows }
}
