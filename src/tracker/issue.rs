//! A ticket as it is handed on: members of the tracker's answer, and comments.

use serde_json::{Map, Value, json};

use super::key::is_marked;
use super::name::TicketName;
use crate::http::{is, maybe};

/// Members of a REST issue that are kept, by whichever forge has them: words,
/// labels, times, number and page.
const KEPT: &[&str] = &[
    "number",
    "iid",
    "title",
    "body",
    "description",
    "html_url",
    "web_url",
    "labels",
    "severity",
    "created_at",
    "updated_at",
];

/// A comment of a REST issue.
#[derive(Debug, Clone)]
pub(super) struct Comment {
    pub(super) body: String,
    /// RFC 3339, as it came; a tracker writes all of them alike.
    pub(super) created: String,
    /// What the tracker says itself, and notes for its staff alone.
    pub(super) is_hidden: bool,
    /// Its page, or what tells it apart.
    pub(super) reference: String,
}

impl Comment {
    /// From an item of a list. `reference` is where its page or number stands.
    pub(super) fn read(it: &Value, reference: &str) -> Result<Self, String> {
        let place = it.pointer(reference).filter(|it| !it.is_null());
        let reference = place.ok_or_else(|| format!("it has nothing at {reference}"))?;
        Ok(Self {
            body: maybe(it, "/body").unwrap_or_default(),
            created: maybe(it, "/created_at").unwrap_or_default(),
            is_hidden: ["/system", "/internal", "/confidential"].iter().any(|at| is(it, at)),
            reference: reference.as_str().map_or_else(|| reference.to_string(), str::to_owned),
        })
    }
}

/// A REST issue: what is kept of `answer`, comments of people in their order,
/// and `files`.
pub(super) fn issue(
    ticket: &TicketName,
    answer: &Value,
    mut comments: Vec<Comment>,
    files: &[String],
) -> Value {
    let mut issue = Map::new();
    issue.insert("key".to_owned(), json!(ticket.id()));
    for name in KEPT {
        if let Some(value) = answer.get(*name) {
            issue.insert((*name).to_owned(), value.clone());
        }
    }
    comments.retain(|it| !it.is_hidden && !is_marked(&it.body));
    comments.sort_by(|one, other| one.created.cmp(&other.created));
    let comments: Vec<Value> =
        comments.into_iter().map(|it| json!({"body": it.body, "created_at": it.created})).collect();
    let files: Vec<Value> = files.iter().map(|it| json!({ "name": it })).collect();
    issue.insert("repository".to_owned(), json!({"full_name": ticket.project()}));
    issue.insert("comments".to_owned(), json!(comments));
    issue.insert("attachments".to_owned(), json!(files));
    Value::Object(issue)
}
