//! A queue that is watched: each ticket once, whoever watches, is stopped or is killed.

use std::collections::BTreeMap;
use std::process::{Command, Stdio};
use std::time::{Duration, Instant};

use hmac::{Hmac, KeyInit, Mac};
use jiff::{Timestamp, ToSpan};
use prode::clock::Clock;
use prode::ids::hex;
use prode::store::{Ask, Claim, SqliteStore, Store as _};
use serde_json::{Value, json};
use sha2::Sha256;

use super::outside::{Desk, TRACKERS};
use crate::serve::{Served, receive, until};
use crate::support::forge::{Issue, Kind};

/// What the label of the desk's tickets is.
const LABEL: &str = "service:edge";

const SECRET: &str = "between the two of us";

pub(super) fn watch(desk: &Desk, more: &[&str]) -> Command {
    let mut command = desk.command(&["watch", "--addr", "127.0.0.1:0"]);
    let project = if desk.there.kind() == Kind::Linear { "ENG" } else { "org/repo" };
    command.env("PRODE_WATCH__PROJECT", project).env("PRODE_WATCH__LABEL", LABEL);
    command.env("PRODE_WATCH__WEBHOOK_SECRET", SECRET);
    command.args(more).stdin(Stdio::null());
    command
}

/// What a watch of what waits now tells, and its exit code.
fn once(desk: &Desk, more: &[&str]) -> (Vec<Value>, i32) {
    let output = watch(desk, &[&["--once"], more].concat()).output().unwrap();
    let said = String::from_utf8_lossy(&output.stdout).into_owned();
    let events = said.lines().map(|it| serde_json::from_str(it).unwrap()).collect();
    assert!(output.status.code() == Some(0) || output.stdout.is_empty(), "{output:?}");
    (events, output.status.code().unwrap())
}

/// Every run of the store, by its ticket.
fn runs(desk: &Desk) -> BTreeMap<String, Vec<Value>> {
    let listed = desk.repo.prode(&["triage", "list", "--json"]).ok().json();
    let mut all: BTreeMap<String, Vec<Value>> = BTreeMap::new();
    for run in listed["runs"].as_array().unwrap() {
        all.entry(run["ticket"].as_str().unwrap().to_owned()).or_default().push(run.clone());
    }
    all
}

#[track_caller]
fn each_was_worked_on_once(desk: &Desk, tickets: usize) {
    let runs = runs(desk);
    assert_eq!(runs.len(), tickets, "{runs:?}");
    for (ticket, runs) in runs {
        assert_eq!(runs.len(), 1, "{ticket}: {runs:?}");
        assert_eq!(runs[0]["phase"], "stopped", "{ticket}: {runs:?}");
    }
}

#[test]
fn what_waits_is_worked_on_and_not_once_more() {
    for kind in TRACKERS {
        let Some(desk) = Desk::new(kind) else { continue };
        let typed: Vec<String> = (0..3).map(|_| desk.ticket().0).collect();
        let (events, code) = once(&desk, &["--max-parallel", "2"]);
        assert_eq!((code, &events[0]["max_parallel"]), (0, &2.into()), "{events:?}");
        assert_eq!(events[1]["event"], "looked");
        assert_eq!((&events[1]["tickets"], &events[1]["added"]), (&3.into(), &3.into()));
        let rested: Vec<&Value> = events.iter().filter(|it| it["event"] == "rested").collect();
        assert_eq!(rested.len(), typed.len(), "{events:?}");
        assert!(rested.iter().all(|it| it["decided"] == true), "{events:?}");
        each_was_worked_on_once(&desk, 3);
        let (events, _) = once(&desk, &[]);
        assert_eq!((&events[1]["tickets"], &events[1]["added"]), (&3.into(), &0.into()));
        assert_eq!(events.len(), 2, "{events:?}");
        desk.ticket();
        once(&desk, &[]);
        each_was_worked_on_once(&desk, 4);
        desk.there.is_sound();
    }
}

#[test]
fn several_watches_share_a_queue() {
    let desk = Desk::new(Kind::GitLab).unwrap();
    (0..12).for_each(|_| drop(desk.ticket()));
    let watches: Vec<_> =
        (0..3).map(|_| watch(&desk, &["--once"]).stdout(Stdio::piped()).spawn().unwrap()).collect();
    let mut rested = 0;
    for watch in watches {
        let output = watch.wait_with_output().unwrap();
        assert_eq!(output.status.code(), Some(0), "{output:?}");
        rested += String::from_utf8_lossy(&output.stdout).matches("\"event\":\"rested\"").count();
    }
    assert_eq!(rested, 12);
    each_was_worked_on_once(&desk, 12);
}

/// A specialist that takes its time, and says once that it was asked.
fn slow(desk: &Desk, command: &mut Command, seconds: u32) {
    let (script, asked) = (desk.repo.home().join("slow.sh"), desk.repo.home().join("asked"));
    let text = format!("#!/bin/sh\ntouch {}\nsleep {seconds}\n", asked.display());
    std::fs::write(&script, text).unwrap();
    let program = format!("[/bin/sh, {}]", script.display());
    command.env("PRODE_SPECIALISTS__AWS__PROGRAM", program);
}

fn is_asked(desk: &Desk) -> bool {
    desk.repo.home().join("asked").exists()
}

#[test]
fn a_stop_lets_a_run_end_and_takes_no_other() {
    let desk = Desk::new(Kind::GitLab).unwrap();
    desk.ticket();
    desk.ticket();
    let mut command = watch(&desk, &["--max-parallel", "1"]);
    slow(&desk, &mut command, 2);
    let server = Served::begin(command);
    until("somebody is asked", || is_asked(&desk));
    server.signal("TERM");
    until("it is seen", || server.get("/readyz", &[]).status == 503);
    assert_eq!(server.get("/healthz", &[]).status, 200);
    let (status, told) = server.end();
    assert_eq!((status.code(), told.as_str()), (Some(0), ""));
    let runs = runs(&desk);
    assert_eq!(runs.len(), 1, "{runs:?}");
    assert!(runs.values().all(|it| it[0]["phase"] == "stopped"), "{runs:?}");
}

#[test]
fn a_second_request_gives_the_run_back_and_the_next_watch_goes_on_there() {
    let desk = Desk::new(Kind::GitLab).unwrap();
    desk.ticket();
    let mut command = watch(&desk, &["--config", "watch.grace=600", "--config", "lease=600"]);
    slow(&desk, &mut command, 3);
    let server = Served::begin(command);
    until("somebody is asked", || is_asked(&desk));
    let begun = Instant::now();
    server.signal("TERM");
    server.signal("TERM");
    let (status, told) = server.end();
    assert_eq!((status.code(), told.as_str()), (Some(0), ""));
    assert!(begun.elapsed() < Duration::from_mins(1), "it waited for the grace");
    let left = runs(&desk);
    assert!(left.values().all(|it| it[0]["phase"] == "investigate"), "{left:?}");
    // Its lease of ten minutes was given back.
    let (events, _) = once(&desk, &[]);
    assert!(events.iter().any(|it| it["event"] == "rested"), "{events:?}");
    each_was_worked_on_once(&desk, 1);
    let run = runs(&desk).into_values().next().unwrap()[0]["run"].clone();
    let run = desk.repo.prode(&["triage", "show", run.as_str().unwrap(), "--json"]).ok().json();
    assert_eq!(run["attempts"], 2, "{run}");
}

#[test]
fn what_a_killed_watch_had_is_gone_on_with() {
    let desk = Desk::new(Kind::GitLab).unwrap();
    (0..3).for_each(|_| drop(desk.ticket()));
    // Whoever asks holds the run for as long as the answer may take.
    let limits = "triage.budgets={answer_time: 10s}";
    let mut command = watch(&desk, &["--max-parallel", "3", "--config", limits]);
    slow(&desk, &mut command, 60);
    let server = Served::begin(command);
    until("all are worked on", || server.metric("prode_watch_working") == 3 && is_asked(&desk));
    server.signal("KILL");
    server.end();
    until("the leases are over", || {
        once(&desk, &[]);
        runs(&desk).values().all(|it| it[0]["phase"] == "stopped")
    });
    each_was_worked_on_once(&desk, 3);
}

#[test]
fn a_ticket_whose_worker_was_lost_before_its_first_line_is_worked_on() {
    let desk = Desk::new(Kind::GitLab).unwrap();
    desk.ticket();
    once(&desk, &[]);
    let (_, number) = desk.ticket();
    let ticket = format!("org/repo#{number}");
    let store = desk.repo.path().join(".git").join(prode::store::PLACE);
    let claim = |fresh: &str, ticket: &str, until: Timestamp| {
        let mut store = SqliteStore::existing(&store).unwrap().unwrap();
        let now = until - 1.hour();
        let fresh = fresh.parse().unwrap();
        let ask = Ask { ticket, worker: "lost", now, until, fresh: &fresh, once: true };
        assert!(matches!(store.claim(&ask).unwrap(), Claim::Taken(_)));
    };
    // One whose lease is not over is left alone.
    let now = Clock::system().now();
    claim("R-20261126-000001", &ticket, now + 3.seconds());
    let (events, _) = once(&desk, &[]);
    assert_eq!((&events[1]["tickets"], &events[1]["added"]), (&2.into(), &0.into()));
    let listed = runs(&desk);
    assert_eq!(listed[&ticket][0]["phase"], "intake", "{listed:?}");
    let shown = desk.repo.prode(&["triage", "show", "R-20261126-000001"]).fails(1);
    shown.warns("nothing of it is written yet");
    until("its lease is over", || {
        once(&desk, &[]);
        runs(&desk)[&ticket][0]["phase"] == "stopped"
    });
    each_was_worked_on_once(&desk, 2);
    assert_eq!(runs(&desk)[&ticket][0]["run"], "R-20261126-000001");
}

#[test]
fn a_signed_webhook_is_a_reason_to_look_and_nothing_else_is() {
    let cases = [
        (Kind::GitHub, "x-hub-signature-256: sha256="),
        (Kind::Linear, "linear-signature: "),
        (Kind::Gitea, "x-gitea-signature: "),
        (Kind::GitLab, "x-gitlab-token: "),
    ];
    for (kind, header) in cases {
        let Some(desk) = Desk::new(kind) else { continue };
        let server = Served::begin(watch(&desk, &["--config", "watch.every=3600"]));
        until("it looked", || server.get("/readyz", &[]).status == 200);
        let (_, number) = desk.ticket();
        let now = Clock::system().now().as_millisecond();
        let body = json!({"action": "create", "webhookTimestamp": now}).to_string();
        let mut mac = Hmac::<Sha256>::new_from_slice(SECRET.as_bytes()).unwrap();
        mac.update(body.as_bytes());
        let signed = hex(&mac.finalize().into_bytes());
        let proof = if kind == Kind::GitLab { SECRET } else { &signed };
        let post = |path: &str, header: &str, body: &str| {
            let headers = ["Content-Type: application/json", header];
            receive(server.send(&format!("POST {path}"), &headers, body))
        };
        let path = format!("/webhooks/{}", kind.name());
        let (good, bad) = (format!("{header}{proof}"), format!("{header}{}", &proof[1..]));
        post(&path, &bad, &body).refuses(401, "not signed");
        post(&path, "X-Other: 1", &body).refuses(401, "not signed");
        let other = if kind == Kind::GitHub { "gitea" } else { "github" };
        post(&format!("/webhooks/{other}"), &good, &body).refuses(404, "nothing at this path");
        server.get(&path, &[]).refuses(405, "GET");
        assert_eq!(server.metric("prode_watch_looks_total{outcome=\"ok\"}"), 1);
        assert_eq!(post(&path, &good, &body).status, 202);
        let over = "prode_triage_runs_total{phase=\"stopped\",decision=\"stop\"}";
        until("the ticket was worked on", || server.metric(over) == 1);
        assert_eq!(server.metric("prode_webhooks_total"), 1);
        assert_eq!(server.metric("prode_refused_total{reason=\"signature\"}"), 2);
        assert_eq!(number, 1);
        each_was_worked_on_once(&desk, 1);
    }
}

#[test]
fn it_is_ready_while_store_repository_and_tracker_answer() {
    let desk = Desk::new(Kind::GitLab).unwrap();
    desk.ticket();
    let server = Served::begin(watch(&desk, &["--config", "watch.every=5"]));
    until("it looked", || server.get("/readyz", &[]).status == 200);
    let ready = server.get("/readyz", &[]).json();
    assert_eq!((&ready["ready"], &ready["trunk"]), (&true.into(), &"main".into()), "{ready}");
    until("the ticket was worked on", || {
        runs(&desk).values().any(|it| it[0]["phase"] == "stopped")
    });
    let metrics = server.get("/metrics", &[]).body;
    for series in [
        "prode_watch_queue 1",
        "prode_watch_working 0",
        "prode_triage_decisions_total{decision=\"stop\"} 1",
        "prode_triage_specialist_calls_total{specialist=\"aws\",outcome=",
        "prode_triage_step_duration_seconds_count{phase=\"route\"} 1",
        "process_open_fds ",
        "prode_build_info{version=",
    ] {
        assert!(metrics.contains(series), "no {series} in {metrics}");
    }
    assert!(!metrics.contains("give up"), "nothing of a ticket: {metrics}");
    shipped_files_name_what_is_told(&metrics);
    desk.repo.prode(&["triage", "freeze", "on", "--why", "an incident"]).ok();
    until("the freeze is seen", || {
        server.metric("prode_watch_looks_total{outcome=\"failed\"}") > 0
    });
    server.get("/readyz", &[]).refuses(503, "frozen by");
    desk.repo.prode(&["triage", "freeze", "off"]).ok();
    until("it is lifted", || server.get("/readyz", &[]).status == 200);
    let folder = desk.repo.path().join(".git/prode");
    let away = desk.repo.home().join("away");
    std::fs::rename(desk.repo.path(), &away).unwrap();
    until("the repository is gone", || server.get("/readyz", &[]).status == 503);
    std::fs::rename(&away, desk.repo.path()).unwrap();
    assert!(folder.exists());
    until("it is there again", || server.get("/readyz", &[]).status == 200);
}

/// The alert rules and the dashboard ask for series that there are.
fn shipped_files_name_what_is_told(metrics: &str) {
    let name = regex::Regex::new(r"\b(?:prode|process)_[a-z_]+\b").unwrap();
    let told: Vec<&str> = metrics.lines().filter_map(|it| it.strip_prefix("# TYPE ")).collect();
    let top = std::path::Path::new(env!("CARGO_MANIFEST_DIR"));
    for file in ["wiki/watching-alerts.yaml", "wiki/watching-dashboard.json"] {
        let text = std::fs::read_to_string(top.join(file)).unwrap();
        let names: Vec<&str> = name.find_iter(&text).map(|it| it.as_str()).collect();
        assert!(names.len() > 10, "{file}: {names:?}");
        for name in names {
            let series = name.strip_suffix("_bucket").unwrap_or(name);
            let is_told = told.iter().any(|it| it.split(' ').next() == Some(series));
            assert!(is_told, "{file}: nobody tells {series}");
        }
    }
}

#[test]
fn a_ticket_that_fails_is_told_and_holds_up_no_other() {
    let desk = Desk::new(Kind::GitLab).unwrap();
    let labels = vec![LABEL.to_owned()];
    desk.there.world().issue(Issue { body: "a ".repeat(1 << 20), labels, ..Issue::default() });
    desk.ticket();
    let (events, _) = once(&desk, &["--max-parallel", "1"]);
    let failed: Vec<&Value> = events.iter().filter(|it| it["event"] == "failed").collect();
    assert_eq!(failed.len(), 1, "{events:?}");
    assert!(failed[0]["again"].as_u64().is_some_and(|it| (15..=30).contains(&it)), "{failed:?}");
    assert_eq!(events.iter().filter(|it| it["event"] == "rested").count(), 1, "{events:?}");
    assert!(failed[0]["why"].as_str().unwrap().contains("2097"), "{failed:?}");
    each_was_worked_on_once(&desk, 1);
}

#[test]
fn a_watch_that_is_not_set_up_says_what_is_missing() {
    let desk = Desk::new(Kind::GitLab).unwrap();
    let says = |command: &mut Command, code: i32, words: &str| {
        let output = command.output().unwrap();
        let said = String::from_utf8_lossy(&output.stderr).into_owned();
        assert_eq!(output.status.code(), Some(code), "{said}");
        let error: Value = serde_json::from_str(&said).unwrap();
        assert!(error["message"].as_str().unwrap().contains(words), "{said}");
        assert!(!error["hints"].as_array().unwrap().is_empty(), "{said}");
    };
    says(
        watch(&desk, &["--once"])
            .env_remove("PRODE_TRACKER__KIND")
            .env_remove("PRODE_TRACKER__ENDPOINT"),
        2,
        "no tracker",
    );
    says(watch(&desk, &["--once"]).env_remove("PRODE_TRACKER__TOKEN"), 2, "no token");
    says(
        watch(&desk, &["--once"]).env("PRODE_TRACKER__TOKEN", "another"),
        1,
        "does not take the token",
    );
    says(watch(&desk, &["--once"]).env_remove("PRODE_WATCH__PROJECT"), 2, "watch.project");
    says(watch(&desk, &["--once"]).env_remove("PRODE_WATCH__LABEL"), 1, "watch.label");
    says(watch(&desk, &["--once"]).env("PRODE_WATCH__PROJECT", "../x"), 1, "watch.project");
    says(&mut watch(&desk, &["--once", "--mode", "pr"]), 2, "no forge is set up");
    says(&mut watch(&desk, &["--once", "--mode", "all"]), 2, "there is no mode");
    assert!(runs(&desk).is_empty());
    let folder = crate::support::TestRepo::no_repository();
    let mut command = folder.prode_command();
    super::outside::reaching(&mut command, &desk.there, &folder.home());
    command.env("PRODE_WATCH__PROJECT", "org/repo").env("PRODE_WATCH__LABEL", LABEL);
    command.args(["triage", "watch", "--once", "--addr", "127.0.0.1:0", "--json"]);
    says(&mut command, 1, "outside of a repository");
}
