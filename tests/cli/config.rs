//! `prode config`

use crate::support::TestRepo;

#[test]
fn every_value_says_where_it_comes_from() {
    let repo = TestRepo::new();
    repo.write("prode.yaml", "review: {runbook: 30d}\nrooots: 1\n").commit("settings");
    let run = repo.prode(&["config", "list", "--origin", "--config", "routing.budget=500"]).ok();
    let row =
        |key: &str| run.stdout().lines().find(|line| line.starts_with(key)).unwrap().to_owned();
    assert_eq!(
        row("review.runbook").split_whitespace().collect::<Vec<_>>(),
        ["review.runbook", "30d", "prode.yaml"]
    );
    assert!(row("routing.budget").ends_with("--config"));
    assert!(row("review.sop").ends_with("default"));
    assert!(run.stderr().contains("roots"), "the nearest name is said: {}", run.stderr());
}

#[test]
fn a_secret_is_never_shown() {
    let repo = TestRepo::new();
    let mut command = repo.prode_command();
    command.env("PRODE_FORGE__TOKEN", "hunter2").args(["config", "list", "--json"]);
    let text = String::from_utf8(command.output().unwrap().stdout).unwrap();
    assert!(text.contains("<set>") && !text.contains("hunter2"), "{text}");
}

#[test]
fn settings_are_those_of_the_revision() {
    let repo = TestRepo::new();
    repo.write("prode.yaml", "routing: {budget: 100}\n");
    let old = repo.commit("old");
    repo.write("prode.yaml", "routing: {budget: 200}\n").commit("new");
    repo.write("prode.yaml", "routing: {budget: 300}\n");
    let budget = |more: &[&str]| {
        let run = repo.prode(&[&["config", "get", "routing.budget"], more].concat()).ok();
        run.stdout().trim().to_owned()
    };
    assert_eq!(budget(&[]), "200");
    assert_eq!(budget(&["--rev", &old]), "100");
    assert_eq!(budget(&["--worktree"]), "300");
}

#[test]
fn a_wrong_key_gets_the_nearest_one() {
    let repo = TestRepo::new();
    repo.prode(&["config", "get", "routing.buget"])
        .fails(1)
        .warns("did you mean 'routing.budget'?");
}
