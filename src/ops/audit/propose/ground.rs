//! What is known of owners' pages before anything is proposed.

use std::collections::{BTreeMap, BTreeSet};

use jiff::civil::Date;

use super::Groups;
use crate::allowance::NOWHERE;
use crate::audit::{Candidate, Finding, Leads, Quarter, branch_of, branches_of, hidden_branch_of};
use crate::corpus::{Page, People, RootKind, Target};
use crate::git::Repository;
use crate::ids::CommitId;
use crate::lint;
use crate::ops::audit::{Report, Standing};
use crate::ops::error::OpError;
use crate::ops::ledger::SIGNERS;
use crate::ops::redact::{self, Screen, screen};
use crate::ops::review::Ground;
use crate::repo_path::RepoPath;
use crate::workspace::{Asked, Memory, Workspace};

/// Rules of lint whose fixes settle what is `broken`.
const OWN: [&str; 2] = ["link-anchor", "link-case"];
/// The rule whose fixes settle links to what no longer holds.
const STALE: &str = "stale-link";

/// One audit's findings, and the commit that they are of.
pub(super) struct Bench<'a> {
    pub(super) workspace: &'a Workspace,
    pub(super) memory: &'a Memory,
    pub(super) git: &'a Repository,
    pub(super) ground: Ground<'a>,
    pub(super) base: CommitId,
    pub(super) quarter: Quarter,
    pub(super) today: Date,
    pub(super) cap: usize,
    pub(super) screen: Screen,
    findings: &'a [Finding],
    /// Whose each finding is, by their one name.
    owners: Vec<Option<String>>,
    standing: BTreeMap<RepoPath, Standing>,
    fixes: BTreeMap<RepoPath, Vec<lint::Finding>>,
}

impl<'a> Bench<'a> {
    pub(super) fn new(
        workspace: &'a Workspace,
        memory: &'a Memory,
        (base, report): (CommitId, &'a Report),
        standing: Vec<Standing>,
    ) -> Result<Self, OpError> {
        let today = memory.today();
        let standing = standing.into_iter().map(|it| (it.path.clone(), it)).collect();
        let mut bench = Self {
            workspace,
            memory,
            git: crate::ops::audit::scene::repository(workspace)?,
            ground: Ground::of_commit(workspace, base)?,
            base,
            quarter: Quarter::of(today),
            today,
            cap: report.cap,
            screen: screen(workspace)?,
            findings: &report.findings,
            owners: Vec::new(),
            standing,
            fixes: fixes(workspace, memory, base)?,
        };
        let owner = |it: &Finding| Some(bench.people().one_name(bench.owner(&it.path)?));
        bench.owners = report.findings.iter().map(owner).collect();
        Ok(bench)
    }

    pub(super) fn people(&self) -> &People {
        &self.memory.rules.people
    }

    /// Owners by their one name, each with the names that pages call them.
    pub(super) fn groups(&self) -> Groups {
        let mut groups = Groups::new();
        for (finding, owner) in self.findings.iter().zip(&self.owners) {
            let (Some(owner), Some(name)) = (owner, self.owner(&finding.path)) else { continue };
            let names = groups.entry(owner.clone()).or_default();
            if !names.iter().any(|it| it == name) {
                names.push(name.to_owned());
            }
        }
        groups
    }

    /// Findings that go to no branch, and why.
    pub(super) fn unowned(&self) -> impl Iterator<Item = (&Finding, String)> {
        let lost = self.findings.iter().filter(|it| self.owner(&it.path).is_none());
        lost.map(|it| {
            let why = if it.owner.is_empty() {
                "nobody owns the page".to_owned()
            } else {
                format!("{} left", it.owner.join(", "))
            };
            (it, why)
        })
    }

    /// The first of a page's owners who is still there.
    fn owner(&self, path: &RepoPath) -> Option<&str> {
        let known = self.standing.get(path)?;
        let is_gone = |name: &str| known.evidence.departed.iter().any(|it| it.0 == name);
        known.facts.owner.iter().map(String::as_str).find(|name| !is_gone(name))
    }

    fn is_of(&self, path: &RepoPath, owner: &str) -> bool {
        self.owner(path).is_some_and(|name| self.people().one_name(name) == owner)
    }

    /// The owner's branch. A name that may not stand where others read it, such
    /// as an address, is only told apart.
    pub(super) fn branch_of(&self, owner: &str) -> Result<String, OpError> {
        let is_plain = redact::run(&self.screen, NOWHERE, owner)?.findings.is_empty();
        let branch = if is_plain { branch_of } else { hidden_branch_of };
        Ok(branch(self.quarter, owner))
    }

    /// True where the trunk lists somebody's key, so that a word can be proven.
    pub(super) fn lists_keys(&self) -> bool {
        let signers = RepoPath::from_git(SIGNERS);
        self.git.file_at(self.base, &signers).is_ok_and(|it| it.is_some())
    }

    /// The folder of the quarter's branches below `refs/heads/`.
    pub(super) fn folder(&self) -> String {
        branches_of(self.quarter)
    }

    /// Whose name a stamp of the owner's holds: a team's own, a person as
    /// `human:` and a name.
    pub(super) fn signs_as(&self, owner: &str) -> Result<String, OpError> {
        let is_name = self.people().knows(owner) || owner.contains(['@', ':']);
        if self.people().is_team(owner) || !is_name {
            return Ok(owner.to_owned());
        }
        crate::ops::review::person(self.workspace, Some(owner.trim_start_matches('@')))
    }

    /// The owner's pages with what is known of them; those that only lead to
    /// others stand without findings.
    pub(super) fn candidates(
        &self,
        owner: &str,
    ) -> Result<BTreeMap<RepoPath, Candidate<'_>>, OpError> {
        let by = self.signs_as(owner)?;
        let mut pages: BTreeMap<RepoPath, Candidate<'_>> = BTreeMap::new();
        for (at, finding) in self.findings.iter().enumerate() {
            if self.owners[at].as_deref() == Some(owner) {
                let page = pages
                    .entry(finding.path.clone())
                    .or_insert_with(|| self.candidate(&finding.path, owner, &by));
                page.findings.push((at, finding));
            }
        }
        let leading = pages.values().filter_map(|it| match &it.leads {
            Leads::Own(from) => Some(from),
            _ => None,
        });
        for path in leading.flatten().cloned().collect::<BTreeSet<_>>() {
            let page = self.candidate(&path, owner, &by);
            pages.entry(path).or_insert(page);
        }
        Ok(pages)
    }

    fn candidate(&self, path: &RepoPath, owner: &str, by: &str) -> Candidate<'a> {
        let (Some(known), Some(page)) = (self.standing.get(path), self.page(path)) else {
            return Candidate { refused: Some("it is no page".to_owned()), ..Candidate::default() };
        };
        let evidence = &known.evidence;
        let is_active = evidence.replaced_by.is_some() && self.is_active(path);
        let is_archivable = page.skill.is_none() && !self.is_template(path);
        let person = self.people().person(by);
        let alone = evidence.hands.len() == 1 && !evidence.hands.contains(&person);
        Candidate {
            findings: Vec::new(),
            is_reviewed: evidence.stamp.is_some(),
            is_mendable: evidence.flaws.len() == self.own_fixes(path).count(),
            successor: evidence.replaced_by.clone().filter(|_| is_active && is_archivable),
            leads: self.leads(path, &evidence.linked_from, owner),
            is_new_hand: alone && !self.people().is_team(owner) && page.front.dialect.is_some(),
            is_stale_by_itself: known.stale_after.is_some_and(|day| day < self.today),
            refused: (is_active && !is_archivable)
                .then(|| "it was replaced, and nothing of its kind is archived".to_owned()),
        }
    }

    /// True where `superseded` says that the page is still active.
    fn is_active(&self, path: &RepoPath) -> bool {
        let of_page = |it: &&Finding| it.path == *path && it.signal == "superseded";
        self.findings.iter().any(|it| of_page(&it)) && !self.is_archived(path)
    }

    fn is_archived(&self, path: &RepoPath) -> bool {
        let no_longer = ["superseded", "rejected", "deprecated"];
        self.standing.get(path).is_some_and(|it| {
            it.facts.archived || it.facts.draft || no_longer.contains(&it.facts.status.as_str())
        })
    }

    fn is_template(&self, path: &RepoPath) -> bool {
        let place = self.memory.roots().classify(path);
        place.is_some_and(|it| it.kind == RootKind::Template)
    }

    pub(super) fn page(&self, path: &RepoPath) -> Option<&Page> {
        self.ground.catalogue.page(path)
    }

    fn leads(&self, to: &RepoPath, from: &[RepoPath], owner: &str) -> Leads {
        if from.is_empty() {
            return Leads::None;
        }
        let own = |page: &&RepoPath| self.is_of(page, owner) && self.mends_all(page, to);
        if from.iter().all(|page| own(&page)) {
            Leads::Own(from.iter().cloned().collect())
        } else {
            Leads::Others(from.len())
        }
    }

    /// Safe fixes of what is broken on a page.
    pub(super) fn own_fixes(&self, path: &RepoPath) -> impl Iterator<Item = &lint::Finding> {
        let fixes = self.fixes.get(path).into_iter().flatten();
        fixes.filter(|it| OWN.contains(&it.rule))
    }

    /// Safe fixes of links from `path` to pages of `to`.
    pub(super) fn links_to<'s>(
        &'s self,
        path: &RepoPath,
        to: &'s BTreeSet<RepoPath>,
    ) -> impl Iterator<Item = &'s lint::Finding> {
        let page = self.page(path);
        let links = page.into_iter().flat_map(move |page| {
            page.links.iter().filter(move |link| {
                let found = self.ground.catalogue.resolve(page, link, &|_| true);
                matches!(found, Target::Page { path, .. } if to.contains(&path))
            })
        });
        let spans: BTreeSet<_> = links.map(|it| (it.span.start, it.span.end)).collect();
        let fixes = self.fixes.get(path).into_iter().flatten().filter(|it| it.rule == STALE);
        fixes.filter(move |it| it.span.is_some_and(|at| spans.contains(&(at.start, at.end))))
    }

    /// True if lint mends every link from `page` to `to`.
    fn mends_all(&self, path: &RepoPath, to: &RepoPath) -> bool {
        let Some(page) = self.page(path) else { return false };
        let leads = |link: &&crate::document::Link| {
            let found = self.ground.catalogue.resolve(page, link, &|_| true);
            matches!(found, Target::Page { path, .. } if path == *to)
        };
        let to = BTreeSet::from([to.clone()]);
        page.links.iter().filter(leads).count() == self.links_to(path, &to).count()
    }
}

/// What lint would mend by itself, by page.
fn fixes(
    workspace: &Workspace,
    memory: &Memory,
    base: CommitId,
) -> Result<BTreeMap<RepoPath, Vec<lint::Finding>>, OpError> {
    let rules = [OWN[0], OWN[1], STALE];
    let asked = Asked::Rev(base.to_string());
    let outcome = crate::ops::lint::of_rules(workspace, &asked, memory, &rules, &[])?;
    let mut fixes: BTreeMap<RepoPath, Vec<lint::Finding>> = BTreeMap::new();
    for finding in outcome.findings.into_iter().filter(|it| it.fix.is_some()) {
        fixes.entry(finding.path.clone()).or_default().push(finding);
    }
    Ok(fixes)
}
