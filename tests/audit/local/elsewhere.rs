//! Sources in other repositories, where clones are at hand.

use std::path::Path;

use prode::git::hash_blob;
use prode::repo_path::RepoPath;
use prode::review::sources_digest;
use serde_json::Value;

use super::{of, skipped};
use crate::audit::{audited, page};
use crate::support::TestRepo;

const URL: &str = "https://git.example.org/team/api";
const NAME: &str = "git.example.org/team/api";
const PAGE: &str = "wiki/api.md";
const SOURCE: &str = "wiki/api.md: source git.example.org/team/api";

/// A repository that says it is a clone of `URL`, with one file that pages describe.
fn api() -> TestRepo {
    let api = TestRepo::new();
    api.git(&["remote", "add", "origin", "git@git.example.org:team/api.git"]);
    api.write("src/a.rs", "one\n").write("README.md", "x\n");
    api.commit_at("begin", "2026-01-01T00:00:00Z");
    api
}

/// A memory with a page that describes it.
fn memory(front: &str) -> TestRepo {
    let repo = TestRepo::new();
    for (key, value) in [("user.name", "Ada Example"), ("user.email", "ada@example.org")] {
        repo.git(&["config", key, value]);
    }
    let sources = format!("sources: [{{repo: \"{URL}\", path: 'src/**'}}]\n");
    repo.write(PAGE, page(&format!("{sources}review_every: 2000d\n{front}"), "Api"));
    repo.commit_at("a page", "2026-01-01T00:00:00Z");
    repo
}

/// The user's own settings.
fn named(url: &str, clone: &Path) -> [(&'static str, String); 1] {
    let value = format!("{{\"{url}\": \"{}\"}}", clone.display());
    [("PRODE_AUDIT__REPOSITORIES", value)]
}

fn looked(repo: &TestRepo, clone: &Path, args: &[&str]) -> Value {
    let args = [&["audit", "--local", "--json"], args].concat();
    let answer = repo.prode_in(&named(URL, clone), &args, b"").ok().json();
    let schema = repo.prode(&["schema", "audit"]).ok().json();
    assert!(jsonschema::is_valid(&schema, &answer), "{answer:#}");
    answer
}

fn reviewed(repo: &TestRepo, clone: &Path) -> Value {
    let args = ["review", PAGE, "--yes", "--json"];
    let answer = repo.prode_in(&named(URL, clone), &args, b"").ok().json();
    let schema = repo.prode(&["schema", "page_review"]).ok().json();
    assert!(jsonschema::is_valid(&schema, &answer), "{answer:#}");
    answer
}

#[test]
fn a_review_records_what_the_clone_held_and_drift_is_told_with_its_commits() {
    let (api, repo) = (api(), memory(""));
    let seen = reviewed(&repo, api.path());
    let there = &seen["pages"][0]["elsewhere"][0];
    assert_eq!((&there["repository"], &there["files"]), (&NAME.into(), &1.into()));
    // By the rule of this repository's own sources, made here.
    let file = RepoPath::new("src/a.rs").unwrap();
    let digest = sources_digest([(&file, hash_blob(b"one\n"))]);
    let commit = api.git(&["rev-parse", "HEAD"]);
    let stamp = std::fs::read_to_string(repo.path().join(PAGE)).unwrap();
    assert!(stamp.contains(&format!("elsewhere: {NAME}@{commit} {digest}}}")), "{stamp}");
    repo.commit("review");
    let answer = looked(&repo, api.path(), &[]);
    assert_eq!((of(&answer, PAGE, "drifted"), skipped(&answer, SOURCE)), (None, None));
    let clone = &answer["local"]["repositories"][0];
    assert_eq!((&clone["repository"], &clone["day"]), (&NAME.into(), &"2026-01-01".into()));

    api.write("src/a.rs", "one\ntwo\n").write("README.md", "y\n");
    let change = api.commit_at("change", "2026-02-01T00:00:00Z");
    let answer = looked(&repo, api.path(), &[]);
    let drift = of(&answer, PAGE, "drifted").unwrap();
    let why = drift["why"].as_str().unwrap();
    assert!(
        why.starts_with("1 file it describes changed (1 in git.example.org/team/api) since"),
        "{why}"
    );
    assert!(why.ends_with(", by Ada Example"), "{why}");
    let file = &drift["changed"][0];
    assert_eq!((&file["repository"], &file["path"]), (&NAME.into(), &"src/a.rs".into()));
    assert_eq!((&file["added"], &file["commits"][0]), (&1.into(), &change.into()));
    assert_eq!((&drift["local"], &drift["confidence"]), (&true.into(), &100.into()));
    let text = repo.prode_in(&named(URL, api.path()), &["audit", "--local"], b"").ok();
    text.says("git.example.org/team/api:src/a.rs  +1 -0").says("; git.example.org/team/api at ");

    // A change that was taken back is none; nothing of it shows without --local.
    let answer = audited(&repo, &[]);
    assert_eq!(of(&answer, PAGE, "drifted"), None);
    assert!(skipped(&answer, &format!("{PAGE}: source {URL}")).is_some());
    api.write("src/a.rs", "one\n").commit_at("back", "2026-02-02T00:00:00Z");
    assert_eq!(of(&looked(&repo, api.path(), &[]), PAGE, "drifted"), None);
}

#[test]
fn files_that_all_went_drifted_and_a_glob_of_nothing_is_said() {
    let (api, repo) = (api(), memory(""));
    reviewed(&repo, api.path());
    repo.commit("review");
    let dated = memory("reviewed: 2026-01-01\n");
    api.remove("src/a.rs").commit_at("gone", "2026-02-01T00:00:00Z");
    for (repo, sure) in [(&repo, 100), (&dated, 90)] {
        let answer = looked(repo, api.path(), &[]);
        let drift = of(&answer, PAGE, "drifted").unwrap();
        assert_eq!(
            (&drift["confidence"], &drift["changed"][0]["removed"]),
            (&sure.into(), &1.into())
        );
        assert_eq!(skipped(&answer, SOURCE), None);
    }
    let later = memory("reviewed: 2026-03-01\n");
    let answer = looked(&later, api.path(), &[]);
    assert_eq!(of(&answer, PAGE, "drifted"), None);
    assert_eq!(skipped(&answer, SOURCE).unwrap(), "'src/**' names no file there");
}

#[test]
fn a_review_without_the_clone_records_the_rest_and_is_no_drift() {
    let (api, repo) = (api(), memory(""));
    let run = repo.prode(&["review", PAGE, "--yes"]).ok();
    run.warns(&format!(
        "the stamp of {PAGE} says nothing of {NAME}, which it describes: no clone of it"
    ));
    let stamp = std::fs::read_to_string(repo.path().join(PAGE)).unwrap();
    assert!(stamp.contains("body: sha256:") && !stamp.contains("elsewhere:"), "{stamp}");
    repo.commit("review");
    let answer = looked(&repo, api.path(), &[]);
    assert_eq!((of(&answer, PAGE, "drifted"), skipped(&answer, SOURCE)), (None, None));
    let answer = audited(&repo, &["--local"]);
    let why = skipped(&answer, SOURCE).unwrap();
    assert!(why.starts_with("no clone of it is named: set audit.repositories"), "{why}");
}

#[test]
fn a_bare_date_is_held_against_the_trunk_of_that_day() {
    let (api, repo) = (api(), memory("reviewed: 2026-01-02\n"));
    api.write("src/a.rs", "same day\n").commit_at("same day", "2026-01-02T18:00:00Z");
    assert_eq!(of(&looked(&repo, api.path(), &[]), PAGE, "drifted"), None);
    api.write("src/a.rs", "later\n").commit_at("later", "2026-01-05T00:00:00Z");
    let drift = of(&looked(&repo, api.path(), &[]), PAGE, "drifted").unwrap();
    assert_eq!((&drift["confidence"], &drift["changed_total"]), (&90.into(), &1.into()));
    // As of a day before the change, the clone is looked at as it was.
    let answer = looked(&repo, api.path(), &["--as-of", "2026-01-04"]);
    assert_eq!(of(&answer, PAGE, "drifted"), None);
    assert_eq!(answer["local"]["repositories"][0]["day"], "2026-01-02");
}

#[test]
fn own_sources_and_those_elsewhere_are_one_finding_and_two_digests() {
    let (api, repo) = (api(), memory(""));
    let sources = format!("sources: [lib/**, {{repo: \"{URL}.git\", path: 'src/**'}}]\n");
    repo.write("lib/x.rs", "x\n").write(PAGE, page(&sources, "Api")).commit("both");
    reviewed(&repo, api.path());
    repo.commit("review");
    let file = RepoPath::new("lib/x.rs").unwrap();
    let digest = sources_digest([(&file, hash_blob(b"x\n"))]);
    let stamp = std::fs::read_to_string(repo.path().join(PAGE)).unwrap();
    assert!(stamp.contains(&format!("sources: {digest}, elsewhere: ")), "{stamp}");
    api.write("src/a.rs", "2\n").commit_at("there", "2026-02-01T00:00:00Z");
    repo.write("lib/x.rs", "2\n").commit("here");
    let drift = of(&looked(&repo, api.path(), &[]), PAGE, "drifted").unwrap();
    assert_eq!(drift["changed_total"], 2);
    // The same without the clone is about this repository alone, and dismissed by its own name.
    let own = of(&audited(&repo, &[]), PAGE, "drifted").unwrap();
    assert_eq!((&own["changed_total"], &own["local"]), (&1.into(), &Value::Null));
    assert_ne!(own["id"], drift["id"]);
    repo.prode(&["dismiss", own["id"].as_str().unwrap(), "--why", "no matter"]).ok();
    let id = drift["id"].as_str().unwrap();
    repo.prode_in(&named(URL, api.path()), &["dismiss", id, "--why", "no matter"], b"").ok();
    repo.commit("dismissed");
    assert_eq!(looked(&repo, api.path(), &[])["dismissed"], 1);
}

#[test]
fn a_record_beside_the_page_holds_it_too() {
    let (api, repo) = (api(), memory(""));
    let skill =
        format!("+++\ntitle = 'T'\nsources = [{{repo = '{URL}', path = 'src/**'}}]\n+++\n# T\n");
    repo.write("wiki/t.md", skill).commit("toml");
    let args = ["review", "wiki/t.md", "--yes"];
    repo.prode_in(&named(URL, api.path()), &args, b"").ok();
    repo.commit("review");
    api.write("src/a.rs", "2\n").commit_at("change", "2026-02-01T00:00:00Z");
    let drift = of(&looked(&repo, api.path(), &[]), "wiki/t.md", "drifted").unwrap();
    assert_eq!(drift["confidence"], 100);
    // In a record of its own it is read strictly.
    repo.write(".prode/reviews.yaml", "wiki/t.md: {at: 2026-01-01, elsewhere: here}\n");
    repo.prode(&["lint", "--rule", "record-malformed", "--worktree", "--all"])
        .fails(1)
        .says("'elsewhere' is not NAME@COMMIT sha256:");
}

#[test]
fn a_clone_of_something_else_is_not_looked_at() {
    let (api, repo) = (api(), memory("reviewed: 2026-01-01\n"));
    let why = |clone: &Path| skipped(&looked(&repo, clone, &[]), SOURCE).unwrap();
    let gone = repo.path().join("gone");
    assert!(why(&gone).starts_with("its clone cannot be used: "), "{}", why(&gone));
    assert!(why(Path::new("gone")).ends_with("is no folder from the top of the disk"));
    api.git(&["remote", "set-url", "origin", "https://ada:hunter2@git.example.org/team/other"]);
    let other = why(api.path());
    assert!(other.ends_with("is a clone of git.example.org/team/other, and not of it"), "{other}");
    assert!(!other.contains("hunter2"));
    api.git(&["remote", "remove", "origin"]);
    assert!(why(api.path()).contains("names no remote"), "{}", why(api.path()));
    let empty = TestRepo::new();
    empty.git(&["remote", "add", "origin", URL]);
    assert!(why(empty.path()).contains("no commit"), "{}", why(empty.path()));
}

#[test]
fn a_shallow_clone_says_what_it_lacks() {
    let (api, repo) = (api(), memory(""));
    reviewed(&repo, api.path());
    repo.commit("review");
    api.write("src/a.rs", "2\n").commit_at("change", "2026-02-01T00:00:00Z");
    let shallow = api.clone_to(&["--depth", "1"]);
    shallow.git(&["remote", "set-url", "origin", URL]);
    let answer = looked(&repo, shallow.path(), &[]);
    let drift = of(&answer, PAGE, "drifted").unwrap();
    assert_eq!((&drift["changed_total"], &drift["confidence"]), (&0.into(), &100.into()));
    let why = skipped(&answer, SOURCE).unwrap();
    assert!(why.starts_with("the commit that was reviewed is not in this clone"), "{why}");
    // A date alone cannot be held against what is not there.
    let repo = memory("reviewed: 2026-01-01\n");
    let answer = looked(&repo, shallow.path(), &[]);
    assert_eq!(of(&answer, PAGE, "drifted"), None);
    assert!(skipped(&answer, SOURCE).is_some());
}

#[test]
fn a_clone_with_a_hole_tells_what_it_can() {
    let (api, repo) = (api(), memory(""));
    let first = api.git(&["rev-parse", "HEAD"]);
    api.write("README.md", "z\n").commit_at("second", "2026-01-02T00:00:00Z");
    reviewed(&repo, api.path());
    repo.commit("review");
    api.write("src/a.rs", "2\n").commit_at("change", "2026-02-01T00:00:00Z");
    let (folder, name) = first.split_at(2);
    std::fs::remove_file(api.path().join(".git/objects").join(folder).join(name)).unwrap();
    let answer = looked(&repo, api.path(), &[]);
    let drift = of(&answer, PAGE, "drifted").unwrap();
    assert_eq!((&drift["changed_total"], &drift["confidence"]), (&1.into(), &100.into()));
    let why = skipped(&answer, SOURCE).unwrap();
    assert!(why.starts_with("the history of its clone cannot be read: "), "{why}");
}

#[test]
fn a_repository_names_no_clone_and_no_way_out() {
    let (api, repo) = (api(), memory("reviewed: 2026-01-01\n"));
    api.write("src/a.rs", "2\n").commit_at("change", "2026-02-01T00:00:00Z");
    let settings =
        format!("audit: {{repositories: {{\"{URL}\": \"{}\"}}}}\n", api.path().display());
    repo.write("prode.yaml", settings).commit("settings");
    let answer = audited(&repo, &["--local"]);
    assert_eq!(of(&answer, PAGE, "drifted"), None);
    assert!(skipped(&answer, SOURCE).unwrap().starts_with("no clone of it is named"));
    let outside =
        format!("sources: [{{repo: \"{URL}\", path: '../../**'}}]\nreviewed: 2026-01-01\n");
    repo.write(PAGE, page(&outside, "Api")).commit("outside");
    let answer = looked(&repo, api.path(), &[]);
    assert_eq!(of(&answer, PAGE, "drifted"), None);
    assert!(answer["local"]["repositories"].as_array().unwrap().is_empty());
}

#[test]
fn nobody_s_password_is_printed_and_no_clone_is_written_to() {
    let (api, repo) = (api(), memory(""));
    let url = "https://ada:hunter2@git.example.org/team/api.git";
    let front = format!("sources: [{{repo: \"{url}\", path: 'src/**'}}]\nreviewed: 2026-01-01\n");
    repo.write(PAGE, page(&front, "Api")).commit("a password");
    let environment = named(url, api.path());
    for args in [
        &["audit", "--json"][..],
        &["audit", "--local", "--json"],
        &["audit", "--local"],
        &["config", "list"],
        &["config", "list", "--json"],
    ] {
        let run = repo.prode_in(&environment, args, b"").ok();
        assert!(!run.stdout().contains("hunter2"), "{args:?}: {}", run.stdout());
        assert!(!run.stderr().contains("hunter2"), "{args:?}: {}", run.stderr());
    }
    api.write("src/a.rs", "2\n").commit_at("change", "2026-02-01T00:00:00Z");
    let before = api.snapshot();
    let answer = looked(&repo, api.path(), &[]);
    assert!(of(&answer, PAGE, "drifted").is_some());
    repo.prode_in(&environment, &["review", PAGE, "--yes"], b"").ok();
    let stamp = std::fs::read_to_string(repo.path().join(PAGE)).unwrap();
    assert_eq!(stamp.matches("hunter2").count(), 1, "{stamp}");
    assert!(!api.path().join(".git/prode").exists());
    assert_eq!(before, api.snapshot());
}
