//! Approvals travel between clones through a real Git server.

use prode::clock::Clock;
use prode::config::Environment;
use prode::hint::{ErrorKind, Helpful};
use prode::ops::approvals;
use prode::ops::ledger;
use prode::workspace::{Options, Workspace};

use super::team::{BRANCH, Team};
use crate::support::{GitDaemon, TestRepo};

/// Two clones of one server: Grace's and Alan's.
struct Pair {
    grace: Team,
    alan: TestRepo,
    _server: TestRepo,
    _daemon: GitDaemon,
}

impl Pair {
    fn new() -> Self {
        let server = TestRepo::bare();
        let daemon = GitDaemon::serve(server.path().parent().unwrap(), &server.home());
        let grace = Team::with("  merge: {count: 2}\n");
        grace.repo.git(&["remote", "add", "origin", &daemon.address("repo")]);
        grace.repo.git(&["push", "--quiet", "origin", "main", BRANCH]);
        let alan = grace.repo.clone_to(&["--no-checkout"]);
        alan.git(&["remote", "set-url", "origin", &daemon.address("repo")]);
        alan.git(&["branch", BRANCH, &format!("origin/{BRANCH}")]);
        alan.git(&["config", "user.name", "Alan Example"]);
        alan.git(&["config", "user.email", "alan@example.org"]);
        Self { grace, alan, _server: server, _daemon: daemon }
    }

    fn approve(&self, name: &str) {
        let team = &self.grace;
        team.store(&team.signed(name, team.statement(name, &team.asked())));
    }
}

fn workspace(repo: &TestRepo) -> Workspace {
    let path = repo.path().to_owned();
    let environment = Environment::default();
    let clock = Clock::system();
    let overrides = Vec::new();
    Workspace::open(Options {
        repo: Some(path.clone()),
        current: path,
        overrides,
        environment,
        clock,
    })
    .unwrap()
}

#[test]
fn what_one_clone_has_the_other_gets() {
    let pair = Pair::new();
    pair.approve("grace");
    pair.grace.repo.prode(&["approvals", "share"]).ok().says("pushed refs/prode/approvals");
    pair.alan.prode(&["approvals", "share"]).ok().says("1 file came from origin");
    pair.alan.prode(&["approvals", "list"]).ok().says("grace@example.org").says("good");
    pair.alan.prode(&["approvals", "share"]).ok().says("0 files came from origin");
}

#[test]
fn clones_that_went_apart_unite() {
    let pair = Pair::new();
    pair.approve("grace");
    pair.grace.repo.prode(&["approvals", "share"]).ok();
    pair.alan.prode(&["approvals", "share"]).ok();
    pair.approve("alan");
    let listed = pair.alan.prode(&["approvals", "list", "--json"]).ok().json();
    let id = listed["approvals"][0]["id"].as_str().unwrap().to_owned();
    pair.alan.prode(&["approvals", "revoke", &id, "--why", "a slip"]).ok();
    pair.alan.prode(&["approvals", "share"]).ok();
    pair.grace.repo.prode(&["approvals", "share"]).ok().says("pushed refs/prode/approvals");
    pair.alan.prode(&["approvals", "share"]).ok();
    for repo in [&pair.grace.repo, &pair.alan] {
        let listed = repo.prode(&["approvals", "list", "--all", "--json"]).ok().json();
        let rows = listed["approvals"].as_array().unwrap();
        let states: Vec<&str> = rows.iter().map(|row| row["state"].as_str().unwrap()).collect();
        assert_eq!(states.len(), 2, "{listed}");
        assert!(states.contains(&"good") && states.contains(&"revoked"), "{states:?}");
        repo.prode(&["approvals", "verify"]).ok();
    }
    let tip = |repo: &TestRepo| repo.git(&["rev-parse", "refs/prode/approvals"]);
    assert_eq!(tip(&pair.grace.repo), tip(&pair.alan));
}

#[test]
fn a_use_in_two_clones_is_found() {
    let pair = Pair::new();
    pair.approve("grace");
    pair.approve("alan");
    pair.grace.repo.prode(&["approvals", "share"]).ok();
    pair.alan.prode(&["approvals", "share"]).ok();
    let asked = pair.grace.asked();
    let both = [pair.grace.workspace(), workspace(&pair.alan)];
    for workspace in &both {
        ledger::use_up(workspace, std::slice::from_ref(&asked), "merge").unwrap();
    }
    approvals::share(&both[0], "origin").unwrap();
    let error = approvals::share(&both[1], "origin").unwrap_err();
    assert_eq!(error.kind(), ErrorKind::Conflict);
    assert!(error.to_string().contains("was used here and elsewhere"), "{error}");
}
