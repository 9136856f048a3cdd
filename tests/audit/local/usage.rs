//! Counts, and the signals that rest on them.

use std::path::PathBuf;

use jiff::civil::Date;
use prode::usage::{Line, Usage};

use super::{local, of, skipped};
use crate::audit::{audited, page};
use crate::support::TestRepo;

const USED: &str = "wiki/queue.md";
const UNUSED: &str = "wiki/idle.md";
const QUESTION: &[&str] = &["query", "saturated", "broker"];

/// Two pages, old enough; one of them answers the question.
fn memory() -> TestRepo {
    let repo = TestRepo::new();
    let front = "reviewed: 2026-01-01\nreview_every: 2000d\n";
    repo.write(USED, page(front, "Saturated broker\n\nDrain it."));
    repo.write(UNUSED, page(front, "Idle\n\nNobody looks for this."));
    repo.commit_at("pages", "2026-01-01T00:00:00Z");
    repo
}

fn folder(repo: &TestRepo) -> PathBuf {
    repo.path().join(".git/prode")
}

/// Today and so many days later, as the clock of an audit.
fn in_days(days: i64) -> String {
    let today: Date = prode::clock::Clock::system().today();
    today.checked_add(jiff::ToSpan::days(days)).unwrap().to_string()
}

fn usage(repo: &TestRepo) -> serde_json::Value {
    let answer = repo.prode(&["usage", "--json"]).ok().json();
    let schema = repo.prode(&["schema", "usage"]).ok().json();
    assert!(jsonschema::is_valid(&schema, &answer), "{answer:#}");
    answer
}

#[test]
fn a_quarter_of_silence_is_told_of_pages_that_were_never_an_answer() {
    let repo = memory();
    for _ in 0..10 {
        repo.prode(QUESTION).ok();
    }
    let early = local(&repo, &in_days(1));
    assert_eq!(of(&early, UNUSED, "unused"), None);
    let why = skipped(&early, "unused").unwrap();
    assert!(why.starts_with("this machine has counts since 20"), "{why}");
    // The questions are the first day of these ninety.
    let day = in_days(90);
    let answer = local(&repo, &day);
    assert_eq!(skipped(&answer, "unused"), None);
    assert_eq!(of(&answer, USED, "unused"), None);
    let unused = of(&answer, UNUSED, "unused").unwrap();
    let why = unused["why"].as_str().unwrap();
    assert!(why.ends_with("on this machine in 90 days, in 10 questions"), "{why}");
    assert_eq!((&unused["local"], &unused["points"]["traffic"]), (&true.into(), &0.into()));
    assert_eq!((&answer["local"]["questions"], &answer["local"]["days"]), (&10.into(), &90.into()));
    repo.prode(&["audit", "--local", "--as-of", &day, "--fail-on", "unused"]).fails(1);
    // A day later nothing that was asked is left to tell by.
    let why = skipped(&local(&repo, &in_days(91)), "unused").unwrap();
    assert_eq!(why, "0 questions in 90 days are too few to tell; 10 are needed");
}

#[test]
fn a_page_that_was_read_or_moved_is_used() {
    let repo = memory();
    for _ in 0..10 {
        repo.prode(QUESTION).ok();
    }
    repo.prode(&["show", UNUSED]).ok();
    repo.rename(UNUSED, "wiki/moved.md");
    repo.commit_at("move", "2026-01-02T00:00:00Z");
    let answer = local(&repo, &in_days(90));
    assert_eq!(of(&answer, "wiki/moved.md", "unused"), None);
}

#[test]
fn a_young_page_a_decision_and_a_record_are_never_unused() {
    let repo = memory();
    for _ in 0..10 {
        repo.prode(QUESTION).ok();
    }
    repo.write("adr/0001-x.md", "# 1. X\n\nDate: 2026-01-01\n\n## Status\n\nAccepted\n");
    repo.write("wiki/minutes/2026-01-01.md", page("", "Minutes"));
    repo.write("wiki/over.md", page("archived: it is over\nstatus: archived\n", "Over"));
    repo.commit_at("old", "2026-01-03T00:00:00Z");
    let young = format!("{}T00:00:00Z", in_days(-5));
    repo.write("wiki/young.md", page("", "Young")).commit_at("young", &young);
    // Counts of a quarter, as if they had been counted.
    let usage = Usage::below(&folder(&repo));
    let day: Date = in_days(-100).parse().unwrap();
    let line = Line::Opened { day, page: USED.to_owned() };
    usage.add(&line, jiff::Timestamp::UNIX_EPOCH).unwrap();
    let answer = local(&repo, &in_days(0));
    let all = answer["findings"].as_array().unwrap();
    let unused: Vec<_> = all.iter().filter(|it| it["signal"] == "unused").collect();
    assert_eq!(unused.len(), 1, "{unused:#?}");
    assert_eq!(unused[0]["path"], UNUSED);
}

#[test]
fn a_mark_is_about_the_text_that_was_read() {
    let repo = memory();
    repo.prode(&["usage", "unhelpful", USED]).fails(1).warns("stood in no answer on this machine");
    for _ in 0..4 {
        repo.prode(QUESTION).ok();
    }
    let mark = repo.prode(&["usage", "unhelpful", USED, "--json"]).ok().json();
    assert_eq!(
        (&mark["pages"][0]["marked"], &mark["pages"][0]["answers"]),
        (&true.into(), &4.into())
    );
    let told = of(&local(&repo, &in_days(1)), USED, "misleading").unwrap();
    let why = told["why"].as_str().unwrap();
    assert!(why.starts_with("marked as unhelpful 1 of the 4 times that it was routed to"), "{why}");
    assert!(why.ends_with("(25 %)"), "{why}");
    assert_eq!((&told["confidence"], &told["local"]), (&25.into(), &true.into()));
    // Another date is no other text.
    let text = "Saturated broker\n\nDrain it.";
    repo.write(USED, page("reviewed: 2026-01-02\nreview_every: 2000d\n", text));
    repo.commit_at("review", "2026-01-02T00:00:00Z");
    assert!(of(&local(&repo, &in_days(1)), USED, "misleading").is_some());
    repo.write(USED, page("reviewed: 2026-01-02\nreview_every: 2000d\n", "Broker\n\nGrow it."));
    repo.commit_at("mend", "2026-01-03T00:00:00Z");
    assert_eq!(of(&local(&repo, &in_days(1)), USED, "misleading"), None);
}

#[test]
fn an_answer_is_marked_once() {
    let repo = memory();
    repo.prode(QUESTION).ok();
    let marked = |repo: &TestRepo| {
        let answer = repo.prode(&["usage", "unhelpful", USED, USED, "--json"]).ok().json();
        let schema = repo.prode(&["schema", "usage_unhelpful"]).ok().json();
        assert!(jsonschema::is_valid(&schema, &answer), "{answer:#}");
        answer["pages"]
            .as_array()
            .unwrap()
            .iter()
            .map(|it| it["marked"].clone())
            .collect::<Vec<_>>()
    };
    assert_eq!((marked(&repo), marked(&repo)), (vec![true.into()], vec![false.into()]));
    assert_eq!(usage(&repo)["pages"][0]["unhelpful"], 1);
}

#[test]
fn a_finding_of_this_machine_can_be_dismissed() {
    let repo = memory();
    for (key, value) in [("user.name", "Ada Example"), ("user.email", "ada@example.org")] {
        repo.git(&["config", key, value]);
    }
    repo.prode(QUESTION).ok();
    repo.prode(&["usage", "unhelpful", USED]).ok();
    repo.prode(&["dismiss", &format!("{USED}:misleading"), "--why", "it was another queue"]).ok();
    repo.commit_at("dismiss", "2026-01-02T00:00:00Z");
    let answer = local(&repo, &in_days(1));
    assert_eq!((of(&answer, USED, "misleading"), &answer["dismissed"]), (None, &1.into()));
}

#[test]
fn without_local_the_bytes_are_those_of_every_clone() {
    let repo = memory();
    let other = repo.clone_to(&[]);
    for _ in 0..10 {
        repo.prode(QUESTION).ok();
    }
    repo.prode(&["usage", "unhelpful", USED]).ok();
    let day = in_days(90);
    for format in ["json", "text", "md", "csv", "html"] {
        let args = ["audit", "--as-of", &day, "--format", format];
        let (here, there) = (repo.prode(&args).ok(), other.prode(&args).ok());
        assert_eq!(here.stdout(), there.stdout(), "{format}");
        assert!(!here.stdout().contains("traffic"), "{format}");
    }
    repo.prode(&["audit", "--fail-on", "unused"])
        .fails(2)
        .warns("prode audit --local --fail-on unused");
    repo.prode(&["audit", "--fail-on", "any"]).fails(0);
    repo.prode(&["audit", "--local", "--propose"]).fails(2);
    for format in ["text", "md", "html"] {
        let told = repo.prode(&["audit", "--local", "--as-of", &day, "--format", format]).ok();
        assert!(told.stdout().contains("what only this machine knows"), "{format}");
    }
}

#[test]
fn traffic_is_a_part_of_the_risk_that_settings_weigh() {
    let repo = memory();
    repo.write("wiki/none.md", "# Saturated\n").commit_at("a page", "2026-01-02T00:00:00Z");
    for _ in 0..3 {
        repo.prode(QUESTION).ok();
    }
    let points = |repo: &TestRepo| {
        let found = of(&local(repo, &in_days(0)), "wiki/none.md", "unowned").unwrap();
        let sum = ["signal", "kind", "size", "age", "links", "traffic"];
        let sum: u64 = sum.iter().map(|it| found["points"][it].as_u64().unwrap()).sum();
        assert_eq!(found["risk"], sum);
        found["points"]["traffic"].clone()
    };
    // Three answers are two of seven orders of magnitude.
    assert_eq!(points(&repo), 2);
    repo.write("prode.yaml", "audit: {weights: {traffic: 70}}\n");
    repo.commit_at("weigh", "2026-01-03T00:00:00Z");
    assert_eq!(points(&repo), 20);
}

#[test]
fn only_real_questions_count() {
    let repo = memory();
    repo.write(
        "wiki/one.md",
        page("kind: runbook\naliases: [OneAlert]\n", "OneAlert fires\n\nLook."),
    );
    repo.write("tests.yaml", "- {ticket: OneAlert fires, expect: [wiki/one.md]}\n");
    repo.commit_at("more", "2026-01-02T00:00:00Z");
    let batch = "{\"qid\":1,\"query\":\"saturated\"}\n";
    repo.prode_with_input(&["query", "--batch", "-"], batch).ok();
    repo.prode(&["eval"]);
    repo.prode(&["audit"]).ok();
    repo.prode(&["lint", "--all"]);
    repo.prode(&["list"]).ok();
    repo.prode(&["cite", "check", USED]);
    repo.prode(&["triage", "examples", "run", "expected-aborts"]).ok();
    assert_eq!(usage(&repo)["since"], serde_json::Value::Null);
    repo.prode(&["route", "OneAlert fires"]).ok();
    repo.prode(&["runbook", "OneAlert fires"]).ok();
    repo.prode(&["route", "nothing like this was ever written"]).ok();
    repo.prode(&["show", "wiki/one.md#oneAlert-fires"]);
    repo.prode(&["show", "wiki/one.md"]).ok();
    let answer = usage(&repo);
    assert_eq!(answer["questions"], 3);
    let row = &answer["pages"][0];
    assert_eq!((&row["path"], &row["routed"]), (&"wiki/one.md".into(), &2.into()), "{answer:#}");
}

#[test]
fn what_is_kept_holds_no_word_of_the_question_and_is_the_owners_alone() {
    let repo = memory();
    repo.prode(&["query", "saturated", "xylophone"]).ok();
    repo.prode(&["route", "saturated broker of customer 4711 xylophone"]).ok();
    let log = std::fs::read_to_string(folder(&repo).join("usage-v1.log")).unwrap();
    assert!(log.contains(USED), "{log}");
    for word in ["xylophone", "4711", "broker", "Ada", "query"] {
        assert!(!log.contains(word), "{word} in {log}");
    }
    #[cfg(unix)]
    {
        use std::os::unix::fs::PermissionsExt as _;
        let mode = std::fs::metadata(folder(&repo).join("usage-v1.log")).unwrap().permissions();
        assert_eq!(mode.mode() & 0o777, 0o600);
    }
}

#[test]
fn who_does_not_want_it_has_nothing_counted() {
    let repo = memory();
    let off = [("PRODE_USAGE", "off".to_owned())];
    repo.prode_in(&off, QUESTION, b"").ok();
    repo.prode(&[&["--config", "usage=off"], QUESTION].concat()).ok();
    assert!(!folder(&repo).join("usage-v1.log").exists());
    // A repository has no say in it.
    repo.write("prode.yaml", "usage: off\n").commit_at("settings", "2026-01-02T00:00:00Z");
    repo.prode(QUESTION).ok().warns("usage");
    assert_eq!(usage(&repo)["questions"], 1);
    let answer = repo.prode_in(&off, &["usage", "--json"], b"").ok().json();
    assert_eq!((&answer["counting"], &answer["since"]), (&false.into(), &serde_json::Value::Null));
    repo.prode_in(&off, &["usage", "unhelpful", USED], b"")
        .fails(1)
        .warns("nothing is counted here");
    let answer = repo.prode_in(&off, &["audit", "--local", "--json"], b"").ok().json();
    assert_eq!(skipped(&answer, "unused").unwrap(), "nothing is counted here: usage is off");
    // Forgetting is always possible.
    let forgotten = repo.prode_in(&off, &["usage", "forget", "--json"], b"").ok().json();
    assert_eq!(forgotten["forgotten"], true);
    assert_eq!(usage(&repo)["since"], serde_json::Value::Null);
}

#[test]
fn damage_is_said_and_stops_nothing() {
    let repo = memory();
    repo.prode(QUESTION).ok();
    let log = folder(&repo).join("usage-v1.log");
    let whole = std::fs::read(&log).unwrap();
    std::fs::write(&log, [&whole[..], b"\n{\"routed\":{\"day\":\"20"].concat()).unwrap();
    repo.prode(QUESTION).ok();
    let answer = usage(&repo);
    assert_eq!((&answer["questions"], answer["damage"].as_array().unwrap().len()), (&2.into(), 1));
    let why = skipped(&audited(&repo, &["--local"]), "usage").unwrap();
    assert_eq!(why, "1 lines of prode/usage-v1.log cannot be read and do not count");
    std::fs::write(&log, b"\xff\x00\xff\n".repeat(1000)).unwrap();
    std::fs::write(folder(&repo).join("usage-v1.json"), b"[]").unwrap();
    repo.prode(QUESTION).ok();
    let answer = usage(&repo);
    assert_eq!((&answer["questions"], answer["damage"].as_array().unwrap().len()), (&1.into(), 2));
}

#[test]
fn a_folder_that_cannot_be_written_counts_nothing_and_says_nothing() {
    let repo = memory();
    repo.prode(&["index"]).ok();
    // Nobody, root neither, can write a folder as if it were a file.
    std::fs::create_dir_all(folder(&repo).join("usage-v1.log")).unwrap();
    let run = repo.prode(QUESTION).ok();
    assert!(run.stdout().contains(USED) && run.stderr().is_empty(), "{}", run.stderr());
    repo.prode(&["usage"]).fails(1).warns("prode/usage-v1.log");
    let why = skipped(&audited(&repo, &["--local"]), "usage").unwrap();
    assert!(why.starts_with("the counts cannot be read: "), "{why}");
}

#[test]
fn writers_at_once_lose_nothing() {
    let repo = memory();
    repo.prode(QUESTION).ok();
    let many: Vec<_> = (0..8)
        .map(|_| {
            let mut command = repo.prode_command();
            command.args(QUESTION).stdout(std::process::Stdio::null());
            command.stderr(std::process::Stdio::null()).spawn().unwrap()
        })
        .collect();
    for mut child in many {
        assert!(child.wait().unwrap().success());
    }
    assert_eq!(usage(&repo)["questions"], 9);
}

#[test]
fn a_question_that_is_killed_counts_whole_or_not_at_all() {
    let repo = memory();
    repo.prode(QUESTION).ok();
    let begun = std::time::Instant::now();
    repo.prode(QUESTION).ok();
    let whole = begun.elapsed();
    let mut ended = 2;
    for kill in 0..24_u32 {
        let mut command = repo.prode_command();
        command.args(QUESTION).stdout(std::process::Stdio::null());
        let mut child = command.stderr(std::process::Stdio::null()).spawn().unwrap();
        // Around the end, where it is written.
        std::thread::sleep(whole * (12 + kill) / 24);
        child.kill().ok();
        ended += u64::from(child.wait().unwrap().success());
    }
    let answer = usage(&repo);
    let counted = answer["questions"].as_u64().unwrap();
    assert!((ended..=26).contains(&counted), "{counted} counted, {ended} ended");
    assert_eq!(answer["damage"].as_array().unwrap().len(), 0, "{answer:#}");
}
