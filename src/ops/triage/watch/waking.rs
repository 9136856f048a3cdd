//! Whether going on with a run that rests leads anywhere. Asked before it is claimed: a run
//! that waits for a week is not claimed ten thousand times.

use crate::ops::OpError;
use crate::ops::triage::begin::now;
use crate::ops::triage::deliver::Outside;
use crate::ops::triage::granted::is_given;
use crate::ops::triage::journal::Kept;
use crate::ops::triage::read;
use crate::ops::triage::requests::documents;
use crate::run_id::RunId;
use crate::store::Store;
use crate::triage::run::Run;
use crate::triage::state::Action;
use crate::workspace::Workspace;

/// Looks at approvals, at the pull request, and at the clock.
pub(super) fn wakes(workspace: &Workspace, store: &dyn Store, id: &RunId) -> Result<bool, OpError> {
    let state = read(store, id)?.state;
    let run = Run::of(id.as_str(), &state, &Kept(store))?;
    for (name, document) in documents(&run)? {
        let is_counted = state.approved.iter().any(|it| it.request == name);
        if !is_counted && is_given(workspace, &name, &document)? {
            return Ok(true);
        }
    }
    match state.next(now()) {
        Action::Nothing => Ok(false),
        Action::Look => Ok(Outside::of(workspace, None)?.is_decided(&run)?),
        _ => Ok(true),
    }
}
