//! Commits by name and by time.

use jiff::Timestamp;
use prode::git::GitError;
use prode::hint::{ErrorKind, Helpful};

use super::{commit, open};
use crate::support::TestRepo;

fn at(text: &str) -> Timestamp {
    text.parse().unwrap()
}

#[test]
fn every_spelling_of_a_commit_is_read() {
    let repo = TestRepo::new();
    let one = repo.commit("one");
    let two = repo.commit("two");
    repo.git(&["tag", "--annotate", "-m", "first", "v1", &one]);
    let found = open(&repo);
    for (rev, id) in
        [("HEAD", &two), ("HEAD~1", &one), ("main^", &one), ("v1", &one), (&two[..8], &two)]
    {
        assert_eq!(found.resolve(rev).unwrap(), commit(id), "{rev}");
    }
}

#[test]
fn an_unknown_name_hears_of_its_neighbour() {
    let repo = TestRepo::new();
    repo.commit("one");
    repo.git(&["branch", "release"]);
    let error = open(&repo).resolve("relaese").unwrap_err();
    assert_eq!(error.to_string(), "there is no revision 'relaese'");
    assert_eq!(error.hints(), ["did you mean 'release'?"]);
    assert_eq!(error.kind(), ErrorKind::NotFound);
    let clone = repo.clone_to(&[]);
    assert_eq!(
        open(&clone).resolve("release").unwrap_err().hints(),
        ["did you mean 'origin/release'?"]
    );
    for rev in ["", "main~99", "a..b", "\u{0}", "^", "@{-1}", "[[["] {
        let error = open(&clone).resolve(rev).unwrap_err();
        assert_eq!(error.kind(), ErrorKind::NotFound, "{rev:?}: {error:?}");
    }
}

#[test]
fn a_short_id_may_be_ambiguous() {
    let repo = TestRepo::new();
    repo.commit("one");
    // Among 2,000 blobs two ids begin alike, as birthdays go.
    let blob = |n: u32| format!("blob\ndata {}\n{n}\n", n.to_string().len());
    let blobs: Vec<String> = (0..2_000).map(blob).collect();
    repo.git_with_input(&["fast-import", "--quiet"], blobs.concat());
    let list = repo.git(&["cat-file", "--batch-all-objects", "--batch-check=%(objectname)"]);
    let ids: Vec<&str> = list.lines().collect();
    let twins = ids.windows(2).find(|pair| pair[0][..4] == pair[1][..4]).unwrap();
    let error = open(&repo).resolve(&twins[0][..4]).unwrap_err();
    assert!(matches!(error, GitError::AmbiguousRevision(_)), "{error:?}");
    assert_eq!(error.hints(), ["give more digits of the id"]);
}

#[test]
fn a_file_is_no_commit() {
    let repo = TestRepo::new();
    repo.write("a.md", "a").commit("one");
    for rev in ["HEAD:a.md", "HEAD^{tree}"] {
        let error = open(&repo).resolve(rev).unwrap_err();
        assert!(matches!(error, GitError::NotACommit(_)), "{rev}: {error:?}");
    }
}

#[test]
fn an_empty_head_is_said() {
    let error = open(&TestRepo::new()).resolve("HEAD").unwrap_err();
    assert!(matches!(error, GitError::Unborn(_)), "{error:?}");
}

#[test]
fn the_last_commit_before_a_time_is_found() {
    let repo = TestRepo::new();
    let one = repo.commit_at("one", "2026-03-01T10:00:00Z");
    let two = repo.commit_at("two", "2026-03-02T10:00:00Z");
    let found = open(&repo);
    let as_of = |when| found.as_of(commit(&two), at(when)).unwrap().map(|id| id.to_string());
    assert_eq!(as_of("2026-03-02T00:00:00Z"), Some(one.clone()));
    assert_eq!(as_of("2026-03-02T10:00:00Z"), Some(one), "before means before");
    assert_eq!(as_of("2026-03-02T10:00:00.5Z"), Some(two.clone()));
    assert_eq!(as_of("2026-03-01T10:00:00Z"), None);
    assert_eq!(as_of("2030-01-01T00:00:00Z"), Some(two.clone()));
}

#[test]
fn only_the_first_parents_count() {
    let repo = TestRepo::new();
    let one = repo.commit_at("one", "2026-03-01T10:00:00Z");
    repo.git(&["checkout", "-q", "-b", "side"]);
    repo.commit_at("on the side", "2026-03-02T10:00:00Z");
    repo.git(&["checkout", "-q", "main"]);
    repo.commit_at("three", "2026-03-03T10:00:00Z");
    repo.git(&["merge", "-q", "--no-ff", "-m", "merge", "side"]);
    let tip = commit(&repo.git(&["rev-parse", "HEAD"]));
    let found = open(&repo).as_of(tip, at("2026-03-02T12:00:00Z")).unwrap();
    assert_eq!(found, Some(commit(&one)));
}

#[test]
fn one_wrong_clock_hides_no_later_commit() {
    let repo = TestRepo::new();
    repo.commit_at("one", "2026-03-01T10:00:00Z");
    repo.commit_at("from the future", "2031-01-01T00:00:00Z");
    let three = repo.commit_at("three", "2026-03-03T10:00:00Z");
    let found = open(&repo).as_of(commit(&three), at("2026-03-04T00:00:00Z")).unwrap();
    assert_eq!(found, Some(commit(&three)));
}

#[test]
fn a_shallow_clone_says_where_it_ends() {
    let repo = TestRepo::new();
    repo.commit_at("one", "2026-03-01T10:00:00Z");
    repo.commit_at("two", "2026-03-02T10:00:00Z");
    let three = commit(&repo.commit_at("three", "2026-03-03T10:00:00Z"));
    let found = open(&repo.clone_to(&["--depth=2"]));
    assert!(found.as_of(three, at("2026-03-03T00:00:00Z")).unwrap().is_some());
    let error = found.as_of(three, at("2026-03-02T00:00:00Z")).unwrap_err();
    assert!(matches!(error, GitError::ShallowBoundary { .. }), "{error:?}");
    assert!(error.hints()[0].contains("git fetch --unshallow"));
    let hints = found.resolve("HEAD~2").unwrap_err().hints();
    assert!(hints[0].contains("git fetch --unshallow"), "{hints:?}");
}

#[test]
fn a_commit_describes_itself() {
    let repo = TestRepo::new();
    let one = repo.commit_at("one", "2026-03-01T10:00:00Z");
    let two = repo.commit("two: a summary\n\nand a body");
    let info = open(&repo).commit(commit(&two)).unwrap();
    assert_eq!(info.parents, [commit(&one)]);
    assert_eq!(info.time, at("2026-03-01T10:01:00Z"));
    assert_eq!(info.tree, super::tree(&repo, "HEAD"));
    assert_eq!((info.author.as_str(), info.email.as_str()), ("Ada Example", "ada@example.org"));
    assert_eq!(info.summary, "two: a summary");
}
