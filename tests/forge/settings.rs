//! Whose word it is where the token goes.

use super::{CAUSE, Team};
use crate::support::TestRepo;
use crate::support::forge::{Kind, token};

#[test]
fn nothing_is_sent_without_a_token_or_by_a_dry_run() {
    let team = Team::new(Kind::GitHub);
    let id = team.learning(CAUSE);
    team.prode(&["promote", &id, "--dry-run"]).ok();
    let endpoint = [("PRODE_FORGE__ENDPOINT", team.forge.endpoint())];
    let run = team.repo.prode_in(&endpoint, &["promote", &id], "").ok();
    run.says("hand over a token");
    team.repo
        .prode_in(&endpoint, &["promote", &id, "--open-pr"], "")
        .fails(1)
        .warns("PRODE_FORGE__TOKEN");
    for command in
        [&["proposal", "list"][..], &["inbox", "sync"], &["proposal", "show", &id], &["doctor"]]
    {
        team.repo.prode_in(&endpoint, command, "").ok();
    }
    assert!(team.forge.world().requests.is_empty());
    team.prode(&["promote", &id, "--open-pr"]).ok().says("opened github:org/repo#1");
}

#[test]
fn a_repository_may_not_say_where_a_token_goes() {
    let team = Team::new(Kind::GitHub);
    let hostile = format!(
        "forge: {{kind: github, repo: org/repo, endpoint: '{}', token: x}}\n",
        team.forge.endpoint()
    );
    team.repo.write("prode.yaml", hostile).commit("hostile");
    let id = team.learning(CAUSE);
    let own = [("PRODE_FORGE__TOKEN", token())];
    team.repo.prode_in(&own, &["promote", &id], "").ok().warns("forge.endpoint does not say where");
    team.repo
        .prode_in(&own, &["promote", &id, "--open-pr"], "")
        .fails(1)
        .warns("PRODE_FORGE__ENDPOINT");
    assert!(team.forge.world().requests.is_empty());
    let report = team.repo.prode(&["config", "list", "--origin"]).ok();
    report.warns("'forge.endpoint' may not come from a repository");
}

#[test]
fn a_token_that_is_refused_is_told_and_never_shown() {
    let team = Team::new(Kind::Gitea);
    let id = team.learning(CAUSE);
    let wrong = ["an", "old", "one"].join("-");
    let mut environment = team.environment();
    environment[1].1.clone_from(&wrong);
    let run = team.repo.prode_in(&environment, &["promote", &id], "").fails(1);
    let run = run.warns("does not take the token").warns("PRODE_FORGE__TOKEN");
    assert!(!run.stderr().contains(&wrong) && !run.stdout().contains(&wrong));
    let doctor = team.repo.prode_in(&environment, &["doctor", "--json"], "").stdout().to_owned();
    assert!(!doctor.contains(&wrong), "{doctor}");
}

#[test]
fn doctor_says_what_leaves_the_machine() {
    let team = Team::new(Kind::GitHub);
    let row = |run: crate::support::ProdeRun, topic: &str| {
        let answer = run.ok().json();
        let rows = answer["rows"].as_array().unwrap().clone();
        rows.into_iter().find(|it| it["topic"] == topic).unwrap()["found"]
            .as_str()
            .unwrap()
            .to_owned()
    };
    let doctor = ["doctor", "--json"];
    let with = row(team.prode(&doctor), "forge");
    assert!(
        with.contains("github:org/repo at 127.0.0.1:") && with.contains("pull requests"),
        "{with}"
    );
    let network = row(team.prode(&doctor), "network");
    assert!(network.contains("forge") && network.contains("origin"), "{network}");
    let without = row(team.repo.prode(&doctor), "forge");
    assert!(without.contains("no token"), "{without}");
    let alone = TestRepo::new();
    alone.write("wiki/a.md", "# A\n").commit("a");
    assert_eq!(row(alone.prode(&doctor), "forge"), "none is named");
}

/// The words that `forge.kind` takes stand in the settings' own table, which may
/// not ask the room of forges.
#[test]
fn every_forge_can_be_set_and_nothing_else() {
    let schema = prode::config::Settings::schema();
    let words = schema.pointer("/properties/forge/properties/kind/enum").unwrap();
    let known = |word: &serde_json::Value| {
        prode::forge::Kind::named(word.as_str().unwrap()).unwrap_or_else(|| panic!("{word}"))
    };
    let set: std::collections::BTreeSet<_> = words.as_array().unwrap().iter().map(known).collect();
    assert!(set.into_iter().eq(prode::forge::Kind::ALL), "src/config/keys.rs and Kind::ALL differ");
}
