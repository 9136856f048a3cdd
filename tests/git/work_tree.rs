//! Files on disk, compared with a tree.

use std::fs;
use std::os::unix::fs::symlink;

use prode::git::{EntryKind, FileState, GitError, WorkTreeChange, plain_files, plain_read};

use super::{all, open, path, tree};
use crate::support::TestRepo;

fn told(changes: &[WorkTreeChange]) -> Vec<String> {
    let sign = |state| match state {
        FileState::Modified => 'M',
        FileState::Added => 'A',
        FileState::Deleted => 'D',
    };
    changes.iter().map(|change| format!("{} {}", sign(change.state), change.path)).collect()
}

fn changed(repo: &TestRepo, base: &str) -> Vec<String> {
    told(&open(repo).work_tree_changes(Some(tree(repo, base)), &mut all).unwrap())
}

fn listed(repo: &TestRepo) -> Vec<String> {
    let files = open(repo).work_tree_files(&mut all).unwrap();
    files.iter().map(ToString::to_string).collect()
}

#[test]
fn every_kind_of_change_is_seen() {
    let repo = TestRepo::new();
    repo.write("wiki/a.md", "a").write("wiki/b.md", "b").write("gone.md", "g").commit("one");
    assert_eq!(changed(&repo, "HEAD"), Vec::<String>::new());
    repo.write("wiki/a.md", "A").write("wiki/new.md", "n").remove("gone.md");
    let expected = ["D gone.md", "M wiki/a.md", "A wiki/new.md"];
    assert_eq!(changed(&repo, "HEAD"), expected);
    repo.git(&["add", "--all"]);
    assert_eq!(changed(&repo, "HEAD"), expected, "what is staged is no less changed");
}

#[test]
fn the_given_tree_is_the_measure() {
    let repo = TestRepo::new();
    repo.write("a.md", "1").write("old.md", "o").commit("one");
    repo.write("a.md", "2").remove("old.md").write("new.md", "n").commit("two");
    assert_eq!(changed(&repo, "HEAD~1"), ["M a.md", "A new.md", "D old.md"]);
    assert_eq!(changed(&repo, "HEAD"), Vec::<String>::new());
    let without = open(&repo).work_tree_changes(None, &mut all).unwrap();
    assert_eq!(told(&without), ["A a.md", "A new.md"]);
}

#[test]
fn a_change_in_the_tick_of_the_index_is_seen() {
    let repo = TestRepo::new();
    for round in 0..20 {
        repo.write("a.md", format!("text {round:02}")).commit("one");
        repo.write("a.md", format!("TEXT {round:02}"));
        assert_eq!(changed(&repo, "HEAD"), ["M a.md"], "round {round}");
    }
}

#[test]
fn a_restored_time_hides_no_change() {
    let repo = TestRepo::new();
    let long_ago =
        std::time::SystemTime::UNIX_EPOCH + std::time::Duration::from_secs(1_000_000_000);
    let age = || {
        let file = fs::File::options().write(true).open(repo.path().join("a.md")).unwrap();
        file.set_modified(long_ago).unwrap();
    };
    repo.write("a.md", "before");
    age();
    repo.commit("one");
    repo.write("a.md", "behind");
    age();
    assert_eq!(changed(&repo, "HEAD"), ["M a.md"]);
}

#[test]
fn a_touched_file_is_unchanged() {
    let repo = TestRepo::new();
    repo.write("a.md", "a").commit("one");
    repo.remove("a.md").write("a.md", "a");
    assert_eq!(changed(&repo, "HEAD"), Vec::<String>::new());
}

#[test]
fn line_ends_are_judged_as_git_does() {
    let repo = TestRepo::new();
    repo.write(".gitattributes", "*.md text eol=crlf\n")
        .write("a.md", "one\ntwo\n")
        .write("b.md", "b\n");
    repo.commit("one");
    repo.remove("a.md").remove("b.md");
    repo.git(&["checkout", "--", "."]);
    assert_eq!(fs::read(repo.path().join("a.md")).unwrap(), b"one\r\ntwo\r\n");
    // Written again, so that the index proves nothing.
    repo.remove("a.md").write("a.md", "one\r\ntwo\r\n").write("b.md", "B\r\n");
    assert_eq!(changed(&repo, "HEAD"), ["M b.md"]);
    assert_eq!(open(&repo).read_work_tree(&path("a.md")).unwrap(), b"one\r\ntwo\r\n");
}

#[test]
fn ignored_files_are_left_out_unless_tracked() {
    let repo = TestRepo::new();
    repo.write(".gitignore", "*.log\n/build/\n!kept.log\n").write("build/in.md", "1");
    repo.write("wiki/.gitignore", "draft-*\n").write("forced.log", "2");
    repo.git(&["add", "--all"]);
    repo.git(&["add", "--force", "forced.log"]);
    repo.commit("one");
    repo.write("x.log", "3").write("kept.log", "4").write("wiki/draft-a.md", "5");
    repo.write("draft-b.md", "6").write("secret.txt", "7").write("mine.txt", "8");
    repo.write(".git/info/exclude", "secret.txt\n").write("../home/mine", "mine.*\n");
    repo.git(&["config", "core.excludesFile", &repo.home().join("mine").display().to_string()]);
    let expected = [".gitignore", "draft-b.md", "forced.log", "kept.log", "wiki/.gitignore"];
    assert_eq!(listed(&repo), expected);
    let git = repo.git(&["ls-files", "--cached", "--others", "--exclude-standard"]);
    let mut git: Vec<&str> = git.lines().collect();
    git.sort_unstable();
    assert_eq!(git, expected, "Git's own list");
}

#[test]
fn what_left_the_index_and_is_ignored_is_deleted() {
    let repo = TestRepo::new();
    repo.write("a.md", "a").commit("one");
    repo.git(&["rm", "-q", "--cached", "a.md"]);
    assert_eq!(changed(&repo, "HEAD"), Vec::<String>::new(), "untracked, but there");
    repo.write(".git/info/exclude", "a.md\n");
    assert_eq!(changed(&repo, "HEAD"), ["D a.md"]);
}

#[test]
fn links_and_inner_repositories_are_not_followed() {
    let repo = TestRepo::new();
    repo.write("wiki/a.md", "a").write("out/secret.md", "s").commit("one");
    repo.rename("out", "../outside");
    symlink(repo.path().join("../outside"), repo.path().join("out")).unwrap();
    symlink("/etc/passwd", repo.path().join("wiki/passwd.md")).unwrap();
    repo.write("inner/page.md", "p");
    repo.git(&["init", "-q", "inner"]);
    assert_eq!(listed(&repo), ["wiki/a.md"]);
    assert_eq!(changed(&repo, "HEAD"), ["D out/secret.md"]);
    let found = open(&repo);
    for refused in ["out/secret.md", "wiki/passwd.md", "wiki", ".git/config"] {
        let error = found.read_work_tree(&path(refused)).unwrap_err();
        assert!(matches!(error, GitError::NotAFile(_)), "{refused}: {error:?}");
    }
    let climbing = prode::repo_path::RepoPath::from_git(b"wiki/../../home".to_vec());
    assert!(matches!(found.read_work_tree(&climbing), Err(GitError::NotAFile(_))));
    assert_eq!(found.work_tree_size(&path("wiki/a.md")).unwrap(), 1);
}

#[test]
fn a_file_that_became_a_folder_is_both() {
    let repo = TestRepo::new();
    repo.write("a", "1").write("b/c", "2").commit("one");
    repo.remove("a").write("a/x", "3").remove("b").write("b", "4");
    assert_eq!(changed(&repo, "HEAD"), ["D a", "A a/x", "A b", "D b/c"]);
}

#[test]
fn a_sparse_checkout_deletes_nothing() {
    let repo = TestRepo::new();
    repo.write("wiki/a.md", "a").write("big/b.md", "b").commit("one");
    repo.git(&["sparse-checkout", "set", "--no-cone", "/wiki/"]);
    assert!(!repo.path().join("big/b.md").exists());
    assert_eq!(changed(&repo, "HEAD"), Vec::<String>::new());
    assert_eq!(listed(&repo), ["wiki/a.md"]);
}

#[test]
fn a_conflicted_file_is_changed() {
    let repo = TestRepo::new();
    repo.write("a.md", "base\n").commit("base");
    repo.git(&["checkout", "-q", "-b", "side"]);
    repo.write("a.md", "side\n").commit("side");
    repo.git(&["checkout", "-q", "main"]);
    repo.write("a.md", "main\n").commit("main");
    assert!(!repo.try_git(&["merge", "side"]).status.success());
    assert_eq!(changed(&repo, "HEAD"), ["M a.md"]);
    assert_eq!(listed(&repo), ["a.md"]);
}

#[test]
fn every_shape_of_index_is_read_or_named() {
    let repo = TestRepo::new();
    repo.write("wiki/a.md", "a").write("wiki/b.md", "b").commit("one");
    repo.git(&["update-index", "--index-version=4"]);
    assert_eq!(changed(&repo, "HEAD"), Vec::<String>::new());
    repo.git(&["-c", "index.skipHash=true", "update-index", "--force-write-index"]);
    assert_eq!(changed(&repo, "HEAD"), Vec::<String>::new());
    repo.git(&["update-index", "--split-index"]);
    let error = open(&repo).work_tree_changes(None, &mut all).unwrap_err();
    assert!(matches!(error, GitError::UnreadableIndex(_)), "{error:?}");
    repo.git(&["update-index", "--no-split-index"]);
    assert_eq!(changed(&repo, "HEAD"), Vec::<String>::new());
}

#[test]
fn only_wanted_files_are_looked_at() {
    let repo = TestRepo::new();
    repo.write("wiki/a.md", "a").write("src/b.md", "b").commit("one");
    repo.write("wiki/a.md", "A").write("src/b.md", "B").write("src/c.md", "C");
    let mut wanted = |path: &[u8], kind| kind == EntryKind::File || path == b"wiki";
    let base = Some(tree(&repo, "HEAD"));
    let found = open(&repo).work_tree_changes(base, &mut wanted).unwrap();
    assert_eq!(told(&found), ["M wiki/a.md"]);
}

#[test]
fn an_empty_repository_has_files() {
    let repo = TestRepo::new();
    repo.write("wiki/a.md", "a");
    assert_eq!(listed(&repo), ["wiki/a.md"]);
}

#[test]
fn a_plain_folder_is_walked_and_read() {
    let folder = TestRepo::no_repository();
    folder.write(".gitignore", "*.tmp\n").write("wiki/a.md", "a").write("x.tmp", "t");
    folder.write(".git/left-out", "x").write("wiki/z.md", "z");
    symlink("/etc", folder.path().join("etc")).unwrap();
    let files = plain_files(folder.path(), &mut all).unwrap();
    let names: Vec<String> = files.iter().map(ToString::to_string).collect();
    assert_eq!(names, [".gitignore", "wiki/a.md", "wiki/z.md"]);
    assert_eq!(plain_read(folder.path(), &path("wiki/a.md")).unwrap(), b"a");
    assert!(matches!(plain_read(folder.path(), &path("etc/passwd")), Err(GitError::NotAFile(_))));
    assert!(matches!(
        plain_files(&folder.path().join("none"), &mut all),
        Err(GitError::Read { .. })
    ));
}
