//! What CI says of records.

use prode::chain::{self, Chain};
use prode::sop::event::Event;
use prode::sop::{Procedure, record};
use serde_json::{Value, json};

use super::{House, PAGE, PLACE};
use crate::support::TestRepo;

/// A clone, as CI has it: without the store.
fn ci(house: &House) -> TestRepo {
    house.repo.clone_to(&[])
}

fn check(repo: &TestRepo, text: &str, more: &[&str]) -> (i32, Value) {
    repo.write("body.md", text);
    let args = [&["triage", "sop", "check", "--pr", "body.md", "--json"], more].concat();
    let run = repo.prode(&args);
    (run.code().unwrap(), run.json())
}

fn codes(answer: &Value) -> Vec<(String, u64)> {
    let faults = answer["faults"].as_array().unwrap();
    faults
        .iter()
        .map(|it| (it["code"].as_str().unwrap().to_owned(), it["line"].as_u64().unwrap()))
        .collect()
}

#[test]
fn a_whole_record_of_the_trunk_s_version_passes_with_and_without_the_store() {
    let house = House::new();
    let body = format!("# Raise it\n\nWhy.\n\n{}", house.record(4));
    for (repo, stored) in [(&house.repo, true), (&ci(&house), false)] {
        let (code, answer) = check(repo, &body, &["--sop", PLACE]);
        assert_eq!((code, &answer["sound"]), (0, &json!(true)), "{answer}");
        assert_eq!(
            (&answer["records"][0]["line"], &answer["records"][0]["stored"]),
            (&json!(5), &json!(stored))
        );
    }
}

/// What is handed in, its text, and the faults with their lines.
type Row<'a> = (&'a str, String, Vec<(&'a str, u64)>);

#[test]
fn what_does_not_hold_is_named_with_its_line() {
    let house = House::new();
    let good = house.record(4);
    let ci = ci(&house);
    let unknown = good.replace(&house.repo.git(&["rev-parse", "main"]), &"0".repeat(40));
    let table: Vec<Row> = vec![
        ("no text", String::new(), vec![("no-record", 0)]),
        ("a word", good.replace("] Gate 2", "] gate 2"), vec![("forged", 8)]),
        ("another commit", unknown, vec![("forged", 16)]),
        ("cut", good.split_inclusive('\n').take(9).collect::<Vec<_>>().concat(), vec![("cut", 1)]),
        (
            "two, one cut",
            format!("{good}\n<!-- prode:sop begin R-20261126-000000 -->\n"),
            vec![("cut", 25)],
        ),
    ];
    for (what, text, wanted) in table {
        let (code, answer) = check(&ci, &text, &[]);
        let wanted: Vec<(String, u64)> =
            wanted.into_iter().map(|(code, line)| (code.to_owned(), line)).collect();
        assert_eq!((code, codes(&answer)), (1, wanted), "{what}: {answer}");
    }
}

#[test]
fn a_walk_that_is_not_over_names_the_gates_that_are_open() {
    let house = House::new();
    let record = house.record(3);
    let ci = ci(&house);
    let (code, answer) = check(&ci, &record, &[]);
    assert_eq!((code, codes(&answer)), (1, vec![("incomplete".to_owned(), 10)]), "{answer}");
    assert_eq!(check(&ci, &record, &["--through", "3"]).0, 0);
}

#[test]
fn a_record_of_another_version_or_procedure_is_not_enough() {
    let house = House::new();
    let record = house.record(4);
    house.repo.write("wiki/sops/other.md", PAGE).commit("another one");
    let ci = ci(&house);
    let (_, answer) = check(&ci, &record, &["--sop", "wiki/sops/other.md"]);
    assert_eq!(codes(&answer), [("no-record".to_owned(), 0)]);
    assert_eq!(
        check(&ci, &record, &["--sop", PLACE]).0,
        0,
        "another commit of the trunk changes nothing"
    );
    house.repo.write(PLACE, PAGE.replace("a cap |", "a lid |")).commit("newer");
    let ci = self::ci(&house);
    let (code, answer) = check(&ci, &record, &[]);
    assert_eq!((code, codes(&answer)), (1, vec![("outdated".to_owned(), 1)]), "{answer}");
}

#[test]
fn a_version_that_was_never_on_the_trunk_is_no_procedure() {
    let house = House::new();
    let record = house.record(4);
    let ci = ci(&house);
    ci.git(&["checkout", "--quiet", "--orphan", "elsewhere"]);
    ci.commit("its own history");
    ci.git(&["update-ref", "refs/heads/main", "HEAD"]);
    ci.git(&["update-ref", "-d", "refs/remotes/origin/main"]);
    let (code, answer) = check(&ci, &record, &[]);
    assert_eq!((code, codes(&answer)), (1, vec![("unreviewed".to_owned(), 1)]), "{answer}");
}

/// The record of a run whose second event gives another reason, made anew as a whole.
fn made_anew(record: &str) -> String {
    let events = record::find(record)[0].events();
    let (mut chain, mut lines) = (Chain::begin(), Vec::new());
    for line in chain::read::<Event>(&events).unwrap().0 {
        let mut event = line.event;
        if let Event::Decided { gate: 1, why, .. } = &mut event {
            "it was fine".clone_into(why);
        }
        lines.push(chain.line(line.at, &event).unwrap());
    }
    record::write(&Procedure::read(PAGE.as_bytes()).unwrap(), &lines).unwrap()
}

#[test]
fn events_made_anew_as_a_whole_are_seen_where_the_store_is_and_only_there() {
    let house = House::new();
    let forged = made_anew(&house.record(4));
    let (code, answer) = check(&house.repo, &forged, &[]);
    assert_eq!((code, codes(&answer)), (1, vec![("forged".to_owned(), 1)]), "{answer}");
    assert_eq!(check(&ci(&house), &forged, &[]).0, 0, "as the page about records says");
}

#[test]
fn messages_of_commits_are_looked_through_since_a_revision() {
    let house = House::new();
    let record = house.record(4);
    let against = || house.sop(&["check", "--against", "main", "--json"]);
    house.repo.git(&["checkout", "--quiet", "-b", "change"]);
    house.repo.write("code.txt", "x").commit("a change");
    let answer = against().fails(1).json();
    assert_eq!(codes(&answer), [("no-record".to_owned(), 0)]);
    house.repo.write("code.txt", "y").commit(&format!("another change\n\n{record}"));
    let answer = against().ok().json();
    let commit = house.repo.git(&["rev-parse", "HEAD"]);
    assert_eq!(answer["records"][0]["place"], format!("commit {commit}").as_str());
    house.sop(&["check", "--against", "nowhere"]).fails(1);
    house.sop(&["check"]).fails(2);
}
