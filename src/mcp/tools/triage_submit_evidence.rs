//! `triage_submit_evidence`: what an agent saw, for the gate to weigh.

use serde_json::{Value, json};

use super::output::{answer_with, list, maybe_text, text};
use super::run::{self as told_run, RUN_SLOTS};
use super::{Effect, MAX_TOKENS, Tool};
use crate::mcp::answered::Answered;
use crate::mcp::argument::{Argument, Kind};
use crate::mcp::arguments::Arguments;
use crate::mcp::error::CallError;
use crate::ops::triage;
use crate::workspace::{Asked, Workspace};

pub(super) const TOOL: Tool = Tool {
    name: "triage_submit_evidence",
    title: "Hand in evidence",
    about: "Hand in what you saw of a ticket: a dry run keeps it, redacted, and the gate decides. \
            Your receipts are attested: shown to people, never enough for a change. Each call opens \
            a run.",
    effect: Effect::Adds { again: false },
    arguments: ARGUMENTS,
    output,
    slots: RUN_SLOTS,
    answer: ask,
    text: told_run::in_words,
};

const ARGUMENTS: &[Argument] = &[
    Argument::needed("ticket", "As route takes it, unchanged", Kind::Text(100_000)),
    Argument::needed(
        "answers",
        "By specialist (aws, aws#2): {schema: prode.specialist.output/v1, question, queries: \
         [{source, query, window: {from, until}, result: found|empty|error|not_searched, \
         would_refute}], findings: [{id, claim, supports, refutes, observed_at, receipts: \
         [{source, query, window, at, excerpt}]}], gaps: [{what, absence}]}",
        Kind::Documents { most: 16, bytes: 400_000 },
    ),
    MAX_TOKENS,
];

fn ask(workspace: &Workspace, arguments: &Arguments, _: Asked) -> Result<Answered, CallError> {
    let ticket = arguments.text("ticket").unwrap_or_default().to_owned();
    Answered::alone(&triage::submit(workspace, ticket, arguments.documents("answers"))?)
}

fn output() -> Value {
    let properties = json!({
        "run": text(),
        "phase": text(),
        "decision": maybe_text(),
        "reasons": list(),
        "handoff": maybe_text(),
    });
    answer_with(&properties, &["run", "phase", "reasons"])
}
