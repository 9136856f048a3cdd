//! The evidence bundle: everything that a decision rests on, as one document
//! whose bytes depend on nothing else.
//!
//! Canonical JSON (RFC 8785), whole numbers only. It holds no run's id, no time
//! of the machine that made it, and nothing of that machine: whoever puts the
//! same answers to the same ticket gets the same bytes.

use std::collections::BTreeMap;

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use super::class::{Classification, Decision};
use super::confidence::Confidence;
use super::evidence::{Control, Evidence, Finding, Gap, MemoryUse, Receipt};
use super::gate::{Verdict, Weighed};
use super::inventory::Tool;
use super::output::Wanted;
use super::reason::Reason;
use super::snapshot::Snapshot;
use super::window::Window;
use crate::canonical::{CanonicalError, digest, to_bytes};

/// One for each run.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct Bundle {
    /// `prode.bundle/v1`.
    pub schema: String,
    /// Which ticket.
    pub ticket: TicketRef,
    /// What could be asked.
    pub inventory: Vec<Tool>,
    /// What routed; it is no evidence.
    pub memory: Vec<MemoryUse>,
    /// Where claims were seen.
    pub receipts: Vec<Receipt>,
    /// Claims.
    pub findings: Vec<Finding>,
    /// Claims in the order of their times.
    pub timeline: Vec<Moment>,
    /// What would explain it, and how each stands.
    pub hypotheses: Vec<Weighed>,
    /// Queries that could have refuted something.
    pub negative_controls: Vec<Control>,
    /// What was not looked at.
    pub gaps: Vec<Gap>,
    /// Hypotheses that are contradicted.
    pub conflicts: Vec<String>,
    /// The arithmetic.
    pub confidence: Confidence,
    /// What the ticket is.
    pub classification: Classification,
    /// What follows.
    pub decision: Decision,
    /// Why.
    pub reasons: Vec<Reason>,
    /// Actions that wait for an approval of their own.
    pub waiting: Vec<Waiting>,
}

/// The ticket, by its snapshot.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct TicketRef {
    /// Its name where it comes from.
    pub id: String,
    /// Its title, redacted.
    pub title: String,
    /// SHA-256 of the snapshot's canonical bytes.
    pub digest: String,
    /// The incident's window.
    pub window: Window,
}

/// One claim in time.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize, JsonSchema)]
pub struct Moment {
    /// When it was so.
    #[schemars(with = "String")]
    pub at: jiff::Timestamp,
    /// What.
    pub what: String,
    /// The claim's name.
    pub finding: String,
}

/// An action that waits.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct Waiting {
    /// What is asked for.
    #[serde(flatten)]
    pub wanted: Wanted,
    /// SHA-256 of the request's canonical bytes: what an approval must name.
    pub digest: String,
    /// `outstanding`: nobody has approved it.
    pub state: String,
}

impl Waiting {
    /// What is asked for, before anybody approved it.
    ///
    /// # Errors
    /// A text in it has no canonical form.
    pub fn of(wanted: Wanted) -> Result<Self, CanonicalError> {
        let digest = digest(&to_bytes(&wanted)?);
        Ok(Self { wanted, digest, state: "outstanding".to_owned() })
    }
}

impl Bundle {
    /// The name of the form.
    pub const SCHEMA: &'static str = "prode.bundle/v1";

    /// Puts evidence and verdict into one document.
    ///
    /// # Errors
    /// A text in it has no canonical form.
    pub fn of(
        snapshot: &Snapshot,
        tools: &[Tool],
        evidence: Evidence,
        verdict: Verdict,
    ) -> Result<Self, CanonicalError> {
        let mut timeline: Vec<Moment> = evidence.findings.iter().map(moment).collect();
        timeline.sort();
        Ok(Self {
            schema: Self::SCHEMA.to_owned(),
            ticket: TicketRef {
                id: snapshot.id.clone(),
                title: snapshot.title.clone(),
                digest: digest(&to_bytes(snapshot)?),
                window: evidence.window,
            },
            inventory: tools.to_vec(),
            memory: evidence.memory,
            receipts: evidence.receipts,
            findings: evidence.findings,
            timeline,
            hypotheses: verdict.hypotheses,
            negative_controls: evidence.controls,
            gaps: evidence.gaps,
            conflicts: verdict.conflicts,
            confidence: verdict.confidence,
            classification: verdict.classification,
            decision: verdict.decision,
            reasons: verdict.reasons,
            waiting: verdict.waiting.into_iter().map(Waiting::of).collect::<Result<_, _>>()?,
        })
    }

    /// Its canonical bytes.
    ///
    /// # Errors
    /// A text in it has no canonical form.
    pub fn bytes(&self) -> Result<Vec<u8>, CanonicalError> {
        to_bytes(self)
    }
}

/// The names by which a person approves what a run waits for, in the bundle's
/// order: `R-…:data-correction:1`.
pub fn names(run: &str, waiting: &[Waiting]) -> Vec<String> {
    let mut counts: BTreeMap<&str, usize> = BTreeMap::new();
    let mut all = Vec::new();
    for it in waiting {
        let action = it.wanted.action.as_str();
        let count = counts.entry(action).or_default();
        *count += 1;
        all.push(format!("{run}:{action}:{count}"));
    }
    all
}

fn moment(finding: &Finding) -> Moment {
    Moment { at: finding.observed_at, what: finding.claim.clone(), finding: finding.id.clone() }
}
