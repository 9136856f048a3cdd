//! Trees and blobs: listed, compared, read.

use std::collections::BTreeMap;
use std::fs;

use prode::git::{Change, Entry, EntryKind, GitError, Within, hash_blob};
use prode::hint::Helpful;
use prode::ids::TreeId;
use prode::repo_path::RepoPath;
use proptest::prelude::*;

use super::{all, open, path, tree};
use crate::support::TestRepo;

/// `path old new` per change, `-` for nothing, as `git diff-tree` would say it.
fn told(changes: &[Change]) -> Vec<String> {
    let id = |blob: Option<prode::ids::BlobId>| blob.map_or("-".to_owned(), |id| id.short(7));
    changes
        .iter()
        .map(|change| format!("{} {} {}", change.path, id(change.old), id(change.new)))
        .collect()
}

fn names(repo: &TestRepo, rev: &str) -> Vec<String> {
    let files = open(repo).files(tree(repo, rev), &mut all).unwrap();
    files.iter().map(|file| file.path.to_string()).collect()
}

#[test]
fn regular_files_are_listed_in_order() {
    let repo = TestRepo::new();
    repo.write("a-b", "1").write("a/x.md", "2").write("a.md", "3").write("b/c/d", "4");
    repo.write("run.sh", "#!").git(&["add", "."]);
    repo.git(&["update-index", "--chmod=+x", "run.sh"]);
    let link = repo.git_with_input(&["hash-object", "-w", "--stdin"], "/etc/passwd");
    repo.git(&["update-index", "--add", "--cacheinfo", &format!("120000,{link},link.md")]);
    let other = "1111111111111111111111111111111111111111";
    repo.git(&["update-index", "--add", "--cacheinfo", &format!("160000,{other},module")]);
    repo.git(&["commit", "-q", "-m", "all kinds"]);
    assert_eq!(names(&repo, "HEAD"), ["a-b", "a.md", "a/x.md", "b/c/d", "run.sh"]);
    let (found, top) = (open(&repo), tree(&repo, "HEAD"));
    let entry = |text| found.entry(top, &path(text)).unwrap();
    assert_eq!(entry("link.md"), Some(Entry::Symlink));
    assert_eq!(entry("module"), Some(Entry::Submodule));
    assert_eq!(entry("a/x.md"), Some(Entry::File(hash_blob(b"2"))));
    assert!(matches!(entry("b/c"), Some(Entry::Folder(_))));
    assert_eq!(entry("b/none"), None);
    assert_eq!(entry("link.md/passwd"), None);
    assert_eq!(entry("a.md/below"), None);
    assert_eq!(found.entry(top, &RepoPath::root()).unwrap(), Some(Entry::Folder(top)));
}

#[test]
fn only_what_is_wanted_is_entered() {
    let repo = TestRepo::new();
    repo.write("wiki/a.md", "a").write("wiki/b.png", "b").write("src/c.md", "c").commit("one");
    let mut asked = Vec::new();
    let files = open(&repo)
        .files(tree(&repo, "HEAD"), &mut |path, kind| {
            asked.push(String::from_utf8(path.to_vec()).unwrap());
            if kind == EntryKind::Folder { path == b"wiki" } else { path.ends_with(b".md") }
        })
        .unwrap();
    assert_eq!(files.len(), 1);
    asked.sort();
    assert_eq!(asked, ["src", "wiki", "wiki/a.md", "wiki/b.png"]);
}

#[cfg(unix)]
#[test]
fn strange_names_are_kept() {
    use std::os::unix::ffi::OsStrExt;
    let repo = TestRepo::new();
    let strange: &[&[u8]] = &[b"new\nline.md", b"quote\".md", b"sp ace.md", b"\xff\xfe.md"];
    for name in strange {
        repo.write(std::ffi::OsStr::from_bytes(name), "x");
    }
    repo.commit("one");
    let found = open(&repo);
    let files = found.files(tree(&repo, "HEAD"), &mut all).unwrap();
    let mut expected: Vec<&[u8]> = strange.to_vec();
    expected.sort_unstable();
    assert_eq!(files.iter().map(|file| file.path.as_bytes()).collect::<Vec<_>>(), expected);
    assert_eq!(found.work_tree_files(&mut all).unwrap().len(), 4);
    assert_eq!(found.read_work_tree(&files[3].path).unwrap(), b"x");
}

#[test]
fn changes_are_told_both_sides() {
    let repo = TestRepo::new();
    repo.write("same/x", "x").write("d/gone", "1").write("d/kept", "2").write("swap", "3");
    repo.write("folder/in/it", "4").write("mode", "5").commit("one");
    repo.remove("d/gone").write("d/kept", "22").write("d/new", "6");
    repo.remove("swap").write("swap/inner", "3").remove("folder").write("folder", "7");
    repo.git(&["add", "--all"]);
    repo.git(&["update-index", "--chmod=+x", "mode"]);
    repo.git(&["commit", "-q", "-m", "two"]);
    let changes =
        open(&repo).changes(tree(&repo, "HEAD~1"), tree(&repo, "HEAD"), &mut all).unwrap();
    let short = |text: &str| hash_blob(text.as_bytes()).short(7);
    assert_eq!(
        told(&changes),
        [
            format!("d/gone {} -", short("1")),
            format!("d/kept {} {}", short("2"), short("22")),
            format!("d/new - {}", short("6")),
            format!("folder - {}", short("7")),
            format!("folder/in/it {} -", short("4")),
            format!("swap {} -", short("3")),
            format!("swap/inner - {}", short("3")),
        ]
    );
}

#[test]
fn a_link_is_no_file() {
    let repo = TestRepo::new();
    repo.write("a", "target").commit("one");
    let blob = repo.git(&["rev-parse", "HEAD:a"]);
    repo.git(&["update-index", "--cacheinfo", &format!("120000,{blob},a")]);
    repo.git(&["commit", "-q", "-m", "now a link"]);
    let (found, file, link) = (open(&repo), tree(&repo, "HEAD~1"), tree(&repo, "HEAD"));
    let short = hash_blob(b"target").short(7);
    assert_eq!(told(&found.changes(file, link, &mut all).unwrap()), [format!("a {short} -")]);
    assert_eq!(told(&found.changes(link, file, &mut all).unwrap()), [format!("a - {short}")]);
}

#[test]
fn a_tree_without_end_is_walked() {
    let repo = TestRepo::new();
    let mut inner = repo.git_with_input(&["hash-object", "-w", "--stdin"], "deep");
    let mut kind = "100644 blob";
    for _ in 0..300 {
        inner = repo.git_with_input(&["mktree"], format!("{kind} {inner}\td\n"));
        kind = "040000 tree";
    }
    let files = open(&repo).files(inner.parse().unwrap(), &mut all).unwrap();
    assert_eq!(files[0].path.depth(), 300);
}

#[test]
fn a_tree_that_names_a_file_twice_has_it_once() {
    let repo = TestRepo::new();
    let one = hash_blob(b"1");
    repo.git_with_input(&["hash-object", "-w", "--stdin"], "1");
    let entry = [b"100644 a\0".as_slice(), &one.0].concat();
    let twice = [entry.clone(), entry].concat();
    let id =
        repo.git_with_input(&["hash-object", "-w", "-t", "tree", "--literally", "--stdin"], twice);
    let files = open(&repo).files(id.parse().unwrap(), &mut all).unwrap();
    assert_eq!(files.len(), 1);
}

#[test]
fn content_is_read_and_measured() {
    let repo = TestRepo::new();
    repo.write("a.md", b"caf\xe9\r\n").commit("one");
    let id = hash_blob(b"caf\xe9\r\n");
    assert_eq!(id.to_string(), repo.git(&["rev-parse", "HEAD:a.md"]));
    let found = open(&repo);
    assert_eq!(found.blob(id).unwrap(), b"caf\xe9\r\n");
    assert_eq!(found.blob_size(id).unwrap(), 6);
    let missing = found.blob(hash_blob(b"nowhere")).unwrap_err();
    assert!(matches!(missing, GitError::MissingObject(_)), "{missing:?}");
    let folder = prode::ids::BlobId(tree(&repo, "HEAD").0);
    assert!(matches!(found.blob(folder), Err(GitError::CorruptObject { .. })));
    assert!(matches!(found.blob_size(folder), Err(GitError::CorruptObject { .. })));
    let file = found.files(TreeId(id.0), &mut all).unwrap_err();
    assert!(
        matches!(file, GitError::CorruptObject { .. } | GitError::MissingObject(_)),
        "{file:?}"
    );
}

#[test]
fn a_partial_clone_says_what_it_lacks() {
    let repo = TestRepo::new();
    repo.git(&["config", "uploadpack.allowFilter", "true"]);
    repo.write("a.md", "a").commit("one");
    let clone = repo.clone_to(&["--no-checkout", "--filter=blob:none"]);
    let error = open(&clone).blob(hash_blob(b"a")).unwrap_err();
    assert!(matches!(error, GitError::NotFetched(_)), "{error:?}");
    assert!(error.hints()[0].contains("git cat-file -e"), "{:?}", error.hints());
    clone.git(&["cat-file", "-e", &hash_blob(b"a").to_string()]);
    assert_eq!(open(&clone).blob(hash_blob(b"a")).unwrap(), b"a");
}

#[test]
fn a_damaged_object_is_named() {
    let repo = TestRepo::new();
    repo.write("a.md", "some text that is long enough to be damaged").commit("one");
    let id = repo.git(&["rev-parse", "HEAD:a.md"]);
    let file = repo.path().join(".git/objects").join(&id[..2]).join(&id[2..]);
    let whole = fs::read(&file).unwrap();
    let flipped = whole.iter().enumerate().map(|(at, byte)| if at == 30 { !byte } else { *byte });
    let (half, none, other) = (whole[..20].to_vec(), Vec::new(), b"no object at all".to_vec());
    for damaged in [flipped.collect(), half, none, other] {
        fs::remove_file(&file).unwrap();
        fs::write(&file, damaged).unwrap();
        let error = open(&repo).blob(id.parse().unwrap()).unwrap_err();
        let within = open(&repo).blob_within(id.parse().unwrap(), 1_000_000).unwrap_err();
        for error in [error, within] {
            assert!(matches!(error, GitError::CorruptObject { .. }), "{error:?}");
            assert!(error.to_string().contains(&id), "{error}");
        }
    }
}

#[test]
fn a_file_is_read_within_a_bound_loose_and_packed() {
    let repo = TestRepo::new();
    let text = "one line of it\n".repeat(1_000);
    repo.write("a.md", &text).write("empty.md", "").commit("one");
    let id = |name: &str| repo.git(&["rev-parse", &format!("HEAD:{name}")]).parse().unwrap();
    let read = || {
        let found = open(&repo);
        let within = |name, most| found.blob_within(id(name), most).unwrap();
        assert_eq!(within("a.md", 15_000), Within::Bytes(text.clone().into_bytes()));
        assert_eq!(within("a.md", 14_999), Within::Larger(15_000));
        assert_eq!(within("empty.md", 0), Within::Bytes(Vec::new()));
        let missing = found.blob_within(hash_blob(b"nowhere"), 10).unwrap_err();
        assert!(matches!(missing, GitError::MissingObject(_)), "{missing:?}");
        let top = prode::ids::BlobId(tree(&repo, "HEAD").0);
        let no_file = found.blob_within(top, 10_000).unwrap_err().to_string();
        assert!(no_file.contains("it is a tree, where a file's content was expected"), "{no_file}");
    };
    read();
    repo.git(&["repack", "-adq"]);
    repo.git(&["prune-packed"]);
    read();
}

#[test]
fn a_half_written_commit_or_tree_is_named() {
    for rev in ["HEAD", "HEAD^{tree}"] {
        let repo = TestRepo::new();
        repo.write("a.md", "a").write("b/c.md", "c").commit("one");
        let (id, top) = (repo.git(&["rev-parse", rev]), tree(&repo, "HEAD"));
        let file = repo.path().join(".git/objects").join(&id[..2]).join(&id[2..]);
        let half = fs::read(&file).unwrap()[..30].to_vec();
        fs::remove_file(&file).unwrap();
        fs::write(&file, half).unwrap();
        let found = open(&repo);
        let read = found.trunk(None).and_then(|_| found.files(top, &mut all)).map(drop);
        let error = read.unwrap_err().to_string();
        assert_eq!(error, format!("object {id} is damaged: its file is cut off"));
    }
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(12))]

    /// Whatever the two trees hold, the comparison says what two lists say.
    #[test]
    fn changes_are_the_difference_of_two_lists(
        old in proptest::collection::btree_map("[ab-]/[ab-]{1,2}|[abc.-]{2}", "[12]", 0..12),
        new in proptest::collection::btree_map("[ab-]/[ab-]{1,2}|[abc.-]{2}", "[12]", 0..12),
    ) {
        let repo = TestRepo::new();
        let store = |files: &BTreeMap<String, String>| {
            repo.git(&["read-tree", "--empty"]);
            let mut kept = BTreeMap::new();
            for (name, text) in files.iter().filter(|(name, _)| !name.contains("..")) {
                let blob = repo.git_with_input(&["hash-object", "-w", "--stdin"], text);
                repo.git(&["update-index", "--add", "--cacheinfo", &format!("100644,{blob},{name}")]);
                kept.insert(path(name), blob);
            }
            (repo.git(&["write-tree"]).parse::<TreeId>().unwrap(), kept)
        };
        let ((old_tree, old), (new_tree, new)) = (store(&old), store(&new));
        let found = open(&repo).changes(old_tree, new_tree, &mut all).unwrap();
        let mut expected = Vec::new();
        for name in old.keys().chain(new.keys()).collect::<std::collections::BTreeSet<_>>() {
            let id = |side: &BTreeMap<RepoPath, String>| side.get(name).map(|id| id.parse().unwrap());
            if old.get(name) != new.get(name) {
                expected.push(Change { path: name.clone(), old: id(&old), new: id(&new) });
            }
        }
        prop_assert_eq!(found, expected);
    }
}
