//! Who may approve one subject: owners of what it changes, teams, signers.

use std::collections::{BTreeMap, BTreeSet};

use jiff::civil::Date;

use super::trunk::TrunkPolicy;
use crate::approval::{Demand, Eligible, Group, Who};
use crate::corpus::Page;
use crate::git::{Entry, Repository};
use crate::ops::OpError;
use crate::repo_path::RepoPath;

/// Works it out for the files `paths`.
pub(in crate::ops) fn eligible(
    git: &Repository,
    trunk: &TrunkPolicy,
    paths: &[RepoPath],
    demand: &Demand,
) -> Result<Eligible, OpError> {
    let mut eligible = Eligible::default();
    for who in &demand.who {
        match who {
            Who::Owners => owners(git, trunk, paths, &mut eligible)?,
            Who::Signers => eligible.people.push(signers(trunk)),
            Who::Named(names) => eligible.people.push(people(trunk, names)),
        }
    }
    Ok(eligible)
}

fn people(trunk: &TrunkPolicy, names: &[String]) -> BTreeSet<String> {
    names.iter().flat_map(|name| trunk.reviewed.rules.people.people_of(name)).collect()
}

fn signers(trunk: &TrunkPolicy) -> BTreeSet<String> {
    trunk.trust.signers.principals().into_iter().map(|name| trunk.person(name)).collect()
}

/// One group per set of owners. What nobody owns, every signer may approve.
fn owners(
    git: &Repository,
    trunk: &TrunkPolicy,
    paths: &[RepoPath],
    eligible: &mut Eligible,
) -> Result<(), OpError> {
    let mut owned: BTreeMap<Vec<String>, &RepoPath> = BTreeMap::new();
    for path in paths {
        owned.entry(owners_of(git, trunk, path)?).or_insert(path);
    }
    let mut all = BTreeSet::new();
    for (names, path) in owned {
        if names.is_empty() {
            all.extend(signers(trunk));
            continue;
        }
        let people = people(trunk, &names);
        all.extend(people.iter().cloned());
        let what = format!("'{}' ({})", path.text(), names.join(", "));
        eligible.groups.push(Group { what, people });
    }
    if paths.is_empty() {
        all = signers(trunk);
    }
    eligible.people.push(all);
    Ok(())
}

/// The owners of a file as the trunk has it; else, and for a new file, those
/// of its place by CODEOWNERS; else those of the root's front page.
fn owners_of(
    git: &Repository,
    trunk: &TrunkPolicy,
    path: &RepoPath,
) -> Result<Vec<String>, OpError> {
    let rules = &trunk.reviewed.rules;
    let own = page_owners(git, trunk, path)?;
    if !own.is_empty() {
        return Ok(own);
    }
    let by_place = rules.owners.owners(path);
    if !by_place.is_empty() {
        return Ok(by_place);
    }
    let root = rules.roots.classify(path).map(|place| place.root);
    for folder in root.into_iter().chain([RepoPath::root()]) {
        for name in ["index.md", "README.md"] {
            let Some(front) = folder.join(name) else { continue };
            let owners = page_owners(git, trunk, &front)?;
            if !owners.is_empty() {
                return Ok(owners);
            }
        }
    }
    Ok(Vec::new())
}

fn page_owners(
    git: &Repository,
    trunk: &TrunkPolicy,
    path: &RepoPath,
) -> Result<Vec<String>, OpError> {
    if !path.as_bytes().ends_with(b".md") {
        return Ok(Vec::new());
    }
    let Some(Entry::File(blob)) = git.entry(trunk.reviewed.tree, path)? else {
        return Ok(Vec::new());
    };
    let (page, _) = Page::read(path.clone(), blob, &git.blob(blob)?);
    Ok(trunk.reviewed.rules.facts(&page, Date::MIN).owner)
}
