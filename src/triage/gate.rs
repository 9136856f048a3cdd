//! The gate: from the evidence to a decision, by code that no text can move.
//!
//! Pure and deterministic. It reads names, times and kinds; what a claim, an
//! excerpt or a page *says* is never read. Whatever is missing or doubtful can
//! only lower what comes out.

mod standing;

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use super::class::{Classification, Decision};
use super::confidence::{Confidence, controls, tries};
use super::evidence::{Control, Evidence, Finding, How, Hypothesis, MemoryUse, system};
use super::output::{Absence, FindingKind};
use super::output::{QueryResult, Wanted};
use super::reason::Reason;
use standing::{Standing, stand};

/// What a decision is held to, beside the evidence.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Bar {
    /// The least confidence for anything but a stop, 70 to 100.
    pub confidence: u8,
    /// A budget or breaker ended the investigation early.
    pub budget_spent: bool,
    /// The change itself waits for an approval.
    pub approval_outstanding: bool,
    /// Why the change that followed from an earlier decision cannot be proposed.
    pub turned_back: Option<Reason>,
    /// What a coordinator says that the ticket is; without one, the built-in
    /// table looks for the one explanation that stands.
    pub chosen: Option<Chosen>,
}

impl Default for Bar {
    fn default() -> Self {
        let (budget_spent, approval_outstanding) = (false, false);
        let (chosen, turned_back) = (None, None);
        Self { confidence: LEAST, budget_spent, approval_outstanding, turned_back, chosen }
    }
}

/// The least threshold; settings may only raise it.
pub const LEAST: u8 = 70;

/// A coordinator's word.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct Chosen {
    /// The hypothesis that stands.
    pub hypothesis: String,
    /// The claims that it rests on, by name.
    pub claims: Vec<String>,
    /// A lower confidence than the evidence has.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub confidence: Option<u8>,
}

/// How a hypothesis stands.
#[derive(
    Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize, JsonSchema,
)]
#[serde(rename_all = "snake_case")]
pub enum State {
    /// Nothing proven speaks for or against it.
    Proposed,
    /// Something proven speaks for it, nothing against it.
    Supported,
    /// Something proven speaks against it, nothing for it.
    Refuted,
    /// Both.
    Contradicted,
}

/// A hypothesis with what speaks for and against it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct Weighed {
    /// What it says.
    #[serde(flatten)]
    pub hypothesis: Hypothesis,
    /// How it stands.
    pub state: State,
    /// Claims that speak for it.
    pub supported_by: Vec<String>,
    /// Claims that speak against it, and controls that found something.
    pub refuted_by: Vec<String>,
}

/// What the gate says.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Verdict {
    /// Every hypothesis, weighed.
    pub hypotheses: Vec<Weighed>,
    /// Names of those that are contradicted.
    pub conflicts: Vec<String>,
    /// The claims that the classification rests on.
    pub decisive: Vec<String>,
    /// What they are worth.
    pub confidence: Confidence,
    /// What the ticket is.
    pub classification: Classification,
    /// What follows.
    pub decision: Decision,
    /// Why, each reason once, in the table's order.
    pub reasons: Vec<Reason>,
    /// Actions that wait for an approval of their own.
    pub waiting: Vec<Wanted>,
}

/// Decides.
pub fn evaluate(evidence: &Evidence, bar: &Bar) -> Verdict {
    let hypotheses: Vec<Weighed> =
        evidence.hypotheses.iter().map(|it| weigh(evidence, it)).collect();
    let (standing, mut reasons) = stand(evidence, &hypotheses, bar);
    let conflicts = conflicts(&hypotheses);
    let Some(standing) = standing else {
        reasons.extend(bar.budget_spent.then_some(Reason::BudgetSpent));
        return unknown(evidence, hypotheses, conflicts, reasons);
    };
    if !conflicts.is_empty() || standing.is_refuted {
        reasons.push(Reason::Conflict);
    }
    reasons.extend(missing(evidence));
    let capped = reasons.iter().any(|it| caps(*it));
    let confidence = confidence(evidence, &standing, bar, capped, &mut reasons);
    reasons.extend(claims_lack(evidence, &standing));
    reasons.extend(doubts(evidence));
    if confidence.value < bar.confidence.max(LEAST) {
        reasons.push(Reason::ConfidenceBelow);
    }
    if bar.budget_spent {
        reasons.push(Reason::BudgetSpent);
    }
    if bar.approval_outstanding && standing.rule == Decision::Pr {
        reasons.push(Reason::ApprovalOutstanding);
    }
    reasons.extend(bar.turned_back);
    let decision = decide(&standing, &mut reasons);
    let waiting = waiting(evidence, decision, &mut reasons);
    Verdict {
        hypotheses,
        conflicts,
        decisive: standing.claims,
        confidence,
        classification: standing.class,
        decision,
        reasons: told(reasons),
        waiting,
    }
}

/// Where no explanation stands. What speaks for one without counting says why.
fn unknown(
    evidence: &Evidence,
    hypotheses: Vec<Weighed>,
    conflicts: Vec<String>,
    mut reasons: Vec<Reason>,
) -> Verdict {
    let speaking = evidence.findings.iter().filter(|it| !it.supports.is_empty());
    reasons.extend(speaking.filter_map(|it| lack(evidence, it)));
    reasons.extend(missing(evidence));
    reasons.extend(doubts(evidence));
    reasons.extend((!conflicts.is_empty()).then_some(Reason::Conflict));
    Verdict {
        hypotheses,
        conflicts,
        decisive: Vec::new(),
        confidence: Confidence::none(),
        classification: Classification::Unknown,
        decision: Decision::Stop,
        reasons: told(reasons),
        waiting: Vec::new(),
    }
}

fn weigh(evidence: &Evidence, hypothesis: &Hypothesis) -> Weighed {
    let named = |names: &[String]| names.contains(&hypothesis.id);
    let proven = |speaks: fn(&Finding) -> &[String]| -> Vec<String> {
        let all = evidence.findings.iter().filter(|it| named(speaks(it)) && evidence.is_proven(it));
        all.map(|it| it.id.clone()).collect()
    };
    let mut supported_by = proven(|it| &it.supports);
    let is_seen =
        |id: &String| evidence.finding(id).is_some_and(|it| it.kind != FindingKind::Change);
    if !supported_by.iter().any(is_seen) {
        // That something was changed says nothing of what it did.
        supported_by.clear();
    }
    let mut refuted_by = proven(|it| &it.refutes);
    refuted_by.extend(hits(evidence, &hypothesis.id, &supported_by));
    let state = match (supported_by.is_empty(), refuted_by.is_empty()) {
        (true, true) => State::Proposed,
        (false, true) => State::Supported,
        (true, false) => State::Refuted,
        (false, false) => State::Contradicted,
    };
    Weighed { hypothesis: hypothesis.clone(), state, supported_by, refuted_by }
}

/// Controls that found what refutes the hypothesis or a claim for it.
fn hits(evidence: &Evidence, hypothesis: &str, claims: &[String]) -> Vec<String> {
    let is_hit = |it: &&Control| {
        it.result == QueryResult::Found && it.is_evidence() && it.window.meets(&evidence.window)
    };
    let hypotheses = [hypothesis.to_owned()];
    let of_claims = claims.iter().flat_map(|claim| controls(evidence, &hypotheses, claim));
    let of_all = controls(evidence, &hypotheses, "");
    let mut names: Vec<String> = of_claims
        .chain(of_all)
        .filter(is_hit)
        .map(|it| format!("{}: {}", it.source, it.query))
        .collect();
    names.sort();
    names.dedup();
    names
}

fn conflicts(hypotheses: &[Weighed]) -> Vec<String> {
    let contradicted = hypotheses.iter().filter(|it| it.state == State::Contradicted);
    contradicted.map(|it| it.hypothesis.id.clone()).collect()
}

fn confidence(
    evidence: &Evidence,
    standing: &Standing,
    bar: &Bar,
    capped: bool,
    reasons: &mut Vec<Reason>,
) -> Confidence {
    let confidence = Confidence::of(evidence, &standing.hypotheses, &standing.claims, capped);
    match bar.chosen.as_ref().and_then(|it| it.confidence) {
        Some(wanted) if wanted > confidence.value => {
            reasons.push(Reason::RaiseRefused);
            confidence
        }
        Some(wanted) => confidence.lowered(wanted),
        None => confidence,
    }
}

/// What the decision needs and does not have.
fn missing(evidence: &Evidence) -> Vec<Reason> {
    let required = evidence.gaps.iter().filter(|gap| gap.required);
    let reason = |absence: Absence| match absence {
        Absence::Error => Some(Reason::RequiredError),
        Absence::NotSearched | Absence::OutsideWindow => Some(Reason::RequiredMissing),
        Absence::Empty => None,
    };
    required.filter_map(|gap| reason(gap.absence)).collect()
}

fn caps(reason: Reason) -> bool {
    matches!(
        reason,
        Reason::RequiredMissing | Reason::RequiredError | Reason::Conflict | Reason::Competing
    )
}

/// What pages that routed are worth.
fn doubts(evidence: &Evidence) -> Option<Reason> {
    let doubtful = evidence.memory.iter().any(MemoryUse::is_doubtful);
    doubtful.then_some(Reason::RoutedByStale)
}

/// What the claims of a classification lack.
fn claims_lack(evidence: &Evidence, standing: &Standing) -> Vec<Reason> {
    if standing.claims.is_empty() {
        return vec![Reason::NoClaim];
    }
    let speaks = |it: &Finding| it.supports.iter().any(|name| standing.hypotheses.contains(name));
    let mut lacks: Vec<Reason> = Vec::new();
    for claim in &standing.claims {
        let lack = match evidence.finding(claim) {
            Some(finding) if speaks(finding) => lack(evidence, finding),
            _ => Some(Reason::NoClaim),
        };
        lacks.extend(lack);
    }
    if !standing.claims.iter().any(|claim| is_controlled(evidence, standing, claim)) {
        lacks.push(Reason::NoControl);
    }
    lacks
}

/// Why a claim is not proven.
fn lack(evidence: &Evidence, finding: &Finding) -> Option<Reason> {
    if evidence.is_proven(finding) {
        return None;
    }
    let receipts: Vec<_> = evidence.receipts_of(finding).collect();
    let reason = if receipts.is_empty() {
        Reason::NoReceipt
    } else if receipts.iter().all(|it| it.is_memory()) {
        let doubtful =
            !evidence.memory.is_empty() && evidence.memory.iter().all(MemoryUse::is_doubtful);
        if doubtful { Reason::StaleSupport } else { Reason::MemoryAlone }
    } else if receipts.iter().filter(|it| !it.is_memory()).all(|it| it.how == How::Attested) {
        Reason::AttestedOnly
    } else {
        Reason::OutsideWindow
    };
    Some(reason)
}

/// True if a query that could have refuted a claim was answered, by another
/// system than those that the claim was seen by.
fn is_controlled(evidence: &Evidence, standing: &Standing, claim: &str) -> bool {
    let Some(finding) = evidence.finding(claim) else { return false };
    let own: Vec<String> = evidence.receipts_of(finding).map(|it| system(&it.source)).collect();
    controls(evidence, &standing.hypotheses, claim).any(|control| {
        matches!(control.result, QueryResult::Empty | QueryResult::Found)
            && tries(evidence, finding, control)
            && !own.contains(&system(&control.source))
    })
}

fn decide(standing: &Standing, reasons: &mut Vec<Reason>) -> Decision {
    let blocked = reasons.iter().any(|it| it.blocks());
    if standing.is_fault_here {
        reasons.push(Reason::CodeAtFault);
    }
    match standing.rule {
        _ if blocked => Decision::Stop,
        Decision::Stop => {
            reasons.extend([Reason::Sufficient, Reason::NothingToDo]);
            Decision::Stop
        }
        Decision::Handoff => {
            reasons.extend([Reason::Sufficient, Reason::ActionElsewhere]);
            Decision::Handoff
        }
        Decision::Pr => {
            reasons.push(Reason::Sufficient);
            Decision::Pr
        }
    }
}

/// Nothing is asked of a person on evidence that does not hold.
fn waiting(evidence: &Evidence, decision: Decision, reasons: &mut Vec<Reason>) -> Vec<Wanted> {
    if decision == Decision::Stop || evidence.requests.is_empty() {
        return Vec::new();
    }
    reasons.push(Reason::ApprovalWaiting);
    evidence.requests.clone()
}

fn told(mut reasons: Vec<Reason>) -> Vec<Reason> {
    reasons.sort_unstable();
    reasons.dedup();
    reasons
}
