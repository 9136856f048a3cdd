//! Runs that move their tickets: once, whatever is lost or killed, and never to an
//! end that no person approved.
//! `cargo test --test main triage::moving -- --nocapture` prints the tables.

use std::process::Stdio;

use serde_json::{Value, json};

use super::outside::{Desk, TRACKERS};
use crate::support::forge::{Fault, Kind, Step};

/// What is lost when the ticket is moved. Each is met once.
const FAULTS: &[Fault] =
    &[Fault::DropBefore, Fault::DropAfter, Fault::FailAfter, Fault::BadGateway, Fault::Later];

/// Where it stands when it is killed.
const KILLS: &[(&str, Fault)] = &[
    ("after the intent, before the move", Fault::HoldBefore),
    ("after the move, before the record", Fault::HoldAfter),
];

/// Where a ticket goes whose run stopped.
fn target(kind: Kind) -> &'static str {
    if kind == Kind::Linear { "Backlog" } else { "needs human" }
}

/// What the tracker did, once.
fn once(kind: Kind) -> &'static str {
    if kind == Kind::Linear { "Backlog" } else { "+needs human" }
}

/// With that listed on the user's side.
fn desk(kind: Kind) -> Option<Desk> {
    let desk = Desk::new(kind)?;
    desk.there.world().labels.push("needs human".to_owned());
    settings(&desk, &format!("{{stop: {}}}", target(kind)));
    Some(desk)
}

fn settings(desk: &Desk, moves: &str) {
    let path = desk.repo.home().join(".config/prode/config.yaml");
    std::fs::create_dir_all(path.parent().unwrap()).unwrap();
    std::fs::write(path, format!("tracker: {{moves: {moves}}}\n")).unwrap();
}

fn moved(run: &Value) -> Value {
    let effects = run["effects"].as_array().unwrap();
    effects.iter().find(|it| it["sort"] == "move").cloned().unwrap_or(Value::Null)
}

fn moves(desk: &Desk, number: u64) -> Vec<String> {
    desk.there.world().moves(number).into_iter().map(str::to_owned).collect()
}

#[track_caller]
fn is_done_once(desk: &Desk, run: &Value, number: u64, what: &str) {
    assert_eq!((&run["decision"], &run["phase"]), (&"stop".into(), &"stopped".into()), "{run}");
    assert_eq!(moved(run)["state"], "done", "{what}: {run}");
    assert_eq!(moves(desk, number), [once(desk.there.kind())], "{what}");
    assert_eq!(desk.comments(number), 1, "{what}");
    desk.repo.prode(&["triage", "verify", run["run"].as_str().unwrap()]).ok();
}

fn faults_of(kind: Kind) {
    let Some(desk) = desk(kind) else { return };
    println!("| tracker | fault | runs | moves |\n|---|---|---|---|");
    for &fault in FAULTS {
        let (typed, number) = desk.ticket();
        desk.answers(&typed);
        desk.there.fail(kind.moving(), fault);
        let (run, runs) = desk.until_done(&typed);
        assert!(desk.there.world().faults_are_over(), "{fault:?} was not met");
        println!("| {} | {fault:?} | {runs} | {} |", kind.name(), moves(&desk, number).join(", "));
        is_done_once(&desk, &run, number, &format!("{fault:?}"));
    }
    desk.there.is_sound();
}

fn kills_of(kind: Kind) {
    let Some(desk) = desk(kind) else { return };
    println!("| tracker | killed | runs after it | moves |\n|---|---|---|---|");
    for &(name, fault) in KILLS {
        let (typed, number) = desk.ticket();
        desk.answers(&typed);
        killed(&desk, &typed, kind.moving(), fault);
        let (run, runs) = desk.until_done(&typed);
        println!("| {} | {name} | {runs} | {} |", kind.name(), moves(&desk, number).join(", "));
        is_done_once(&desk, &run, number, name);
        assert_eq!(run["attempts"], 2, "{name}");
    }
    desk.there.is_sound();
}

/// Runs until a request is held, and ends it.
fn killed(desk: &Desk, typed: &str, step: Step, fault: Fault) {
    desk.there.fail(step, fault);
    let command = &mut desk.command(&["run", typed, "--mode", "comment"]);
    let mut child = command.stdout(Stdio::null()).stderr(Stdio::null()).spawn().unwrap();
    desk.there.wait_held();
    child.kill().unwrap();
    child.wait().unwrap();
}

#[test]
fn whatever_a_tracker_loses_a_ticket_is_moved_once() {
    TRACKERS.into_iter().for_each(faults_of);
}

#[test]
fn wherever_it_is_killed_a_ticket_is_moved_once() {
    TRACKERS.into_iter().for_each(kills_of);
}

#[test]
fn a_ticket_that_a_person_moved_since_the_run_began_stays() {
    for kind in TRACKERS {
        let Some(desk) = desk(kind) else { continue };
        let (typed, number) = desk.ticket();
        desk.answers(&typed);
        killed(&desk, &typed, Step::Comment, Fault::HoldBefore);
        match kind {
            Kind::Linear => desk.there.world().put(number, "In Progress"),
            _ => desk.there.world().put(number, "closed"),
        }
        let (run, _) = desk.until_done(&typed);
        assert_eq!(moved(&run)["state"], "left", "{run}");
        let why = moved(&run)["why"].as_str().unwrap().to_owned();
        let told = if kind == Kind::Linear { "moved meanwhile" } else { "it is closed there" };
        assert!(why.starts_with(told), "{why}");
        assert!(moves(&desk, number).is_empty() && desk.comments(number) == 1);
        let id = run["run"].as_str().unwrap();
        desk.repo.prode(&["triage", "verify", id]).ok();
        desk.repo.prode(&["triage", "show", id]).ok().says(told);
    }
}

#[test]
fn a_ticket_that_stands_there_already_is_done_and_nothing_is_sent() {
    for kind in TRACKERS {
        let Some(desk) = desk(kind) else { continue };
        let (typed, number) = desk.ticket();
        desk.answers(&typed);
        match kind {
            Kind::Linear => desk.there.world().put(number, "Backlog"),
            _ => desk.there.world().relabel(number, &["service:edge", "needs human"]),
        }
        let (run, _) = desk.until_done(&typed);
        assert_eq!(moved(&run)["state"], "done", "{run}");
        assert!(moves(&desk, number).is_empty());
    }
}

#[test]
fn a_dry_run_lists_the_move_and_asks_nobody_to_approve_an_end() {
    for kind in TRACKERS {
        let Some(desk) = desk(kind) else { continue };
        let (typed, number) = desk.ticket();
        desk.answers(&typed);
        let (run, _) = desk.run(&typed, "dry-run");
        assert_eq!(moved(&run)["state"], "would", "{run}");
        let summary = moved(&run)["summary"].as_str().unwrap().to_owned();
        assert!(summary.ends_with(&format!("to '{}'", target(kind))), "{summary}");
        settings(&desk, if kind == Kind::Linear { "{stop: Done}" } else { "{stop: closed}" });
        let (run, _) = desk.run(&typed, "dry-run");
        assert_eq!((&run["phase"], &run["waiting"]), (&"stopped".into(), &json!([])), "{run}");
        let states: Vec<&Value> =
            run["effects"].as_array().unwrap().iter().map(|it| &it["state"]).collect();
        assert!(states.iter().all(|it| **it == "would") && states.len() == 4, "{run}");
        assert!(moves(&desk, number).is_empty() && desk.comments(number) == 0);
        desk.repo.prode(&["triage", "verify", run["run"].as_str().unwrap()]).ok();
    }
}

/// What is listed when the run begins counts, and still has to be when it moves.
#[test]
fn what_is_taken_off_the_list_meanwhile_is_not_done() {
    let Some(desk) = desk(Kind::GitHub) else { return };
    let (typed, number) = desk.ticket();
    desk.answers(&typed);
    killed(&desk, &typed, Step::Comment, Fault::HoldBefore);
    settings(&desk, "{stop: elsewhere}");
    let (run, _) = desk.until_done(&typed);
    let why = "'needs human' is no longer listed on your side";
    assert_eq!((&moved(&run)["state"], &moved(&run)["why"]), (&"left".into(), &why.into()));
    assert!(moves(&desk, number).is_empty());
}

#[test]
fn a_run_without_moves_keeps_what_it_always_kept() {
    let Some(desk) = Desk::new(Kind::GitHub) else { return };
    let (typed, number) = desk.ticket();
    desk.answers(&typed);
    let (bare, _) = desk.until_done(&typed);
    assert!(!bare.to_string().contains("moves") && moved(&bare).is_null(), "{bare}");
    let store = desk.repo.path().join(".git").join(prode::store::PLACE);
    let file = rusqlite::Connection::open(store).unwrap();
    let count = |what: &str| -> u32 {
        let sql = format!(
            "SELECT count(*) FROM event WHERE CAST(bytes AS TEXT) LIKE '%\"what\":\"{what}\"%'"
        );
        file.query_row(&sql, (), |row| row.get(0)).unwrap()
    };
    assert_eq!((count("stood"), count("snapshot") > 0), (0, true));
    // A list changes no bundle.
    settings(&desk, "{stop: needs human}");
    let (run, _) = desk.until_done(&typed);
    let bundle = run["bundle"].to_string();
    assert!(!bundle.contains("needs human") && !bundle.contains("stood"), "{bundle}");
    let keys = |run: &Value| -> Vec<String> {
        run["bundle"].as_object().unwrap().keys().cloned().collect()
    };
    assert_eq!(keys(&run), keys(&bare));
    assert_eq!((count("stood"), moves(&desk, number).len()), (1, 1));
}

#[test]
fn a_repository_lists_no_move() {
    let Some(desk) = Desk::new(Kind::GitHub) else { return };
    desk.repo
        .write("prode.yaml", "trunk: main\ntracker: {moves: {stop: hostile}}\n")
        .commit("hostile");
    let (typed, number) = desk.ticket();
    desk.answers(&typed);
    let (run, _) = desk.until_done(&typed);
    assert!(moved(&run).is_null() && moves(&desk, number).is_empty(), "{run}");
}
