//! The real program on a pseudo-terminal, with real keys.

use rexpect::process::WaitStatus;
use rexpect::session::{PtySession, spawn_command};

use super::{House, PLACE};

const PATIENCE: u64 = 30_000;

fn sit(house: &House, args: &[&str]) -> PtySession {
    let mut command = house.repo.prode_command();
    command.args(["triage", "sop"]).args(args).stdin(std::process::Stdio::inherit());
    spawn_command(command, Some(PATIENCE)).unwrap()
}

fn ended(mut session: PtySession) -> (String, i32) {
    let rest = session.exp_eof().unwrap();
    match session.process().wait().unwrap() {
        WaitStatus::Exited(_, code) => (rest, code),
        other => panic!("it ended as {other:?}: {rest}"),
    }
}

#[test]
fn a_person_walks_a_gate_by_answering() {
    let house = House::new();
    let mut session = sit(&house, &["start", PLACE]);
    session.exp_string("is it so, \"The cap is missing: stop, ask @lead.\"? [y/N] ").unwrap();
    session.send_line("n").unwrap();
    session.exp_string("gate 1: go, stop, or nothing to leave it: ").unwrap();
    session.send_line("go").unwrap();
    session.exp_string("why: ").unwrap();
    session.send_line("scope is fine").unwrap();
    session.exp_string("who decided [you]: ").unwrap();
    session.send_line("@lead").unwrap();
    session.exp_string("A check fails twice").unwrap();
    session.exp_string("[y/N] ").unwrap();
    session.send_line("y").unwrap();
    session.exp_string("why: ").unwrap();
    session.send_line("twice").unwrap();
    session.exp_string("gate 2: go, stop, or nothing to leave it: ").unwrap();
    session.send_line("").unwrap();
    let (rest, code) = ended(session);
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
    session.exp_string("When is it used, and when not?: ").unwrap();
    session.send_line("When it is full.").unwrap();
    session.exp_string("and: ").unwrap();
    session.send_line("").unwrap();
    session.exp_string("Why is it done this way, and not another?: ").unwrap();
    session.process_mut().signal("SIGKILL".parse().unwrap()).unwrap();
    drop(session);
    let mut session = sit(&house, &args);
    session.exp_string("Why is it done this way, and not another?: ").unwrap();
    let asked = 22;
    for _ in 0..asked {
        session.send_line("").unwrap();
    }
    session.exp_string("propose it now? [y/N] ").unwrap();
    session.send_line("y").unwrap();
    let (rest, code) = ended(session);
    assert_eq!(code, 0, "{rest}");
    assert!(rest.contains("proposed"), "{rest}");
    assert!(house.repo.git(&["log", "--all", "-p"]).contains("When it is full."));
}
