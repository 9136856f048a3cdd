//! `adr list`, `log`, `show`, `toc`

use super::{log, madr, nygard, read};
use crate::support::TestRepo;

#[test]
fn every_format_is_shown_alike() {
    let repo = log();
    repo.write("doc/adr/0004-four.md", madr("Four", "proposed"))
        .write("doc/adr/0005-five.md", "# ADR-5: Five\n\n**Status:** Approved\n\n## Decision\n")
        .write("doc/adr/0006-six.md", nygard(6, "Six", "Superceded by [1. One](0001-one.md)"));
    let list = repo.prode(&["adr", "list", "--json"]).ok().json();
    assert_eq!((&list["schema"], &list["total"]), (&"prode.adr_list/v1".into(), &6.into()));
    let statuses: Vec<_> =
        list["decisions"].as_array().unwrap().iter().map(|it| &it["status"]).collect();
    let expected = ["accepted", "accepted", "accepted", "proposed", "Approved", "superseded"];
    assert_eq!(statuses, expected);
    assert_eq!(list["decisions"][5]["superseded_by"], "doc/adr/0001-one.md");
    let text = repo.prode(&["adr", "list", "--status", "proposed"]).ok();
    assert_eq!(text.stdout(), "   4  proposed  2026-01-02  Four  doc/adr/0004-four.md\n");
    repo.prode(&["adr", "list", "--rev", "HEAD", "--status", "draft"])
        .ok()
        .warns("none of 3 decisions");
}

#[test]
fn days_order_the_log() {
    let repo = log();
    repo.write("doc/adr/0001-one.md", nygard(1, "One", "Accepted").replace("2026", "2027"));
    let text = repo.prode(&["adr", "log"]).ok();
    let last = text.stdout().lines().last().unwrap();
    assert!(last.starts_with("2027-01-02     1  accepted"), "{last}");
}

#[test]
fn one_is_shown_as_it_lies_on_disk() {
    let repo = log();
    repo.write("doc/adr/0002-two.md", nygard(2, "Two on disk", "Accepted"));
    for name in ["2", "0002", "adr/2", "doc/adr/2", "doc/adr/0002-two.md"] {
        repo.prode(&["adr", "show", name]).ok().says("Two on disk");
    }
    repo.prode(&["adr", "show", "9"]).fails(1).warns("there is no decision '9'");
}

#[test]
fn a_number_of_two_logs_needs_its_log() {
    let repo = log();
    repo.write("pay/adr/0001-other.md", nygard(1, "Other", "Accepted"));
    repo.prode(&["adr", "new", "Unseen", "--log", "far/adr"]).ok().warns("'far/adr' is no root");
    repo.write("prode.yaml", "roots: {adr: [doc/adr, pay/adr]}\n");
    repo.prode(&["adr", "show", "1"]).fails(1).warns("write 'adr/doc/adr/1'");
    repo.prode(&["adr", "show", "pay/adr/1"]).ok().says("Other");
    repo.prode(&["adr", "new", "X"]).fails(2).warns("--log doc/adr, --log pay/adr");
    repo.prode(&["adr", "new", "X", "--log", "pay/adr"]).ok().says("pay/adr/0002-x.md");
}

#[test]
fn a_table_of_contents_is_kept_between_its_marks() {
    let repo = log();
    let table = "* [1. One](0001-one.md)\n* [2. Two](0002-two.md)\n* [3. Three](0003-three.md)\n";
    repo.prode(&["adr", "toc"]).ok().says(table);
    repo.prode(&["adr", "toc", "--write"]).ok().says("doc/adr/README.md");
    assert!(read(&repo, "doc/adr/README.md").contains(table));
    repo.prode(&["adr", "toc", "--write"]).ok().warns("is as it should be");
    repo.write(
        "doc/adr/README.md",
        "# Ours\r\n\r\n<!-- adr-toc -->\r\nold\r\n<!-- /adr-toc -->\r\nend",
    );
    repo.prode(&["adr", "toc", "--write"]).ok();
    let page = read(&repo, "doc/adr/README.md");
    assert!(
        page.starts_with("# Ours\r\n\r\n<!-- adr-toc -->\r\n* [1. One](0001-one.md)\r\n"),
        "{page}"
    );
    assert!(page.ends_with("<!-- /adr-toc -->\r\nend"), "{page}");
    repo.write("doc/adr/README.md", "# No place\n");
    repo.prode(&["adr", "toc", "--write"]).fails(1).warns("has no place for the table");
    assert_eq!(read(&repo, "doc/adr/README.md"), "# No place\n");
}

#[test]
fn an_empty_log_says_how_to_begin() {
    TestRepo::new().prode(&["adr", "list"]).ok().warns("prode adr new TITLE");
}
