//! The page of a procedure at one commit.

use crate::git::Repository;
use crate::hint::Helpful;
use crate::ids::CommitId;
use crate::ops::OpError;
use crate::repo_path::RepoPath;
use crate::sop::{Procedure, Unusable};
use crate::workspace::Workspace;

/// A version of a procedure.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Pinned {
    /// The page.
    pub(super) path: RepoPath,
    /// The commit.
    pub(super) commit: CommitId,
}

impl Pinned {
    /// As events name it.
    pub(super) fn of(sop: &str, commit: &str) -> Option<Self> {
        let path = RepoPath::from_git(sop);
        Some(Self { path, commit: commit.parse().ok()? })
    }

    /// The page's bytes.
    pub(super) fn bytes(&self, workspace: &Workspace) -> Result<Option<Vec<u8>>, OpError> {
        Ok(repository(workspace)?.file_at(self.commit, &self.path)?)
    }

    /// What is walked.
    pub(super) fn procedure(&self, workspace: &Workspace) -> Result<Procedure, OpError> {
        let bytes = self.bytes(workspace)?.ok_or_else(|| OpError::NotFound {
            message: format!("'{}' does not exist at {}", self.path.text(), self.commit),
            hint: "fetch the commit: git fetch --all".to_owned(),
        })?;
        Procedure::read(&bytes).map_err(|it| unusable(&self.path, &it))
    }

    /// True where the trunk's page has the same bytes.
    pub(super) fn is_current(&self, workspace: &Workspace) -> Result<bool, OpError> {
        let trunk = Self { path: self.path.clone(), commit: workspace.reviewed()?.commit };
        Ok(trunk.bytes(workspace)? == self.bytes(workspace)?)
    }
}

pub(super) fn unusable(path: &RepoPath, error: &Unusable) -> OpError {
    OpError::Invalid {
        message: format!("'{}' cannot be walked: {error}", path.text()),
        hint: error.hints().join("; "),
    }
}

pub(super) fn repository(workspace: &Workspace) -> Result<&Repository, OpError> {
    workspace.repository().ok_or_else(|| OpError::Invalid {
        message: "a procedure is pinned to a commit, and this is no repository".to_owned(),
        hint: "name the repository: prode --repo /path/to/it triage sop …".to_owned(),
    })
}
