//! `audit --propose`: one branch and one pull request for each owner with what
//! settles their findings.
//!
//! Nothing but branches `prode/audit/…` moves, and what people put there stays.
//! A branch's commit is the program's own: signed by nobody, and the same on
//! every machine for one trunk and day. What it says of somebody's review is a
//! claim until that person signs or approves it.

mod answer;
mod build;
mod ground;
mod place;
mod pull;
mod remote;
mod text;

use std::collections::BTreeMap;

use super::{Options, Report, look, wanted};
use crate::audit::{Finding, Quarter, Settling, Way};
use crate::hint::{ErrorKind, Helpful};
use crate::ops::error::OpError;
use crate::workspace::{Asked, Memory, Workspace};
pub use answer::{Answer, Left, Proposal, Settled};
use ground::Bench;
use place::Placed;
use remote::Remote;

/// Who makes a proposal's commits: no person, so that nobody is taken for one
/// who wrote or reviewed a page. `.invalid` is nobody's domain (RFC 2606).
pub(super) const PROPOSER: (&str, &str) = ("prode", "process@prode.invalid");

/// How often an owner's branch is tried again that somebody else moved.
const TRIES: usize = 3;

/// Proposes to each owner what settles their findings.
///
/// # Errors
/// Where another time or change than the trunk of today is asked for; where the
/// remote or the forge does not answer or refuses. What is done already is found
/// when it is run again, and not done twice.
pub fn propose(
    workspace: &Workspace,
    options: &Options,
    told: &dyn Fn(usize, usize),
) -> Result<(Report, Memory, Answer), OpError> {
    refuse(workspace, options)?;
    let everybody = Options::default();
    let (mut report, memory, standing) = look(workspace, &everybody, told)?;
    let is_wanted = wanted(&memory, &options.owners);
    let (mut proposals, mut unowned) = (Vec::new(), Vec::new());
    let skipped = std::mem::take(&mut report.answer.skipped);
    if let Some(commit) = memory.revision.commit {
        let bench = Bench::new(workspace, &memory, (commit, &report), standing)?;
        let groups = bench.groups();
        let remote = Remote::of(&bench)?;
        for (owner, names) in groups {
            if is_wanted(&names) {
                proposals.push(tried(&bench, &remote, &owner)?);
            }
        }
        if options.owners.is_empty() || is_wanted(&[]) {
            unowned = bench.unowned().map(|(finding, why)| left(finding, why)).collect();
        }
    }
    report.findings.retain(|it| is_wanted(&it.owner));
    let answer = Answer {
        schema: "prode.audit_propose/v1".to_owned(),
        commit: report.answer.commit.clone(),
        as_of: report.answer.as_of.clone(),
        quarter: report.answer.quarter.clone(),
        proposals,
        unowned,
        skipped,
    };
    Ok((report, memory, answer))
}

/// A proposal changes the trunk as it is today and nothing else.
fn refuse(workspace: &Workspace, options: &Options) -> Result<(), OpError> {
    let usage =
        |message: String, hint: &str| Err(OpError::Usage { message, hint: hint.to_owned() });
    if options.against.is_some() {
        let hint = "leave out --against: the change's own author mends what it touches";
        return usage(
            "--propose settles findings of the trunk, not those of a change".into(),
            hint,
        );
    }
    if options.asked != Asked::Trunk {
        let hint = "leave out --as-of and --rev";
        return usage("--propose changes the trunk as it is today".into(), hint);
    }
    let Some(text) = &options.quarter else { return Ok(()) };
    let quarter = text.parse::<Quarter>().ok();
    let now = Quarter::of(workspace.clock().today());
    match quarter {
        Some(quarter) if quarter < now => {
            let message = format!("the quarter {quarter} is over: nobody settles its findings now");
            usage(message, &format!("propose for this one: --quarter {now}, or leave it out"))
        }
        // One that is none, or has not begun, is told by the audit itself.
        _ => super::scene::asked(workspace, options).map(drop),
    }
}

/// One owner's branch, again where somebody else was quicker.
fn tried(bench: &Bench<'_>, remote: &Remote<'_>, owner: &str) -> Result<Proposal, OpError> {
    let mut tries = 1;
    loop {
        match one(bench, remote, owner) {
            Err(error) if error.kind() == ErrorKind::Conflict && tries < TRIES => tries += 1,
            done => return done,
        }
        remote.look_again()?;
    }
}

fn one(bench: &Bench<'_>, remote: &Remote<'_>, owner: &str) -> Result<Proposal, OpError> {
    let branch = bench.branch_of(owner)?;
    let pull = remote.pull_of(&branch)?;
    let mut proposal = blank(owner, &branch);
    if let Some(over) = pull.as_ref().filter(|it| !it.is_open()) {
        over.state_name().clone_into(&mut proposal.status);
        proposal.pull = remote.row(over);
        proposal.notes.push(decided(over.state_name(), bench.quarter));
        return Ok(proposal);
    }
    let built = build::built(bench, owner)?;
    tell(&mut proposal, &built.plan);
    proposal.notes.extend(built.notes.iter().cloned());
    let placed = place::place(bench, remote, &branch, (owner, &built))?;
    proposal.notes.extend(placed.note());
    placed.status().clone_into(&mut proposal.status);
    proposal.commit = placed.commit().map(|it| it.to_string());
    let Placed::Here { commit, base, .. } = placed else { return Ok(proposal) };
    proposal.base = Some(base.to_string());
    proposal.remote = remote.push(&branch, commit)?;
    if let Some(opened) =
        pull::opened(bench, remote, (owner, &branch, base), (&built, pull.as_ref()))?
    {
        proposal.notes.extend(opened.notes);
        proposal.pull = Some(opened.row);
        proposal.pull_status = Some(opened.how.to_owned());
    }
    proposal.next = text::next(bench, &proposal);
    Ok(proposal)
}

fn blank(owner: &str, branch: &str) -> Proposal {
    Proposal {
        owner: owner.to_owned(),
        branch: branch.to_owned(),
        status: "nothing".to_owned(),
        commit: None,
        base: None,
        remote: None,
        pull: None,
        pull_status: None,
        settled: Vec::new(),
        left: Vec::new(),
        notes: Vec::new(),
        next: Vec::new(),
    }
}

/// What follows from somebody's decision.
fn decided(state: &str, quarter: Quarter) -> String {
    match state {
        "merged" => format!(
            "it was merged: what is left is the next quarter's, or typed by hand, not {quarter}'s"
        ),
        _ => format!("somebody closed it: it is not opened again in {quarter}"),
    }
}

fn tell(proposal: &mut Proposal, plan: &Settling<'_>) {
    let settled = |(_, finding, way): &(usize, &Finding, Way)| Settled {
        id: finding.id.clone(),
        path: finding.path.text().into_owned(),
        signal: finding.signal.to_owned(),
        how: text::way(*way).to_owned(),
    };
    proposal.settled = plan.settled.iter().map(settled).collect();
    proposal.left = plan.left.iter().map(|(_, finding, why)| left(finding, why.clone())).collect();
}

fn left(finding: &Finding, why: String) -> Left {
    Left {
        id: finding.id.clone(),
        path: finding.path.text().into_owned(),
        signal: finding.signal.to_owned(),
        why,
        settle: finding.settle.clone(),
    }
}

/// Owners by their one name, each with the names that pages call them.
type Groups = BTreeMap<String, Vec<String>>;
