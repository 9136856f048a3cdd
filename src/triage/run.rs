//! A run as one document, for people and scripts.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use super::bundle::{Bundle, TicketRef, Waiting};
use super::class::{Classification, Decision};
use super::effect::{Effect, Sort};
use super::mode::Mode;
use super::phase::Phase;
use super::plan::Question;
use super::reason::Reason;
use super::rebuild::{Artifacts, Unbuildable, document, snapshot};
use super::state::{Approved, Came, Stage, State};
use crate::canonical::{digest, to_bytes};

/// `prode.run/v1`.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct Run {
    /// `prode.run/v1`.
    pub schema: String,
    /// The run's name.
    pub run: String,
    /// The ticket; null before it was read.
    pub ticket: Option<TicketRef>,
    /// What it may do outside.
    pub mode: Mode,
    /// How far it is.
    pub phase: Phase,
    /// How often it was claimed.
    pub attempts: u32,
    /// Who works on it; null where it rests.
    pub lease: Option<Lease>,
    /// What the keys of its effects begin from.
    pub idempotency: String,
    /// What it keeps, by what it is.
    pub artifacts: Vec<Artifact>,
    /// What the ticket is; null before the decision.
    pub classification: Option<Classification>,
    /// What follows; null before the decision.
    pub decision: Option<Decision>,
    /// Why.
    pub reasons: Vec<Reason>,
    /// In per cent; null before the decision.
    pub confidence: Option<u8>,
    /// The evidence bundle; null before the decision.
    pub bundle: Option<Bundle>,
    /// SHA-256 of its canonical bytes.
    pub bundle_digest: Option<String>,
    /// What the next person needs, as Markdown.
    pub handoff: Option<String>,
    /// What it did outside, or would.
    pub effects: Vec<Made>,
    /// Actions that wait for a person's approval.
    pub waiting: Vec<Waiting>,
    /// What people approved of it.
    pub approvals: Vec<Granted>,
    /// What was asked, of whom and why.
    pub questions: Vec<Question>,
    /// Source that was read past the gate.
    pub sources: Vec<String>,
    /// What people noted.
    pub notes: Vec<Note>,
    /// Its pull request.
    pub pr: Option<String>,
    /// What monitoring saw: `confirmed`, `not-confirmed` or `regressed`.
    pub monitor: Option<String>,
    /// Why the change was turned back.
    pub turned_back: Option<String>,
    /// Why it rests where it does; null while it goes on.
    pub outcome: Option<String>,
}

/// Who works on a run. Until when is the store's word, and `triage list` says it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct Lease {
    /// The worker that claimed it last.
    pub worker: String,
}

/// Something that a run keeps.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct Artifact {
    /// `ticket`, `inventory`, `memory`, `output:sentry`, …
    pub name: String,
    /// `sha256:…` of its bytes.
    pub digest: String,
}

/// An effect and how far it is.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct Made {
    /// What.
    #[serde(flatten)]
    pub effect: Effect,
    /// `would`, `planned`, `intended`, `done` or `left`.
    pub state: String,
    /// Where it stands outside.
    pub reference: Option<String>,
    /// Why it was not made; nothing where it was.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub why: Option<String>,
}

/// What a person approved.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct Granted {
    /// `R-…:action:1`.
    pub request: String,
    /// Ids of the statements that were used.
    pub by: Vec<String>,
    /// `strong` or `weak`.
    pub strength: String,
}

/// What a person added.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct Note {
    /// Who.
    pub by: String,
    /// What.
    pub text: String,
}

impl Run {
    /// The name of the form.
    pub const SCHEMA: &'static str = "prode.run/v1";

    /// A run as its events tell it.
    ///
    /// # Errors
    /// Something that they name is not kept or cannot be read.
    pub fn of(run: &str, state: &State, kept: &dyn Artifacts) -> Result<Self, Unbuildable> {
        let said = state.decided.as_ref();
        let bundle: Option<Bundle> =
            said.map(|said| document(kept, "bundle", &said.bundle)).transpose()?;
        let handoff = state.handoff.as_deref().map(|name| text(kept, "hand-off", name));
        Ok(Self {
            schema: Self::SCHEMA.to_owned(),
            run: run.to_owned(),
            ticket: ticket(state, kept)?,
            mode: state.mode,
            phase: state.phase(),
            attempts: state.attempts,
            lease: state
                .worker
                .clone()
                .filter(|_| state.rested.is_none())
                .map(|worker| Lease { worker }),
            idempotency: format!("prode/{run}"),
            artifacts: artifacts(state),
            classification: said.map(|it| it.classification),
            decision: said.map(|it| it.decision),
            reasons: said.map(|it| it.reasons.clone()).unwrap_or_default(),
            confidence: said.map(|it| it.confidence),
            waiting: bundle.as_ref().map(|it| state.waiting(it)).unwrap_or_default(),
            bundle,
            bundle_digest: said.map(|it| it.bundle.clone()),
            handoff: handoff.transpose()?,
            effects: state.effects.iter().flatten().map(made).collect(),
            approvals: state.approved.iter().map(granted).collect(),
            questions: state.questions.clone(),
            sources: state.sources.clone(),
            notes: state.notes.iter().cloned().map(|(by, text)| Note { by, text }).collect(),
            pr: pull_request(state),
            monitor: state.monitored.as_ref().map(|(_, seen)| seen.name().to_owned()),
            turned_back: state.turned_back.as_ref().map(|(_, why)| why.clone()),
            outcome: state.rested.as_ref().map(|(_, reason)| reason.clone()),
        })
    }
}

fn ticket(state: &State, kept: &dyn Artifacts) -> Result<Option<TicketRef>, Unbuildable> {
    if state.snapshot.is_none() {
        return Ok(None);
    }
    let snapshot = snapshot(state, kept)?;
    let digest = to_bytes(&snapshot).map(|bytes| digest(&bytes)).unwrap_or_default();
    let (id, title, window) = (snapshot.id, snapshot.title, snapshot.window);
    Ok(Some(TicketRef { id, title, digest, window }))
}

fn artifacts(state: &State) -> Vec<Artifact> {
    let of = |name: &str, digest: &Option<String>| {
        digest.clone().map(|digest| Artifact { name: name.to_owned(), digest })
    };
    let mut all: Vec<Artifact> = Vec::new();
    all.extend(of("ticket", &state.snapshot));
    all.extend(of("inventory", &state.inventory));
    all.extend(of("memory", &state.memory));
    all.extend(of("coordinator", &state.reply));
    for (question, digest) in &state.asked {
        all.extend(of(&format!("request:{question}"), &Some(digest.clone())));
        if let Some(Came::Answer(digest, _)) = state.answers.get(question) {
            all.extend(of(&format!("output:{question}"), &Some(digest.clone())));
        }
    }
    all.extend(of("bundle", &state.decided.as_ref().map(|it| it.bundle.clone())));
    all.extend(changed(state));
    all.extend(of("handoff", &state.handoff));
    all.extend(of("learning", &state.learning.as_ref().map(|(digest, _)| digest.clone())));
    all
}

/// What is kept of the change that stands, and of watching it.
fn changed(state: &State) -> Vec<Artifact> {
    let work = state.work.as_ref();
    let of = |name: &str, digest: Option<&String>| {
        Some(Artifact { name: name.to_owned(), digest: digest?.clone() })
    };
    let all = [
        of("code", work.map(|it| &it.code)),
        of("change", work.and_then(|it| it.made.as_ref()).map(|it| &it.artifact)),
        of("verification", work.and_then(|it| it.verified.as_ref())),
        of("review", work.and_then(|it| it.reviewed.as_ref())),
        of("monitor", state.monitored.as_ref().map(|(digest, _)| digest)),
    ];
    all.into_iter().flatten().collect()
}

/// Where its pull request stands.
fn pull_request(state: &State) -> Option<String> {
    let steps = state.effects.iter().flatten();
    let mut pulls = steps.filter(|it| it.effect.sort == Sort::PullRequest);
    match &pulls.next()?.stage {
        Stage::Done(reference) => Some(reference.clone()),
        _ => None,
    }
}

fn granted(approved: &Approved) -> Granted {
    let Approved { request, by, strength } = approved.clone();
    Granted { request, by, strength }
}

fn made(step: &super::state::Step) -> Made {
    let (state, reference) = match &step.stage {
        Stage::Would => ("would", None),
        Stage::Planned => ("planned", None),
        Stage::Intended => ("intended", None),
        Stage::Done(reference) => ("done", Some(reference.clone())),
        Stage::Left(_) => ("left", None),
    };
    let why = match &step.stage {
        Stage::Left(why) => Some(why.clone()),
        _ => None,
    };
    Made { effect: step.effect.clone(), state: state.to_owned(), reference, why }
}

fn text(kept: &dyn Artifacts, what: &'static str, name: &str) -> Result<String, Unbuildable> {
    let missing = || Unbuildable::Missing { what, digest: name.to_owned() };
    let bytes = kept.artifact(name).ok_or_else(missing)?;
    String::from_utf8(bytes).map_err(|error| Unbuildable::Malformed {
        what,
        digest: name.to_owned(),
        why: error.to_string(),
    })
}
