//! Every fault on every tracker: a ticket is moved once, and one that a person moved
//! stays where it is.
//! `cargo test --test main tracker::moving -- --nocapture` prints the table.

use std::collections::BTreeMap;
use std::time::Duration;

use prode::tracker::Moved;
use prode::triage::class::Decision;
use prode::triage::moving::{Move, Moves, When};

use super::Desk;
use crate::support::forge::{Fault, Kind, Step};

/// What goes wrong with the request that moves it. Each is met once.
const FAULTS: &[Fault] = &[
    Fault::DropBefore,
    Fault::DropAfter,
    Fault::FailAfter,
    Fault::Cut,
    Fault::BadGateway,
    Fault::Later,
    Fault::Delay(Duration::from_secs(3)),
    Fault::HoldAfter,
    Fault::HoldBefore,
];

/// What is listed: for a change that was proposed, a hand-off, and a stop.
fn listed(kind: Kind) -> [&'static str; 3] {
    match kind {
        Kind::Linear => ["In Review", "Backlog", "Canceled"],
        _ => ["In Review", "needs human", "closed"],
    }
}

impl Desk {
    /// The move of a decision, as a run that begins now would have it.
    pub(super) fn step(&self, decision: Decision) -> Move {
        let names = listed(self.kind());
        let stands = self.tracker().stands(&self.ticket(), &names).unwrap();
        let to = When::ALL.into_iter().zip(stands.targets).collect();
        let moves = Moves { from: stands.from, to, carries_out: Vec::new() };
        moves.follows(decision).unwrap()
    }

    /// Labels are there where a tracker wants them to be.
    pub(super) fn with_labels(self) -> Self {
        let labels = ["In Review", "needs human"].map(str::to_owned);
        self.there.world().labels.extend(labels);
        self
    }

    pub(super) fn moves(&self) -> Vec<String> {
        self.there.world().moves(self.number).into_iter().map(str::to_owned).collect()
    }

    fn is_in(&self, name: &str) -> bool {
        let world = self.there.world();
        match self.kind() {
            Kind::Linear => world.state(self.number) == name,
            _ => world.labels_of(self.number).iter().any(|it| it == name),
        }
    }

    /// A person moves it.
    fn put(&self, name: &str) {
        let mut world = self.there.world();
        match self.kind() {
            Kind::Linear => world.put(self.number, name),
            _ => world.relabel(self.number, &["service:checkout", name]),
        }
    }
}

/// As often as it takes, as whoever is told that it is not known does.
fn until_done(desk: &Desk, step: &Move) -> (usize, Moved) {
    for run in 1..=3 {
        match desk.tracker().shift(&desk.ticket(), step, false) {
            Ok(moved) => return (run, moved),
            Err(error) => assert!(error.is_unsure(), "{error}"),
        }
    }
    panic!("it was never done");
}

fn of_tracker(kind: Kind) {
    println!("| tracker | fault | runs | came to | what was done there |");
    println!("|---|---|---|---|---|");
    for &fault in FAULTS {
        let Some(desk) = Desk::new(kind).map(Desk::with_labels) else { return };
        let step = desk.step(Decision::Pr);
        desk.there.fail(kind.moving(), fault);
        let (runs, moved) = until_done(&desk, &step);
        assert!(desk.there.world().faults_are_over(), "{fault:?} was not met");
        let moves = desk.moves();
        println!("| {} | {fault:?} | {runs} | {moved:?} | {} |", kind.name(), moves.join(", "));
        assert!(matches!(moved, Moved::There { .. }), "{fault:?}");
        let once = if kind == Kind::Linear { "In Review" } else { "+In Review" };
        assert_eq!(moves, [once], "{fault:?}");
        assert!(desk.is_in("In Review"));
        desk.there.is_sound();
        if kind != Kind::Linear {
            assert_eq!(
                desk.there.world().labels_of(desk.number),
                ["service:checkout", "In Review"]
            );
        }
    }
}

#[test]
fn linear() {
    of_tracker(Kind::Linear);
}

#[test]
fn github() {
    of_tracker(Kind::GitHub);
}

#[test]
fn gitlab() {
    of_tracker(Kind::GitLab);
}

#[test]
fn gitea() {
    of_tracker(Kind::Gitea);
}

/// The label of another move goes, whatever is lost between the two requests, and
/// no other label is touched.
#[test]
fn a_label_takes_the_place_of_that_of_another_move_and_of_no_other() {
    for kind in [Kind::GitHub, Kind::GitLab, Kind::Gitea] {
        for fault in
            [Fault::None, Fault::DropBefore, Fault::DropAfter, Fault::BadGateway, Fault::Later]
        {
            let desk = Desk::new(kind).unwrap().with_labels();
            desk.put("In Review");
            let step = desk.step(Decision::Handoff);
            desk.there.fail(Step::Move, fault);
            assert!(
                matches!(until_done(&desk, &step).1, Moved::There { .. }),
                "{kind:?} {fault:?}"
            );
            let labels = desk.there.world().labels_of(desk.number);
            assert_eq!(labels, ["service:checkout", "needs human"], "{kind:?} {fault:?}");
            assert_eq!(desk.moves(), ["+needs human", "-In Review"], "{kind:?} {fault:?}");
            desk.there.is_sound();
        }
    }
}

#[test]
fn a_ticket_that_stands_there_is_found_and_nothing_is_sent() {
    for desk in Desk::all().map(Desk::with_labels) {
        desk.put("In Review");
        let step = desk.step(Decision::Pr);
        let moved = desk.tracker().shift(&desk.ticket(), &step, false).unwrap();
        assert_eq!(moved, Moved::There { found: true }, "{:?}", desk.kind());
        assert!(desk.moves().is_empty(), "{:?}", desk.kind());
    }
}

#[test]
fn a_ticket_that_a_person_moved_or_closed_meanwhile_stays() {
    for desk in Desk::all().map(Desk::with_labels) {
        let step = desk.step(Decision::Pr);
        let elsewhere = listed(desk.kind())[1];
        desk.put(elsewhere);
        let moved = desk.tracker().shift(&desk.ticket(), &step, false).unwrap();
        assert_eq!(moved, Moved::Left("moved meanwhile"), "{:?}", desk.kind());
        let end = if desk.kind() == Kind::Linear { "Done" } else { "closed" };
        desk.there.world().put(desk.number, end);
        let moved = desk.tracker().shift(&desk.ticket(), &step, false).unwrap();
        let why = "it is closed there, and a person opens it again";
        assert_eq!(moved, Moved::Left(why), "{:?}", desk.kind());
        assert!(desk.moves().is_empty() && desk.there.world().count(desk.kind().moving()) == 0);
    }
}

/// The answer is lost, and before it is tried again a person moves the ticket.
#[test]
fn what_is_tried_again_is_looked_at_again() {
    for desk in Desk::all().map(Desk::with_labels) {
        let step = desk.step(Decision::Pr);
        let elsewhere = listed(desk.kind())[1];
        // A refusal that asks to wait: it is not waited for unseen.
        for fault in [Fault::Later, Fault::DropBefore] {
            desk.there.fail(desk.kind().moving(), fault);
            let (tracker, ticket, step) = (desk.tracker(), desk.ticket(), &step);
            let moved = std::thread::scope(|scope| {
                let moved = scope.spawn(move || tracker.shift(&ticket, step, false));
                while !desk.there.world().faults_are_over() {
                    std::thread::sleep(Duration::from_millis(2));
                }
                desk.put(elsewhere);
                moved.join().unwrap().unwrap()
            });
            assert_eq!(moved, Moved::Left("moved meanwhile"), "{:?} {fault:?}", desk.kind());
            assert!(desk.moves().is_empty(), "{:?} {fault:?}", desk.kind());
            match desk.kind() {
                Kind::Linear => desk.put("Triage"),
                _ => desk.there.world().relabel(desk.number, &["service:checkout"]),
            }
        }
    }
}

#[test]
fn an_end_is_made_once_a_person_approved_it_and_not_before() {
    for desk in Desk::all().map(Desk::with_labels) {
        let step = desk.step(Decision::Stop);
        let action = if desk.kind() == Kind::Linear { "ticket-cancel" } else { "ticket-done" };
        assert_eq!(step.to.action.as_deref(), Some(action));
        assert!(step.to.request.as_ref().is_some_and(|it| it.contains(&desk.number.to_string())));
        let moved = desk.tracker().shift(&desk.ticket(), &step, false).unwrap();
        assert_eq!(moved, Moved::Left("no person approved it"));
        assert!(desk.there.world().count(Step::Move) == 0 && desk.moves().is_empty());
        for fault in [Fault::DropAfter, Fault::BadGateway] {
            desk.there.fail(Step::Move, fault);
        }
        for _ in 0..2 {
            let moved = desk.tracker().shift(&desk.ticket(), &step, true).unwrap();
            assert!(matches!(moved, Moved::There { .. }), "{:?} {moved:?}", desk.kind());
        }
        let end = if desk.kind() == Kind::Linear { "Canceled" } else { "closed" };
        assert_eq!(desk.moves(), [end], "{:?}", desk.kind());
        desk.there.world().end_faults();
        desk.there.is_sound();
    }
}

/// A state that became an end since the run began, and one that is gone.
#[test]
fn what_a_state_is_counts_when_it_is_set() {
    let Some(desk) = Desk::new(Kind::Linear) else { return };
    let step = desk.step(Decision::Pr);
    let ended = desk.step(Decision::Stop);
    // As if 'Canceled' had been no end when the run began.
    let to = prode::triage::moving::Target { action: None, request: None, ..ended.to };
    let moved = desk.tracker().shift(&desk.ticket(), &Move { to, ..step }, false).unwrap();
    assert_eq!(moved, Moved::Left("what it would be moved to is another state now"));
    assert!(desk.moves().is_empty());
}

#[test]
fn a_state_or_label_that_is_not_there_is_told() {
    for (kind, known) in [(Kind::Linear, false), (Kind::Gitea, false), (Kind::GitHub, true)] {
        let Some(desk) = Desk::new(kind) else { continue };
        let stands = desk.tracker().stands(&desk.ticket(), &["in reveiw"]).unwrap();
        assert_eq!(stands.targets[0].known, known, "{kind:?}");
        let to = BTreeMap::from([(When::Pr, stands.targets[0].clone())]);
        let moves = Moves { from: stands.from, to, carries_out: Vec::new() };
        let step = moves.follows(Decision::Pr).unwrap();
        if !known {
            let moved = desk.tracker().shift(&desk.ticket(), &step, false).unwrap();
            assert_eq!(moved, Moved::Left("the tracker has no such state or label"), "{kind:?}");
        }
    }
}
