//! Reviews of commits that are about to become the trunk, as the forge that the
//! trunk names gives them.
//!
//! For whoever guards a trunk from outside: nothing is on record there but
//! commits and refs. What cannot be asked, or is not answered in time, counts
//! for nothing and is said.

use std::collections::BTreeMap;
use std::time::Duration;

use super::repository;
use super::reviews::Reviews;
use crate::forge::{Forge, ForgeError, Pull};
use crate::git::Repository;
use crate::ids::CommitId;
use crate::ops::OpError;
use crate::workspace::{Reviewed, Workspace, forge_name};

/// What everything that is asked may take: somebody's push waits.
const WHOLE: Duration = Duration::from_secs(30);

/// Pull requests of one commit that are looked at.
const MOST: usize = 5;

/// What the forge told.
#[derive(Default)]
pub(in crate::ops) struct OnForge {
    by_head: BTreeMap<CommitId, Vec<Reviews>>,
    /// Why nothing, or not more, was told: the end of a refusal.
    note: Option<String>,
}

impl OnForge {
    /// Asks for the reviews of `heads`; nothing where the trunk names no forge.
    pub(in crate::ops) fn of(
        workspace: &Workspace,
        reviewed: &Reviewed,
        heads: &[CommitId],
    ) -> Result<Self, OpError> {
        let Some(name) = forge_name(&reviewed.settings).filter(|_| !heads.is_empty()) else {
            return Ok(Self::default());
        };
        let not_asked = |why: &str| {
            let note = format!("reviews on {name} were not asked for: {why}");
            Ok(Self { note: Some(note), ..Self::default() })
        };
        let forge = match workspace.forge() {
            Ok(Some(forge)) => forge,
            Ok(None) => return not_asked("there is no token, PRODE_FORGE__TOKEN"),
            Err(error) => return not_asked(&error.to_string()),
        };
        let places = places(repository(workspace)?, heads)?;
        if places.is_empty() {
            return not_asked("no branch and no pull request here has that commit");
        }
        let trunk = reviewed.name.clone();
        let asked = forge.within(WHOLE, "read reviews", move |it| told(it, &trunk, &places));
        Ok(match asked {
            Ok(by_head) if by_head.is_empty() => {
                let name = &reviewed.name;
                let note = format!("the forge has no pull request of that commit into '{name}'");
                Self { by_head, note: Some(note) }
            }
            Ok(by_head) => Self { by_head, note: None },
            Err(error) => {
                let note = Some(format!("reviews on {name} do not count: {error}"));
                Self { note, ..Self::default() }
            }
        })
    }

    /// Those of one commit's pull requests, one by one.
    pub(in crate::ops) fn reviews(&self, head: CommitId) -> &[Reviews] {
        self.by_head.get(&head).map_or(&[], Vec::as_slice)
    }

    /// `why`, and why no review stands against it.
    pub(in crate::ops) fn with_note(&self, why: String) -> String {
        match &self.note {
            Some(note) => format!("{why}; {note}"),
            None => why,
        }
    }
}

/// Where a commit's pull request is found.
enum At {
    /// By the ref that the forge keeps of it.
    Number(u64),
    /// By its branch.
    Branch(String),
}

/// The pull requests that refs of this repository lead to. A ref only says
/// where to look: what counts is of exactly that commit, by the forge's word.
fn places(git: &Repository, heads: &[CommitId]) -> Result<Vec<(CommitId, At)>, OpError> {
    let mut places = Vec::new();
    for folder in ["refs/pull/", "refs/merge-requests/", "refs/heads/"] {
        for (name, tip) in git.refs_below(folder)? {
            let place = name.strip_prefix(folder).and_then(|rest| at(folder, rest));
            places.extend(place.filter(|_| heads.contains(&tip)).map(|it| (tip, it)));
        }
    }
    places.truncate(MOST * heads.len());
    Ok(places)
}

fn at(folder: &str, rest: &str) -> Option<At> {
    if folder == "refs/heads/" {
        return Some(At::Branch(rest.to_owned()));
    }
    Some(At::Number(rest.strip_suffix("/head")?.parse().ok()?))
}

fn told(
    forge: &Forge,
    trunk: &str,
    places: &[(CommitId, At)],
) -> Result<BTreeMap<CommitId, Vec<Reviews>>, ForgeError> {
    let mut told: BTreeMap<CommitId, Vec<Reviews>> = BTreeMap::new();
    let mut seen = Vec::new();
    for (head, place) in places {
        let Some(pull) = pull_at(forge, place)?.filter(|it| !seen.contains(&it.number)) else {
            continue;
        };
        seen.push(pull.number);
        if let Some(reviews) = Reviews::of(forge, &pull, trunk)? {
            told.entry(*head).or_default().push(reviews);
        }
    }
    Ok(told)
}

/// A branch or a number without a pull request is no fault.
fn pull_at(forge: &Forge, place: &At) -> Result<Option<Pull>, ForgeError> {
    let found = match place {
        At::Branch(name) => forge.pull_of(name),
        At::Number(number) => forge.pull(*number).map(Some),
    };
    match found {
        Err(error) if error.is_missing() => Ok(None),
        found => found,
    }
}
