//! What history and other branches say against decisions: asked only where a
//! rule is on and a decision is looked at, since the answer takes a walk.

use super::side::Side;
use crate::corpus::Catalogue;
use crate::git::Repository;
use crate::lint::{DecisionFault, Silent};
use crate::ops::adr::{self, collisions, immutable};
use crate::ops::error::OpError;
use crate::repo_path::RepoPath;
use crate::workspace::Asked;

/// From where on a decision's number is new.
pub(super) enum Since<'a> {
    /// From where HEAD parted from this revision; else from the trunk.
    Parted(Option<&'a str>),
    /// Numbers are not looked at.
    Nothing,
}

/// What was found; `None` where it was not looked for.
#[derive(Default)]
pub(super) struct History {
    pub(super) changed: Option<Vec<DecisionFault>>,
    pub(super) taken: Option<Vec<DecisionFault>>,
    pub(super) silent: Vec<Silent>,
}

/// Asks what rules of `wants` need, for decisions below `paths` (all, where it is empty).
pub(super) fn ask(
    side: &Side<'_>,
    catalogue: &Catalogue,
    paths: &[RepoPath],
    since: &Since<'_>,
    wants: &dyn Fn(&str) -> bool,
) -> Result<History, OpError> {
    let mut history = History::default();
    let is_below = |path: &RepoPath| paths.is_empty() || paths.iter().any(|it| path.is_below(it));
    if !catalogue.pages().iter().any(|page| page.adr.is_some() && is_below(&page.path)) {
        return Ok(history);
    }
    if wants(immutable::RULE) {
        if let Some(reason) = unreadable(side) {
            history.say(immutable::RULE, reason);
        } else {
            let found = immutable::of(side.workspace, side.asked, side.memory, catalogue)?;
            history.changed = Some(faults(catalogue, found));
        }
    }
    if let (true, Since::Parted(base)) = (wants(collisions::RULE), since) {
        match (here(side), base_of(side, *base)?) {
            (Err(reason), _) => history.say(collisions::RULE, reason),
            (Ok(()), Some(base)) => {
                // Numbers are those of the work tree, whatever of it is looked at.
                let found = match side.asked {
                    Asked::WorkTree => {
                        collisions::of(side.workspace, &base, side.memory, catalogue)?
                    }
                    _ => collisions::run(side.workspace, &base)?,
                };
                history.taken = Some(faults(catalogue, found));
            }
            (Ok(()), None) => history.say(collisions::RULE, "there is no commit yet"),
        }
    }
    Ok(history)
}

impl History {
    fn say(&mut self, rule: &str, reason: impl Into<String>) {
        self.silent.push(Silent { rule: rule.to_owned(), why: reason.into() });
    }
}

/// Why what landed cannot be read, where it cannot.
fn unreadable(side: &Side<'_>) -> Option<String> {
    let repository = match git(side) {
        Ok(repository) => repository,
        Err(reason) => return Some(reason),
    };
    let cut = "history is cut off (shallow clone); fetch it: git fetch --unshallow, or in CI \
        fetch-depth: 0";
    repository.is_shallow().then(|| cut.to_owned())
}

/// Whether numbers of what is looked at can be compared: they are those of
/// the work tree, which has HEAD's as well.
fn here(side: &Side<'_>) -> Result<(), String> {
    let repository = git(side)?;
    let head = || repository.resolve("HEAD").ok();
    let is_here = match side.asked {
        Asked::WorkTree | Asked::Staged => true,
        Asked::Rev(_) | Asked::AsOf(_) | Asked::Trunk => side.memory.revision.commit == head(),
    };
    let why = "numbers are compared for what is checked out; leave out --rev and --as-of";
    is_here.then_some(()).ok_or_else(|| why.to_owned())
}

fn git<'a>(side: &Side<'a>) -> Result<&'a Repository, String> {
    side.workspace.repository().ok_or_else(|| "this folder is in no Git repository".to_owned())
}

fn base_of(side: &Side<'_>, named: Option<&str>) -> Result<Option<String>, OpError> {
    if let Some(base) = named {
        return Ok(Some(base.to_owned()));
    }
    let trunk = side.workspace.trunk()?;
    Ok(trunk.filter(|trunk| trunk.commit.is_some()).map(|trunk| trunk.reference))
}

/// Findings for decisions that are looked at: a file that is only on disk is
/// none of what is staged.
fn faults(catalogue: &Catalogue, found: Vec<adr::Finding>) -> Vec<DecisionFault> {
    let fault = |it: adr::Finding| {
        let page = catalogue.pages().iter().find(|page| page.path.text() == it.path)?;
        Some(DecisionFault { path: page.path.clone(), line: it.line, message: it.message })
    };
    found.into_iter().filter_map(fault).collect()
}
