//! Whole files of every format, and files that are no decisions.

use jiff::civil::date;

use super::*;
use crate::document;
use crate::repo_path::RepoPath;

fn read(path: &str, text: &str) -> Option<AdrRecord> {
    let path = RepoPath::new(path).unwrap();
    let (document, _) = document::parse(&path, text.as_bytes());
    recognise(&path, &document, text.as_bytes())
}

fn status(path: &str, text: &str) -> Option<String> {
    read(path, text).unwrap().status.map(|status| status.label().to_owned())
}

#[test]
fn nygard() {
    let text = "# 3. Use X\r\n\r\nDate: 2026-01-02\r\n\r\n## Status\r\n\r\nAccepted\r\n\r\n\
        Supercedes [1. Old](0001-old.md)\r\n\r\n## Context\r\n\r\nStatus: rejected\r\n\r\n## Decision\r\n\r\n## Consequences\r\n";
    let adr = read("doc/adr/0003-use-x.md", text).unwrap();
    assert_eq!((adr.format, adr.number, adr.title.as_str()), (Format::Nygard, Some(3), "Use X"));
    assert_eq!((adr.status, adr.date), (Some(AdrStatus::Accepted), Some(date(2026, 1, 2))));
    assert_eq!(adr.supersedes[0].target.as_deref(), Some("0001-old.md"));
    assert_eq!(adr.superseded_by, None);
}

#[test]
fn nygard_superseded_in_both_ways_of_saying_it() {
    let of =
        |status: &str| format!("# 1. A\n\n## Status\n\n{status}\n\n## Context\n\n## Decision\n");
    for stated in
        ["Superceded by [3. New](0003-new.md)", "Accepted\n\nSuperseded by [3. New](0003-new.md)"]
    {
        let adr = read("doc/adr/0001-a.md", &of(stated)).unwrap();
        assert_eq!(adr.status, Some(AdrStatus::Superseded));
        assert_eq!(adr.superseded_by.and_then(|by| by.number), Some(3));
    }
    assert_eq!(
        status("adr/0001-a.md", &of("Amended by [2. B](0002-b.md)\n\nAccepted")).as_deref(),
        Some("accepted")
    );
    assert_eq!(status("adr/0001-a.md", &of("Approved by all")).as_deref(), Some("Approved by all"));
}

#[test]
fn madr_with_front_matter() {
    let text = "---\nstatus: superseded by ADR-0123\ndate: 2026-01-02\ndecision-makers: Ann, Bob\n---\n\
        # Use X\n\n## Context and Problem Statement\n\n## Decision Outcome\n";
    let adr = read("docs/decisions/0007-use-x.md", text).unwrap();
    assert_eq!((adr.format, adr.number, adr.title.as_str()), (Format::Madr, Some(7), "Use X"));
    assert_eq!((adr.status, adr.deciders.len()), (Some(AdrStatus::Superseded), 2));
    assert_eq!(adr.superseded_by, Some(AdrRef { number: Some(123), target: None }));
}

#[test]
fn the_raw_madr_template_is_no_decision_and_does_no_harm() {
    let text = "---\nstatus: {proposed | rejected | accepted | superseded by ADR-0123}\ndate: {YYYY-MM-DD when}\n\
        decision-makers: {list everyone}\n---\n# {short title}\n\n## Context and Problem Statement\n\n## Decision Outcome\n";
    assert_eq!(read("docs/decisions/adr-template.md", text), None);
    let filled = read("docs/decisions/0001-x.md", &text.replace("{short title}", "X")).unwrap();
    assert_eq!((filled.status, filled.date, filled.deciders.len()), (None, None, 0));
}

#[test]
fn madr_2_bullets() {
    let text = "# Use X\n\n* Status: proposed <!-- optional -->\n* Deciders: Ann\n* Date: 2026-01-02\n\n\
        ## Context and Problem Statement\n\n## Decision Outcome\n";
    let adr = read("docs/adr/0002-use-x.md", text).unwrap();
    assert_eq!((adr.format, adr.status), (Format::Madr, Some(AdrStatus::Proposed)));
    assert_eq!((adr.deciders, adr.date), (vec!["Ann".to_owned()], Some(date(2026, 1, 2))));
}

#[test]
fn log4brains() {
    let text = "# Use X\n\n- Date: 2026-03-04\n\n## Context and Problem Statement\n\n## Decision Outcome\n\n## Links\n\n- Supersedes [20200101-old](20200101-old.md)\n";
    let adr = read("docs/adr/20260102-use-x.md", text).unwrap();
    assert_eq!((adr.format, adr.number), (Format::Log4brains, None));
    assert_eq!((adr.status, adr.date), (Some(AdrStatus::Accepted), Some(date(2026, 3, 4))));
    assert_eq!(adr.supersedes[0].target.as_deref(), Some("20200101-old.md"));
}

#[test]
fn backlog() {
    let text = "---\nid: decision-2\ntitle: Use X\ndate: '2026-01-02 10:11'\nstatus: proposed\n---\n## Context\n\n## Decision\n";
    let adr = read("backlog/decisions/decision-2 - Use-X.md", text).unwrap();
    assert_eq!((adr.format, adr.number, adr.title.as_str()), (Format::Backlog, Some(2), "Use X"));
    assert_eq!(adr.date, Some(date(2026, 1, 2)));
}

#[test]
fn the_zoo() {
    let body = "\n\n## Context\n\n## Decision\n";
    for stated in [
        "**Status:** Accepted",
        "**Status**: Accepted",
        "Status: accepted (2026-01-02)",
        "| Status | Accepted |\n|---|---|\n| Date | 2026-01-02 |",
        "| | |\n|-|-|\n| **Status** | Accepted |",
        "| Status | Date |\n|---|---|\n| Accepted | 2026-01-02 |",
        "* **Status**: \u{2705} Accepted",
        "## 1. Status\n\n**Accepted**",
        "# Status\n\nAccepted",
    ] {
        let text = format!("# ADR-0004: Use X\n\n{stated}{body}");
        let adr = read("notes/adr-0004.md", &text).unwrap();
        assert_eq!(adr.status, Some(AdrStatus::Accepted), "{stated}");
        assert_eq!((adr.number, adr.title.as_str()), (Some(4), "Use X"));
    }
    let dated =
        read("notes/adr-0004.md", &format!("# A\n\nStatus: accepted (2026-01-02){body}")).unwrap();
    assert_eq!(dated.date, Some(date(2026, 1, 2)));
}

#[test]
fn a_status_in_code_is_an_example() {
    let text = "# 1. A\n\n```\nStatus: rejected\n```\n<!--\nStatus: draft\n-->\nStatus: accepted\n\n## Decision\n";
    assert_eq!(status("adr/0001-a.md", text).as_deref(), Some("accepted"));
}

#[test]
fn what_is_no_decision() {
    for (path, text) in [
        (
            "rfcs/0001-private-fields.md",
            "- Start Date: 2014-03-11\n- RFC PR: x\n\n# Summary\n\n## Decision\n",
        ),
        (
            "runbooks/QueueStuck.md",
            "# Queue stuck\n\nStatus: active\n\n## Context\n\n## Mitigation\n",
        ),
        ("blog/20260102-news.md", "# News\n\n- Date: 2026-01-02\n"),
        ("docs/adr/README.md", "# Decisions\n\n- [1](0001-a.md)\n"),
        (
            "wiki/x.md",
            "---\nkind: runbook\nstatus: active\n---\n# X\n\n## Context\n\n## Decision\n",
        ),
        ("adr/0000-x.md", "---\ntemplate: adr-madr\n---\n# X\n\n## Decision\n"),
        ("0001-x.md", ""),
    ] {
        assert_eq!(read(path, text), None, "{path}");
    }
}

#[test]
fn a_half_written_file_in_a_log_is_not_hidden() {
    let adr = read("doc/adr/0009-use-x.md", "# 9. Use X\n").unwrap();
    assert_eq!((adr.number, adr.status, adr.format), (Some(9), None, Format::Other));
    assert_eq!(read("doc/adr/0010-no-title-yet.md", "").unwrap().title, "no title yet");
}
