//! `audit`: what of a memory has rotted, by evidence, for a commit and a day.

mod abroad;
mod against;
mod answer;
mod chronicle;
mod drift;
mod gather;
mod lints;
mod local;
mod look;
mod memo;
mod misled;
mod moves;
mod names;
mod proof;
mod propose;
mod reading;
mod scene;
mod skip;
mod stamps;
mod threads;
mod trend;

use std::collections::BTreeSet;
use std::sync::Arc;

use jiff::civil::Date;

use super::elsewhere::Clones;
use super::error::OpError;
use crate::audit::{self, Case, Evidence, Finding, Quarter, Settings, State};
use crate::corpus::{Facts, LinkGraph, Page};
use crate::git::{Entry, Repository};
use crate::ids::{CommitId, TreeId};
use crate::repo_path::RepoPath;
use crate::review::{DISMISSED, Dismissed};
use crate::workspace::{Asked, Memory, Workspace};
use abroad::Abroad;
pub use answer::{
    Answer, Clone as CloneSeen, File, Item, Local as LocalPart, OfQuarter, Past, Points, Skipped,
};
use chronicle::{Chronicle, Learnt};
use gather::Ground;
use local::Local;
use look::Look;
pub use propose::{Answer as Proposed, Left, Proposal, Settled, propose};
use scene::Scene;
use skip::{Skip, skip};
use stamps::{Reviews, Versions};

/// Pages up to which the past is looked at without being asked for: each past
/// quarter takes about as long as today.
const SMALL: usize = 2_000;

/// Past quarters that are looked at in any case: what became of the findings
/// of the first of them is known from the second.
const JUDGED: usize = 2;

/// What is wanted.
#[derive(Debug, Clone, Default)]
pub struct Options {
    /// The commit and the clock; the trunk and today where nothing is said.
    pub asked: Asked,
    /// As on the last day of this quarter, or today where it has not ended.
    pub quarter: Option<String>,
    /// Only pages of one of these owners; empty for all.
    pub owners: Vec<String>,
    /// Only what the change since this revision touches.
    pub against: Option<String>,
    /// Whether past quarters are looked at too.
    pub past: Quarters,
    /// Whether what this machine alone knows counts too.
    pub local: bool,
}

/// Past quarters to look at.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Quarters {
    /// None: the findings of today are all that is wanted.
    #[default]
    None,
    /// Those that the precision needs, where the memory is small.
    IfCheap,
    /// So many, told one by one.
    Last(usize),
}

impl Quarters {
    /// How many, where so many pages are looked at.
    fn count(self, pages: usize) -> usize {
        match self {
            Self::IfCheap if pages <= SMALL => JUDGED,
            Self::Last(count) => count.max(JUDGED),
            Self::None | Self::IfCheap => 0,
        }
    }
}

/// The answer, and what other formats are made of.
pub struct Report {
    /// For people and scripts.
    pub answer: Answer,
    /// The findings of the answer.
    pub findings: Vec<Finding>,
    /// Every page that people answer from, as fresh as it is.
    pub states: Vec<State>,
    /// Findings that one owner is shown.
    pub cap: usize,
}

/// Looks at everything. `told` hears how many of how many commits were read.
pub fn run(
    workspace: &Workspace,
    options: &Options,
    told: &dyn Fn(usize, usize),
) -> Result<(Report, Memory), OpError> {
    let (report, memory, _) = look(workspace, options, told)?;
    Ok((report, memory))
}

/// The same, worked out once for a commit, a day and an inbox in a process that lasts.
/// What depends on more than these is looked at anew.
pub fn kept(workspace: &Workspace, options: &Options) -> Result<(Arc<Report>, Memory), OpError> {
    let scene = Scene::of(workspace, options)?;
    let look = || look_at(workspace, options, &scene, &|_, _| {}).map(|(report, _)| report);
    let report = match scene.name(options) {
        Some(name) => workspace.kept(&scene.memory, &name, look)?,
        None => Arc::new(look()?),
    };
    Ok((report, scene.memory))
}

/// The same as [`run`], with what is known of every page.
fn look(
    workspace: &Workspace,
    options: &Options,
    told: &dyn Fn(usize, usize),
) -> Result<(Report, Memory, Vec<Standing>), OpError> {
    let scene = Scene::of(workspace, options)?;
    let (report, standing) = look_at(workspace, options, &scene, told)?;
    Ok((report, scene.memory, standing))
}

fn look_at(
    workspace: &Workspace,
    options: &Options,
    scene: &Scene<'_>,
    told: &dyn Fn(usize, usize),
) -> Result<(Report, Vec<Standing>), OpError> {
    let Scene { repository, memory, inbox, .. } = scene;
    let (inbox, today) = (*inbox, memory.today());
    let settings = Settings::read(&memory.settings.section("audit").merged());
    let Some(commit) = memory.revision.commit.filter(|_| !memory.revision.on_disk) else {
        let why = "there is no commit yet, and an audit looks at commits";
        let audit = Audit { skipped: BTreeSet::from([skip("history", why)]), ..Audit::default() };
        return Ok((report(options, memory, inbox, today, audit, &settings), Vec::new()));
    };
    let learnt = Learnt::of(workspace.history(commit, told)?);
    let chronicle = Chronicle { repository, learnt: &learnt };
    let reviews = Reviews { chronicle: &chronicle, versions: &Versions::default() };
    let local = options.local.then(|| Local::of(workspace, today, scene.end()));
    let mut audit = match &options.against {
        Some(rev) => against::touched(workspace, &chronicle, memory, &settings, rev)?,
        None => assess(workspace, reviews, memory, &settings, inbox, local.as_ref())?,
    };
    audit.skipped.extend(of_history(repository, &chronicle));
    audit.keep(memory, &options.owners);
    let standing = std::mem::take(&mut audit.standing);
    let mut report = report(options, memory, inbox, today, audit, &settings);
    let count = options.past.count(report.answer.checked);
    if count > 0 && options.against.is_none() {
        let now = Quarter::of(today);
        let past = trend::quarters(workspace, reviews, &settings, now, count)?;
        report.answer.precision = trend::precision(&past);
        report.answer.trend = if options.past == Quarters::IfCheap { Vec::new() } else { past };
    }
    Ok((report, standing))
}

/// Findings of one commit on one day.
#[derive(Default)]
struct Audit {
    local: Option<LocalPart>,
    checked: usize,
    skipped: BTreeSet<Skip>,
    findings: Vec<Finding>,
    dismissed: Vec<Finding>,
    states: Vec<State>,
    standing: Vec<Standing>,
}

/// A page, and what is known of it.
struct Standing {
    path: RepoPath,
    facts: Facts,
    evidence: Evidence,
    /// From which day on it is stale, where it says so itself.
    stale_after: Option<Date>,
}

impl Audit {
    /// Only those of one of `owners`.
    fn keep(&mut self, memory: &Memory, owners: &[String]) {
        let is_wanted = wanted(memory, owners);
        self.findings.retain(|it| is_wanted(&it.owner));
        self.dismissed.retain(|it| is_wanted(&it.owner));
        self.states.retain(|it| is_wanted(&it.owner));
    }
}

/// Whether a page with such owners is one of `owners`; all are where none is named.
fn wanted(memory: &Memory, owners: &[String]) -> impl Fn(&[String]) -> bool + use<> {
    let folded = |name: &str| name.trim_start_matches('@').to_lowercase();
    let names = owners.iter().flat_map(|name| memory.rules.people.names_of(name));
    let names: BTreeSet<String> = names.map(folded).collect();
    move |owners| {
        let nobody = owners.is_empty() && names.contains(audit::NOBODY);
        names.is_empty() || nobody || owners.iter().any(|name| names.contains(&folded(name)))
    }
}

/// Every page of `memory` against every signal.
fn assess(
    workspace: &Workspace,
    reviews: Reviews<'_>,
    memory: &Memory,
    settings: &Settings,
    inbox: Option<CommitId>,
    local: Option<&Local>,
) -> Result<Audit, OpError> {
    let (catalogue, today) = (memory.catalogue()?, memory.today());
    let (graph, chronicle) = (catalogue.graph(), reviews.chronicle);
    let look =
        Look { workspace, memory, catalogue: &catalogue, graph: &graph, settings, today, local };
    let Some(at) = memory.revision.commit.and_then(|it| chronicle.place(it)) else {
        return Ok(Audit::default());
    };
    let pages: Vec<(&Page, Facts)> =
        catalogue.pages().iter().map(|page| (page, memory.facts(page))).collect();
    let readings = reading::of(reviews, &pages)?;
    let (cited, names): (Vec<_>, Vec<_>) =
        readings.into_iter().map(|it| (it.cited, it.names)).unzip();
    let names = pages.iter().map(|it| it.0).zip(names).collect();
    let (ground, mut skipped) = Ground::of(&look, reviews, at, inbox, names)?;
    let gathered = threads::each(reviews, pages.len(), |reviews, at| {
        ground.evidence(reviews, &pages[at], &cited[at])
    })?;
    let known = pages.into_iter().zip(gathered).map(|((page, facts), (evidence, notes))| {
        skipped.extend(notes);
        (page, facts, evidence)
    });
    let mut known: Vec<Known<'_>> = known.collect();
    let mut part = None;
    if let Some(local) = local {
        let mut abroad = Abroad::of(workspace, Clones::of(workspace, local.before));
        skipped.extend(abroad.look(&ground, reviews, &mut known));
        skipped.extend(local.notes());
        part = Some(local.part(abroad.repositories()));
    }
    let cases = cases(memory, &graph, &known);
    let states = cases.iter().filter_map(Case::state).collect();
    let found = audit::findings(settings, cases);
    let tree = chronicle.step(at).tree;
    let (dismissed, problem) = dismissals(chronicle.repository, tree)?;
    skipped.extend(problem);
    let (dismissed, findings) = found.into_iter().partition(|it| is_in(dismissed.as_ref(), it));
    let checked = catalogue.pages().len();
    let standing = known.into_iter().map(|(page, facts, evidence)| Standing {
        path: page.path.clone(),
        facts,
        evidence,
        stale_after: page.front.stale_after,
    });
    let standing = standing.collect();
    Ok(Audit { local: part, checked, skipped, findings, dismissed, states, standing })
}

/// A page, what it is, and what is known of it.
type Known<'a> = (&'a Page, Facts, Evidence);

fn cases<'a>(memory: &Memory, graph: &LinkGraph, known: &'a [Known<'a>]) -> Vec<Case<'a>> {
    let case = |(page, facts, evidence): &'a Known<'a>| Case {
        page,
        facts,
        evidence,
        links: graph.incoming(&page.path).len(),
        every: memory.rules.review_every(page, &facts.kind),
        today: memory.today(),
    };
    known.iter().map(case).collect()
}

/// `.prode/dismissed.yaml` of the commit; one that cannot be read dismisses nothing.
fn dismissals(
    repository: &Repository,
    tree: TreeId,
) -> Result<(Option<Dismissed>, Option<Skip>), OpError> {
    let path = RepoPath::from_git(DISMISSED);
    let Some(Entry::File(blob)) = repository.entry(tree, &path)? else {
        return Ok((None, None));
    };
    Ok(match Dismissed::read(&repository.blob(blob)?) {
        Ok(read) => (Some(read), None),
        Err(error) => (None, Some(skip(DISMISSED, error.to_string()))),
    })
}

fn is_in(dismissed: Option<&Dismissed>, it: &Finding) -> bool {
    dismissed.is_some_and(|known| known.find(&it.path, it.signal, &it.of).is_some())
}

/// What cannot be known of the past.
fn of_history(repository: &Repository, chronicle: &Chronicle<'_>) -> Vec<Skip> {
    let mut skips = Vec::new();
    if chronicle.history.is_cut {
        let steps = chronicle.history.steps.len();
        let why = format!(
            "this clone is shallow: {steps} commits are here; git fetch --unshallow brings the rest"
        );
        skips.push(skip("history", why));
    }
    if chronicle.history.gaps > 0 {
        let gaps = chronicle.history.gaps;
        let why = format!(
            "this clone is partial: the folders of {gaps} commits are not here; git fetch --refetch --no-filter brings them"
        );
        skips.push(skip("history", why));
    } else if repository.is_partial() {
        let why = "this clone is partial: files that are not here have no lines to count";
        skips.push(skip("history", why));
    }
    skips
}

fn report(
    options: &Options,
    memory: &Memory,
    inbox: Option<CommitId>,
    today: Date,
    audit: Audit,
    settings: &Settings,
) -> Report {
    let answer = Answer {
        schema: "prode.audit/v1".to_owned(),
        commit: memory.revision.commit.map(|it| it.to_string()),
        revision: memory.revision.name.clone(),
        inbox: inbox.map(|it| it.to_string()),
        as_of: today.to_string(),
        quarter: Quarter::of(today).to_string(),
        against: options.against.clone(),
        local: audit.local,
        checked: audit.checked,
        skipped: answer::skipped(audit.skipped),
        findings: audit.findings.iter().map(answer::item).collect(),
        dismissed: audit.dismissed.len(),
        precision: None,
        trend: Vec::new(),
    };
    Report { answer, findings: audit.findings, states: audit.states, cap: settings.cap }
}
