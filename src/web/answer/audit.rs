//! What has rotted, as an audit of the revision says it.

use std::sync::Arc;

use super::{Asking, reply};
use crate::ops::OpError;
use crate::ops::audit::{self, Options, Quarters, Report};
use crate::web::address::Place;
use crate::web::layout::Shell;
use crate::web::pages;
use crate::web::reply::Reply;
use crate::web::request::Audit;
use crate::workspace::Memory;

impl Asking<'_> {
    pub(super) fn audit(&self, shell: &Shell, wanted: &Audit) -> Result<Reply, OpError> {
        let past = match wanted.trend {
            0 => Quarters::IfCheap,
            count => Quarters::Last(count),
        };
        let (report, memory) = self.looked(wanted, past)?;
        let main = pages::audit::audit(shell, &report, wanted);
        Ok(reply(shell, ("Audit", Place::Audit), &memory, &main))
    }

    /// A finding as of now, or of the day that is asked for: of the same audit as the
    /// list that leads here.
    pub(super) fn finding(
        &self,
        shell: &Shell,
        id: &str,
        wanted: &Audit,
    ) -> Result<Reply, OpError> {
        let (report, memory) = self.looked(wanted, Quarters::IfCheap)?;
        let all = &report.answer.findings;
        let found = all.iter().find(|it| it.id == id).ok_or_else(|| OpError::NotFound {
            message: format!("the audit of {} finds no '{id}'", report.answer.as_of),
            hint: "it may be settled, or dismissed; what is found now: prode audit".to_owned(),
        })?;
        let beside: Vec<_> =
            all.iter().filter(|it| it.path == found.path && it.id != found.id).collect();
        let main = pages::audit::finding(shell, &report.answer, (found, &beside), wanted);
        Ok(reply(shell, (&found.title, Place::Finding(id)), &memory, &main))
    }

    fn looked(&self, wanted: &Audit, past: Quarters) -> Result<(Arc<Report>, Memory), OpError> {
        let options = Options {
            asked: self.when.asked(),
            quarter: wanted.quarter.clone(),
            owners: wanted.owners.clone(),
            past,
            ..Options::default()
        };
        audit::kept(self.workspace, &options)
    }
}
