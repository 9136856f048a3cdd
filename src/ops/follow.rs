//! A clone that follows the trunk of another repository, for replicas that serve it.
//!
//! What was reviewed elsewhere is taken over as it is: nothing is merged, and nothing of
//! this side is sent. The new commit is indexed before the trunk moves to it, so that no
//! question waits for that.

use std::time::Duration;

use crate::git::{Refspec, TrunkSource};
use crate::ids::CommitId;
use crate::ops::OpError;
use crate::workspace::{Asked, Workspace};

/// Where the other side's trunk is kept until it is indexed.
const COPY: &str = "refs/prode/follow/";

/// What the other side may take to answer.
const LIMIT: Duration = Duration::from_mins(2);

/// Takes the trunk of `remote` over. The commit that the trunk moved to; `None` where it
/// stands there already.
///
/// # Errors
/// The clone has a work tree, whose branch would move under whoever works in it; its trunk
/// is no branch of a name; the remote does not answer.
pub fn follow(workspace: &Workspace, remote: &str) -> Result<Option<CommitId>, OpError> {
    let (Some(git), Some(trunk)) = (workspace.repository(), workspace.trunk()?) else {
        return Err(OpError::Usage {
            message: "a folder that is no repository follows nothing".to_owned(),
            hint: "serve a clone: git clone --bare URL".to_owned(),
        });
    };
    let is_branch = trunk.reference.starts_with("refs/heads/");
    if !git.is_bare() || !is_branch || trunk.source == TrunkSource::Head && trunk.commit.is_none() {
        return Err(OpError::Usage {
            message: "a clone that follows has to be bare: its trunk moves by itself".to_owned(),
            hint: "make one: git clone --bare URL, and serve that; or leave serve.follow out"
                .to_owned(),
        });
    }
    let copy = format!("{COPY}{}", trunk.name);
    let fetch = |from: &str, to: &str, remote: &str| {
        let spec = Refspec { from: from.to_owned(), to: to.to_owned() };
        git.fetch(remote, &[spec], LIMIT)
    };
    fetch(&trunk.reference, &copy, remote)?;
    let theirs = git.ref_commit(&copy)?;
    let Some(theirs) = theirs.filter(|it| Some(*it) != trunk.commit) else { return Ok(None) };
    workspace.memory(&Asked::Rev(theirs.to_string()))?;
    // Of this very repository: exactly what was indexed.
    fetch(&copy, &trunk.reference, ".")?;
    Ok(Some(theirs))
}
