//! Before a commit: what is staged, not what lies on disk, against HEAD.

use super::broken::introduced;
use super::{Call, Finding};
use crate::ops::OpError;
use crate::workspace::{Asked, Workspace};

pub(super) fn run(workspace: &Workspace, _: &Call) -> Result<Vec<Finding>, OpError> {
    let is_first = workspace.repository().is_none_or(crate::git::Repository::is_unborn);
    let head = (!is_first).then(|| Asked::Rev("HEAD".to_owned()));
    introduced(workspace, head.as_ref(), &Asked::Staged)
}
