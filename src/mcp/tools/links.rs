//! `links`: where a page leads, and what leads to it.

use serde_json::{Value, json};

use super::output::{answer, list, list_of, text};
use super::text::{self as words, items, source, texts};
use super::{AS_OF, CURSOR, Effect, MAX_TOKENS, REF, REV, Tool};
use crate::mcp::answered::Answered;
use crate::mcp::argument::Argument;
use crate::mcp::arguments::Arguments;
use crate::mcp::error::CallError;
use crate::mcp::portion::Slot;
use crate::ops::links;
use crate::workspace::{Asked, Workspace};

pub(super) const TOOL: Tool = Tool {
    name: "links",
    title: "Follow links",
    about: "What a page or section links to, what links to it, and what replaced it; for neighbours \
            of a page that nearly fits.",
    effect: Effect::Reads,
    arguments: ARGUMENTS,
    output,
    slots: &[Slot::List("/outgoing"), Slot::List("/incoming"), Slot::List("/external")],
    answer: ask,
    text: in_words,
};

const ARGUMENTS: &[Argument] = &[REF, REV, AS_OF, MAX_TOKENS, CURSOR];

fn ask(workspace: &Workspace, arguments: &Arguments, asked: Asked) -> Result<Answered, CallError> {
    let reference = arguments.text("ref").unwrap_or_default().to_owned();
    let (links, memory) = links::run(workspace, &links::Options { reference, asked })?;
    Answered::new(&links, &memory)
}

fn output() -> Value {
    answer(json!({
        "cite": text(),
        "outgoing": list(),
        "incoming": list_of(&["path"]),
        "external": list(),
        "superseded_by": list(),
    }))
}

fn in_words(answer: &Value) -> String {
    let mut lines = format!("{}\nlinks {}\n", words::text(answer, "cite"), source(answer));
    let newer = texts(answer, "superseded_by");
    if !newer.is_empty() {
        lines.push_str(&format!("SUPERSEDED by {}\n", newer.join(", then ")));
    }
    for link in items(answer, "/outgoing") {
        lines.push_str(&outgoing(link));
    }
    for link in items(answer, "/incoming") {
        let (path, title) = (words::text(link, "path"), words::text(link, "title"));
        lines.push_str(&format!("from {path}:{} ({title})\n", link["line"]));
    }
    for link in items(answer, "/external") {
        lines.push_str(&format!("out to {}\n", words::text(link, "target")));
    }
    if lines.lines().count() == 2 {
        lines.push_str("no link leads from here or to here\n");
    }
    lines
}

fn outgoing(link: &Value) -> String {
    let place = match (link["path"].as_str(), link["anchor"].as_str()) {
        (Some(path), Some(anchor)) => format!("{path}#{anchor}"),
        (Some(path), None) => path.to_owned(),
        (None, _) => words::text(link, "target").to_owned(),
    };
    let Some(reason) = link["reason"].as_str() else { return format!("to {place}\n") };
    let near = texts(link, "near");
    let near = if near.is_empty() { String::new() } else { format!("; near: {}", near.join(", ")) };
    format!("BROKEN to {place} (line {}): {reason}{near}\n", link["line"])
}
