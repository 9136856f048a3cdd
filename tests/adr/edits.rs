//! An edit touches its own lines and no others, and its inverse takes it back.

use jiff::civil::date;
use proptest::prelude::*;
use similar::{ChangeTag, TextDiff};

use prode::adr::{AdrStatus, AdrText, Peer};
use prode::repo_path::RepoPath;

/// A decision's head in each format, with a hole for the status's word.
const HEADS: &[(&str, &str)] = &[
    ("adr/0007-x.md", "# 7. Use X\n\nDate: 2026-01-02\n\n## Status\n\n@\n\n"),
    ("adr/0007-x.md", "# 7. Use X\n\n## Status\n\n**@**\n\nAmends [1. A](0001-a.md)\n\n"),
    ("adr/0007-x.md", "---\nstatus: @\n---\n\n# Use X\n\n"),
    ("adr/0007-x.md", "---\nstatus: \"@\"\ntags: [a]\n---\n# Use X\n\n"),
    ("adr/0007-x.md", "# Use X\n\n* Status: @\n* Deciders: A, B\n\n"),
    ("adr/20260102-x.md", "# Use X\n\n- Status: @\n- Tags: a\n\n"),
    ("adr/0007-x.md", "# ADR-7: Use X\n\n**Status:** @\n\n"),
    ("adr/0007-x.md", "# Use X\n\n| Status | @ |\n|---|---|\n\n"),
];

const BODIES: &[&str] = &[
    "## Context\n\nStatus: none of this\n\n## Decision\n\nYes.\n\n## Consequences\n\n| a | b |\n|---|---|\n",
    "## Context and Problem Statement\n\n\u{65e5}\u{672c} \u{1f600}\n\n\n\n## Decision Outcome\n\n```\nStatus: x\n```\n",
    "## Decision\n\ntext  \n\n## Status\n\nRejected\n",
    "## Decision Outcome\n\nx\n\n## Links\n\n- Refines [b](b.md)\n",
];

#[derive(Debug, Clone)]
pub(super) struct Sample {
    pub(super) path: RepoPath,
    pub(super) text: String,
}

pub(super) fn sample() -> impl Strategy<Value = Sample> {
    let head = prop::sample::select(HEADS);
    let body = prop::sample::select(BODIES);
    let dress = (any::<bool>(), any::<bool>(), any::<bool>(), any::<bool>());
    (head, body, dress).prop_map(|((path, head), body, (crlf, mark, cut, upper))| {
        let word = if upper { "Proposed" } else { "proposed" };
        let mut text = format!("{}{body}", head.replace('@', word));
        if cut {
            text.truncate(text.trim_end().len());
        }
        if crlf {
            text = text.replace('\n', "\r\n");
        }
        if mark {
            text.insert(0, '\u{feff}');
        }
        Sample { path: RepoPath::new(path).unwrap(), text }
    })
}

fn lines_that_differ(before: &str, after: &str) -> (Vec<String>, Vec<String>) {
    let diff = TextDiff::from_lines(before, after);
    let of = |tag| {
        let changes = diff.iter_all_changes().filter(|change| change.tag() == tag);
        changes.map(|change| change.value().to_owned()).collect()
    };
    (of(ChangeTag::Delete), of(ChangeTag::Insert))
}

fn text(adr: &AdrText) -> String {
    String::from_utf8(adr.bytes().to_vec()).unwrap()
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 400, ..ProptestConfig::default() })]

    #[test]
    fn a_status_is_one_line_and_is_taken_back(sample in sample(), accepts in any::<bool>()) {
        let day = date(2026, 11, 25);
        let mut adr = AdrText::read(&sample.path, sample.text.as_bytes()).unwrap();
        let to = if accepts { AdrStatus::Accepted } else { AdrStatus::Rejected };
        adr.change_status(&to, day).unwrap();
        prop_assert_eq!(adr.record().status.as_ref(), Some(&to));
        let (gone, come) = lines_that_differ(&sample.text, &text(&adr));
        prop_assert_eq!((gone.len(), come.len()), (1, 1), "{:?} {:?}", gone, come);
        let swap = |line: &str| line.to_lowercase().replace("proposed", to.label());
        prop_assert_eq!(swap(&gone[0]), come[0].to_lowercase());
        adr.write_status("proposed", day).unwrap();
        prop_assert_eq!(text(&adr), sample.text);
    }

    #[test]
    fn a_link_only_adds_and_is_taken_back(sample in sample(), known in any::<bool>()) {
        let mut adr = AdrText::read(&sample.path, sample.text.as_bytes()).unwrap();
        let other = RepoPath::new("adr/0002-b (c).md").unwrap();
        let record = AdrText::read(&other, b"# 2. B [x]\n\n## Status\n\nDraft\n").unwrap();
        let peer = Peer::seen_from(&sample.path, &other, record.record());
        let relation = if known { "depends on" } else { "annoys" };
        prop_assert!(adr.add_link(relation, &peer).unwrap());
        let (gone, come) = lines_that_differ(&sample.text, &text(&adr));
        let ends = gone.iter().all(|line| come.iter().any(|new| new.trim_end() == line.trim_end()));
        prop_assert!(ends, "{:?} {:?}", gone, come);
        let named = come.iter().filter(|line| line.contains("](0002-b%20%28c%29.md)")).count();
        prop_assert_eq!(named, 1);
        prop_assert!(!adr.add_link(relation, &peer).unwrap(), "said once");
        prop_assert!(adr.remove_link(relation, &peer).unwrap());
        prop_assert_eq!(text(&adr), sample.text);
    }
}
