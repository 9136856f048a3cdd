//! `triage_gate`: what the gate says of what a run kept.

use serde_json::{Value, json};

use super::output::{answer_with, flag, holding, maybe_text, text};
use super::run::{RUN_SLOTS, decided, evidence, id};
use super::text as words;
use super::{CURSOR, Effect, MAX_TOKENS, RUN, Tool};
use crate::mcp::answered::Answered;
use crate::mcp::argument::Argument;
use crate::mcp::arguments::Arguments;
use crate::mcp::error::CallError;
use crate::ops::triage;
use crate::workspace::{Asked, Workspace};

pub(super) const TOOL: Tool = Tool {
    name: "triage_gate",
    title: "Ask the gate",
    about: "The gate decides again over what a run kept: pr, handoff or stop, with reasons and the \
            confidence's arithmetic, and whether the run recorded the same. Code that no text \
            moves.",
    effect: Effect::Reads,
    arguments: ARGUMENTS,
    output,
    slots: RUN_SLOTS,
    answer: ask,
    text: in_words,
};

const ARGUMENTS: &[Argument] = &[RUN, MAX_TOKENS, CURSOR];

fn ask(workspace: &Workspace, arguments: &Arguments, _: Asked) -> Result<Answered, CallError> {
    let run = id(arguments.text("run").unwrap_or_default())?;
    Answered::alone(&triage::decide(workspace, &run)?)
}

fn output() -> Value {
    let properties = json!({
        "run": text(),
        "bundle": holding(&["decision", "classification", "reasons", "confidence"]),
        "recorded_digest": maybe_text(),
        "same": flag(),
        "next_cursor": text(),
    });
    answer_with(&properties, &["run", "bundle", "same"])
}

fn in_words(answer: &Value) -> String {
    let (run, bundle) = (words::text(answer, "run"), &answer["bundle"]);
    let recorded = match (answer["recorded_digest"].as_str(), answer["same"] == true) {
        (None, _) => "the run has recorded no decision yet",
        (_, true) => "the same as the run recorded, byte by byte",
        (_, false) => "NOT what the run recorded",
    };
    let digest = words::text(answer, "bundle_digest");
    format!("{run} {}{digest}: {recorded}\n{}", decided(bundle), evidence(bundle))
}
