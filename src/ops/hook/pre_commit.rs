//! Before a commit: what is staged, not what lies on disk, against HEAD.

use super::introduced::introduced;
use super::{Call, Finding};
use crate::ops::OpError;
use crate::workspace::{Asked, Workspace};

pub(super) fn run(workspace: &Workspace, _: &Call) -> Result<Vec<Finding>, OpError> {
    let is_first = workspace.repository().is_none_or(crate::git::Repository::is_unborn);
    introduced(workspace, (!is_first).then_some("HEAD"), &Asked::Staged)
}
