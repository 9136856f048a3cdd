//! The digest of a change covers everything of it, on every machine.

use prode::git::Repository;
use prode::ids::TreeId;

use super::team::{BRANCH, Team};
use crate::support::TestRepo;

fn tree(repo: &TestRepo, rev: &str) -> TreeId {
    repo.git(&["rev-parse", &format!("{rev}^{{tree}}")]).parse().unwrap()
}

#[test]
fn modes_links_and_submodules_are_part_of_a_change() {
    let repo = TestRepo::new();
    repo.write("a", "1").write("b", "2").write("same/x", "3").commit("one");
    let old = tree(&repo, "HEAD");
    repo.git(&["config", "core.fileMode", "false"]);
    repo.git(&["update-index", "--chmod=+x", "a"]);
    let link = repo.git_with_input(&["hash-object", "-w", "--stdin"], "/etc/passwd");
    repo.git(&["update-index", "--add", "--cacheinfo", &format!("120000,{link},b")]);
    let other = "1111111111111111111111111111111111111111";
    repo.git(&["update-index", "--add", "--cacheinfo", &format!("160000,{other},module")]);
    repo.git(&["commit", "--quiet", "--message", "two"]);
    let git = Repository::open(repo.path()).unwrap();
    let changes = git.exact_changes(Some(old), Some(tree(&repo, "HEAD"))).unwrap();
    let told: Vec<String> = changes
        .iter()
        .map(|it| {
            let mode = |side: &Option<prode::git::Side>| {
                side.as_ref().map_or("-".to_owned(), |side| side.mode.clone())
            };
            format!("{} {} {}", it.path, mode(&it.old), mode(&it.new))
        })
        .collect();
    assert_eq!(told, ["a 100644 100755", "b 100644 120000", "module - 160000"]);
}

#[test]
fn every_clone_gives_the_same_digest() {
    let team = Team::new();
    let here = team.asked().subject.digest;
    let clone = team.repo.clone_to(&["--no-checkout"]);
    clone.git(&["config", "diff.algorithm", "histogram"]);
    clone.git(&["config", "diff.context", "0"]);
    clone.git(&["config", "diff.noprefix", "true"]);
    clone.git(&["branch", BRANCH, &format!("origin/{BRANCH}")]);
    let shown = |repo: &TestRepo| {
        let workspace = prode::workspace::Workspace::open(prode::workspace::Options {
            repo: Some(repo.path().to_owned()),
            current: repo.path().to_owned(),
            overrides: Vec::new(),
            environment: prode::config::Environment::default(),
            clock: prode::clock::Clock::system(),
        })
        .unwrap();
        let reviewed = workspace.reviewed().unwrap();
        let named = prode::ops::approvals::Named::Revision(BRANCH);
        prode::ops::approvals::resolve(&workspace, &reviewed, named, None).unwrap().subject.digest
    };
    assert_eq!(shown(&clone), here);
}

#[test]
fn the_trunk_moving_on_voids_nothing_and_a_rebase_does() {
    let team = Team::new();
    let before = team.asked();
    team.land("wiki/other.md", "# Other\n");
    assert_eq!(team.asked().subject.digest, before.subject.digest);
    team.repo.git(&["rebase", "--quiet", "main", BRANCH]);
    team.repo.git(&["checkout", "--quiet", "main"]);
    assert_ne!(team.asked().subject.digest, before.subject.digest);
}
