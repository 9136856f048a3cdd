//! What a run asks for: approved by a person at a terminal, used once, and
//! written down in the run.

use prode::ops::approvals::{self, Named};
use prode::ops::ledger::{self, Asked};
use serde_json::Value;

use super::team::Team;
use super::terminal::{Sitting, digits};
use crate::support::HardwareKey;

const POLICY: &str = "  data-correction: {who: [team-sre]}\n";
pub(super) const EXAMPLE: &str =
    concat!(env!("CARGO_MANIFEST_DIR"), "/src/ops/triage/examples/data-state");

pub(super) fn example(path: &str) -> String {
    std::fs::read_to_string(format!("{EXAMPLE}/{path}")).unwrap()
}

/// A team whose page routes the ticket, and programs that answer for it.
pub(super) fn team() -> Team {
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

/// Grace approves with a hardware key that she touches; what she was shown.
pub(super) fn approve(team: &Team, request: &str) -> String {
    let key = HardwareKey::plugged_in(&team.repo.home(), "grace-sk", 1);
    let line = format!("grace@example.org namespaces=\"prode-approval\" {}\n", key.text());
    team.land(".prode/allowed_signers", &(team.signers() + &line));
    let public = key.public().display().to_string();
    let mut sitting = Sitting::at(team, &[request, "--key", &public], Some(&key));
    let shown = sitting.shown();
    let (rest, code) = sitting.answer(&digits(&shown));
    assert_eq!(code, 0, "{rest}");
    shown
}

/// What a run asks for, as it is approved.
fn asked(team: &Team, request: &str) -> Asked {
    let workspace = team.workspace();
    let reviewed = workspace.reviewed().unwrap();
    approvals::resolve(&workspace, &reviewed, Named::Revision(request), None).unwrap()
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

    let shown = approve(&team, &request);
    for part in ["UPDATE invoices SET tax_country", "data-correction", "bundle", id] {
        assert!(shown.contains(part), "no '{part}' in {shown}");
    }

    let closed = triage(&team, &["resume", id]);
    assert_eq!((&closed["phase"], &closed["outcome"]), (&"closed".into(), &"approved".into()));
    assert_eq!(closed["approvals"][0]["request"], Value::from(request.as_str()));
    assert_eq!(closed["approvals"][0]["strength"], "strong");
    assert_eq!(triage(&team, &["resume", id]), closed);
    team.repo.prode(&["triage", "verify", id]).ok().says("is what happened");
    team.repo.prode(&["approvals", "verify"]).ok();
}

#[test]
fn an_approval_that_was_used_up_before_a_kill_is_not_asked_for_again() {
    let team = team();
    let id = triage(&team, &["run", "ticket.json"])["run"].as_str().unwrap().to_owned();
    let request = format!("{id}:data-correction:1");
    approve(&team, &request);
    // As far as it comes when it is killed before it writes that down.
    ledger::use_up(&team.workspace(), &[asked(&team, &request)], &request).unwrap();
    let closed = triage(&team, &["resume", &id]);
    assert_eq!((&closed["phase"], &closed["outcome"]), (&"closed".into(), &"approved".into()));
}

/// Marks are signed by nobody, so whoever can write the ref can make one.
#[test]
fn a_mark_of_use_makes_no_approval_of_what_is_none() {
    let team = team();
    let id = triage(&team, &["run", "ticket.json"])["run"].as_str().unwrap().to_owned();
    let asked = asked(&team, &format!("{id}:data-correction:1"));
    // Grace may approve, but not with a key that signs without being touched.
    let weak = team.signed("grace", team.statement("grace", &asked));
    team.store(&weak);
    team.store_file(&format!("used/{}.json", weak.id()), b"{}");
    let codes: Vec<_> = team.decided(&asked).refused.iter().map(|it| it.1.code()).collect();
    assert_eq!(codes, ["used"], "the mark is seen");
    assert_eq!(triage(&team, &["resume", &id])["phase"], "waiting");
}

#[test]
fn what_no_run_asks_for_cannot_be_approved() {
    let team = team();
    let id = triage(&team, &["run", "ticket.json"])["run"].as_str().unwrap().to_owned();
    for (name, says) in [
        (format!("{id}:data-correction:2"), "it asks for: "),
        (format!("{id}:deploy:1"), "does not ask for 'deploy:1'"),
        (format!("{id}:data-correction:0"), "does not ask for"),
        ("R-20260101-abcdef:data-correction:1".to_owned(), "there is no run"),
    ] {
        let (rest, code) = Sitting::at(&team, &[&name], None).ended();
        assert_eq!(code, 1, "{rest}");
        assert!(rest.contains(says), "no '{says}' in {rest}");
    }
}
