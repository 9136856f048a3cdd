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

#[test]
fn names_of_formats_are_those_of_their_data() {
    let all = [Format::Nygard, Format::Madr, Format::Log4brains, Format::Backlog, Format::Other];
    for format in all {
        assert_eq!(serde_json::to_value(format).unwrap(), format.name());
    }
}

#[test]
fn facts_of_a_table_stand_beside_or_below_their_keys() {
    let of = |table: &str| {
        let text = format!("# Use X\n\n{table}\n\n## Context\n\n## Decision\n");
        let adr = read("adr/0001-x.md", &text).unwrap();
        (adr.status.map(|status| status.label().to_owned()), adr.date, adr.deciders)
    };
    let day = Some(date(2026, 1, 2));
    let accepted = Some("accepted".to_owned());
    assert_eq!(
        of("| Status | Accepted |\n|---|---|\n| Date | 2026-01-02 |\n| Deciders | Ann, Bo |"),
        (accepted.clone(), day, vec!["Ann".to_owned(), "Bo".to_owned()])
    );
    let head = "| Owner | Status | Date |\n|---|---|---|\n| Ann | Accepted | 2026-01-02 |";
    assert_eq!(of(head), (accepted.clone(), day, vec![]));
    // Two keys side by side are a head, not a key and its value.
    assert_eq!(
        of("| Status | Date |\n|---|---|\n| Accepted | 2026-01-02 |"),
        (accepted, day, vec![])
    );
    // Rows of another width say nothing.
    assert_eq!(of("| A | Status | Date |\n|---|---|---|\n| Accepted | 2026-01-02 |").1, None);
    assert_eq!(of("| A | B | C |\n|---|---|---|\n| Status | Accepted | 1 |").0, None);
}

#[test]
fn code_and_comments_state_nothing() {
    let of = |above: &str| {
        let text = format!("# Use X\n\n{above}\n\nStatus: accepted\n\n## Context\n\n## Decision\n");
        status("adr/0001-x.md", &text)
    };
    let accepted = Some("accepted");
    for above in [
        "```\nStatus: rejected\n```",
        "~~~\nStatus: rejected\n~~~",
        "```\n~~~\nStatus: rejected\n```",
        "<!-- Status: rejected -->",
        "<!--\nStatus: rejected\n--> <!-- Status: draft",
    ] {
        let expected = if above.ends_with("draft") { None } else { accepted };
        assert_eq!(of(above).as_deref(), expected, "{above}");
    }
    assert_eq!(of("<!-- a --> Status: rejected <!-- b -->").as_deref(), Some("rejected"));
}

#[test]
fn a_name_a_folder_and_headings_make_a_decision_together() {
    let stated = "# Use X\n\nStatus: accepted\n\n## Context\n";
    let shaped = "# Use X\n\n## Context\n\n## Decision\n";
    for (path, text, is_decision) in [
        ("notes/adr-12-x.md", "# Use X\n", false),
        ("notes/adr-12-x.md", "# Use X\n\n## Context\n", true),
        ("notes/adr-12-x.md", "# Use X\n\nStatus: accepted\n", true),
        ("decisions/adr-12-x.md", "# Use X\n", true),
        ("notes/0012-x.md", "# Use X\n\n## Context\n", false),
        ("notes/0012-x.md", "# Use X\n\nStatus: accepted\n", false),
        ("notes/0012-x.md", stated, true),
        ("notes/0012-x.md", shaped, true),
        ("notes/0012-x.md", "# Use X\n\n## Decision\n\n## Consequences\n", true),
        ("notes/0012-x.md", "# Use X\n\n## Context\n\n## Consequences\n", false),
        ("Decision-Log/0012-x.md", "# Use X\n", true),
        ("notes/x.md", stated, false),
        ("notes/x.md", shaped, false),
        ("notes/x.md", "# Use X\n\nStatus: accepted\n\n## Context\n\n## Decision\n", true),
        (
            "notes/x.md",
            "---\nkind: runbook\nstatus: accepted\n---\n# X\n\n## Decision Outcome\n",
            false,
        ),
        ("notes/x.md", "---\nkind: Architecture decision\n---\n# X\n", true),
        ("adr/decision-template.md", shaped, false),
        ("adr/0003-the-template.md", shaped, true),
        ("adr/0003-x.md", "# {title}\n\n## Context\n\n## Decision\n", false),
        ("adr/0003-x.md", "# [title\n\n## Context\n\n## Decision\n", true),
        ("adr/0003-x.md", "---\ntemplate: true\n---\n# X\n", false),
    ] {
        assert_eq!(read(path, text).is_some(), is_decision, "{path}: {text}");
    }
}

#[test]
fn a_format_is_told_by_where_the_facts_stand() {
    let madr = "## Context and Problem Statement\n\n## Decision Outcome\n";
    for (path, head, format) in [
        ("adr/0001-x.md", "---\nstatus: accepted\n---\n# X\n\n", Format::Madr),
        ("adr/0001-x.md", "---\ndeciders: Ann\n---\n# X\n\n", Format::Madr),
        ("adr/0001-x.md", "# X\n\n* Status: accepted\n\n", Format::Madr),
        ("adr/0001-x.md", "# X\n\n- Status: accepted\n\n", Format::Madr),
        ("adr/x.md", "# X\n\n- Status: accepted\n\n", Format::Log4brains),
        ("adr/x.md", "# X\n\n* Status: accepted\n\n", Format::Madr),
        ("adr/20260102-x.md", "# X\n\n", Format::Log4brains),
        ("adr/20260102-x.md", "---\nstatus: accepted\n---\n# X\n\n", Format::Madr),
        ("adr/20260102-x.md", "# X\n\n## Status\n\nAccepted\n\n", Format::Nygard),
        ("adr/0001-x.md", "# X\n\n", Format::Madr),
        ("adr/0001-x.md", "# X\n\nStatus: accepted\n\n", Format::Other),
        ("adr/0001-x.md", "---\nid: decision-1\nstatus: accepted\n---\n", Format::Backlog),
    ] {
        let found = read(path, &format!("{head}{madr}"));
        assert_eq!(found.map(|adr| adr.format), Some(format), "{path}: {head}");
    }
}
