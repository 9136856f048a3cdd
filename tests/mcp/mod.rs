//! `prode mcp`, driven with raw lines of JSON-RPC: what a client sees on the
//! wire, in both eras of the protocol, whatever the SDK calls it.

mod answers;
mod definitions;
mod eras;
mod hostile;
mod learnings;
mod log;
mod paging;
mod prompts;
mod resources;
mod runs;
pub(crate) mod session;
mod shape;
mod skills;

use serde_json::{Value, json};

use crate::support::TestRepo;
use session::Session;

/// A small memory with a runbook, a guide, two decisions and a skill.
pub(crate) fn memory() -> TestRepo {
    let repo = TestRepo::new();
    repo.git(&["config", "user.name", "Ada Example"]);
    repo.git(&["config", "user.email", "ada@example.org"]);
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
    repo.write("learning.md", LEARNING);
    repo.write("ticket.json", ticket().to_string());
    repo.write("answers/sentry.json", answer().to_string());
    repo.commit("a memory");
    repo
}

const LEARNING: &str = "---\ntarget: wiki/runbooks/queue.md#mitigations\naction: append\n---\n\
    A queue that grows while its workers idle waits for a lock, not for workers.\n";

/// A ticket whose window does not depend on the time of a test.
fn ticket() -> Value {
    json!({
        "identifier": "ENG-7", "title": "Queue is old",
        "description": "alertname=QueueOldestMessageAge for billing",
        "createdAt": "2026-11-03T14:21:00Z",
        "window": {"from": "2026-11-03T13:30:00Z", "until": "2026-11-03T15:00:00Z"},
    })
}

/// What an agent saw of it.
fn answer() -> Value {
    let window = ticket()["window"].clone();
    json!({
        "schema": "prode.specialist.output/v1",
        "question": "Which errors were recorded within the window?",
        "queries": [{
            "source": "sentry", "query": "issue:BILLING-2F7", "window": window, "result": "found",
        }],
        "findings": [{
            "id": "F1", "claim": "every worker waits for one lock", "supports": ["app-regression"],
            "observed_at": "2026-11-03T14:03:00Z",
            "receipts": [{
                "source": "sentry", "query": "issue:BILLING-2F7", "window": window,
                "at": "2026-11-03T14:45:00Z", "excerpt": "LockTimeout x 412",
            }],
        }],
    })
}

/// The name of the newest run, which is made where there is none.
fn run_of(repo: &TestRepo) -> String {
    let newest = || repo.prode(&["triage", "list", "--json"]).json()["runs"][0]["run"].clone();
    if newest().is_null() {
        let run = ["triage", "run", "ticket.json", "--answers", "answers", "--only-answers"];
        repo.prode(&run).ok();
    }
    newest().as_str().expect("a run").to_owned()
}

/// An answer without what no promise covers: how long it took, and when it was.
pub(crate) fn promised(mut answer: Value) -> Value {
    let members = answer.as_object_mut().expect("an answer is an object");
    members.remove("took_ms");
    if let Some(Value::String(file)) = members.get_mut("file") {
        let is_kept = |line: &&str| !line.contains("generated") && !line.trim().starts_with("at:");
        *file = file.lines().filter(is_kept).collect::<Vec<_>>().join("\n");
    }
    answer
}

/// The command's JSON and the tool's, without what no promise covers.
fn same(
    repo: &TestRepo,
    session: &mut Session,
    tool: &str,
    given: Value,
    command: &[&str],
) -> Value {
    let wanted = promised(repo.prode(command).json());
    let got = promised(session.call(tool, given)["structuredContent"].clone());
    assert_eq!(got.to_string(), wanted.to_string(), "prode {command:?}");
    got
}

/// Tools whose answers come from a commit, which they name.
const CITING: [&str; 6] = ["query", "route", "get", "links", "cite_check", "audit"];

/// The one tool that answers differently each time: with another run.
pub(crate) const OPENS_A_RUN: &str = "triage_submit_evidence";

/// Every tool in the order in which clients list them, with arguments that this
/// memory answers and the command that answers the same; none where each answer is
/// of another run. A new tool is a row here.
pub(crate) fn calls(repo: &TestRepo) -> Vec<(&'static str, Value, Vec<String>)> {
    const TICKET: &str = "alertname=QueueOldestMessageAge for billing";
    let run = run_of(repo);
    let (show, decide) = (["triage", "show", &run], ["triage", "decide", &run]);
    let calls: Vec<(&str, Value, &[&str])> = vec![
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
        (
            "propose_learning",
            json!({"text": LEARNING, "dry_run": true}),
            &["inbox", "add", "learning.md", "--dry-run"],
        ),
        ("audit", json!({}), &["audit"]),
        ("triage_status", json!({"run": run}), &show),
        (
            OPENS_A_RUN,
            json!({"ticket": ticket().to_string(), "answers": {"sentry": answer()}}),
            &[],
        ),
        ("triage_gate", json!({"run": run}), &decide),
    ];
    let owned = |words: &[&str]| words.iter().map(|&it| it.to_owned()).collect();
    calls.into_iter().map(|(tool, given, command)| (tool, given, owned(command))).collect()
}
