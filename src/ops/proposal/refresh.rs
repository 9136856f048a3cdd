//! `proposal refresh`: the proposal on the trunk as it is now.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use super::build::{built, draft, text_at, words};
use super::found::{self, Found, reference};
use super::own::{is_own, overtaken};
use super::pushing::push;
use crate::git::{Clash, Draft, Merged, Target, Writer};
use crate::hint::{ErrorKind, Helpful};
use crate::ids::CommitId;
use crate::inbox::LearningId;
use crate::ops::OpError;
use crate::ops::inbox_branch::{Branch, Entry};
use crate::workspace::{Asked, Workspace};

/// What came of it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct Refreshed {
    /// `prode.proposal_refresh/v1`.
    pub schema: String,
    /// The learning.
    pub id: String,
    /// `unchanged`, `refreshed`; `merged` where the trunk was merged into
    /// somebody's own commits; `said` where the trunk says it now; `conflict`.
    pub status: String,
    /// The branch's commit.
    pub commit: String,
    /// The remote that has it; null where there is none.
    pub remote: Option<String>,
    /// What cannot go together; nothing was changed then.
    pub conflicts: Vec<Held>,
}

/// Two texts of one place.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct Held {
    /// The file.
    pub path: String,
    /// Why they do not go together.
    pub why: String,
    /// What the trunk says; null where it is gone.
    pub trunk: Option<String>,
    /// What the proposal says; null where it removes it.
    pub proposal: Option<String>,
}

/// Makes the proposal anew on the trunk; somebody's own commits on the branch
/// stay, and the trunk is merged into them.
pub fn refresh(workspace: &Workspace, id: &LearningId) -> Result<Refreshed, OpError> {
    let branch = Branch::of(workspace)?;
    let git = branch.repository;
    let found = found::one(workspace, id)?;
    let trunk = workspace.reviewed()?.commit;
    let mut answer = answer(&found, "unchanged");
    if git.merge_base(trunk, found.tip)? == Some(trunk) {
        return Ok(answer);
    }
    let contents = branch.contents()?;
    let entry = contents.get(id)?;
    super::promote::open(entry)?;
    let writer = branch.writer()?;
    let own = is_own(workspace, &writer, (&found, trunk), entry)?;
    let made = if own {
        anew((workspace, &branch), &writer, (&found, trunk), entry)?
    } else {
        joined(&writer, (&found, trunk), id)?
    };
    match made {
        Made::Commit(commit) => {
            let from = found.local.then_some(found.tip);
            writer.move_ref(Target::Ref(&reference(id)), from, commit)?;
            answer.commit = commit.to_string();
            if own { "refreshed" } else { "merged" }.clone_into(&mut answer.status);
            answer.remote = push(git, id, Some(commit))?;
        }
        Made::Said => "said".clone_into(&mut answer.status),
        Made::Held(held) => {
            "conflict".clone_into(&mut answer.status);
            answer.conflicts = held;
        }
    }
    Ok(answer)
}

fn answer(found: &Found, status: &str) -> Refreshed {
    Refreshed {
        schema: "prode.proposal_refresh/v1".to_owned(),
        id: found.id.to_string(),
        status: status.to_owned(),
        commit: found.tip.to_string(),
        remote: None,
        conflicts: Vec::new(),
    }
}

enum Made {
    Commit(CommitId),
    Said,
    Held(Vec<Held>),
}

/// The learning on the trunk, as `promote` would put it there.
fn anew(
    (workspace, branch): (&Workspace, &Branch<'_>),
    writer: &Writer,
    at: (&Found, CommitId),
    entry: &Entry,
) -> Result<Made, OpError> {
    let learning = entry.edited();
    let path = &learning.target.path;
    let held = |why: String, trunk: Option<String>| {
        let proposal = Some(words(&entry.id, &learning));
        Made::Held(vec![Held { path: path.text().into_owned(), why, trunk, proposal }])
    };
    if let Some(now) = overtaken(workspace, at, entry)? {
        let why = "the section that it replaces was changed on the trunk".to_owned();
        return Ok(held(why, Some(now)));
    }
    let memory = workspace.memory(&Asked::Trunk)?;
    match built(workspace, &memory, (&entry.id, &learning)) {
        Ok(None) => Ok(Made::Said),
        Ok(Some(proposal)) => {
            let draft = draft(workspace, (branch, entry), &proposal)?;
            Ok(Made::Commit(writer.commit(Some(proposal.base), &draft)?))
        }
        // The page or the section went, or is open now.
        Err(error) if matches!(error.kind(), ErrorKind::Invalid | ErrorKind::Conflict) => {
            Ok(held(error.to_string(), text_at(workspace, at.1, path)?))
        }
        Err(error) => Err(error),
    }
}

/// The trunk merged into what is on the branch.
fn joined(
    writer: &Writer,
    (found, trunk): (&Found, CommitId),
    id: &LearningId,
) -> Result<Made, OpError> {
    match writer.merged(found.tip, trunk)? {
        Merged::Tree(tree) => {
            let mut draft = Draft::new(format!("{id}: the trunk as it is now"), Vec::new());
            draft.merges = vec![trunk];
            Ok(Made::Commit(writer.commit_of(tree, Some(found.tip), &draft)?))
        }
        Merged::Clash(clashes) => Ok(Made::Held(clashes.into_iter().map(held).collect())),
    }
}

/// The first side is the proposal's.
pub(super) fn held(clash: Clash) -> Held {
    Held {
        path: clash.path.text().into_owned(),
        why: "both changed the same lines".to_owned(),
        trunk: clash.theirs,
        proposal: clash.ours,
    }
}
