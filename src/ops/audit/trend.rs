//! Past quarters, worked out again from history, and what became of their findings.
//!
//! Nothing is stored: the commit that was the trunk on a quarter's last day is
//! looked at as if it were that day. A finding is settled where its page was
//! changed or taken away within the next quarter and the finding is gone then;
//! a date that was moved with many others is no change.

use std::collections::{BTreeMap, BTreeSet};

use super::answer::{self, OfQuarter, Past};
use super::stamps::Reviews;
use super::{Audit, assess, dismissals, is_in};
use crate::audit::{Fate, Finding, Quarter, Settings, Tally, tally};
use crate::ids::CommitId;
use crate::ops::error::OpError;
use crate::repo_path::RepoPath;
use crate::workspace::{Asked, Workspace, WorkspaceError};

/// One past quarter's audit.
struct Looked {
    quarter: Quarter,
    commit: Option<CommitId>,
    at: Option<usize>,
    audit: Audit,
}

/// The last `count` quarters that ended before `now`, the oldest first.
pub(super) fn quarters(
    workspace: &Workspace,
    reviews: Reviews<'_>,
    settings: &Settings,
    now: Quarter,
    count: usize,
) -> Result<Vec<OfQuarter>, OpError> {
    let mut names: Vec<Quarter> =
        std::iter::successors(Some(now.previous()), |it| Some(it.previous())).take(count).collect();
    names.reverse();
    let mut pasts = Vec::new();
    for quarter in names {
        pasts.push(past(workspace, reviews, settings, quarter)?);
    }
    let mut rows = Vec::new();
    for (at, past) in pasts.iter().enumerate() {
        let fate = match pasts.get(at + 1) {
            Some(next) => Some(became(reviews, past, next)?),
            None => None,
        };
        rows.push(row(past, fate));
    }
    Ok(rows)
}

/// The tallies of all quarters whose next one has ended, in one.
pub(super) fn precision(rows: &[OfQuarter]) -> Option<Past> {
    let fates = rows.iter().filter_map(|row| row.fate.as_ref());
    let judged: Vec<&Past> = fates.filter(|it| it.findings > 0).collect();
    if judged.is_empty() {
        return None;
    }
    let mut all = Tally::default();
    for past in &judged {
        all.findings += past.findings;
        all.settled += past.settled;
        all.dismissed += past.dismissed;
        all.untouched += past.untouched;
    }
    Some(answer::past(judged.iter().flat_map(|it| it.quarters.clone()).collect(), all))
}

fn past(
    workspace: &Workspace,
    reviews: Reviews<'_>,
    settings: &Settings,
    quarter: Quarter,
) -> Result<Looked, OpError> {
    let none = Looked { quarter, commit: None, at: None, audit: Audit::default() };
    let asked = Asked::AsOf(quarter.last_day().to_string());
    let memory = match workspace.memory(&asked) {
        Ok(memory) => memory,
        // There was no trunk yet, or a shallow clone does not reach so far.
        Err(WorkspaceError::NothingBefore { .. } | WorkspaceError::Git(_)) => return Ok(none),
        Err(error) => return Err(error.into()),
    };
    let commit = memory.revision.commit;
    let chronicle = reviews.chronicle;
    let Some(at) = commit.and_then(|it| chronicle.place(it)) else { return Ok(none) };
    let repository = chronicle.repository;
    let inbox = super::scene::inbox(workspace, repository, &memory, &asked)?;
    let audit = assess(workspace, reviews, &memory, settings, inbox, None)?;
    Ok(Looked { quarter, commit, at: Some(at), audit })
}

/// What became of one quarter's findings by the end of the next.
fn became(reviews: Reviews<'_>, past: &Looked, next: &Looked) -> Result<Past, OpError> {
    let (Some(from), Some(to)) = (past.at, next.at) else {
        return Ok(answer::past(vec![past.quarter.to_string()], Tally::default()));
    };
    let chronicle = reviews.chronicle;
    let (before, after) = (chronicle.reach(from), chronicle.reach(to));
    let (dismissed, _) = dismissals(chronicle.repository, chronicle.step(to).tree)?;
    let still: BTreeSet<(&RepoPath, &str)> =
        next.audit.findings.iter().map(|it| (&it.path, it.signal)).collect();
    let is_touched = |path: &RepoPath| {
        let mut steps = chronicle.touching(path).iter().copied();
        steps.any(|at| after.holds(at) && !before.holds(at) && !reviews.is_bulk(at, path))
    };
    let fate = |finding: &Finding| {
        if is_in(dismissed.as_ref(), finding) {
            Fate::Dismissed
        } else if !still.contains(&(&finding.path, finding.signal)) && is_touched(&finding.path) {
            Fate::Settled
        } else {
            Fate::Untouched
        }
    };
    let tally = tally(past.audit.findings.iter().map(fate));
    Ok(answer::past(vec![past.quarter.to_string()], tally))
}

fn row(past: &Looked, fate: Option<Past>) -> OfQuarter {
    let mut by_signal: BTreeMap<String, usize> = BTreeMap::new();
    for finding in &past.audit.findings {
        *by_signal.entry(finding.signal.to_owned()).or_default() += 1;
    }
    OfQuarter {
        quarter: past.quarter.to_string(),
        as_of: past.quarter.last_day().to_string(),
        commit: past.commit.map(|it| it.to_string()),
        checked: past.audit.checked,
        findings: past.audit.findings.len(),
        by_signal,
        fate: fate.filter(|_| past.commit.is_some()),
    }
}
