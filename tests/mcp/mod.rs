//! `prode mcp`, driven with raw lines of JSON-RPC: what a client sees on the
//! wire, in both eras of the protocol, whatever the SDK calls it.

mod answers;
mod definitions;
mod eras;
mod hostile;
mod paging;
pub(crate) mod session;
mod shape;

use serde_json::{Value, json};

use crate::support::TestRepo;
use session::Session;

/// A small memory with a runbook, a guide, two decisions and a skill.
fn memory() -> TestRepo {
    let repo = TestRepo::new();
    repo.write(
        "wiki/runbooks/queue.md",
        "---\ntitle: Queue saturation\nkind: runbook\nowner: \"@payments\"\nservices: [billing]\n\
         signals:\n  - alert: QueueOldestMessageAge\nevidence: [aws]\n---\n\n# Queue saturation\n\n\
         Messages wait too long.\n\n## Mitigations\n\nAdd workers; see [workers](../workers.md#scale).\n",
    );
    repo.write(
        "wiki/workers.md",
        "# Workers\n\nHow workers of the queue run.\n\n## Scale\n\nSet the count. \
         [Queue](runbooks/queue.md), [gone](gone.md), [out](https://example.org/)\n",
    );
    repo.write(
        "adr/0001-queue.md",
        "# 1. Use a queue\n\n## Status\n\nAccepted\n\n## Context\n\nBursts.\n",
    );
    repo.write(
        "skills/drain/SKILL.md",
        "---\nname: drain\ndescription: Drains a queue\n---\n\n# Drain\n",
    );
    repo.commit("a memory");
    repo
}

/// The command's JSON and the tool's, without what no promise covers.
fn same(
    repo: &TestRepo,
    session: &mut Session,
    tool: &str,
    given: Value,
    command: &[&str],
) -> Value {
    let mut wanted = repo.prode(command).json();
    let mut got = session.call(tool, given)["structuredContent"].clone();
    for answer in [&mut wanted, &mut got] {
        answer.as_object_mut().unwrap().remove("took_ms");
    }
    assert_eq!(got.to_string(), wanted.to_string(), "prode {command:?}");
    got
}

/// Every tool in the order in which clients list them, with arguments that this
/// memory answers and the command that answers the same. A new tool is a row here.
fn calls() -> Vec<(&'static str, Value, &'static [&'static str])> {
    const TICKET: &str = "alertname=QueueOldestMessageAge for billing";
    vec![
        ("query", json!({"query": "queue workers"}), &["query", "queue workers"]),
        ("route", json!({"text": TICKET}), &["route", TICKET, "--budget", "2000"]),
        (
            "get",
            json!({"ref": "wiki/runbooks/queue.md#mitigations"}),
            &["show", "wiki/runbooks/queue.md#mitigations"],
        ),
        ("links", json!({"ref": "wiki/workers.md"}), &["links", "wiki/workers.md"]),
        (
            "cite_check",
            json!({"citations": ["wiki/workers.md#scale"]}),
            &["cite", "check", "wiki/workers.md#scale"],
        ),
    ]
}
