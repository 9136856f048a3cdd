//! `adr supersede`: one decision takes another's place, in both files.

use std::collections::HashSet;

use super::change::Change;
use super::decisions::{Decisions, peer};
use crate::adr::{AdrRecord, AdrStatus, Format};
use crate::corpus::Page;
use crate::ops::OpError;
use crate::repo_path::RepoPath;
use crate::workspace::Workspace;

/// Which decision gives way to which.
#[derive(Debug, Clone)]
pub struct Options {
    /// The one that is replaced.
    pub old: String,
    /// The one that replaces it.
    pub new: String,
    /// Only this section of the old one, by its anchor.
    pub section: Option<String>,
}

/// Words of a supersession that holds for one section only.
const IN_PART: (&str, &str) = ("replaces in part", "replaced in part by");

/// Writes it into both files. Where the new one is not accepted yet, and its
/// format is not Nygard's, it is only announced, and holds on acceptance.
pub fn run(workspace: &Workspace, options: &Options) -> Result<Change, OpError> {
    let decisions = Decisions::to_change(workspace)?;
    let (old_page, old_record) = decisions.find(&options.old)?;
    let log = decisions.catalogue.log_of(&old_page.path);
    let (new_page, new_record) = decisions.find_in(&options.new, Some(&log))?;
    expect_order(&decisions, old_page, new_page, new_record)?;
    let today = workspace.clock().today();
    let spelling = decisions.spelling(&log);
    let (mut old, mut new) = (decisions.draft(old_page)?, decisions.draft(new_page)?);
    let (seen_old, seen_new) = (peer(&new.text, &old.text), peer(&old.text, &new.text));
    let mut notes = Vec::new();
    if let Some(anchor) = &options.section {
        let anchor = section(old_page, anchor)?;
        new.text.add_link(IN_PART.0, &seen_old.at_section(&anchor))?;
        old.text.add_link(IN_PART.1, &seen_new)?;
    } else if is_open(new_record) {
        AdrStatus::transition(old_record.status.as_ref(), &AdrStatus::Superseded).map_err(
            |error| crate::adr::AdrEditError::Transition { path: old_page.path.clone(), error },
        )?;
        new.text.add_superseded(&seen_old, spelling)?;
        notes.push(format!(
            "'{}' is not accepted yet; '{}' is superseded when it is: prode adr accept {}",
            new_page.path,
            old_page.path,
            new_record
                .number
                .map_or_else(|| new_page.path.cite_text(), |number| number.to_string())
        ));
    } else {
        old.text.supersede(&seen_new, spelling, today)?;
        new.text.add_superseded(&seen_old, spelling)?;
    }
    let now = old.text.record().clone();
    let changed = decisions.apply(vec![old, new])?;
    let was = old_record.status.as_ref().map(|status| status.label().to_owned());
    let entry = decisions.entry(old_page, &now);
    Ok(Change { was, notes, ..Change::new("supersede", entry, changed) })
}

/// True while the new decision may still be turned down.
fn is_open(record: &AdrRecord) -> bool {
    let open = matches!(record.status, Some(AdrStatus::Draft | AdrStatus::Proposed));
    open && !matches!(record.format, Format::Nygard | Format::Other)
}

/// Refuses what makes no sense: itself, a circle, one that is not in force.
pub(super) fn expect_order(
    decisions: &Decisions<'_>,
    old: &Page,
    new: &Page,
    new_record: &AdrRecord,
) -> Result<(), OpError> {
    let refused = |message: String, hint: &str| OpError::Invalid { message, hint: hint.to_owned() };
    if old.path == new.path {
        return Err(refused(
            format!("'{}' cannot supersede itself", old.path),
            "name two decisions: prode adr supersede OLD NEW",
        ));
    }
    let dead = [AdrStatus::Rejected, AdrStatus::Deprecated, AdrStatus::Superseded];
    if goes_round(decisions, new, &old.path) {
        return Err(refused(
            format!(
                "'{}' is superseded by '{}' already, so this would be a circle",
                new.path, old.path
            ),
            "decide anew: prode adr new TITLE -s N",
        ));
    }
    if let Some(status) = new_record.status.as_ref().filter(|status| dead.contains(status)) {
        return Err(refused(
            format!("'{}' is {}, so it replaces nothing", new.path, status.label()),
            "name the decision that is in force, or decide anew: prode adr new TITLE -s N",
        ));
    }
    Ok(())
}

/// True if following successors, or what replaced ones name, from `start`
/// leads to `goal`.
fn goes_round(decisions: &Decisions<'_>, start: &Page, goal: &RepoPath) -> bool {
    let mut met = HashSet::new();
    let mut waiting = vec![start.path.clone()];
    while let Some(path) = waiting.pop() {
        if !met.insert(path.clone()) {
            continue;
        }
        let all = decisions.all();
        let by_it = all.iter().filter(|(page, record)| {
            let named = record.supersedes.iter().filter_map(|it| decisions.resolve(page, it));
            named.into_iter().any(|old| old.path == path)
        });
        let by_it = by_it.map(|(page, _)| page.path.clone());
        let page = decisions.catalogue.page(&path);
        let stated = page
            .and_then(|page| decisions.resolve(page, page.adr.as_ref()?.superseded_by.as_ref()?));
        for next in by_it.chain(stated.map(|page| page.path.clone())) {
            if next == *goal {
                return true;
            }
            waiting.push(next);
        }
    }
    false
}

fn section(page: &Page, wanted: &str) -> Result<String, OpError> {
    let wanted = wanted.trim_start_matches('#').to_lowercase();
    let mut anchors = page.headings.iter().map(|it| it.anchor.as_str()).filter(|it| !it.is_empty());
    if anchors.any(|anchor| anchor == wanted) {
        return Ok(wanted);
    }
    let anchors: Vec<&str> =
        page.headings.iter().map(|it| it.anchor.as_str()).filter(|it| !it.is_empty()).collect();
    Err(OpError::NotFound {
        message: format!("'{}' has no section '{wanted}'", page.path),
        hint: format!("its sections are {}", anchors.join(", ")),
    })
}
