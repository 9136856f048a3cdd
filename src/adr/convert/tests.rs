//! Formats there and back.

use super::*;
use crate::adr::AdrRecord;

const BODY: &str = "## Context\n\nWhy, with `code`.\n\n```md\n## Context\nStatus: no\n```\n\n## Decision\n\nWe use [it](https://x.example).\n\n### In detail\n\nMore.\n\n## Consequences\n\nGood.\n\n### For us\n\nBad.\n\n## Notes\n\nLast.\n";

fn path(text: &str) -> RepoPath {
    RepoPath::new(text).unwrap()
}

/// Decisions 1 to 9 are known by number and by the file's name.
fn peer(format: Format) -> impl Fn(&AdrRef) -> Option<Peer> {
    move |it| {
        let target = it.target.as_deref().filter(|target| !target.contains("http"));
        let number = it.number.filter(|number| (1..10).contains(number));
        let number = number.or_else(|| target?.split("use-").nth(1)?[..1].parse().ok())?;
        let record = AdrRecord {
            format,
            number: Some(number),
            title: format!("Use {number}"),
            status: None,
            date: None,
            deciders: Vec::new(),
            supersedes: Vec::new(),
            superseded_by: None,
        };
        let own = file(format, 5);
        Some(Peer::seen_from(&own, &file(format, number), &record))
    }
}

fn file(format: Format, number: u32) -> RepoPath {
    match format {
        Format::Log4brains => path(&format!("adr/2026010{number}-use-{number}.md")),
        Format::Backlog => path(&format!("adr/decision-{number} - use-{number}.md")),
        _ => path(&format!("adr/000{number}-use-{number}.md")),
    }
}

fn to(text: &str, from: Format, format: Format) -> String {
    let adr = AdrText::read(&file(from, 5), text.as_bytes()).unwrap();
    let target = Target {
        format,
        path: &file(format, 5),
        number: Some(5),
        tags: &[],
        spelling: Spelling::S,
        peer: &peer(format),
    };
    convert(&adr, &target).unwrap().text
}

fn nygard(status: &str) -> String {
    format!(
        "# 5. Use `X|Y` \u{65e5}\u{672c} \u{1f680}\n\nDate: 2026-01-05\n\n## Status\n\n{status}\n\n{BODY}"
    )
}

/// What nobody may lose: status, date, people, relations, and every line of prose.
fn essence(text: &str, format: Format) -> (AdrRecord, Vec<String>) {
    let adr = AdrText::read_as(&file(format, 5), text.as_bytes(), format).unwrap();
    let mut record = AdrRecord { format: Format::Other, ..adr.record().clone() };
    for it in record.supersedes.iter_mut().chain(&mut record.superseded_by) {
        it.number =
            it.number.or_else(|| it.target.as_ref()?.split("use-").nth(1)?[..1].parse().ok());
        it.target = None;
    }
    let prose = BODY.lines().filter(|line| !line.starts_with('#') && !line.is_empty());
    let found = prose.filter(|line| text.contains(line)).map(str::to_owned).collect();
    (record, found)
}

#[test]
fn nygard_becomes_madr_by_its_headings() {
    let text =
        to(&nygard("Accepted\n\nAmends [2. Use 2](0002-use-2.md)"), Format::Nygard, Format::Madr);
    let expected = "---\nstatus: accepted\ndate: 2026-01-05\n---\n\n# Use `X|Y` \u{65e5}\u{672c} \u{1f680}\n\n\
        ## Context and Problem Statement\n\nWhy, with `code`.\n\n```md\n## Context\nStatus: no\n```\n\n\
        ## Decision Outcome\n\nWe use [it](https://x.example).\n\n### In detail\n\nMore.\n\n\
        ### Consequences\n\nGood.\n\n#### For us\n\nBad.\n\n## Notes\n\nLast.\n\n\
        ## Links\n\n* Amends [ADR-0002](0002-use-2.md)\n";
    assert_eq!(text, expected);
}

#[test]
fn each_format_says_a_supersession_in_its_own_words() {
    let superseded = nygard("Superceded by [7. Use 7](0007-use-7.md)");
    let madr = to(&superseded, Format::Nygard, Format::Madr);
    assert!(madr.starts_with("---\nstatus: superseded by ADR-0007\n"), "{madr}");
    let log4brains = to(&superseded, Format::Nygard, Format::Log4brains);
    assert!(
        log4brains.contains(
            "\n- Status: superseded by [20260107-use-7](20260107-use-7.md)\n- Date: 2026-01-05\n"
        ),
        "{log4brains}"
    );
    let both = nygard("Accepted\n\nSupersedes [3. Use 3](0003-use-3.md)");
    assert!(to(&both, Format::Nygard, Format::Madr).contains("supersedes: [ADR-0003]\n---\n"));
    let log4brains = to(&both, Format::Nygard, Format::Log4brains);
    assert!(log4brains.ends_with("## Links\n\n- Supersedes [20260103-use-3](20260103-use-3.md)\n"));
}

#[test]
fn there_and_back_nothing_is_lost() {
    let formats = [Format::Nygard, Format::Madr, Format::Log4brains, Format::Backlog];
    for status in [
        "Accepted",
        "Proposed",
        "Rejected",
        "Superseded by [7. Use 7](0007-use-7.md)",
        "Accepted\n\nSupersedes [3. Use 3](0003-use-3.md)\n\nAmends [2. Use 2](0002-use-2.md)",
        "Deprecated\n\nSupersedes [3. Use 3](0003-use-3.md)\n\nSupersedes [4. Use 4](0004-use-4.md)",
        "Approved by the board",
        "Deprecated\n\nSuperseded by [7. Use 7](0007-use-7.md)",
    ] {
        let plain = nygard(status);
        for end in ["\n", "\r\n"] {
            for mark in ["", "\u{feff}"] {
                let text = format!("{mark}{}", plain.replace('\n', end));
                let before = essence(&text, Format::Nygard);
                for format in formats {
                    let there = to(&text, Format::Nygard, format);
                    let (mut record, prose) = essence(&there, format);
                    // A Backlog title stands in front matter, as plain text.
                    if format == Format::Backlog {
                        record.title.clone_from(&before.0.title);
                    }
                    assert_eq!((record, &prose), (before.0.clone(), &before.1), "{there}");
                    assert_eq!(there.starts_with('\u{feff}'), !mark.is_empty());
                    assert_eq!(
                        there.matches('\n').count(),
                        there.matches(end).count(),
                        "{there:?}"
                    );
                    if format == Format::Nygard || format == Format::Backlog {
                        continue;
                    }
                    assert_eq!(to(&there, format, Format::Nygard), text, "by {format:?}");
                }
            }
        }
    }
}

#[test]
fn what_madr_says_of_people_comes_back() {
    let text = "---\nstatus: accepted\ndate: 2026-01-05\ndecision-makers: [Ann, \"Bo: B\"]\nconsulted: [Cy]\ntags: [a, b]\nowner: team-x # why\nsources:\n  - src/**\n---\n\n# Use X\n\nTechnical Story: T-1\n\n## Context and Problem Statement\n\nWhy.\n\n## Decision Drivers <!-- optional -->\n\n* one\n\n## Decision Outcome\n\nWhat.\n\n### Consequences\n\n* Good\n\n### Confirmation\n\nBy test.\n\n## More Information\n\nSee.\n";
    let nygard = to(text, Format::Madr, Format::Nygard);
    assert!(nygard.contains("Deciders: Ann, Bo: B\n\nConsulted: Cy\n\nTags: a, b\n\nTechnical Story: T-1\n\n## Status\n\nAccepted\n\n## Context\n"), "{nygard}");
    assert!(nygard.contains("\n## Consequences\n\n* Good\n\n## Confirmation\n"), "{nygard}");
    assert_eq!(to(&nygard, Format::Nygard, Format::Madr), text);
    let log4brains = to(text, Format::Madr, Format::Log4brains);
    assert_eq!(to(&log4brains, Format::Log4brains, Format::Madr), text);
}

#[test]
fn silence_is_kept_as_what_it_means() {
    let log4brains = "# X\n\n- Date: 2026-01-05\n\n## Context and Problem Statement\n\nWhy.\n";
    let madr = to(log4brains, Format::Log4brains, Format::Madr);
    assert!(madr.starts_with("---\nstatus: accepted\n"), "{madr}");
    let silent = "---\ndate: 2026-01-05\n---\n\n# X\n\n## Decision Outcome\n\nWhat.\n";
    let there = to(silent, Format::Madr, Format::Log4brains);
    assert!(there.contains("- Status: draft\n"), "log4brains reads silence as accepted: {there}");
}

#[test]
fn odd_statuses_lose_no_word() {
    let last = "# 5. X\n\n## Context\n\nWhy.\n\n## Decision\n\nYes.\n\n## Status\n\nAccepted\n\nBy all of us.";
    let madr = to(last, Format::Nygard, Format::Madr);
    assert!(
        madr.starts_with("---\nstatus: accepted\n---\n\n# X\n\n## Context and Problem Statement")
    );
    assert!(madr.ends_with("## More Information\n\nBy all of us.\n"), "{madr}");
    let two = nygard("Accepted").replace("## Notes", "## Status");
    let madr = to(&two, Format::Nygard, Format::Madr);
    assert!(madr.contains("status: accepted") && madr.contains("## Status\n\nLast.\n"), "{madr}");
    let unknown = nygard("Superseded by [99. Gone](https://x.example/99-gone.md)");
    let madr = to(&unknown, Format::Nygard, Format::Madr);
    assert!(
        madr.contains("status: \"superseded by [99. Gone](https://x.example/99-gone.md)\""),
        "{madr}"
    );
}

#[test]
fn anchors_follow_their_headings() {
    let adr = AdrText::read(&file(Format::Nygard, 5), nygard("Accepted").as_bytes()).unwrap();
    let target = Target {
        format: Format::Madr,
        path: &file(Format::Madr, 5),
        number: Some(5),
        tags: &[],
        spelling: Spelling::S,
        peer: &peer(Format::Madr),
    };
    let anchors = convert(&adr, &target).unwrap().anchors;
    assert_eq!(anchors["context"], "context-and-problem-statement");
    assert_eq!(anchors["decision"], "decision-outcome");
    assert!(!anchors.contains_key("consequences"), "{anchors:?}");
}

#[test]
fn front_matter_that_does_not_read_is_refused_and_a_list_is_prose() {
    let with = |front: &str| {
        let text = format!("---\n{front}---\n\n# X\n\n## Context\n\nA\n\n## Decision\n\nB\n");
        let adr = AdrText::read(&file(Format::Madr, 5), text.as_bytes()).unwrap();
        let target = Target {
            format: Format::Nygard,
            path: &file(Format::Nygard, 5),
            number: Some(5),
            tags: &[],
            spelling: Spelling::S,
            peer: &|_| None,
        };
        convert(&adr, &target)
    };
    let error = with("status: [accepted\n").unwrap_err();
    assert!(error.to_string().contains("does not read as keys"), "{error}");
    assert!(with("- a\n- b\n").unwrap().text.starts_with("---\n- a\n- b\n---\n\n# 5. X\n"));
}

#[test]
fn a_title_is_read_however_its_heading_is_written() {
    let body = "Date: 2026-01-05\n\n## Status\n\nAccepted\n\n## Context\n\n## Decision\n";
    for (heading, title) in [
        ("# 5. Use `X` #", "Use `X`"),
        ("# 5. Use C#", "Use C#"),
        ("# 5. Use X\t##", "Use X"),
        ("Use *X*\n=========", "Use *X*"),
        ("Use X\nand Y\n===", "Use X and Y"),
        ("# -- dashes", "-- dashes"),
    ] {
        let madr = to(&format!("{heading}\n\n{body}"), Format::Nygard, Format::Madr);
        assert!(madr.contains(&format!("\n# {title}\n\n## Context and")), "{heading}: {madr}");
    }
}

#[test]
fn an_underlined_chapter_keeps_its_words_and_its_level() {
    let text = "# 5. Use X\n\nDate: 2026-01-05\n\n## Status\n\nAccepted\n\nContext\n-------\n\n\
        Why.\n\n## Decision\n\nX.\n\nConsequences\n------------\n\nGood.\n";
    let madr = to(text, Format::Nygard, Format::Madr);
    assert!(madr.contains("\nContext and Problem Statement\n-------\n\nWhy.\n"), "{madr}");
    // An underlined heading has no third level.
    assert!(madr.contains("## Decision Outcome\n\nX.\n\nConsequences\n------------\n"), "{madr}");
}

#[test]
fn chapters_behind_a_decision_sink_and_rise_together() {
    let nygard = "# 5. Use X\n\nDate: 2026-01-05\n\n## Status\n\nAccepted\n\n## Context\n\n## Decision\n\n\
        ### How\n\n## Consequences\n\n### Good\n\n## Confirmation\n\n## Notes\n";
    let madr = to(nygard, Format::Nygard, Format::Madr);
    let deeper = "## Decision Outcome\n\n### How\n\n### Consequences\n\n#### Good\n\n### Confirmation\n\n## Notes\n";
    assert!(madr.ends_with(deeper), "{madr}");
    assert_eq!(to(&madr, Format::Madr, Format::Nygard), nygard);
    // Something else behind them keeps the outcome together.
    let mixed = madr.replace("## Notes", "### Notes");
    let back = to(&mixed, Format::Madr, Format::Nygard);
    assert!(back.contains("## Decision\n\n### How\n\n### Consequences\n"), "{back}");
}

#[test]
fn lines_that_relate_leave_more_information_and_code_stays() {
    let text = "---\nstatus: accepted\ndate: 2026-01-05\n---\n\n# Use X\n\n\
        ## Context and Problem Statement\n\n## Decision Outcome\n\n\
        ## More Information\n\nAmends [2. Use 2](0002-use-2.md)\n\nFor [3. Use 3](0003-use-3.md)\n\n\
        ```\nAmends [4. Use 4](0004-use-4.md)\n~~~\n```\n";
    let nygard = to(text, Format::Madr, Format::Nygard);
    assert!(
        nygard.contains("Accepted\n\nAmends [2. Use 2](0002-use-2.md)\n\n## Context"),
        "{nygard}"
    );
    assert!(
        nygard.contains("\nFor [3. Use 3](0003-use-3.md)\n\n```\nAmends [4. Use 4]"),
        "{nygard}"
    );
}

#[test]
fn lines_of_front_matter_go_with_their_key() {
    let text = "---\n# who\nstatus: accepted\n\"tags\":\n- a\n\n- b\nowner: \"@x\"\nsources:\n  - src/**\n\
        deciders: [Ann]\n---\n# Use X\n\n## Context and Problem Statement\n\n## Decision Outcome\n";
    let adr = AdrText::read(&file(Format::Madr, 5), text.as_bytes()).unwrap();
    let kept = super::front::read(&adr).unwrap().rest;
    assert_eq!(kept, "# who\nowner: \"@x\"\nsources:\n  - src/**\n");
}
