//! `triage_status`: the runs that are here, or one of them.

use serde_json::{Value, json};

use super::output::{answer_with, list, list_of, maybe_text, text};
use super::run::{self as told_run, RUN_SLOTS};
use super::text::{self as words, items};
use super::{CURSOR, Effect, MAX_TOKENS, RUN, Tool};
use crate::mcp::answered::Answered;
use crate::mcp::argument::Argument;
use crate::mcp::arguments::Arguments;
use crate::mcp::error::CallError;
use crate::mcp::portion::Slot;
use crate::ops::triage;
use crate::workspace::{Asked, Workspace};

pub(super) const TOOL: Tool = Tool {
    name: "triage_status",
    title: "See triage runs",
    about: "Without run: all runs, the newest first. With run: what was decided and why, what is \
            missing, what waits for a person, and the hand-off.",
    effect: Effect::Reads,
    arguments: ARGUMENTS,
    output,
    slots: SLOTS,
    answer: ask,
    text: in_words,
};

const ARGUMENTS: &[Argument] =
    &[Argument::optional(RUN.name, RUN.about, RUN.kind), MAX_TOKENS, CURSOR];

const SLOTS: &[Slot] = RUN_SLOTS;

fn ask(workspace: &Workspace, arguments: &Arguments, _: Asked) -> Result<Answered, CallError> {
    match arguments.text("run") {
        Some(run) => Answered::alone(&triage::show(workspace, &told_run::id(run)?)?),
        None => Answered::alone(&triage::list(workspace)?),
    }
}

fn output() -> Value {
    let properties = json!({
        "schema": text(),
        "runs": list_of(&["run", "phase"]),
        "run": text(),
        "phase": text(),
        "decision": maybe_text(),
        "reasons": list(),
        "waiting": list(),
        "handoff": maybe_text(),
        "next_cursor": text(),
    });
    answer_with(&properties, &["schema"])
}

fn in_words(answer: &Value) -> String {
    if answer["run"].is_string() {
        return told_run::in_words(answer);
    }
    let mut lines = String::new();
    if let Some(why) = answer["frozen"].as_str() {
        lines.push_str(&format!("FROZEN, nothing but reading: {why}\n"));
    }
    let runs = items(answer, "/runs");
    if runs.is_empty() {
        lines.push_str("no run of a ticket here; hand in evidence: triage_submit_evidence\n");
    }
    for run in runs {
        let decision = run["decision"].as_str().unwrap_or("undecided");
        let (name, ticket) = (words::text(run, "run"), words::text(run, "ticket"));
        lines.push_str(&format!("{name} {} {decision}; {ticket}\n", words::text(run, "phase")));
    }
    lines
}
