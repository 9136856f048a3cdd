//! Which door has which operation. What an answer says is compared by `parity` here and
//! by `mcp::answers`; this holds that no operation was forgotten at a door.

use std::collections::BTreeSet;

use serde_json::json;

use super::{memory, page};
use crate::mcp::session::{Era, Session};
use crate::serve::Served;
use crate::support::TestRepo;

/// A command, the tools that do the same, and pages that show it. Commands without either
/// make, set up or sign something on the person's own machine, or are asked by scripts.
const DOORS: &[(&str, &[&str], &[&str])] = &[
    ("query", &["query"], &["/search?q=queue"]),
    ("route", &["route"], &[]),
    ("show", &["get"], &["/wiki/wiki/workers.md", "/adr/1", "/skills/drain"]),
    ("list", &[], &["/search", "/"]),
    ("links", &["links"], &["/wiki/wiki/workers.md"]),
    ("graph", &[], &["/graph", "/graph?page=wiki/workers.md"]),
    ("log", &[], &["/wiki/wiki/workers.md/history"]),
    ("blame", &[], &["/wiki/wiki/workers.md/blame"]),
    ("diff", &[], &["/wiki/wiki/workers.md/diff"]),
    ("adr", &[], &["/adr"]),
    ("skill", &[], &["/skills"]),
    ("cite", &["cite_check"], &[]),
    ("inbox", &["propose_learning"], &["/inbox"]),
    ("promote", &[], &["/inbox"]),
    ("proposal", &[], &["/inbox"]),
    ("audit", &["audit"], &["/audit"]),
    ("triage", &["triage_status", "triage_submit_evidence", "triage_gate"], &["/runs"]),
    ("approvals", &[], &["/runs"]),
];

/// Commands that only the command line has.
const ALONE: &[&str] = &[
    "init",
    "index",
    "runbook",
    "new",
    "mv",
    "review",
    "archive",
    "dismiss",
    "lint",
    "usage",
    "eval",
    "redact",
    "finding",
    "approve",
    "hook",
    "doctor",
    "schema",
    "config",
    "mcp",
    "serve",
    "site",
    "completions",
    "man",
    "help",
];

#[test]
fn every_command_has_its_doors_or_stands_alone() {
    let known: BTreeSet<&str> =
        DOORS.iter().map(|row| row.0).chain(ALONE.iter().copied()).collect();
    let commands = crate::freshness::untouched::commands();
    let missing: Vec<&String> = commands.iter().filter(|it| !known.contains(it.as_str())).collect();
    assert!(missing.is_empty(), "at which doors is it? {missing:?}");
    let gone: Vec<&&str> = known
        .iter()
        .filter(|it| **it != "help" && !commands.iter().any(|name| name == **it))
        .collect();
    assert!(gone.is_empty(), "there is no such command: {gone:?}");
}

#[test]
fn every_tool_is_an_operation_of_a_command() {
    let repo = memory();
    let mut session = Session::open(&repo, Era::Modern);
    let listed = session.request("tools/list", json!({}));
    let listed: BTreeSet<String> = listed["result"]["tools"]
        .as_array()
        .unwrap()
        .iter()
        .map(|it| it["name"].as_str().unwrap().to_owned())
        .collect();
    let rows: BTreeSet<String> =
        DOORS.iter().flat_map(|row| row.1).map(|it| (*it).to_owned()).collect();
    assert_eq!(listed, rows);
}

#[test]
fn every_page_is_there() {
    let repo: TestRepo = memory();
    let server = Served::start(&repo, &[]);
    for path in DOORS.iter().flat_map(|row| row.2) {
        assert!(!page(&server, path).all("h1").is_empty(), "{path}");
    }
}
