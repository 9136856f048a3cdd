//! What the tools answer: the command's JSON, from the trunk as it is now.

use serde_json::{Value, json};

use super::session::{ERAS, Era, Session};
use super::{CITING, calls, memory, same};
use crate::support::TestRepo;

#[test]
fn a_tool_and_its_command_answer_the_same() {
    let repo = memory();
    let section = "wiki/runbooks/queue.md#mitigations";
    for era in ERAS {
        let mut session = Session::open(&repo, era);
        let mut same =
            |tool, given, command: &[&str]| same(&repo, &mut session, tool, given, command);
        for (tool, given, command) in calls(&repo) {
            if !command.is_empty() {
                let command = command.iter().map(String::as_str).chain(["--json"]);
                same(tool, given, &command.collect::<Vec<_>>());
            }
        }
        same("triage_status", json!({}), &["triage", "list", "--json"]);
        let filtered =
            ["query", "queue", "kind:runbook", "-n", "3", "--include", "drafts", "--json"];
        let given = json!({"query": "queue kind:runbook", "limit": 3, "include": ["drafts"]});
        same("query", given, &filtered);
        let ticket = "alertname=QueueOldestMessageAge for billing";
        let given = json!({"text": ticket, "max_tokens": 6_000, "limit": 2});
        same("route", given, &["route", ticket, "--budget", "3000", "-n", "2", "--json"]);
        same("route", json!({"text": "zebra"}), &["route", "zebra", "--budget", "2000", "--json"]);
        for reference in [section, "adr/1", "skill:drain", "wiki/workers.md"] {
            same("get", json!({"ref": reference}), &["show", reference, "--json"]);
            same("links", json!({"ref": reference}), &["links", reference, "--json"]);
        }
    }
}

#[test]
fn a_citation_is_checked_as_the_command_checks_it() {
    let repo = memory();
    let commit = repo.git(&["rev-parse", "HEAD"]);
    repo.write("wiki/workers.md", "# Workers\n\n## Scale\n\nOtherwise.\n");
    repo.commit("other words");
    let cites = [format!("wiki/workers.md#scale@{commit}"), format!("adr/0001-queue.md@{commit}")];
    let mut wanted = repo.prode(&["cite", "check", &cites[0], &cites[1], "--json"]).json();
    let mut session = Session::open(&repo, Era::Modern);
    let mut got =
        session.call("cite_check", json!({"citations": cites}))["structuredContent"].clone();
    for answer in [&mut wanted, &mut got] {
        answer.as_object_mut().unwrap().remove("took_ms");
    }
    assert_eq!(got, wanted);
}

#[test]
fn every_answer_cites_in_both_of_its_forms() {
    let repo = memory();
    let commit = repo.git(&["rev-parse", "HEAD"]);
    let mut session = Session::open(&repo, Era::Modern);
    for (tool, given, _) in calls(&repo).into_iter().filter(|it| CITING.contains(&it.0)) {
        let result = session.call(tool, given);
        let text = result["content"][0]["text"].as_str().unwrap();
        assert!(text.contains(&commit[..12]), "{tool}: {text}");
        assert!(text.contains("wiki/"), "{tool}: {text}");
        assert_eq!(result["structuredContent"]["commit"], *commit, "{tool}");
    }
}

#[test]
fn routing_is_labelled_in_both_of_its_forms() {
    let repo = memory();
    let mut session = Session::open(&repo, Era::Modern);
    let result = session.call("route", json!({"text": "QueueOldestMessageAge"}));
    assert_eq!(result["structuredContent"]["label"], "routing memory, not evidence");
    let text = result["content"][0]["text"].as_str().unwrap();
    assert!(text.starts_with("routing memory, not evidence"), "{text}");
    let nothing = session.call("route", json!({"text": "zebra giraffe"}));
    assert_eq!(nothing["structuredContent"]["abstained"], true);
    assert!(nothing["content"][0]["text"].as_str().unwrap().contains("no page fits"));
}

#[test]
fn answers_follow_the_trunk_while_the_server_runs() {
    let repo = memory();
    let mut session = Session::open(&repo, Era::Modern);
    let found = |session: &mut Session, given: Value| {
        session.call("query", given)["structuredContent"]["hits"].as_array().unwrap().len()
    };
    let before = repo.git(&["rev-parse", "HEAD"]);
    assert_eq!(found(&mut session, json!({"query": "flamingo"})), 0);
    repo.write("wiki/flamingo.md", "# Flamingo\n");
    assert_eq!(found(&mut session, json!({"query": "flamingo"})), 0, "not reviewed yet");
    repo.commit("a page");
    assert_eq!(found(&mut session, json!({"query": "flamingo"})), 1);
    assert_eq!(found(&mut session, json!({"query": "flamingo", "rev": before})), 0);
    assert_eq!(
        found(&mut session, json!({"query": "flamingo", "as_of": "2026-01-01T00:00:30Z"})),
        0
    );
}

#[test]
fn a_folder_without_git_is_served_as_it_is() {
    let repo = TestRepo::no_repository();
    repo.write("wiki/page.md", "# Page\n\nWords about a queue.\n");
    let mut session = Session::open(&repo, Era::Modern);
    let result = session.call("query", json!({"query": "queue"}));
    assert_eq!(result["structuredContent"]["commit"], Value::Null);
    assert_eq!(result["structuredContent"]["hits"].as_array().unwrap().len(), 1);
    let text = result["content"][0]["text"].as_str().unwrap();
    assert!(text.contains("from files outside Git") && text.contains("note: "), "{text}");
}

#[test]
fn nothing_of_the_repository_is_changed() {
    let repo = memory();
    let (before, calls) = (repo.snapshot(), calls(&repo));
    let mut session = Session::open(&repo, Era::Modern);
    for (tool, given, _) in calls {
        session.call(tool, given);
    }
    session.end(true);
    assert_eq!(repo.snapshot(), before);
}
