//! The index against trees kept in memory: freshness, damage, equality.

use std::collections::{BTreeMap, HashMap};
use std::fs;
use std::path::{Path, PathBuf};

use proptest::prelude::*;
use sha2::{Digest, Sha256};
use tempfile::TempDir;

use super::schema::SCHEMA_VERSION;
use super::*;
use crate::ids::{BlobId, TreeId};
use crate::repo_path::RepoPath;
use crate::routing::Postings as _;
use crate::routing::Weights;
use crate::routing::analysis::Analyzer;
use crate::routing::query::Query;
use crate::routing::ranking::rank;

mod reading;
mod runs;
mod words;

type Files = BTreeMap<String, String>;

/// A tree and all trees before it.
struct Trees {
    now: Files,
    known: HashMap<[u8; 20], Files>,
}

impl Trees {
    fn of(files: &[(&str, &str)]) -> Self {
        let now =
            files.iter().map(|(path, text)| ((*path).to_owned(), (*text).to_owned())).collect();
        Self { now, known: HashMap::new() }
    }

    fn commit(&mut self) {
        self.known.insert(digest(format!("{:?}", self.now).as_bytes()), self.now.clone());
    }
}

fn digest(bytes: &[u8]) -> [u8; 20] {
    let mut id = [0; 20];
    id.copy_from_slice(&Sha256::digest(bytes)[..20]);
    id
}

fn blob(text: &str) -> BlobId {
    BlobId(digest(text.as_bytes()))
}

fn path(text: &str) -> RepoPath {
    RepoPath::new(text).unwrap()
}

impl Source for Trees {
    fn key(&self) -> ViewKey {
        ViewKey {
            tree: TreeId(digest(format!("{:?}", self.now).as_bytes())),
            roots: "r".to_owned(),
        }
    }

    fn pages(&self) -> Result<Vec<PageKey>, IndexError> {
        Ok(self.now.iter().map(|(at, text)| PageKey { path: path(at), blob: blob(text) }).collect())
    }

    fn changes(&self, since: TreeId) -> Result<Option<Vec<PageChange>>, IndexError> {
        let Some(old) = self.known.get(&since.0) else { return Ok(None) };
        let names: std::collections::BTreeSet<_> = old.keys().chain(self.now.keys()).collect();
        let changes = names.into_iter().map(|name| PageChange {
            path: path(name),
            old: old.get(name).map(|text| blob(text)),
            new: self.now.get(name).map(|text| blob(text)),
        });
        Ok(Some(changes.filter(|change| change.old != change.new).collect()))
    }

    fn reader(&self) -> Result<Box<dyn BlobReader + '_>, IndexError> {
        Ok(Box::new(Texts(&self.now)))
    }
}

struct Texts<'a>(&'a Files);

impl BlobReader for Texts<'_> {
    fn read(&mut self, key: &PageKey) -> Result<Content, IndexError> {
        let text = self.0.get(&*key.path.text());
        Ok(text.map_or(Content::Missing, |text| Content::Bytes(text.clone().into_bytes())))
    }
}

/// Paths and exact score bits of an answer, equal scores by path.
fn ranked(snapshot: &Snapshot, text: &str) -> Vec<(String, u32)> {
    let query = Query::literal(text, &mut Analyzer::default());
    let mut list: Vec<(String, u32)> = rank(&query, &Weights::default(), snapshot)
        .unwrap()
        .pages
        .iter()
        .map(|hit| (snapshot.page(hit.page).unwrap().path.text().into_owned(), hit.score.to_bits()))
        .collect();
    list.sort_by(|a, b| b.1.cmp(&a.1).then(a.0.cmp(&b.0)));
    list
}

fn answers(index: &Index, trees: &Trees, text: &str) -> Vec<(String, u32)> {
    ranked(&index.fit(trees).unwrap().0, text)
}

fn fresh(trees: &Trees, text: &str) -> Vec<(String, u32)> {
    answers(&Index::open(None), trees, text)
}

fn names(list: &[(String, u32)]) -> Vec<&str> {
    list.iter().map(|(name, _)| name.as_str()).collect()
}

/// The folder of this version's index.
fn place(folder: &Path) -> PathBuf {
    folder.join(format!("index-v{SCHEMA_VERSION}"))
}

fn shard_files(folder: &Path) -> Vec<PathBuf> {
    let shards = place(folder).join("shards");
    fs::read_dir(shards).unwrap().map(|entry| entry.unwrap().path()).collect()
}

fn disk_full() -> Trees {
    Trees::of(&[
        ("wiki/disk.md", "the disk is full and writes fail"),
        ("wiki/queue.md", "the queue grows because workers are slow"),
        ("wiki/both.md", "a full queue on a full disk"),
    ])
}

#[test]
fn decisions_are_read_from_what_their_pages_begin_with() {
    let folder = TempDir::new().unwrap();
    let decision =
        "# 2. Use X\n\n## Status\n\nSuperceded by [3. Y](0003-y.md)\n\n## Decision\n\n[x](x.md)\n";
    let trees = Trees::of(&[
        ("wiki/disk.md", "---\ntags: [a]\n---\n# Disk\n\n[x](x.md)\n"),
        ("adr/0002-x.md", decision),
        ("adr/0001-w.md", "---\nstatus: accepted\n---\n# W\n\n## Decision Outcome\n"),
    ]);
    for _ in 0..2 {
        let snapshot = Index::open(Some(folder.path())).fit(&trees).unwrap().0;
        let pages = snapshot.pages().unwrap().into_iter();
        let whole: Vec<_> = pages.filter_map(|page| Some((page.path, page.adr?))).collect();
        assert_eq!(snapshot.decisions().unwrap(), whole);
        assert_eq!(whole.len(), 2);
    }
}

#[test]
fn a_tree_is_answered_from_disk_the_second_time() {
    let folder = TempDir::new().unwrap();
    let trees = disk_full();
    let first = Index::open(Some(folder.path())).fit(&trees).unwrap();
    assert_eq!((first.1.indexed, first.1.in_memory), (3, false));
    let second = Index::open(Some(folder.path())).fit(&trees).unwrap();
    assert_eq!(second.1, Report::default());
    assert_eq!(ranked(&first.0, "disk full"), ranked(&second.0, "disk full"));
    assert_eq!(names(&ranked(&second.0, "queue")), ["wiki/queue.md", "wiki/both.md"]);
}

#[test]
fn only_what_changed_is_indexed() {
    let folder = TempDir::new().unwrap();
    let index = Index::open(Some(folder.path()));
    let mut trees = disk_full();
    index.fit(&trees).unwrap();
    trees.commit();
    trees.now.insert("wiki/queue.md".into(), "the disk again".into());
    trees.now.remove("wiki/both.md");
    let (snapshot, report) = index.fit(&trees).unwrap();
    assert_eq!(report.indexed, 1);
    assert_eq!(snapshot.totals().pages, 2);
    assert!(ranked(&snapshot, "workers").is_empty(), "the old text is gone");
    assert_eq!(ranked(&snapshot, "disk"), fresh(&trees, "disk"));
}

#[test]
fn an_old_tree_needs_no_reading() {
    let folder = TempDir::new().unwrap();
    let index = Index::open(Some(folder.path()));
    let mut trees = disk_full();
    index.fit(&trees).unwrap();
    trees.commit();
    let old = trees.now.clone();
    trees.now.insert("wiki/new.md".into(), "disk".into());
    index.fit(&trees).unwrap();
    trees.commit();
    trees.now = old;
    for view in fs::read_dir(place(folder.path()).join("views")).unwrap() {
        fs::remove_file(view.unwrap().path()).unwrap();
    }
    let (snapshot, report) = Index::open(Some(folder.path())).fit(&trees).unwrap();
    assert_eq!(report.indexed, 0);
    assert_eq!(ranked(&snapshot, "disk"), fresh(&trees, "disk"));
}

#[test]
fn a_second_writer_answers_from_memory() {
    let folder = TempDir::new().unwrap();
    let disk = disk::Disk::below(folder.path());
    let _held = disk.lock().ok().unwrap();
    let trees = disk_full();
    let (snapshot, report) = Index::open(Some(folder.path())).fit(&trees).unwrap();
    assert!(report.in_memory);
    assert_eq!(ranked(&snapshot, "disk"), fresh(&trees, "disk"));
    assert!(shard_files(folder.path()).is_empty());
}

#[test]
fn what_cannot_be_written_is_kept_in_memory() {
    let folder = TempDir::new().unwrap();
    fs::write(place(folder.path()), "a file where the folder should be").unwrap();
    let index = Index::open(Some(folder.path()));
    let trees = disk_full();
    assert_eq!(index.fit(&trees).unwrap().1.indexed, 3);
    assert_eq!(index.fit(&trees).unwrap().1.indexed, 0);
}

#[test]
fn damage_is_noticed_mended_and_said() {
    let damages: [fn(&Path); 4] = [
        |path| fs::write(path, "").unwrap(),
        |path| fs::write(path, vec![0; 10_000]).unwrap(),
        |path| {
            let mut bytes = fs::read(path).unwrap();
            let middle = bytes.len() / 2;
            bytes[middle] ^= 0xff;
            fs::write(path, bytes).unwrap();
        },
        |path| fs::remove_file(path).unwrap(),
    ];
    for damage in damages {
        let folder = TempDir::new().unwrap();
        let trees = disk_full();
        Index::open(Some(folder.path())).fit(&trees).unwrap();
        for path in shard_files(folder.path()) {
            damage(&path);
        }
        let (snapshot, report) = Index::open(Some(folder.path())).fit(&trees).unwrap();
        assert_eq!(ranked(&snapshot, "disk"), fresh(&trees, "disk"));
        assert_eq!((report.indexed, report.notes.len()), (3, 1), "{:?}", report.notes);
        let again = Index::open(Some(folder.path())).fit(&trees).unwrap().1;
        assert_eq!(again, Report::default());
    }
}

/// Damage that leaves size and time as they were is not looked for; what
/// tantivy notices of it, even by a panic, is mended like any other.
#[test]
fn damage_behind_the_same_size_and_time_never_stops_opening() {
    let trees = disk_full();
    for part in 0..20 {
        let folder = TempDir::new().unwrap();
        Index::open(Some(folder.path())).fit(&trees).unwrap();
        let shard = &shard_files(folder.path())[0];
        let time = fs::metadata(shard).unwrap().modified().unwrap();
        let mut bytes = fs::read(shard).unwrap();
        let at = bytes.len() * part / 20;
        bytes[at..at + 16].fill(0xff);
        fs::write(shard, bytes).unwrap();
        let file = fs::OpenOptions::new().write(true).open(shard).unwrap();
        file.set_modified(time).unwrap();
        let (snapshot, _) = Index::open(Some(folder.path())).fit(&trees).unwrap();
        assert_eq!(snapshot.len(), 3, "damage in part {part} of 20");
    }
}

#[test]
fn a_sound_shard_of_a_copied_clone_is_checked_once() {
    let (folder, trees) = (TempDir::new().unwrap(), disk_full());
    Index::open(Some(folder.path())).fit(&trees).unwrap();
    let shard = fs::File::options().write(true).open(&shard_files(folder.path())[0]).unwrap();
    let written = shard.metadata().unwrap().modified().unwrap();
    shard.set_modified(written + std::time::Duration::from_hours(1)).unwrap();
    let (snapshot, report) = Index::open(Some(folder.path())).fit(&trees).unwrap();
    assert_eq!((snapshot.len(), report), (3, Report::default()));
    assert_eq!(shard.metadata().unwrap().modified().unwrap(), written);
}

#[test]
fn a_foreign_manifest_is_replaced_and_said() {
    let folder = TempDir::new().unwrap();
    let trees = disk_full();
    Index::open(Some(folder.path())).fit(&trees).unwrap();
    for foreign in ["not json", "{\"version\":99,\"shards\":[],\"last\":null}", ""] {
        fs::write(place(folder.path()).join("manifest.json"), foreign).unwrap();
        let report = Index::open(Some(folder.path())).fit(&trees).unwrap().1;
        assert_eq!((report.indexed, report.notes.len()), (3, 1));
    }
}

#[test]
fn an_overlay_replaces_pages_and_is_not_kept() {
    let folder = TempDir::new().unwrap();
    let trees = disk_full();
    let index = Index::open(Some(folder.path()));
    let (base, _) = index.fit(&trees).unwrap();
    let mut edited = disk_full();
    edited.now.insert("wiki/disk.md".into(), "nothing of it".into());
    let change = PageChange {
        path: path("wiki/disk.md"),
        old: Some(blob("the disk is full and writes fail")),
        new: Some(blob("nothing of it")),
    };
    let (overlaid, _) = Index::overlay(base, &[change], &edited).unwrap();
    assert_eq!(ranked(&overlaid, "disk writes"), fresh(&edited, "disk writes"));
    assert_eq!(answers(&index, &trees, "writes"), fresh(&trees, "writes"));
}

#[derive(Debug, Clone)]
enum Step {
    Write(u8, String),
    Remove(u8),
    Rename(u8, u8),
}

fn step() -> impl Strategy<Value = Step> {
    let text = proptest::collection::vec("(disk|queue|full|slow|node|alert)", 1..12);
    prop_oneof![
        4 => (0..12_u8, text).prop_map(|(at, words)| Step::Write(at, words.join(" "))),
        1 => (0..12_u8).prop_map(Step::Remove),
        1 => (0..12_u8, 0..12_u8).prop_map(|(from, to)| Step::Rename(from, to)),
    ]
}

fn apply(files: &mut Files, step: Step) {
    let name = |at: u8| format!("wiki/{at}.md");
    match step {
        Step::Write(at, text) => {
            files.insert(name(at), text);
        }
        Step::Remove(at) => {
            files.remove(&name(at));
        }
        Step::Rename(from, to) => {
            if let Some(text) = files.remove(&name(from)) {
                files.insert(name(to), text);
            }
        }
    }
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 10, ..ProptestConfig::default() })]

    /// Whatever way the index took, it answers as one that was just built.
    #[test]
    fn every_history_ends_in_the_same_answers(steps in proptest::collection::vec(step(), 1..25)) {
        let folder = TempDir::new().unwrap();
        let index = Index::open(Some(folder.path()));
        let mut trees = disk_full();
        index.fit(&trees).unwrap();
        for step in steps {
            trees.commit();
            apply(&mut trees.now, step);
            for question in ["disk full", "slow node alert"] {
                prop_assert_eq!(answers(&index, &trees, question), fresh(&trees, question));
            }
        }
        let reopened = Index::open(Some(folder.path()));
        prop_assert_eq!(answers(&reopened, &trees, "queue"), fresh(&trees, "queue"));
        prop_assert!(reopened.stats().shards <= 16);
    }
}
