//! Runs on disk, and what becomes of them.

use super::*;
use crate::corpus::Page;
use crate::index::disk::Disk;
use crate::index::runs::build_in_runs;

fn many() -> Trees {
    let words = ["disk", "queue", "full", "slow", "node", "worker", "lease", "token"];
    let page = |at: usize| {
        let text: Vec<&str> = (0..40).map(|n| words[(at * 7 + n * n) % words.len()]).collect();
        (format!("wiki/p{at:03}.md"), format!("# Page {at}\n\n{}\n", text.join(" ")))
    };
    Trees { now: (0..400).map(page).collect(), known: HashMap::new() }
}

/// How many shards of how many documents at most are left of runs of so many bytes.
fn shards_of(trees: &Trees, bytes: usize, documents: u32) -> Vec<u32> {
    let folder = TempDir::new().unwrap();
    let disk = Disk::below(folder.path());
    let Ok(lock) = disk.lock() else { panic!("nobody else writes") };
    let pages = trees.pages().unwrap();
    let report = &mut Report::default();
    let kept = build_in_runs((&disk, &lock), &pages, trees, report, (bytes, documents)).unwrap();
    assert_eq!((report.indexed, report.unreadable.len()), (pages.len(), 0));
    assert_eq!(shard_files(folder.path()).len(), kept.len(), "no run is left behind");
    assert!(!place(folder.path()).join("scratch").exists());
    let mut paths = BTreeMap::new();
    for (shard, entry) in &kept {
        assert_eq!(disk.damage(entry).map(|it| it.to_string()), None);
        for head in (0..shard.len()).filter(|&doc| shard.head(doc) == doc) {
            *paths.entry(shard.page(head).unwrap().path).or_insert(0) += 1;
        }
    }
    assert_eq!(paths.into_values().collect::<Vec<_>>(), vec![1; pages.len()]);
    kept.iter().map(|(shard, _)| shard.len()).collect()
}

#[test]
fn runs_become_shards_that_hold_every_page_once() {
    let trees = many();
    let documents: u32 = shards_of(&trees, usize::MAX, u32::MAX).iter().sum();
    assert_eq!(shards_of(&trees, 4_000, u32::MAX), [documents], "one shard of many runs");
    let several = shards_of(&trees, 4_000, documents / 3);
    assert!(several.len() > 2 && several.iter().all(|&it| it <= documents / 3), "{several:?}");
    assert_eq!(several.iter().sum::<u32>(), documents);
    let runs = shards_of(&trees, 4_000, 1);
    assert!(runs.len() > 10, "a run that is too large for a shard is one: {runs:?}");
}

#[test]
fn many_pages_are_answered_as_from_memory() {
    let folder = TempDir::new().unwrap();
    let trees = many();
    let index = Index::open(Some(folder.path()));
    for text in ["disk full", "page 7 worker", "lease"] {
        assert_eq!(answers(&index, &trees, text), fresh(&trees, text), "{text}");
    }
}

/// What is read of a found page begins as the page does: a field that is added to one of
/// the two alone would be read as another.
#[test]
fn a_page_found_is_the_page_without_what_no_answer_shows() {
    let page =
        "---\ntitle: Disk\naliases: [full disk]\nowner: \"@a\"\n---\n\n# Disk\n\n[q](queue.md)\n";
    let adr = "# 1. Use it\n\n## Status\n\nAccepted\n\n## Context\n\n<a id=\"x\"></a>\n";
    let skill = "---\nname: fill\ndescription: Fills disks.\n---\n\n# Fill\n";
    let files =
        [("wiki/disk.md", page), ("adr/0001-use-it.md", adr), ("skills/fill/SKILL.md", skill)];
    let (snapshot, _) = Index::open(None).fit(&Trees::of(&files)).unwrap();
    let mut known = (false, false, false);
    for head in snapshot.heads() {
        let whole = snapshot.page(head).unwrap();
        known = (
            known.0 | !whole.links.is_empty(),
            known.1 | whole.adr.is_some(),
            known.2 | whole.skill.is_some(),
        );
        let (links, other_anchors, diagnostics) = (Vec::new(), Vec::new(), Vec::new());
        let wanted = Page { other_anchors, links, diagnostics, ..whole };
        assert_eq!(snapshot.page_found(head).unwrap(), wanted);
    }
    assert_eq!(known, (true, true, true));
}

#[test]
fn what_a_killed_merge_left_is_taken_away() {
    let folder = TempDir::new().unwrap();
    let scratch = place(folder.path()).join("scratch");
    fs::create_dir_all(scratch.join("deeper")).unwrap();
    fs::write(scratch.join("torn.store"), b"half").unwrap();
    let trees = many();
    let index = Index::open(Some(folder.path()));
    assert_eq!(answers(&index, &trees, "disk"), fresh(&trees, "disk"));
    assert!(!scratch.exists());
}

#[test]
fn runs_that_cannot_be_joined_on_disk_answer_from_memory() {
    let folder = TempDir::new().unwrap();
    fs::create_dir_all(place(folder.path())).unwrap();
    // A file where a folder is wanted: as a full disk, it stops the merge.
    fs::write(place(folder.path()).join("scratch"), b"in the way").unwrap();
    let trees = many();
    let index = Index::open(Some(folder.path()));
    let (snapshot, report) = index.fit(&trees).unwrap();
    assert_eq!(ranked(&snapshot, "disk"), fresh(&trees, "disk"));
    assert!(report.in_memory && report.notes[0].contains("scratch"), "{:?}", report.notes);
    assert_eq!(report.indexed, 400);
}
