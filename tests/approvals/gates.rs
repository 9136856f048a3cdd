//! A gate of a procedure, approved by a person at a terminal and passed by it.

use prode::ops::triage::requests;
use serde_json::Value;

use super::team::Team;
use super::terminal::{Sitting, digits};

const PAGE: &str = "---\nkind: sop\nowner: '@org/sre'\n---\n# Raise\n\n## Gate 1: Design\n\nThe lead decides.\n\n\
    ## Gate 2: Build\n\n```sh\nmake\n```\n\n## Gate 3: Test\n\n## Gate 4: PR\n";

fn team() -> Team {
    let team = Team::with("  sop-gate: {who: [team-sre]}\n");
    team.land("wiki/sops/raise.md", PAGE);
    team
}

fn start(team: &Team, args: &[&str]) -> crate::support::ProdeRun {
    team.repo.prode(&[&["triage", "sop", "start"], args, &["--json"]].concat())
}

fn approve(team: &Team, request: &str) -> String {
    let mut sitting = Sitting::at(team, &[request], None);
    let shown = sitting.shown();
    let (rest, code) = sitting.answer(&digits(&shown));
    assert_eq!(code, 0, "{rest}");
    shown
}

fn opened(team: &Team) -> String {
    start(team, &["wiki/sops/raise.md"]).ok().json()["run"].as_str().unwrap().to_owned()
}

#[test]
fn a_signed_gate_is_passed_once_and_says_how_strong_it_was() {
    let team = team();
    let run = opened(&team);
    let pass = ["--run", &run, "--approved"];
    start(&team, &pass).fails(4).warns("prode approve");
    let shown = approve(&team, &format!("{run}:sop-gate:1"));
    for part in ["pass gate 1", "wiki/sops/raise.md@", "The lead decides."] {
        assert!(shown.contains(part), "no '{part}' in {shown}");
    }
    let passed = start(&team, &pass).ok().json();
    let decided: &Value = &passed["gates"][0]["decided"];
    assert_eq!((&decided["how"], &decided["decision"]), (&"weak".into(), &"go".into()));
    assert_eq!(decided["statements"].as_array().unwrap().len(), 1);
    assert!(passed["record"].as_str().unwrap().contains(", weak, "), "{passed}");
    start(&team, &pass).fails(4).warns(":sop-gate:2");
    let other = requests::document(&team.workspace(), &format!("{run}:sop-gate:4")).unwrap_err();
    assert_eq!(other.to_string(), format!("run '{run}' is at gate 2, and asks for nothing else"));
}

#[test]
fn a_signature_is_for_the_outputs_that_were_there() {
    let team = team();
    let run = opened(&team);
    let go = ["--run", &run, "--decide", "go", "--why", "fine", "--by", "@lead"];
    start(&team, &go).ok();
    approve(&team, &format!("{run}:sop-gate:2"));
    team.repo.write("out.txt", "built");
    start(&team, &["--run", &run, "--done", "1", "--output", "out.txt"]).ok();
    start(&team, &["--run", &run, "--approved"]).fails(4);
    approve(&team, &format!("{run}:sop-gate:2"));
    assert_eq!(start(&team, &["--run", &run, "--approved"]).ok().json()["gate"], 3);
}
