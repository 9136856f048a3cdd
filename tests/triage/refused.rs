//! What is refused: bad tickets, unknown runs, other modes, a freeze, a run
//! that somebody else works on, a folder that is no repository.

use std::process::Stdio;
use std::thread;
use std::time::Duration;

use serde_json::json;

use super::team::{Team, ticket};
use crate::support::TestRepo;

fn refused(team: &Team, ticket: impl AsRef<[u8]>, code: i32, says: &str) {
    team.put("ticket.json", ticket);
    let run = team.run().fails(code).warns(says);
    assert_eq!(run.stdout(), "");
    let runs = team.repo.prode(&["triage", "list", "--json"]).ok().json();
    assert_eq!(runs["runs"], json!([]), "nothing was opened");
}

#[test]
fn a_ticket_that_is_none_is_told_so() {
    let team = Team::new();
    refused(&team, "", 1, "the ticket says nothing");
    refused(&team, " \n\t\n", 1, "the ticket says nothing");
    refused(&team, [0xff, 0xfe, b'a', 0x80], 1, "UTF-8");
    let mut backwards = ticket();
    backwards["window"] = json!({"from": "2026-11-03T15:00:00Z", "until": "2026-11-03T13:00:00Z"});
    refused(&team, backwards.to_string(), 1, "before it begins");
    let five = "the queue is full. ".repeat(5_000_000 / 19);
    refused(&team, five, 1, "bytes, and at most");
    refused(&team, "title\0", 1, "no text");
    team.repo.prode(&["triage", "run", "../home/gone.json"]).fails(1).warns("gone.json");
}

#[test]
fn a_ticket_of_many_bytes_that_mean_nothing_is_no_crash() {
    let team = Team::new();
    for text in ["{", "[[[[[[", "---\n---\n", "{\"title\": 7}", "\u{feff}", "null"] {
        team.put("ticket.json", text);
        let run = team.run();
        assert!(matches!(run.code(), Some(0 | 1)), "{text:?}: {:?} {}", run.code(), run.stderr());
    }
}

#[test]
fn a_run_that_is_not_known_names_what_to_type() {
    let team = Team::new();
    for command in ["show", "resume", "decide", "verify", "export"] {
        team.repo
            .prode(&["triage", command, "R-20261103-000000"])
            .fails(1)
            .warns("prode triage run");
    }
    let name = team.run().ok().json()["run"].as_str().unwrap().to_owned();
    for command in ["show", "resume", "decide", "verify", "export"] {
        let run = team.repo.prode(&["triage", command, "R-20261103-000000"]).fails(1);
        assert!(run.stderr().contains("R-20261103-000000"), "{command}: {}", run.stderr());
        let run = team.repo.prode(&["triage", command, "../../etc"]).fails(2);
        assert!(run.stderr().contains("hint:"), "{command}: {}", run.stderr());
    }
    team.repo.prode(&["triage", "show", &name]).ok();
    let typed = format!("{}0", &name[..name.len() - 1]);
    if typed != name {
        team.repo.prode(&["triage", "show", &typed]).fails(1).warns(&name);
    }
}

#[test]
fn no_mode_makes_effects_yet() {
    let team = Team::new();
    for mode in ["comment", "pr"] {
        team.run_with(&["--mode", mode]).fails(2).warns("--mode dry-run");
    }
    team.run_with(&["--mode", "yolo"]).fails(2).warns("dry-run, comment, pr");
    team.run_with(&["--mode", "dry-run"]).ok();
}

#[test]
fn a_freeze_begins_nothing_and_shows_everything() {
    let team = Team::new();
    let run = team.run().ok().json()["run"].as_str().unwrap().to_owned();
    team.repo.prode(&["triage", "freeze", "on", "--why", "the tracker lies", "--as", "@ada"]).ok();
    let mut other = ticket();
    other["identifier"] = json!("ENG-2");
    team.ticket(&other);
    team.run().fails(4).warns("frozen by @ada").warns("prode triage freeze off");
    team.repo.prode(&["triage", "list"]).ok().says("frozen: the tracker lies");
    for command in ["show", "verify", "decide", "resume"] {
        team.repo.prode(&["triage", command, &run]).ok();
    }
    team.repo.prode(&["triage", "freeze"]).ok().says("the tracker lies");
    team.repo.prode(&["triage", "freeze", "off"]).ok().says("not frozen");
    team.run().ok();
}

#[test]
fn a_run_that_somebody_works_on_is_theirs_until_they_are_done() {
    let team = Team::new();
    // Waits for the test before it answers.
    team.program("sentry", "cat > /dev/null; touch \"$HOME/begun\"; \
        for i in $(seq 300); do [ -e \"$HOME/go\" ] && break; sleep 0.1; done; cat \"$HOME/answers/NAME.json\"");
    let settings = std::fs::read_to_string(team.home(".config/prode/config.yaml")).unwrap();
    team.put(".config/prode/config.yaml", settings.replace("answer_time: 2s", "answer_time: 60s"));
    let mut first = team.repo.prode_command();
    let first =
        first.args(["triage", "run", "../home/ticket.json", "--json"]).stdout(Stdio::piped());
    let first = first.spawn().unwrap();
    while !team.home("begun").exists() {
        thread::sleep(Duration::from_millis(10));
    }
    let second = team.run().fails(3).warns("works on run").warns("prode triage show");
    assert_eq!(second.stdout(), "");
    team.repo.prode(&["triage", "list"]).ok().says("held by prode-");
    team.put("go", "");
    let output = first.wait_with_output().unwrap();
    assert!(output.status.success());
    let runs = team.repo.prode(&["triage", "list", "--json"]).ok().json();
    assert_eq!(runs["runs"].as_array().unwrap().len(), 1);
    assert_eq!(runs["runs"][0]["holder"], json!(null));
}

#[test]
fn where_no_repository_is_a_run_is_told_and_nothing_is_kept() {
    let team = Team { repo: TestRepo::no_repository() };
    team.ticket(&ticket());
    let run = team.run().ok().json();
    assert_eq!(run["decision"], "stop", "nobody can be asked");
    assert_eq!(std::fs::read_dir(team.repo.path()).unwrap().count(), 0);
    team.repo.prode(&["triage", "list"]).ok().warns("no run is here");
    team.repo
        .prode(&["triage", "show", run["run"].as_str().unwrap()])
        .fails(1)
        .warns("no run was ever");
    team.repo.prode(&["triage", "examples", "run", "backend-500"]).ok();
}
