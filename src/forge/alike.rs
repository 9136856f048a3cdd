//! What GitHub's API and Gitea's, which follows it, say alike.

use serde_json::{Value, json};

use super::pull::{Change, Pull, State};
use super::review::Verdict;
use crate::http::{is, maybe, maybe_time, number, text, time};

/// A change as the body of a request.
pub(super) fn changed(change: &Change) -> Value {
    let mut body = json!({});
    for (key, value) in [("title", &change.title), ("body", &change.body), ("base", &change.base)] {
        if let Some(value) = value {
            body[key] = json!(value);
        }
    }
    if change.close {
        body["state"] = json!("closed");
    }
    body
}

/// A pull request, from a list or alone; its head and state are told
/// differently.
pub(super) fn pull(it: &Value, head: String, state: State) -> Result<Pull, String> {
    Ok(Pull {
        number: number(it, "/number")?,
        url: text(it, "/html_url")?,
        title: text(it, "/title")?,
        body: maybe(it, "/body").unwrap_or_default(),
        base: text(it, "/base/ref")?,
        branch: text(it, "/head/ref")?,
        head,
        state,
        draft: is(it, "/draft"),
        author: maybe(it, "/user/login"),
        opened: time(it, "/created_at")?,
    })
}

/// What a review says, where it `approves` or takes that back.
pub(super) fn verdict(it: &Value, approves: bool) -> Option<Verdict> {
    Some(Verdict {
        account: maybe(it, "/user/login")?,
        approves,
        head: maybe(it, "/commit_id").unwrap_or_default(),
        at: maybe_time(it, "/submitted_at")?,
    })
}
