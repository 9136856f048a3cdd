//! `route`: from a ticket to the sections worth reading.

use serde_json::{Value, json};

use super::output::{answer, flag, hit, list, open, text};
use super::text::{self as words, items, source, texts};
use super::{AS_OF, CURSOR, MAX_TOKENS, REV, Tool};
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
    about: "Start here with a ticket, alert, error or stack trace: pass it whole and unchanged. \
            Gives the few pages worth reading, their sections as text within half of max_tokens, \
            the signals it recognised, and specialists to ask. abstained: nothing fits; believe \
            it and do not rephrase. Routing memory, never evidence.",
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
    Argument::optional("limit", "Pages", Kind::Number { least: 1, most: 20, usual: 3 }),
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
    let item = json!({
        "type": "object",
        "properties": {"cite": text(), "text": text()},
        "required": ["cite", "text"],
    });
    let context = json!({
        "type": "object",
        "properties": {"items": list(&item), "omitted": list(&open())},
        "required": ["items"],
    });
    answer(json!({
        "label": text(),
        "abstained": flag(),
        "pages": list(&hit()),
        "context": context,
        "signals": list(&open()),
        "specialists": list(&text()),
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
