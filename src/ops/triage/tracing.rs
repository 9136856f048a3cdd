//! A run's trace: what was done in it, told to a collector while it goes on.
//!
//! What one worker did in one go is a `triage.run` with its phases, and in them whoever
//! was asked, what the memory said, what was judged and what was made. It is told once
//! the worker lays the run down, so that no span is told whose parent is not; of a worker
//! that was killed nothing is told, and the next one's begins anew in the same trace.

use std::collections::BTreeMap;
use std::sync::{Mutex, PoisonError};
use std::time::Duration;

use jiff::Timestamp;

use super::overseer::{Held, Overseer, Step};
use crate::clock::Clock;
use crate::ids::hex;
use crate::ops::{OpError, random};
use crate::telemetry::{Counted, Exporter, Fact, Family, Span};
use crate::triage::event::Event;
use crate::triage::evidence::How;
use crate::triage::state::Action;
use crate::triage::trace::{Context, QUESTION, SpanId, TraceId};
use crate::workspace::Workspace;

/// Steps of one run that are told; those on top are only counted.
const MOST: usize = 2_000;

/// Tells a collector of the runs of this process.
pub struct Tracing {
    exporter: Exporter,
    /// By whom this process was started, where it was told.
    from: Option<Context>,
    open: Mutex<BTreeMap<(String, u32), Open>>,
}

/// What was done of a run until now.
#[derive(Default)]
struct Open {
    phases: Vec<Phase>,
    spans: Vec<Span>,
    dropped: usize,
}

/// Steps in a row of one phase.
struct Phase {
    name: String,
    id: SpanId,
    began: Timestamp,
    ended: Timestamp,
    failed: bool,
}

impl Tracing {
    /// To the collector of the user's settings; `None` where they name none.
    ///
    /// # Errors
    /// They name one that is none, or OTLP is no part of this program.
    pub fn of(workspace: &Workspace) -> Result<Option<Self>, OpError> {
        let Some(collector) = workspace.collector()? else { return Ok(None) };
        let instance = hex(&random::bytes::<8>()?);
        let now = Clock::system().now();
        let exporter = Exporter::start(collector, instance, now).map_err(|error| {
            OpError::File { path: "a thread for telemetry".to_owned(), reason: error.to_string() }
        })?;
        let told = workspace.environment().only([VARIABLE]);
        let from = told.first().and_then(|(_, value)| Context::read(value.to_str()?));
        Ok(Some(Self { exporter, from, open: Mutex::default() }))
    }

    /// Numbers as they stand now.
    pub fn numbers(&self, families: Vec<Family>) {
        self.exporter.numbers(families, Clock::system().now());
    }

    /// Spans that were sent and that were dropped.
    pub fn counted(&self) -> Counted {
        self.exporter.counted()
    }

    /// Waits until all of it was sent, for no longer than `most`.
    ///
    /// # Errors
    /// Not all was: why.
    pub fn finish(&self, most: Duration) -> Result<(), String> {
        self.exporter.finish(most)
    }
}

impl Overseer for Tracing {
    fn stops(&self) -> bool {
        false
    }

    fn traces(&self) -> bool {
        true
    }

    fn done(&self, step: &Step<'_>) {
        let mut open = self.open.lock().unwrap_or_else(PoisonError::into_inner);
        open.entry((step.run.to_owned(), step.attempt)).or_default().add(step);
    }

    fn left(&self, held: &Held<'_>) {
        let open = {
            let mut open = self.open.lock().unwrap_or_else(PoisonError::into_inner);
            open.remove(&(held.run.to_owned(), held.attempt)).unwrap_or_default()
        };
        self.exporter.spans(open.told(held, self.from));
    }
}

impl Open {
    fn add(&mut self, step: &Step<'_>) {
        if self.spans.len() >= MOST {
            self.dropped += 1;
            return;
        }
        let parent = self.phase(step);
        let Some(name) = name(step.action) else { return };
        self.spans.push(Span {
            trace: TraceId::of(step.run),
            id: SpanId::of(step.run, step.attempt, name, step.number),
            parent: Some(parent),
            link: None,
            name,
            speaks: name != "policy.check",
            began: step.began,
            ended: later(step.began, step.took),
            facts: facts(step),
            failed: matches!(step.outcome, "failed" | "error"),
        });
    }

    /// The phase of a step, which may be the one that goes on.
    fn phase(&mut self, step: &Step<'_>) -> SpanId {
        let (name, ended) = (step.phase.to_string(), later(step.began, step.took));
        let failed = step.outcome == "failed";
        if let Some(last) = self.phases.last_mut().filter(|it| it.name == name) {
            last.ended = last.ended.max(ended);
            last.failed |= failed;
            return last.id;
        }
        let id = SpanId::of(step.run, step.attempt, PHASE, step.number);
        self.phases.push(Phase { name, id, began: step.began, ended, failed });
        id
    }

    /// All of it, now that it is over.
    fn told(self, held: &Held<'_>, from: Option<Context>) -> Vec<Span> {
        let trace = TraceId::of(held.run);
        let id = SpanId::of(held.run, held.attempt, RUN, 0);
        let phases = self.phases.into_iter().map(|phase| Span {
            trace,
            id: phase.id,
            parent: Some(id),
            link: None,
            name: PHASE,
            speaks: false,
            began: phase.began,
            ended: phase.ended,
            facts: vec![("prode.phase", Fact::Text(phase.name))],
            failed: phase.failed,
        });
        let mut facts = whole(held);
        if self.dropped > 0 {
            facts.push(("prode.steps_dropped", Fact::whole(self.dropped)));
        }
        let run = Span {
            trace,
            id,
            parent: None,
            link: from.map(|it| (it.trace, it.span)),
            name: RUN,
            speaks: false,
            began: held.began,
            ended: later(held.began, held.took),
            facts,
            failed: !held.well,
        };
        std::iter::once(run).chain(phases).chain(self.spans).collect()
    }
}

/// The variable in which a program is told of its context, by OpenTelemetry's name.
pub(super) const VARIABLE: &str = "TRACEPARENT";

const RUN: &str = "triage.run";
const PHASE: &str = "triage.phase";

/// What a step is called that is told by itself.
fn name(action: &Action) -> Option<&'static str> {
    match action {
        Action::Route => Some("memory.route"),
        Action::Ask(_) => Some(QUESTION),
        Action::Skip(..) | Action::Decide => Some("policy.check"),
        Action::Make(_) => Some("effect"),
        _ => None,
    }
}

/// What can be said of a run.
fn whole(held: &Held<'_>) -> Vec<(&'static str, Fact)> {
    let state = held.state;
    let mut facts = vec![
        ("prode.run", Fact::text(held.run)),
        ("prode.attempt", Fact::whole(held.attempt)),
        ("prode.mode", Fact::text(state.mode.name())),
        ("prode.phase", Fact::text(state.phase().to_string())),
        ("prode.rested", Fact::Is(state.rested.is_some())),
        ("prode.calls", Fact::whole(state.ledger.calls())),
    ];
    if let Some(decided) = &state.decided {
        facts.push(("prode.decision", Fact::text(decided.decision.to_string())));
    }
    facts
}

/// What can be said of a step.
fn facts(step: &Step<'_>) -> Vec<(&'static str, Fact)> {
    let mut facts = vec![("prode.outcome", Fact::text(step.outcome))];
    if let Some(specialist) = step.specialist() {
        facts.push(("prode.specialist", Fact::text(specialist)));
    }
    match step.action {
        Action::Skip(..) => facts.push(("prode.rule", Fact::text("budget"))),
        Action::Decide => facts.push(("prode.rule", Fact::text("gate"))),
        Action::Make(effect) => facts.push(("prode.effect", Fact::text(effect.sort.words()))),
        _ => {}
    }
    for event in step.events {
        of_event(event, &mut facts);
    }
    facts
}

fn of_event(event: &Event, facts: &mut Vec<(&'static str, Fact)>) {
    match event {
        Event::Routed { questions, .. } => {
            facts.push(("prode.questions", Fact::whole(questions.len())));
        }
        Event::Answered { raw, how, spent, .. } => {
            let how = if *how == How::Captured { "captured" } else { "attested" };
            facts.push(("prode.answer", Fact::text(raw.as_str())));
            facts.push(("prode.how", Fact::text(how)));
            facts.push(("prode.bytes", Fact::whole(spent.bytes)));
            facts.push(("prode.cost_units", Fact::whole(spent.cost_units)));
            facts.push(("prode.evidence", Fact::whole(spent.evidence)));
        }
        Event::Unanswered { absence, .. } => {
            facts.push(("prode.absence", Fact::text(absence.name())));
        }
        Event::Decided { classification, decision, reasons, confidence, waits, .. } => {
            facts.push(("prode.classification", Fact::text(classification.to_string())));
            facts.push(("prode.decision", Fact::text(decision.to_string())));
            facts.push((
                "prode.reasons",
                Fact::Texts(reasons.iter().map(|it| it.code().to_owned()).collect()),
            ));
            facts.push(("prode.confidence", Fact::whole(*confidence)));
            facts.push(("prode.waits", Fact::whole(*waits)));
        }
        Event::Done { .. } => facts.push(("prode.made", Fact::Is(true))),
        Event::Left { .. } => facts.push(("prode.made", Fact::Is(false))),
        _ => {}
    }
}

fn later(time: Timestamp, by: Duration) -> Timestamp {
    jiff::SignedDuration::try_from(by).ok().and_then(|by| time.checked_add(by).ok()).unwrap_or(time)
}
