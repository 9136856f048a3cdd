use jiff::civil::date;

use super::super::digest::{body_digest, digest};
use super::*;

fn stamp(sources: bool) -> Reviewed {
    Reviewed {
        by: Some("human:ada".to_owned()),
        at: date(2026, 11, 6),
        body: Some(digest(b"b")),
        sources: sources.then(|| digest(b"s")),
        elsewhere: None,
    }
}

fn page(text: &str) -> PageText {
    PageText::read(&RepoPath::new("wiki/a.md").unwrap(), text.as_bytes()).unwrap()
}

fn short(page: &PageText) -> String {
    page.text.replace(&digest(b"b"), "B").replace(&digest(b"s"), "S")
}

fn stamped(text: &str) -> String {
    let mut page = page(text);
    let before = body_digest(page.bytes());
    page.stamp(&stamp(true)).unwrap_or_else(|error| panic!("{text}: {error}"));
    assert_eq!(body_digest(page.bytes()), before, "{text}");
    let once = page.clone();
    page.stamp(&stamp(true)).unwrap();
    assert_eq!(page, once, "{text}");
    short(&page)
}

const FLOW: &str = "reviewed: {by: human:ada, at: 2026-11-06, body: B, sources: S}";

#[test]
fn a_stamp_touches_its_own_lines_only() {
    for (before, after) in [
        ("---\ntitle: A\n---\n# A\n", "---\ntitle: A\nFLOW\n---\n# A\n"),
        (
            "\u{feff}---\r\ntitle: A\r\n---\r\n# A\r\n",
            "\u{feff}---\r\ntitle: A\r\nFLOW\r\n---\r\n# A\r\n",
        ),
        ("---\n---\n# A\n", "---\nFLOW\n---\n# A\n"),
        ("---\n# only a comment\n...\n# A", "---\n# only a comment\nFLOW\n...\n# A"),
        ("---\ntext: |\n  a\n\n---\n", "---\ntext: |\n  a\n\nFLOW\n---\n"),
        ("---\n  title: A\n---\n", "---\n  title: A\n  FLOW\n---\n"),
        ("---\nreviewed: 2026-01-02 # q1\ntitle: A\n---\n", "---\nFLOW # q1\ntitle: A\n---\n"),
        ("---\nreviewed:\ntitle: A\n---\n", "---\nFLOW\ntitle: A\n---\n"),
        (
            "---\n\"reviewed\" : \"2026-01-02\"\n---\n",
            "---\n\"reviewed\" : {by: human:ada, at: 2026-11-06, body: B, sources: S}\n---\n",
        ),
        (
            "---\nreviewed: { at: 2026-01-02, by: \"human:bob\" } # x\n---\n",
            "---\nreviewed: { at: 2026-11-06, by: \"human:ada\", body: B, sources: S } # x\n---\n",
        ),
        (
            "---\nreviewed: {by: human:bob,\n  at: 2026-01-02}\n---\n",
            "---\nreviewed: {by: human:ada,\n  at: 2026-11-06, body: B, sources: S}\n---\n",
        ),
        (
            "---\nreviewed:\n  by: human:bob # who\n  ticket: OPS-1\n  at: 2026-01-02\n  # end\ntitle: A\n---\n",
            "---\nreviewed:\n  by: human:ada # who\n  ticket: OPS-1\n  at: 2026-11-06\n  body: B\n  sources: S\n  # end\ntitle: A\n---\n",
        ),
        ("+++\ntitle = 'A'\n+++\n# A\n", "+++\ntitle = 'A'\nTOML\n+++\n# A\n"),
        (
            "+++\ntitle = 'A'\n\n[extra]\nx = 1\n+++\n",
            "+++\ntitle = 'A'\n\nTOML\n[extra]\nx = 1\n+++\n",
        ),
        ("+++\r\nreviewed = 2026-01-02 # q1\r\n+++\r\n", "+++\r\nTOML # q1\r\n+++\r\n"),
        (
            "+++\nreviewed = { at = \"2026-01-02\", by = \"#1\" } # q1\n+++\n",
            "+++\nTOML # q1\n+++\n",
        ),
    ] {
        let toml =
            "reviewed = { by = \"human:ada\", at = 2026-11-06, body = \"B\", sources = \"S\" }";
        let after = after.replace("FLOW", FLOW).replace("TOML", toml);
        assert_eq!(stamped(before), after, "{before}");
    }
}

#[test]
fn sources_that_a_page_no_longer_names_lose_their_digest() {
    let mut page = page("---\nsources: [src/**]\n---\n");
    page.stamp(&stamp(true)).unwrap();
    page.stamp(&stamp(false)).unwrap();
    assert_eq!(
        short(&page),
        "---\nsources: [src/**]\nreviewed: {by: human:ada, at: 2026-11-06, body: B}\n---\n"
    );
}

#[test]
fn what_cannot_be_changed_in_place_is_refused_whole() {
    for text in [
        "---\nreviewed: &r {at: 2026-01-02}\nother: *r\n---\n",
        "---\nr: &r {at: 2026-01-02}\nreviewed: *r\n---\n",
        "---\nreviewed: !x 2026-01-02\n---\n",
        "---\nreviewed: |\n  2026-01-02\n---\n",
        "---\nreviewed: [2026-01-02]\n---\n",
        "---\nreviewed: {at: 2026-01-02, at: 2026-01-03}\n---\n",
        "---\nreviewed: 2026-01-02\nreviewed: 2026-01-03\n---\n",
        "---\nreviewed: {at: [2026-01-02]}\n---\n",
        "---\n{title: A, tags: [x]}\n---\n",
        "+++\nreviewed = \"\"\"\n2026-01-02\"\"\"\n+++\n",
        "+++\n[reviewed]\nat = 2026-01-02\n+++\n",
        "+++\nreviewed = { at = 2026-01-02, ticket = \"OPS-1\" }\n+++\n",
        "+++\nreviewed.at = 2026-01-02\n+++\n",
    ] {
        let mut page = page(text);
        let error = page.stamp(&stamp(true)).unwrap_err();
        assert!(
            matches!(&error, ReviewError::Unwritable { entry, .. } if entry == "reviewed"),
            "{text}: {error}"
        );
        assert_eq!(page.text, text);
    }
}

#[test]
fn what_cannot_be_read_is_not_written() {
    let read = |bytes: &[u8]| {
        PageText::read(&RepoPath::new("wiki/a.md").unwrap(), bytes).unwrap_err().to_string()
    };
    assert!(read(b"---\na: [x\n---\n").starts_with("wiki/a.md:"), "{}", read(b"---\na: [x\n---\n"));
    assert_eq!(read(b"# A\n\xff"), "'wiki/a.md' cannot be edited: byte 4 is not UTF-8");
}

#[test]
fn every_other_vocabulary_has_its_day_too() {
    for (before, after, names) in [
        (
            "---\nms.date: 01/02/2026\nlast_reviewed: '2026-01-02'\n---\n",
            "---\nms.date: 11/06/2026\nlast_reviewed: '2026-11-06'\n---\n",
            "last_reviewed ms.date",
        ),
        (
            "---\nlast_reviewed_on: 2026-01-02\nreview_in: 6 months\n---\n",
            "---\nlast_reviewed_on: 2026-11-06\nreview_in: 6 months\n---\n",
            "last_reviewed_on",
        ),
        (
            "---\nlastVerified: 2026-01-02T00:00:00Z # x\n---\n",
            "---\nlastVerified: 2026-11-06 # x\n---\n",
            "lastVerified",
        ),
        (
            "---\nverified:\n  - by: human:bob\n    at: 2026-01-02\ntitle: A\n---\n",
            "---\nverified:\n  - by: human:bob\n    at: 2026-01-02\n  - {by: human:ada, at: 2026-11-06}\ntitle: A\n---\n",
            "verified",
        ),
        (
            "---\nverified: [{by: human:bob, at: 2026-01-02}]\n---\n",
            "---\nverified: [{by: human:bob, at: 2026-01-02}, {by: human:ada, at: 2026-11-06}]\n---\n",
            "verified",
        ),
        (
            "---\nverified: []\n---\n",
            "---\nverified: [{by: human:ada, at: 2026-11-06}]\n---\n",
            "verified",
        ),
        (
            "+++\nlast_reviewed = 2026-01-02\n+++\n",
            "+++\nlast_reviewed = 2026-11-06\n+++\n",
            "last_reviewed",
        ),
        (
            "+++\nlast_reviewed = \"2026/01/02\" # x\n+++\n",
            "+++\nlast_reviewed = \"2026/11/06\" # x\n+++\n",
            "last_reviewed",
        ),
        (
            "# A\n\n<!--* freshness: { owner: 'x' reviewed: '2026-01-02' review_interval: '6 months' } *-->\n",
            "# A\n\n<!--* freshness: { owner: 'x' reviewed: '2026-11-06' review_interval: '6 months' } *-->\n",
            "freshness",
        ),
        (
            "# A\n\n`<!--* freshness: { reviewed: '2026-01-02' } *-->`\n",
            "# A\n\n`<!--* freshness: { reviewed: '2026-01-02' } *-->`\n",
            "",
        ),
    ] {
        let mut page = page(before);
        let written = page.redate("human:ada", date(2026, 11, 6)).unwrap();
        assert_eq!((page.text.as_str(), written.join(" ").as_str()), (after, names), "{before}");
    }
}

#[test]
fn a_page_is_archived_and_names_what_it_replaces() {
    let mut old = page("---\nstatus: active # now\n---\n# A\n");
    old.set("status", "archived").unwrap();
    old.set("archived", "nobody runs it: see #12").unwrap();
    assert_eq!(
        old.text,
        "---\nstatus: archived # now\narchived: \"nobody runs it: see #12\"\n---\n# A\n"
    );
    let mut bare = page("\u{feff}# A\r\n");
    bare.set("status", "archived").unwrap();
    assert_eq!(bare.text, "\u{feff}---\r\nstatus: archived\r\n---\r\n# A\r\n");
    for (before, after) in [
        ("---\ntitle: B\n---\n", "---\ntitle: B\nsupersedes: [wiki/a.md]\n---\n"),
        ("---\nsupersedes: wiki/z.md\n---\n", "---\nsupersedes: [wiki/z.md, wiki/a.md]\n---\n"),
        (
            "---\nsupersedes:\n- wiki/z.md # old\n---\n",
            "---\nsupersedes:\n- wiki/z.md # old\n- wiki/a.md\n---\n",
        ),
        ("---\nsupersedes: [wiki/a.md]\n---\n", "---\nsupersedes: [wiki/a.md]\n---\n"),
        (
            "+++\nsupersedes = [\"wiki/z.md\"]\n+++\n",
            "+++\nsupersedes = [\"wiki/z.md\", \"wiki/a.md\"]\n+++\n",
        ),
        ("+++\ntitle = \"B\"\n+++\n", "+++\ntitle = \"B\"\nsupersedes = [\"wiki/a.md\"]\n+++\n"),
    ] {
        let mut new = page(before);
        new.add("supersedes", "wiki/a.md").unwrap_or_else(|error| panic!("{before}: {error}"));
        assert_eq!(new.text, after, "{before}");
    }
}
