//! Every fault on every tracker: one comment, whatever was lost.
//! `cargo test --test main tracker::faults -- --nocapture` prints the table.

use std::time::Duration;

use super::{Desk, key, redacted, tracker_at};
use crate::support::forge::{Fault, Kind, Step};

/// What goes wrong. Each is met once.
const FAULTS: &[(Step, Fault)] = &[
    (Step::Look, Fault::DropBefore),
    (Step::Look, Fault::BadGateway),
    (Step::Look, Fault::Later),
    (Step::Look, Fault::Cut),
    (Step::Comment, Fault::DropBefore),
    (Step::Comment, Fault::DropAfter),
    (Step::Comment, Fault::FailAfter),
    (Step::Comment, Fault::Cut),
    (Step::Comment, Fault::BadGateway),
    (Step::Comment, Fault::Later),
    (Step::Comment, Fault::Delay(Duration::from_secs(3))),
    (Step::Comment, Fault::HoldAfter),
    (Step::Comment, Fault::HoldBefore),
];

/// Runs as often as it takes, as whoever is told that it is not known does.
fn of_tracker(kind: Kind) {
    let Some(desk) = Desk::new(kind) else { return };
    println!("| tracker | step | fault | runs | found | comments |");
    println!("|---|---|---|---|---|---|");
    for (at, &(step, fault)) in FAULTS.iter().enumerate() {
        let words = format!("Step number {at}.");
        desk.there.fail(step, fault);
        let (runs, found) = until_done(&desk, at, &words);
        assert!(desk.there.world().faults_are_over(), "{step:?} {fault:?} was not met");
        let comments = desk.said().iter().filter(|it| it.ends_with(&words)).count();
        println!("| {} | {step:?} | {fault:?} | {runs} | {found} | {comments} |", kind.name());
        assert_eq!(comments, 1, "{step:?} {fault:?}");
        // Whether a late answer is there at the second look is a matter of the machine's time.
        let is_made_up_for = !matches!(fault, Fault::HoldBefore | Fault::Delay(_));
        assert!(runs == 1 || !is_made_up_for, "{step:?} {fault:?}: one fault is made up for");
    }
    assert_eq!(desk.said().len(), FAULTS.len());
    desk.there.is_sound();
}

/// How many runs it took, and whether the last one found it.
fn until_done(desk: &Desk, step: usize, words: &str) -> (usize, bool) {
    for run in 1..=3 {
        match desk.tracker().comment(&desk.ticket(), &key(step), &redacted(words)) {
            Ok(posted) => return (run, posted.found),
            Err(error) => assert!(error.is_unsure(), "{error}"),
        }
    }
    panic!("it was never done");
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

/// The peer that does everything and says each time that it failed.
#[test]
fn a_tracker_that_never_says_what_it_did_has_one_comment() {
    for fault in [Fault::FailAfter, Fault::DropAfter, Fault::Cut] {
        for desk in Desk::all() {
            for _ in 0..10 {
                desk.there.fail(Step::Comment, fault);
            }
            for _ in 0..4 {
                let told = desk.tracker().comment(&desk.ticket(), &key(7), &redacted("Words."));
                assert!(told.unwrap().found, "{:?} {fault:?}", desk.kind());
            }
            assert_eq!(desk.said().len(), 1, "{:?} {fault:?}", desk.kind());
            desk.there.is_sound();
        }
    }
}

/// Nobody is told that it was done, and when it answers again there is one.
#[test]
fn a_tracker_that_stays_down_is_told_and_made_up_for_later() {
    for desk in Desk::all() {
        for _ in 0..40 {
            desk.there.fail(Step::Comment, Fault::BadGateway);
        }
        let comment = || desk.tracker().comment(&desk.ticket(), &key(7), &redacted("Words."));
        let error = comment().unwrap_err();
        assert!(error.is_unsure() && error.to_string().contains("failed with 502"), "{error}");
        assert_eq!(desk.there.world().count(Step::Comment), 2, "once, and once more");
        desk.there.world().end_faults();
        assert!(!comment().unwrap().found);
        assert!(comment().unwrap().found);
        assert_eq!(desk.said().len(), 1);
    }
}

/// Both look and find nothing. Linear refuses the second one by its id.
#[test]
fn two_at_once_are_kept_apart_by_linear() {
    let Some(desk) = Desk::new(Kind::Linear) else { return };
    for _ in 0..2 {
        desk.there.fail(Step::Look, Fault::Delay(Duration::from_millis(700)));
    }
    let (place, ticket) = (desk.place(), desk.ticket());
    let comment = || tracker_at(place.clone()).comment(&ticket, &key(7), &redacted("Words."));
    let found: Vec<bool> = std::thread::scope(|scope| {
        let both = [scope.spawn(comment), scope.spawn(comment)];
        both.into_iter().map(|it| it.join().unwrap().unwrap().found).collect()
    });
    assert_eq!((found.iter().filter(|it| **it).count(), desk.said().len()), (1, 1));
}

#[test]
fn the_same_key_again_says_nothing_and_another_does() {
    for desk in Desk::all() {
        let tracker = desk.tracker();
        let first = tracker.comment(&desk.ticket(), &key(1), &redacted("One.")).unwrap();
        let again = tracker.comment(&desk.ticket(), &key(1), &redacted("Other words.")).unwrap();
        assert_eq!((first.found, again.found), (false, true));
        assert_eq!(first.reference, again.reference);
        tracker.comment(&desk.ticket(), &key(2), &redacted("Two.")).unwrap();
        assert_eq!(desk.said().len(), 2);
    }
}

/// More comments than any page has, and the one that is looked for among them.
#[test]
fn it_is_found_behind_every_page() {
    for desk in Desk::all() {
        desk.tracker().comment(&desk.ticket(), &key(1), &redacted("One.")).unwrap();
        for at in 0..230 {
            desk.there.world().say(desk.number, "ada", &format!("Remark {at}."));
        }
        let again = desk.tracker().comment(&desk.ticket(), &key(1), &redacted("One.")).unwrap();
        assert!(again.found && desk.said().len() == 1, "{:?}", desk.kind());
        desk.there.is_sound();
    }
}
