//! Lets the coordinator, a program of the user's side, say what it thinks.

use std::time::Duration;

use super::journal::Journal;
use super::written::{Written, hidden_text};
use crate::ops::OpError;
use crate::specialist::{Asked, Program};
use crate::triage::class::KINDS;
use crate::triage::coordinator::{ROUNDS, Reply, Request};
use crate::triage::event::Event;
use crate::triage::evidence::Evidence;
use crate::triage::inventory::Inventory;
use crate::triage::plan::Question;
use crate::triage::rebuild;

/// One round: it is told everything, and says what to ask or what the ticket is.
/// What it says that cannot be followed is written down, and the built-in table
/// decides.
pub(super) fn coordinate(
    journal: &mut Journal<'_>,
    program: Option<&Program>,
    limits: &super::limits::Limits,
) -> Result<(), OpError> {
    let Some(program) = program else {
        return refuse(journal, "the run was opened with a coordinator, and none is set up here");
    };
    if journal.now() > journal.state().deadline {
        return refuse(journal, "the time of the run was over");
    }
    let evidence = rebuild::evidence(journal.state(), &journal.kept())?;
    let request = request(journal, &evidence)?;
    let (request, _) = Written::document(journal.screen(), &request)?;
    journal.hold(jiff::SignedDuration::from_secs(limits.seconds.into()))?;
    let limit = Duration::from_secs(limits.seconds.into());
    let most = usize::try_from(limits.bytes).unwrap_or(usize::MAX);
    let input = serde_json::to_vec(&request).unwrap_or_default();
    let text = match program.ask(input, limit, most) {
        Asked::Said(text) => text,
        Asked::Failed(why) => return refuse(journal, &why),
    };
    match Reply::parse(&text, &evidence) {
        Ok(reply) => follow(journal, &reply),
        Err(error) => refuse(journal, &error.to_string()),
    }
}

fn follow(journal: &mut Journal<'_>, reply: &Reply) -> Result<(), OpError> {
    let (reply, written) = Written::document(journal.screen(), reply)?;
    let state = journal.state();
    let answered = |it: &Question| state.answers.contains_key(&it.name);
    let questions = reply.questions(&state.questions, &answered);
    let is_new = questions.iter().any(|it| !answered(it));
    let settled = reply.classification.is_some() || (state.rounds > 0 && !is_new);
    let done: Vec<&Question> = state.questions.iter().filter(|it| answered(it)).collect();
    let repeated = reply.repeated(&done);
    let artifact = written.digest().to_owned();
    let event = Event::Coordinated { artifact, questions, settled, repeated };
    journal.record(&event, Some(written))
}

fn refuse(journal: &mut Journal<'_>, why: &str) -> Result<(), OpError> {
    let why = hidden_text(journal.screen(), why)?;
    journal.record(&Event::Uncoordinated { why }, None)
}

fn request(journal: &Journal<'_>, evidence: &Evidence) -> Result<Request, OpError> {
    let (state, kept) = (journal.state(), journal.kept());
    let digest = state.inventory.clone().unwrap_or_default();
    let inventory: Inventory = rebuild::document(&kept, "inventory", &digest)?;
    let specialists = inventory.tools.into_iter().filter(|it| it.chosen && it.answered);
    Ok(Request {
        schema: Request::SCHEMA.to_owned(),
        round: state.rounds,
        rounds_left: ROUNDS.saturating_sub(state.rounds + 1),
        ticket: rebuild::snapshot(state, &kept)?,
        memory: evidence.memory.clone(),
        specialists: specialists.map(|it| it.name).collect(),
        questions: state.questions.clone(),
        kinds: KINDS.iter().map(|it| (it.name.to_owned(), it.about.to_owned())).collect(),
        findings: evidence.findings.clone(),
        receipts: evidence.receipts.clone(),
        negative_controls: evidence.controls.clone(),
        gaps: evidence.gaps.clone(),
    })
}
