//! The ticket of a run that proposes a change moves with its pull request: once, and
//! not before.

use std::process::Stdio;

use serde_json::Value;

use super::Desk;
use crate::support::forge::{Fault, Kind, State};

/// A desk whose user's side lists where tickets go.
pub(super) fn desk(kind: Kind) -> Desk {
    let desk = Desk::new(kind);
    desk.there.world().labels.extend(["in review", "needs human"].map(str::to_owned));
    desk.settings(
        "triage: {verify: ['sh check.sh'], budgets: {answer_time: 2s}, window: {after: 10m}}\nlease: 1\ncoder: {time: 5}\n\
         tracker: {moves: {pr: in review, stop: needs human}}\n",
    );
    desk
}

pub(super) fn moves(desk: &Desk, number: u64) -> Vec<String> {
    desk.there.world().moves(number).into_iter().map(str::to_owned).collect()
}

#[test]
fn a_ticket_moves_once_its_change_is_proposed_and_not_before() {
    for kind in Kind::ALL {
        let desk = desk(kind);
        let (typed, number) = desk.ticket();
        // In mode comment nothing is proposed, and the move is listed only.
        let (run, code, said) = desk.says(&["run", &typed, "--mode", "comment"]);
        assert_eq!((code, &run["decision"]), (0, &"pr".into()), "{said}");
        assert_eq!(state(&run), "would", "{run}");
        let run = desk.run(&typed);
        let effects = run["effects"].as_array().unwrap();
        let order: Vec<&str> = effects.iter().map(|it| it["sort"].as_str().unwrap()).collect();
        assert_eq!(order[..4], ["branch", "pull-request", "comment", "move"]);
        assert_eq!(state(&run), "done", "{run}");
        assert_eq!(moves(&desk, number), ["+in review"]);
        desk.decide(State::Merged("1".repeat(40)));
        desk.is_mended();
        let run = desk.resume(&run);
        assert_eq!((&run["phase"], state(&run)), (&"closed".into(), "done"), "{run}");
        assert_eq!(moves(&desk, number).len(), 1);
        desk.is_sound(&run);
    }
}

/// What the change was turned back for is a stop, and moves the ticket as one.
#[test]
fn a_change_that_is_turned_back_moves_the_ticket_as_a_stop_does() {
    let desk = desk(Kind::GitHub);
    desk.coder("echo x > package.json", &super::reply());
    let (typed, number) = desk.ticket();
    let run = desk.run(&typed);
    assert_eq!((&run["phase"], state(&run)), (&"stopped".into(), "done"), "{run}");
    assert_eq!(moves(&desk, number), ["+needs human"]);
    desk.is_sound(&run);
}

#[test]
fn killed_around_the_move_there_is_one_of_each() {
    for fault in [Fault::HoldBefore, Fault::HoldAfter] {
        let desk = desk(Kind::GitHub);
        let (typed, number) = desk.ticket();
        desk.there.fail(Kind::GitHub.moving(), fault);
        let command = &mut desk.command(&["run", &typed, "--mode", "pr"]);
        let mut child = command.stdout(Stdio::null()).stderr(Stdio::null()).spawn().unwrap();
        desk.there.wait_held();
        child.kill().unwrap();
        child.wait().unwrap();
        let (run, _) = desk.until_done(&["run", &typed, "--mode", "pr"]);
        assert_eq!((&run["phase"], state(&run)), (&"await-merge".into(), "done"), "{run}");
        assert_eq!(moves(&desk, number), ["+in review"], "{fault:?}");
        let branch = format!("prode/run/{}", run["run"].as_str().unwrap());
        let said = desk.there.world().said(number).len();
        assert_eq!((desk.pulls(&branch), said), (1, 1), "{fault:?}");
        desk.is_sound(&run);
    }
}

fn state(run: &Value) -> &str {
    let effects = run["effects"].as_array().unwrap();
    effects.iter().find(|it| it["sort"] == "move").unwrap()["state"].as_str().unwrap()
}
