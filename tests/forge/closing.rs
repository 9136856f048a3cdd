//! A pull request that is closed unmerged rejects the learning.

use super::{CAUSE, Team, branch};
use crate::support::Sitting;
use crate::support::forge::{Fault, Kind, State, Step};

#[test]
fn one_that_is_closed_there_rejects_and_the_reason_can_follow() {
    for kind in Kind::ALL {
        let team = Team::new(kind);
        let id = team.promoted(CAUSE);
        team.forge.world().decide(1, State::Closed, "grace");
        team.prode(&["promote", &id]).fails(3).warns("was closed already");
        let run = team.prode(&["inbox", "sync"]).ok().says("rejected: ");
        run.warns(&format!("prode inbox reject {id} --why"));
        assert_eq!(team.state(&id), "rejected");
        let why = team.decision(&id, "rejected")["why"].clone();
        let who = if kind.row().tells_closer { "@grace" } else { "somebody" };
        assert_eq!(why, format!("closed on the forge by {who}"));
        assert!(!team.repo.git(&["for-each-ref", "refs/heads"]).contains(&branch(&id)));
        let listed = team.prode(&["proposal", "list", "--json"]).ok().json();
        let states: Vec<_> =
            listed["proposals"].as_array().unwrap().iter().map(|it| &it["state"]).collect();
        assert_eq!(states, ["closed"], "{listed}");
        let again = team.prode(&["inbox", "sync", "--json"]).ok().json();
        assert_eq!(again["settled"].as_array().unwrap().len(), 0, "{again}");
        team.prode(&["inbox", "reject", &id, "--why", "a symptom"]).ok();
        team.prode(&["inbox", "reject", &id, "--why", "another"]).ok().says("was rejected before");
        team.prode(&["inbox", "show", &id]).ok().says("a symptom");
        team.prode(&["promote", &id]).fails(3).warns("is rejected already");
        assert!(team.learning(CAUSE) == id, "the same learning stays rejected");
        assert_eq!(team.pulls(&id).len(), 1);
        team.forge.is_sound();
    }
}

#[test]
fn closing_here_closes_there_and_says_why_once() {
    for kind in Kind::ALL {
        let team = Team::new(kind);
        let id = team.promoted(CAUSE);
        // The comment is there, and its answer is lost.
        team.forge.fail(Step::Comment, Fault::DropAfter);
        let run = team.prode(&["proposal", "close", &id, "--why", "a symptom"]).ok();
        run.says(&format!("closed {}:org/repo{}1", kind.name(), kind.mark()));
        let pull = team.pulls(&id).remove(0);
        assert_eq!(pull.state, State::Closed);
        let words: Vec<&str> = pull.comments.iter().map(|it| it.body.as_str()).collect();
        assert_eq!(words, ["Rejected: a symptom"]);
        assert!(!team.server.git(&["for-each-ref"]).contains(&branch(&id)));
        assert_eq!(team.state(&id), "rejected");
        team.forge.is_sound();
    }
}

#[test]
fn who_sits_at_a_terminal_is_asked_why() {
    let team = Team::new(Kind::GitHub);
    let id = team.promoted(CAUSE);
    team.forge.world().decide(1, State::Closed, "grace");
    let mut sitting = Sitting::at(team.command(&["inbox", "sync"]));
    let shown = sitting.sees("why: ");
    assert!(shown.contains("github:org/repo#1 was closed unmerged by @grace, http"), "{shown}");
    sitting.types("a symptom");
    let (rest, code) = sitting.ended();
    assert_eq!(code, 0, "{rest}");
    assert!(rest.contains("rejected: github:org/repo#1 by @grace"), "{rest}");
    let made = team.decision(&id, "rejected");
    assert_eq!((&made["why"], &made["by"]), (&"a symptom".into(), &"human:grace".into()));
}
