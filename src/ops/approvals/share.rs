//! Approvals and the audit log, exchanged with a remote.
//!
//! Statements and marks are only ever added, so two copies unite without a
//! conflict, but for one: an approval that was used here and, by another
//! clone, there. That is said, and nothing is pushed.

use std::collections::BTreeMap;
use std::time::Duration;

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use crate::git::{Draft, Edit, NetworkError, Outcome, Push, Refspec, Repository, Target, Writer};
use crate::ids::CommitId;
use crate::ops::OpError;
use crate::ops::ledger::audit_log::CHAINS;
use crate::ops::ledger::store::{self, REFERENCE};
use crate::ops::ledger::{repository, short};
use crate::repo_path::RepoPath;
use crate::workspace::Workspace;

/// How long a remote may take for one question.
const LIMIT: Duration = Duration::from_mins(1);

/// How often somebody else may be quicker.
const TRIES: usize = 8;

/// The answer.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct ShareAnswer {
    /// `prode.approvals_share/v1`.
    pub schema: String,
    /// The remote.
    pub remote: String,
    /// Files that came from there: statements and marks.
    pub came: usize,
    /// Refs that moved there.
    pub pushed: Vec<String>,
}

/// Brings what `remote` has, and hands over what is here.
pub fn share(workspace: &Workspace, remote: &str) -> Result<ShareAnswer, OpError> {
    let git = repository(workspace)?;
    let writer = store::writer(workspace, &workspace.reviewed()?)?;
    let mut came = 0;
    for _ in 0..TRIES {
        let copy = fetched(git, remote)?;
        came += united(git, &writer, copy)?;
        let pushes = pushes(git, remote, copy)?;
        if pushes.is_empty() {
            return Ok(answer(remote, came, &pushes));
        }
        let told = git.push(remote, &pushes, LIMIT)?;
        if told.iter().all(|it| *it == Outcome::Done) {
            return Ok(answer(remote, came, &pushes));
        }
        if let Some(refused) = told.iter().find(|it| !is_passing(it)) {
            return Err(declined(remote, refused));
        }
    }
    Err(OpError::Conflict {
        message: format!("'{remote}' was changed by others each time before this one"),
        hint: "nothing is lost; run it again".to_owned(),
    })
}

/// Where the copies of a remote's refs stand.
fn copies(remote: &str) -> String {
    format!("refs/prode/remotes/{remote}/")
}

/// The tip of the remote's approvals, now in the copy; `None` where it has none.
fn fetched(git: &Repository, remote: &str) -> Result<Option<CommitId>, OpError> {
    let copies = copies(remote);
    let chains = Refspec { from: format!("{CHAINS}*"), to: format!("{copies}audit/*") };
    git.fetch(remote, &[chains], LIMIT)?;
    let to = format!("{copies}approvals");
    match git.fetch(remote, &[Refspec { from: REFERENCE.to_owned(), to: to.clone() }], LIMIT) {
        Ok(()) => Ok(git.ref_commit(&to)?),
        Err(NetworkError::NoSuchRef { .. }) => Ok(None),
        Err(error) => Err(error.into()),
    }
}

/// Puts into the own ref what the copy has and it lacks; how many files.
fn united(git: &Repository, writer: &Writer, copy: Option<CommitId>) -> Result<usize, OpError> {
    let Some(copy) = copy else { return Ok(0) };
    let target = Target::Ref(REFERENCE);
    let Some(own) = git.ref_commit(REFERENCE)? else {
        writer.move_ref(target, None, copy)?;
        return Ok(files(git, copy)?.len());
    };
    if git.is_ancestor(copy, own)? {
        return Ok(0);
    }
    let (ours, theirs) = (files(git, own)?, files(git, copy)?);
    let mut edits = Vec::new();
    for (path, bytes) in &theirs {
        match ours.get(path) {
            None => edits.push(Edit::write(path.clone(), bytes.clone())),
            Some(same) if same == bytes => {}
            Some(_) => return Err(differs(path)),
        }
    }
    let came = edits.len();
    if git.is_ancestor(own, copy)? {
        writer.move_ref(target, Some(own), copy)?;
        return Ok(came);
    }
    let draft = Draft { merges: vec![copy], ..Draft::new("unite approvals", edits) };
    writer.commit_to(target, Some(own), &draft)?;
    Ok(came)
}

fn files(git: &Repository, commit: CommitId) -> Result<BTreeMap<RepoPath, Vec<u8>>, OpError> {
    Ok(git.files_at(commit, &RepoPath::root())?.into_iter().collect())
}

fn differs(path: &RepoPath) -> OpError {
    let text = path.text();
    let id = text.strip_prefix("used/").and_then(|it| it.strip_suffix(".json"));
    match id {
        Some(id) => OpError::Conflict {
            message: format!("{} was used here and elsewhere", short(id)),
            hint: format!("compare: git show {REFERENCE}:{text}; only one effect may stand"),
        },
        None => OpError::Conflict {
            message: format!("'{text}' is not the same here and there"),
            hint: "see which one was tampered with: prode approvals verify".to_owned(),
        },
    }
}

/// The own refs that the remote lacks or has an older state of.
fn pushes(git: &Repository, remote: &str, copy: Option<CommitId>) -> Result<Vec<Push>, OpError> {
    let mut pushes = Vec::new();
    let own = git.ref_commit(REFERENCE)?.map(|tip| (REFERENCE.to_owned(), tip, copy));
    let mut refs: Vec<_> = own.into_iter().collect();
    for (name, tip) in git.refs_below(CHAINS)? {
        let writer = name.trim_start_matches(CHAINS);
        let there = git.ref_commit(&format!("{}audit/{writer}", copies(remote)))?;
        refs.push((name, tip, there));
    }
    for (reference, to, expected) in refs {
        let is_new = match expected {
            Some(there) => there != to && git.is_ancestor(there, to)?,
            None => true,
        };
        if is_new {
            pushes.push(Push { reference, to: Some(to), expected });
        }
    }
    Ok(pushes)
}

/// Somebody was quicker, which another try mends.
fn is_passing(outcome: &Outcome) -> bool {
    matches!(outcome, Outcome::Done | Outcome::Moved | Outcome::Withheld)
}

fn declined(remote: &str, outcome: &Outcome) -> OpError {
    let why = match outcome {
        Outcome::Rejected(why) => why.clone(),
        _ => "a hook of it said no".to_owned(),
    };
    OpError::Conflict {
        message: format!("'{remote}' did not take the approvals: {why}"),
        hint: format!("try it by hand: git push {remote} {REFERENCE}"),
    }
}

fn answer(remote: &str, came: usize, pushes: &[Push]) -> ShareAnswer {
    ShareAnswer {
        schema: "prode.approvals_share/v1".to_owned(),
        remote: remote.to_owned(),
        came,
        pushed: pushes.iter().map(|it| it.reference.clone()).collect(),
    }
}
