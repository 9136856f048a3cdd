//! Issues of GitHub's REST API, version 2022-11-28, as its `OpenAPI`
//! description has them. A pull request is an issue there. Gitea speaks nearly
//! the same.

use serde_json::{Value, json};

use super::api::Api;
use super::issue::{Comment, issue};
use super::key::Key;
use super::name::TicketName;
use crate::http::{Call, Client, HttpError, items, maybe, text};
use crate::redaction::Redacted;

/// What a page holds at most.
const PAGE: usize = 100;

/// What a comment holds there is 65,536 characters, the hidden line among them.
const LONGEST: usize = 65_000;

pub(super) struct GitHub {
    pub(super) client: Client,
    /// Comments on a page of the list; `None` where it has no pages.
    pub(super) page: Option<usize>,
    /// Characters of a comment.
    pub(super) longest: usize,
}

impl GitHub {
    pub(super) fn new(client: Client) -> Self {
        Self { client, page: Some(PAGE), longest: LONGEST }
    }

    fn comments(&self, ticket: &TicketName) -> Result<Vec<Comment>, HttpError> {
        let call = |rest: &str| Call::get("read comments", at(ticket, rest));
        let one = |it: &Value| Comment::read(it, "/html_url");
        match self.page {
            Some(page) => self.client.all(&call(&format!("/comments?per_page={page}")), page, one),
            None => self.client.ask(&call("/comments"), |value| {
                value.as_array().ok_or("it is no list")?.iter().map(one).collect()
            }),
        }
    }
}

impl Api for GitHub {
    fn read(&self, ticket: &TicketName) -> Result<Value, HttpError> {
        let call = Call::get("read the issue", at(ticket, ""));
        let answer = self.client.ask(&call, |it| text(it, "/title").map(|_| it.clone()))?;
        // GitHub's issues have no files.
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
        self.client.ask(&call, |it| text(it, "/html_url"))
    }

    fn longest(&self) -> usize {
        self.longest
    }
}

fn at(ticket: &TicketName, rest: &str) -> String {
    format!("/repos/{}/issues/{}{rest}", ticket.project(), ticket.number())
}
