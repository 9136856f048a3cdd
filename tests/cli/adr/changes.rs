//! Changes of status and links: both files or none.

use super::{log, madr, nygard, read};
use crate::support::TestRepo;

#[test]
fn a_step_that_the_table_lacks_changes_nothing() {
    let repo = log();
    let before = repo.snapshot();
    repo.prode(&["adr", "propose", "1"]).fails(1).warns("it may become deprecated, superseded");
    repo.write("doc/adr/0004-four.md", nygard(4, "Four", "Approved"));
    repo.prode(&["adr", "accept", "4"]).fails(1).warns("the status 'Approved' is unknown");
    repo.remove("doc/adr/0004-four.md");
    assert_eq!(repo.snapshot(), before);
    let changed = repo.prode(&["adr", "deprecate", "1", "--json"]).ok().json();
    assert_eq!(
        (&changed["was"], &changed["decision"]["status"]),
        (&"accepted".into(), &"deprecated".into())
    );
    assert_eq!(read(&repo, "doc/adr/0001-one.md"), nygard(1, "One", "Deprecated"));
}

#[test]
fn a_format_that_there_is_not_changes_nothing() {
    let repo = log();
    let before = repo.snapshot();
    for command in [&["adr", "deprecate", "1"][..], &["adr", "new", "X"]] {
        let run = repo.prode(&[command, &["--format", "yaml"]].concat());
        run.fails(2).warns("there is no format 'yaml'");
    }
    assert_eq!(repo.snapshot(), before);
}

#[test]
fn superseding_writes_both_sides_in_the_logs_spelling() {
    let repo = log();
    repo.write(
        "doc/adr/0004-four.md",
        nygard(4, "Four", "Superceded by [3. Three](0003-three.md)"),
    );
    repo.prode(&["adr", "supersede", "1", "2"]).ok().says("accepted \u{2192} superseded");
    let old = nygard(1, "One", "Superceded by [2. Two](0002-two.md)");
    let new = nygard(2, "Two", "Accepted\n\nSupercedes [1. One](0001-one.md)");
    assert_eq!(
        (read(&repo, "doc/adr/0001-one.md"), read(&repo, "doc/adr/0002-two.md")),
        (old, new)
    );
}

#[test]
fn circles_selves_and_strangers_are_refused() {
    let repo = log();
    repo.prode(&["adr", "supersede", "1", "2"]).ok();
    repo.prode(&["adr", "supersede", "2", "3"]).ok();
    let before = repo.snapshot();
    repo.prode(&["adr", "supersede", "3", "1"]).fails(1).warns("this would be a circle");
    repo.prode(&["adr", "supersede", "3", "3"]).fails(1).warns("cannot supersede itself");
    repo.prode(&["adr", "link", "3", "amends", "3"]).fails(1).warns("cannot relate to itself");
    repo.prode(&["adr", "supersede", "3", "9"]).fails(1).warns("there is no decision");
    repo.prode(&["adr", "new", "X", "-s", "99"]).fails(1).warns("there is no decision '99'");
    repo.prode(&["adr", "new", "X", "-l", "3"]).fails(2).warns("N:LINK:REVERSE");
    assert_eq!(repo.snapshot(), before, "a refused change leaves nothing behind");
}

#[test]
fn in_madr_the_old_one_gives_way_on_acceptance() {
    let repo = TestRepo::new();
    repo.write("adr/0001-a.md", madr("A", "accepted"));
    repo.prode(&["adr", "new", "B", "-s", "1"]).ok().says("adr/0002-b.md");
    assert_eq!(read(&repo, "adr/0001-a.md"), madr("A", "accepted"));
    assert!(read(&repo, "adr/0002-b.md").contains("status: proposed\n"));
    let accepted = repo.prode(&["adr", "accept", "2"]).ok();
    accepted.says("adr/0001-a.md").warns("'adr/0001-a.md' is superseded now");
    assert!(read(&repo, "adr/0001-a.md").contains("status: superseded by ADR-0002\n"));
    assert!(read(&repo, "adr/0002-b.md").contains("supersedes: [ADR-0001]\n"));
}

#[test]
fn a_template_of_the_repository_is_filled() {
    let repo = TestRepo::new();
    repo.write("adr/0001-a.md", madr("A", "accepted")).write(
        "templates/adr-madr.md",
        "---\ntemplate: adr-madr\nkind: adr\n---\n---\nstatus: draft\nservices: [{{ services }}]\n---\n\n\
         # {{ title }}\n\n## Decision Outcome\n\nOurs.\n",
    );
    repo.prode(&["adr", "new", "B"]).ok();
    let made = read(&repo, "adr/0002-b.md");
    assert!(made.starts_with("---\nstatus: proposed\nservices: []\n---\n\n# B\n"), "{made}");
    assert!(made.ends_with("Ours.\n"), "{made}");
    repo.prode(&["adr", "new", "C", "--template", "none"]).fails(1).warns("there is no template");
}

#[test]
fn one_section_can_give_way_alone() {
    let repo = log();
    repo.prode(&["adr", "supersede", "1", "2", "--section", "nothing"])
        .fails(1)
        .warns("consequences");
    repo.prode(&["adr", "supersede", "1", "2", "--section", "consequences"]).ok();
    let list = repo.prode(&["adr", "list", "--status", "accepted", "--json"]).ok().json();
    assert_eq!(list["decisions"].as_array().unwrap().len(), 3, "it stays in force");
    assert!(
        read(&repo, "doc/adr/0001-one.md").contains("Replaced in part by [2. Two](0002-two.md)")
    );
    assert!(read(&repo, "doc/adr/0002-two.md").contains("(0001-one.md#consequences)"));
}

#[test]
fn links_have_two_sides_and_are_said_once() {
    let repo = log();
    repo.prode(&["adr", "link", "3", "amends", "1"]).ok();
    assert!(read(&repo, "doc/adr/0003-three.md").contains("Amends [1. One](0001-one.md)"));
    assert!(read(&repo, "doc/adr/0001-one.md").contains("Amended by [3. Three](0003-three.md)"));
    repo.prode(&["adr", "link", "3", "amends", "1"]).ok().warns("everything was so already");
    repo.prode(&["adr", "link", "1", "amends", "3"]).fails(1).warns("circle");
    repo.prode(&["adr", "link", "1", "likes", "3"]).fails(1).warns("--reverse WORDS");
    repo.prode(&["adr", "link", "1", "likes", "3", "--reverse", "is liked by"]).ok();
    assert!(read(&repo, "doc/adr/0003-three.md").contains("Is liked by [1. One](0001-one.md)"));
}

#[test]
fn amendments_are_for_what_was_accepted() {
    let repo = log();
    repo.prode(&["adr", "amend", "1", "--reason", "Also\nthe API"]).ok();
    assert!(read(&repo, "doc/adr/0001-one.md").contains("\n## Amendments\n\n- 20"));
    assert!(read(&repo, "doc/adr/0001-one.md").ends_with(": Also the API\n"));
    repo.write("doc/adr/0004-four.md", nygard(4, "Four", "Proposed"));
    repo.prode(&["adr", "amend", "4", "--reason", "x"]).fails(1).warns("free until it is accepted");
}

#[test]
fn bytes_that_are_no_text_are_never_edited() {
    let repo = log();
    let bytes = [nygard(4, "Four", "Proposed").as_bytes(), b"\xff\n"].concat();
    repo.write("doc/adr/0004-four.md", &bytes);
    repo.prode(&["adr", "accept", "4"]).fails(1).warns("is not UTF-8");
    assert_eq!(std::fs::read(repo.path().join("doc/adr/0004-four.md")).unwrap(), bytes);
}

#[test]
fn a_folder_without_git_holds_decisions_too() {
    let repo = TestRepo::no_repository();
    repo.write("adr/0001-a.md", nygard(1, "A", "Proposed"));
    repo.prode(&["adr", "accept", "1"]).ok();
    repo.prode(&["adr", "new", "B", "-s", "1"]).ok().says("adr/0002-b.md");
    assert!(read(&repo, "adr/0001-a.md").contains("Superseded by [2. B](0002-b.md)"));
    TestRepo::bare().prode(&["adr", "new", "X"]).fails(2).warns("is bare");
}
