//! Which branch is the trunk.

use prode::git::{GitError, TrunkSource};
use prode::hint::Helpful;

use super::{commit, open};
use crate::support::TestRepo;

fn with_commit() -> (TestRepo, String) {
    let repo = TestRepo::new();
    let id = repo.write("a.md", "a").commit("one");
    (repo, id)
}

#[test]
fn a_setting_comes_first() {
    let (repo, _) = with_commit();
    repo.git(&["checkout", "-q", "-b", "release"]);
    let id = repo.commit("two");
    repo.git(&["checkout", "-q", "main"]);
    let trunk = open(&repo).trunk(Some("release")).unwrap();
    assert_eq!((trunk.name.as_str(), trunk.commit), ("release", Some(commit(&id))));
    assert_eq!(trunk.source, TrunkSource::Configured);
    assert_eq!(trunk.reference, "refs/heads/release");
}

#[test]
fn an_unknown_setting_names_the_branches() {
    let (repo, _) = with_commit();
    repo.git(&["branch", "release"]);
    for name in ["relaese", "../x", "a b", "", "-"] {
        let error = open(&repo).trunk(Some(name)).unwrap_err();
        assert!(matches!(error, GitError::UnknownTrunk { .. }), "{name}: {error}");
        assert!(error.hints()[0].contains("release"), "{name}: {:?}", error.hints());
    }
}

#[test]
fn the_remote_says_its_default() {
    let (repo, _) = with_commit();
    repo.git(&["checkout", "-q", "-b", "develop"]);
    let id = repo.commit("two");
    let clone = repo.clone_to(&[]);
    let trunk = open(&clone).trunk(None).unwrap();
    assert_eq!((trunk.name.as_str(), trunk.commit), ("develop", Some(commit(&id))));
    assert_eq!(trunk.source, TrunkSource::RemoteDefault);
    clone.git(&["remote", "rename", "origin", "upstream"]);
    assert_eq!(open(&clone).trunk(None).unwrap().name, "develop");
    // A default whose branch is gone counts for nothing.
    clone.git(&["checkout", "-q", "-b", "master"]);
    clone.git(&["branch", "-q", "-D", "develop"]);
    clone.git(&["update-ref", "-d", "refs/remotes/upstream/develop"]);
    assert_eq!(open(&clone).trunk(None).unwrap().name, "main");
    clone.git(&["update-ref", "-d", "refs/remotes/upstream/main"]);
    assert_eq!(open(&clone).trunk(None).unwrap().name, "master");
}

#[test]
fn the_remote_tracking_branch_stands_in() {
    let (repo, id) = with_commit();
    let clone = repo.clone_to(&["--no-checkout"]);
    clone.git(&["checkout", "-q", "-b", "mine"]);
    clone.git(&["branch", "-q", "-D", "main"]);
    let trunk = open(&clone).trunk(None).unwrap();
    assert_eq!((trunk.name.as_str(), trunk.commit), ("main", Some(commit(&id))));
    assert_eq!(trunk.reference, "refs/remotes/origin/main");
    let named = open(&clone).trunk(Some("origin/main")).unwrap();
    assert_eq!(named.reference, "refs/remotes/origin/main");
}

#[test]
fn a_divergence_is_one_line() {
    let (repo, _) = with_commit();
    let clone = repo.clone_to(&[]);
    assert!(open(&clone).trunk(None).unwrap().notes.is_empty());
    repo.commit("theirs");
    clone.git(&["fetch", "-q"]);
    let notes = open(&clone).trunk(None).unwrap().notes;
    assert_eq!(notes, ["main and origin/main differ (0 ahead, 1 behind); reading main"]);
    clone.commit("ours");
    clone.commit("ours again");
    let trunk = open(&clone).trunk(None).unwrap();
    assert_eq!(trunk.notes, ["main and origin/main differ (2 ahead, 1 behind); reading main"]);
    assert_eq!(trunk.reference, "refs/heads/main");
}

#[test]
fn counting_stops_at_a_bound() {
    let (repo, _) = with_commit();
    let clone = repo.clone_to(&[]);
    let commits: Vec<String> = (0..2_500)
        .map(|n| {
            let from = if n == 0 { "from refs/heads/main^0\n" } else { "" };
            let who = format!("A <a@example.org> {} +0000", 1_800_000_000 + n);
            format!("commit refs/heads/main\ncommitter {who}\ndata 1\nx\n{from}\n")
        })
        .collect();
    repo.git_with_input(&["fast-import", "--quiet"], commits.concat());
    clone.git(&["fetch", "-q"]);
    let notes = open(&clone).trunk(None).unwrap().notes;
    assert_eq!(notes, ["main and origin/main differ; reading main"]);
}

#[test]
fn wrong_clocks_do_not_spoil_the_count() {
    let (repo, _) = with_commit();
    repo.commit_at("shared, from the future", "2030-01-01T00:00:00Z");
    repo.commit_at("shared, from the past", "2001-01-01T00:00:00Z");
    let clone = repo.clone_to(&[]);
    repo.commit_at("theirs", "2028-01-01T00:00:00Z");
    clone.commit_at("ours", "1999-01-01T00:00:00Z");
    clone.git(&["fetch", "-q"]);
    let notes = open(&clone).trunk(None).unwrap().notes;
    assert_eq!(notes, ["main and origin/main differ (1 ahead, 1 behind); reading main"]);
}

#[test]
fn head_is_the_last_resort() {
    let (repo, id) = with_commit();
    repo.git(&["branch", "-m", "main", "wip/topic"]);
    let trunk = open(&repo).trunk(None).unwrap();
    assert_eq!((trunk.name.as_str(), trunk.source), ("wip/topic", TrunkSource::Head));
    repo.git(&["checkout", "-q", "--detach"]);
    repo.git(&["branch", "-D", "wip/topic"]);
    let trunk = open(&repo).trunk(None).unwrap();
    assert_eq!((trunk.name.as_str(), trunk.commit), ("HEAD", Some(commit(&id))));
    assert_eq!(trunk.notes, [format!("HEAD is detached; reading {}", &id[..10])]);
}

#[test]
fn an_empty_branch_is_said() {
    let repo = TestRepo::new();
    let trunk = open(&repo).trunk(None).unwrap();
    assert_eq!((trunk.name.as_str(), trunk.commit), ("main", None));
    assert_eq!(trunk.notes, ["branch 'main' has no commit yet"]);
}
