//! `adr propose`, `accept`, `reject`, `deprecate`: one step of a decision's life.

use super::change::Change;
use super::decisions::{Decisions, Draft, peer};
use crate::adr::{AdrRecord, AdrStatus};
use crate::corpus::Page;
use crate::ops::OpError;
use crate::workspace::Workspace;

/// Which decision, and what it becomes.
#[derive(Debug, Clone)]
pub struct Options {
    /// `12`, `adr/12`, a path.
    pub decision: String,
    /// What it becomes.
    pub to: AdrStatus,
}

/// Makes the step. A decision that becomes accepted takes the place of those
/// that it says it supersedes, in the same change.
pub fn run(workspace: &Workspace, options: &Options) -> Result<Change, OpError> {
    let decisions = Decisions::to_change(workspace)?;
    let (page, record) = decisions.find(&options.decision)?;
    let today = workspace.clock().today();
    let mut new = decisions.draft(page)?;
    new.text.change_status(&options.to, today)?;
    let mut drafts = vec![new];
    if options.to == AdrStatus::Accepted {
        for old in replaced(&decisions, page, record) {
            let mut draft = decisions.draft(old)?;
            let spelling = decisions.spelling(&decisions.catalogue.log_of(&old.path));
            let by = peer(&draft.text, &drafts[0].text);
            draft.text.supersede(&by, spelling, today)?;
            drafts.push(draft);
        }
    }
    let now = drafts[0].text.record().clone();
    let notes = drafts.iter().skip(1).map(superseded).collect();
    let changed = decisions.apply(drafts)?;
    let entry = decisions.entry(page, &now);
    let was = record.status.as_ref().map(|status| status.label().to_owned());
    Ok(Change { was, notes, ..Change::new(options.to.label(), entry, changed) })
}

/// Decisions that this one names as replaced and that do not say so yet.
fn replaced<'a>(decisions: &'a Decisions<'_>, page: &Page, record: &AdrRecord) -> Vec<&'a Page> {
    let named = record.supersedes.iter().filter_map(|it| decisions.resolve(page, it));
    let is_open = |old: &&Page| {
        let status = old.adr.as_ref().and_then(|record| record.status.as_ref());
        status != Some(&AdrStatus::Superseded) && old.path != page.path
    };
    named.filter(is_open).collect()
}

fn superseded(draft: &Draft) -> String {
    format!("'{}' is superseded now", draft.text.path())
}
