//! An owner's change: its files as the branch shall have them.

use std::collections::{BTreeMap, BTreeSet};

use jiff::civil::Date;

use super::ground::Bench;
use crate::audit::{Candidate, Settling, settling};
use crate::git::{Edit, added_lines};
use crate::lint::{self, mended};
use crate::ops::error::OpError;
use crate::ops::redact::safe;
use crate::ops::review;
use crate::repo_path::RepoPath;
use crate::review::PageText;

/// What one owner is proposed.
pub(super) struct Built<'a> {
    pub(super) plan: Settling<'a>,
    /// Whose name the stamps hold.
    pub(super) by: String,
    pub(super) notes: Vec<String>,
}

/// Works it out. A page whose file cannot be changed, or would hold what may
/// not leave, is left to people, and everything that hangs on it.
pub(super) fn built<'a>(bench: &'a Bench<'_>, owner: &str) -> Result<Built<'a>, OpError> {
    let by = bench.signs_as(owner)?;
    let mut pages = bench.candidates(owner)?;
    loop {
        let plan = settling(&pages, bench.cap);
        let (edits, mut notes) = match edits(bench, &plan, &by, bench.today) {
            Ok(edits) => edits,
            Err(error) => {
                let refused = refusals(bench, &plan, &by);
                if !refuse(&mut pages, refused) {
                    return Err(error);
                }
                continue;
            }
        };
        let Some((path, why)) = unsafe_edit(bench, &edits) else {
            notes.extend(still_linked(&pages, &plan));
            return Ok(Built { plan, by, notes });
        };
        let is_edited = |it: &RepoPath| edits.iter().any(|edit| edit.path() == it);
        // Who is stamped in a record has no file of their own among the edits.
        let refused = if pages.contains_key(&path) {
            vec![(path.clone(), why.clone())]
        } else {
            let aside = plan.stamped.iter().filter(|it| !is_edited(it));
            aside.map(|it| (it.clone(), why.clone())).collect()
        };
        if !refuse(&mut pages, refused) {
            return Err(OpError::Waiting {
                message: format!("'{path}' would hold what may not leave: {why}"),
                hint: format!("look at it: prode redact --check {path}"),
            });
        }
    }
}

/// Leaves pages to people; false where all of them are already.
fn refuse(pages: &mut BTreeMap<RepoPath, Candidate<'_>>, refused: Vec<(RepoPath, String)>) -> bool {
    let mut is_new = false;
    for (path, why) in refused {
        if let Some(page) = pages.get_mut(&path).filter(|it| it.refused.is_none()) {
            page.refused = Some(why);
            is_new = true;
        }
    }
    is_new
}

/// Pages of a plan that cannot be changed so, and why.
fn refusals(bench: &Bench<'_>, plan: &Settling<'_>, by: &str) -> Vec<(RepoPath, String)> {
    let why = |path: &RepoPath| Some((path.clone(), refusal(bench, plan, path, by)?));
    touched(plan).iter().filter_map(why).collect()
}

fn touched(plan: &Settling<'_>) -> BTreeSet<RepoPath> {
    let own = plan.archived.keys().chain(&plan.mended).chain(&plan.stamped);
    own.chain(plan.unlinked.keys()).cloned().collect()
}

/// Why one page cannot be changed so.
fn refusal(bench: &Bench<'_>, plan: &Settling<'_>, path: &RepoPath, by: &str) -> Option<String> {
    let only = Settling {
        archived: plan.archived.iter().filter(|it| it.0 == path).map(owned).collect(),
        mended: plan.mended.iter().filter(|it| *it == path).cloned().collect(),
        unlinked: plan.unlinked.iter().filter(|it| it.0 == path).map(owned).collect(),
        stamped: plan.stamped.iter().filter(|it| *it == path).cloned().collect(),
        ..Settling::default()
    };
    edits(bench, &only, by, bench.today).err().map(|error| error.to_string())
}

fn owned<V: Clone>((path, value): (&RepoPath, &V)) -> (RepoPath, V) {
    (path.clone(), value.clone())
}

/// The files that a plan changes, with their bytes then, and what a person
/// should know.
pub(super) fn edits(
    bench: &Bench<'_>,
    plan: &Settling<'_>,
    by: &str,
    day: Date,
) -> Result<(Vec<Edit>, Vec<String>), OpError> {
    let mut files: BTreeMap<RepoPath, Vec<u8>> = BTreeMap::new();
    for (path, successor) in &plan.archived {
        files.insert(path.clone(), archived(bench, path, successor)?);
    }
    let nothing = BTreeSet::new();
    for path in plan.mended.iter().chain(plan.unlinked.keys()).collect::<BTreeSet<_>>() {
        let to = plan.unlinked.get(path).unwrap_or(&nothing);
        let own = bench.own_fixes(path).filter(|_| plan.mended.contains(path));
        let fixes: Vec<&lint::Finding> = own.chain(bench.links_to(path, to)).collect();
        files.insert(path.clone(), linked(bench, path, &fixes)?);
    }
    let stamped = plan.stamped.iter().filter_map(|it| bench.page(it)).cloned();
    let stamped: Vec<_> = stamped.collect();
    let edited = files.clone();
    let review::Stamped { files: stamps, notes } =
        review::stamped(&bench.ground, &stamped, (by.to_owned(), day), edited)?;
    files.extend(stamps);
    let edits = files.into_iter().map(|(path, bytes)| Edit::write(path, bytes)).collect();
    Ok((edits, notes))
}

/// As `prode archive` writes it.
fn archived(bench: &Bench<'_>, path: &RepoPath, by: &RepoPath) -> Result<Vec<u8>, OpError> {
    let mut text = PageText::read(path, &bytes(bench, path)?)?;
    text.set("status", "archived")?;
    text.set("archived", &format!("replaced by {}", by.text()))?;
    Ok(text.bytes().to_vec())
}

/// As `prode lint --fix` writes it.
fn linked(
    bench: &Bench<'_>,
    path: &RepoPath,
    fixes: &[&lint::Finding],
) -> Result<Vec<u8>, OpError> {
    let (after, applied) = mended(&bytes(bench, path)?, fixes.iter().copied());
    if applied == fixes.len() {
        return Ok(after);
    }
    let path = path.cite_text();
    Err(OpError::Invalid {
        message: format!("links of '{path}' overlap, or it is no text"),
        hint: format!("mend them one after another: prode lint {path} --fix"),
    })
}

fn bytes(bench: &Bench<'_>, path: &RepoPath) -> Result<Vec<u8>, OpError> {
    bench.ground.bytes(path)?.ok_or_else(|| OpError::NotFound {
        message: format!("'{}' does not exist", path.cite_text()),
        hint: "see what is there: prode list".to_owned(),
    })
}

/// The first file whose new lines do not pass redaction, and why.
fn unsafe_edit(bench: &Bench<'_>, edits: &[Edit]) -> Option<(RepoPath, String)> {
    edits.iter().find_map(|edit| {
        let Edit::Write { path, bytes, .. } = edit else { return None };
        let before = bench.git.file_at(bench.base, path).ok().flatten().unwrap_or_default();
        let added = match added(&before, bytes) {
            Ok(added) => added,
            Err(error) => return Some((path.clone(), error.to_string())),
        };
        let screened = safe(&bench.screen, &path.text(), &added);
        Some((path.clone(), screened.err()?.to_string()))
    })
}

fn added(before: &[u8], after: &[u8]) -> Result<String, OpError> {
    let ranges = added_lines(before, after)?;
    let text = String::from_utf8_lossy(after);
    let is_new = |at: usize| {
        u32::try_from(at + 1).is_ok_and(|line| ranges.iter().any(|range| range.contains(&line)))
    };
    let lines = text.lines().enumerate().filter(|(at, _)| is_new(*at)).map(|it| it.1);
    Ok(lines.collect::<Vec<_>>().join("\n"))
}

/// Archived pages to which others still lead.
fn still_linked(pages: &BTreeMap<RepoPath, Candidate<'_>>, plan: &Settling<'_>) -> Vec<String> {
    let is_mended = |path: &RepoPath| plan.unlinked.values().any(|to| to.contains(path));
    let archived = plan.archived.keys().filter(|path| !is_mended(path));
    let led = archived.filter_map(|path| {
        let count = match &pages.get(path)?.leads {
            crate::audit::Leads::None => return None,
            crate::audit::Leads::Own(from) => from.len(),
            crate::audit::Leads::Others(count) => *count,
        };
        let pages = crate::ops::counted(count, "page");
        Some(format!(
            "{pages} still lead to {path}, which is archived: prode lint --rule stale-link"
        ))
    });
    led.collect()
}
