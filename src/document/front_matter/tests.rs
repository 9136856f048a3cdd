//! What each vocabulary becomes.

use jiff::civil::date;

use super::*;
use crate::diagnostic::Severity;

fn front(text: &str) -> FrontMatter {
    let (front, diagnostics) = read(&Text::new(text.as_bytes()));
    assert!(diagnostics.is_empty(), "{diagnostics:?}");
    front
}

fn complaints(text: &str) -> Vec<(String, u32, u32, String)> {
    let (_, diagnostics) = read(&Text::new(text.as_bytes()));
    diagnostics.into_iter().map(|d| (d.rule, d.line, d.column, d.message)).collect()
}

fn reviewed_on(block: &str) -> Option<Date> {
    front(&format!("---\n{block}\n---\n")).reviewed.map(|reviewed| reviewed.at)
}

#[test]
fn every_key_of_prode_is_read() {
    let front = front(
        "---\ntitle: Queue saturation\nkind: runbook\nowner: [team-payments]\nstatus: active\n\
         services: [billing-worker]\ntags: sqs, queue\naliases: [queue backlog]\nsignals:\n\
         \x20 - alert: QueueOldestMessageAge\n  - error: 'SQSError: OverLimit'\n  - regex: 'age > \\d+'\n\
         evidence: [aws]\nsources: ['services/{a,b}/**', {repo: 'https://x.example', path: 'y/**'}]\n\
         reviewed: {by: human:reviewer, at: 2026-10-02, body: sha256:ab, sources: sha256:cd}\n\
         review_every: 90d\nsupersedes: [wiki/old.md]\narchived: replaced\nextra: 0012\n---\nbody",
    );
    assert_eq!(front.title.as_deref(), Some("Queue saturation"));
    assert_eq!(front.kind.as_deref(), Some("runbook"));
    assert_eq!(front.owner, ["team-payments"]);
    assert_eq!(front.tags, ["sqs", "queue"]);
    assert_eq!(
        front.signals,
        [
            Signal::Alert("QueueOldestMessageAge".into()),
            Signal::Error("SQSError: OverLimit".into()),
            Signal::Regex("age > \\d+".into()),
        ]
    );
    let sources: Vec<_> =
        front.sources.iter().map(|s| (s.repo.as_deref(), s.path.as_str())).collect();
    assert_eq!(sources, [(None, "services/{a,b}/**"), (Some("https://x.example"), "y/**")]);
    let reviewed = front.reviewed.clone().unwrap();
    assert_eq!(reviewed.by.as_deref(), Some("human:reviewer"));
    assert_eq!((reviewed.at, reviewed.body.as_deref()), (date(2026, 10, 2), Some("sha256:ab")));
    assert_eq!(front.review_every, Some(90));
    assert_eq!(front.supersedes, ["wiki/old.md"]);
    assert_eq!(front.archived.as_deref(), Some("replaced"));
    assert_eq!(front.raw()["extra"], "0012");
}

#[test]
fn toml_says_the_same() {
    let front = front("+++\ntitle = 'T'\nreviewed = 2026-10-02\nowner = 'a, b'\n+++\nx");
    assert_eq!(front.dialect, Some(Dialect::Toml));
    assert_eq!((front.owner.len(), front.reviewed.map(|r| r.at)), (2, Some(date(2026, 10, 2))));
}

#[test]
fn open_knowledge_format_is_mapped() {
    let front = front(
        "---\ntype: Playbook\nstatus: stable\nstale_after: 2027-01-01\n\
         sources:\n  - resource: https://x.example/doc\n\
         generated: {by: process:importer, at: 2026-01-01}\n\
         verified:\n  - {by: human:a, at: 2026-03-01T10:00:00Z}\n  - {by: human:b, at: 2026-04-01}\n\
         \x20 - {by: process:ci, at: 2026-09-01}\n---\n",
    );
    assert_eq!(front.kind.as_deref(), Some("Playbook"));
    assert_eq!(front.sources[0].path, "https://x.example/doc");
    assert_eq!(front.stale_after, Some(date(2027, 1, 1)));
    let reviewed = front.reviewed.unwrap();
    assert_eq!((reviewed.by.as_deref(), reviewed.at), (Some("human:b"), date(2026, 4, 1)));
}

#[test]
fn foreign_review_dates_are_read() {
    for key in [
        "ms.date: 10/02/2026",
        "last_reviewed: 2026-10-02",
        "lastReviewed: Oct 2, 2026",
        "last-reviewed: 02.10.2026",
        "last_reviewed_on: 2026-10-02",
        "lastVerified: 2026/10/02",
        "reviewed: 2026-10-02",
    ] {
        assert_eq!(reviewed_on(key), Some(date(2026, 10, 2)), "{key}");
    }
    assert_eq!(reviewed_on("last_reviewed: ''"), None);
    assert_eq!(front("---\nreview_in: 6 months\n---\n").review_every, Some(180));
    assert_eq!(front("---\nmaintainers: [{name: a}, b]\n---\n").owner, ["a", "b"]);
}

#[test]
fn an_empty_value_is_absent() {
    let front =
        front("---\ntitle:\nowner: ''\nstatus: {proposed | accepted}\ntags: []\nreviewed:\n---\n");
    assert_eq!(
        (front.title, front.owner.len(), front.status, front.reviewed),
        (None, 0, None, None)
    );
}

#[test]
fn what_cannot_be_read_is_said_once_with_its_place() {
    let found = complaints("---\ntitle: T\nlast_reviewed: soon\nreview_every: often\n---\n");
    assert_eq!(
        found[0],
        ("date-unreadable".into(), 3, 16, "`last_reviewed` is no date: 'soon'".into())
    );
    assert_eq!((found[1].0.as_str(), found[1].1), ("interval-unreadable", 4));
    assert_eq!(found.len(), 2);
}

#[test]
fn a_malformed_block_costs_only_itself() {
    let text = "---\r\ntitle: a: b\r\n---\r\n# H\r\n";
    let (front, diagnostics) = read(&Text::new(text.as_bytes()));
    assert_eq!(diagnostics.len(), 1);
    let found = &diagnostics[0];
    assert_eq!((found.rule.as_str(), found.line), ("front-matter-malformed", 2));
    assert_eq!(found.severity, Severity::Error);
    assert_eq!(&text[front.body_start as usize..], "# H\r\n");
    assert_eq!((front.title, front.raw.as_str()), (None, "null"));
}

#[test]
fn two_thematic_breaks_are_no_front_matter() {
    for text in ["---\nsome prose\n\n---\n", "---\n- a\n---\n", "---\n*a: [b\n---\n"] {
        assert_eq!(front(text).dialect, None, "{text:?}");
    }
}

#[test]
fn signals_that_cannot_be_used_are_reported() {
    let found = complaints(
        "---\nsignals:\n  - regex: 'a('\n  - alrt: X\n  - plain\n  - regex: '(a{1000}){1000}'\n---\n",
    );
    let rules: Vec<_> = found.iter().map(|(rule, line, ..)| (rule.as_str(), *line)).collect();
    assert_eq!(
        rules,
        [("signal-regex", 3), ("signal-unknown", 4), ("signal-unknown", 5), ("signal-regex", 6)]
    );
}

#[test]
fn a_freshness_comment_fills_what_is_missing() {
    let comment = "<!--* freshness: { owner: 'a' owner: 'b' reviewed: '2026-10-02' review_interval: '6 months' } *-->";
    let mut front = FrontMatter::default();
    assert_eq!(read_freshness(comment, &mut front), []);
    assert_eq!(front.owner, ["a", "b"]);
    assert_eq!(
        (front.reviewed.clone().map(|r| r.at), front.review_every),
        (Some(date(2026, 10, 2)), Some(180))
    );
    let wrong = read_freshness("<!--* freshness: { reviewed: 'YYYY-MM-DD' } *-->", &mut front);
    assert_eq!(wrong, [("reviewed".to_owned(), "YYYY-MM-DD".to_owned())]);
    assert_eq!(read_freshness("<!-- freshness: { owner: 'c' } -->", &mut front), []);
    assert_eq!(front.owner, ["a", "b"]);
}
