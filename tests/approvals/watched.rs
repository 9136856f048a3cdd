//! A run that waits while a queue is watched: it is gone on with once somebody approved,
//! and claimed no sooner.

use std::process::Command;

use jiff::Timestamp;
use prode::store::{SqliteStore, Store};
use regex::Regex;
use serde_json::Value;

use super::runs::{EXAMPLE, approve, example, team};
use super::team::Team;
use crate::support::forge::{Issue, Kind, StandIn, token};

struct Watched {
    team: Team,
    there: StandIn,
}

impl Watched {
    /// A ticket of the example, on a tracker, and answers of its own time.
    fn new() -> Self {
        let watched = Self { team: team(), there: StandIn::tracker(Kind::GitLab) };
        let ticket: Value = serde_json::from_str(&example("ticket.json")).unwrap();
        let text = |name: &str| ticket[name].as_str().unwrap_or_default().to_owned();
        let labels = |label: &str| vec![label.to_owned()];
        for label in ["incident", "another"] {
            let (title, body) = (text("title"), text("description"));
            let issue = Issue { title, body, labels: labels(label), ..Issue::default() };
            watched.there.world().issue(issue);
        }
        // The other one tells the time of both.
        let other = watched.triage(&["run", "gitlab:org/repo#2", "--json"]);
        let time = |value: &Value| value.as_str().unwrap().parse::<Timestamp>().unwrap();
        let there = time(&other[0]["ticket"]["window"]["from"]);
        let recorded = time(&ticket["window"]["from"]);
        let stamp = Regex::new(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ").unwrap();
        for name in ["postgres", "sentry", "release"] {
            let output = std::fs::read_to_string(format!("{EXAMPLE}/outputs/{name}.json")).unwrap();
            let moved = stamp.replace_all(&output, |found: &regex::Captures<'_>| {
                let at: Timestamp = found[0].parse().unwrap();
                (there + at.duration_since(recorded)).to_string()
            });
            let place = watched.team.repo.home().join(format!("{name}.json"));
            std::fs::write(place, moved.as_bytes()).unwrap();
        }
        watched
    }

    fn command(&self, args: &[&str]) -> Command {
        let mut command = self.team.repo.prode_command();
        command.arg("triage").args(args);
        command.env("PRODE_TRACKER__KIND", "gitlab").env("PRODE_TRACKER__TOKEN", token());
        command.env("PRODE_TRACKER__ENDPOINT", self.there.endpoint());
        command.env("PRODE_WATCH__PROJECT", "org/repo").env("PRODE_WATCH__LABEL", "incident");
        for name in ["postgres", "sentry", "release"] {
            let answer = self.team.repo.home().join(format!("{name}.json"));
            let program = format!("[/bin/cat, {}]", answer.display());
            command.env(format!("PRODE_SPECIALISTS__{}__PROGRAM", name.to_uppercase()), program);
        }
        command
    }

    /// The lines of JSON that it prints.
    fn triage(&self, args: &[&str]) -> Vec<Value> {
        let output = self.command(args).output().unwrap();
        assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
        let said = String::from_utf8_lossy(&output.stdout).into_owned();
        said.lines().map(|it| serde_json::from_str(it).unwrap()).collect()
    }

    fn watch(&self) -> Vec<Value> {
        self.triage(&["watch", "--once", "--addr", "127.0.0.1:0", "--json"])
    }
}

#[test]
fn a_run_that_waits_is_claimed_once_somebody_approved_and_no_sooner() {
    let watched = Watched::new();
    let events = watched.watch();
    let rested = events.iter().find(|it| it["event"] == "rested").unwrap();
    assert_eq!((&rested["phase"], &rested["decision"]), (&"waiting".into(), &"pr".into()));
    let id = rested["run"].as_str().unwrap();
    let claims = || {
        let place = watched.team.repo.path().join(".git").join(prode::store::PLACE);
        let store = SqliteStore::existing(&place).unwrap().unwrap();
        store.run(&id.parse().unwrap()).unwrap().attempt
    };
    for _ in 0..2 {
        let looked = &watched.watch()[1];
        assert_eq!((&looked["added"], &looked["waiting"]), (&0.into(), &1.into()), "{looked}");
        assert_eq!(claims(), 1);
    }
    approve(&watched.team, &format!("{id}:data-correction:1"));
    let events = watched.watch();
    let rested = events.iter().find(|it| it["event"] == "rested").unwrap();
    assert_eq!((&rested["phase"], &rested["decided"]), (&"closed".into(), &false.into()));
    let run = watched.triage(&["show", id, "--json"]).remove(0);
    assert_eq!((&run["outcome"], claims()), (&"approved".into(), 2));
    assert_eq!(watched.watch()[1]["added"], 0);
}
