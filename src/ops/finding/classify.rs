//! `finding classify`: an answer to items, or a better judgement of the whole.

use super::record::{Recorded, evidence, on_the_trunk, record};
use crate::inbox::{Answer, Event, Evidence, FindingId, What};
use crate::ops::OpError;
use crate::ops::inbox_branch::Branch;
use crate::ops::inbox_branch::redacted_reason;
use crate::ops::redact::screen;
use crate::workspace::Workspace;

/// What is said of it.
#[derive(Debug, Clone, Default)]
pub struct Options {
    /// Items, from 1; with `answer`, none stands for all.
    pub items: Vec<usize>,
    /// `fixed`, `non-actionable`, `rejected`, or `open`.
    pub answer: Option<String>,
    /// What shows it.
    pub evidence: Vec<String>,
    /// The commit that fixed it: its authors made the fix, and it is evidence.
    pub commit: Option<String>,
    /// Who made the fix, if it was not whoever says so.
    pub fixed_by: Vec<String>,
    /// A better severity.
    pub severity: Option<String>,
    /// A better target.
    pub target: Option<String>,
    /// Why.
    pub why: Option<String>,
}

/// Records an answer or a correction.
pub fn classify(
    workspace: &Workspace,
    id: &FindingId,
    options: &Options,
) -> Result<Recorded, OpError> {
    let branch = Branch::of(workspace)?;
    let what = what(options.answer.as_deref())?;
    let screen = screen(workspace)?;
    let mut event = Event::new(what, branch.person()?, branch.now());
    event.items.clone_from(&options.items);
    event.severity = options.severity.as_deref().map(str::parse).transpose()?;
    event.target = options.target.as_deref().map(str::parse).transpose()?;
    if let Some(target) = &event.target {
        on_the_trunk(workspace, target)?;
    }
    event.evidence = evidence(&screen, &options.evidence)?;
    event.why = options.why.as_deref().map(|it| redacted_reason(workspace, it)).transpose()?;
    event.fixed_by = options.fixed_by.iter().map(|it| branch.person_called(it)).collect();
    if let Some(commit) = &options.commit {
        by_commit(&branch, commit, &mut event)?;
    }
    if event.what == What::Answer(Some(Answer::Fixed)) && event.fixed_by.is_empty() {
        event.fixed_by.push(event.by.clone());
    }
    if event.what != What::Correct && event.items.is_empty() {
        let findings = super::held::Findings::of(&branch.contents()?.files);
        event.items = (1..=findings.get(id)?.course.items.len()).collect();
    }
    record(&branch, id, &event, &[])
}

fn what(answer: Option<&str>) -> Result<What, OpError> {
    Ok(match answer {
        None => What::Correct,
        Some("open") => What::Answer(None),
        Some(answer) => What::Answer(Some(answer.parse()?)),
    })
}

/// Whoever wrote the commit made the fix, whatever else is said.
fn by_commit(branch: &Branch<'_>, rev: &str, event: &mut Event) -> Result<(), OpError> {
    let commit = branch.repository.resolve(rev)?;
    let before = branch.repository.resolve(&format!("{commit}^")).ok();
    let authors = branch.repository.authors(before, commit)?;
    event.fixed_by.extend(authors.iter().map(|mail| branch.person_called(mail)));
    event.fixed_by.sort();
    event.fixed_by.dedup();
    let reference = format!("commit {commit}");
    event.evidence.insert(0, Evidence { reference, ..Evidence::default() });
    Ok(())
}
