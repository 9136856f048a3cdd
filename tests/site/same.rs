//! The same commit gives the same bytes; what did not change is not written.

use std::os::unix::fs::MetadataExt as _;

use super::{Files, built, files, memory, place, site};

#[test]
fn two_clones_give_the_same_bytes() {
    let repo = memory();
    let here = site(&repo, &[]);
    let clone = repo.clone_to(&[]);
    let bare = repo.clone_to(&["--bare"]);
    for other in [clone, bare] {
        // Both write to the same place.
        std::fs::remove_dir_all(place(&repo)).unwrap();
        assert_eq!(place(&repo), place(&other));
        assert!(same(&here, &site(&other, &[])), "{:?}", other.path());
    }
    repo.write("wiki/index.md", "# Not committed\n");
    repo.prode(&["index", "--rebuild"]).ok();
    std::fs::remove_dir_all(place(&repo)).unwrap();
    assert!(same(&here, &site(&repo, &[])), "the work tree is not read");
    let commit = repo.git(&["rev-parse", "HEAD"]);
    std::fs::remove_dir_all(place(&repo)).unwrap();
    assert!(same(&here, &site(&repo, &["--rev", &commit])), "the same commit by its id");
}

#[track_caller]
fn same(a: &Files, b: &Files) -> bool {
    let other: Vec<&String> =
        a.keys().chain(b.keys()).filter(|name| a.get(*name) != b.get(*name)).collect();
    assert!(other.is_empty(), "{other:?}");
    true
}

#[test]
fn nothing_is_written_where_nothing_changed() {
    let repo = memory();
    let first = built(&repo, &[]);
    assert_eq!(first["written"], first["files"]);
    let folder = place(&repo);
    let inode = std::fs::metadata(&folder).unwrap().ino();
    let second = built(&repo, &[]);
    assert_eq!((&second["written"], &second["unchanged"]), (&0.into(), &first["files"]));
    assert_eq!(std::fs::metadata(&folder).unwrap().ino(), inode, "the folder itself stayed");
    // A file that went is written again.
    std::fs::remove_file(folder.join("index.html")).unwrap();
    let third = built(&repo, &[]);
    assert_eq!(third["written"], 1);
    assert!(folder.join("index.html").exists());
    // So is one that somebody changed, also where its length is the same.
    let whole = std::fs::read(folder.join("index.html")).unwrap();
    let mut other = whole.clone();
    *other.last_mut().unwrap() ^= 1;
    std::fs::write(folder.join("index.html"), other).unwrap();
    assert_eq!(built(&repo, &[])["written"], 1);
    assert_eq!(std::fs::read(folder.join("index.html")).unwrap(), whole);
}

#[test]
fn a_change_writes_what_it_changes() {
    let repo = memory();
    built(&repo, &[]);
    let before = files(&place(&repo));
    repo.write("wiki/plain.md", "# Plain\n\nNothing leads here.\n");
    repo.commit("one more page");
    let added = built(&repo, &[]);
    let middle = files(&place(&repo));
    assert!(middle.contains_key("wiki/wiki/plain.html"));
    assert_eq!(middle["wiki/wiki/old.html"], before["wiki/wiki/old.html"]);
    assert!(added["unchanged"].as_u64().unwrap() > 10, "{added}");
    repo.remove("wiki/plain.md");
    repo.commit("and gone");
    let answer = built(&repo, &[]);
    assert!(answer["removed"].as_u64().unwrap() >= 3, "{answer}");
    let after = files(&place(&repo));
    assert_eq!(after.keys().collect::<Vec<_>>(), before.keys().collect::<Vec<_>>());
}

#[test]
fn a_dry_run_says_the_same_and_writes_nothing() {
    let repo = memory();
    let dry = built(&repo, &["--dry-run"]);
    assert!(!place(&repo).exists());
    assert_eq!(
        std::fs::read_dir(repo.home())
            .unwrap()
            .filter(|it| { it.as_ref().unwrap().file_name().to_string_lossy().contains("prode-") })
            .count(),
        0
    );
    let wet = built(&repo, &[]);
    for name in ["pages", "files", "bytes", "search_bytes", "written", "removed", "left_out"] {
        assert_eq!(dry[name], wet[name], "{name}");
    }
}
