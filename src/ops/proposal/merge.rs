//! `proposal merge`: for teams without a forge, a proposal onto the trunk.
//!
//! In this order, so that a process that ends anywhere leaves nothing half
//! done that running it again does not finish: checks; the work trees that
//! have the trunk checked out could follow; approvals are used up; the trunk
//! moves by compare-and-swap; their files follow; the learning is marked; the
//! branch goes.

use std::path::PathBuf;

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use super::checks::{Checks, checks};
use super::found::{self, Found, reference};
use super::pull::on_record;
use super::refresh::Held;
use crate::git::{self, Draft, Message, Target, WriteError, Writer};
use crate::ids::{CommitId, TreeId};
use crate::inbox::{Decision, LearningId, State};
use crate::ops::OpError;
use crate::ops::counted;
use crate::ops::inbox_branch::{Branch, Entry, decide, redacted_reason};
use crate::ops::ledger::{self, actions_of, change_between};
use crate::workspace::{Reviewed, Workspace, forge_name};

/// What is wanted.
#[derive(Debug, Clone, Default)]
pub struct Options {
    /// Why a route test may fail that passes on the trunk.
    pub allow_regression: Option<String>,
}

/// What came of it.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct Merged {
    /// `prode.proposal_merge/v1`.
    pub schema: String,
    /// The learning.
    pub id: String,
    /// `fast-forward`, `merge`, or `finished` where the trunk had it already.
    pub how: String,
    /// The trunk's commit.
    pub commit: String,
    /// Who approved, per action: `merge: weak`.
    pub approvals: Vec<String>,
    /// Work trees whose files followed.
    pub followed: Vec<String>,
    /// What did not follow and how to make it, one line each.
    pub notes: Vec<String>,
    /// What to type next.
    pub next: Vec<String>,
}

/// Merges an approved proposal.
///
/// # Errors
/// Without the owners' approvals; where a route test would begin to fail;
/// where the trunk changed the same lines; where a work tree holds changes
/// that its files could not follow over.
pub fn merge(workspace: &Workspace, id: &LearningId, options: &Options) -> Result<Merged, OpError> {
    let branch = Branch::of(workspace)?;
    let found = found::one(workspace, id)?;
    let contents = branch.contents()?;
    let entry = contents.get(id)?;
    let reviewed = workspace.reviewed()?;
    let trunk = local_trunk(&reviewed)?;
    let writer = branch.repository.writer(Some(trunk), workspace.clock().now())?;
    if branch.repository.is_ancestor(found.tip, reviewed.commit)? {
        let mut answer = merged(&found, "finished", found.tip);
        catch_up(&mut answer, &branch, (trunk, reviewed.commit), &found)?;
        return finish(&branch, &writer, &found, answer);
    }
    super::promote::open(entry)?;
    leave_to_the_forge(workspace, &reviewed, entry)?;
    let asked = wanted(&branch, &reviewed, &found)?;
    for asked in &asked {
        ledger::decided(workspace, asked)?.approved(asked)?;
    }
    let allowed = options.allow_regression.as_deref();
    let allowed = allowed.map(|why| redacted_reason(workspace, why)).transpose()?;
    let plan = plan(&branch, &writer, (&found, reviewed.commit), allowed.as_deref())?;
    let folders = could_follow(&branch, trunk, reviewed.commit, plan.sketch)?;
    let commit = match plan.draft {
        None => found.tip,
        Some(draft) => writer.commit_of(plan.tree, Some(reviewed.commit), &draft)?,
    };
    let effect = format!("merge {} as {}", found.name, commit.short(12));
    let used = ledger::use_up(workspace, &asked, &effect)?;
    writer.move_ref(Target::Trunk(trunk), Some(reviewed.commit), commit).map_err(moved)?;
    let how = if commit == found.tip { "fast-forward" } else { "merge" };
    let mut answer = merged(&found, how, commit);
    let label = |(asked, used): (&ledger::Asked, &ledger::Decided)| {
        format!("{}: {}", asked.action, used.label())
    };
    answer.approvals = asked.iter().zip(&used).map(label).collect();
    follow(&mut answer, folders, reviewed.commit, commit);
    answer.next = next(&branch, &reviewed, &found);
    finish(&branch, &writer, &found, answer)
}

fn merged(found: &Found, how: &str, commit: CommitId) -> Merged {
    Merged {
        schema: "prode.proposal_merge/v1".to_owned(),
        id: found.id.to_string(),
        how: how.to_owned(),
        commit: commit.to_string(),
        approvals: Vec::new(),
        followed: Vec::new(),
        notes: Vec::new(),
        next: Vec::new(),
    }
}

/// Where a forge holds the trunk, people merge there.
fn leave_to_the_forge(
    workspace: &Workspace,
    reviewed: &Reviewed,
    entry: &Entry,
) -> Result<(), OpError> {
    let id = &entry.id;
    let opened = on_record(entry).map(str::to_owned);
    let named = || -> Result<Option<String>, OpError> {
        let own = forge_name(&reviewed.settings);
        Ok(own.or(workspace.forge()?.map(|it| format!("{}:{}", it.place().kind, it.place().repo))))
    };
    let (what, hint) = match (opened, named()?) {
        (Some(pull), _) => {
            (pull, "merge it there, then take that into the inbox: prode inbox sync".to_owned())
        }
        (None, Some(repo)) => (repo, format!("open its pull request there: prode promote {id}")),
        (None, None) => return Ok(()),
    };
    let message = format!("'{id}' is merged by people on the forge: {what}");
    Err(OpError::Waiting { message, hint })
}

/// The trunk as a branch of this repository: a copy of a remote's is not moved.
fn local_trunk(reviewed: &Reviewed) -> Result<&str, OpError> {
    if reviewed.reference.starts_with("refs/heads/") {
        return Ok(&reviewed.reference);
    }
    Err(OpError::Invalid {
        message: format!("the trunk '{}' is no branch here", reviewed.name),
        hint: format!("make it one: git branch {0} {1}", reviewed.name, reviewed.reference),
    })
}

/// What must have been approved.
fn wanted(
    branch: &Branch<'_>,
    reviewed: &Reviewed,
    found: &Found,
) -> Result<Vec<ledger::Asked>, OpError> {
    let asked = change_between(branch.repository, reviewed, &found.name, found.tip)?;
    let actions = actions_of(branch.repository, reviewed, &asked)?;
    Ok(actions.into_iter().map(|action| ledger::Asked { action, ..asked.clone() }).collect())
}

/// What the trunk would become.
struct Plan {
    tree: TreeId,
    /// `None` where the trunk moves forward to the proposal's own commit.
    draft: Option<Draft>,
    /// A commit of that tree, for looking at.
    sketch: CommitId,
}

fn plan(
    branch: &Branch<'_>,
    writer: &Writer,
    (found, trunk): (&Found, CommitId),
    allowed: Option<&str>,
) -> Result<Plan, OpError> {
    let git = branch.repository;
    let forward = git.merge_base(trunk, found.tip)? == Some(trunk);
    let tree = if forward {
        git.commit(found.tip)?.tree
    } else {
        match writer.merged(found.tip, trunk)? {
            git::Merged::Tree(tree) => tree,
            git::Merged::Clash(clashes) => {
                let held: Vec<Held> = clashes.into_iter().map(super::refresh::held).collect();
                let paths: Vec<&str> = held.iter().map(|it| it.path.as_str()).collect();
                return Err(OpError::Conflict {
                    message: format!("the trunk changed the same lines of {}", paths.join(", ")),
                    hint: format!("see both texts: prode proposal refresh {}", found.id),
                });
            }
        }
    };
    let draft = merge_draft(found, allowed);
    let sketch = writer.sketch_of(tree, Some(trunk), &draft)?;
    let checks = checks(branch.workspace(), trunk, sketch)?;
    refuse_regressions(&checks, &found.id, allowed.is_some())?;
    let draft = (!forward || allowed.is_some()).then_some(draft);
    Ok(Plan { tree, draft, sketch })
}

fn merge_draft(found: &Found, allowed: Option<&str>) -> Draft {
    let mut trailers = vec![("Prode-Learning".to_owned(), found.id.to_string())];
    trailers.extend(allowed.map(|why| ("Prode-Allowed-Regression".to_owned(), why.to_owned())));
    let subject = format!("Merge {}", found.name);
    let message = Message { subject, body: String::new(), trailers };
    Draft { message, merges: vec![found.tip], ..Draft::default() }
}

fn refuse_regressions(checks: &Checks, id: &LearningId, allowed: bool) -> Result<(), OpError> {
    let failing: Vec<&str> = checks.regressions().map(|case| case.text.as_str()).collect();
    if failing.is_empty() || allowed {
        return Ok(());
    }
    let first: String = failing[0].chars().take(80).collect();
    let count = counted(failing.len(), "route test");
    Err(OpError::Invalid {
        message: format!("{count} would begin to fail, such as '{first}'"),
        hint: format!(
            "see what comes instead: prode proposal show {id}; or say why that is right: --allow-regression '…'"
        ),
    })
}

/// Work trees that have the trunk checked out; refused where one could not follow.
fn could_follow(
    branch: &Branch<'_>,
    trunk: &str,
    from: CommitId,
    to: CommitId,
) -> Result<Vec<PathBuf>, OpError> {
    let folders = folders_of(branch, trunk)?;
    for folder in &folders {
        git::could_follow(folder, from, to).map_err(|why| OpError::Conflict {
            message: format!("the trunk is checked out in '{}': {why}", folder.display()),
            hint: format!(
                "commit or put aside what was changed: git -C '{}' status",
                folder.display()
            ),
        })?;
    }
    Ok(folders)
}

fn folders_of(branch: &Branch<'_>, trunk: &str) -> Result<Vec<PathBuf>, OpError> {
    let failed = |reason| OpError::File { path: "the list of work trees".to_owned(), reason };
    branch.repository.checked_out(trunk).map_err(failed)
}

fn moved(error: WriteError) -> OpError {
    match error {
        WriteError::Moved { reference, .. } => OpError::Conflict {
            message: format!(
                "'{reference}' moved meanwhile; the approvals are used and nothing was merged"
            ),
            hint: "approve it once more, then run it again".to_owned(),
        },
        error => error.into(),
    }
}

fn follow(answer: &mut Merged, folders: Vec<PathBuf>, from: CommitId, to: CommitId) {
    for folder in folders {
        let shown = folder.display().to_string();
        match git::follow(&folder, from, to) {
            Ok(()) => answer.followed.push(shown),
            Err(why) => answer.notes.push(format!(
                "files of '{shown}' did not follow ({why}): git -C '{shown}' read-tree -m -u {from} {to}"
            )),
        }
    }
}

/// Where a merge ended right after the trunk moved, files of its work trees are
/// what they were before: left so, the next commit there would take it back.
fn catch_up(
    answer: &mut Merged,
    branch: &Branch<'_>,
    (trunk, tip): (&str, CommitId),
    found: &Found,
) -> Result<(), OpError> {
    let parents = branch.repository.commit(tip)?.parents;
    let is_its = tip == found.tip || parents.get(1) == Some(&found.tip);
    let Some(before) = parents.first().filter(|_| is_its) else { return Ok(()) };
    let mut folders = folders_of(branch, trunk)?;
    folders.retain(|folder| !git::has_followed(folder, tip));
    follow(answer, folders, *before, tip);
    Ok(())
}

fn next(branch: &Branch<'_>, reviewed: &Reviewed, found: &Found) -> Vec<String> {
    let remote = branch.remote();
    let name = &reviewed.name;
    let copy = |it: &String| format!("refs/remotes/{it}/prode/promote/{}", found.id);
    let Some(remote) = remote else { return Vec::new() };
    let there = branch.repository.ref_commit(&copy(&remote)).ok().flatten();
    let gone = there.map_or_else(String::new, |_| format!(" :prode/promote/{}", found.id));
    vec![format!("git push {remote} {name}{gone}"), "prode inbox sync".to_owned()]
}

/// What is left once the trunk has it; run again it does what was not done.
fn finish(
    branch: &Branch<'_>,
    writer: &Writer,
    found: &Found,
    answer: Merged,
) -> Result<Merged, OpError> {
    let decision = Decision::to(State::Promoted, branch.person()?, branch.now());
    let decision = Decision { change: Some(answer.commit.clone()), ..decision };
    decide(branch, &found.id, &decision, |it| Ok(it.state < State::Promoted))?;
    if found.local {
        writer.delete_ref(Target::Ref(&reference(&found.id)), found.tip)?;
    }
    Ok(answer)
}
