//! Issues of GitLab's REST API, version 4, as its public pages describe them. A
//! comment is a note there.

use serde_json::{Value, json};

use super::api::Api;
use super::issue::{Comment, issue};
use super::key::Key;
use super::name::TicketName;
use crate::http::{Call, Client, HttpError, number, part, text};
use crate::redaction::Redacted;

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
        let body = json!({ "body": key.marked(&without_actions(words)) });
        let call = Call::make("add a comment", at(ticket, "/notes"), body);
        self.0.ask(&call, |it| Ok(reference(ticket, &number(it, "/id")?.to_string())))
    }

    fn longest(&self) -> usize {
        LONGEST
    }
}

/// A line such as `/close` in a note is carried out there. With a backslash it
/// is read as it stands.
fn without_actions(words: &str) -> String {
    let line = |line: &str| {
        let rest = line.trim_start();
        let is_action = rest.starts_with('/');
        let (before, rest) = line.split_at(line.len() - rest.len());
        if is_action { format!("{before}\\{rest}") } else { line.to_owned() }
    };
    words.split('\n').map(line).collect::<Vec<_>>().join("\n")
}

/// Its API says no address of a note: number and place tell it apart.
fn reference(ticket: &TicketName, id: &str) -> String {
    format!("{ticket} note {id}")
}

fn at(ticket: &TicketName, rest: &str) -> String {
    format!("/projects/{}/issues/{}{rest}", part(ticket.project()), ticket.number())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn no_line_is_carried_out() {
        let words = "/close\nsee /srv\n  /assign @ada\r\n\t/label ~bug\n```\n/due now\n```";
        let said = without_actions(words);
        assert!(said.lines().all(|it| !it.trim_start().starts_with('/')), "{said}");
        assert_eq!(said.replace('\\', ""), words);
    }
}
