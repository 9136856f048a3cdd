//! `adr renumber`

use super::{log, nygard, read};

#[test]
fn a_decision_is_renumbered_wherever_it_is_named_and_back() {
    let repo = log();
    repo.prode(&["adr", "link", "3", "amends", "2"]).ok();
    repo.write(
        "doc/guide.md",
        "# G\n\nSee [two](adr/0002-two.md), ADR-2 and ADR-0002; not ADR-20.\r\n",
    )
    .write("src/main.rs", "// @adr 2: see doc/adr/0002-two.md\nfn main() {}\n")
    .write("logo.bin", b"\xff ADR-2");
    repo.commit("mentions");
    let before = repo.snapshot();
    let dry = repo.prode(&["adr", "renumber", "2", "--dry-run", "--json"]).ok().json();
    assert_eq!((&dry["to"], &dry["new_path"]), (&4.into(), &"doc/adr/0004-two.md".into()));
    assert_eq!(repo.snapshot(), before, "a dry run writes nothing");
    repo.prode(&["adr", "renumber", "2"]).ok().says("doc/adr/0004-two.md");
    assert!(!repo.path().join("doc/adr/0002-two.md").exists());
    assert!(read(&repo, "doc/adr/0004-two.md").starts_with("# 4. Two\n"));
    assert!(read(&repo, "doc/adr/0003-three.md").contains("Amends [4. Two](0004-two.md)"));
    let guide = "# G\n\nSee [two](adr/0004-two.md), ADR-4 and ADR-0004; not ADR-20.\r\n";
    assert_eq!(read(&repo, "doc/guide.md"), guide);
    assert_eq!(read(&repo, "src/main.rs"), "// @adr 4: see doc/adr/0004-two.md\nfn main() {}\n");
    repo.prode(&["adr", "renumber", "4", "3"]).fails(1).warns("number 3 is taken");
    repo.prode(&["adr", "renumber", "4", "2"]).ok();
    assert_eq!(repo.snapshot(), before, "the inverse gives the same bytes");
}

#[test]
fn a_mention_that_may_mean_two_is_listed_and_left() {
    let repo = log();
    repo.write("doc/adr/0002-other.md", nygard(2, "Other", "Accepted"))
        .write("doc/guide.md", "# G\n\n[o](adr/0002-other.md) and ADR-2.\n");
    let done = repo.prode(&["adr", "renumber", "doc/adr/0002-other.md"]).ok();
    done.says("doc/adr/0004-other.md").warns("doc/guide.md:3  [o](adr/0002-other.md) and ADR-2.");
    assert_eq!(read(&repo, "doc/guide.md"), "# G\n\n[o](adr/0004-other.md) and ADR-2.\n");
}
