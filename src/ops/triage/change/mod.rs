//! Makes the change of a run past the gate: in a work tree of its own, by an
//! allowed program or by hand, verified and looked at by somebody else.
//!
//! What always holds: no branch moves and nothing leaves here; every step writes
//! one event, and a step that was lost is done again. What a person changed by
//! hand is never taken away before it lies in a commit.

mod making;
mod preparing;
mod reviewing;
mod verifying;

use std::ffi::OsString;
use std::path::PathBuf;
use std::time::Duration;

use super::journal::Journal;
use super::programs;
use super::written::hidden_text;
use crate::config::Environment;
use crate::git::Repository;
use crate::ids::CommitId;
use crate::ops::OpError;
use crate::ops::allowed;
use crate::specialist::{Command, Program, USUAL};
use crate::triage::delivery::{Failure, Work};
use crate::triage::event::Event;
use crate::triage::reason::Reason;
use crate::triage::state::Action;
use crate::workspace::Workspace;

/// The folder of the work trees, in the user's folder for what can be made again.
const FOLDER: &str = "work";

/// Who makes changes here, and what they must pass.
pub(in crate::ops::triage) struct Workshop<'a> {
    workspace: &'a Workspace,
    /// Who makes the change; a person where there is none.
    coder: Option<Program>,
    /// Who looks at it last; what is built in where there is none.
    reviewer: Option<Program>,
    /// What it must pass.
    commands: Vec<Command>,
    /// What the commands may see.
    variables: Vec<(String, OsString)>,
    /// What one attempt, and one command, may take.
    limit: Duration,
}

/// How a step of the change ended.
pub(in crate::ops::triage) enum Step {
    /// An event was written.
    Done,
    /// Only a person can go on, in the work tree.
    Waits,
}

impl<'a> Workshop<'a> {
    /// As the user's settings want it.
    ///
    /// # Errors
    /// A command cannot be read, or a repository suggests one that nobody allowed.
    pub(in crate::ops::triage) fn of(workspace: &'a Workspace) -> Result<Self, OpError> {
        let section = workspace.own_settings().section("coder").merged();
        let environment: &Environment = workspace.environment();
        let texts = section["verify_variables"].as_array().into_iter().flatten();
        let own: Vec<&str> = texts.filter_map(|it| it.as_str()).collect();
        let seconds = section["time"].as_u64().unwrap_or(900);
        Ok(Self {
            workspace,
            coder: programs::program(&section["program"], &section["variables"], environment),
            reviewer: programs::named(workspace, "review"),
            commands: allowed::commands(workspace)?,
            variables: environment.only(USUAL.iter().copied().chain(own)),
            limit: Duration::from_secs(seconds),
        })
    }

    /// True if there is something that a change must pass.
    pub(in crate::ops::triage) fn verifies(&self) -> bool {
        !self.commands.is_empty()
    }

    /// Does what the run's change needs next.
    ///
    /// # Errors
    /// The repository cannot be read or written.
    pub(in crate::ops::triage) fn step(
        &self,
        journal: &mut Journal<'_>,
        action: &Action,
    ) -> Result<Step, OpError> {
        match action {
            Action::Prepare => self.prepare(journal).map(|()| Step::Done),
            Action::Change => self.change(journal),
            Action::Verify => self.verify(journal).map(|()| Step::Done),
            Action::Review => self.review(journal).map(|()| Step::Done),
            _ => self.give_up(journal).map(|()| Step::Done),
        }
    }

    /// No attempt held.
    fn give_up(&self, journal: &mut Journal<'_>) -> Result<(), OpError> {
        let why = match work(journal)?.failures.last() {
            Some(failure) => format!("the last attempt: {}", told(journal, failure)?),
            None => "no attempt was made".to_owned(),
        };
        self.turn_back(journal, Reason::PlanInadequate, why.lines().next().unwrap_or_default())
    }

    /// The gate decides once more. What was made stays in the run's own ref.
    fn turn_back(
        &self,
        journal: &mut Journal<'_>,
        reason: Reason,
        why: &str,
    ) -> Result<(), OpError> {
        let why = hidden_text(journal.screen(), why)?;
        journal.record(&Event::TurnedBack { reason, why }, None)?;
        self.tidy(journal, true)
    }

    /// Takes away the work tree of the commands, and that of the change.
    fn tidy(&self, journal: &Journal<'_>, with_change: bool) -> Result<(), OpError> {
        let git = self.repository()?;
        let put_away = |folder: PathBuf| git.put_away(&folder).map_err(|why| in_the_way(&why));
        put_away(self.proving_folder(journal)?)?;
        if with_change { put_away(self.folder(journal)?) } else { Ok(()) }
    }

    /// Where the commands run: apart from where a person may go on writing.
    fn proving_folder(&self, journal: &Journal<'_>) -> Result<PathBuf, OpError> {
        let mut folder = self.folder(journal)?.into_os_string();
        folder.push("-verify");
        Ok(folder.into())
    }

    fn repository(&self) -> Result<&Repository, OpError> {
        self.workspace.repository().ok_or_else(|| OpError::Usage {
            message: "there is no repository here to change".to_owned(),
            hint: "name one: --repo PATH".to_owned(),
        })
    }

    /// Where the run's work tree lies.
    fn folder(&self, journal: &Journal<'_>) -> Result<PathBuf, OpError> {
        work_tree(self.workspace, journal.run().as_str()).ok_or_else(|| OpError::Usage {
            message: "there is no folder to make a work tree in: no home is set".to_owned(),
            hint: "set XDG_CACHE_HOME or HOME".to_owned(),
        })
    }

    /// A work tree, made where there is none.
    fn made(&self, folder: PathBuf, at: CommitId) -> Result<PathBuf, OpError> {
        if !folder.join(".git").exists() {
            self.repository()?.prepare(&folder, at).map_err(|why| in_the_way(&why))?;
        }
        Ok(folder)
    }
}

/// What was wrong with an attempt, for whoever makes the next one.
fn told(journal: &Journal<'_>, failure: &Failure) -> Result<String, OpError> {
    Ok(match failure {
        Failure::Unchanged(why) => why.clone(),
        Failure::Verification(digest) => verifying::told(journal, digest)?,
        Failure::Review(digest) => reviewing::told(journal, digest)?,
    })
}

/// Where the work tree of a run lies on this machine, made or not.
pub fn work_tree(workspace: &Workspace, run: &str) -> Option<PathBuf> {
    let cache = workspace.environment().cache_folder.as_ref()?;
    Some(cache.join(FOLDER).join(run))
}

/// The change so far.
fn work<'a>(journal: &'a Journal<'_>) -> Result<&'a Work, OpError> {
    let work = journal.state().work.as_ref();
    Ok(work.ok_or(crate::triage::rebuild::Unbuildable::TooEarly("change"))?)
}

fn base(journal: &Journal<'_>) -> Result<CommitId, OpError> {
    commit(&work(journal)?.base)
}

fn commit(text: &str) -> Result<CommitId, OpError> {
    text.parse().map_err(|_| OpError::Invalid {
        message: format!("'{text}' is no commit"),
        hint: "see what does not hold: prode triage verify R-…".to_owned(),
    })
}

/// Git did not make, fill or remove a work tree.
fn in_the_way(why: &str) -> OpError {
    OpError::Waiting {
        message: format!("the work tree of the run cannot be used: {why}"),
        hint: "see what lies there: git worktree list; then run it again".to_owned(),
    }
}
