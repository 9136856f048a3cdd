//! `query`: ranked sections for words.

use serde_json::{Value, json};

use super::output::{answer, list_of};
use super::text::{self as words, items, source};
use super::{AS_OF, CURSOR, Effect, MAX_TOKENS, REV, Tool};
use crate::mcp::answered::Answered;
use crate::mcp::argument::{Argument, Kind};
use crate::mcp::arguments::Arguments;
use crate::mcp::error::CallError;
use crate::mcp::portion::Slot;
use crate::ops::{Include, query, usage};
use crate::routing::query::Filters;
use crate::workspace::{Asked, Workspace};

pub(super) const TOOL: Tool = Tool {
    name: "query",
    title: "Search the memory",
    about: "Find pages, decisions and skills by words; for a ticket or alert use route. Ranked \
            sections with cite, snippet and why they matched. Memory proves nothing.",
    effect: Effect::Reads,
    arguments: ARGUMENTS,
    output,
    slots: &[Slot::List("/hits")],
    answer: ask,
    text: in_words,
};

const ARGUMENTS: &[Argument] = &[
    Argument::needed(
        "query",
        "Words; \"a phrase\" must stand so; -word excludes; kind: owner: service: tag: status: filter",
        Kind::Text(2_000),
    ),
    Argument::optional("limit", "", Kind::Number { least: 1, most: 50, usual: 10 }),
    Argument::optional("include", "", Kind::Words(&["archived", "drafts"])),
    REV,
    AS_OF,
    MAX_TOKENS,
    CURSOR,
];

fn ask(workspace: &Workspace, arguments: &Arguments, asked: Asked) -> Result<Answered, CallError> {
    let include = arguments.texts("include");
    let options = query::Options {
        text: arguments.text("query").unwrap_or_default().to_owned(),
        asked,
        limit: arguments.number("limit"),
        filters: Filters::default(),
        include: Include {
            archived: include.iter().any(|it| it == "archived"),
            inbox: false,
            drafts: include.iter().any(|it| it == "drafts"),
        },
        why: true,
    };
    let (answer, memory) = query::run(workspace, &options)?;
    // The next part of an answer is no new question.
    if arguments.text("cursor").is_none() {
        usage::found(workspace, &answer);
    }
    Answered::new(&answer, &memory)
}

fn output() -> Value {
    answer(json!({"total": {"type": "integer"}, "hits": list_of(&["cite", "title", "snippet"])}))
}

fn in_words(answer: &Value) -> String {
    let hits = items(answer, "/hits");
    if hits.is_empty() {
        return format!("nothing was found {}; try fewer or other words\n", source(answer));
    }
    let mut lines = format!("{} pages hold these words {}\n", answer["total"], source(answer));
    lines.extend(hits.iter().map(words::hit));
    lines
}
