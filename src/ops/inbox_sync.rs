//! `inbox sync`: this machine's branch and the remote's become one.

use std::time::Duration;

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use crate::git::{Draft, NetworkError, Outcome, Push, Refspec, Target, WriteError, Writer};
use crate::ids::CommitId;
use crate::inbox::merge::{Files, purged, union};
use crate::inbox::{BRANCH, Place, REFERENCE};
use crate::ops::OpError;
use crate::ops::inbox_branch::{Branch, edits};
use crate::ops::proposal::{Settled, Why, settle};
use crate::repo_path::RepoPath;
use crate::workspace::Workspace;

/// What a remote may take to answer.
const LIMIT: Duration = Duration::from_mins(1);

/// Times that others may be first before it is given up.
const ROUNDS: usize = 20;

/// Times that a server may say that it could not store what was pushed.
const PATIENT: usize = 8;

/// What came of it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct Synced {
    /// `prode.inbox_sync/v1`.
    pub schema: String,
    /// The remote.
    pub remote: String,
    /// The branch's commit, the same on both sides; null where it is empty.
    pub commit: Option<String>,
    /// Learnings and findings that came.
    pub came: usize,
    /// Learnings and findings that went.
    pub went: usize,
    /// Learnings whose pull requests were decided; none where no forge is set up.
    pub settled: Vec<Settled>,
}

/// Exchanges the branch with the remote, then takes in what people decided on
/// the forge, and hands that over too. `why` asks for the reason of a pull
/// request that was closed unmerged.
pub fn sync(
    workspace: &Workspace,
    remote: Option<&str>,
    why: &mut Why<'_>,
) -> Result<Synced, OpError> {
    let branch = Branch::of(workspace)?;
    let mut synced = exchange(&branch, remote)?;
    synced.settled = settle(workspace, &synced.remote, why)?;
    if synced.settled.is_empty() {
        return Ok(synced);
    }
    let again = exchange(&branch, Some(&synced.remote))?;
    let came = synced.came + again.came;
    Ok(Synced { came, went: synced.went + again.went, settled: synced.settled, ..again })
}

/// Fetches, joins and pushes with a lease, again whenever somebody else was first.
fn exchange(branch: &Branch<'_>, remote: Option<&str>) -> Result<Synced, OpError> {
    let remote = remote.map(str::to_owned).or_else(|| branch.remote());
    let remote = remote.ok_or_else(|| OpError::NotFound {
        message: "there is no remote to share the inbox through".to_owned(),
        hint: "name one: prode inbox sync REMOTE; see them: git remote --verbose".to_owned(),
    })?;
    let before = branch.files_at(branch.repository.ref_commit(REFERENCE)?)?;
    let mut first: Option<usize> = None;
    for round in 0..ROUNDS {
        let theirs = fetch(branch, &remote)?;
        let held = branch.files_at(theirs)?;
        first.get_or_insert_with(|| fresh(&before, &held));
        let Some(ours) = join(branch, theirs)? else {
            return Ok(synced(&remote, None, 0, 0));
        };
        let went = fresh(&held, &branch.files_at(Some(ours))?);
        if Some(ours) == theirs || push(branch, &remote, (ours, theirs), round)? {
            return Ok(synced(&remote, Some(ours), first.unwrap_or_default(), went));
        }
    }
    Err(OpError::Conflict {
        message: format!(
            "'{BRANCH}' of '{remote}' was changed by others each time before this one"
        ),
        hint: "nothing is lost; run it again: prode inbox sync".to_owned(),
    })
}

fn synced(remote: &str, commit: Option<CommitId>, came: usize, went: usize) -> Synced {
    Synced {
        schema: "prode.inbox_sync/v1".to_owned(),
        remote: remote.to_owned(),
        commit: commit.map(|commit| commit.to_string()),
        came,
        went,
        settled: Vec::new(),
    }
}

/// Learnings and findings of `after` that `before` does not have.
fn fresh(before: &Files, after: &Files) -> usize {
    let is_text = |path: &&RepoPath| Place::of(path).is_some_and(|(_, it)| it == Place::Text);
    after.keys().filter(is_text).filter(|path| !before.contains_key(path)).count()
}

/// The remote's branch as it is now; `None` where it has none.
fn fetch(branch: &Branch<'_>, remote: &str) -> Result<Option<CommitId>, OpError> {
    let copy = Branch::copy_of(remote);
    let spec = Refspec { from: REFERENCE.to_owned(), to: copy.clone() };
    match branch.repository.fetch(remote, &[spec], LIMIT) {
        Ok(()) => Ok(branch.repository.ref_commit(&copy)?),
        Err(NetworkError::NoSuchRef { .. }) => Ok(None),
        Err(error) => Err(error.into()),
    }
}

/// Moves the local branch to what both sides have together.
fn join(branch: &Branch<'_>, theirs: Option<CommitId>) -> Result<Option<CommitId>, OpError> {
    let writer = branch.writer()?;
    for _ in 0..ROUNDS {
        let ours = branch.repository.ref_commit(REFERENCE)?;
        let to = match (ours, theirs) {
            (None, None) => return Ok(None),
            (Some(ours), None) => return Ok(Some(ours)),
            (None, Some(theirs)) => theirs,
            (Some(ours), Some(theirs)) => joined(branch, &writer, ours, theirs)?,
        };
        if Some(to) == ours {
            return Ok(ours);
        }
        match writer.move_ref(Target::Ref(REFERENCE), ours, to) {
            Ok(()) => return Ok(Some(to)),
            Err(WriteError::Moved { .. }) => {}
            Err(error) => return Err(error.into()),
        }
    }
    Err(WriteError::Crowded(REFERENCE.to_owned()).into())
}

fn joined(
    branch: &Branch<'_>,
    writer: &Writer,
    ours: CommitId,
    theirs: CommitId,
) -> Result<CommitId, OpError> {
    let repository = branch.repository;
    if ours == theirs || repository.is_ancestor(theirs, ours)? {
        return Ok(ours);
    }
    if repository.is_ancestor(ours, theirs)? {
        return Ok(theirs);
    }
    let (own, other) = (branch.files_at(Some(ours))?, branch.files_at(Some(theirs))?);
    let all = union(&own, &other);
    // A history that somebody purged must not come back with the other side's
    // commits: what is kept stands on the side that has the tombstone.
    let (base, merges) = match (purged(&own), purged(&other)) {
        (a, b) if a == b => (ours, vec![theirs]),
        (a, b) if a.is_subset(&b) => (theirs, Vec::new()),
        (a, b) if b.is_subset(&a) => (ours, Vec::new()),
        _ => {
            let draft = Draft::new("inbox: joined after two purges", edits(&Files::new(), &all));
            return Ok(writer.commit(None, &draft)?);
        }
    };
    let from = if base == ours { &own } else { &other };
    let edits = edits(from, &all);
    if edits.is_empty() && merges.is_empty() {
        return Ok(base);
    }
    let draft = Draft { merges, ..Draft::new("inbox: joined", edits) };
    Ok(writer.commit(Some(base), &draft)?)
}

/// True if the remote took it; false where somebody else was first.
fn push(
    branch: &Branch<'_>,
    remote: &str,
    (to, expected): (CommitId, Option<CommitId>),
    round: usize,
) -> Result<bool, OpError> {
    let push = Push { reference: REFERENCE.to_owned(), to: Some(to), expected };
    let outcome = branch.repository.push(remote, &[push], LIMIT)?.into_iter().next();
    let refused = |why: String| OpError::Waiting {
        message: format!("'{remote}' did not take {BRANCH}: {why}"),
        hint: "what you added stays here; ask who keeps that repository, then: prode inbox sync"
            .to_owned(),
    };
    match outcome {
        Some(Outcome::Done) => Ok(true),
        Some(Outcome::Moved | Outcome::Withheld) => Ok(false),
        // Two pushes brought the same objects at once, and the server stored
        // the other's; said again and again, it is a fault of the server's.
        Some(Outcome::Rejected(why)) if why.contains("migrate objects") && round < PATIENT => {
            Ok(false)
        }
        Some(Outcome::HookDeclined) => Err(refused("one of its hooks declined".to_owned())),
        Some(Outcome::Rejected(why)) => Err(refused(why)),
        None => Err(refused("it said nothing".to_owned())),
    }
}
