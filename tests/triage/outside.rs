//! Runs that may comment: against a tracker that loses replies, and killed at
//! every step outside, there is one comment and one learning.
//! `cargo test --test main triage::outside -- --nocapture` prints the table.

use std::path::Path;
use std::process::{Command, Stdio};
use std::thread::sleep;
use std::time::Duration;

use serde_json::{Value, json};

use crate::support::TestRepo;
use crate::support::forge::{Fault, Issue, Kind, StandIn, Step, linear_schema, token};

pub(super) const TRACKERS: [Kind; 4] = [Kind::Linear, Kind::GitHub, Kind::GitLab, Kind::Gitea];

/// What is lost. Each is met once.
const FAULTS: &[(Step, Fault)] = &[
    (Step::Look, Fault::DropBefore),
    (Step::Comment, Fault::DropBefore),
    (Step::Comment, Fault::DropAfter),
    (Step::Comment, Fault::FailAfter),
    (Step::Comment, Fault::BadGateway),
    (Step::Comment, Fault::Later),
];

/// Where it stands when it is killed, and how many workers the run has then.
const KILLS: &[(&str, Step, Fault, u32)] = &[
    ("while the ticket is read, before there is a run", Step::Look, Fault::HoldBefore, 1),
    ("before the comment", Step::Comment, Fault::HoldBefore, 2),
    ("after the comment, before the record", Step::Comment, Fault::HoldAfter, 2),
];

/// A tracker, and a repository whose programs answer for its tickets.
pub(super) struct Desk {
    pub(super) there: StandIn,
    pub(super) repo: TestRepo,
}

impl Desk {
    /// `None`, said aloud, where what the tracker takes cannot be looked up.
    pub(super) fn new(kind: Kind) -> Option<Self> {
        if kind == Kind::Linear && linear_schema().is_none() {
            println!("skipped: the schema of Linear's API is not at hand");
            return None;
        }
        let repo = TestRepo::new();
        repo.write("wiki/edge.md", "---\nowner: '@edge'\n---\n# Requests that clients give up\n\nA client closed the request.\n");
        repo.commit("the beginning");
        for (key, value) in [("user.name", "Robot"), ("user.email", "robot@example.org")] {
            repo.git(&["config", key, value]);
        }
        Some(Self { there: StandIn::tracker(kind), repo })
    }

    /// A ticket, as it is typed, and its number.
    pub(super) fn ticket(&self) -> (String, u64) {
        let number = self.there.world().issue(Issue {
            title: "Requests that clients give up".to_owned(),
            body: "status: 499 at the edge, alertname=EdgeClientClosedRequest".to_owned(),
            labels: vec!["service:edge".to_owned()],
            files: Vec::new(),
            comments: Vec::new(),
        });
        let typed = match self.there.kind() {
            Kind::Linear => format!("linear:ENG-{number}"),
            kind => format!("{}:org/repo#{number}", kind.name()),
        };
        (typed, number)
    }

    pub(super) fn command(&self, args: &[&str]) -> Command {
        let mut command = self.repo.prode_command();
        command.args(["--config", "lease=1", "triage"]).args(args).arg("--json");
        reaching(&mut command, &self.there, &self.repo.home());
        command
    }

    pub(super) fn run(&self, typed: &str, mode: &str) -> (Value, i32) {
        let output = self.command(&["run", typed, "--mode", mode]).output().unwrap();
        let code = output.status.code().unwrap();
        let said = String::from_utf8_lossy(&output.stderr);
        assert!(matches!(code, 0 | 2 | 3 | 5), "{code}: {said}");
        (serde_json::from_slice(&output.stdout).unwrap_or(Value::Null), code)
    }

    /// Until it is done, as whoever is told that it is not known runs it again.
    pub(super) fn until_done(&self, typed: &str) -> (Value, usize) {
        for runs in 1..=12 {
            match self.run(typed, "comment") {
                (run, 0) => return (run, runs),
                (_, code) => assert!(matches!(code, 3 | 5), "{code}"),
            }
            sleep(Duration::from_millis(1_100));
        }
        panic!("it was never done");
    }

    /// Answers of the ticket's own time: noise, seen by two systems.
    pub(super) fn answers(&self, typed: &str) {
        let window = self.run(typed, "dry-run").0["ticket"]["window"].clone();
        noise(&self.repo.home(), &window);
    }

    pub(super) fn comments(&self, number: u64) -> usize {
        self.there.world().said(number).len()
    }

    /// Names of all learnings in the inbox.
    fn learnings(&self) -> Vec<Value> {
        let listed = self.repo.prode(&["inbox", "list", "--json"]).ok().json();
        listed["learnings"].as_array().unwrap().iter().map(|it| it["id"].clone()).collect()
    }

    /// What a run left: one comment, one learning, a sound history.
    fn is_done_once(&self, run: &Value, number: u64) {
        assert_eq!((&run["decision"], &run["phase"]), (&"stop".into(), &"stopped".into()), "{run}");
        let states = run["effects"].as_array().unwrap().iter().map(|it| it["state"].as_str());
        assert!(states.clone().count() == 2 && states.flatten().all(|it| it == "done"), "{run}");
        assert_eq!(self.comments(number), 1);
        let effects = run["effects"].as_array().unwrap();
        let learning = effects.iter().find(|it| it["sort"] == "learning").unwrap();
        let there = self.learnings().iter().filter(|it| **it == learning["reference"]).count();
        assert_eq!(there, 1, "{learning}");
        let id = run["run"].as_str().unwrap();
        self.repo.prode(&["triage", "verify", id]).ok();
    }
}

/// The tracker, and two programs that answer, of the user's side.
pub(crate) fn reaching(command: &mut Command, there: &StandIn, home: &Path) {
    command.env("PRODE_TRACKER__KIND", there.kind().name());
    command.env("PRODE_TRACKER__ENDPOINT", there.endpoint());
    command.env("PRODE_TRACKER__TOKEN", token());
    command.env("PRODE_TRACKER__TIMEOUT", "1");
    for name in ["aws", "sentry"] {
        let program = format!("[/bin/cat, {}]", home.join(format!("{name}.json")).display());
        command.env(format!("PRODE_SPECIALISTS__{}__PROGRAM", name.to_uppercase()), program);
    }
}

/// Answers of a ticket's own time: noise, seen by two systems.
pub(crate) fn noise(home: &Path, window: &Value) {
    for (name, other) in [("aws", "sentry"), ("sentry", "aws")] {
        let query = |what: &str| format!("{what} asked of {name}");
        let answer = json!({
            "schema": "prode.specialist.output/v1", "question": "what is there?",
            "queries": [{"source": name, "query": query("errors"), "window": window,
                "result": "empty", "would_refute": ["expected-noise"]}],
            "findings": [{"id": "F1", "claim": format!("clients give up, as {other} says too"),
                "supports": ["expected-noise"], "observed_at": window["from"],
                "receipts": [{"source": name, "query": query("aborts"), "window": window,
                    "at": window["until"], "excerpt": "2.3 % as in the weeks before"}]}],
        });
        let path = home.join(format!("{name}.json"));
        std::fs::write(path, answer.to_string()).unwrap();
    }
}

fn faults_of(kind: Kind) {
    let Some(desk) = Desk::new(kind) else { return };
    println!("| tracker | step | fault | runs | comments |\n|---|---|---|---|---|");
    for &(step, fault) in FAULTS {
        let (typed, number) = desk.ticket();
        desk.answers(&typed);
        desk.there.fail(step, fault);
        let (run, runs) = desk.until_done(&typed);
        assert!(desk.there.world().faults_are_over(), "{step:?} {fault:?} was not met");
        println!("| {} | {step:?} | {fault:?} | {runs} | {} |", kind.name(), desk.comments(number));
        desk.is_done_once(&run, number);
    }
    desk.there.is_sound();
}

fn kills_of(kind: Kind) {
    let Some(desk) = Desk::new(kind) else { return };
    println!("| tracker | killed | runs after it | comments |\n|---|---|---|---|");
    for &(name, step, fault, attempts) in KILLS {
        let (typed, number) = desk.ticket();
        desk.answers(&typed);
        desk.there.fail(step, fault);
        let command = &mut desk.command(&["run", &typed, "--mode", "comment"]);
        let mut child = command.stdout(Stdio::null()).stderr(Stdio::null()).spawn().unwrap();
        desk.there.wait_held();
        child.kill().unwrap();
        child.wait().unwrap();
        let (run, runs) = desk.until_done(&typed);
        println!("| {} | {name} | {runs} | {} |", kind.name(), desk.comments(number));
        desk.is_done_once(&run, number);
        assert_eq!(run["attempts"], attempts, "{name}");
    }
    desk.there.is_sound();
}

#[test]
fn whatever_a_tracker_loses_there_is_one_comment() {
    TRACKERS.into_iter().for_each(faults_of);
}

#[test]
fn wherever_it_is_killed_there_is_one_comment() {
    TRACKERS.into_iter().for_each(kills_of);
}

#[test]
fn a_dry_run_says_nothing_outside() {
    for kind in TRACKERS {
        let Some(desk) = Desk::new(kind) else { continue };
        let (typed, number) = desk.ticket();
        desk.answers(&typed);
        let (run, code) = desk.run(&typed, "dry-run");
        assert_eq!((code, &run["decision"]), (0, &"stop".into()), "{run}");
        let effects = run["effects"].as_array().unwrap();
        assert!(effects.len() == 2 && effects.iter().all(|it| it["state"] == "would"), "{run}");
        assert_eq!(desk.comments(number), 0);
        assert!(desk.learnings().is_empty());
        assert_eq!(desk.there.world().count(Step::Comment), 0);
    }
}

#[test]
fn a_text_is_no_ticket_to_comment_on() {
    let Some(desk) = Desk::new(Kind::GitHub) else { return };
    desk.repo.write("t.md", "# Slow\n\nvery slow\n");
    let (_, code) = desk.run("t.md", "comment");
    assert_eq!(code, 2);
}
