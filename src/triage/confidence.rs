//! How much the evidence is worth: fixed arithmetic in whole per cent.
//!
//! The sums are a convention of this project, the same for everybody; they are
//! no probability. Memory adds nothing.

use std::collections::BTreeSet;

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use super::class::Kind;
use super::evidence::{Control, Evidence, Finding, How, Hypothesis, system};
use super::output::FindingKind;
use super::output::QueryResult;

/// A receipt that the runner captured, of the incident's window.
const CAPTURED: u8 = 40;
/// Another system says the same.
const SECOND_SOURCE: u8 = 20;
/// A query that could have refuted it found nothing.
const NEGATIVE_CONTROL: u8 = 20;
/// A release, deploy or change of configuration at the time.
const CORRELATION: u8 = 10;
/// It was made to happen again.
const REPRODUCTION: u8 = 10;
/// The most where something that is needed is missing or contradicted.
pub const CAP: u8 = 69;

/// The sum of one claim.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize, JsonSchema)]
pub struct ClaimSum {
    /// The claim's name.
    pub claim: String,
    /// 40 or 0.
    pub captured: u8,
    /// 20 or 0.
    pub second_source: u8,
    /// 20 or 0.
    pub negative_control: u8,
    /// 10 or 0.
    pub correlation: u8,
    /// 10 or 0.
    pub reproduction: u8,
    /// The sum, at most 100.
    pub total: u8,
}

/// What a run may rely on.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct Confidence {
    /// The sums of the claims that the classification rests on.
    pub claims: Vec<ClaimSum>,
    /// 69 where something is missing or contradicted.
    pub capped_at: Option<u8>,
    /// What a coordinator lowered it to.
    pub lowered_to: Option<u8>,
    /// What counts: the lowest of all that.
    pub value: u8,
}

impl Confidence {
    /// Of nothing.
    pub fn none() -> Self {
        Self { claims: Vec::new(), capped_at: None, lowered_to: None, value: 0 }
    }

    /// Of claims that a classification rests on, each for those of the
    /// hypotheses that it supports.
    pub fn of(evidence: &Evidence, hypotheses: &[String], claims: &[String], capped: bool) -> Self {
        let claims: Vec<ClaimSum> =
            claims.iter().map(|claim| sum(evidence, hypotheses, claim)).collect();
        let lowest = claims.iter().map(|it| it.total).min().unwrap_or(0);
        let capped_at = capped.then_some(CAP);
        let value = lowest.min(capped_at.unwrap_or(lowest));
        Self { claims, capped_at, lowered_to: None, value }
    }

    /// The same, at most `to`.
    #[must_use]
    pub fn lowered(mut self, to: u8) -> Self {
        self.value = self.value.min(to);
        self.lowered_to = Some(to);
        self
    }
}

fn sum(evidence: &Evidence, hypotheses: &[String], claim: &str) -> ClaimSum {
    let mut sum = ClaimSum {
        claim: claim.to_owned(),
        captured: 0,
        second_source: 0,
        negative_control: 0,
        correlation: 0,
        reproduction: 0,
        total: 0,
    };
    let Some(finding) = evidence.finding(claim).filter(|it| evidence.is_proven(it)) else {
        return sum;
    };
    let own: Vec<String> =
        finding.supports.iter().filter(|it| hypotheses.contains(it)).cloned().collect();
    let beside = |kind: FindingKind| {
        let others = evidence.findings.iter().filter(|it| it.id != finding.id && it.kind == kind);
        others.filter(|it| supports(it, &own) && evidence.is_proven(it)).collect::<Vec<_>>()
    };
    let worth = |holds: bool, points: u8| if holds { points } else { 0 };
    sum.captured = CAPTURED;
    let seen_elsewhere = is_seen_elsewhere(evidence, finding, &beside(FindingKind::Observation));
    sum.second_source = worth(seen_elsewhere, SECOND_SOURCE);
    let controlled = controls(evidence, &own, claim).any(|it| passes(evidence, finding, it));
    sum.negative_control = worth(controlled, NEGATIVE_CONTROL);
    let changed = !beside(FindingKind::Change).is_empty() || is_beside_a_change(evidence, &own);
    sum.correlation = worth(changed, CORRELATION);
    let is_again = |it: &&Finding| supports(it, &own) && evidence.is_reproduced(it);
    let reproduced =
        evidence.findings.iter().filter(|it| it.id != finding.id).any(|it| is_again(&it));
    sum.reproduction = worth(reproduced, REPRODUCTION);
    sum.total =
        [sum.captured, sum.second_source, sum.negative_control, sum.correlation, sum.reproduction]
            .iter()
            .sum::<u8>()
            .min(100);
    sum
}

/// A change that names no explanation may go with one that a change can be the
/// cause of.
fn is_beside_a_change(evidence: &Evidence, own: &[String]) -> bool {
    let is_fault = |it: &Hypothesis| {
        own.contains(&it.id) && Kind::named(&it.kind).is_some_and(Kind::is_fault_here)
    };
    let is_plain = |it: &&Finding| {
        it.kind == FindingKind::Change && it.supports.is_empty() && it.refutes.is_empty()
    };
    evidence.hypotheses.iter().any(is_fault)
        && evidence.findings.iter().filter(is_plain).any(|it| evidence.is_proven(it))
}

fn supports(finding: &Finding, hypotheses: &[String]) -> bool {
    finding.supports.iter().any(|it| hypotheses.contains(it))
}

/// True if two systems say it: of this claim's own receipts, or with those of
/// another observation for the same hypothesis.
fn is_seen_elsewhere(evidence: &Evidence, finding: &Finding, others: &[&Finding]) -> bool {
    let sources: BTreeSet<String> = std::iter::once(&finding)
        .chain(others)
        .flat_map(|it| evidence.receipts_of(it).filter(|receipt| evidence.counts(it, receipt)))
        .map(|receipt| system(&receipt.source))
        .collect();
    sources.len() > 1
}

/// Controls of a claim, or of a hypothesis that it speaks for.
pub(super) fn controls<'a>(
    evidence: &'a Evidence,
    hypotheses: &'a [String],
    claim: &'a str,
) -> impl Iterator<Item = &'a Control> {
    let local = claim.split_once('/');
    evidence.controls.iter().filter(move |control| {
        control.would_refute.iter().any(|name| {
            hypotheses.contains(name)
                || name == claim
                || local.is_some_and(|(whose, id)| whose == control.specialist && id == name)
        })
    })
}

/// True for a control that found nothing where something could have been.
fn passes(evidence: &Evidence, finding: &Finding, control: &Control) -> bool {
    control.result == QueryResult::Empty && tries(evidence, finding, control)
}

/// True for a control that looked where the claim could have been refuted: at
/// the claim's time, and by no query that something was seen by.
pub(super) fn tries(evidence: &Evidence, finding: &Finding, control: &Control) -> bool {
    let is_receipt = evidence.receipts.iter().any(|receipt| {
        receipt.how == How::Captured
            && receipt.source == control.source
            && receipt.query == control.query
            && control.parameters.is_empty()
    });
    control.is_evidence() && control.window.holds(finding.observed_at) && !is_receipt
}
