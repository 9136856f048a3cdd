//! The quarter's branches at the remote, and their pull requests at the forge.

use std::cell::RefCell;
use std::collections::BTreeSet;
use std::time::Duration;

use super::ground::Bench;
use crate::forge::{Forge, Pull};
use crate::git::{NetworkError, Refspec, Repository};
use crate::ids::CommitId;
use crate::ops::error::OpError;
use crate::ops::proposal::{PullRow, push_branch};

/// What a remote may take to answer.
const LIMIT: Duration = Duration::from_mins(1);

/// Where branches go.
pub(super) struct Remote<'a> {
    git: &'a Repository,
    /// `None` where there is none: branches stay here.
    name: Option<String>,
    pub(super) forge: Option<Forge>,
    /// The folder of the branches, with a slash at its end.
    folder: String,
    /// Branches that were there and were taken away.
    gone: RefCell<BTreeSet<String>>,
}

impl<'a> Remote<'a> {
    /// Looks what is there.
    ///
    /// # Errors
    /// The remote does not answer, or the forge is set up wrongly.
    pub(super) fn of(bench: &Bench<'a>) -> Result<Self, OpError> {
        let name = bench.git.usual_remote();
        let forge = if name.is_some() { bench.workspace.forge()? } else { None };
        let gone = RefCell::default();
        let remote = Self { git: bench.git, name, forge, folder: bench.folder(), gone };
        remote.look_again()?;
        Ok(remote)
    }

    /// Brings the branches here as they are there now. Which of those that are
    /// known are gone, only asking for each by its name tells.
    pub(super) fn look_again(&self) -> Result<(), OpError> {
        let Some(name) = &self.name else { return Ok(()) };
        let spec = |branch: &str| Refspec {
            from: format!("refs/heads/{branch}"),
            to: format!("refs/remotes/{name}/{branch}"),
        };
        self.git.fetch(name, &[spec(&format!("{}*", self.folder))], LIMIT)?;
        let folder = format!("refs/remotes/{name}/{}", self.folder);
        let known = self.git.refs_below(&folder)?.into_iter();
        let mut known: BTreeSet<String> = known
            .filter_map(|(it, _)| Some(format!("{}{}", self.folder, it.strip_prefix(&folder)?)))
            .collect();
        let mut gone = BTreeSet::new();
        while !known.is_empty() {
            let specs: Vec<Refspec> = known.iter().map(|it| spec(it)).collect();
            match self.git.fetch(name, &specs, LIMIT) {
                Ok(()) => break,
                Err(NetworkError::NoSuchRef { reference, .. }) => {
                    let branch = reference.trim_start_matches("refs/heads/").to_owned();
                    if !known.remove(&branch) {
                        break;
                    }
                    gone.insert(branch);
                }
                Err(error) => return Err(error.into()),
            }
        }
        self.gone.replace(gone);
        Ok(())
    }

    /// Where the branch is there; where it was last, for one that is gone.
    pub(super) fn tip(&self, branch: &str) -> Result<Option<CommitId>, OpError> {
        let Some(name) = &self.name else { return Ok(None) };
        Ok(self.git.ref_commit(&format!("refs/remotes/{name}/{branch}"))?)
    }

    /// True where somebody took the branch away there.
    pub(super) fn is_gone(&self, branch: &str) -> bool {
        self.gone.borrow().contains(branch)
    }

    /// Puts the branch there; the remote's name, or `None` where there is none.
    pub(super) fn push(&self, branch: &str, to: CommitId) -> Result<Option<String>, OpError> {
        let Some(name) = &self.name else { return Ok(None) };
        push_branch(self.git, name, branch, Some(to))?;
        Ok(Some(name.clone()))
    }

    /// The branch's pull request, in whatever state.
    pub(super) fn pull_of(&self, branch: &str) -> Result<Option<Pull>, OpError> {
        let Some(forge) = &self.forge else { return Ok(None) };
        Ok(forge.pull_of(branch)?)
    }

    pub(super) fn row(&self, pull: &Pull) -> Option<PullRow> {
        Some(PullRow::of(self.forge.as_ref()?.place(), pull))
    }
}
