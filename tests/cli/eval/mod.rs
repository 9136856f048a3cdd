//! `prode eval`

mod against;
mod baselines;
mod edits;
mod staged;

use serde_json::{Value, json};

use super::memory::memory;
use crate::support::TestRepo;

/// A question and the pages that answer it.
#[derive(Clone)]
struct Question {
    text: String,
    relevant: Vec<String>,
}

/// The questions as a set, one JSON object a line.
fn lines(questions: &[Question]) -> String {
    let line = |(qid, it): (usize, &Question)| {
        format!("{}\n", json!({"qid": qid, "query": it.text, "relevant": it.relevant}))
    };
    questions.iter().enumerate().map(line).collect()
}

/// What `query --batch` ranks for each question, ten pages at most; `revision` says of what.
fn ranked(repo: &TestRepo, questions: &[Question], revision: &[&str]) -> Vec<Vec<String>> {
    let args = [&["query", "--batch", "-", "-n", "10"], revision].concat();
    let answers = repo.prode_with_input(&args, lines(questions)).ok().json_lines();
    let paths = |line: &Value| {
        let ranked = line["ranked"].as_array().unwrap();
        ranked.iter().map(|it| it["path"].as_str().unwrap().to_owned()).collect()
    };
    answers.iter().map(paths).collect()
}

/// Ten pages of which neighbours share words, and what is asked of them.
fn services() -> (TestRepo, Vec<Question>) {
    let repo = TestRepo::new();
    for (name, title, cause, step) in SERVICES {
        let page = format!(
            "# {title}\n\nThe {name} service.\n\n## Causes\n\n{cause}\n\n## Mitigations\n\n{step}\n"
        );
        repo.write(format!("wiki/{name}.md"), page);
    }
    repo.write("README.md", "# About\n\nThe team's pages stand in the wiki.\n");
    repo.write("src/main.rs", "fn main() {}\n");
    repo.commit("pages");
    let question = |(text, name): &(&str, &str)| Question {
        text: (*text).to_owned(),
        relevant: vec![format!("wiki/{name}.md")],
    };
    (repo, QUESTIONS.iter().map(question).collect())
}

#[rustfmt::skip]
const SERVICES: &[(&str, &str, &str, &str)] = &[
    ("queue", "Queue backlog", "A slow consumer leaves messages waiting.", "Scale the workers out, then drain the queue."),
    ("disk", "Disk is full", "Logs and old backups fill the volume.", "Delete old logs, then grow the volume."),
    ("backup", "Backup failed", "The volume for backups is full, or its lock was left behind.", "Remove the stale lock and start the backup again."),
    ("certificate", "Certificate expired", "Renewal failed since the challenge was refused.", "Renew the certificate by hand."),
    ("dns", "Names do not resolve", "The resolver drops queries when its cache is full.", "Restart the resolver."),
    ("cache", "Cache is cold", "A restart empties the cache, and the database is asked instead.", "Warm the cache before traffic comes back."),
    ("login", "Nobody can sign in", "The session store lost its leader, or the clock is wrong.", "Fail over the session store."),
    ("deploy", "Rollout is stuck", "New workers do not become ready since a probe fails.", "Roll back the deploy."),
    ("ingress", "Gateway answers 502", "Workers behind the gateway close connections early.", "Raise the idle timeout of the workers."),
    ("database", "Database is slow", "A missing index makes queries scan the table.", "Stop the query and add the index."),
];

#[rustfmt::skip]
const QUESTIONS: &[(&str, &str)] = &[
    ("messages wait in the backlog", "queue"),
    ("consumer of the queue is slow", "queue"),
    ("no space left, the volume is full", "disk"),
    ("old logs fill the disk", "disk"),
    ("stale lock of a backup", "backup"),
    ("backups fill the volume", "backup"),
    ("renewal was refused, certificate expired", "certificate"),
    ("resolver drops queries", "dns"),
    ("cache is empty after a restart", "cache"),
    ("sign in fails, session store has no leader", "login"),
    ("workers do not become ready", "deploy"),
    ("gateway says 502", "ingress"),
    ("idle timeout of workers behind the gateway", "ingress"),
    ("slow query scans the table", "database"),
    ("missing index", "database"),
];

#[test]
fn route_tests_pass_and_fail_by_name() {
    let repo = memory();
    repo.prode(&["eval"]).ok().says("2 checked, 2 route tests passed, 0 failed; abstained 1 of 1");
    repo.write("wiki/more.routes.yaml", "- ticket: disk full\n  expect: wiki/runbooks/queue.md\n");
    let failed = repo.prode(&["eval", "--json"]).fails(1).json();
    assert_eq!(failed["failed"][0]["expect"], json!(["wiki/runbooks/queue.md"]));
    assert_eq!(failed["failed"][0]["file"], "wiki/more.routes.yaml");
    repo.prode(&["eval", "--rev", "HEAD"]).ok();
    repo.prode(&["eval", "--rev", "HEAD", "--min-recall1", "1.1"])
        .fails(1)
        .says("recall1: 1 < 1.1");
    repo.write("bad.yaml", "- tiket: x\n")
        .prode(&["eval", "bad.yaml"])
        .fails(1)
        .warns("bad.yaml:1");
}

#[test]
fn judged_questions_are_measured_and_missed_ones_are_listed_when_asked_for() {
    let repo = memory();
    let question = |text: &str, relevant: &str| Question {
        text: text.to_owned(),
        relevant: vec![relevant.to_owned()],
    };
    let set = [
        question("messages wait", "wiki/runbooks/queue.md"),
        question("disk full", "wiki/none.md"),
    ];
    repo.write("set.jsonl", lines(&set));
    let report = repo.prode(&["eval", "set.jsonl", "--json"]).ok().json();
    assert_eq!(report["figures"]["recall1"], 0.5);
    // Wilson's interval of one of two.
    assert_eq!(report["intervals"]["recall1"], json!([0.0945, 0.9055]));
    assert_eq!((&report["measured"], &report["missed"]), (&json!(2), &json!(1)));
    assert!(report.get("missed_questions").is_none());
    repo.prode(&["eval", "set.jsonl"])
        .ok()
        .says("1 question has no expected page among the first three; list them: --failed")
        .says("\nprode   0.500 (.09–.91)");
    repo.prode(&["eval", "set.jsonl", "--failed"]).ok().says(
        "missed disk full\n  expected wiki/none.md: not among 10\n  got wiki/runbooks/disk.md",
    );
    let report = repo.prode(&["eval", "set.jsonl", "--failed", "--json"]).ok().json();
    assert_eq!(report["missed_questions"][0]["rank"], Value::Null);
    assert_eq!(report["missed_questions"][0]["got"][0], "wiki/runbooks/disk.md");
    repo.prode(&["eval", "set.jsonl", "--min-recall3", "0.9"]).fails(1);
}

#[test]
fn a_set_that_expects_nothing_is_measured_by_nothing() {
    let repo = memory();
    repo.write("none.yaml", "- {ticket: rename the marketing banner, expect: none}\n");
    repo.prode(&["eval", "none.yaml"]).ok().says("nothing is measured: no example expects a page");
    let report = repo.prode(&["eval", "none.yaml", "--json"]).ok().json();
    assert_eq!((&report["measured"], &report["intervals"]), (&json!(0), &Value::Null));
}
