//! Issues of GitHub's REST API, version 2022-11-28, as its `OpenAPI`
//! description has them. A pull request is an issue there. Gitea speaks nearly
//! the same.

use serde_json::{Value, json};

use super::api::Api;
use super::issue::{Comment, issue};
use super::key::Key;
use super::label::{self, by_name, end, gone};
use super::moving::Stands;
use super::name::TicketName;
use super::queue::Queue;
use crate::http::{Call, Client, HttpError, items, maybe, number, part, text};
use crate::redaction::Redacted;
use crate::triage::moving::Target;

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
    pub(super) labels: Labels,
}

/// How labels are told apart.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Labels {
    /// By their names, whatever their case; one that is not there is made.
    ByName,
    /// By numbers that the repository gave them.
    ByNumber,
}

impl GitHub {
    pub(super) fn new(client: Client) -> Self {
        Self { client, page: Some(PAGE), longest: LONGEST, labels: Labels::ByName }
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

    /// The repository's labels with their numbers. A server may be set to hold less
    /// in a page than was asked for: only an empty one is the last.
    fn numbers(&self, ticket: &TicketName) -> Result<Vec<(String, u64)>, HttpError> {
        let path = format!("/repos/{}/labels?limit={PAGE}", ticket.project());
        let call = Call::get("read labels", path);
        self.client.all(&call, 1, |it| Ok((text(it, "/name")?, number(it, "/id")?)))
    }

    fn close(&self, ticket: &TicketName, end: &label::End) -> Result<(), HttpError> {
        let body = match self.labels {
            Labels::ByName => json!({"state": "closed", "state_reason": end.reason}),
            Labels::ByNumber => json!({"state": "closed"}),
        };
        self.client.send(&Call::patch("close the issue", at(ticket, ""), body).seen()).map(drop)
    }

    /// What `gh` or `tea` takes.
    fn closing(&self, ticket: &TicketName, end: &label::End) -> String {
        let (number, repo) = (ticket.number(), ticket.project());
        match self.labels {
            Labels::ByName => {
                let reason = end.reason.replace('_', " ");
                format!("gh issue close {number} --repo {repo} --reason '{reason}'")
            }
            Labels::ByNumber => format!("tea issues close {number} --repo {repo}"),
        }
    }
}

impl Api for GitHub {
    /// A server may be set to hold less in a page than was asked for: only an empty one
    /// is surely the last.
    fn queued(&self, queue: &Queue) -> Result<Vec<u64>, HttpError> {
        let label = part(queue.label.as_deref().unwrap_or_default());
        let (rest, full) = match self.labels {
            Labels::ByName => (format!("&sort=created&direction=asc&per_page={PAGE}"), PAGE),
            Labels::ByNumber => (format!("&type=issues&limit={PAGE}"), 1),
        };
        let path = format!("/repos/{}/issues?state=open&labels={label}{rest}", queue.project);
        let call = Call::get("read which issues wait", path);
        let all = self.client.all(&call, full, |it| {
            let is_pull = it.get("pull_request").is_some_and(|it| !it.is_null());
            Ok(Some(number(it, "/number")?).filter(|_| !is_pull))
        })?;
        let mut numbers: Vec<u64> = all.into_iter().flatten().collect();
        numbers.sort_unstable();
        Ok(numbers)
    }

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

    fn stands(&self, ticket: &TicketName, names: &[&str]) -> Result<Stands, HttpError> {
        let call = Call::get("read the issue", at(ticket, ""));
        let (labels, state) =
            self.client.ask(&call, |it| Ok((label::names(it), text(it, "/state")?)))?;
        let is_asked = names.iter().any(|it| end(it).is_none());
        let numbers = match self.labels {
            Labels::ByNumber if is_asked => self.numbers(ticket)?,
            _ => Vec::new(),
        };
        let is_same: label::Same = match self.labels {
            Labels::ByName => |one, other| one.to_lowercase() == other.to_lowercase(),
            Labels::ByNumber => |one, other| one == other,
        };
        let known = |name: &str| match self.labels {
            Labels::ByName => by_name(name),
            Labels::ByNumber => {
                let id = numbers.iter().find(|(it, _)| it == name).map(|(_, id)| id.to_string());
                Target { known: id.is_some(), id, ..by_name(name) }
            }
        };
        let has = (labels.as_slice(), state == "closed");
        Ok(label::stands(has, names, is_same, known, |end| self.closing(ticket, end)))
    }

    /// The new label first, so that whoever was killed in between finds it.
    fn shift(&self, ticket: &TicketName, stands: &Stands) -> Result<(), HttpError> {
        let Some(to) = stands.targets.first() else { return Ok(()) };
        if let Some(end) = end(&to.name) {
            return self.close(ticket, end);
        }
        let own = |it: &Target| match self.labels {
            Labels::ByName => json!(it.name),
            Labels::ByNumber => json!(it.id.as_deref().and_then(|it| it.parse::<u64>().ok())),
        };
        if !stands.from.names.contains(&to.name) {
            let body = json!({ "labels": [own(to)] });
            let call = Call::add("add a label", at(ticket, "/labels"), body);
            self.client.send(&call.seen())?;
        }
        for other in gone(stands) {
            let name = match self.labels {
                Labels::ByName => part(&other.name),
                Labels::ByNumber => other.id.clone().unwrap_or_default(),
            };
            let path = at(ticket, &format!("/labels/{name}"));
            self.client.send(&Call::delete("take a label away", path).seen())?;
        }
        Ok(())
    }

    fn longest(&self) -> usize {
        self.longest
    }
}

fn at(ticket: &TicketName, rest: &str) -> String {
    format!("/repos/{}/issues/{}{rest}", ticket.project(), ticket.number())
}
