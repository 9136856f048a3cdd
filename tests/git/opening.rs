//! Which repository is opened, and why one is not.

use std::fs;

use prode::git::{GitError, Repository};
use prode::hint::{ErrorKind, Helpful};

use super::open;
use crate::support::TestRepo;

#[test]
fn a_folder_inside_finds_its_repository() {
    let repo = TestRepo::new();
    repo.write("wiki/deep/page.md", "x");
    let found = Repository::discover(&repo.path().join("wiki/deep")).unwrap();
    assert_eq!(found.workdir(), Some(repo.path()));
    assert_eq!(found.git_dir(), repo.path().join(".git"));
    let by_file = Repository::discover(&repo.path().join("wiki/deep/page.md")).unwrap();
    assert_eq!(by_file.workdir(), Some(repo.path()));
}

#[test]
fn a_bare_repository_has_no_work_tree() {
    let repo = TestRepo::bare();
    let found = Repository::discover(&repo.path().join("refs")).unwrap();
    assert!(found.is_bare());
    assert_eq!(found.workdir(), None);
    assert_eq!(found.common_dir(), repo.path());
    assert!(matches!(found.work_tree_files(&mut super::all), Err(GitError::NoWorkTree(_))));
}

#[test]
fn a_linked_work_tree_shares_the_common_folder() {
    let repo = TestRepo::new();
    repo.write("a.md", "a").commit("one");
    let linked = repo.linked(&["-b", "side"]);
    linked.write("sub/new.md", "n");
    let found = Repository::discover(&linked.path().join("sub")).unwrap();
    let again = found.reopen().unwrap();
    for found in [&found, &again] {
        assert_eq!(found.common_dir(), repo.path().join(".git"));
        assert_eq!(found.workdir(), Some(linked.path()));
        assert_ne!(found.git_dir(), found.common_dir());
    }
}

#[test]
fn a_repository_opens_again_in_a_thread() {
    let repo = TestRepo::new();
    let tip = repo.write("a.md", "a").commit("one");
    let found = open(&repo);
    let other = found.reopen().unwrap();
    let seen = std::thread::spawn(move || other.resolve("HEAD").unwrap().to_string());
    assert_eq!(seen.join().unwrap(), tip);
}

#[test]
fn no_repository_is_said() {
    let folder = TestRepo::no_repository();
    let error = Repository::discover(folder.path()).unwrap_err();
    assert!(matches!(error, GitError::NoRepository(_)), "{error}");
    assert_eq!(error.kind(), ErrorKind::NotFound);
    let error = Repository::discover(&folder.path().join("gone")).unwrap_err();
    assert!(error.to_string().ends_with("gone' does not exist"), "{error}");
}

#[test]
fn exactly_this_folder_is_opened() {
    let repo = TestRepo::new();
    repo.write("wiki/page.md", "x");
    let error = Repository::open(&repo.path().join("wiki")).unwrap_err();
    assert!(matches!(error, GitError::NoRepository(_)), "{error}");
}

#[test]
fn sha_256_is_said_in_one_line() {
    let repo = TestRepo::init(&["--object-format=sha256"]);
    repo.write("a.md", "a").commit("one");
    let error = Repository::discover(repo.path()).unwrap_err();
    assert!(matches!(error, GitError::Unsupported { .. }), "{error}");
    let text = error.to_string();
    assert!(
        text.ends_with("uses object ids of the format 'sha256', which prode cannot read"),
        "{text}"
    );
    assert!(!error.hints().is_empty());
}

#[test]
fn reftable_is_said_in_one_line() {
    let repo = TestRepo::init(&["--ref-format=reftable"]);
    repo.write("a.md", "a").commit("one");
    let error = Repository::discover(repo.path()).unwrap_err();
    let text = error.to_string();
    assert!(text.ends_with("uses ref storage 'reftable', which prode cannot read"), "{text}");
    let linked = repo.linked(&["-b", "side"]);
    let text = Repository::discover(linked.path()).unwrap_err().to_string();
    assert!(text.contains("'reftable'"), "{text}");
}

#[test]
fn an_unknown_extension_is_named() {
    let repo = TestRepo::new();
    repo.git(&["config", "core.repositoryformatversion", "1"]);
    repo.git(&["config", "extensions.fromthefuture", "true"]);
    let text = Repository::discover(repo.path()).unwrap_err().to_string();
    assert!(text.contains("fromthefuture"), "{text}");
}

#[cfg(unix)]
#[test]
fn foreign_ownership_passes_on_the_advice_of_git() {
    let repo = TestRepo::new();
    repo.write("wiki/a.md", "a").commit("one");
    let somebody = Some(65_534);
    if std::os::unix::fs::chown(repo.path(), somebody, somebody).is_err() {
        println!("skipped: only root may give a folder away");
        return;
    }
    std::os::unix::fs::chown(repo.path().join(".git"), somebody, somebody).unwrap();
    let error = Repository::discover(&repo.path().join("wiki")).unwrap_err();
    assert!(matches!(error, GitError::ForeignOwner(_)), "{error}");
    let advice = format!("git config --global --add safe.directory {}", repo.path().display());
    assert!(error.hints()[0].contains(&advice), "{:?}", error.hints());
}

#[test]
fn shallow_and_partial_clones_are_known() {
    let repo = TestRepo::new();
    repo.write("a.md", "a").commit("one");
    repo.write("a.md", "b").commit("two");
    repo.git(&["config", "uploadpack.allowFilter", "true"]);
    assert!(!open(&repo).is_shallow());
    assert!(!open(&repo).is_partial());
    assert!(open(&repo.clone_to(&["--depth=1"])).is_shallow());
    assert!(open(&repo.clone_to(&["--bare", "--filter=blob:none"])).is_partial());
}

#[test]
fn opening_and_reading_writes_nothing() {
    let repo = TestRepo::new();
    repo.write("a.md", "a").write("b.md", "b").commit("one");
    repo.write("a.md", "changed").write("new.md", "n");
    // An index whose times no longer fit is one that Git would like to refresh.
    let copy = fs::read(repo.path().join("b.md")).unwrap();
    repo.remove("b.md").write("b.md", copy);
    let before = repo.snapshot();
    let found = open(&repo);
    let trunk = found.trunk(None).unwrap().commit.unwrap();
    let tree = found.commit(trunk).unwrap().tree;
    assert_eq!(found.work_tree_changes(Some(tree), &mut super::all).unwrap().len(), 2);
    assert_eq!(found.files(tree, &mut super::all).unwrap().len(), 2);
    assert!(before == repo.snapshot(), "a reader wrote");
}
