//! Approving reviews on the forge count as approvals: of exactly that commit,
//! by people whom the trunk names, not by the token's own account.

use super::{CAUSE, Team};
use crate::support::forge::{Kind, ROBOT};

fn proposed(kind: Kind) -> (Team, String) {
    let team = Team::new(kind);
    let id = team.promoted(CAUSE);
    (team, id)
}

/// How the proposal stands, with what the forge says.
fn told(team: &Team, id: &str) -> (bool, String, String) {
    let shown = team.prode(&["proposal", "show", id, "--online", "--json"]).ok().json();
    let listed = team.prode(&["approvals", "list", "--all", "--online", "--json"]).ok().json();
    let states = listed["approvals"].as_array().unwrap().iter();
    let states: Vec<&str> = states.filter_map(|it| it["state"].as_str()).collect();
    let first = shown["approvals"][0].as_str().unwrap().to_owned();
    (shown["approved"] == true, first, states.join(" "))
}

#[test]
fn a_review_of_an_owner_counts_and_says_how_strongly() {
    for kind in Kind::ALL {
        let (team, id) = proposed(kind);
        assert!(!told(&team, &id).0);
        team.forge.world().review_now(1, "grace", "APPROVED");
        let strength = if kind == Kind::GitLab { "weak" } else { "strong" };
        let wanted = (true, format!("merge: {strength}"), "good".to_owned());
        assert_eq!(told(&team, &id), wanted, "{kind:?}");
        // Without asking, nothing of it counts.
        let shown = team.prode(&["proposal", "show", &id, "--json"]).ok().json();
        assert_eq!(
            (&shown["approved"], &shown["pull"]["state"]),
            (&false.into(), &serde_json::Value::Null)
        );
        team.forge.is_sound();
    }
}

#[test]
fn reviews_of_others_are_refused_with_a_reason_each() {
    for kind in [Kind::GitHub, Kind::Gitea] {
        let (team, id) = proposed(kind);
        for (who, code) in [
            (ROBOT, "tokens-account"),
            ("mallory", "unknown-account"),
            ("ada", "requester-approves"),
        ] {
            team.forge.world().pull(1).unwrap().reviews.clear();
            team.forge.world().review_now(1, who, "APPROVED");
            let (approved, _, states) = told(&team, &id);
            assert_eq!((approved, states.as_str()), (false, code), "{kind:?} {who}");
        }
        team.forge.world().pull(1).unwrap().reviews.clear();
        team.forge.world().review_now(1, "alan", "APPROVED");
        let (approved, label, _) = told(&team, &id);
        assert_eq!((approved, label.as_str()), (false, "merge: not approved"), "alan owns nothing");
    }
}

#[test]
fn another_commit_voids_it() {
    for kind in Kind::ALL {
        let (team, id) = proposed(kind);
        team.forge.world().review_now(1, "grace", "APPROVED");
        team.prode_with_input(&["inbox", "edit", &id, "-"], "Other words.").ok();
        team.prode(&["promote", &id]).ok();
        let (approved, _, states) = told(&team, &id);
        assert_eq!((approved, states.as_str()), (false, "wrong-precondition"), "{kind:?}");
    }
}

#[test]
fn a_review_that_was_taken_back_is_none() {
    for kind in [Kind::GitHub, Kind::Gitea] {
        let (team, id) = proposed(kind);
        team.forge.world().review_now(1, "grace", "APPROVED");
        team.forge.world().review_now(1, "grace", "COMMENTED");
        assert!(told(&team, &id).0, "a remark takes nothing back");
        for state in ["CHANGES_REQUESTED", "DISMISSED"] {
            team.forge.world().review_now(1, "grace", state);
            assert!(!told(&team, &id).0, "{kind:?} {state}");
            team.forge.world().review_now(1, "grace", "APPROVED");
            assert!(told(&team, &id).0);
        }
    }
}
