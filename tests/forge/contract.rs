//! How much of what is said to GitHub its own description was held against.

use std::io::{Read, Write};
use std::net::TcpStream;

use super::{Button, CAUSE, Team};
use crate::support::forge::{Contract, Kind, State, token};

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

/// What the stand-in says of a request that somebody else sends.
fn problems(team: &Team, path: &str, body: &str) -> Vec<String> {
    let address = team.forge.endpoint();
    let (host, prefix) = address.trim_start_matches("http://").split_once('/').map_or(
        (address.trim_start_matches("http://").to_owned(), String::new()),
        |(host, path)| (host.to_owned(), format!("/{path}")),
    );
    let secret = team.forge.kind().row().scheme;
    let mut stream = TcpStream::connect(&host).unwrap();
    let head = format!(
        "POST {prefix}{path} HTTP/1.1\r\nhost: {host}\r\nauthorization: {secret} {}\r\n\
         x-github-api-version: 2022-11-28\r\ncontent-length: {}\r\n\r\n{body}",
        token(),
        body.len()
    );
    stream.write_all(head.as_bytes()).unwrap();
    stream.read_to_end(&mut Vec::new()).unwrap();
    std::mem::take(&mut team.forge.world().problems)
}

/// A guard that finds nothing is none.
#[test]
fn the_stand_in_finds_what_no_forge_takes() {
    for kind in Kind::ALL {
        let path = kind.row().pulls;
        let team = Team::new(kind);
        if kind == Kind::GitHub && Contract::read().is_none() {
            println!("skipped: the description of GitHub's API is not at hand");
            continue;
        }
        let found = problems(&team, path, r#"{"title": "a", "heads": "b", "base": "main"}"#);
        assert!(found.iter().any(|it| it.contains("heads")), "{kind:?}: {found:?}");
    }
}

#[test]
fn the_description_is_held_to_types_and_to_what_is_required() {
    if Contract::read().is_none() {
        println!("skipped: the description of GitHub's API is not at hand");
        return;
    }
    let team = Team::new(Kind::GitHub);
    let path = "/repos/org/repo/pulls";
    let found = problems(&team, path, r#"{"title": "a", "base": "main"}"#);
    assert!(found.iter().any(|it| it.contains("\"head\" is a required")), "{found:?}");
    let found =
        problems(&team, path, r#"{"title": 1, "head": "b", "base": "main", "draft": "no"}"#);
    assert!(found.iter().filter(|it| it.contains("is not of type")).count() == 2, "{found:?}");
    let found = problems(&team, &format!("{path}?head=a"), r#"{"head": "b", "base": "main"}"#);
    assert!(found.iter().any(|it| it.contains("no parameter 'head'")), "{found:?}");
}
