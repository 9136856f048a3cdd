//! `propose_learning`: a learning into the inbox, for people to decide on.

use serde_json::{Value, json};

use super::output::{answer_with, list_of, maybe_text, open, text};
use super::text::{self as words, items};
use super::{Effect, MAX_TOKENS, Tool};
use crate::mcp::answered::Answered;
use crate::mcp::argument::{Argument, Kind};
use crate::mcp::arguments::Arguments;
use crate::mcp::error::CallError;
use crate::mcp::portion::Slot;
use crate::ops::inbox::{AddOptions, add};
use crate::workspace::{Asked, Workspace};

pub(super) const TOOL: Tool = Tool {
    name: "propose_learning",
    title: "Propose a learning",
    about: "Hand in what would have led to the cause faster. It is redacted and put before \
            people, who alone decide; no page changes. The same again is known, not added \
            twice. dry_run shows what would be stored.",
    effect: Effect::Adds { again: true },
    arguments: ARGUMENTS,
    output,
    slots: &[Slot::List("/near"), Slot::List("/said"), Slot::Text("/file")],
    answer: ask,
    text: in_words,
};

const ARGUMENTS: &[Argument] = &[
    Argument::needed(
        "text",
        "Markdown: what was seen, how confirmed. A head may hold confidence, evidence: \
         [{source, ref}]",
        Kind::Text(64_000),
    ),
    Argument::optional("target", "path#section, or new:path", Kind::Text(1_000)),
    Argument::optional("action", "", Kind::Word(&["append", "replace", "new", "contradict"])),
    Argument::optional("run", "", Kind::Text(100)),
    Argument::optional("ticket", "", Kind::Text(200)),
    Argument::optional("dry_run", "Store nothing", Kind::Flag),
    MAX_TOKENS,
];

fn ask(workspace: &Workspace, arguments: &Arguments, _: Asked) -> Result<Answered, CallError> {
    let given = |name| arguments.text(name).map(str::to_owned);
    let options = AddOptions {
        text: given("text").unwrap_or_default(),
        target: given("target"),
        action: given("action"),
        run: given("run"),
        ticket: given("ticket"),
        dry_run: arguments.flag("dry_run"),
    };
    Answered::alone(&add(workspace, &options)?)
}

fn output() -> Value {
    let properties = json!({
        "id": text(),
        "status": text(),
        "commit": maybe_text(),
        "redacted": open(),
        "near": list_of(&["id"]),
        "said": list_of(&["cite"]),
        "file": text(),
    });
    answer_with(&properties, &["id", "status", "redacted"])
}

fn in_words(answer: &Value) -> String {
    let told = |name| words::text(answer, name);
    let stored = match (told("status"), answer["commit"].as_str()) {
        ("added" | "seen", None) => " (nothing was stored: a dry run)",
        (_, None) => " (nothing new was stored)",
        _ => "",
    };
    let mut lines = format!("{} {}{stored}\n", told("id"), told("status"));
    lines.push_str(&format!("{} {}; people decide\n", told("action"), told("target")));
    for (kind, count) in answer["redacted"].as_object().into_iter().flatten() {
        lines.push_str(&format!("hidden: {count} {kind}\n"));
    }
    for near in items(answer, "/near") {
        lines.push_str(&format!("{} says nearly the same\n", words::text(near, "id")));
    }
    for said in items(answer, "/said") {
        lines.push_str(&format!("{} says it already\n", words::text(said, "cite")));
    }
    if !told("file").is_empty() {
        lines.push_str(&format!("\n{}\n", told("file").trim_end()));
    }
    lines
}
