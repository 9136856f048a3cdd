//! `audit`: which pages have rotted, by evidence.

use serde_json::{Value, json};

use super::output::{answer, list_of, text};
use super::text::{self as words, items, source, texts};
use super::{AS_OF, CURSOR, Effect, MAX_TOKENS, REV, Tool};
use crate::mcp::answered::Answered;
use crate::mcp::argument::{Argument, Kind};
use crate::mcp::arguments::Arguments;
use crate::mcp::error::CallError;
use crate::mcp::portion::Slot;
use crate::ops::OpError;
use crate::ops::audit::{self, Quarters};
use crate::workspace::{Asked, Workspace};

pub(super) const TOOL: Tool = Tool {
    name: "audit",
    title: "Audit the memory",
    about: "Which pages have rotted, the riskiest first, and why: sources changed, links broke, \
            reviews overdue; with commands that settle it. Slow where much is kept: name an owner.",
    effect: Effect::Reads,
    arguments: ARGUMENTS,
    output,
    slots: &[Slot::List("/findings"), Slot::List("/skipped"), Slot::List("/trend")],
    answer: ask,
    text: in_words,
};

const ARGUMENTS: &[Argument] = &[
    Argument::optional("owner", "Only their pages", Kind::Texts { most: 20, length: 200 }),
    Argument::optional("quarter", "2026Q4", Kind::Text(10)),
    Argument::optional("against", "Only changes since this revision", Kind::Text(200)),
    REV,
    AS_OF,
    MAX_TOKENS,
    CURSOR,
];

/// A cursor does not choose the commit here: what an audit says of its revision
/// depends on how that was named, so a trunk that moved begins again.
fn ask(workspace: &Workspace, arguments: &Arguments, _: Asked) -> Result<Answered, CallError> {
    let given = |name| arguments.text(name).map(str::to_owned);
    let times = ["quarter", "rev", "as_of"].into_iter().filter(|name| given(name).is_some());
    if times.count() > 1 {
        return Err(exclusive("'quarter', 'rev' and 'as_of' exclude each other"));
    }
    if given("against").is_some() && (given("quarter").is_some() || given("as_of").is_some()) {
        return Err(exclusive("'against' is of now, and 'quarter' and 'as_of' are of the past"));
    }
    let options = audit::Options {
        asked: match (given("rev"), given("as_of")) {
            (Some(rev), _) => Asked::Rev(rev),
            (_, Some(day)) => Asked::AsOf(day),
            _ => Asked::Trunk,
        },
        quarter: given("quarter"),
        owners: arguments.texts("owner"),
        against: given("against"),
        local: false,
        past: Quarters::IfCheap,
    };
    let (report, memory) = audit::kept(workspace, &options)?;
    Answered::new(&report.answer, &memory)
}

fn exclusive(message: &str) -> CallError {
    let (message, hint) = (message.to_owned(), "give one of them".to_owned());
    OpError::Usage { message, hint }.into()
}

fn output() -> Value {
    answer(json!({
        "as_of": text(),
        "findings": list_of(&["id", "path", "signal", "why", "settle"]),
        "skipped": list_of(&["what", "reason"]),
    }))
}

fn in_words(answer: &Value) -> String {
    let (checked, day) = (&answer["checked"], words::text(answer, "as_of"));
    let mut lines = format!("{checked} pages were looked at as of {day}, {}\n", source(answer));
    let findings = items(answer, "/findings");
    if findings.is_empty() {
        lines.push_str("no finding here\n");
    }
    let at = answer["commit"].as_str().unwrap_or_default();
    for finding in findings {
        let told = |name| words::text(finding, name);
        let owner = match texts(finding, "owner").join(", ") {
            owner if owner.is_empty() => "nobody".to_owned(),
            owner => owner,
        };
        lines.push_str(&format!(
            "{} {} {}@{at} (risk {}, owner {owner})\n   {}\n",
            told("id"),
            told("signal"),
            told("path"),
            finding["risk"],
            told("why")
        ));
        for command in texts(finding, "settle") {
            lines.push_str(&format!("   settle: {command}\n"));
        }
    }
    for skipped in items(answer, "/skipped") {
        let (what, reason) = (words::text(skipped, "what"), words::text(skipped, "reason"));
        lines.push_str(&format!("not looked at: {what}: {reason}\n"));
    }
    lines
}
