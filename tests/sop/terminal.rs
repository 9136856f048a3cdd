//! The real program on a pseudo-terminal, with real keys.

use super::{House, PLACE};
use crate::support::Sitting;

fn sit(house: &House, args: &[&str]) -> Sitting {
    let mut command = house.repo.prode_command();
    command.args(["triage", "sop"]).args(args);
    Sitting::at(command)
}

#[test]
fn a_person_walks_a_gate_by_answering() {
    let house = House::new();
    let mut session = sit(&house, &["start", PLACE]);
    session.sees("is it so, \"The cap is missing: stop, ask @lead.\"? [y/N] ");
    session.types("n");
    session.sees("gate 1: go, stop, or nothing to leave it: ");
    session.types("go");
    session.sees("why: ");
    session.types("scope is fine");
    session.sees("who decided [you]: ");
    session.types("@lead");
    session.sees("A check fails twice");
    session.sees("[y/N] ");
    session.types("y");
    session.sees("why: ");
    session.types("twice");
    session.sees("gate 2: go, stop, or nothing to leave it: ");
    session.types("");
    let (rest, code) = session.ended();
    assert_eq!(code, 0, "{rest}");
    let run = house.start(&[PLACE]).ok().json();
    assert_eq!((&run["gate"], &run["gates"][0]["decided"]["by"]), (&2.into(), &"@lead".into()));
    assert_eq!(run["gates"][1]["stops"][0]["marked"], true);
}

#[test]
fn an_expert_who_is_cut_off_goes_on_with_the_next_question() {
    let house = House::new();
    let args = ["capture", "--title", "Drain the queue"];
    let mut session = sit(&house, &args);
    session.sees("When is it used, and when not?: ");
    session.types("When it is full.");
    session.sees("and: ");
    session.types("");
    session.sees("Why is it done this way, and not another?: ");
    session.killed();
    let mut session = sit(&house, &args);
    session.sees("Why is it done this way, and not another?: ");
    let asked = 22;
    for _ in 0..asked {
        session.types("");
    }
    session.sees("propose it now? [y/N] ");
    session.types("y");
    let (rest, code) = session.ended();
    assert_eq!(code, 0, "{rest}");
    assert!(rest.contains("proposed"), "{rest}");
    assert!(house.repo.git(&["log", "--all", "-p"]).contains("When it is full."));
}
