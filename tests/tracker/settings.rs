//! Whose word it is which tracker is asked, and with whose token.

use super::{Desk, Token, redacted};
use crate::support::TestRepo;
use crate::support::forge::{Kind, token};
use prode::tracker::{Place, TicketName, Tracker};
use std::time::Duration;

fn row(repo: &TestRepo, environment: &[(&'static str, String)], topic: &str) -> serde_json::Value {
    let answer = repo.prode_in(environment, &["doctor", "--json"], "").json();
    let rows = answer["rows"].as_array().unwrap().clone();
    rows.into_iter().find(|it| it["topic"] == topic).unwrap()
}

fn repo() -> TestRepo {
    let repo = TestRepo::new();
    repo.write("wiki/a.md", "# A\n").commit("a");
    repo
}

#[test]
fn doctor_says_which_tracker_and_whether_there_is_a_token() {
    let repo = repo();
    let kind = ("PRODE_TRACKER__KIND", "linear".to_owned());
    let secret = ("PRODE_TRACKER__TOKEN", token());
    let found = |environment: &[(&'static str, String)]| {
        let row = row(&repo, environment, "tracker");
        assert!(!row.to_string().contains(&token()), "{row}");
        row["found"].as_str().unwrap().to_owned()
    };
    assert_eq!(found(&[]), "none is set up");
    assert!(found(std::slice::from_ref(&kind)).contains("api.linear.app; no token is set"));
    assert!(found(std::slice::from_ref(&secret)).contains("not for which tracker"));
    assert!(found(&[kind.clone(), secret.clone()]).contains("commented in mode comment"));
    let network = row(&repo, &[kind, secret], "network");
    assert!(network.to_string().contains("the tracker at api.linear.app"), "{network}");
}

#[test]
fn an_endpoint_that_cannot_be_used_is_told_without_its_text() {
    let secret = ["hun", "ter2"].concat();
    let endpoint = ("PRODE_TRACKER__ENDPOINT", format!("https://ada:{secret}@h.example/graphql"));
    let row = row(&repo(), &[endpoint], "tracker").to_string();
    assert!(row.contains("it holds a user or a password") && !row.contains(&secret), "{row}");
}

#[test]
fn a_repository_names_no_tracker() {
    let repo = repo();
    let hostile = "tracker: {kind: github, endpoint: 'https://evil.example', token: x}\n";
    repo.write("prode.yaml", hostile).commit("hostile");
    assert_eq!(row(&repo, &[], "tracker")["found"], "none is set up");
    let report = repo.prode(&["config", "list", "--origin"]).ok();
    report.warns("'tracker' may not come from a repository");
}

#[test]
fn a_token_that_is_refused_is_told_and_never_shown() {
    for desk in Desk::all() {
        let wrong = ["an", "old", "one"].join("-");
        let tracker = Tracker::new(desk.place(), Token::new(wrong.clone()), Duration::from_secs(2));
        let read = tracker.read(&desk.ticket()).unwrap_err();
        let comment = tracker.comment(&desk.ticket(), &super::key(1), &redacted("x")).unwrap_err();
        for error in [read, comment] {
            assert!(error.to_string().contains("does not take the token"), "{error}");
            assert!(!format!("{error:?}").contains(&wrong));
        }
        assert!(desk.said().is_empty());
    }
}

#[test]
fn a_ticket_of_another_tracker_is_not_asked_for() {
    let desk = Desk::new(Kind::GitHub).unwrap();
    let gitea = Place::of(Some("gitea"), Some("https://git.example.org/api/v1")).unwrap();
    let other = TicketName::parse("gitea:org/repo#1", gitea.as_ref()).unwrap().unwrap();
    let error = desk.tracker().read(&other).unwrap_err();
    assert!(error.to_string().contains("is not on the tracker that is set up"), "{error}");
    let error = desk.tracker().comment(&other, &super::key(1), &redacted("x")).unwrap_err();
    assert!(error.to_string().contains("is not on the tracker that is set up"), "{error}");
    assert!(desk.there.world().requests.is_empty());
}

/// A key that is none is a defect of ours, and nothing is sent for it.
#[test]
fn a_key_that_is_none_is_refused() {
    let desk = Desk::new(Kind::Gitea).unwrap();
    for bad in ["", "x", "--> <b>", &"A".repeat(32)] {
        assert!(desk.tracker().comment(&desk.ticket(), bad, &redacted("x")).is_err(), "{bad}");
    }
    assert!(desk.there.world().requests.is_empty());
}
