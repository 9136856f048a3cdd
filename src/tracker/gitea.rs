//! Issues of Gitea's REST API, version 1, which Forgejo speaks too, as its
//! public description has them.

use serde_json::{Value, json};

use super::api::Api;
use super::issue::{Comment, issue};
use super::key::Key;
use super::name::TicketName;
use crate::http::{Call, Client, HttpError, items, maybe, text};
use crate::redaction::Redacted;

/// No bound is written down; a text of this size is no comment.
const LONGEST: usize = 200_000;

pub(super) struct Gitea(pub(super) Client);

impl Gitea {
    /// All at once: its list of comments has no pages.
    fn comments(&self, ticket: &TicketName) -> Result<Vec<Comment>, HttpError> {
        self.0.ask(&Call::get("read comments", at(ticket, "/comments")), |value| {
            let items = value.as_array().ok_or("it is no list")?;
            items.iter().map(|it| Comment::read(it, "/html_url")).collect()
        })
    }
}

impl Api for Gitea {
    fn read(&self, ticket: &TicketName) -> Result<Value, HttpError> {
        let call = Call::get("read the issue", at(ticket, ""));
        let answer = self.0.ask(&call, |it| text(it, "/title").map(|_| it.clone()))?;
        let files: Vec<String> =
            items(&answer, "/assets").filter_map(|it| maybe(it, "/name")).collect();
        Ok(issue(ticket, &answer, self.comments(ticket)?, &files))
    }

    fn find(&self, ticket: &TicketName, key: &Key) -> Result<Option<String>, HttpError> {
        let found = self.comments(ticket)?.into_iter().find(|it| key.is_of(&it.body));
        Ok(found.map(|it| it.reference))
    }

    fn add(&self, ticket: &TicketName, key: &Key, words: &Redacted) -> Result<String, HttpError> {
        let body = json!({ "body": key.marked(words) });
        let call = Call::make("add a comment", at(ticket, "/comments"), body);
        self.0.ask(&call, |it| text(it, "/html_url"))
    }

    fn longest(&self) -> usize {
        LONGEST
    }
}

fn at(ticket: &TicketName, rest: &str) -> String {
    format!("/repos/{}/issues/{}{rest}", ticket.project(), ticket.number())
}
