//! How much of what is said to GitHub its own description was held against.

use super::{Button, CAUSE, Team};
use crate::support::forge::{Contract, Kind, State};

/// A whole course: proposed, changed, reviewed, merged; and one closed.
#[test]
fn what_is_said_to_github_is_what_github_describes() {
    if Contract::read().is_none() {
        println!("skipped: the description of GitHub's API is not at hand");
        return;
    }
    let team = Team::new(Kind::GitHub);
    let id = team.promoted(CAUSE);
    team.prode_with_input(&["inbox", "edit", &id, "-"], "Other words.").ok();
    team.prode(&["promote", &id]).ok();
    team.forge.world().review_now(1, "grace", "APPROVED");
    team.prode(&["proposal", "show", &id, "--online"]).ok();
    team.merge(&id, Button::Merge, "grace");
    team.prode(&["inbox", "sync"]).ok();
    let other = team.promoted("Another cause.");
    team.prode(&["proposal", "close", &other, "--why", "no"]).ok();
    let third = team.promoted("A third cause.");
    let number = team.pulls(&third)[0].number;
    team.forge.world().decide(number, State::Closed, "grace");
    team.prode(&["inbox", "sync"]).ok();
    team.forge.is_sound();
    let world = team.forge.world();
    let (held, beyond) = world.held();
    for (name, many) in &held {
        println!("held to the description: {many:>3} × {name}");
    }
    for (name, many) in &beyond {
        println!("not in this description: {many:>3} × {name}");
    }
    let wanted = [
        "GET /repos/{owner}/{repo}/pulls",
        "POST /repos/{owner}/{repo}/pulls",
        "GET /repos/{owner}/{repo}/pulls/{pull_number}",
        "PATCH /repos/{owner}/{repo}/pulls/{pull_number}",
        "GET /repos/{owner}/{repo}/pulls/{pull_number}/reviews",
        "GET /repos/{owner}/{repo}/issues/{issue_number}/comments",
        "POST /repos/{owner}/{repo}/issues/{issue_number}/comments",
        "GET /user",
    ];
    for name in wanted {
        assert!(held.contains_key(name), "{name} was never asked");
    }
}
