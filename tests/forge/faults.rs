//! Every fault at every step, on every forge: one branch, one pull request,
//! one record, whatever was lost. `cargo test --test main forge::faults --
//! --nocapture` prints the table.

use std::time::Duration;

use prode::forge::{Forge, Place, Said, Token, Wanted};
use prode::redaction::{Redactor, Settings};

use super::{REPO, Team, branch};
use crate::support::forge::{Fault, Kind, Step, token};

/// What goes wrong, and how the first run may end: 0 where it could be made up
/// for at once.
const FAULTS: &[(Step, Fault)] = &[
    (Step::Find, Fault::DropBefore),
    (Step::Find, Fault::BadGateway),
    (Step::Find, Fault::Later),
    (Step::Find, Fault::Cut),
    (Step::Create, Fault::DropBefore),
    (Step::Create, Fault::DropAfter),
    (Step::Create, Fault::FailAfter),
    (Step::Create, Fault::Cut),
    (Step::Create, Fault::BadGateway),
    (Step::Create, Fault::Later),
    (Step::Create, Fault::Delay(Duration::from_secs(3))),
    (Step::Label, Fault::DropAfter),
    (Step::Label, Fault::FailAfter),
    (Step::Ask, Fault::DropAfter),
    (Step::Ask, Fault::BadGateway),
    (Step::Account, Fault::Cut),
];

fn of_forge(kind: Kind) {
    let team = Team::asking(kind);
    println!("| forge | step | fault | exit | branches | pull requests | records |");
    println!("|---|---|---|---|---|---|---|");
    for (at, &(step, fault)) in FAULTS.iter().enumerate() {
        let id = team.learning(&format!("Cause number {at} was seen."));
        team.forge.fail(step, fault);
        let code = team.prode(&["promote", &id]).code().unwrap();
        assert!(team.forge.world().faults_are_over(), "{step:?} {fault:?} was not met");
        if code != 0 {
            team.prode(&["promote", &id]).ok();
        }
        let refs = team.server.git(&["for-each-ref", "--format=%(refname:short)"]);
        let branches = refs.lines().filter(|it| *it == branch(&id)).count();
        let (pulls, records) = (team.pulls(&id), team.records(&id));
        let name = kind.name();
        println!(
            "| {name} | {step:?} | {fault:?} | {code} | {branches} | {} | {records} |",
            pulls.len()
        );
        assert_eq!((branches, pulls.len(), records), (1, 1, 1), "{step:?} {fault:?}");
        assert_eq!(
            (pulls[0].labels.len(), pulls[0].asked.len()),
            asked(kind),
            "{step:?} {fault:?}"
        );
        assert_eq!(code, 0, "one fault is made up for: {step:?} {fault:?}");
    }
    team.forge.is_sound();
}

/// One label; one team, or two of its people where a forge lets no team review.
fn asked(kind: Kind) -> (usize, usize) {
    (1, if kind.row().asks_teams { 1 } else { 2 })
}

on_each_forge!(of_forge);

/// A forge that is down for as long as anybody waits: the branch is there, and
/// the next run opens the one pull request.
#[test]
fn a_forge_that_stays_down_is_told_and_made_up_for_later() {
    for fault in [Fault::FailAfter, Fault::DropAfter, Fault::BadGateway] {
        let team = Team::new(Kind::GitHub);
        let id = team.learning(super::CAUSE);
        for step in [Step::Create, Step::Find].into_iter().cycle().take(40) {
            team.forge.fail(step, fault);
        }
        let run = team.prode(&["promote", &id]).fails(5);
        run.warns("run it again: what is there already is found and not made twice");
        team.forge.world().end_faults();
        team.prode(&["promote", &id]).ok();
        assert_eq!((team.pulls(&id).len(), team.records(&id)), (1, 1), "{fault:?}");
    }
}

/// Both look and find nothing; one is quicker, and the forge refuses the other.
#[test]
fn two_at_once_open_one() {
    for kind in Kind::ALL {
        let team = Team::new(kind);
        let id = team.learning(super::CAUSE);
        team.repo.prode(&["promote", &id]).ok();
        team.forge.fail(Step::Create, Fault::Delay(Duration::from_secs(1)));
        let (endpoint, branch) = (team.forge.endpoint(), branch(&id));
        let propose = || {
            let said = Said {
                kind: Some(kind.name()),
                repo: Some(REPO),
                endpoint: Some(&endpoint),
                remote: None,
            };
            let place = Place::of(said).unwrap().unwrap();
            let forge = Forge::new(place, Token::new(token()), Duration::from_secs(20));
            let words = Redactor::new(&Settings::default()).unwrap();
            let [title, body] = ["words", "<!-- prode: L -->\n<!-- prode: end 0 -->"]
                .map(|it| words.redact(it).unwrap().text);
            let (branch, base, before) = (branch.as_str(), "main", None);
            let wanted = Wanted { branch, base, title: &title, body: &body, before, draft: true };
            forge.propose(&wanted).unwrap().pull().number
        };
        let numbers: Vec<u64> = std::thread::scope(|scope| {
            let both = [scope.spawn(propose), scope.spawn(propose)];
            both.into_iter().map(|it| it.join().unwrap()).collect()
        });
        assert_eq!((numbers.as_slice(), team.pulls(&id).len()), (&[1, 1][..], 1), "{kind:?}");
    }
}
