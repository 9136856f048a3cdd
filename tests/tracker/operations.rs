//! Every request that leaves the room, and that there are no others.

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::path::Path;

use prode::tracker::Moved;
use prode::triage::class::Decision;

use super::{Desk, key, redacted};
use crate::support::forge::{Contract, Fault, Kind, Step};

/// What a tracker is asked; a number stands for the ticket's.
const OPERATIONS: &[(Kind, &[&str])] = &[
    (
        Kind::Linear,
        &[
            "mutation commentCreate",
            "mutation issueUpdate",
            "query comments",
            "query issue",
            "query issues",
        ],
    ),
    (
        Kind::GitHub,
        &[
            "DELETE /repos/org/repo/issues/1/labels/needs%20human",
            "GET /repos/org/repo/issues",
            "GET /repos/org/repo/issues/1",
            "GET /repos/org/repo/issues/1/comments",
            "PATCH /repos/org/repo/issues/1",
            "POST /repos/org/repo/issues/1/comments",
            "POST /repos/org/repo/issues/1/labels",
        ],
    ),
    (
        Kind::GitLab,
        &[
            "GET /api/v4/projects/org%2Frepo/issues",
            "GET /api/v4/projects/org%2Frepo/issues/1",
            "GET /api/v4/projects/org%2Frepo/issues/1/notes",
            "POST /api/v4/projects/org%2Frepo/issues/1/notes",
            "PUT /api/v4/projects/org%2Frepo/issues/1",
        ],
    ),
    (
        Kind::Gitea,
        &[
            "DELETE /api/v1/repos/org/repo/issues/1/labels/3",
            "GET /api/v1/repos/org/repo/issues",
            "GET /api/v1/repos/org/repo/issues/1",
            "GET /api/v1/repos/org/repo/issues/1/comments",
            "GET /api/v1/repos/org/repo/labels",
            "PATCH /api/v1/repos/org/repo/issues/1",
            "POST /api/v1/repos/org/repo/issues/1/comments",
            "POST /api/v1/repos/org/repo/issues/1/labels",
        ],
    ),
];

/// Reads, comments, and does it again after a fault; then moves the ticket from state
/// to state, and ends it as a person approved.
fn course(desk: &Desk) {
    desk.tracker().queued(&desk.queue("service:billing")).unwrap();
    desk.tracker().read(&desk.ticket()).unwrap();
    for (step, fault) in [Fault::None, Fault::FailAfter, Fault::BadGateway].into_iter().enumerate()
    {
        desk.there.fail(Step::Comment, fault);
        desk.tracker().comment(&desk.ticket(), &key(step), &redacted("Words.")).unwrap();
    }
    desk.tracker().read(&desk.ticket()).unwrap();
    for (decision, approved) in
        [(Decision::Handoff, false), (Decision::Pr, false), (Decision::Stop, true)]
    {
        let step = desk.step(decision);
        let moved = desk.tracker().shift(&desk.ticket(), &step, approved).unwrap();
        assert_eq!(moved, Moved::There { found: false }, "{:?} {decision}", desk.kind());
    }
    desk.there.is_sound();
}

#[test]
fn a_tracker_is_asked_these_things_and_no_others() {
    for desk in Desk::all().map(Desk::with_labels) {
        course(&desk);
        let world = desk.there.world();
        let asked: BTreeSet<String> = match desk.kind() {
            Kind::Linear => world.documents.keys().cloned().collect(),
            _ => world
                .requests
                .iter()
                .map(|(_, method, path, _)| format!("{method} {path}"))
                .collect(),
        };
        let (_, known) = OPERATIONS.iter().find(|(kind, _)| *kind == desk.kind()).unwrap();
        assert_eq!(asked.iter().map(String::as_str).collect::<Vec<_>>(), *known);
        let only_posts = world.requests.iter().all(|(_, method, ..)| method == "POST");
        assert!(desk.kind() != Kind::Linear || only_posts);
    }
}

/// Whatever a test does not come by: what sets or takes away is one label, one state,
/// or the one end that a person approved, and each stands at one place.
#[test]
fn nothing_in_the_room_can_ask_for_more() {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("src/tracker");
    let mut calls: BTreeMap<String, usize> = BTreeMap::new();
    let mut mutations = Vec::new();
    for entry in fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        let text = fs::read_to_string(&path).unwrap();
        let code = text.split("#[cfg(test)]").next().unwrap();
        for call in code.split("Call::").skip(1) {
            let name: String = call.chars().take_while(|it| it.is_alphanumeric()).collect();
            *calls.entry(name).or_default() += 1;
        }
        mutations.extend(code.split("\"mutation ").skip(1).map(|it| it[..60].to_owned()));
    }
    let kinds: Vec<&str> = calls.keys().map(String::as_str).collect();
    assert_eq!(kinds, ["add", "delete", "get", "make", "patch", "put", "query"], "{calls:?}");
    // Comments, of which Gitea's is GitHub's, and Linear's state.
    assert_eq!(calls["make"], OPERATIONS.len() - 1 + 1, "{calls:?}");
    for (sort, places) in [("add", 1), ("delete", 1), ("patch", 1), ("put", 1)] {
        assert_eq!(calls[sort], places, "{sort}: {calls:?}");
    }
    mutations.sort();
    assert_eq!(mutations.len(), 2, "{mutations:?}");
    assert!(mutations[0].starts_with("Add(") && mutations[1].starts_with("Move("), "{mutations:?}");
}

#[test]
fn what_is_said_to_github_is_what_github_describes() {
    if Contract::read().is_none() {
        println!("skipped: the description of GitHub's API is not at hand");
        return;
    }
    let desk = Desk::new(Kind::GitHub).unwrap().with_labels();
    course(&desk);
    let (held, beyond) = desk.there.world().held();
    for (name, many) in &held {
        println!("held to the description: {many:>3} × {name}");
    }
    for (name, many) in &beyond {
        println!("not in this description: {many:>3} × {name}");
    }
    let comments = "/repos/{owner}/{repo}/issues/{issue_number}/comments";
    for method in ["GET", "POST"] {
        assert!(held.contains_key(&format!("{method} {comments}")), "{method} was never asked");
    }
}

#[test]
fn what_is_said_to_linear_is_what_its_schema_takes() {
    let Some(desk) = Desk::new(Kind::Linear) else { return };
    course(&desk);
    assert!(desk.there.world().documents.contains_key("mutation issueUpdate"));
    for (name, many) in &desk.there.world().documents {
        println!("held to the schema: {many:>3} × {name}");
    }
}

/// A guard that finds nothing is none.
#[test]
fn the_stand_in_finds_what_linear_does_not_take() {
    let Some(desk) = Desk::new(Kind::Linear) else { return };
    for (document, variables, words) in [
        ("query { issue(id: \"ENG-1\") { titel } }", "{}", "titel"),
        ("query($id: Int!) { issue(id: $id) { title } }", r#"{"id": 1}"#, "Int!"),
        ("query($id: String!) { issue(id: $id) { title } }", "{}", "id"),
        ("query($id: String!) { issue(id: $id) { title } }", r#"{"id": "1", "x": 1}"#, "'x'"),
        ("mutation { commentCreate(input: {text: \"x\"}) { success } }", "{}", "text"),
        ("mutation { issueDelete(id: \"ENG-1\") { success } }", "{}", "not to be asked"),
        ("{ issue(id: \"ENG-1\") { comments } }", "{}", "comments"),
    ] {
        let body =
            format!(r#"{{"query": {}, "variables": {variables}}}"#, serde_json::json!(document));
        desk.there.posted("/graphql", &body);
        let problems = std::mem::take(&mut desk.there.world().problems);
        assert!(problems.iter().any(|it| it.contains(words)), "{document}: {problems:?}");
    }
}
