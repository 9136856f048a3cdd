//! Issues of GitHub's REST API, version 2022-11-28, as its `OpenAPI`
//! description has them. A pull request is an issue there.

use serde_json::{Value, json};

use super::api::Api;
use super::issue::{Comment, issue};
use super::key::Key;
use super::name::TicketName;
use crate::http::{Call, Client, HttpError, text};
use crate::redaction::Redacted;

/// What a page holds at most.
const PAGE: usize = 100;

/// What a comment holds there is 65,536 characters, the hidden line among them.
const LONGEST: usize = 65_000;

pub(super) struct GitHub(pub(super) Client);

impl GitHub {
    fn comments(&self, ticket: &TicketName) -> Result<Vec<Comment>, HttpError> {
        let path = at(ticket, &format!("/comments?per_page={PAGE}"));
        let call = Call::get("read comments", path);
        self.0.all(&call, PAGE, |it| Comment::read(it, "/html_url"))
    }
}

impl Api for GitHub {
    fn read(&self, ticket: &TicketName) -> Result<Value, HttpError> {
        let call = Call::get("read the issue", at(ticket, ""));
        let answer = self.0.ask(&call, |it| text(it, "/title").map(|_| it.clone()))?;
        Ok(issue(ticket, &answer, self.comments(ticket)?, &[]))
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
