//! Drift of what pages describe in other repositories, where clones are at hand.
//!
//! A stamp that holds the digest of these files decides, as here. One that does
//! not is held against the clone's trunk at the end of the day that it names:
//! what was not recorded is no drift by itself.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

use jiff::civil::Date;
use jiff::tz::TimeZone;
use sha2::{Digest, Sha256};

use super::chronicle::{Chronicle, Learnt};
use super::drift::told;
use super::gather::Ground;
use super::skip::{Skip, skip};
use super::stamps::Reviews;
use super::{Known, answer};
use crate::audit::{Changed, Drift};
use crate::document::Reviewed;
use crate::git::{Change, GitError, Globs};
use crate::ids::{CommitId, hex};
use crate::ops::elsewhere::{Clones, Found, described, digest, wanted};
use crate::review::Elsewhere;
use crate::workspace::Workspace;

/// What is looked at beside this repository.
pub(super) struct Abroad<'a> {
    pub(super) workspace: &'a Workspace,
    pub(super) clones: Clones,
    /// Histories of clones, each read once.
    learnt: BTreeMap<String, Learnt>,
}

/// What drifted in one repository.
struct Part {
    of: String,
    changed: Vec<Changed>,
    total: usize,
    is_recorded: bool,
}

/// A part, or none; and what could not be said.
type Told = (Option<Part>, Option<String>);

impl<'a> Abroad<'a> {
    pub(super) fn of(workspace: &'a Workspace, clones: Clones) -> Self {
        Self { workspace, clones, learnt: BTreeMap::new() }
    }

    /// Adds to what is known of each page; what could not be looked at.
    pub(super) fn look(
        &mut self,
        ground: &Ground<'_>,
        reviews: Reviews<'_>,
        known: &mut [Known<'_>],
    ) -> BTreeSet<Skip> {
        let mut skips = BTreeSet::new();
        for (page, _, evidence) in known {
            let named = described(page);
            if named.is_empty() {
                continue;
            }
            let Some(set) = ground.review_of(reviews, page) else { continue };
            let mut parts = Vec::new();
            for (name, globs) in named {
                let what = format!("{}: source {name}", page.path);
                let (part, why) = self.one(&name, &globs, &set.written);
                skips.extend(why.map(|why| skip(what, why)));
                parts.extend(part);
            }
            if !parts.is_empty() {
                evidence.drift = Some(joined(evidence.drift.take(), parts));
            }
        }
        skips
    }

    /// The clones that were looked at, as the answer tells them.
    pub(super) fn repositories(&self) -> Vec<answer::Clone> {
        let told = self.clones.looked_at().map(|(name, found)| answer::Clone {
            repository: name.clone(),
            commit: found.commit.to_string(),
            day: found.day.to_string(),
        });
        told.collect()
    }

    fn one(&mut self, name: &str, globs: &[&str], stamp: &Reviewed) -> Told {
        let found = match self.clones.get(name) {
            Ok(found) => found,
            Err(why) => return (None, Some(why)),
        };
        let compared = match compared(found, name, globs, stamp) {
            Ok(Compared::Same) => return (None, None),
            Ok(Compared::Untold(why)) => return (None, Some(why)),
            Ok(Compared::Other { of, then, is_recorded }) => (of, then, is_recorded),
            Err(error) => return (None, Some(format!("its clone cannot be read: {error}"))),
        };
        let (of, then, is_recorded) = compared;
        let Some((commit, changes)) = then else {
            let why = "the commit that was reviewed is not in this clone, so that nobody can tell what changed";
            let part = Part { of, changed: Vec::new(), total: 0, is_recorded };
            return (Some(part), Some(why.to_owned()));
        };
        let learnt = match self.learnt.entry(name.to_owned()) {
            std::collections::btree_map::Entry::Occupied(known) => known.into_mut(),
            std::collections::btree_map::Entry::Vacant(place) => {
                match self.workspace.history_of(&found.repository, name, found.commit) {
                    Ok(history) => place.insert(Learnt::of(Arc::new(history))),
                    Err(error) => {
                        let why = format!("the history of its clone cannot be read: {error}");
                        let total = changes.len();
                        let part = Part { of, changed: Vec::new(), total, is_recorded };
                        return (Some(part), Some(why));
                    }
                }
            }
        };
        let chronicle = Chronicle { repository: &found.repository, learnt };
        let seen = chronicle.place(commit).map(|at| chronicle.reach(at));
        let mut changed = match chronicle.place(found.commit) {
            Some(at) => told(&chronicle, &changes, seen.as_deref(), &chronicle.reach(at)),
            None => Vec::new(),
        };
        for file in &mut changed {
            file.repository = Some(name.to_owned());
        }
        (Some(Part { of, changed, total: changes.len(), is_recorded }), None)
    }
}

/// How a clone's files stand to what was reviewed.
enum Compared {
    Same,
    /// Nobody can tell, and why.
    Untold(String),
    Other {
        of: String,
        /// The commit that was seen, and what differs since; `None` where it is not there.
        then: Option<(CommitId, Vec<Change>)>,
        is_recorded: bool,
    },
}

fn compared(
    found: &Found,
    name: &str,
    globs: &[&str],
    stamp: &Reviewed,
) -> Result<Compared, GitError> {
    let files = found.files(globs)?;
    let of = digest(&files);
    let since = |commit: CommitId| -> Result<Vec<Change>, GitError> {
        let then = found.repository.commit(commit)?.tree;
        let globs = Globs::new(globs.iter().copied());
        found.repository.changes(then, found.tree, &mut wanted(&globs))
    };
    let recorded = stamp.elsewhere.as_deref().and_then(Elsewhere::read).unwrap_or_default();
    if let Some(seen) = recorded.into_iter().find(|it| it.repository == name) {
        if seen.sources == of {
            return Ok(Compared::Same);
        }
        let then = since(seen.commit).ok().map(|changes| (seen.commit, changes));
        return Ok(Compared::Other { of, then, is_recorded: true });
    }
    let end = end_of(stamp.at);
    let then = end.map(|end| found.repository.as_of(found.commit, end)).transpose();
    Ok(match then {
        Ok(Some(Some(commit))) => match since(commit)? {
            changes if changes.is_empty() && files.is_empty() => {
                Compared::Untold(format!("'{}' names no file there", globs.join("' and '")))
            }
            changes if changes.is_empty() => Compared::Same,
            changes => Compared::Other { of, then: Some((commit, changes)), is_recorded: false },
        },
        Ok(_) => Compared::Untold(format!(
            "its history begins after the review of {}, which recorded nothing of it",
            stamp.at
        )),
        Err(error) => Compared::Untold(error.to_string()),
    })
}

/// The end of a day in UTC: a date means its whole day.
fn end_of(day: Date) -> Option<jiff::Timestamp> {
    Some(day.tomorrow().ok()?.to_zoned(TimeZone::UTC).ok()?.timestamp())
}

/// One drift of what drifted here and elsewhere.
fn joined(own: Option<Drift>, parts: Vec<Part>) -> Drift {
    // Files that a page cites say nothing beside those that it declares.
    let own = own.filter(|it| it.is_declared);
    let mut hash = Sha256::new();
    for of in own.iter().map(|it| &it.of).chain(parts.iter().map(|it| &it.of)) {
        hash.update(of);
        hash.update(b"\n");
    }
    let mut drift = Drift {
        of: format!("sha256:{}", hex(&hash.finalize())),
        changed: own.as_ref().map(|it| it.changed.clone()).unwrap_or_default(),
        total: own.as_ref().map_or(0, |it| it.total),
        is_declared: true,
        is_recorded: own.as_ref().is_none_or(|it| it.is_recorded),
        is_local: true,
    };
    for part in parts {
        drift.changed.extend(part.changed);
        drift.total += part.total;
        drift.is_recorded &= part.is_recorded;
    }
    drift
}
