//! What a run asks for: approved by a person at a terminal, used once, and
//! written down in the run.

use serde_json::Value;

use super::team::Team;
use super::terminal::{Sitting, digits};
use crate::support::HardwareKey;

const POLICY: &str = "  data-correction: {who: [team-sre]}\n";
const EXAMPLE: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/src/ops/triage/examples/data-state");

fn example(path: &str) -> String {
    std::fs::read_to_string(format!("{EXAMPLE}/{path}")).unwrap()
}

/// A team whose page routes the ticket, and programs that answer for it.
fn team() -> Team {
    let team = Team::with(POLICY);
    team.land("wiki/invoices.md", &example("memory/invoices-are-wrong.md"));
    team.repo.write("ticket.json", example("ticket.json"));
    team
}

fn triage(team: &Team, args: &[&str]) -> Value {
    let mut command = team.repo.prode_command();
    command.arg("triage").args(args).arg("--json");
    for name in ["postgres", "sentry", "release"] {
        let program = format!("[/bin/cat, {EXAMPLE}/outputs/{name}.json]");
        command.env(format!("PRODE_SPECIALISTS__{}__PROGRAM", name.to_uppercase()), program);
    }
    let output = command.output().unwrap();
    assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
    serde_json::from_slice(&output.stdout).unwrap()
}

#[test]
fn a_run_waits_until_a_person_approved_exactly_what_it_asks_for_and_closes_once() {
    let team = team();
    let run = triage(&team, &["run", "ticket.json"]);
    assert_eq!((&run["phase"], &run["decision"]), (&"waiting".into(), &"pr".into()));
    let id = run["run"].as_str().unwrap();
    assert_eq!(triage(&team, &["resume", id])["phase"], "waiting");

    let request = format!("{id}:data-correction:1");
    let (rest, code) = Sitting::at(&team, &[&request], None).ended();
    assert_eq!(code, 4, "{rest}");
    assert!(rest.contains("too-weak"), "{rest}");
    assert_eq!(triage(&team, &["resume", id])["phase"], "waiting");

    let key = HardwareKey::plugged_in(&team.repo.home(), "grace-sk", 1);
    let line = format!("grace@example.org namespaces=\"prode-approval\" {}\n", key.text());
    team.land(".prode/allowed_signers", &(team.signers() + &line));
    let public = key.public().display().to_string();
    let mut sitting = Sitting::at(&team, &[&request, "--key", &public], Some(&key));
    let shown = sitting.shown();
    for part in ["UPDATE invoices SET tax_country", "data-correction", "bundle", id] {
        assert!(shown.contains(part), "no '{part}' in {shown}");
    }
    let (rest, code) = sitting.answer(&digits(&shown));
    assert_eq!(code, 0, "{rest}");

    let closed = triage(&team, &["resume", id]);
    assert_eq!((&closed["phase"], &closed["outcome"]), (&"closed".into(), &"approved".into()));
    assert_eq!(closed["approvals"][0]["request"], Value::from(request.as_str()));
    assert_eq!(closed["approvals"][0]["strength"], "strong");
    assert_eq!(triage(&team, &["resume", id]), closed);
    team.repo.prode(&["triage", "verify", id]).ok().says("is what happened");
    team.repo.prode(&["approvals", "verify"]).ok();
}

#[test]
fn what_no_run_asks_for_cannot_be_approved() {
    let team = team();
    let id = triage(&team, &["run", "ticket.json"])["run"].as_str().unwrap().to_owned();
    for (name, says) in [
        (format!("{id}:data-correction:2"), "it asks for: "),
        (format!("{id}:deploy:1"), "does not ask for 'deploy:1'"),
        (format!("{id}:data-correction:0"), "does not ask for"),
        ("R-20260101-abcdef:data-correction:1".to_owned(), "is not in the store"),
    ] {
        let (rest, code) = Sitting::at(&team, &[&name], None).ended();
        assert_eq!(code, 1, "{rest}");
        assert!(rest.contains(says), "no '{says}' in {rest}");
    }
}
