//! A run of a procedure, for whoever reads it.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use jiff::Timestamp;

use super::event::{Decision, How};
use super::hold;
use super::procedure::{Gate, Procedure, Step};
use super::state::{At, Stands, State, held_until};

/// A run, as its events tell it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct SopRun {
    /// `prode.triage_sop/v1`.
    pub schema: String,
    /// Its name.
    pub run: String,
    /// The procedure's title.
    pub title: String,
    /// `path@commit`: the version that is walked.
    pub sop: String,
    /// True if the trunk's page is another by now.
    pub outdated: bool,
    /// What names everything that is walked.
    pub gates_digest: String,
    /// What it is for.
    pub ticket: Option<String>,
    /// When it began, RFC 3339.
    pub opened: String,
    /// `open`, `done`, `stopped`.
    pub status: String,
    /// The gate that it is at, or was stopped at, counted from 1; null once it is done.
    pub gate: Option<u32>,
    /// Why that gate is not passed now, whatever is decided.
    pub refusals: Vec<String>,
    /// Every gate.
    pub gates: Vec<GateRow>,
    /// Digest of the last event; it stands for all of them.
    pub events_digest: String,
    /// What goes into the pull request.
    pub record: String,
    /// What to type next.
    pub next: Vec<String>,
}

/// One gate.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct GateRow {
    /// From 1.
    pub number: u32,
    /// Its heading.
    pub heading: String,
    /// `passed`, `current`, `ahead`, `stopped`.
    pub state: String,
    /// What is done.
    pub steps: Vec<StepRow>,
    /// When nobody goes on.
    pub stops: Vec<StopRow>,
    /// Who decides on what, as the page words it.
    pub decision: String,
    /// How long it is held; null where it is not.
    pub hold_for: Option<String>,
    /// Until when, RFC 3339; null before it is reached.
    pub held_until: Option<String>,
    /// What must not be so.
    pub blocked_while: Vec<BlockRow>,
    /// What was decided.
    pub decided: Option<DecidedRow>,
}

/// One step.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct StepRow {
    /// From 1.
    pub number: u32,
    /// What it is, and what is typed.
    #[serde(flatten)]
    pub step: Step,
    /// What came out, each time.
    pub outputs: Vec<OutputRow>,
}

/// What came out of a step.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct OutputRow {
    /// SHA-256 of the excerpt.
    pub digest: String,
    /// The beginning and the end, redacted.
    pub excerpt: String,
    /// How many bytes the whole has.
    pub bytes: u64,
    /// Who did it.
    pub by: String,
    /// When, RFC 3339.
    pub at: String,
}

/// One stop condition.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct StopRow {
    /// From 1.
    pub number: u32,
    /// As the page words it.
    pub text: String,
    /// True if it is so.
    pub marked: bool,
    /// Why it is so, or is so no more.
    pub why: Option<String>,
    /// Who says so.
    pub by: Option<String>,
}

/// What blocks a gate.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct BlockRow {
    /// Its name.
    pub what: String,
    /// Whether it is so; null where nobody said.
    pub on: Option<bool>,
}

/// What a person decided.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct DecidedRow {
    /// To go on, or to stop.
    pub decision: Decision,
    /// Why.
    pub why: String,
    /// Who.
    pub by: String,
    /// How that is known.
    pub how: How,
    /// Ids of the signed statements.
    pub statements: Vec<String>,
    /// When, RFC 3339.
    pub at: String,
}

/// What is said of a run besides its events.
pub struct Told<'a> {
    /// Its name.
    pub run: &'a str,
    /// True if the trunk's page is another by now.
    pub outdated: bool,
    /// Digest of the last event.
    pub events_digest: String,
    /// What goes into the pull request.
    pub record: String,
    /// The time.
    pub now: Timestamp,
    /// Excerpts by their digests.
    pub excerpt: &'a dyn Fn(&str) -> String,
}

impl SopRun {
    /// As events and page tell it.
    pub fn of(procedure: &Procedure, state: &State, told: Told<'_>) -> Self {
        let (status, gate) = match state.stands() {
            Stands::Gate(number) => ("open", Some(number)),
            Stands::Done => ("done", None),
            Stands::Stopped(number) => ("stopped", Some(number)),
        };
        let refusals = gate.map(|it| state.refusals(procedure, it, told.now)).unwrap_or_default();
        let gates = procedure.gates.iter().zip(&state.gates).zip(1..);
        Self {
            schema: "prode.triage_sop/v1".to_owned(),
            run: told.run.to_owned(),
            title: procedure.title.clone(),
            sop: format!("{}@{}", state.sop, state.commit),
            outdated: told.outdated,
            gates_digest: state.digest.clone(),
            ticket: state.ticket.clone(),
            opened: state.opened.to_string(),
            status: status.to_owned(),
            gate,
            refusals: refusals.iter().map(ToString::to_string).collect(),
            gates: gates
                .map(|((gate, at), number)| row(state, number, gate, at, told.excerpt))
                .collect(),
            events_digest: told.events_digest,
            next: next(told.run, procedure, state),
            record: told.record,
        }
    }
}

fn row(
    state: &State,
    number: u32,
    gate: &Gate,
    at: &At,
    excerpt: &dyn Fn(&str) -> String,
) -> GateRow {
    let stands = match (&at.decided, at.reached) {
        (Some(it), _) if it.decision == Decision::Go => "passed",
        (Some(_), _) => "stopped",
        (None, Some(_)) => "current",
        (None, None) => "ahead",
    };
    let on = |what: &String| BlockRow { what: what.clone(), on: state.blocked.get(what).copied() };
    GateRow {
        number,
        heading: gate.heading.clone(),
        state: stands.to_owned(),
        steps: gate
            .steps
            .iter()
            .zip(1..)
            .map(|(it, step)| step_row(it, step, at, excerpt))
            .collect(),
        stops: gate
            .stops
            .iter()
            .zip(1..)
            .map(|(text, number)| stop_row(text, number, at))
            .collect(),
        decision: gate.decision.clone(),
        hold_for: (gate.hold_for > 0).then(|| hold::told(gate.hold_for)),
        held_until: held_until(gate, at).map(|it| it.to_string()),
        blocked_while: gate.blocked_while.iter().map(on).collect(),
        decided: at.decided.as_ref().map(|it| DecidedRow {
            decision: it.decision,
            why: it.why.clone(),
            by: it.by.clone(),
            how: it.how,
            statements: it.statements.clone(),
            at: it.at.to_string(),
        }),
    }
}

fn step_row(step: &Step, number: u32, at: &At, excerpt: &dyn Fn(&str) -> String) -> StepRow {
    let outputs = at.outputs.iter().filter(|it| it.step == number);
    let outputs = outputs.map(|it| OutputRow {
        digest: it.artifact.clone(),
        excerpt: excerpt(&it.artifact),
        bytes: it.bytes,
        by: it.by.clone(),
        at: it.at.to_string(),
    });
    StepRow { number, step: step.clone(), outputs: outputs.collect() }
}

fn stop_row(text: &str, number: u32, at: &At) -> StopRow {
    let mark = at.marks.get(&number);
    StopRow {
        number,
        text: text.to_owned(),
        marked: mark.is_some_and(|it| it.holds),
        why: mark.map(|it| it.why.clone()),
        by: mark.map(|it| it.by.clone()),
    }
}

/// What can be typed where the run is.
fn next(run: &str, procedure: &Procedure, state: &State) -> Vec<String> {
    let Stands::Gate(number) = state.stands() else { return Vec::new() };
    let Some((gate, at)) = state.gate(procedure, number) else { return Vec::new() };
    let start = format!("prode triage sop start --run {run}");
    let is_open = |step: &u32| at.outputs.iter().all(|it| it.step != *step);
    let step = (1..).take(gate.steps.len()).find(is_open);
    let mut next: Vec<String> =
        step.map(|step| format!("{start} --done {step} --output FILE")).into_iter().collect();
    let mut marks = at.marks.iter().filter(|(_, it)| it.holds).map(|(it, _)| *it).peekable();
    if marks.peek().is_none() && !gate.stops.is_empty() {
        next.push(format!("{start} --stop-condition N --why …   # if it is so"));
    }
    next.extend(
        marks.map(|it| format!("{start} --clear-condition {it} --why …   # if it is so no more")),
    );
    for what in &gate.blocked_while {
        let other = if state.blocked.get(what) == Some(&true) { "off" } else { "on" };
        next.push(format!("{start} --blocked {what} {other}"));
    }
    next.push(format!("prode approve {run}:sop-gate:{number}   # a person, at a terminal"));
    next.push(format!("{start} --decide go --why … --by WHO   # what a person said; attested"));
    next
}
