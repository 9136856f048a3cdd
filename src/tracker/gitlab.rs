//! Issues of GitLab's REST API, version 4, as its public pages describe them. A
//! comment is a note there.

use serde_json::{Value, json};

use super::api::Api;
use super::issue::{Comment, issue};
use super::key::Key;
use super::label::{self, by_name, end, gone};
use super::moving::Stands;
use super::name::TicketName;
use super::queue::Queue;
use crate::http::{Call, Client, HttpError, number, part, text};
use crate::redaction::Redacted;
use crate::rendering::without_slash_commands;
use crate::triage::moving::Target;

/// What a page holds at most.
const PAGE: usize = 100;

/// What a note holds there is 1,000,000 characters.
const LONGEST: usize = 900_000;

pub(super) struct GitLab(pub(super) Client);

impl GitLab {
    fn notes(&self, ticket: &TicketName) -> Result<Vec<Comment>, HttpError> {
        let path = at(ticket, &format!("/notes?per_page={PAGE}"));
        self.0.all(&Call::get("read comments", path), PAGE, |it| Comment::read(it, "/id"))
    }
}

impl Api for GitLab {
    fn queued(&self, queue: &Queue) -> Result<Vec<u64>, HttpError> {
        let label = part(queue.label.as_deref().unwrap_or_default());
        let path = format!(
            "/projects/{}/issues?state=opened&labels={label}&order_by=created_at&sort=asc&per_page={PAGE}",
            part(&queue.project)
        );
        self.0.all(&Call::get("read which issues wait", path), PAGE, |it| number(it, "/iid"))
    }

    fn read(&self, ticket: &TicketName) -> Result<Value, HttpError> {
        let call = Call::get("read the issue", at(ticket, ""));
        let answer = self.0.ask(&call, |it| text(it, "/title").map(|_| it.clone()))?;
        Ok(issue(ticket, &answer, self.notes(ticket)?, &[]))
    }

    fn find(&self, ticket: &TicketName, key: &Key) -> Result<Option<String>, HttpError> {
        let found = self.notes(ticket)?.into_iter().find(|it| key.is_of(&it.body));
        Ok(found.map(|it| reference(ticket, &it.reference)))
    }

    fn add(&self, ticket: &TicketName, key: &Key, words: &Redacted) -> Result<String, HttpError> {
        let body = json!({ "body": key.marked(&without_slash_commands(words)) });
        let call = Call::make("add a comment", at(ticket, "/notes"), body);
        self.0.ask(&call, |it| Ok(reference(ticket, &number(it, "/id")?.to_string())))
    }

    fn stands(&self, ticket: &TicketName, names: &[&str]) -> Result<Stands, HttpError> {
        let call = Call::get("read the issue", at(ticket, ""));
        let (labels, state) =
            self.0.ask(&call, |it| Ok((label::names(it), text(it, "/state")?)))?;
        // A comma parts labels in its requests.
        let known = |name: &str| Target { known: !name.contains(','), ..by_name(name) };
        let closing = |_: &label::End| {
            format!("glab issue close {} --repo {}", ticket.number(), ticket.project())
        };
        let has = (labels.as_slice(), state == "closed");
        Ok(label::stands(has, names, |one, other| one == other, known, closing))
    }

    /// Both in one request.
    fn shift(&self, ticket: &TicketName, stands: &Stands) -> Result<(), HttpError> {
        let Some(to) = stands.targets.first() else { return Ok(()) };
        let gone: Vec<&str> = gone(stands).map(|it| it.name.as_str()).collect();
        let body = match end(&to.name) {
            Some(_) => json!({"state_event": "close"}),
            None if gone.is_empty() => json!({"add_labels": to.name}),
            None => json!({"add_labels": to.name, "remove_labels": gone.join(",")}),
        };
        self.0.send(&Call::put("move the issue", at(ticket, ""), body).seen()).map(drop)
    }

    fn longest(&self) -> usize {
        LONGEST
    }
}

/// Its API says no address of a note: number and place tell it apart.
fn reference(ticket: &TicketName, id: &str) -> String {
    format!("{ticket} note {id}")
}

fn at(ticket: &TicketName, rest: &str) -> String {
    format!("/projects/{}/issues/{}{rest}", part(ticket.project()), ticket.number())
}
