//! `promote`: a learning becomes a branch for its owners.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use super::build::{built, draft, unsigned};
use super::checks::{Checks, checks};
use super::found::{self, Found, reference};
use super::own::{is_own, overtaken};
use super::pull::{self, PullRow, Subject};
use super::pushing::push;
use crate::forge::Forge;
use crate::git::{Draft, Target, Writer};
use crate::ids::CommitId;
use crate::inbox::{Decision, Learning, LearningId, State};
use crate::ops::OpError;
use crate::ops::inbox::{EditOptions, edit};
use crate::ops::inbox_branch::{Branch, Entry, decide};
use crate::promotion::{Proposal, branch_of};
use crate::workspace::{Asked, Memory, Workspace, forge_name};

/// What is wanted.
#[derive(Debug, Clone, Default)]
pub struct Options {
    /// Another place: `PATH#SECTION`, `new:PATH`.
    pub to: Option<String>,
    /// Another action.
    pub action: Option<String>,
    /// Open a pull request, or fail; else one is opened where a forge is set up.
    pub open_pr: bool,
    /// Show it, and move nothing.
    pub dry_run: bool,
}

/// What came of it.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct Answer {
    /// `prode.promote/v1`.
    pub schema: String,
    /// The learning.
    pub id: String,
    /// `proposed`, `updated`, `unchanged`; `would` under `--dry-run`; `said`
    /// where the page says it already.
    pub status: String,
    /// The branch.
    pub branch: String,
    /// Its commit; null where none was made.
    pub commit: Option<String>,
    /// The trunk's commit that it changes.
    pub base: Option<String>,
    /// The file.
    pub path: String,
    /// The change as a unified diff; empty where there is none.
    pub diff: String,
    /// What lint and the route tests say; null where there is no change.
    pub checks: Option<Checks>,
    /// The remote that has it; null where there is none.
    pub remote: Option<String>,
    /// The pull request; null where there is none.
    pub pull: Option<PullRow>,
    /// What became of it: `opened`, `updated`, `unchanged`; null where there is none.
    pub pull_status: Option<String>,
    /// What was not done and why, and what is left to write, one line each.
    pub notes: Vec<String>,
    /// What to type next.
    pub next: Vec<String>,
}

/// Proposes a learning.
///
/// # Errors
/// Where it was decided otherwise, does not fit, holds what may not leave, or
/// the branch holds somebody's own commits.
pub fn promote(
    workspace: &Workspace,
    id: &LearningId,
    options: &Options,
) -> Result<Answer, OpError> {
    let branch = Branch::of(workspace)?;
    let (forge, mut notes) = forge(workspace, options)?;
    let mut contents = branch.contents()?;
    open(contents.get(id)?)?;
    let moves = options.to.is_some() || options.action.is_some();
    if moves && !options.dry_run {
        let (target, action) = (options.to.clone(), options.action.clone());
        edit(workspace, id, &EditOptions { target, action, ..EditOptions::default() })?;
        contents = branch.contents()?;
    }
    let entry = contents.get(id)?;
    let mut learning = entry.edited();
    if let Some(to) = &options.to {
        learning.target = to.parse()?;
    }
    if let Some(action) = &options.action {
        learning.action = action.parse()?;
    }
    learning.action.fits(&learning.target)?;
    let memory = workspace.memory(&Asked::Trunk)?;
    let Some(proposal) = built(workspace, &memory, (id, &learning))? else {
        return Ok(said(id, &learning.target.path.text()));
    };
    let draft = draft(workspace, (&branch, entry), &proposal)?;
    let writer = branch.writer()?;
    let sketch = writer.sketch(Some(proposal.base), &draft)?;
    let checks = checks(workspace, proposal.base, sketch)?;
    let mut answer = answered(&proposal, &memory, checks);
    if options.dry_run {
        return Ok(answer);
    }
    let (commit, status) = place(workspace, &writer, &proposal, (entry, &draft))?;
    status.clone_into(&mut answer.status);
    answer.commit = Some(commit.to_string());
    accept(&branch, id)?;
    answer.remote = push(branch.repository, id, Some(commit))?;
    if let (Some(forge), Some(checks)) = (&forge, &answer.checks) {
        let subject = Subject { proposal: &proposal, learning: &learning, checks };
        let opened = pull::opened(&branch, forge, &memory, &subject)?;
        notes.extend(opened.notes);
        answer.pull = Some(opened.row);
        answer.pull_status = Some(opened.how.to_owned());
    }
    answer.notes.extend(notes);
    answer.next = next(&memory, id, &answer);
    Ok(answer)
}

/// What promoting a learning would do that is not in the inbox: nothing is
/// written, and nothing of the inbox is asked.
///
/// # Errors
/// Where it does not fit, or holds what may not leave.
pub fn preview(workspace: &Workspace, learning: &Learning) -> Result<Answer, OpError> {
    let branch = Branch::of(workspace)?;
    let memory = workspace.memory(&Asked::Trunk)?;
    let id = learning.id();
    let Some(proposal) = built(workspace, &memory, (&id, learning))? else {
        return Ok(said(&id, &learning.target.path.text()));
    };
    let draft = unsigned(workspace, &proposal)?;
    let sketch = branch.writer()?.sketch(Some(proposal.base), &draft)?;
    Ok(answered(&proposal, &memory, checks(workspace, proposal.base, sketch)?))
}

/// An error where somebody decided otherwise.
pub(super) fn open(entry: &Entry) -> Result<(), OpError> {
    let id = &entry.id;
    match entry.standing.state {
        State::New | State::Accepted => Ok(()),
        state => Err(OpError::Conflict {
            message: format!("'{id}' is {} already", state.name()),
            hint: format!("see what was decided: prode inbox show {id}"),
        }),
    }
}

fn said(id: &LearningId, path: &str) -> Answer {
    Answer {
        schema: "prode.promote/v1".to_owned(),
        id: id.to_string(),
        status: "said".to_owned(),
        branch: branch_of(id),
        commit: None,
        base: None,
        path: path.to_owned(),
        diff: String::new(),
        checks: None,
        remote: None,
        pull: None,
        pull_status: None,
        notes: Vec::new(),
        next: vec![format!("prode inbox reject {id} --why 'the page says it already'")],
    }
}

fn answered(proposal: &Proposal, memory: &Memory, checks: Checks) -> Answer {
    Answer {
        status: "would".to_owned(),
        base: memory.revision.commit.map(|it| it.to_string()),
        diff: proposal.diff(),
        checks: Some(checks),
        notes: proposal.left.clone(),
        next: vec![format!("prode promote {}", proposal.id)],
        ..said(&proposal.id, &proposal.path.text())
    }
}

/// Puts the commit on the learning's branch. The same change of the same
/// trunk is the same commit: nothing is made anew.
fn place(
    workspace: &Workspace,
    writer: &Writer,
    proposal: &Proposal,
    (entry, draft): (&Entry, &Draft),
) -> Result<(CommitId, &'static str), OpError> {
    let git = super::build::repository(workspace)?;
    let id = &proposal.id;
    let there = found::all(workspace)?.into_iter().find(|it| it.id == *id);
    if let Some(found) = &there {
        let tip = git.commit(found.tip)?;
        let same = tip.parents == [proposal.base]
            && tip.tree == writer.tree(Some(proposal.base), &draft.edits)?;
        if same && found.local {
            return Ok((found.tip, "unchanged"));
        }
        if same {
            writer.move_ref(Target::Ref(&reference(id)), None, found.tip)?;
            return Ok((found.tip, "unchanged"));
        }
        keep(workspace, writer, (found, proposal.base), entry)?;
    }
    let commit = writer.commit(Some(proposal.base), draft)?;
    let from = there.as_ref().filter(|it| it.local).map(|it| it.tip);
    writer.move_ref(Target::Ref(&reference(id)), from, commit)?;
    Ok((commit, if there.is_some() { "updated" } else { "proposed" }))
}

/// Refuses to write over what somebody else wrote.
fn keep(
    workspace: &Workspace,
    writer: &Writer,
    at: (&Found, CommitId),
    entry: &Entry,
) -> Result<(), OpError> {
    let id = &entry.id;
    if !is_own(workspace, writer, at, entry)? {
        return Err(OpError::Conflict {
            message: format!("'{}' holds words that are not the learning's", at.0.name),
            hint: format!("keep them, on the trunk as it is: prode proposal refresh {id}"),
        });
    }
    if overtaken(workspace, at, entry)?.is_some() {
        return Err(OpError::Conflict {
            message: format!("the section that '{id}' replaces was changed on the trunk"),
            hint: format!("see both: prode proposal refresh {id}"),
        });
    }
    Ok(())
}

/// Says on the inbox that it is wanted, once.
pub(super) fn accept(branch: &Branch<'_>, id: &LearningId) -> Result<(), OpError> {
    let decision = Decision::to(State::Accepted, branch.person()?, branch.now());
    let decision = Decision { change: Some(branch_of(id)), ..decision };
    decide(branch, id, &decision, |it| Ok(it.state == State::New)).map(drop)
}

/// The forge that a pull request is opened on, and why none is where the user
/// has a token.
fn forge(
    workspace: &Workspace,
    options: &Options,
) -> Result<(Option<Forge>, Vec<String>), OpError> {
    let has_remote = super::build::repository(workspace)?.usual_remote().is_some();
    match workspace.forge() {
        Ok(Some(forge)) if has_remote => Ok((Some(forge), Vec::new())),
        Ok(_) if options.open_pr => Err(no_forge(has_remote)),
        Ok(_) => Ok((None, Vec::new())),
        Err(error) if options.open_pr => Err(error.into()),
        Err(error) => Ok((None, vec![format!("no pull request is opened: {error}")])),
    }
}

fn no_forge(has_remote: bool) -> OpError {
    let (message, hint) = if has_remote {
        (
            "no forge is set up that a pull request could be opened on",
            "hand over a token, as PRODE_FORGE__TOKEN, and see what is known: prode doctor",
        )
    } else {
        (
            "there is no remote that the branch could be pushed to",
            "add it: git remote add origin URL",
        )
    };
    OpError::Invalid { message: message.to_owned(), hint: hint.to_owned() }
}

fn next(memory: &Memory, id: &LearningId, answer: &Answer) -> Vec<String> {
    let branch = branch_of(id);
    if answer.pull.is_some() {
        return vec!["prode inbox sync   # after it was merged or closed".to_owned()];
    }
    if let Some(name) = forge_name(&memory.settings) {
        return vec![format!(
            "open a pull request for {branch} on {name}, or hand over a token: prode doctor"
        )];
    }
    let approved = [format!("prode approve {id}"), format!("prode proposal merge {id}")];
    let by_hand = [
        format!("git diff {}...{branch}", memory.revision.name),
        format!("git push REMOTE {branch}"),
    ];
    if answer.remote.is_some() { approved.to_vec() } else { [by_hand, approved].concat() }
}
