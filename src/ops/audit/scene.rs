//! What an audit looks at: a commit, a day and an inbox.

use jiff::Timestamp;

use super::Options;
use crate::audit::{self, Quarter};
use crate::git::{GitError, Repository};
use crate::ids::CommitId;
use crate::ops::OpError;
use crate::ops::inbox_branch::Branch;
use crate::workspace::{Asked, Memory, Workspace};

/// What is looked at.
pub(super) struct Scene<'a> {
    pub(super) repository: &'a Repository,
    pub(super) memory: Memory,
    pub(super) inbox: Option<CommitId>,
    asked: Asked,
}

impl<'a> Scene<'a> {
    pub(super) fn of(workspace: &'a Workspace, options: &Options) -> Result<Self, OpError> {
        let asked = asked(workspace, options)?;
        let repository = repository(workspace)?;
        let memory = workspace.memory(&asked)?;
        let inbox = inbox(workspace, repository, &memory, &asked)?;
        Ok(Self { repository, memory, inbox, asked })
    }

    /// The moment behind the time of an answer about the past.
    pub(super) fn end(&self) -> Option<Timestamp> {
        end_of(&self.memory, &self.asked)
    }

    /// What the answer is kept by, beside the memory; `None` where it follows from more:
    /// from other clones, from another revision, or from a history of which a part may
    /// still be fetched.
    pub(super) fn name(&self, options: &Options) -> Option<String> {
        let is_whole = !self.repository.is_partial() && !self.repository.is_shallow();
        let is_alone = !options.local && options.against.is_none();
        (is_whole && is_alone).then(|| format!("audit {:?} {options:?}", self.inbox))
    }
}

/// The commit and the clock that are asked for.
pub(super) fn asked(workspace: &Workspace, options: &Options) -> Result<Asked, OpError> {
    let Some(text) = &options.quarter else {
        return Ok(match (&options.asked, &options.against) {
            (Asked::Trunk, Some(_)) => Asked::Rev("HEAD".to_owned()),
            (asked, _) => asked.clone(),
        });
    };
    let quarter: Quarter = text.parse().map_err(|error: audit::BadQuarter| OpError::Usage {
        message: error.to_string(),
        hint: "write the year and the quarter: --quarter 2026Q4".to_owned(),
    })?;
    let today = workspace.clock().today();
    if quarter > Quarter::of(today) {
        return Err(OpError::Usage {
            message: format!("the quarter {quarter} has not begun"),
            hint: "for the trunk as it is with a later clock: --as-of DATE".to_owned(),
        });
    }
    Ok(match quarter.last_day() {
        last if last < today => Asked::AsOf(last.to_string()),
        _ => Asked::Trunk,
    })
}

pub(super) fn repository(workspace: &Workspace) -> Result<&Repository, OpError> {
    workspace.repository().ok_or_else(|| {
        let folder = workspace.folder().unwrap_or(std::path::Path::new("."));
        GitError::NoRepository(folder.to_owned()).into()
    })
}

/// Where the inbox stood at the time of the answer.
pub(super) fn inbox(
    workspace: &Workspace,
    repository: &Repository,
    memory: &Memory,
    asked: &Asked,
) -> Result<Option<CommitId>, OpError> {
    let tip = Branch::of(workspace)?.tip()?;
    match (tip, asked) {
        (Some(tip), Asked::AsOf(_)) => {
            let end = end_of(memory, asked).unwrap_or(Timestamp::MAX);
            Ok(repository.as_of(tip, end).ok().flatten())
        }
        (tip, _) => Ok(tip),
    }
}

fn end_of(memory: &Memory, asked: &Asked) -> Option<Timestamp> {
    let is_past = matches!(asked, Asked::AsOf(_));
    is_past.then(|| {
        let now = memory.revision.clock.now();
        now.checked_add(jiff::ToSpan::second(1)).unwrap_or(Timestamp::MAX)
    })
}
