//! `cite_check`: whether what was cited still stands.

use serde_json::{Value, json};

use super::output::{answer, list_of};
use super::text::{self as words, items, source};
use super::{AS_OF, CURSOR, Effect, MAX_TOKENS, REV, Tool};
use crate::mcp::answered::Answered;
use crate::mcp::argument::{Argument, Kind};
use crate::mcp::arguments::Arguments;
use crate::mcp::error::CallError;
use crate::mcp::portion::Slot;
use crate::ops::cite;
use crate::workspace::{Asked, Workspace};

pub(super) const TOOL: Tool = Tool {
    name: "cite_check",
    title: "Check citations",
    about: "Before you hand over work: does each citation still stand, or is it changed, moved, \
            superseded, stale, missing? That it stands makes it no evidence.",
    effect: Effect::Reads,
    arguments: ARGUMENTS,
    output,
    slots: &[Slot::List("/checks")],
    answer: ask,
    text: in_words,
};

const ARGUMENTS: &[Argument] = &[
    Argument::needed(
        "citations",
        "path#anchor@commit, as cite gives it",
        Kind::Texts { most: 50, length: 2_000 },
    ),
    REV,
    AS_OF,
    MAX_TOKENS,
    CURSOR,
];

fn ask(workspace: &Workspace, arguments: &Arguments, asked: Asked) -> Result<Answered, CallError> {
    let citations = arguments.texts("citations");
    let (checked, memory) = cite::run(workspace, &cite::Options { citations, asked })?;
    Answered::new(&checked, &memory)
}

fn output() -> Value {
    let checks = list_of(&["citation", "state", "message"]);
    answer(json!({"found": {"type": "integer"}, "checks": checks}))
}

fn in_words(answer: &Value) -> String {
    let found = &answer["found"];
    let mut lines = format!("citations that need attention: {found}; {}\n", source(answer));
    for check in items(answer, "/checks") {
        let (state, citation) = (words::text(check, "state"), words::text(check, "citation"));
        lines.push_str(&format!("{state}: {citation}\n   {}\n", words::text(check, "message")));
        if let Some(now) = check["now"]["cite"].as_str().filter(|now| *now != citation) {
            lines.push_str(&format!("   now {now}\n"));
        }
    }
    lines
}
