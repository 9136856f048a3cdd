//! `record-malformed` and `record-entry-lost`, asked of the whole program.

use crate::support::TestRepo;

fn memory() -> TestRepo {
    let repo = TestRepo::new();
    repo.write("wiki/a.md", "---\nowner: ada\n---\n# A\n").commit("a page");
    repo
}

/// `path:line rule message` of every finding of the two rules.
fn found(repo: &TestRepo, args: &[&str]) -> Vec<String> {
    let rules = ["lint", "--json", "--rule", "record-malformed", "--rule", "record-entry-lost"];
    let answer = repo.prode(&[&rules, args].concat()).json();
    let told = |it: &serde_json::Value| {
        let text = |key: &str| it[key].as_str().unwrap().to_owned();
        format!("{}:{} {} {}", text("path"), it["line"], text("rule"), text("message"))
    };
    answer["findings"].as_array().unwrap().iter().map(told).collect()
}

#[test]
fn records_that_say_what_is_there_have_no_faults() {
    let repo = memory();
    assert!(found(&repo, &[]).is_empty());
    repo.write("src/main.rs", "").write(
        ".prode/reviews.yaml",
        "wiki/a.md: {by: human:ada, at: 2026-01-02}\nsrc/main.rs: 2026-01-02\n",
    );
    repo.write(
        ".prode/dismissed.yaml",
        "- finding: A-1a2b3c4d\n  path: wiki/a.md\n  signal: drifted\n  why: no\n  by: human:ada\n  at: 2026-01-02\n  of: x\n",
    );
    assert!(found(&repo, &[]).is_empty(), "{:?}", found(&repo, &[]));
}

#[test]
fn what_cannot_be_read_is_an_error_with_its_place() {
    let repo = memory();
    repo.write(".prode/reviews.yaml", "wiki/a.md: 2026-01-02\nwiki/b.md: soon\n")
        .write(".prode/dismissed.yaml", "<<<<<<< ours\n- a: b\n");
    let found = found(&repo, &[]);
    assert_eq!(found.len(), 2, "{found:?}");
    assert!(found[0].starts_with(".prode/dismissed.yaml:"), "{found:?}");
    assert_eq!(
        found[1],
        ".prode/reviews.yaml:2 record-malformed no review and no day such as 2026-10-02: 'soon'"
    );
    repo.prode(&["lint", "--rule", "record-malformed"]).fails(1);
}

#[test]
fn an_entry_about_nothing_is_named_with_its_line() {
    let repo = memory();
    repo.write(
        ".prode/reviews.yaml",
        "wiki/a.md: 2999-01-02\n# moved\nwiki/gone.md:\n  by: human:ada\n  at: 2026-01-02\n",
    );
    repo.write(
        ".prode/dismissed.yaml",
        "- finding: A-1a2b3c4d\n  path: wiki/gone.md\n  signal: drifte\n  why: no\n  by: human:ada\n  at: 2999-01-02\n  of: x\n",
    );
    let found = found(&repo, &[]);
    assert_eq!(
        found,
        [
            ".prode/dismissed.yaml:1 record-entry-lost 'wiki/gone.md' does not exist",
            ".prode/dismissed.yaml:1 record-entry-lost 2999-01-02 is yet to come",
            ".prode/dismissed.yaml:1 record-entry-lost no audit has a signal 'drifte'; did you mean 'drifted'?",
            ".prode/reviews.yaml:1 record-entry-lost 2999-01-02 is yet to come",
            ".prode/reviews.yaml:3 record-entry-lost 'wiki/gone.md' does not exist",
        ]
    );
    repo.prode(&["lint", "--rule", "record-entry-lost"]).ok();
}

#[test]
fn the_records_of_a_commit_are_those_of_that_commit() {
    let repo = memory();
    repo.write(".prode/reviews.yaml", "- no\n").commit("a record");
    repo.write(".prode/reviews.yaml", "wiki/a.md: 2026-01-02\n");
    assert!(found(&repo, &[]).is_empty());
    assert_eq!(found(&repo, &["--rev", "HEAD"]).len(), 1);
    assert!(found(&repo, &["--rev", "HEAD", "--against", "HEAD"]).is_empty());
}
