//! Merging is the humans' button: what they do there, `inbox sync` takes in.

use super::{Button, CAUSE, Team, branch};
use crate::support::forge::Kind;

#[test]
fn the_words_are_on_the_trunk_only_after_the_merge() {
    let buttons = [Button::Merge, Button::Squash, Button::FastForward];
    for (kind, how) in
        Kind::ALL.into_iter().zip(buttons).chain([(Kind::GitLab, Button::FastForward)])
    {
        let team = Team::new(kind);
        let id = team.promoted(CAUSE);
        assert!(!team.page().contains("seven minutes"), "{kind:?}");
        team.prode(&["proposal", "merge", &id]).fails(4).warns("merged by people on the forge");
        let synced = team.prode(&["inbox", "sync", "--json"]).ok().json();
        assert_eq!(synced["settled"].as_array().unwrap().len(), 0, "{synced}");
        let main = team.repo.git(&["rev-parse", "main"]);
        assert_eq!(
            (team.state(&id).as_str(), team.server.git(&["rev-parse", "main"])),
            ("accepted", main.clone())
        );
        let commit = team.merge(&id, how, "grace");
        assert!(team.page().contains("seven minutes"), "{kind:?}");
        let synced = team.prode(&["inbox", "sync", "--json"]).ok().json();
        let settled = &synced["settled"][0];
        assert_eq!(settled["state"], "promoted", "{kind:?} {how:?}: {synced}");
        assert_eq!(
            (&settled["by"], &settled["commit"]),
            (&"@grace".into(), &commit.clone().into())
        );
        let made = team.decision(&id, "promoted");
        assert_eq!((&made["by"], &made["change"]), (&"human:grace".into(), &commit.into()));
        // Nothing here moved but the copy of the remote's trunk.
        assert_eq!(team.repo.git(&["rev-parse", "main"]), main);
        assert!(!team.repo.git(&["for-each-ref", "refs/heads"]).contains(&branch(&id)));
        let again = team.prode(&["inbox", "sync", "--json"]).ok().json();
        assert_eq!(again["settled"].as_array().unwrap().len(), 0, "{again}");
        team.forge.is_sound();
    }
}

#[test]
fn a_merge_that_the_remote_does_not_have_counts_for_nothing() {
    let team = Team::new(Kind::GitHub);
    let id = team.promoted(CAUSE);
    let main = team.server.git(&["rev-parse", "main"]);
    team.merge(&id, Button::Squash, "grace");
    team.server.git(&["update-ref", "refs/heads/main", &main]);
    let run = team.prode(&["inbox", "sync"]).ok();
    run.says("accepted: github:org/repo#1 by @grace").warns("is not on the trunk of 'origin'");
    assert_eq!(team.state(&id), "accepted");
}

#[test]
fn two_machines_that_ask_record_the_same() {
    let team = Team::new(Kind::GitHub);
    let id = team.promoted(CAUSE);
    team.prode(&["inbox", "sync"]).ok();
    let other = team.repo.clone_to(&[]);
    other.git(&["config", "user.name", "Alan Turing"]);
    other.git(&["config", "user.email", "alan@example.org"]);
    let address = team.repo.git(&["remote", "get-url", "origin"]);
    other.git(&["remote", "set-url", "origin", &address]);
    other.git(&["fetch", "--quiet", "origin"]);
    team.merge(&id, Button::Merge, "grace");
    let sync = |repo: &crate::support::TestRepo| {
        repo.prode_in(&team.environment(), &["inbox", "sync"], "").ok();
    };
    other.prode(&["inbox", "list"]).ok();
    // Both settle before either hears of the other.
    let before = other.git(&["rev-parse", "refs/remotes/origin/prode/inbox"]);
    sync(&team.repo);
    team.server.git(&["update-ref", "refs/heads/prode/inbox", &before]);
    sync(&other);
    sync(&team.repo);
    let files = team.repo.git(&["ls-tree", "-r", "--name-only", "prode/inbox"]);
    let states = files.lines().filter(|it| it.contains("/state/")).count();
    assert_eq!(states, 3, "accepted, on record, promoted: {files}");
    assert_eq!(team.state(&id), "promoted");
}

#[test]
fn a_proposal_of_a_forge_is_not_merged_here_with_or_without_a_token() {
    let team = Team::new(Kind::GitLab);
    let id = team.learning(CAUSE);
    team.repo.prode(&["promote", &id]).ok().says("pushed to origin");
    team.repo
        .prode(&["proposal", "merge", &id])
        .fails(4)
        .warns("gitlab:org/repo")
        .warns("prode promote");
    team.prode(&["promote", &id]).ok();
    team.repo.prode(&["proposal", "merge", &id]).fails(4).warns("gitlab:org/repo!1");
}

#[test]
fn what_was_decided_there_is_not_proposed_again() {
    for kind in Kind::ALL {
        let team = Team::new(kind);
        let id = team.promoted(CAUSE);
        team.merge(&id, Button::Squash, "grace");
        team.prode(&["promote", &id])
            .fails(3)
            .warns("was merged already")
            .warns("prode inbox sync");
        assert_eq!(team.pulls(&id).len(), 1);
    }
}

#[test]
fn one_that_is_gone_keeps_nothing_else_from_being_taken_in() {
    let team = Team::new(Kind::GitLab);
    let (first, second) = (team.promoted(CAUSE), team.promoted("Another cause."));
    team.merge(&second, Button::Squash, "grace");
    let gone = team.pulls(&first)[0].number;
    team.forge.world().pulls.retain(|it| it.number != gone);
    let run = team.prode(&["inbox", "sync"]).ok().says("promoted: ");
    run.warns("knows nothing by that name when asked to read the merge request");
    assert_eq!((team.state(&first), team.state(&second)), ("accepted".into(), "promoted".into()));
}
