//! Whether a kept run is what happened: everything that can be worked out again
//! is, and compared byte by byte.
//!
//! Reads only, and needs neither the store nor the repository: an export is
//! enough. Whether redaction finds something in it is asked through a function,
//! since a team's own patterns belong to its settings.

mod asked;
mod changed;

use std::collections::{BTreeMap, BTreeSet};

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use super::bundle::{Bundle, names};
use super::effect::effects;
use super::event::{self, Line};
use super::evidence::Evidence;
use super::handoff::handoff;
use super::learning::learning;
use super::phase::Phase;
use super::rebuild;
use super::run::Run;
use super::state::{Stage, State};
use crate::canonical::digest;
use asked::{asked, spent};
use changed::{changed, earlier};

/// A kept run.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Kept {
    /// Its name.
    pub run: String,
    /// Its lines, in order.
    pub lines: Vec<Vec<u8>>,
    /// What they name, by digest.
    pub artifacts: BTreeMap<String, Vec<u8>>,
    /// What it says of itself to readers, where something does.
    pub document: Option<serde_json::Value>,
    /// Whether it is called closed, where somebody calls it so.
    pub closed: Option<bool>,
}

/// What is held against what.
#[derive(
    Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize, JsonSchema,
)]
#[serde(rename_all = "kebab-case")]
pub enum Check {
    /// Lines follow each other.
    Chain,
    /// Phases are in order, and no source was read before the gate.
    Order,
    /// Artifacts are what their names say, and none is missing or too many.
    Artifacts,
    /// The ticket's questions were planned, and asked as they were planned; what
    /// the answers took is what is counted.
    Requests,
    /// The bundle is made again, byte by byte.
    Bundle,
    /// What the events say was decided is what the gate says.
    Gate,
    /// Every claim that the decision rests on has its receipt.
    Receipts,
    /// The hand-off and the learning are made again.
    Texts,
    /// Effects are those that follow, with their keys, and none is left open.
    Effects,
    /// The change that was proposed is the one that was verified and reviewed.
    Change,
    /// What waits for an approval is what the bundle names.
    Approvals,
    /// What it says of itself to readers is what its events say.
    Document,
    /// Redaction finds nothing in what is kept.
    Redaction,
}

impl Check {
    /// All of them, in the order in which they are made.
    pub const ALL: &'static [Self] = &[
        Self::Chain,
        Self::Order,
        Self::Artifacts,
        Self::Requests,
        Self::Bundle,
        Self::Gate,
        Self::Receipts,
        Self::Texts,
        Self::Effects,
        Self::Change,
        Self::Approvals,
        Self::Document,
        Self::Redaction,
    ];
}

/// Something that does not hold.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct Fault {
    /// Which check found it.
    pub check: Check,
    /// What.
    pub what: String,
}

/// What redaction would hide in a text: a rule's name.
pub type Hides<'a> = &'a dyn Fn(&str) -> Option<String>;

/// Everything that does not hold.
pub fn verify(kept: &Kept, hides: Hides<'_>) -> Vec<Fault> {
    let mut faults = Vec::new();
    let lines = match event::read(&kept.lines) {
        Ok((lines, _)) => lines,
        Err(error) => return vec![fault(Check::Chain, error.to_string())],
    };
    named(kept, &lines, &mut faults);
    redacted(kept, hides, &mut faults);
    let state = match State::replay(&lines) {
        Ok(state) => state,
        Err(error) => {
            faults.push(fault(Check::Order, error.to_string()));
            return faults;
        }
    };
    asked(kept, &state, &mut faults);
    spent(kept, &lines, &mut faults);
    changed(kept, &lines, &mut faults);
    if state.decided.is_some() {
        decided(kept, &state, &mut faults);
    }
    told(kept, &state, &mut faults);
    faults
}

fn fault(check: Check, what: impl Into<String>) -> Fault {
    Fault { check, what: what.into() }
}

/// What is said beside the events.
fn told(kept: &Kept, state: &State, faults: &mut Vec<Fault>) {
    if kept.closed.is_some_and(|closed| closed != state.phase().is_over()) {
        let what =
            format!("the store and the events do not agree whether it is over: {}", state.phase());
        faults.push(fault(Check::Order, what));
    }
    let Some(document) = &kept.document else { return };
    let run = Run::of(&kept.run, state, &kept.artifacts).ok();
    if run.and_then(|run| serde_json::to_value(run).ok()).as_ref() != Some(document) {
        faults.push(fault(Check::Document, "the document for readers says something else"));
    }
}

/// Artifacts are named by their bytes, all are there, and nothing else is.
fn named(kept: &Kept, lines: &[Line], faults: &mut Vec<Fault>) {
    let wanted: BTreeSet<&str> = lines.iter().filter_map(|line| line.event.artifact()).collect();
    for (name, bytes) in &kept.artifacts {
        if digest(bytes) != *name {
            faults.push(fault(Check::Artifacts, format!("{name} is not what its name says")));
        }
        if !wanted.contains(name.as_str()) {
            faults.push(fault(Check::Artifacts, format!("{name} is named by no event")));
        }
    }
    for name in wanted.iter().filter(|name| !kept.artifacts.contains_key(**name)) {
        faults.push(fault(Check::Artifacts, format!("{name} is missing")));
    }
}

fn redacted(kept: &Kept, hides: Hides<'_>, faults: &mut Vec<Fault>) {
    let artifacts = kept.artifacts.iter().map(|(name, bytes)| (name.clone(), bytes));
    let lines = kept.lines.iter().enumerate().map(|(at, bytes)| (format!("line {at}"), bytes));
    for (name, bytes) in artifacts.chain(lines) {
        let text = String::from_utf8_lossy(bytes);
        let value = serde_json::from_str(&text);
        let rule = match value {
            Ok(value) => texts(&value).iter().find_map(|text| hides(text)),
            Err(_) => hides(&text),
        };
        if let Some(rule) = rule {
            faults.push(fault(Check::Redaction, format!("{rule} in {name}")));
        }
    }
}

/// Every text of a document; a text by itself, since a document as a whole
/// would read as somebody's payload.
fn texts(value: &serde_json::Value) -> Vec<&str> {
    use serde_json::Value;
    match value {
        Value::String(text) => vec![text],
        Value::Array(items) => items.iter().flat_map(texts).collect(),
        Value::Object(members) => members
            .iter()
            .flat_map(|(key, value)| [vec![key.as_str()], texts(value)].concat())
            .collect(),
        _ => Vec::new(),
    }
}

fn decided(kept: &Kept, state: &State, faults: &mut Vec<Fault>) {
    if let Some(said) = &state.before {
        earlier(kept, state, said, faults);
    }
    let Some(said) = &state.decided else { return };
    let (bundle, evidence) = match (
        rebuild::bundle(state, &kept.artifacts),
        rebuild::evidence(state, &kept.artifacts),
    ) {
        (Ok(bundle), Ok(evidence)) => (bundle, evidence),
        (Err(error), _) | (_, Err(error)) => {
            faults.push(fault(Check::Bundle, error.to_string()));
            return;
        }
    };
    let same = bundle.bytes().is_ok_and(|bytes| digest(&bytes) == said.bundle);
    if !same {
        faults.push(fault(Check::Bundle, "what was answered makes another bundle"));
    }
    let differs = [
        ("decision", said.decision != bundle.decision),
        ("classification", said.classification != bundle.classification),
        ("confidence", said.confidence != bundle.confidence.value),
        ("list of reasons", said.reasons != bundle.reasons),
    ];
    for (what, _) in differs.iter().filter(|(_, differs)| *differs) {
        faults.push(fault(Check::Gate, format!("the gate gives another {what}")));
    }
    receipts(&bundle, &evidence, faults);
    written(kept, state, &bundle, faults);
    effected(kept, state, &bundle, faults);
}

fn receipts(bundle: &Bundle, evidence: &Evidence, faults: &mut Vec<Fault>) {
    for sum in &bundle.confidence.claims {
        let proven = evidence.finding(&sum.claim).is_some_and(|it| evidence.is_proven(it));
        if !proven && sum.total > 0 {
            faults.push(fault(Check::Receipts, format!("{} has no receipt", sum.claim)));
        }
    }
    for receipt in &bundle.receipts {
        if digest(receipt.excerpt.as_bytes()) != receipt.digest {
            faults.push(fault(Check::Receipts, format!("{} is not its excerpt's", receipt.id)));
        }
    }
}

fn written(kept: &Kept, state: &State, bundle: &Bundle, faults: &mut Vec<Fault>) {
    let is = |text: &str, name: &str| digest(text.as_bytes()) == name;
    if let Some(name) = &state.handoff
        && !is(&handoff(&kept.run, bundle, &state.waiting(bundle), state.proposes()), name)
    {
        faults.push(fault(Check::Texts, "the bundle makes another hand-off"));
    }
    if let Some((name, target)) = &state.learning {
        let candidate = learning(&kept.run, bundle, state.outcome());
        if !is(&candidate.text, name) || candidate.target != *target {
            faults.push(fault(Check::Texts, "the bundle makes another learning"));
        }
    }
}

fn effected(kept: &Kept, state: &State, bundle: &Bundle, faults: &mut Vec<Fault>) {
    let Some(said) = &state.decided else { return };
    let target = learning(&kept.run, bundle, None).target;
    let moves = state.moves.as_ref();
    let follow = effects(&kept.run, bundle, &said.bundle, target.as_deref(), moves);
    let steps: Vec<_> = state.effects.iter().flatten().collect();
    for step in &steps {
        if !follow.contains(&step.effect) {
            let what =
                format!("{} {} does not follow", step.effect.sort.words(), step.effect.target);
            faults.push(fault(Check::Effects, what));
        }
    }
    let Some((phase, reason)) = &state.rested else { return };
    // Before a change is one to be proposed, none of them is planned.
    if !state.is_changing() && !follow.iter().eq(steps.iter().map(|it| &it.effect)) {
        let what = format!("{} effects follow, {} are there", follow.len(), steps.len());
        faults.push(fault(Check::Effects, what));
    }
    let open = |stage: &Stage| matches!(stage, Stage::Planned | Stage::Intended);
    if phase.is_over() && steps.iter().any(|it| open(&it.stage)) {
        faults.push(fault(Check::Effects, "one was to be made and is not recorded as made"));
    }
    rested(kept, state, bundle, faults);
    if *phase == Phase::Failed {
        return;
    }
    // What a person approved since then counts once the run goes on.
    let before = State { approved: Vec::new(), ..state.clone() };
    let is_so = |state: &State| state.rests() == (*phase, reason.as_str());
    if !is_so(state) && (phase.is_over() || !is_so(&before)) {
        faults.push(fault(Check::Order, format!("it rests as {phase}: {reason}")));
    }
}

/// What waits, and what was approved, is what the bundle asks for.
fn rested(kept: &Kept, state: &State, bundle: &Bundle, faults: &mut Vec<Fault>) {
    let waits = state.decided.as_ref().map_or(0, |it| it.waits);
    if usize::try_from(waits) != Ok(bundle.waiting.len()) {
        faults.push(fault(Check::Approvals, "it waits for other approvals than the bundle names"));
    }
    let asked = names(&kept.run, &state.waiting(bundle));
    for approved in state.approved.iter().filter(|it| !asked.contains(&it.request)) {
        faults.push(fault(Check::Approvals, format!("nobody asked for {}", approved.request)));
    }
}
