//! Runs: which there are, and how one went.

use super::{Asking, reply};
use crate::ops::OpError;
use crate::ops::triage;
use crate::run_id::RunId;
use crate::web::address::Place;
use crate::web::layout::Shell;
use crate::web::pages;
use crate::web::reply::Reply;
use crate::web::request::Runs;

impl Asking<'_> {
    /// Runs are in a store of this machine, which is as it is now at any revision.
    pub(super) fn runs(&self, shell: &Shell, wanted: &Runs) -> Result<Reply, OpError> {
        let listing = triage::list(self.workspace)?;
        let memory = self.workspace.memory(&self.when.asked())?;
        let main = pages::runs::runs(shell, &listing, wanted);
        Ok(reply(shell, ("Runs", Place::Runs), &memory, &main))
    }

    pub(super) fn run(&self, shell: &Shell, id: &RunId, from: usize) -> Result<Reply, OpError> {
        let run = triage::show(self.workspace, id)?;
        let timeline = triage::timeline(self.workspace, id)?;
        let memory = self.workspace.memory(&self.when.asked())?;
        let whole = pages::run::Whole { run: &run, timeline: &timeline, from };
        let main = pages::run::run(shell, &whole);
        Ok(reply(shell, (id.as_str(), Place::Run(id.as_str())), &memory, &main))
    }
}
