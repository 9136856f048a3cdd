//! The end of a ticket: asked for with its exact subject, approved by a person at a
//! terminal, and made by prode only where the user's side lists that.

#![allow(clippy::print_stdout, reason = "what is skipped is told")]

use std::fs;

use serde_json::{Value, json};

use super::team::Team;
use super::terminal::{Sitting, digits};
use crate::support::forge::{Issue, Kind, StandIn, linear_schema};
use crate::triage::moves_tampered::is_found;
use crate::triage::outside::{noise, reaching};

const POLICY: &str = "  ticket-cancel: {who: [team-sre]}\n  ticket-done: {who: [team-sre]}\n";

/// A team, its tracker, and a ticket that is noise.
struct Desk {
    team: Team,
    there: StandIn,
    typed: String,
    number: u64,
}

impl Desk {
    /// `None`, said aloud, where what the tracker takes cannot be looked up.
    fn new(kind: Kind, listed: &str) -> Option<Self> {
        if kind == Kind::Linear && linear_schema().is_none() {
            println!("skipped: the schema of Linear's API is not at hand");
            return None;
        }
        let team = Team::with(POLICY);
        let page = "---\nowner: '@org/sre'\n---\n# Requests that clients give up\n\nA client closed the request.\n";
        team.land("wiki/edge.md", page);
        let there = StandIn::tracker(kind);
        let number = there.world().issue(Issue {
            title: "Requests that clients give up".to_owned(),
            body: "status: 499 at the edge, alertname=EdgeClientClosedRequest".to_owned(),
            ..Issue::default()
        });
        let typed = match kind {
            Kind::Linear => format!("linear:ENG-{number}"),
            kind => format!("{}:org/repo#{number}", kind.name()),
        };
        let desk = Self { team, there, typed, number };
        desk.settings(listed);
        let window = desk.triage(&["run", &desk.typed])["ticket"]["window"].clone();
        noise(&desk.team.repo.home(), &window);
        Some(desk)
    }

    fn settings(&self, text: &str) {
        let path = self.team.repo.home().join(".config/prode/config.yaml");
        fs::create_dir_all(path.parent().unwrap()).unwrap();
        fs::write(path, text).unwrap();
    }

    fn triage(&self, args: &[&str]) -> Value {
        let mut command = self.team.repo.prode_command();
        command.args(["--config", "lease=1", "triage"]).args(args).arg("--json");
        reaching(&mut command, &self.there, &self.team.repo.home());
        let output = command.output().unwrap();
        assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
        serde_json::from_slice(&output.stdout).unwrap()
    }

    fn run(&self) -> Value {
        self.triage(&["run", &self.typed, "--mode", "comment"])
    }

    fn moves(&self) -> Vec<String> {
        self.there.world().moves(self.number).into_iter().map(str::to_owned).collect()
    }

    /// What somebody changes of its export is found.
    fn is_held_to_its_events(&self, run: &str) {
        let folder = tempfile::tempdir().unwrap();
        let export = folder.path().join("run");
        let place = export.display().to_string();
        self.team.repo.prode(&["triage", "export", run, "-o", &place]).ok();
        is_found(&export, |folder| {
            let place = folder.display().to_string();
            let said = self.team.repo.prode(&["triage", "verify", &place, "--json"]);
            serde_json::from_str(said.stdout()).unwrap()
        });
    }

    /// Grace reads it and signs with a software key; what she was shown.
    fn approve(&self, request: &str) -> String {
        let mut sitting = Sitting::at(&self.team, &[request], None);
        let shown = sitting.shown();
        let (rest, code) = sitting.answer(&digits(&shown));
        assert_eq!(code, 0, "{rest}");
        shown
    }
}

fn ends(kind: Kind) -> (&'static str, &'static str, &'static str) {
    match kind {
        Kind::Linear => ("Canceled", "ticket-cancel", "issueUpdate"),
        Kind::GitHub => ("closed", "ticket-done", "gh issue close"),
        Kind::GitLab => ("closed", "ticket-done", "glab issue close"),
        Kind::Gitea => ("closed", "ticket-done", "tea issues close"),
    }
}

const TRACKERS: [Kind; 4] = [Kind::Linear, Kind::GitHub, Kind::GitLab, Kind::Gitea];

fn state(run: &Value) -> Value {
    let effects = run["effects"].as_array().unwrap();
    effects.iter().find(|it| it["sort"] == "move").unwrap()["state"].clone()
}

#[test]
fn no_ticket_ends_before_a_person_approved_exactly_that() {
    for kind in TRACKERS {
        let (name, action, command) = ends(kind);
        let listed = format!("tracker: {{moves: {{stop: {name}}}, carries_out: [{action}]}}\n");
        let Some(desk) = Desk::new(kind, &listed) else { continue };
        let run = desk.run();
        let told = (&run["phase"], &run["outcome"], state(&run));
        assert_eq!(
            told,
            (&"waiting".into(), &"approval-waiting".into(), json!("planned")),
            "{run}"
        );
        let id = run["run"].as_str().unwrap();
        let request = format!("{id}:{action}:1");
        assert!(run["handoff"].as_str().unwrap().contains(&format!("prode approve {request}")));
        assert_eq!(desk.triage(&["resume", id])["phase"], "waiting");
        assert!(desk.moves().is_empty(), "{kind:?}");

        let shown = desk.approve(&request);
        for part in [&format!("to '{name}'"), command, action, "bundle", "ticket", id] {
            assert!(shown.contains(part), "no '{part}' in {shown}");
        }
        assert!(desk.moves().is_empty(), "a signature alone moves nothing");
        let closed = desk.triage(&["resume", id]);
        assert_eq!((&closed["phase"], &closed["outcome"]), (&"closed".into(), &"approved".into()));
        assert_eq!(state(&closed), "done", "{closed}");
        assert_eq!(desk.moves(), [name], "{kind:?}");
        assert_eq!(desk.triage(&["resume", id]), closed);
        assert_eq!(desk.moves().len(), 1);
        desk.team.repo.prode(&["triage", "show", id]).ok().says("carried out");
        desk.team.repo.prode(&["triage", "verify", id]).ok().says("is what happened");
        desk.there.is_sound();
        if kind == Kind::Linear {
            desk.is_held_to_its_events(id);
        }
    }
}

#[test]
fn what_is_not_listed_is_approved_and_left_to_a_person() {
    let listed = "tracker: {moves: {stop: closed}}\n";
    let desk = Desk::new(Kind::GitHub, listed).unwrap();
    let run = desk.run();
    assert_eq!((&run["phase"], state(&run)), (&"waiting".into(), json!("would")), "{run}");
    let id = run["run"].as_str().unwrap();
    desk.approve(&format!("{id}:ticket-done:1"));
    let closed = desk.triage(&["resume", id]);
    assert_eq!((&closed["phase"], state(&closed)), (&"closed".into(), json!("would")), "{closed}");
    assert!(desk.moves().is_empty());
    let shown = desk.team.repo.prode(&["triage", "show", id]).ok();
    shown
        .says("run by a person, not by prode")
        .says(&format!("gh issue close {} --repo org/repo --reason 'completed'", desk.number));
    desk.team.repo.prode(&["triage", "verify", id]).ok();
}

#[test]
fn a_ticket_that_somebody_moved_after_it_was_approved_stays() {
    let listed = "tracker: {moves: {stop: Canceled}, carries_out: [ticket-cancel]}\n";
    let Some(desk) = Desk::new(Kind::Linear, listed) else { return };
    let run = desk.run();
    let id = run["run"].as_str().unwrap();
    desk.approve(&format!("{id}:ticket-cancel:1"));
    desk.there.world().put(desk.number, "In Progress");
    let closed = desk.triage(&["resume", id]);
    assert_eq!((&closed["phase"], state(&closed)), (&"closed".into(), json!("left")), "{closed}");
    assert!(desk.moves().is_empty());
    desk.team.repo.prode(&["triage", "verify", id]).ok();
}
