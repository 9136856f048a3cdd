//! One call of a tool: check, ask, cut, put into words.

use rmcp::model::{CallToolResult, ContentBlock, JsonObject, MetaObject};
use serde_json::{Value, json};

use super::arguments::Arguments;
use super::cursor::{Cursor, Digest};
use super::error::CallError;
use super::portion::{Portion, portion};
use super::tools::Tool;
use crate::hint::Helpful;
use crate::ids::CommitId;
use crate::ops::ErrorDocument;
use crate::workspace::{Asked, Workspace};

/// Notes that are passed on, and characters of each.
const MAX_NOTES: usize = 5;
const MAX_NOTE: usize = 300;

/// Calls `tool`.
pub(super) fn call(
    workspace: &Workspace,
    tool: &'static Tool,
    given: JsonObject,
) -> Result<CallToolResult, CallError> {
    let arguments = Arguments::check(tool.arguments, given)?;
    let digest = arguments.digest(tool.name);
    let cursor = arguments.text("cursor").map(Cursor::decode).transpose()?;
    if cursor.is_some_and(|cursor| cursor.arguments != digest) {
        return Err(CallError::CursorOfAnother);
    }
    let answered = (tool.answer)(workspace, &arguments, asked(&arguments, cursor)?)?;
    let place = Cursor {
        commit: commit(&answered.value),
        offset: cursor.map_or(0, |cursor| cursor.offset),
        arguments: digest,
        answer: digest_of(&answered.value),
    };
    if cursor.is_some_and(|cursor| cursor != place) {
        return Err(CallError::CursorMoved);
    }
    let tokens = arguments.number("max_tokens");
    let part = portion(answered.value, tool.slots, place.offset, tokens);
    Ok(success(tool, part, place, &answered.notes))
}

/// The revision to answer from. A cursor keeps to the commit of its answer,
/// unless a date was asked for: that has a clock of its own.
fn asked(arguments: &Arguments, cursor: Option<Cursor>) -> Result<Asked, CallError> {
    let commit = cursor.and_then(|cursor| cursor.commit);
    match (arguments.text("rev"), arguments.text("as_of"), commit) {
        (Some(_), Some(_), _) => Err(CallError::Argument {
            message: "the arguments 'rev' and 'as_of' exclude each other".to_owned(),
            hint: "give the one that names the state you mean".to_owned(),
        }),
        (None, Some(when), _) => Ok(Asked::AsOf(when.to_owned())),
        (_, None, Some(commit)) => Ok(Asked::Rev(commit.to_string())),
        (Some(rev), None, None) => Ok(Asked::Rev(rev.to_owned())),
        (None, None, None) => Ok(Asked::Trunk),
    }
}

fn commit(answer: &Value) -> Option<CommitId> {
    answer["commit"].as_str()?.parse().ok()
}

/// The digest of everything that is promised to be the same again.
fn digest_of(answer: &Value) -> Digest {
    let mut promised = answer.clone();
    if let Some(object) = promised.as_object_mut() {
        object.shift_remove("took_ms");
    }
    Digest::of(promised.to_string().as_bytes())
}

fn success(tool: &Tool, part: Portion, place: Cursor, notes: &[String]) -> CallToolResult {
    let Portion { mut answer, next, omitted } = part;
    let mut text = (tool.text)(&answer);
    for note in notes.iter().take(MAX_NOTES) {
        let note: String = note.chars().take(MAX_NOTE).collect();
        text.push_str(&format!("note: {note}\n"));
    }
    if let Some(offset) = next {
        let left: Vec<_> = omitted.iter().map(|(slot, count)| format!("{count} {slot}")).collect();
        let rest = if tool.arguments.iter().any(|it| it.name == "cursor") {
            let cursor = Cursor { offset, ..place }.encode();
            answer["next_cursor"] = cursor.as_str().into();
            format!("go on with cursor {cursor}")
        } else {
            // A call that adds is not repeated for the rest of its answer.
            "see all of it by its id".to_owned()
        };
        text.push_str(&format!("left out: {}; {rest}\n", left.join(", ")));
        answer["omitted"] = omitted.into();
    }
    let mut result = CallToolResult::structured(answer);
    result.content = vec![ContentBlock::text(printable(&text))];
    result
}

/// What went wrong: a result too, since the client's model reads it. In words, and
/// as the error form of the command line beside it: not in the structured content,
/// which has the answer's schema.
pub(super) fn failure(error: &CallError) -> CallToolResult {
    let document = ErrorDocument::new(error.kind(), error.to_string(), error.hints());
    let mut text = format!("error ({}): {}\n", document.kind, document.message);
    for hint in &document.hints {
        text.push_str(&format!("hint: {hint}\n"));
    }
    let mut meta = MetaObject::new();
    meta.0.insert("prode/error".to_owned(), json!(document));
    CallToolResult::error(vec![ContentBlock::text(printable(&text))]).with_meta(Some(meta))
}

/// Text from files without control characters: clients show it on terminals.
fn printable(text: &str) -> String {
    let is_shown = |it: &char| !it.is_control() || matches!(it, '\n' | '\t');
    text.chars().filter(is_shown).collect()
}
