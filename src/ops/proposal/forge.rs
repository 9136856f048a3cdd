//! What people decided on the forge, taken into the inbox.
//!
//! A merge counts when its commit is on the trunk as the remote has it. What is
//! recorded follows from the forge's own answer (who, when, which commit), so
//! that two machines that ask record the same file.

use std::time::Duration;

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use super::found;
use super::pull::{asked_for, on_record};
use crate::forge::{Closing, Forge, ForgeError, Merge, Pull, State as There};
use crate::git::{Refspec, Target};
use crate::ids::CommitId;
use crate::inbox::{Decision, LearningId, State};
use crate::ops::OpError;
use crate::ops::inbox_branch::{Branch, decide, redacted_reason};
use crate::workspace::Workspace;

/// What a remote may take to answer.
const LIMIT: Duration = Duration::from_mins(1);

/// One learning whose pull request was decided.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct Settled {
    /// The learning.
    pub id: String,
    /// `promoted`, `rejected`; `accepted` where it stays so, see `note`.
    pub state: String,
    /// The pull request.
    pub pull: String,
    /// Who decided, where the forge says so.
    pub by: Option<String>,
    /// The trunk's commit of a merge.
    pub commit: Option<String>,
    /// What is still to do, or why nothing was done.
    pub note: Option<String>,
}

/// A pull request that was closed unmerged: what a person is asked about.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Closed {
    /// The learning.
    pub id: String,
    /// The pull request.
    pub pull: String,
    /// Its page.
    pub url: String,
    /// The account that closed it.
    pub by: Option<String>,
}

/// Asks the person why; `None` where nobody is there, or says nothing.
pub type Why<'a> = dyn FnMut(&Closed) -> Option<String> + 'a;

/// Asks the forge about every learning that waits for a decision there.
pub(in crate::ops) fn settle(
    workspace: &Workspace,
    remote: &str,
    why: &mut Why<'_>,
) -> Result<Vec<Settled>, OpError> {
    let Some(forge) = workspace.forge()? else { return Ok(Vec::new()) };
    let branch = Branch::of(workspace)?;
    let proposals = found::all(workspace)?;
    let contents = branch.contents()?;
    let mut settling = Settling { workspace, branch, forge, remote, trunk: None };
    let mut settled = Vec::new();
    for entry in contents.entries.values().filter(|it| it.standing.state == State::Accepted) {
        let is_there = proposals.iter().any(|it| it.id == entry.id);
        let name = on_record(entry);
        if name.is_none() && !is_there {
            continue;
        }
        match asked_for(&settling.forge, &entry.id, name) {
            Ok(Some(pull)) => settled.extend(settling.one(&entry.id, &pull, why)?),
            Ok(None) => {}
            // One that is gone keeps nobody else's from being taken in.
            Err(OpError::Forge(error)) if error.is_missing() => {
                settled.push(gone(&entry.id, name.unwrap_or_default(), &error));
            }
            Err(error) => return Err(error),
        }
    }
    Ok(settled)
}

fn gone(id: &LearningId, name: &str, error: &ForgeError) -> Settled {
    Settled {
        id: id.to_string(),
        state: State::Accepted.name().to_owned(),
        pull: name.to_owned(),
        by: None,
        commit: None,
        note: Some(error.to_string()),
    }
}

struct Settling<'a> {
    workspace: &'a Workspace,
    branch: Branch<'a>,
    forge: Forge,
    remote: &'a str,
    /// The remote's trunk, fetched when it is first needed.
    trunk: Option<CommitId>,
}

impl Settling<'_> {
    fn one(
        &mut self,
        id: &LearningId,
        pull: &Pull,
        why: &mut Why<'_>,
    ) -> Result<Option<Settled>, OpError> {
        let settled = match &pull.state {
            There::Open => return Ok(None),
            There::Merged(merge) => self.merged(id, pull, merge)?,
            There::Closed(closing) => self.closed(id, pull, closing, why)?,
        };
        if settled.state != State::Accepted.name() {
            self.tidy(id, pull)?;
        }
        Ok(Some(settled))
    }

    fn merged(&mut self, id: &LearningId, pull: &Pull, merge: &Merge) -> Result<Settled, OpError> {
        let commit: Option<CommitId> = merge.commit.parse().ok();
        let trunk = self.trunk()?;
        let is_there = commit.filter(|it| {
            // A commit that was not fetched is not on the trunk.
            self.branch.repository.is_ancestor(*it, trunk).unwrap_or(false)
        });
        let mut settled = self.settled(id, pull, merge.by.as_deref());
        let Some(commit) = is_there else {
            let (base, remote) = (&pull.base, self.remote);
            settled.note =
                Some(format!("it was merged into '{base}', and is not on the trunk of '{remote}'"));
            return Ok(settled);
        };
        let by = self.person(merge.by.as_deref());
        let decision = Decision::to(State::Promoted, by, seconds(merge.at));
        let decision = Decision { change: Some(commit.to_string()), ..decision };
        decide(&self.branch, id, &decision, |it| Ok(it.state < State::Promoted))?;
        State::Promoted.name().clone_into(&mut settled.state);
        settled.commit = Some(commit.to_string());
        Ok(settled)
    }

    fn closed(
        &mut self,
        id: &LearningId,
        pull: &Pull,
        closing: &Closing,
        why: &mut Why<'_>,
    ) -> Result<Settled, OpError> {
        let by = match &closing.by {
            Some(by) => Some(by.clone()),
            None => self.forge.closed_by(pull.number)?,
        };
        let mut settled = self.settled(id, pull, by.as_deref());
        let closed = Closed {
            id: id.to_string(),
            pull: settled.pull.clone(),
            url: pull.url.clone(),
            by: by.clone(),
        };
        let said = why(&closed).filter(|it| !it.trim().is_empty());
        if said.is_none() {
            settled.note = Some(format!("say why: prode inbox reject {id} --why '…'"));
        }
        let whom = by.as_ref().map_or_else(|| "somebody".to_owned(), |it| format!("@{it}"));
        let words = said.unwrap_or_else(|| format!("closed on the forge by {whom}"));
        let words = redacted_reason(self.workspace, &words)?;
        let decision =
            Decision::to(State::Rejected, self.person(by.as_deref()), seconds(closing.at));
        let change = Some(settled.pull.clone());
        let decision = Decision { why: Some(words), change, ..decision };
        decide(&self.branch, id, &decision, |it| Ok(it.state < State::Promoted))?;
        State::Rejected.name().clone_into(&mut settled.state);
        Ok(settled)
    }

    fn settled(&self, id: &LearningId, pull: &Pull, by: Option<&str>) -> Settled {
        Settled {
            id: id.to_string(),
            state: State::Accepted.name().to_owned(),
            pull: self.forge.place().name_of(pull.number),
            by: by.map(|it| format!("@{it}")),
            commit: None,
            note: None,
        }
    }

    /// Who it is here; the forge's account where the people name nobody so.
    fn person(&self, account: Option<&str>) -> String {
        account.map_or_else(
            || "process:forge".to_owned(),
            |it| self.branch.person_called(&format!("@{it}")),
        )
    }

    /// The trunk as the remote has it now.
    fn trunk(&mut self) -> Result<CommitId, OpError> {
        if let Some(trunk) = self.trunk {
            return Ok(trunk);
        }
        let name = self.workspace.reviewed()?.name;
        let to = format!("refs/remotes/{}/{name}", self.remote);
        let spec = Refspec { from: format!("refs/heads/{name}"), to: to.clone() };
        let git = self.branch.repository;
        git.fetch(self.remote, &[spec], LIMIT)?;
        let tip = git.ref_commit(&to)?.ok_or_else(|| OpError::NotFound {
            message: format!("remote '{}' has no '{name}'", self.remote),
            hint: format!("see what it has: git ls-remote {}", self.remote),
        })?;
        self.trunk = Some(tip);
        Ok(tip)
    }

    /// The branch here goes if it is what was decided on; other commits stay.
    fn tidy(&self, id: &LearningId, pull: &Pull) -> Result<(), OpError> {
        let reference = found::reference(id);
        let tip = self.branch.repository.ref_commit(&reference)?;
        let Some(tip) = tip.filter(|it| it.to_string() == pull.head) else { return Ok(()) };
        Ok(self.branch.writer()?.delete_ref(Target::Ref(&reference), tip)?)
    }
}

fn seconds(at: jiff::Timestamp) -> String {
    jiff::Timestamp::from_second(at.as_second()).unwrap_or(at).to_string()
}
