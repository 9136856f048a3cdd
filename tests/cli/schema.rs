//! `prode schema`

use std::path::Path;

use prode::ops::schema::schema;

use crate::support::TestRepo;

/// Documents that are signed or kept, and no answer of a command.
const KEPT: &[&str] = &[
    "prode.approval/v1",
    "prode.approval_revoked/v1",
    "prode.approval_used/v1",
    "prode.audit_entry/v1",
];

#[test]
fn names_are_listed_and_each_prints_its_schema() {
    let repo = TestRepo::no_repository();
    let list = repo.prode(&["schema"]).ok();
    for line in list.stdout().lines() {
        let name = line.split_whitespace().next().unwrap();
        let schema = repo.prode(&["schema", name]).ok().json();
        assert_eq!(schema["type"], "object", "{name}");
    }
    let all = repo.prode(&["schema", "--json"]).ok().json();
    assert_eq!(all.as_object().unwrap().len(), list.stdout().lines().count());
}

#[test]
fn documents_carry_the_name_of_their_schema() {
    let repo = TestRepo::new();
    repo.write("wiki/a.md", "# A\n").commit("a");
    for command in
        [&["doctor"][..], &["index"], &["config", "list"], &["init", "--dry-run"], &["query", "a"]]
    {
        let document = repo.prode(&[command, &["--json"]].concat()).ok().json();
        let name = document["schema"].as_str().unwrap().to_owned();
        assert_eq!(name, format!("prode.{}/v1", command[0]));
        repo.prode(&["schema", &name]).ok();
    }
}

#[test]
fn an_unknown_name_is_refused_with_the_nearest() {
    TestRepo::no_repository().prode(&["schema", "qery"]).fails(1).warns("did you mean 'query'?");
}

/// Names as the source writes them: whoever makes an answer is told here that
/// its row is missing.
#[test]
fn every_document_that_the_source_names_has_a_schema() {
    let name = regex::Regex::new(r#""(prode\.[a-z_.]+/v[0-9]+)""#).unwrap();
    let source = Path::new(env!("CARGO_MANIFEST_DIR")).join("src");
    let mut names = 0;
    for entry in walkdir::WalkDir::new(source).into_iter().map(Result::unwrap) {
        if entry.path().extension().is_none_or(|it| it != "rs") {
            continue;
        }
        let text = std::fs::read_to_string(entry.path()).unwrap();
        for found in name.captures_iter(&text) {
            names += 1;
            let known = KEPT.contains(&&found[1]) || schema(&found[1]).is_ok();
            assert!(
                known,
                "{}: {} has no row in src/ops/schema.rs",
                entry.path().display(),
                &found[1]
            );
        }
    }
    assert!(names > 60, "the names were not found: {names}");
}
