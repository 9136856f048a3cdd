//! `eval --against`: route tests, names, what is told and how it ends.

use serde_json::{Value, json};

use super::{Question, lines, services};
use crate::cli::memory::memory;
use crate::support::TestRepo;

fn against(repo: &TestRepo, args: &[&str], code: i32) -> Value {
    repo.prode(&[&["eval", "--json"], args].concat()).fails(code).json()["against"].clone()
}

/// What `prode route` says of a ticket: the rank of a page, and whether it abstained.
fn routed(repo: &TestRepo, ticket: &str, page: &str, revision: &[&str]) -> (Option<usize>, bool) {
    let args = [&["route", "--json", "-n", "10", ticket], revision].concat();
    let answer = repo.prode(&args).ok().json();
    let pages = answer["pages"].as_array().unwrap();
    let rank = pages.iter().position(|it| it["path"] == page).map(|at| at + 1);
    (rank, answer["abstained"] == true)
}

#[test]
fn a_route_test_that_passed_and_fails_now_is_told_and_fails_the_check() {
    let repo = memory();
    let base = repo.git(&["rev-parse", "HEAD"]);
    repo.prode(&["eval", "--against", "HEAD"]).ok().says("none of 2 moved against HEAD (");
    let page = "wiki/runbooks/queue.md";
    let ticket = "ALARM: QueueOldestMessageAge for billing";
    for name in ["a", "b", "c"] {
        let rival = "---\nservices: [billing]\nsignals: [{alert: QueueOldestMessageAge}]\n---\n\
            # ALARM: QueueOldestMessageAge for billing\n\nALARM: QueueOldestMessageAge for billing\n";
        repo.write(format!("wiki/{name}.md"), rival);
    }
    let moved = &against(&repo, &["--against", &base], 1)["moved"];
    assert_eq!(moved.as_array().unwrap().len(), 1);
    let (before, now) = (
        routed(&repo, ticket, page, &["--rev", &base]).0,
        routed(&repo, ticket, page, &["--worktree"]).0,
    );
    assert_eq!((before, now), (Some(1), Some(4)));
    let expected = json!({"expect": page, "before": 1, "now": 4, "ahead": ["wiki/a.md", "wiki/b.md", "wiki/c.md"]});
    assert_eq!(moved[0]["pages"], json!([expected]));
    assert_eq!(
        (&moved[0]["how"], &moved[0]["regressed"]),
        (&"left_first_three".into(), &true.into())
    );
    repo.prode(&["eval", "--against", &base])
        .fails(1)
        .says("moved out of the first three\n  ALARM: QueueOldestMessageAge for billing fails now\n    \
            wiki/runbooks/queue.md  1 → 4, behind wiki/a.md, wiki/b.md, wiki/c.md\n")
        .says("1 of 2 moved against")
        .says("difference");
    // What failed before as well is told, and fails no check that asks for changes.
    repo.commit("rivals");
    repo.prode(&["eval"]).fails(1);
    repo.prode(&["eval", "--against", "HEAD"]).ok().says("failed (at HEAD too) ALARM");
    repo.prode(&["eval", "--against", "HEAD", "--min-recall1", "0.5"]).fails(1);
    let back = against(&repo, &["--rev", &base, "--against", "HEAD"], 0);
    assert_eq!(back["moved"][0]["how"], "entered_first_three");
    assert_eq!((&back["passed"], &back["figures"]["recall1"]), (&json!(1), &json!(0.0)));
    assert_eq!(back["difference"]["recall1"], 1.0);
}

#[test]
fn abstaining_that_changed_is_told() {
    let repo = memory();
    let base = repo.git(&["rev-parse", "HEAD"]);
    let ticket = "please rename the marketing banner";
    let page = format!("---\naliases: [marketing banner]\n---\n# Marketing banner\n\n{ticket}\n");
    repo.write("wiki/banner.md", page);
    assert!(routed(&repo, ticket, "", &["--rev", &base]).1);
    assert!(!routed(&repo, ticket, "", &["--worktree"]).1);
    let told = against(&repo, &["--against", &base], 1);
    assert_eq!(told["moved"].as_array().unwrap().len(), 1);
    let moved = &told["moved"][0];
    assert_eq!((&moved["how"], &moved["abstained"]), (&"abstention".into(), &json!([true, false])));
    assert_eq!((&moved["pages"], &moved["regressed"]), (&json!([]), &true.into()));
    assert_eq!(told["abstained"], 1);
    repo.prode(&["eval", "--against", &base]).fails(1).says("    abstained → answered\n");
}

#[test]
fn a_renamed_page_is_followed_from_both_names_and_a_new_one_is_called_new() {
    let (repo, _) = services();
    let base = repo.git(&["rev-parse", "HEAD"]);
    let text = std::fs::read_to_string(repo.path().join("wiki/queue.md")).unwrap();
    repo.rename("wiki/queue.md", "wiki/messages/backlog.md");
    repo.write("wiki/messages/backlog.md", format!("{text}\nAsk the team.\n"));
    repo.write("wiki/printer.md", "# Printer jams\n\nPaper is stuck in the printer.\n");
    let ask = |text: &str, page: &str| Question {
        text: text.to_owned(),
        relevant: vec![page.to_owned()],
    };
    let set = [
        ask("messages wait in the backlog", "wiki/messages/backlog.md"),
        ask("consumer of the queue is slow", "wiki/queue.md"),
        ask("paper stuck in the printer", "wiki/printer.md"),
        ask("whatever", "wiki/never.md"),
    ];
    let file = repo.home().join("set.jsonl");
    std::fs::write(&file, lines(&set)).unwrap();
    let file = file.to_str().unwrap();
    let told = against(&repo, &[file, "--against", &base], 0);
    assert_eq!(told["moved"].as_array().unwrap().len(), 1, "{told}");
    assert_eq!(told["moved"][0]["text"], "paper stuck in the printer");
    let one_sided = |path: &str, stands: &str, before: Value, now: Value| json!({"path": path, "stands": stands, "before": before, "now": now, "examples": 1});
    let expected = json!([
        one_sided("wiki/messages/backlog.md", "renamed", "wiki/queue.md".into(), Value::Null),
        one_sided("wiki/never.md", "nowhere", Value::Null, Value::Null),
        one_sided("wiki/printer.md", "new", Value::Null, Value::Null),
        one_sided("wiki/queue.md", "renamed", Value::Null, "wiki/messages/backlog.md".into()),
    ]);
    assert_eq!(told["one_sided"], expected);
    repo.prode(&["eval", file, "--against", &base])
        .ok()
        .says("    wiki/printer.md  new → 1\n")
        .says("renamed   wiki/queue.md is wiki/messages/backlog.md now: 1 example expects the old name");
    // A route test that names the old path cannot pass any more, though nothing moved.
    let route =
        "- {ticket: consumer of the queue is slow and messages wait, expect: wiki/queue.md}\n";
    repo.write("wiki/routes.yaml", route);
    let told = against(&repo, &["--against", &base], 1);
    assert_eq!(told["moved"][0]["how"], "renamed");
    repo.remove("wiki/messages/backlog.md");
    let told = against(&repo, &[file, "--against", &base], 1);
    assert_eq!(told["one_sided"][2]["stands"], "new");
    assert_eq!(told["one_sided"][3]["stands"], "gone");
    repo.prode(&["eval", file, "--against", &base])
        .fails(1)
        .says("wiki/queue.md  1 → gone")
        .says("gone      wiki/queue.md: 1 example expects it");
}

#[test]
fn both_sides_are_asked_on_the_day_of_the_answer() {
    let repo = TestRepo::new();
    // Of two equal pages the first by name comes first, until its review is overdue.
    let page = "# Printer jams\n\nPaper is stuck.\n";
    let reviewed = "---\nreviewed: 2025-12-20\nreview_every: 30d\n---\n";
    repo.write("wiki/a.md", format!("{reviewed}{page}")).write("wiki/b.md", page).commit("pages");
    let first = |revision: &[&str]| {
        let args = [&["query", "--json", "paper is stuck"], revision].concat();
        repo.prode(&args).ok().json()["hits"][0]["path"].as_str().unwrap().to_owned()
    };
    assert_eq!(first(&["--as-of", "2026-01-02"]), "wiki/a.md");
    assert_eq!(first(&[]), "wiki/b.md");
    repo.write("set.yaml", "- {ticket: paper is stuck, expect: wiki/a.md}\n");
    let told = against(&repo, &["set.yaml", "--as-of", "2026-01-02", "--against", "HEAD"], 0);
    assert_eq!(told["moved"], json!([]));
}

#[test]
fn what_cannot_be_compared_is_said() {
    let repo = memory();
    repo.prode(&["eval", "--against", "nowhere"]).fails(1).warns("no revision 'nowhere'");
    let folder = TestRepo::no_repository();
    folder.write("wiki/a.md", "# A\n\nDisk.\n");
    folder.write("set.jsonl", "{\"qid\":1,\"query\":\"disk\",\"relevant\":[\"wiki/a.md\"]}\n");
    folder.prode(&["eval", "set.jsonl", "--against", "HEAD"]).fails(1).warns("hint: ");
}
