//! `prode query`

use serde_json::{Value, json};

use super::memory::memory;
use crate::support::TestRepo;

fn hits(repo: &TestRepo, args: &[&str]) -> Vec<Value> {
    let answer = repo.prode(&[&["query", "--json"], args].concat()).ok().json();
    assert_eq!(answer["schema"], "prode.query/v1");
    answer["hits"].as_array().unwrap().clone()
}

fn paths(repo: &TestRepo, args: &[&str]) -> Vec<String> {
    hits(repo, args).iter().map(|hit| hit["path"].as_str().unwrap().to_owned()).collect()
}

#[test]
fn a_hit_says_where_it_stands_and_can_be_checked_again() {
    let repo = memory();
    let commit = repo.git(&["rev-parse", "HEAD"]).trim().to_owned();
    let hit = hits(&repo, &["messages wait for workers"]).remove(0);
    assert_eq!(hit["path"], "wiki/runbooks/queue.md");
    assert_eq!((&hit["anchor"], &hit["rank"]), (&"symptoms".into(), &1.into()));
    assert_eq!(hit["headings"], serde_json::json!(["Queue backlog", "Symptoms"]));
    assert_eq!((&hit["kind"], &hit["owner"][0]), (&"runbook".into(), &"team-queue".into()));
    assert_eq!(hit["cite"], format!("wiki/runbooks/queue.md#symptoms@{commit}"));
    assert_eq!(hit["blob"], repo.git(&["rev-parse", "HEAD:wiki/runbooks/queue.md"]).trim());
    assert!(hit["snippet"].as_str().unwrap().contains("Messages wait"));
    assert!(!hit["why"].as_array().unwrap().is_empty());
    repo.prode(&["cite", "check", hit["cite"].as_str().unwrap()]).ok();
}

#[test]
fn phrases_exclusions_and_filters_narrow() {
    let repo = memory();
    assert_eq!(paths(&repo, &["\"wait for workers\""]), ["wiki/runbooks/queue.md"]);
    assert!(paths(&repo, &["\"workers for wait\""]).is_empty());
    assert!(!paths(&repo, &["disk", "--", "-full"]).contains(&"wiki/runbooks/disk.md".to_owned()));
    assert_eq!(paths(&repo, &["kind:adr"]), ["adr/0001-keep-queues.md"]);
    assert_eq!(paths(&repo, &["queue", "--kind", "adr"]), ["adr/0001-keep-queues.md"]);
    assert_eq!(paths(&repo, &["--service", "billing", "queue"]), ["wiki/runbooks/queue.md"]);
    assert_eq!(paths(&repo, &["owner:team-disk"]), ["wiki/runbooks/disk.md"]);
}

#[test]
fn a_name_brings_nothing_back_that_was_excluded() {
    let repo = memory();
    let queue = "wiki/runbooks/queue.md".to_owned();
    assert!(paths(&repo, &["QueueOldestMessageAge"]).contains(&queue));
    assert!(!paths(&repo, &["--", "QueueOldestMessageAge", "-workers"]).contains(&queue));
    assert!(paths(&repo, &["QueueOldestMessageAge \"no such words\""]).is_empty());
}

#[test]
fn a_word_with_a_hyphen_excludes_wherever_it_stands_unless_it_is_an_option() {
    let repo = memory();
    let disk = "wiki/runbooks/disk.md".to_owned();
    let finds = |args: &[&str]| paths(&repo, args).contains(&disk);
    assert!(finds(&["disk"]));
    for excluded in [
        &["disk", "-full"][..],
        &["-full", "disk"],
        &["-n", "5", "-full", "disk", "--kind", "runbook"],
        &["disk", "-full", "--", "writes"],
    ] {
        assert!(!finds(excluded), "{excluded:?}");
    }
    // `-n` takes a number, and `-h` stands alone; what begins like them is a word.
    assert!(finds(&["disk", "-nginx", "-haproxy", "-verbose"]));
    assert_eq!(paths(&repo, &["disk", "-n1", "-q"]).len(), 1);
    let all = repo.prode(&["query", "disk", "-unlikely", "--nope"]).fails(2);
    all.warns("unexpected argument '--nope'");
    repo.prode(&["list", "-windows"]).fails(2).warns("unexpected argument '-w'");
    repo.prode(&["query", "-h"]).ok().says("behind --");
}

#[test]
fn archived_and_draft_pages_come_only_when_asked_for_or_named() {
    let repo = memory();
    let old = "wiki/old-queue.md".to_owned();
    assert!(!paths(&repo, &["queue"]).contains(&old));
    assert!(paths(&repo, &["queue", "--include", "archived"]).contains(&old));
}

#[test]
fn typing_errors_are_forgiven_where_nothing_matches() {
    let repo = memory();
    let run = repo.prode(&["query", "mesages"]).ok();
    assert!(run.stdout().contains("Queue backlog"), "{}", run.stdout());
    run.warns("looked for 'messag'");
    repo.prode(&["query", "zzzzqqqq", "--fail-empty"]).fails(1);
}

#[test]
fn revisions_are_answered_as_they_were() {
    let repo = memory();
    let before = repo.git(&["rev-parse", "HEAD"]).trim().to_owned();
    repo.write("wiki/new.md", "# Certificates\n\nThe certificate expires.\n");
    assert!(paths(&repo, &["certificate"]).is_empty());
    assert_eq!(paths(&repo, &["certificate", "--worktree"]), ["wiki/new.md"]);
    repo.prode(&["query", "queue"]).ok().warns("1 page changed in your work tree is not searched");
    repo.commit_at("new page", "2026-03-01T12:00:00Z");
    assert_eq!(paths(&repo, &["certificate"]), ["wiki/new.md"]);
    assert!(paths(&repo, &["certificate", "--rev", &before]).is_empty());
    assert!(paths(&repo, &["certificate", "--as-of", "2026-02-28"]).is_empty());
    assert_eq!(paths(&repo, &["certificate", "--as-of", "2026-03-01"]), ["wiki/new.md"]);
    repo.prode(&["query", "x", "--rev", "nowhere"]).fails(1).warns("no revision 'nowhere'");
    repo.prode(&["query", "x", "--as-of", "soon"]).fails(2).warns("neither a date nor a time");
}

#[test]
fn a_batch_answers_line_by_line() {
    let repo = memory();
    let questions =
        "{\"qid\":\"a\",\"query\":\"-messages wait\",\"other\":1}\n\n{\"qid\":2,\"query\":\"\"}\n";
    let lines = repo.prode_with_input(&["query", "--batch", "-"], questions).ok().json_lines();
    assert_eq!(lines.len(), 2);
    assert_eq!(lines[0]["qid"], "a");
    assert_eq!(lines[0]["ranked"][0]["path"], "wiki/runbooks/queue.md");
    assert_eq!(lines[1], serde_json::json!({"qid": 2, "ranked": []}));
    repo.prode_with_input(&["query", "--batch", "-"], "\n{\"qid\":1}\n")
        .fails(1)
        .warns("line 2 is not a question: missing field `query`, column 9");
}

/// Questions are worked on by several threads; their answers come in their order, and each
/// is what it is alone.
#[test]
fn a_batch_of_many_gives_each_answer_in_its_place() {
    let repo = memory();
    let words = ["queue", "messages", "wait", "certificate", "runbook", "full", "disk", "page"];
    let question = |number: usize| {
        [number, number / 2, number / 3].map(|at| words[at % words.len()]).join(" ")
    };
    let lines: String = (0..100)
        .map(|number| json!({"qid": number, "query": question(number)}).to_string() + "\n")
        .collect();
    let answers = repo.prode_with_input(&["query", "--batch", "-"], &lines).ok().json_lines();
    assert_eq!(answers.len(), 100);
    for (number, answer) in answers.iter().enumerate() {
        assert_eq!(answer["qid"], number);
        if number % 9 == 0 {
            let alone = json!({"qid": number, "query": question(number)}).to_string();
            let alone = repo.prode_with_input(&["query", "--batch", "-"], &alone).ok().json_lines();
            assert_eq!(answers[number], alone[0]);
            let hits = repo.prode(&["query", "--json", &question(number)]);
            let hits = if hits.code() == Some(0) { hits.json()["hits"].clone() } else { json!([]) };
            let places = |list: &Value| -> Vec<(Value, Value)> {
                let list = list.as_array().unwrap();
                list.iter().map(|it| (it["path"].clone(), it["anchor"].clone())).collect()
            };
            assert_eq!(places(&answer["ranked"]), places(&hits), "{}", question(number));
        }
    }
    let broken = lines.replacen("{\"qid\":57", "{\"qid\"", 1).replacen("\"query\"", "\"q\"", 1);
    repo.prode_with_input(&["query", "--batch", "-"], &broken)
        .fails(1)
        .warns("line 1 is not a question");
}

#[test]
fn hostile_questions_are_answered() {
    let repo = memory();
    let long = "queue ".repeat(20_000);
    for question in ["the of and", "\u{1b}[31mqueue\u{7}", "\"", "-", "kind:", "(((", &long] {
        let run = repo.prode(&["query", "--", question]);
        assert!(matches!(run.code(), Some(0 | 2)), "{question:.20}: {}", run.stderr());
        assert!(!run.stdout().contains('\u{1b}'));
    }
    repo.prode(&["query", ""]).fails(2).warns("nothing to look for");
    let error = repo.prode(&["--json", "query", "x", "--rev", "nowhere"]).fails(1);
    let error: Value = serde_json::from_str(error.stderr().trim()).unwrap();
    assert_eq!((&error["schema"], &error["kind"]), (&"prode.error/v1".into(), &"not_found".into()));
}

#[test]
fn a_folder_without_git_and_a_repository_without_commits_answer_from_files() {
    for repo in [TestRepo::no_repository(), TestRepo::new()] {
        repo.write("notes.md", "# Disk\n\nThe disk is full.\n");
        assert_eq!(paths(&repo, &["disk"]), ["notes.md"]);
        let answer = repo.prode(&["query", "disk", "--json"]).ok().json();
        assert_eq!((&answer["commit"], &answer["worktree"]), (&Value::Null, &true.into()));
    }
}

/// Alerts that one pattern makes for every service: their words are the
/// pattern's, and the service's name alone tells them apart.
fn alike() -> TestRepo {
    let repo = TestRepo::new();
    let pattern = "# Apdex alerts\n\nThe SLI of a service has an apdex violating its SLO. The apdex value is a share.\n\n\
        ## What an SLI violating its SLO means\n\nAn apdex of a service, violating.\n";
    repo.write("docs/monitoring/apdex-violating-slo.md", pattern);
    for service in ["redis", "redis-cache", "web", "git"] {
        let page = format!("# Service of {service}\n\nLogs, dashboards and people to ask.\n");
        repo.write(format!("docs/{service}/README.md"), &page);
        repo.write(
            format!("docs/{service}/scaling.md"),
            "# Scaling\n\nMore of git, redis and web.\n",
        );
    }
    repo.write("docs/README.md", "# Documents\n\nWhat there is.\n").commit("pages");
    repo
}

#[test]
fn the_name_of_a_folder_leads_to_its_front_page() {
    let repo = alike();
    for service in ["redis-cache", "web", "git"] {
        let alert = format!("The client SLI of the {service} service has an apdex violating SLO");
        let found = paths(&repo, &[&alert, "-n", "3"]);
        assert!(found.contains(&format!("docs/{service}/README.md")), "{service}: {found:?}");
        let hit = hits(&repo, &[&alert, "--explain"]);
        let hit = hit.iter().find(|hit| hit["path"] == format!("docs/{service}/README.md"));
        let why = hit.unwrap()["why"].as_array().unwrap();
        assert!(why.iter().any(|why| why["field"] == "folder"), "{why:?}");
    }
}

#[test]
fn a_folder_only_points_and_one_named_after_what_its_pages_are_does_not() {
    let repo = alike();
    let why = |question: &str, path: &str| {
        let hits = hits(&repo, &[question, "--explain"]);
        let hit = hits.into_iter().find(|hit| hit["path"] == path);
        hit.map_or(Value::Null, |hit| hit["why"].clone()).to_string()
    };
    assert!(!why("documents in docs", "docs/README.md").contains("\"folder\""));
    assert!(why("redis logs", "docs/redis/README.md").contains("\"folder\""));
    // A word that happens to be a folder's name settles nothing.
    let answer =
        repo.prode(&["route", "--json", "git cannot draw invoices for customers"]).ok().json();
    assert_eq!(answer["abstained"], true, "{answer}");
}

#[test]
fn an_abbreviation_finds_what_pages_say_it_stands_for_as_long_as_they_do() {
    let repo = TestRepo::new();
    let grow =
        "# Volume usage critical\n\nGrow the persistent volume, then ask for a larger claim.\n";
    repo.write("wiki/volume.md", grow);
    repo.write("wiki/words.md", "# Words\n\nA PersistentVolumeClaim (PVC) asks for storage.\n");
    repo.write("wiki/pods.md", "# Pods\n\nA pod that is critical.\n").commit("pages");
    let first = |question: &str| paths(&repo, &[question, "-n", "1"]);
    assert_eq!(first("PVC critical"), ["wiki/volume.md"]);
    let hit = &hits(&repo, &["PVCs critical", "--explain", "-n", "1"])[0];
    let why = hit["why"].to_string();
    assert!(why.contains("\"volum\"") && why.contains("\"persist\""), "{why}");
    // Without the ingredient, and in a commit without the definition, nothing is known of it.
    let without = ["PVC", "--config", "routing.weights.abbreviations=0", "-n", "1"];
    assert_eq!(paths(&repo, &without), ["wiki/words.md"]);
    repo.write("wiki/words.md", "# Words\n\nNothing to say.\n").commit("no definition");
    assert_eq!(paths(&repo, &["PVC"]), Vec::<String>::new());
    assert_eq!(paths(&repo, &["PVC", "--rev", "HEAD~1"]).len(), 2);
}

#[test]
fn an_unknown_weight_is_reported_with_the_nearest() {
    let answer = memory().prode(&["query", "x", "--config", "routing.weights.titel=3"]).fails(2);
    let said = answer.stderr();
    assert!(said.contains("did you mean 'routing.weights.title'?"), "{said}");
}

#[test]
fn what_a_folder_is_called_does_not_name_its_front_page_outright() {
    let repo = TestRepo::new();
    repo.write("charts/cloud-thing/README.md", "# cloud-thing\n\nHow to install it.\n");
    let page = "# Replication errors\n\nCloudThing: the replication of a replica has errors.\n";
    repo.write("charts/runbooks/replication-errors.md", page).commit("pages");
    let asked = ["CloudThing replica has replication errors"];
    assert_eq!(paths(&repo, &asked)[0], "charts/runbooks/replication-errors.md");
    let why = hits(&repo, &["cloud-thing", "--explain"])[0]["why"].to_string();
    assert!(why.contains("\"folder\""), "{why}");
}
