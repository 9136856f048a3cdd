//! Evidence that somebody hands in for a ticket, and what the gate says of it.
//!
//! What the doors without a terminal use. Nobody is asked, no program is started
//! and nothing leaves: the run is a dry run, and all its receipts are attested.

use std::collections::BTreeMap;

use super::desk::run;
use super::overseer::Nobody;
use super::run::{Given, Options};
use crate::ops::OpError;
use crate::triage::mode::Mode;
use crate::triage::run::Run;
use crate::workspace::Workspace;

/// Works on the ticket `text` with `answers`, by the names of their questions, and
/// with nothing else. A dry run of the ticket that was left goes on with them.
///
/// # Errors
/// The ticket or an answer cannot be read, runs are frozen, or somebody works on
/// the ticket, or in another mode.
pub fn submit(
    workspace: &Workspace,
    text: String,
    answers: BTreeMap<String, String>,
) -> Result<Run, OpError> {
    let ticket = Given::Text { text, source: "stdin".to_owned() };
    let mode = Some(Mode::DryRun.name().to_owned());
    let options = Options { ticket, mode, answers, only_answers: true, capture: false };
    let mut told = None;
    run(workspace, &options, &Nobody, &mut |run| {
        told = Some(run.clone());
        true
    })?;
    told.ok_or_else(|| OpError::Conflict {
        message: "the run of this ticket told nothing of itself".to_owned(),
        hint: "see where it is: prode triage list".to_owned(),
    })
}
