//! The latest event of an issue: what failed, and the sorts of things that went before.

use serde_json::Value;

use super::calls::Sentry;
use super::operation::Operation;
use crate::http::{AskError, items, maybe};

/// Crumbs that are read, the last ones.
const CRUMBS: usize = 10;

/// What is read of an event. Who met it, from where, with which request and which values,
/// is not among it.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Latest {
    /// Types of its exceptions, the outermost last.
    pub exceptions: Vec<String>,
    /// The function and file in which the last one was raised, where they are told.
    pub at: Option<String>,
    /// Categories of the breadcrumbs before it, in order; no word of what they say.
    pub crumbs: Vec<String>,
}

impl Sentry {
    /// The latest event of an issue; `None` where it has none any more.
    ///
    /// # Errors
    /// Sentry did not answer.
    pub fn latest(
        &mut self,
        issue: u64,
        environments: &[String],
    ) -> Result<Option<Latest>, AskError> {
        let question = Operation::LatestEvent.question().part("issue", &issue);
        let question =
            environments.iter().fold(question, |question, it| question.with("environment", it));
        match self.read(question, |it| Ok(latest(it))) {
            Err(error) if error.is_not_found() => Ok(None),
            latest => latest.map(Some),
        }
    }
}

fn latest(event: &Value) -> Latest {
    let entry = |sort: &str| items(event, "/entries").find(|it| it["type"] == sort);
    let exceptions = entry("exception").map(|it| items(it, "/data/values").collect::<Vec<_>>());
    let exceptions = exceptions.unwrap_or_default();
    let crumbs = entry("breadcrumbs").map(|it| items(it, "/data/values").collect::<Vec<_>>());
    let crumbs = crumbs.unwrap_or_default();
    let skipped = crumbs.len().saturating_sub(CRUMBS);
    Latest {
        exceptions: exceptions.iter().filter_map(|it| name(it, "/type")).collect(),
        at: exceptions.last().and_then(|it| raised(it)),
        crumbs: crumbs.iter().skip(skipped).filter_map(|it| name(it, "/category")).collect(),
    }
}

/// The innermost frame: a function and a file, no line of code and no variable.
fn raised(exception: &Value) -> Option<String> {
    let frame = items(exception, "/stacktrace/frames").last()?;
    let function = name(frame, "/function")?;
    Some(match name(frame, "/filename") {
        Some(file) => format!("{function} ({file}:{})", frame["lineNo"].as_u64().unwrap_or(0)),
        None => function,
    })
}

/// A word that programs write: what has spaces in it, or is long, was written by somebody.
fn name(value: &Value, pointer: &str) -> Option<String> {
    let is_letter = |it: char| it.is_ascii_alphanumeric() || "._-:/$<>#".contains(it);
    let name = maybe(value, pointer)?;
    ((1..=120).contains(&name.len()) && name.chars().all(is_letter)).then_some(name)
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    #[test]
    fn of_an_event_only_names_are_read() {
        let somebody = ["ada", "@kundin.de"].concat();
        let frames = json!([
            {"function": "main", "filename": "main.js", "lineNo": 1},
            {"function": "applyGiftCard", "filename": "cart/gift_card.js", "lineNo": 41, "vars": {"mail": somebody}},
        ]);
        let event = json!({
            "user": {"email": somebody, "ip_address": "203.0.113.7"},
            "message": somebody,
            "entries": [
                {"type": "exception", "data": {"values": [
                    {"type": "TypeError", "value": format!("no balance of {somebody}"), "stacktrace": {"frames": frames}},
                ]}},
                {"type": "breadcrumbs", "data": {"values": [
                    {"category": "navigation", "message": somebody},
                    {"category": format!("mail to {somebody}"), "data": {"url": somebody}},
                    {"category": "ui.click"},
                ]}},
                {"type": "request", "data": {"data": somebody, "cookies": [somebody]}},
            ],
        });
        let read = latest(&event);
        assert_eq!(read.exceptions, ["TypeError"]);
        assert_eq!(read.at.as_deref(), Some("applyGiftCard (cart/gift_card.js:41)"));
        assert_eq!(read.crumbs, ["navigation", "ui.click"]);
        assert!(!format!("{read:?}").contains(&somebody), "{read:?}");
        assert_eq!(latest(&Value::Null), Latest::default());
    }
}
