//! Every format's edits, on whole files.

use jiff::civil::{Date, date};

use super::*;
use crate::adr::AdrStatus;

const DAY: Date = date(2026, 11, 25);

fn read(path: &str, text: &str) -> AdrText {
    AdrText::read(&RepoPath::new(path).unwrap(), text.as_bytes()).unwrap()
}

fn text(adr: &AdrText) -> &str {
    std::str::from_utf8(adr.bytes()).unwrap()
}

fn changed(path: &str, before: &str, to: &AdrStatus) -> String {
    let mut adr = read(path, before);
    adr.change_status(to, DAY).unwrap();
    assert_eq!(adr.record().status.as_ref(), Some(to), "{before}");
    text(&adr).to_owned()
}

fn peer(from: &str, path: &str) -> Peer {
    let words = "# 3. Use Y\n\n## Status\n\nAccepted\n\n## Decision\n";
    Peer::seen_from(
        &RepoPath::new(from).unwrap(),
        &RepoPath::new(path).unwrap(),
        read(path, words).record(),
    )
}

const NYGARD: &str = "# 1. Use X\n\nDate: 2026-01-02\n\n## Status\n\nProposed\n\n## Context\n\nStatus: no\n\n## Decision\n\nYes.\n";

#[test]
fn a_status_changes_in_its_own_line() {
    let body = "\n\n## Context and Problem Statement\n\n## Decision Outcome\n";
    for (path, before, after) in [
        ("adr/0001-x.md", "# X\n\n## Status\n\nProposed", "# X\n\n## Status\n\nAccepted"),
        ("adr/0001-x.md", "# X\n\n## Status\n\n**Proposed**", "# X\n\n## Status\n\n**Accepted**"),
        ("adr/0001-x.md", "# X\n\n- Status: `proposed`", "# X\n\n- Status: `accepted`"),
        ("adr/0001-x.md", "# X\n\n**Status:** Proposed", "# X\n\n**Status:** Accepted"),
        ("adr/0001-x.md", "# X\n\nStatus: PROPOSED", "# X\n\nStatus: ACCEPTED"),
        (
            "adr/0001-x.md",
            "# X\n\nStatus: proposed (2026-01-02)",
            "# X\n\nStatus: accepted (2026-11-25)",
        ),
        (
            "adr/0001-x.md",
            "# X\n\n| Status | Proposed |\n|---|---|\n| Date | 2026-01-02 |",
            "# X\n\n| Status | Accepted |\n|---|---|\n| Date | 2026-01-02 |",
        ),
        (
            "adr/0001-x.md",
            "# X\n\n| Status | Date |\n|---|---|\n| Proposed | 2026-01-02 |",
            "# X\n\n| Status | Date |\n|---|---|\n| Accepted | 2026-01-02 |",
        ),
        (
            "adr/0001-x.md",
            "# X\n\n* Status: proposed <!-- optional -->\n* Date: 2026-01-02",
            "# X\n\n* Status: accepted <!-- optional -->\n* Date: 2026-11-25",
        ),
        (
            "adr/20260102-x.md",
            "# X\n\n- Status: draft\n- Tags: a",
            "# X\n\n- Status: accepted\n- Tags: a",
        ),
        (
            "adr/0001-x.md",
            "---\nstatus: \"proposed\" # as of now\ndate: 2026-01-02\n---\n\n# X",
            "---\nstatus: \"accepted\" # as of now\ndate: 2026-11-25\n---\n\n# X",
        ),
        ("adr/0001-x.md", "---\nstatus:\n---\n\n# X", "---\nstatus: accepted\n---\n\n# X"),
        (
            "adr/0001-x.md",
            "+++\nstatus = \"draft\"\n+++\n# X",
            "+++\nstatus = \"accepted\"\n+++\n# X",
        ),
    ] {
        let whole = |head: &str| format!("{head}{body}");
        assert_eq!(changed(path, &whole(before), &AdrStatus::Accepted), whole(after));
    }
}

#[test]
fn a_status_is_stated_where_it_was_not() {
    for (path, before, after) in [
        (
            "adr/0001-x.md",
            "# 1. X\n\n## Context\n\n## Decision\n",
            "# 1. X\n\n## Status\n\nAccepted\n\n## Context\n\n## Decision\n",
        ),
        (
            "adr/0001-x.md",
            "---\ndeciders: A\n---\n# X\n\n## Decision Outcome\n",
            "---\nstatus: accepted\ndeciders: A\n---\n# X\n\n## Decision Outcome\n",
        ),
        (
            "adr/0001-x.md",
            "# X\n\n## Context and Problem Statement\n",
            "---\nstatus: accepted\n---\n\n# X\n\n## Context and Problem Statement\n",
        ),
        (
            "adr/0001-x.md",
            "# X\n\n## Status\n\n{proposed | accepted}\n\n## Decision\n",
            "# X\n\n## Status\n\nAccepted\n\n## Decision\n",
        ),
        ("adr/0001-x.md", "# X\n\n## Status", "# X\n\n## Status\n\nAccepted"),
        (
            "adr/0001-x.md",
            "# X\n\n## Status\n## Decision\n",
            "# X\n\n## Status\n\nAccepted\n## Decision\n",
        ),
    ] {
        assert_eq!(changed(path, before, &AdrStatus::Accepted), after);
    }
}

#[test]
fn nygards_links_are_paragraphs_at_the_end_of_the_status() {
    let accepted = NYGARD.replace("Proposed", "Accepted");
    let mut old = read("doc/adr/0001-use-x.md", &accepted);
    old.supersede(&peer("doc/adr/0001-use-x.md", "doc/adr/0003-use-y.md"), Spelling::C, DAY)
        .unwrap();
    let expected = accepted.replace("Accepted", "Superceded by [3. Use Y](0003-use-y.md)");
    assert_eq!(text(&old), expected);

    let linked = accepted.replace("Accepted\n", "Accepted\n\nAmends [2. B](0002-b.md)\n");
    let mut old = read("doc/adr/0001-use-x.md", &linked);
    old.supersede(&peer("doc/adr/0001-use-x.md", "doc/adr/0003-use-y.md"), Spelling::S, DAY)
        .unwrap();
    let expected = linked.replace(
        "Accepted\n\nAmends [2. B](0002-b.md)\n",
        "Amends [2. B](0002-b.md)\n\nSuperseded by [3. Use Y](0003-use-y.md)\n",
    );
    assert_eq!(text(&old), expected);
    let by = old.record().superseded_by.clone().unwrap();
    assert_eq!(by.target.as_deref(), Some("0003-use-y.md"));
}

#[test]
fn other_formats_say_it_in_their_own_words() {
    for (path, before, after) in [
        (
            "adr/0001-x.md",
            "---\nstatus: accepted\ndate: 2026-01-02\n---\n# X\n\n## Decision Outcome\n",
            "---\nstatus: superseded by ADR-0003\ndate: 2026-11-25\n---\n# X\n\n## Decision Outcome\n",
        ),
        (
            "adr/0001-x.md",
            "# X\n\n* Status: accepted\n\n## Decision Outcome\n",
            "# X\n\n* Status: superseded by [ADR-0003](0003-y.md)\n\n## Decision Outcome\n",
        ),
        (
            "adr/20260102-x.md",
            "# X\n\n- Status: accepted\n\n## Decision Outcome\n",
            "# X\n\n- Status: superseded by [0003-y](0003-y.md)\n\n## Decision Outcome\n",
        ),
        (
            "adr/0001-x.md",
            "# X\n\n| Status | Accepted |\n|--|--|\n\n## Decision\n",
            "# X\n\n| Status | Superseded by [ADR-0003](0003-y.md) |\n|--|--|\n\n## Decision\n",
        ),
    ] {
        let mut old = read(path, before);
        old.supersede(&peer(path, "adr/0003-y.md"), Spelling::S, DAY).unwrap();
        assert_eq!(text(&old), after);
        assert_eq!(
            old.record().superseded_by.as_ref().and_then(|by| by.number),
            Some(3),
            "{after}"
        );
    }
}

#[test]
fn the_new_one_names_the_old_one() {
    for (path, before, after) in [
        (
            "adr/0005-x.md",
            "# 5. X\n\n## Status\n\nAccepted\n\n## Decision\n",
            "# 5. X\n\n## Status\n\nAccepted\n\nSupersedes [3. Use Y](0003-y.md)\n\n## Decision\n",
        ),
        (
            "adr/0005-x.md",
            "---\nstatus: accepted\n---\n# X\n\n## Decision Outcome\n",
            "---\nstatus: accepted\nsupersedes: [ADR-0003]\n---\n# X\n\n## Decision Outcome\n",
        ),
        (
            "adr/0005-x.md",
            "---\nstatus: accepted\nsupersedes:\n  - ADR-0001\n---\n# X\n\n## Decision Outcome\n",
            "---\nstatus: accepted\nsupersedes:\n  - ADR-0003\n  - ADR-0001\n---\n# X\n\n## Decision Outcome\n",
        ),
        (
            "adr/20260102-x.md",
            "# X\n\n- Status: accepted\n\n## Decision Outcome\n\n## Links\n\n- Refines [a](a.md)\n",
            "# X\n\n- Status: accepted\n\n## Decision Outcome\n\n## Links\n\n- Refines [a](a.md)\n- Supersedes [0003-y](0003-y.md)\n",
        ),
        (
            "adr/20260102-x.md",
            "# X\n\n- Status: accepted\n\n## Decision Outcome",
            "# X\n\n- Status: accepted\n\n## Decision Outcome\n\n## Links\n\n- Supersedes [0003-y](0003-y.md)",
        ),
    ] {
        let mut new = read(path, before);
        let old = peer(path, "adr/0003-y.md");
        assert!(new.add_superseded(&old, Spelling::S).unwrap());
        assert_eq!(text(&new), after);
        assert_eq!(new.record().supersedes.iter().find_map(|it| it.number), Some(3));
        assert!(!new.add_superseded(&old, Spelling::S).unwrap(), "it is said once");
    }
}

#[test]
fn only_the_first_status_section_counts_and_both_stay() {
    let before = format!("{NYGARD}\n## Status\n\nRejected\n");
    let after = changed("adr/0001-x.md", &before, &AdrStatus::Accepted);
    assert_eq!(after, before.replace("Proposed", "Accepted"));
}

#[test]
fn line_ends_and_marks_are_kept() {
    let before = format!("\u{feff}{}", NYGARD.replace('\n', "\r\n"));
    let mut adr = read("adr/0001-x.md", &before);
    adr.change_status(&AdrStatus::Accepted, DAY).unwrap();
    assert_eq!(text(&adr), before.replace("Proposed", "Accepted"));
    adr.add_link("amends", &peer("adr/0001-x.md", "adr/0003-y.md")).unwrap();
    assert!(text(&adr).contains("Accepted\r\n\r\nAmends [3. Use Y](0003-y.md)\r\n\r\n## Context"));
    assert!(adr.remove_link("amends", &peer("adr/0001-x.md", "adr/0003-y.md")).unwrap());
    assert_eq!(text(&adr), before.replace("Proposed", "Accepted"));
}

#[test]
fn what_cannot_be_edited_is_refused() {
    let path = RepoPath::new("adr/0001-x.md").unwrap();
    let error = AdrText::read(&path, b"# 1. X\n\n## Status\n\n\xff").unwrap_err();
    assert_eq!(error.to_string(), "'adr/0001-x.md' is not UTF-8 (byte 19), so it is not edited");
    let mut odd = read("adr/0001-x.md", "# X\n\n## Status\n\nApproved by all\n\n## Decision\n");
    let error = odd.change_status(&AdrStatus::Accepted, DAY).unwrap_err();
    assert!(error.to_string().contains("'Approved by all' is unknown"), "{error}");
    let block = "---\nstatus: >\n  proposed\n---\n# X\n\n## Decision Outcome\n";
    let error = read("adr/0001-x.md", block).change_status(&AdrStatus::Accepted, DAY).unwrap_err();
    assert!(error.to_string().contains("not a single line"), "{error}");
}

#[test]
fn an_amendment_stands_last_and_has_a_day() {
    let mut adr = read("adr/0001-x.md", NYGARD);
    adr.amend("Also for\nthe API.", DAY).unwrap();
    adr.amend("And more", DAY).unwrap();
    let expected = format!(
        "{NYGARD}\n## Amendments\n\n- 2026-11-25: Also for the API.\n- 2026-11-25: And more\n"
    );
    assert_eq!(text(&adr), expected);
}

#[test]
fn every_refusal_says_what_to_type_next() {
    let path = RepoPath::new("adr/0001-x.md").unwrap();
    for (error, hint) in [
        (AdrEditError::NotUtf8 { path: path.clone(), at: 3 }, "save it as UTF-8"),
        (AdrEditError::NotADecision(path.clone()), "prode adr list"),
        (AdrEditError::FrontMatter { path: path.clone(), key: "status".into() }, "`status: value`"),
        (AdrEditError::FrontMatterForm(path.clone()), "prode lint adr/0001-x.md"),
        (AdrEditError::Unclosed(path), "close the code block"),
    ] {
        assert!(error.hints().concat().contains(hint), "{error}");
        assert_eq!(error.kind(), ErrorKind::Invalid);
    }
}

#[test]
fn a_text_knows_its_path_and_line_end() {
    let adr = read("adr/0001-x.md", NYGARD);
    assert_eq!((adr.path().to_string().as_str(), adr.newline()), ("adr/0001-x.md", "\n"));
    assert_eq!(read("adr/0001-x.md", &NYGARD.replace('\n', "\r\n")).newline(), "\r\n");
}

#[test]
fn an_item_joins_its_list_however_it_is_written() {
    let rest = "\nstatus: accepted\n---\n\n# X\n\n## Context\n\n## Decision\n";
    for (before, item, after) in [
        ("a: b", "0001", "a: b\nstatus: accepted\nsupersedes: [0001]"),
        ("supersedes: []", "ADR-1", "supersedes: [ADR-1]"),
        ("supersedes: [ADR-2 ]", "ADR-1", "supersedes: [ADR-2 , ADR-1]"),
        ("supersedes:\n  - ADR-2", "ADR-1", "supersedes:\n  - ADR-1\n  - ADR-2"),
        ("supersedes: [ADR-2]", "a, b", "supersedes: [ADR-2, \"a, b\"]"),
        ("supersedes: [ADR-2]", "ADR-2", "supersedes: [ADR-2]"),
    ] {
        let mut adr = read("adr/0001-x.md", &format!("---\n{before}{rest}"));
        let is_new = adr.add_front_item("supersedes", item).unwrap();
        assert_eq!(is_new, item != "ADR-2");
        let found = text(&adr).strip_prefix("---\n").unwrap();
        assert!(found.starts_with(&format!("{after}\n")), "{found}");
    }
    let mut folded = read("adr/0001-x.md", &format!("---\nsupersedes: ADR-2{rest}"));
    let error = folded.add_front_item("supersedes", "ADR-1").unwrap_err();
    assert!(matches!(error, AdrEditError::FrontMatter { key, .. } if key == "supersedes"));
}
