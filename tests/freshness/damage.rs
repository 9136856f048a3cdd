//! Files of the index that are torn, foreign or gone.

use std::fs;
use std::path::{Path, PathBuf};

use super::check;
use super::wiki::{EVERYWHERE, Wiki};
use crate::support::TestRepo;

/// Does to a file what nobody should.
type Damage = fn(&Path);

/// What may have happened to a file.
const DAMAGES: &[(&str, Damage)] = &[
    ("gone", |path| fs::remove_file(path).unwrap()),
    ("empty", |path| fs::write(path, "").unwrap()),
    ("half", |path| {
        let bytes = fs::read(path).unwrap();
        fs::write(path, &bytes[..bytes.len() / 2]).unwrap();
    }),
    ("zeros in the middle", |path| {
        let mut bytes = fs::read(path).unwrap();
        let middle = bytes.len() / 2;
        bytes[middle / 2..middle].fill(0);
        fs::write(path, bytes).unwrap();
    }),
    ("foreign", |path| fs::write(path, "somebody else's file\n".repeat(500)).unwrap()),
    ("a folder", |path| {
        fs::remove_file(path).unwrap();
        fs::create_dir(path).unwrap();
    }),
];

/// A repository whose index has several shards and views.
fn indexed() -> TestRepo {
    let repo = TestRepo::new();
    let mut wiki = Wiki::new(5);
    wiki.grow(&repo, 60);
    for number in 0..3 {
        wiki.grow(&repo, 5);
        repo.commit(&format!("step {number}"));
        check(&repo, "a healthy step");
    }
    repo
}

fn files(repo: &TestRepo) -> Vec<PathBuf> {
    let walk = walkdir::WalkDir::new(repo.path().join(".git/prode")).sort_by_file_name();
    let files = walk.into_iter().map(Result::unwrap).filter(|entry| entry.file_type().is_file());
    files.map(walkdir::DirEntry::into_path).collect()
}

#[test]
fn a_damaged_file_costs_a_note_and_never_an_answer() {
    let repo = indexed();
    let known = files(&repo).len();
    assert!(known >= 4, "{known} files");
    for (name, damage) in DAMAGES {
        for number in 0..files(&repo).len() {
            let all = files(&repo);
            let Some(path) = all.get(number) else { continue };
            let what = format!("{} was {name}", path.display());
            damage(path);
            check(&repo, &what);
            check(&repo, &format!("{what}, once more"));
        }
        // A folder in a file's place is nobody's to remove; begin anew.
        fs::remove_dir_all(repo.path().join(".git/prode")).unwrap();
        check(&repo, "a fresh index");
        indexed_again(&repo);
    }
}

fn indexed_again(repo: &TestRepo) {
    repo.write("one more.md", format!("# More\n\n{EVERYWHERE} {}\n", files(repo).len()));
    repo.commit("more");
    check(repo, "a fresh step");
}

#[test]
fn damage_is_said_once_and_mended() {
    let repo = indexed();
    let ask = || repo.prode(&["query", EVERYWHERE]).ok();
    for ending in ["manifest.json", ".shard"] {
        for path in files(&repo).iter().filter(|path| path.to_string_lossy().ends_with(ending)) {
            let mut bytes = fs::read(path).unwrap();
            bytes.iter_mut().step_by(7).for_each(|byte| *byte ^= 0x55);
            fs::write(path, bytes).unwrap();
        }
        ask().warns("again");
        assert_eq!(ask().stderr(), "", "after {ending} was mended");
    }
}

#[test]
fn an_index_of_another_make_is_left_alone_and_not_read() {
    let repo = indexed();
    let other = repo.path().join(".git/prode/index-v999");
    fs::create_dir_all(other.join("shards")).unwrap();
    fs::write(other.join("manifest.json"), "{\"version\":999}").unwrap();
    check(&repo, "an index of a later version beside it");
    assert_eq!(fs::read_to_string(other.join("manifest.json")).unwrap(), "{\"version\":999}");
}

#[test]
fn an_index_moved_from_another_repository_tells_nothing_of_it() {
    let (repo, other) = (indexed(), TestRepo::new());
    let mut wiki = Wiki::new(77);
    wiki.grow(&other, 30);
    other.commit("other pages");
    check(&other, "its own index");
    let foreign = other.path().join(".git/prode");
    fs::remove_dir_all(&foreign).unwrap();
    fs::rename(repo.path().join(".git/prode"), &foreign).unwrap();
    check(&other, "a foreign index");
    check(&other, "a foreign index, once more");
}
