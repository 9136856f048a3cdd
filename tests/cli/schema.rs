//! `prode schema`

use crate::support::TestRepo;

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
