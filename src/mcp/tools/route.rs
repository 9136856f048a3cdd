//! `route`: from a ticket to the sections worth reading.

use serde_json::{Value, json};

use super::output::{answer, flag, list, list_of, text};
use super::text::{self as words, items, source, texts};
use super::{AS_OF, CURSOR, Effect, MAX_TOKENS, REV, Tool};
use crate::mcp::answered::Answered;
use crate::mcp::argument::{Argument, Kind};
use crate::mcp::arguments::Arguments;
use crate::mcp::error::CallError;
use crate::mcp::portion::Slot;
use crate::ops::{OpError, route, usage};
use crate::routing::query::Filters;
use crate::workspace::{Asked, Workspace};

pub(super) const TOOL: Tool = Tool {
    name: "route",
    title: "Route a ticket",
    about: "Start here with a ticket, alert or stack trace: pass it whole and unchanged. The few \
            pages worth reading, their sections as text within half of max_tokens, specialists \
            to ask. abstained: nothing fits; believe it, do not rephrase. Never evidence.",
    effect: Effect::Reads,
    arguments: ARGUMENTS,
    output,
    slots: &[
        Slot::List("/pages"),
        Slot::List("/context/items"),
        Slot::List("/signals"),
        Slot::List("/context/omitted"),
    ],
    answer: ask,
    text: in_words,
};

const ARGUMENTS: &[Argument] = &[
    Argument::needed(
        "text",
        "Plain text, or JSON of Alertmanager, PagerDuty, CloudWatch, Sentry, Linear, GitHub",
        Kind::Text(100_000),
    ),
    Argument::optional("limit", "", Kind::Number { least: 1, most: 20, usual: 3 }),
    REV,
    AS_OF,
    MAX_TOKENS,
    CURSOR,
];

fn ask(workspace: &Workspace, arguments: &Arguments, asked: Asked) -> Result<Answered, CallError> {
    let text = arguments.text("text").unwrap_or_default();
    if text.trim().is_empty() {
        let hint = "give the ticket's text as it is".to_owned();
        return Err(OpError::Usage { message: "the ticket is empty".to_owned(), hint }.into());
    }
    let options = route::Options {
        text: text.to_owned(),
        asked,
        limit: arguments.number("limit"),
        budget: u32::try_from(arguments.number("max_tokens") / 2).ok(),
        filters: Filters::default(),
    };
    let (answer, memory) = route::run(workspace, &options)?;
    // The next part of an answer is no new question.
    if arguments.text("cursor").is_none() {
        usage::routed(workspace, &answer);
    }
    Answered::new(&answer, &memory)
}

fn output() -> Value {
    let context = json!({"type": "object", "properties": {"items": list_of(&["cite", "text"])}});
    answer(json!({
        "label": text(),
        "abstained": flag(),
        "pages": list_of(&["cite", "confidence"]),
        "context": context,
        "specialists": list(),
    }))
}

fn in_words(answer: &Value) -> String {
    let mut lines = format!("{} {}\n", words::text(answer, "label"), source(answer));
    if answer["abstained"] == true {
        lines.push_str("no page fits; any below are the nearest, for a person to look at\n");
    }
    for page in items(answer, "/pages") {
        lines.push_str(&words::hit(page));
        lines.push_str(&format!("   confidence {}\n", page["confidence"]));
    }
    let specialists = texts(answer, "specialists");
    if !specialists.is_empty() {
        lines.push_str(&format!("ask: {}\n", specialists.join(", ")));
    }
    for item in items(answer, "/context/items") {
        lines.push_str(&format!(
            "\n== {}\n{}\n",
            words::text(item, "cite"),
            words::text(item, "text").trim_end()
        ));
    }
    lines
}
