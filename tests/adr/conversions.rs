//! A decision in another format says the same, and says it the same way again.

use proptest::prelude::*;

use prode::adr::{AdrRef, AdrText, Format, Spelling, Target, convert};
use prode::repo_path::RepoPath;

use super::edits::sample;

const FORMATS: [Format; 3] = [Format::Nygard, Format::Madr, Format::Log4brains];

fn path(format: Format) -> RepoPath {
    let name = if format == Format::Log4brains { "20260102-x.md" } else { "0007-x.md" };
    RepoPath::new(format!("adr/{name}")).unwrap()
}

/// `text`, which is in the format `from`, written as `to`; no other decision is known.
fn written(text: &str, from: Format, to: Format) -> String {
    let adr = AdrText::read_as(&path(from), text.as_bytes(), from).unwrap();
    let nobody = |_: &AdrRef| None;
    let target = Target {
        format: to,
        path: &path(to),
        number: Some(7),
        tags: &[],
        spelling: Spelling::S,
        peer: &nobody,
    };
    convert(&adr, &target).unwrap().text
}

/// What a reader learns, whatever the format.
fn facts(text: &str, format: Format) -> (String, Option<String>, Vec<String>) {
    let adr = AdrText::read_as(&path(format), text.as_bytes(), format).unwrap();
    let record = adr.record();
    let status = record.status.as_ref().map(|status| status.label().to_owned());
    (record.title.clone(), status, record.deciders.clone())
}

/// Lines that are neither blank nor a heading nor a fact of the head.
fn prose(text: &str) -> Vec<&str> {
    let body = text.find("\n## ").map_or(text, |at| &text[at..]);
    let lines = body.lines().map(str::trim_end);
    let is_prose = |line: &&str| {
        !line.is_empty() && !line.starts_with('#') && !line.contains("](") && !is_status(line)
    };
    lines.filter(is_prose).collect()
}

fn is_status(line: &str) -> bool {
    line.trim_matches('*').eq_ignore_ascii_case("proposed")
}

proptest! {
    #[test]
    fn facts_and_prose_are_the_same_in_every_format(sample in sample()) {
        let adr = AdrText::read(&sample.path, sample.text.as_bytes()).unwrap();
        let own = adr.record().format;
        let before = facts(&sample.text, own);
        for format in FORMATS {
            let there = written(&sample.text, own, format);
            prop_assert_eq!(facts(&there, format), before.clone(), "{}", there);
            for line in prose(&sample.text) {
                prop_assert!(there.contains(line), "{line:?} is lost:\n{there}");
            }
            let ends = if sample.text.contains("\r\n") { "\r\n" } else { "\n" };
            prop_assert_eq!(there.matches('\n').count(), there.matches(ends).count());
            prop_assert_eq!(there.starts_with('\u{feff}'), sample.text.starts_with('\u{feff}'));
        }
    }

    #[test]
    fn there_and_back_is_the_same_text(sample in sample()) {
        let own = AdrText::read(&sample.path, sample.text.as_bytes()).unwrap().record().format;
        for one in FORMATS {
            let first = written(&sample.text, own, one);
            for other in FORMATS {
                let back = written(&written(&first, one, other), other, one);
                prop_assert_eq!(back.trim_end(), first.trim_end(), "by {:?}", other);
            }
        }
    }
}
