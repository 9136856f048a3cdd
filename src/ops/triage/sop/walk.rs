//! `triage sop start`: one step of a walk, and where it stands then.

use jiff::Timestamp;

use super::PREFIX;
use super::log::Log;
use super::output::Output;
use super::page::{Pinned, repository};
use super::stored::{Walked, is_walked, shown, walked};
use crate::corpus::Page;
use crate::ops::OpError;
use crate::ops::located::Located;
use crate::ops::redact::{Screen, screen};
use crate::ops::triage::begin::{fresh_run, now};
use crate::ops::triage::freeze::refusal;
use crate::ops::triage::granted::{Granted, grant};
use crate::ops::triage::written::{Written, hidden_text};
use crate::redaction::RULESET;
use crate::run_id::RunId;
use crate::sop::Procedure;
use crate::sop::event::{Decision, Event, How};
use crate::sop::run::SopRun;
use crate::sop::state::{Refusal, Stands, State};
use crate::store::Store;
use crate::workspace::{Asked, Memory, Workspace};

/// What is wanted.
#[derive(Debug, Clone, Default)]
pub struct StartOptions {
    /// The page, for a new run or the one that is open.
    pub page: Option<String>,
    /// The run, where it is named.
    pub run: Option<RunId>,
    /// What a new run is for.
    pub ticket: Option<String>,
    /// Who acts; else Git's user.
    pub by: Option<String>,
    /// What happened, in this order.
    pub acts: Vec<Act>,
}

/// Something that happened at the gate that a run is at.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Act {
    /// A step was done.
    Output {
        /// Which, from 1.
        step: u32,
        /// What came out.
        text: String,
    },
    /// A stop condition is so, or is so no more.
    Mark {
        /// Which, from 1.
        condition: u32,
        /// True if it is so.
        holds: bool,
        /// Why.
        why: String,
    },
    /// Something that blocks is so, or is so no more.
    Block {
        /// Such as `incident`.
        what: String,
        /// True if it is so.
        on: bool,
    },
    /// A person said what to do.
    Decide {
        /// What.
        decision: Decision,
        /// Why.
        why: String,
    },
    /// A person signed that the gate may be passed.
    Approved,
}

/// Opens a run or goes on with one, and tells where it stands.
///
/// # Errors
/// The page cannot be walked; somebody else has the run; a gate is not passed.
pub fn start(workspace: &Workspace, options: &StartOptions) -> Result<SopRun, OpError> {
    repository(workspace)?;
    let mut store = crate::ops::triage::store(workspace)?;
    let screen = screen(workspace)?;
    let mut log = match (&options.run, &options.page) {
        (Some(run), _) if options.acts.is_empty() => return shown(workspace, &*store, run),
        (Some(run), _) => {
            is_walked(&*store, run)?;
            Log::resume(&mut *store, run)?
        }
        (None, Some(page)) => opened(workspace, &mut *store, &screen, page, options)?,
        (None, None) => return Err(nothing_named()),
    };
    let walk = Walk { workspace, screen: &screen, by: by(workspace, options) };
    let acted = options.acts.iter().try_for_each(|act| walk.act(&mut *store, &mut log, act));
    let run = log.run().clone();
    log.release(&mut *store)?;
    acted?;
    shown(workspace, &*store, &run)
}

fn nothing_named() -> OpError {
    OpError::Usage {
        message: "neither a procedure nor a run is named".to_owned(),
        hint: "name the page: prode triage sop start wiki/sops/…; see them: prode list sop"
            .to_owned(),
    }
}

fn by(workspace: &Workspace, options: &StartOptions) -> String {
    let user = || workspace.repository().and_then(crate::git::Repository::user_name);
    options.by.clone().or_else(user).unwrap_or_else(|| "nobody named".to_owned())
}

/// The open run of a page, made where there is none.
fn opened(
    workspace: &Workspace,
    store: &mut dyn Store,
    screen: &Screen,
    typed: &str,
    options: &StartOptions,
) -> Result<Log<Event>, OpError> {
    let located = Located::find(workspace, typed, &Asked::Trunk)?;
    walkable(&located.memory, &located.page)?;
    let path = located.page.path.clone();
    let pinned = Pinned { path, commit: workspace.reviewed()?.commit };
    let procedure = pinned.procedure(workspace)?;
    if let Some(freeze) = store.frozen()? {
        return Err(refusal(&freeze));
    }
    let ticket = options.ticket.as_deref().map(|it| hidden_text(screen, it)).transpose()?;
    let sop = pinned.path.text().into_owned();
    let suffix = ticket.as_ref().map(|it| format!("#{it}")).unwrap_or_default();
    let mut log = Log::claim(store, &format!("{PREFIX}{sop}{suffix}"), &fresh_run(now())?)?;
    if log.lines.is_empty() {
        let event = Event::SopOpened {
            run: log.run().to_string(),
            sop,
            commit: pinned.commit.to_string(),
            gates: procedure.digest(),
            ticket,
            by: format!("prode/{}", env!("CARGO_PKG_VERSION")),
            ruleset: RULESET.to_owned(),
        };
        log.add(store, screen, (&event, log.time()), None, false)?;
    }
    Ok(log)
}

/// A page that says it is a procedure, and is in use.
fn walkable(memory: &Memory, page: &Page) -> Result<(), OpError> {
    let (facts, path) = (memory.facts(page), page.path.text());
    let why = match facts.kind.as_str() {
        "sop" if facts.archived => "archived".to_owned(),
        "sop" if facts.draft => "a draft".to_owned(),
        "sop" => return Ok(()),
        kind => format!("of kind '{kind}', and a procedure is of kind 'sop'"),
    };
    Err(OpError::Invalid {
        message: format!("'{path}' is {why}"),
        hint: "see the procedures: prode list sop".to_owned(),
    })
}

struct Walk<'a> {
    workspace: &'a Workspace,
    screen: &'a Screen,
    by: String,
}

impl Walk<'_> {
    fn act(&self, store: &mut dyn Store, log: &mut Log<Event>, act: &Act) -> Result<(), OpError> {
        if let Some(freeze) = store.frozen()? {
            return Err(refusal(&freeze));
        }
        let Walked { procedure, mut state } = walked(self.workspace, log.run(), &log.read)?;
        let time = log.time();
        let Stands::Gate(gate) = state.stands() else { return Err(over(log.run())) };
        if !matches!(act, Act::Block { .. } | Act::Mark { .. } | Act::Output { .. }) {
            free(log.run(), &procedure, &state, (act, gate), time)?;
        }
        let (event, artifact) = self.event(store, log.run(), (act, gate))?;
        state.apply(&procedure, &event, time).map_err(|why| OpError::Invalid {
            message: format!("run '{}' cannot go on so: {why}", log.run()),
            hint: format!("see where it is: prode triage sop start --run {}", log.run()),
        })?;
        log.add(store, self.screen, (&event, time), artifact, state.is_over())
    }

    fn event(
        &self,
        store: &dyn Store,
        run: &RunId,
        (act, gate): (&Act, u32),
    ) -> Result<(Event, Option<Written>), OpError> {
        let by = self.by.clone();
        Ok(match act {
            Act::Output { step, text } => return self.output(store, (gate, *step), text),
            Act::Mark { condition, holds, why } => {
                let (condition, holds, why) = (*condition, *holds, why.clone());
                (Event::Marked { gate, condition, holds, why, by }, None)
            }
            Act::Block { what, on } => {
                (Event::Blocked { what_blocks: what.to_lowercase(), on: *on, by }, None)
            }
            Act::Decide { decision, why } => {
                let (decision, why, how) = (*decision, why.clone(), How::Attested);
                (Event::Decided { gate, decision, why, by, how, statements: Vec::new() }, None)
            }
            Act::Approved => (self.approved(run, gate)?, None),
        })
    }

    /// The digest of what is kept, and a name for all of it that only this store can make.
    fn output(
        &self,
        store: &dyn Store,
        (gate, step): (u32, u32),
        text: &str,
    ) -> Result<(Event, Option<Written>), OpError> {
        let Output { raw, excerpt } = Output::of(store, self.screen, text)?;
        let artifact = excerpt.digest().to_owned();
        let (bytes, by) = (text.len() as u64, self.by.clone());
        Ok((Event::Output { gate, step, artifact, raw, bytes, by }, Some(excerpt)))
    }

    fn approved(&self, run: &RunId, gate: u32) -> Result<Event, OpError> {
        let request = format!("{run}:sop-gate:{gate}");
        let Some(Granted { by: statements, strength, who }) =
            grant(self.workspace, &request, &super::request(self.workspace, run, gate as usize)?)?
        else {
            return Err(OpError::Waiting {
                message: format!("nobody whose word counts has signed '{request}'"),
                hint: format!("a person does, at a terminal: prode approve {request}"),
            });
        };
        let how = if strength.starts_with("strong") { How::Strong } else { How::Weak };
        let why = format!("approved: {strength}");
        let by = who.join(", ");
        Ok(Event::Decided { gate, decision: Decision::Go, why, by, how, statements })
    }
}

/// Nothing stands in the way of passing the gate.
fn free(
    run: &RunId,
    procedure: &Procedure,
    state: &State,
    (act, gate): (&Act, u32),
    time: Timestamp,
) -> Result<(), OpError> {
    let refusals = state.refusals(procedure, gate, time);
    if refusals.is_empty() || matches!(act, Act::Decide { decision: Decision::Stop, .. }) {
        return Ok(());
    }
    let why: Vec<String> = refusals.iter().map(ToString::to_string).collect();
    let heading = state.gate(procedure, gate).map(|(it, _)| it.heading.as_str());
    Err(OpError::Waiting {
        message: format!(
            "gate {gate}, '{}', is not passed: {}",
            heading.unwrap_or_default(),
            why.join("; ")
        ),
        hint: refusals.iter().map(|it| way_out(run, it)).collect::<Vec<_>>().join("; "),
    })
}

fn over(run: &RunId) -> OpError {
    OpError::Conflict {
        message: format!("run '{run}' is over"),
        hint: format!("see how it ended: prode triage sop start --run {run}"),
    }
}

fn way_out(run: &RunId, refusal: &Refusal) -> String {
    let start = format!("prode triage sop start --run {run}");
    match refusal {
        Refusal::Stop(number) => {
            format!("once it is so no more: {start} --clear-condition {number} --why …")
        }
        Refusal::Held(until) => format!("decide again after {until}"),
        Refusal::Blocked(what) => format!("once that is over: {start} --blocked {what} off"),
    }
}
