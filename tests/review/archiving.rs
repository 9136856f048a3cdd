//! Pages that nobody maintains.

use serde_json::json;

use super::{memory, read};

#[test]
fn a_page_is_archived_and_its_successor_says_so() {
    let repo = memory();
    repo.write("wiki/new.md", "---\ntitle: New\nsupersedes:\n  - wiki/older.md\n---\n# New\n");
    repo.commit("a successor");
    let args = [
        "archive",
        "wiki/queue.md",
        "--why",
        "taken down: see mail to jane.doe@acme-billing.io",
        "--successor",
        "wiki/new.md",
        "--json",
    ];
    let answer = repo.prode(&args).ok().json();
    assert_eq!(answer["changed"], json!(["wiki/new.md", "wiki/queue.md"]));
    assert_eq!(
        (&answer["was"], &answer["linked_from"]),
        (&json!("active"), &json!(["wiki/bare.md"]))
    );
    let page = read(&repo, "wiki/queue.md");
    assert!(page.contains("\nstatus: archived\narchived: \"taken down: see mail to "), "{page}");
    assert!(!page.contains("acme-billing.io"), "{page}");
    assert!(read(&repo, "wiki/new.md").contains("  - wiki/older.md\n  - wiki/queue.md\n"));
    repo.commit("archived");
    let shown = repo.prode(&["show", "wiki/queue.md", "--json"]).ok().json();
    assert_eq!(
        (&shown["status"], &shown["superseded_by"]),
        (&json!("archived"), &json!("wiki/new.md"))
    );
    repo.prode(&["query", "queue", "--json"]).ok();
    repo.prode(&args).ok();
    assert_eq!(repo.git(&["status", "--porcelain"]), "");
}

#[test]
fn a_page_without_front_matter_gets_one() {
    let repo = memory();
    let before = read(&repo, "wiki/bare.md");
    let run = repo.prode(&["archive", "wiki/bare.md", "--why", "nobody reads it"]).ok();
    assert_eq!(run.stdout(), "wiki/bare.md\n");
    let block = "---\nstatus: archived\narchived: nobody reads it\n---\n";
    assert_eq!(read(&repo, "wiki/bare.md"), format!("{block}{before}"));
}

#[test]
fn what_ends_in_another_way_is_not_archived() {
    let repo = memory();
    repo.write("wiki/gone.md", "---\nstatus: archived\narchived: x\n---\n# Gone\n");
    let before = repo.snapshot();
    for (args, code, said) in [
        (&["archive", "adr/1", "--why", "x"][..], 1, "prode adr deprecate 1"),
        (&["archive", "skill:drain", "--why", "x"], 1, "git rm -r"),
        (&["archive", "wiki/queue.md", "--why", " "], 2, "--why says nothing"),
        (&["archive", "wiki/queue.md"], 2, "--why"),
        (&["archive", "wiki/none.md", "--why", "x"], 1, "wiki/none.md"),
        (
            &["archive", "wiki/queue.md", "--why", "x", "--successor", "wiki/queue.md"],
            1,
            "its own place",
        ),
        (
            &["archive", "wiki/queue.md", "--why", "x", "--successor", "wiki/gone.md"],
            1,
            "archived itself",
        ),
        (&["archive", "wiki/queue.md", "--why", "x", "--successor", "adr/1"], 1, "no wiki page"),
        (
            &["archive", "wiki/queue.md", "--why", "x", "--successor", "wiki/none.md"],
            1,
            "wiki/none.md",
        ),
    ] {
        repo.prode(args).fails(code).warns(said);
        assert_eq!(repo.snapshot(), before, "{args:?}");
    }
}
