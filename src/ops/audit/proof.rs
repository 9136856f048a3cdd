//! Whether a stamp is the word of the person whom it names.
//!
//! The commit that set it is signed by that person, or the merge that brought
//! it to the trunk is, or that person approved the commit that was merged. Who
//! has which key is the trunk's word.

use std::collections::BTreeSet;

use super::chronicle::Chronicle;
use super::look::Look;
use super::memo::Memo;
use crate::audit::{Proof, Stamp};
use crate::corpus::People;
use crate::ids::CommitId;
use crate::ops::error::OpError;
use crate::ops::ledger::{SIGNERS, TrunkPolicy, merges};
use crate::repo_path::RepoPath;
use crate::signing::signers_of;

/// What is known of commits that set stamps.
pub(super) struct Proofs<'a> {
    people: &'a People,
    /// `None` where the trunk lists nobody's key.
    trunk: Option<TrunkPolicy>,
    approved: Vec<(CommitId, String)>,
    /// The trunk's commits, the newest first.
    line: Vec<usize>,
    signers: Memo<usize, BTreeSet<String>>,
}

impl<'a> Proofs<'a> {
    /// `at` is the step that is looked at.
    pub(super) fn of(
        look: &Look<'a>,
        chronicle: &Chronicle<'_>,
        at: usize,
    ) -> Result<Self, OpError> {
        let trunk =
            if lists_keys(look, chronicle) { TrunkPolicy::read(look.workspace).ok() } else { None };
        let trunk = trunk.filter(|it| !it.trust.signers.lines.is_empty());
        let approved = match &trunk {
            Some(trunk) => merges(chronicle.repository, trunk)?,
            None => Vec::new(),
        };
        let next = |at: &usize| chronicle.step(*at).parents.first().copied();
        let line = std::iter::successors(Some(at), next).collect();
        let people = &look.catalogue.rules().people;
        Ok(Self { people, trunk, approved, line, signers: Memo::default() })
    }

    /// True where nobody's keys are listed, so that nothing can be told.
    pub(super) fn is_blind(&self) -> bool {
        self.trunk.is_none()
    }

    pub(super) fn of_stamp(
        &self,
        chronicle: &Chronicle<'_>,
        stamp: &Stamp,
    ) -> Result<Proof, OpError> {
        let at = stamp.set.as_ref().and_then(|set| chronicle.place(set.commit));
        let (Some(by), Some(at)) = (&stamp.by, at.filter(|_| !self.is_blind())) else {
            return Ok(Proof::Unknown);
        };
        // A team's stamp is any of its people's.
        let people = self.people.people_of(by);
        let merge = self.merge_of(chronicle, at);
        for step in std::iter::once(at).chain(merge) {
            if !self.signers(chronicle, step)?.is_disjoint(&people) {
                return Ok(Proof::Signed);
            }
        }
        let heads = merge.map(|it| chronicle.step(it).parents.iter().skip(1));
        let heads = heads.into_iter().flatten().copied().chain([at]);
        let mut heads = heads.map(|it| chronicle.step(it).id);
        let approved = |head: CommitId| {
            self.approved.iter().any(|(known, who)| *known == head && people.contains(who))
        };
        Ok(if heads.any(approved) { Proof::Approved } else { Proof::Claimed })
    }

    /// The commit of the trunk's line that brought `at` to it; `None` for one
    /// of the line itself.
    fn merge_of(&self, chronicle: &Chronicle<'_>, at: usize) -> Option<usize> {
        if self.line.binary_search(&at).is_ok() {
            return None;
        }
        // What one commit of the line reaches, every newer one does.
        let reached = self.line.partition_point(|&step| chronicle.reach(step).holds(at));
        self.line.get(reached.checked_sub(1)?).copied()
    }

    /// The one names of everybody whose signature stands on a commit.
    fn signers(&self, chronicle: &Chronicle<'_>, at: usize) -> Result<BTreeSet<String>, OpError> {
        if let Some(known) = self.signers.get(&at) {
            return Ok(known);
        }
        let step = chronicle.step(at);
        let mut people = BTreeSet::new();
        let signature = chronicle.repository.signature(step.id);
        if let (Some(trunk), Some((signature, payload))) = (&self.trunk, signature) {
            let names = signers_of(&signature, &payload, step.time, &trunk.trust)?;
            people.extend(names.iter().map(|name| trunk.person(name)));
        }
        self.signers.insert(at, people.clone());
        Ok(people)
    }
}

/// Asked first: the whole policy takes a walk to the first commit.
fn lists_keys(look: &Look<'_>, chronicle: &Chronicle<'_>) -> bool {
    let signers = RepoPath::from_git(SIGNERS);
    let entry = |tree| chronicle.repository.entry(tree, &signers).ok().flatten();
    look.workspace.reviewed().is_ok_and(|it| entry(it.tree).is_some())
}
