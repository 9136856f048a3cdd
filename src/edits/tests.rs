//! Changes that are made, refused, and cut off at every step.

use std::fs;
use std::path::Path;

use tempfile::TempDir;

use super::*;

fn edits(folder: &TempDir) -> Edits {
    fs::create_dir_all(folder.path().join("top")).unwrap();
    Edits::new(folder.path().join("top"), folder.path().join("journal"))
}

fn path(text: &str) -> RepoPath {
    RepoPath::new(text).unwrap()
}

fn change(at: &str, before: Option<&str>, after: Option<&str>) -> FileChange {
    let bytes = |text: &str| text.as_bytes().to_vec();
    FileChange { path: path(at), before: before.map(bytes), after: after.map(bytes) }
}

/// Every file below `top` with its text, sorted; hidden ones too.
fn files(top: &Path) -> Vec<(String, String)> {
    let walk = walkdir::WalkDir::new(top).sort_by_file_name().into_iter().map(Result::unwrap);
    let name = |path: &Path| path.strip_prefix(top).unwrap().display().to_string();
    let entries = walk.filter(|entry| entry.depth() > 0).map(|entry| {
        let text = fs::read_to_string(entry.path()).unwrap_or_else(|_| "a folder".to_owned());
        (name(entry.path()), text)
    });
    entries.collect()
}

fn put(edits: &Edits, at: &str, text: &str) {
    let full = edits.top.join(at);
    fs::create_dir_all(full.parent().unwrap()).unwrap();
    fs::write(full, text).unwrap();
}

/// A file that changes, one that comes in a new folder, and one that goes with its folder.
fn three() -> [FileChange; 3] {
    [
        change("a.md", Some("old a"), Some("new a")),
        change("new/b.md", None, Some("new b")),
        change("gone/c.md", Some("old c"), None),
    ]
}

fn begun(folder: &TempDir) -> Edits {
    let edits = edits(folder);
    put(&edits, "a.md", "old a");
    put(&edits, "gone/c.md", "old c");
    edits
}

fn text(name: &str, text: &str) -> (String, String) {
    (name.to_owned(), text.to_owned())
}

fn old() -> Vec<(String, String)> {
    vec![text("a.md", "old a"), text("gone", "a folder"), text("gone/c.md", "old c")]
}

fn new() -> Vec<(String, String)> {
    vec![text("a.md", "new a"), text("new", "a folder"), text("new/b.md", "new b")]
}

#[test]
fn all_changes_are_made_and_nothing_is_left_behind() {
    let folder = TempDir::new().unwrap();
    let edits = begun(&folder);
    edits.apply(&three()).unwrap();
    assert_eq!(files(&edits.top), new());
    assert!(!edits.is_interrupted());
    assert_eq!(edits.recover().unwrap(), None);
}

#[test]
fn one_file_that_was_changed_refuses_all() {
    let folder = TempDir::new().unwrap();
    let edits = begun(&folder);
    put(&edits, "gone/c.md", "edited");
    let refused = edits.apply(&three()).unwrap_err();
    assert!(matches!(&refused, EditError::Changed(at) if *at == path("gone/c.md")), "{refused}");
    put(&edits, "gone/c.md", "old c");
    put(&edits, "new/b.md", "there");
    assert!(matches!(edits.apply(&three()), Err(EditError::Taken(_))));
    assert_eq!(fs::read_to_string(edits.top.join("a.md")).unwrap(), "old a");
    assert!(!edits.is_interrupted());
}

#[test]
fn whatever_step_it_is_cut_off_at_the_files_are_old_or_new() {
    let mut steps = 0;
    for cut in 0.. {
        let folder = TempDir::new().unwrap();
        let edits = begun(&folder);
        let mut seen = Vec::new();
        let result = edits.apply_until(&three(), &mut |step| {
            seen.push(step);
            seen.len() <= cut
        });
        steps = steps.max(seen.len());
        if result.is_ok() {
            break;
        }
        let decided = seen.contains(&Step::Rename(0));
        let recovery = edits.recover().unwrap();
        assert_eq!(files(&edits.top), if decided { new() } else { old() }, "cut at {seen:?}");
        let expected = match (decided, cut) {
            (_, 0) => None,
            (true, _) => Some(Recovery::Finished(three().map(|it| it.path).to_vec())),
            (false, _) => Some(Recovery::TakenBack),
        };
        assert_eq!(recovery, expected, "cut at {seen:?}");
        assert!(!edits.is_interrupted());
    }
    assert_eq!(steps, 8);
}

#[test]
fn the_next_change_ends_an_interrupted_one_first() {
    let folder = TempDir::new().unwrap();
    let edits = begun(&folder);
    edits.apply_until(&three(), &mut |step| step != Step::Rename(1)).unwrap_err();
    edits.apply(&[change("new/b.md", Some("new b"), Some("newer b"))]).unwrap();
    assert_eq!(fs::read_to_string(edits.top.join("new/b.md")).unwrap(), "newer b");
    assert!(!edits.top.join("gone").exists());
}

#[test]
fn what_was_edited_after_the_kill_is_not_overwritten() {
    let folder = TempDir::new().unwrap();
    let edits = begun(&folder);
    edits.apply_until(&three(), &mut |step| step != Step::Rename(0)).unwrap_err();
    put(&edits, "a.md", "edited by hand");
    let Err(EditError::Overtaken { path: at, waiting: Some(waiting) }) = edits.recover() else {
        panic!("an edited file is left alone");
    };
    assert_eq!((at, fs::read_to_string(waiting).unwrap()), (path("a.md"), "new a".to_owned()));
    assert_eq!(fs::read_to_string(edits.top.join("a.md")).unwrap(), "edited by hand");
    assert!(edits.is_interrupted());
}

#[test]
fn a_second_writer_is_told_at_once() {
    let folder = TempDir::new().unwrap();
    let edits = begun(&folder);
    let _lock = Lock::take(&edits.folder).unwrap();
    assert!(matches!(edits.apply(&three()), Err(EditError::Busy)));
    assert_eq!(files(&edits.top), old());
}

#[cfg(unix)]
#[test]
fn links_and_folders_are_refused_and_permissions_kept() {
    use std::os::unix::fs::{PermissionsExt, symlink};
    let folder = TempDir::new().unwrap();
    let edits = begun(&folder);
    symlink(edits.top.join("gone"), edits.top.join("link")).unwrap();
    for at in ["link/c.md", "gone", "link", ".git/config", "x/../../y"] {
        let Ok(at) = RepoPath::new(at) else { continue };
        let refused = edits.apply(&[FileChange { path: at, before: None, after: Some(vec![]) }]);
        assert!(matches!(refused, Err(EditError::NotAFile(_))), "{refused:?}");
    }
    fs::set_permissions(edits.top.join("a.md"), fs::Permissions::from_mode(0o750)).unwrap();
    edits.apply(&[change("a.md", Some("old a"), Some("new a"))]).unwrap();
    let mode = fs::metadata(edits.top.join("a.md")).unwrap().permissions().mode();
    assert_eq!(mode & 0o777, 0o750);
}

#[cfg(unix)]
#[test]
fn a_moved_file_keeps_its_permissions() {
    use std::os::unix::fs::PermissionsExt;
    let folder = TempDir::new().unwrap();
    let edits = begun(&folder);
    let mode = |at: &str| fs::metadata(edits.top.join(at)).unwrap().permissions().mode() & 0o777;
    fs::set_permissions(edits.top.join("a.md"), fs::Permissions::from_mode(0o755)).unwrap();
    let (old, new) = (path("a.md"), path("x/b.md"));
    let changes = [change("x/b.md", None, Some("old a")), change("a.md", Some("old a"), None)];
    edits.apply_moving(&changes, [(&old, &new)].into_iter()).unwrap();
    assert_eq!(mode("x/b.md"), 0o755);
    edits.respell(&path("x"), &path("X")).unwrap();
    assert_eq!(mode("X/b.md"), 0o755);
}

#[test]
fn a_move_cut_off_anywhere_is_the_old_tree_or_the_new_one() {
    let (old, new) = (
        old(),
        vec![
            text("gone", "a folder"),
            text("gone/c.md", "new c"),
            text("x", "a folder"),
            text("x/a.md", "new a"),
        ],
    );
    let changes = [
        change("x/a.md", None, Some("new a")),
        change("gone/c.md", Some("old c"), Some("new c")),
        change("a.md", Some("old a"), None),
    ];
    for cut in 0..8 {
        let folder = TempDir::new().unwrap();
        let edits = begun(&folder);
        let mut steps = 0;
        let done = edits.apply_until(&changes, &mut |_| {
            steps += 1;
            steps <= cut
        });
        edits.recover().unwrap();
        let found = files(&edits.top);
        assert!(found == old || found == new, "cut at step {cut}: {found:?}");
        assert!(done.is_err() || found == new);
    }
}
