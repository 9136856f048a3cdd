//! `adr renumber`

use super::{log, madr, nygard, read};
use crate::support::TestRepo;

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

/// Two logs whose decisions have the same numbers and file names.
fn two_logs() -> TestRepo {
    let repo = TestRepo::new();
    let own = nygard(2, "Two", "Accepted").replace("Why.", "Why: ADR-2, adr/adr/2.");
    let pay =
        nygard(2, "Two", "Accepted").replace("Why.", "As [2. Two](../../adr/0002-two.md), ADR-2.");
    repo.write("prode.yaml", "roots: {wiki: [wiki], adr: [adr, pay/adr], skills: [skills]}\n")
        .write("adr/0002-two.md", own)
        .write("adr/0003-three.md", nygard(3, "Three", "Accepted\n\nAmends [2. Two](0002-two.md)"))
        .write("pay/adr/0002-two.md", pay);
    repo
}

#[test]
fn links_follow_by_where_they_lead_and_not_by_how_they_look() {
    let repo = two_logs();
    let page = "---\nsources: [adr/0002-two.md]\nsupersedes: [../adr/0002-two.md]\n---\n# G\n\n\
        [ours](../adr/0002-two.md#decision), [2. Two](/adr/0002-two.md), [theirs](../pay/adr/0002-two.md).\n\
        [2. Two](../pay/adr/0002-two.md) [r] <a href=\"../adr/0002-two.md\">x</a> [[adr/0002-two|T]]\n\n\
        `adr/0002-two.md` and `pay/adr/0002-two.md`, 0002-two.md, ADR-2, adr/adr/2, adr/pay/adr/2.\n\n\
        adr/0002-two.md#decision@0123456789ab https://forge.example/o/r/blob/main/adr/0002-two.md\n\n\
        [r]: ../adr/0002-two.md \"2. Two\"\n";
    repo.write("wiki/g.md", page)
        .write("wiki/x.routes.yaml", "- ticket: \"two\"\n  expect: adr/0002-two.md\n")
        .write("CODEOWNERS", "adr/0002-two.md @a\n")
        .write(
            "skills/s/SKILL.md",
            "---\nname: s\ndescription: d\n---\n# S\n\nSee [two](../../adr/0002-two.md).\n",
        )
        .write("src/a.rs", "// see adr/0002-two.md, pay/adr/0002-two.md\n");
    repo.commit("all");
    let before = repo.snapshot();
    let done = repo.prode(&["adr", "renumber", "adr/0002-two.md", "7", "--json"]).ok().json();
    let new = "---\nsources: [adr/0007-two.md]\nsupersedes: [../adr/0007-two.md]\n---\n# G\n\n\
        [ours](../adr/0007-two.md#decision), [7. Two](/adr/0007-two.md), [theirs](../pay/adr/0002-two.md).\n\
        [2. Two](../pay/adr/0002-two.md) [r] <a href=\"../adr/0007-two.md\">x</a> [[adr/0007-two|T]]\n\n\
        `adr/0007-two.md` and `pay/adr/0002-two.md`, 0002-two.md, ADR-2, adr/adr/7, adr/pay/adr/2.\n\n\
        adr/0002-two.md#decision@0123456789ab https://forge.example/o/r/blob/main/adr/0002-two.md\n\n\
        [r]: ../adr/0007-two.md \"2. Two\"\n";
    assert_eq!(read(&repo, "wiki/g.md"), new);
    assert!(read(&repo, "wiki/x.routes.yaml").contains("expect: adr/0007-two.md"));
    assert!(read(&repo, "skills/s/SKILL.md").contains("(../../adr/0007-two.md)"));
    assert_eq!(read(&repo, "src/a.rs"), "// see adr/0007-two.md, pay/adr/0002-two.md\n");
    assert!(read(&repo, "adr/0007-two.md").contains("Why: ADR-7, adr/adr/7."));
    assert!(
        read(&repo, "pay/adr/0002-two.md").contains("As [7. Two](../../adr/0007-two.md), ADR-2.")
    );
    let lines = |key: &str| -> Vec<(String, u64)> {
        let all = done[key].as_array().unwrap().iter();
        all.map(|it| (it["path"].as_str().unwrap().to_owned(), it["line"].as_u64().unwrap()))
            .collect()
    };
    assert_eq!(lines("ambiguous"), [("wiki/g.md".to_owned(), 10), ("wiki/g.md".to_owned(), 10)]);
    assert_eq!(lines("left"), [("CODEOWNERS".to_owned(), 1), ("wiki/g.md".to_owned(), 12)]);
    repo.prode(&["adr", "renumber", "adr/0007-two.md", "2"]).ok();
    assert_eq!(repo.snapshot(), before, "the inverse gives the same bytes");
}

#[test]
fn line_ends_marks_and_strange_bytes_stay() {
    let repo = log();
    let text = format!("\u{feff}{}", nygard(2, "Two", "Accepted")).replace('\n', "\r\n");
    repo.write("doc/adr/0002-two.md", &text);
    repo.write("doc/odd.md", b"[two](adr/0002-two.md) ADR-2 \xff\n");
    let before = repo.snapshot();
    repo.prode(&["adr", "renumber", "2"]).ok();
    assert_eq!(read(&repo, "doc/adr/0004-two.md"), text.replace("# 2.", "# 4."));
    assert_eq!(
        std::fs::read(repo.path().join("doc/odd.md")).unwrap(),
        b"[two](adr/0002-two.md) ADR-2 \xff\n"
    );
    repo.prode(&["adr", "renumber", "4", "2"]).ok();
    assert_eq!(repo.snapshot(), before);
    repo.write("doc/adr/0003-three.md", b"# 3. Three\n\n## Status\n\nAccepted\n\n\xff");
    let before = repo.snapshot();
    repo.prode(&["adr", "renumber", "3"]).fails(1).warns("0003-three.md' is not UTF-8");
    assert_eq!(repo.snapshot(), before);
}

#[test]
fn bare_numbers_in_front_matter_follow_in_their_own_log() {
    let repo = TestRepo::new();
    let with = |status: &str, keys: &str| {
        madr("X", status).replace("date: 2026-01-02\n", &format!("date: 2026-01-02\n{keys}"))
    };
    repo.write("prode.yaml", "roots: {wiki: [wiki], adr: [adr, pay/adr]}\n");
    repo.write("adr/0002-old.md", with("superseded", "number: 2\nsuperseded-by: 3\n"));
    repo.write("adr/0003-new.md", with("accepted", "supersedes:\n  - 2 # once\n  - 12\n"));
    repo.write("pay/adr/0002-x.md", with("superseded", "superseded-by: [3]\n"));
    repo.write("pay/adr/0003-y.md", with("accepted", "supersedes: [2]\n"));
    repo.write("wiki/a.md", "---\nsupersedes: [2]\nnumber: 2\n---\n# A\n");
    repo.commit("all");
    let before = repo.snapshot();
    repo.prode(&["adr", "renumber", "adr/0002-old.md", "7"]).ok();
    let kept = ["pay/adr/0002-x.md", "pay/adr/0003-y.md", "wiki/a.md"];
    for path in kept {
        assert_eq!(repo.snapshot()[&repo.path().join(path)], before[&repo.path().join(path)]);
    }
    assert!(read(&repo, "adr/0007-old.md").contains("\nnumber: 7\nsuperseded-by: 3\n"));
    assert!(read(&repo, "adr/0003-new.md").contains("\n  - 7 # once\n  - 12\n"));
    let list = repo.prode(&["adr", "list", "--json"]).ok().json();
    let all = list["decisions"].as_array().unwrap().iter();
    let new: Vec<_> = all.filter(|it| it["path"] == "adr/0003-new.md").collect();
    assert_eq!(new[0]["supersedes"][0], "adr/0007-old.md");
    repo.prode(&["adr", "renumber", "adr/0007-old.md", "2"]).ok();
    assert_eq!(repo.snapshot(), before, "the inverse gives the same bytes");
}
