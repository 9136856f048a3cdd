//! Linear's `GraphQL` API, as its published schema has it. Every document that is
//! sent stands here, and the mutations among them are `commentCreate` and
//! `issueUpdate`, which sets the state and nothing else.

use serde_json::{Value, json};

use super::api::Api;
use super::key::{Key, is_ours};
use super::moving::{Stands, action_of};
use super::name::TicketName;
use super::queue::Queue;
use crate::http::{
    Call, Client, HttpError, Meaning, PAGES, Service, Token, is, items, maybe, number, text,
};
use crate::redaction::Redacted;
use crate::triage::moving::{Standing, Target};

/// A ticket without its comments.
pub(super) const ISSUE: &str = "query Issue($id: String!) { issue(id: $id) { \
    identifier title description url priorityLabel createdAt updatedAt \
    state { name } team { key } project { name } \
    labels(first: 100) { nodes { name } } attachments(first: 100) { nodes { title url } } } }";

/// A page of the tickets that wait.
pub(super) const QUEUE: &str = "query Queue($filter: IssueFilter!, $after: String) { \
    issues(first: 100, after: $after, filter: $filter, orderBy: createdAt) { \
    nodes { number } pageInfo { hasNextPage endCursor } } }";

/// A page of a ticket's comments.
pub(super) const COMMENTS: &str = "query Comments($id: String!, $after: String) { \
    issue(id: $id) { comments(first: 100, after: $after) { \
    nodes { id body createdAt } pageInfo { hasNextPage endCursor } } } }";

/// The comment with an id, where there is one.
pub(super) const FIND: &str = "query Find($id: ID!) { \
    comments(first: 1, filter: { id: { eq: $id } }) { nodes { url } } }";

/// Adds a comment whose id is ours to choose. A second one with it is refused.
pub(super) const ADD: &str = "mutation Add($id: String!, $issue: String!, $body: String!) { \
    commentCreate(input: { id: $id, issueId: $issue, body: $body }) { \
    success comment { url } } }";

/// Where a ticket stands, and the states of its team: 250 is the most of a page.
pub(super) const STATES: &str = "query States($id: String!) { issue(id: $id) { \
    state { id name type } team { states(first: 250) { nodes { id name type } } } } }";

/// Sets its state.
pub(super) const MOVE: &str = "mutation Move($id: String!, $state: String!) { \
    issueUpdate(id: $id, input: { stateId: $state }) { success issue { state { id } } } }";

/// No bound is written down; a text of this size is no comment.
const LONGEST: usize = 100_000;

const WAITING: &str = "read which tickets wait";

/// A key for the API stands alone in `authorization`; what an application was
/// granted is a bearer's.
pub(super) fn service(token: &Token) -> Service {
    let scheme = if token.begins_with("lin_api_") { "" } else { "Bearer " };
    Service { scheme, meaning, ..Service::GITLAB }
}

pub(super) struct Linear(pub(super) Client);

impl Linear {
    fn comments(&self, ticket: &TicketName) -> Result<Vec<Value>, HttpError> {
        let mut all = Vec::new();
        let mut after = Value::Null;
        for _ in 0..PAGES {
            let body = asked(COMMENTS, &json!({"id": ticket.id(), "after": after}));
            let page = self.0.ask(&Call::query("read comments", "", body), |it| {
                it.pointer("/data/issue/comments").cloned().ok_or("it has no comments".to_owned())
            })?;
            all.extend(items(&page, "/nodes").cloned());
            after = page["pageInfo"]["endCursor"].clone();
            if !is(&page, "/pageInfo/hasNextPage") || after.is_null() {
                return Ok(all);
            }
        }
        Err(self.0.endless("read comments"))
    }
}

impl Api for Linear {
    fn queued(&self, queue: &Queue) -> Result<Vec<u64>, HttpError> {
        let mut filter = json!({"team": {"key": {"eq": queue.project}}});
        if let Some(state) = &queue.state {
            filter["state"] = json!({"name": {"eq": state}});
        }
        if let Some(label) = &queue.label {
            filter["labels"] = json!({"some": {"name": {"eq": label}}});
        }
        let (mut all, mut after) = (Vec::new(), Value::Null);
        for _ in 0..PAGES {
            let body = asked(QUEUE, &json!({"filter": filter, "after": after}));
            let (numbers, next) = self.0.ask(&Call::query(WAITING, "", body), |it| {
                let page = it.pointer("/data/issues").ok_or("it has no issues")?;
                let numbers = items(page, "/nodes").map(|it| number(it, "/number"));
                let next = page["pageInfo"]["endCursor"].clone();
                let next = if is(page, "/pageInfo/hasNextPage") { next } else { Value::Null };
                Ok((numbers.collect::<Result<Vec<u64>, String>>()?, next))
            })?;
            all.extend(numbers);
            after = next;
            if after.is_null() {
                // It can only be asked for the newest first.
                all.sort_unstable();
                return Ok(all);
            }
        }
        Err(self.0.endless(WAITING))
    }

    fn read(&self, ticket: &TicketName) -> Result<Value, HttpError> {
        let body = asked(ISSUE, &json!({"id": ticket.id()}));
        let mut issue = self.0.ask(&Call::query("read the issue", "", body), |it| {
            text(it, "/data/issue/identifier").map(|_| it["data"]["issue"].clone())
        })?;
        let mut comments = self.comments(ticket)?;
        comments.retain(|it| !maybe(it, "/id").is_some_and(|id| is_ours(&id)));
        comments.sort_by_key(|it| maybe(it, "/createdAt"));
        issue["comments"] = json!({ "nodes": comments });
        Ok(issue)
    }

    fn find(&self, _: &TicketName, key: &Key) -> Result<Option<String>, HttpError> {
        let body = asked(FIND, &json!({"id": key.uuid()}));
        self.0.ask(&Call::query("look for the comment", "", body), |it| {
            let nodes = it.pointer("/data/comments/nodes").ok_or("it has no comments")?;
            nodes.get(0).map(|it| text(it, "/url")).transpose()
        })
    }

    fn add(&self, ticket: &TicketName, key: &Key, words: &Redacted) -> Result<String, HttpError> {
        let variables = json!({"id": key.uuid(), "issue": ticket.id(), "body": words});
        self.0.ask(&Call::make("add a comment", "", asked(ADD, &variables)), |it| {
            if is(it, "/data/commentCreate/success") {
                text(it, "/data/commentCreate/comment/url")
            } else {
                Err("it does not say that it was added".to_owned())
            }
        })
    }

    fn stands(&self, ticket: &TicketName, names: &[&str]) -> Result<Stands, HttpError> {
        let body = asked(STATES, &json!({"id": ticket.id()}));
        self.0.ask(&Call::query("read the ticket's state", "", body), |it| {
            let issue = it.pointer("/data/issue").ok_or("it has no issue")?;
            let from = Standing {
                names: vec![text(issue, "/state/name")?],
                id: Some(text(issue, "/state/id")?),
                over: action_of(&text(issue, "/state/type")?).is_some(),
            };
            let all: Vec<&Value> = items(issue, "/team/states/nodes").collect();
            let targets = names.iter().map(|name| target(ticket, name, &all)).collect();
            Ok(Stands { from, targets })
        })
    }

    fn shift(&self, ticket: &TicketName, stands: &Stands) -> Result<(), HttpError> {
        let state = stands.targets.first().and_then(|it| it.id.as_deref());
        let body = asked(MOVE, &json!({"id": ticket.id(), "state": state}));
        self.0.ask(&Call::make("move the ticket", "", body).seen(), |it| {
            let now = maybe(it, "/data/issueUpdate/issue/state/id");
            if is(it, "/data/issueUpdate/success") && now.as_deref() == state {
                Ok(())
            } else {
                Err("it does not say that it was moved".to_owned())
            }
        })
    }

    fn longest(&self) -> usize {
        LONGEST
    }
}

/// The team's state of that name, by the letter before any other spelling.
fn target(ticket: &TicketName, name: &str, all: &[&Value]) -> Target {
    let is = |it: &&&Value| it["name"].as_str() == Some(name);
    let is_nearly = |it: &&&Value| {
        it["name"].as_str().is_some_and(|it| it.to_lowercase() == name.to_lowercase())
    };
    let found = all.iter().find(is).or_else(|| all.iter().find(is_nearly));
    let id = found.and_then(|it| maybe(it, "/id"));
    let sort = found.and_then(|it| maybe(it, "/type")).unwrap_or_default();
    let action = found.and_then(|_| action_of(&sort));
    let request = action.zip(id.as_deref()).map(|(_, id)| {
        let ticket = ticket.id();
        format!("a mutation: issueUpdate(id: \"{ticket}\", input: {{ stateId: \"{id}\" }}) {{ success }}")
    });
    let (name, known) = (name.to_owned(), id.is_some());
    Target { name, id, known, action: action.map(str::to_owned), request }
}

fn asked(document: &str, variables: &Value) -> Value {
    json!({ "query": document, "variables": variables })
}

/// An answer with `errors` did not do it, whatever its status: Linear says 200
/// and 400 of such. What is known neither as refused nor as undone is unsure.
fn meaning(answer: &Value) -> Option<Meaning> {
    let error = items(answer, "/errors").next()?;
    let of = |at: &str| maybe(error, at).unwrap_or_default();
    let said = maybe(error, "/extensions/userPresentableMessage").unwrap_or_else(|| of("/message"));
    let sort = format!("{} {}", of("/extensions/code"), of("/extensions/type")).to_lowercase();
    let is = |word: &str| sort.contains(word);
    Some(if is("ratelimited") {
        Meaning::Later
    } else if is("authentication") {
        Meaning::BadToken
    } else if is("forbidden") || is("not accessible") {
        Meaning::Forbidden(said)
    } else if of("/message").starts_with("Entity not found") {
        Meaning::NotFound
    } else if is("input") || is("user error") || is("graphql") || is("usage limit") {
        Meaning::Refused(said)
    } else {
        Meaning::Failed(said)
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_an_error_means_is_told_by_its_sort() {
        let of = |message: &str, code: &str, sort: &str| {
            meaning(&json!({"errors": [{"message": message,
                "extensions": {"code": code, "type": sort}}]}))
        };
        assert_eq!(meaning(&json!({"data": {}})), None);
        assert_eq!(of("m", "RATELIMITED", "ratelimited"), Some(Meaning::Later));
        assert_eq!(
            of("m", "AUTHENTICATION_ERROR", "authentication error"),
            Some(Meaning::BadToken)
        );
        assert_eq!(of("m", "FORBIDDEN", "forbidden"), Some(Meaning::Forbidden("m".into())));
        let missing = of("Entity not found: Issue", "INPUT_ERROR", "invalid input");
        assert_eq!(missing, Some(Meaning::NotFound));
        assert_eq!(of("m", "INPUT_ERROR", "invalid input"), Some(Meaning::Refused("m".into())));
        assert_eq!(of("m", "GRAPHQL_VALIDATION_FAILED", ""), Some(Meaning::Refused("m".into())));
        for unsure in ["INTERNAL_SERVER_ERROR", "LOCK_TIMEOUT", ""] {
            assert_eq!(of("m", unsure, ""), Some(Meaning::Failed("m".into())), "{unsure}");
        }
    }

    #[test]
    fn the_only_mutations_add_a_comment_and_set_a_state() {
        let all = [QUEUE, ISSUE, COMMENTS, FIND, ADD, STATES, MOVE];
        let changes: Vec<&str> = all.into_iter().filter(|it| it.contains("mutation")).collect();
        assert_eq!(changes, [ADD, MOVE]);
        assert_eq!(ADD.matches("Create(").count(), 1);
        assert_eq!(MOVE.matches("input: { stateId: $state }").count(), 1);
    }
}
