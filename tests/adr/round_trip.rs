//! Every decision is read, listed and left as it is; a change of its status
//! touches its own lines and no others.

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};

use jiff::civil::date;
use serde_json::Value;
use similar::{ChangeTag, TextDiff};

use prode::adr::{AdrEditError, AdrText};
use prode::repo_path::RepoPath;

use super::variants;
use crate::support::TestRepo;

/// How many variants are made.
const COUNT: usize = 1000;

/// Commands that read decisions; `FILE` is one of them.
const READING: &[&[&str]] = &[
    &["adr", "list"],
    &["adr", "list", "--json"],
    &["adr", "log", "--log", "adr"],
    &["adr", "toc", "--log", "adr"],
    &["adr", "show", "FILE"],
    &["adr", "why", "FILE"],
    &["lint", "--rule", "adr"],
    &["lint", "--all"],
    &["list", "adr"],
    &["links", "FILE"],
    &["show", "FILE", "--worktree"],
    &["query", "decision"],
    &["query", "decision", "--worktree"],
    &["route", "ADR-12 decides"],
    &["index", "--rebuild"],
];

#[test]
fn a_thousand_variants_are_listed_and_left_as_they_are() {
    let repo = TestRepo::new();
    let made = variants::all(COUNT);
    for it in &made {
        repo.write(format!("adr/{}", it.name), &it.bytes);
    }
    repo.commit("decisions");
    let listed = listed(&repo);
    for it in &made {
        let row = &listed[&format!("adr/{}", it.name)];
        assert_eq!(row["number"], it.number, "{row}");
        assert_eq!(row["status"], it.status, "{row}");
    }
    assert_eq!(listed.len(), COUNT);
    left_alone(&repo, "adr/0007-decision-7.md");
}

#[test]
fn the_decisions_of_log4brains_and_adrs_are_listed_and_left_as_they_are() {
    let Some(files) = corpus() else { return };
    let repo = TestRepo::new();
    for (path, bytes) in &files {
        repo.write(path.text().as_ref(), bytes);
    }
    repo.commit("decisions");
    let listed = listed(&repo);
    let unlisted = files.iter().filter(|(path, _)| !listed.contains_key(&*path.text()));
    // What no log lists is said by its name: front pages, templates, a package's own papers.
    for (path, _) in unlisted {
        let stem = path.file_stem().to_lowercase();
        let is_other = ["readme", "changelog", "index", "template", "license"].contains(&&*stem);
        assert!(is_other, "{} is hidden", path.text());
    }
    assert!(listed.len() > 50, "{} decisions", listed.len());
    let first = listed.keys().next().unwrap().clone();
    left_alone(&repo, &first);
}

#[test]
fn a_status_touches_its_own_lines_in_every_variant() {
    let files = variants::all(COUNT).into_iter();
    let files = files.map(|it| (RepoPath::new(format!("adr/{}", it.name)).unwrap(), it.bytes));
    let (changed, refused) = restated(files.collect());
    assert_eq!(refused, COUNT / 50, "those that are no text");
    eprintln!("{changed} changes of status in {COUNT} variants");
}

#[test]
fn a_status_touches_its_own_lines_in_log4brains_and_adrs() {
    let Some(files) = corpus() else { return };
    let repo = TestRepo::new();
    for (path, bytes) in &files {
        repo.write(path.text().as_ref(), bytes);
    }
    repo.commit("decisions");
    let listed = listed(&repo);
    let decisions = files.into_iter().filter(|(path, _)| listed.contains_key(&*path.text()));
    let (changed, refused) = restated(decisions.collect());
    assert_eq!(refused, 0);
    eprintln!("{changed} changes of status in {} decisions", listed.len());
}

/// Every Markdown file of the two sets; `None` where they are not there.
fn corpus() -> Option<Vec<(RepoPath, Vec<u8>)>> {
    let top = Path::new(env!("CARGO_MANIFEST_DIR")).join("../shared/bench/retrieval/corpus");
    let mut files = Vec::new();
    for set in ["log4brains", "adrs"] {
        let folder = top.join(set);
        if !folder.is_dir() {
            eprintln!("skipped: {} is not there", folder.display());
            return None;
        }
        let entries = walkdir::WalkDir::new(&folder).sort_by_file_name().into_iter();
        let paths: Vec<PathBuf> = entries.map(|it| it.unwrap().into_path()).collect();
        for path in paths.iter().filter(|path| path.extension().is_some_and(|it| it == "md")) {
            let relative = path.strip_prefix(&top).unwrap().to_str().unwrap();
            files.push((RepoPath::new(relative).unwrap(), std::fs::read(path).unwrap()));
        }
    }
    Some(files)
}

/// Each decision by its path.
fn listed(repo: &TestRepo) -> BTreeMap<String, Value> {
    let answer: Value =
        serde_json::from_str(repo.prode(&["adr", "list", "--json"]).ok().stdout()).unwrap();
    let rows = answer["decisions"].as_array().unwrap().iter();
    rows.map(|row| (row["path"].as_str().unwrap().to_owned(), row.clone())).collect()
}

fn left_alone(repo: &TestRepo, file: &str) {
    let before = repo.snapshot();
    for row in READING {
        let args: Vec<&str> =
            row.iter().map(|word| if *word == "FILE" { file } else { word }).collect();
        let run = repo.prode(&args);
        assert!(matches!(run.code(), Some(0 | 1)), "{args:?}: {:?} {}", run.code(), run.stderr());
        let after = repo.snapshot();
        let differs = before.iter().find(|(path, bytes)| after.get(*path) != Some(bytes));
        assert_eq!(differs.map(|(path, _)| path), None, "{args:?} changed it");
        assert_eq!(after.len(), before.len(), "{args:?} made or removed a file");
    }
}

/// Writes each other status into each decision, and back: how many were
/// written, and how many decisions are no text and were refused.
fn restated(files: Vec<(RepoPath, Vec<u8>)>) -> (usize, usize) {
    let (mut changed, mut refused) = (0, 0);
    for (path, bytes) in files {
        let name = path.text().into_owned();
        let Ok(before) = String::from_utf8(bytes.clone()) else {
            let read = AdrText::read(&path, &bytes);
            assert!(matches!(read, Err(AdrEditError::NotUtf8 { .. })), "{name}");
            refused += 1;
            continue;
        };
        for word in ["draft", "proposed", "accepted", "rejected", "deprecated"] {
            let mut adr = AdrText::read(&path, &bytes).unwrap();
            let stated = adr.record().status.clone();
            if stated.as_ref().is_some_and(|status| status.label() == word) {
                continue;
            }
            adr.write_status(word, date(2026, 11, 25)).unwrap_or_else(|e| panic!("{name}: {e}"));
            let now = adr.record().status.as_ref().map(|status| status.label().to_owned());
            // A decision that names its successor is superseded whatever it says.
            let gave_way = adr.record().superseded_by.is_some();
            let expected = if gave_way && ["proposed", "accepted"].contains(&word) {
                "superseded"
            } else {
                word
            };
            assert_eq!(now.as_deref(), Some(expected), "{name}");
            let after = std::str::from_utf8(adr.bytes()).unwrap();
            only_the_status(&name, &before, after, word);
            changed += 1;
        }
    }
    (changed, refused)
}

/// Lines that went and came: one of each where a status stood, and a head of
/// its own where none did.
fn only_the_status(name: &str, before: &str, after: &str, word: &str) {
    let diff = TextDiff::from_lines(before, after);
    let of = |tag| {
        let changes = diff.iter_all_changes().filter(|change| change.tag() == tag);
        changes.map(|change| change.value().to_owned()).collect::<Vec<_>>()
    };
    let (gone, come) = (of(ChangeTag::Delete), of(ChangeTag::Insert));
    let context = format!("{name} to {word}: {gone:?} {come:?}");
    assert!(gone.len() <= 1 && !come.is_empty(), "{context}");
    let says = come.iter().filter(|line| line.to_lowercase().contains(word)).count();
    assert_eq!(says, 1, "{context}");
    if let [line] = gone.as_slice() {
        assert_eq!(come.len(), 1, "{context}");
        let end = |line: &str| line.ends_with("\r\n");
        assert_eq!(end(line), end(&come[0]), "{context}");
    } else {
        let frame = ["", "---", "## Status"];
        let is_own = |line: &&String| {
            let text = line.trim().trim_start_matches('\u{feff}').to_lowercase();
            text.contains(word) || frame.iter().any(|it| it.to_lowercase() == text)
        };
        assert!(come.iter().all(|line| is_own(&line)), "{context}");
        assert!(come.len() <= 4, "{context}");
    }
}
