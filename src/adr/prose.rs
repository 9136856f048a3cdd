//! What stands when a decision is accepted: its words.
//!
//! Two texts of one decision are compared without what may change: front
//! matter, date, status, deciders, links to other decisions and where they
//! lead, amendments, comments, line ends and blank lines.

use std::sync::LazyLock;

use regex::Regex;

use super::edit::AMENDMENTS;
use super::facts::{Facts, bare_heading};
use super::name::split_title;
use crate::document;
use crate::repo_path::RepoPath;

/// A line that does nothing but relate: `Amends [7. X](0007-x.md)`.
static LINK_LINE: LazyLock<Regex> = LazyLock::new(|| {
    pattern(r"^\s*(?:[*+-]\s+)?[\p{L} _-]{0,40}:?\s*(?:\[[^\]]*\]\([^)]*\)[\s,.]*)+$")
});
/// Where a link leads, and the number in its text.
static DESTINATION: LazyLock<Regex> = LazyLock::new(|| pattern(r"\]\([^()\s]*\)"));
static NUMBERED_TEXT: LazyLock<Regex> = LazyLock::new(|| pattern(r"\[[0-9]{1,6}\. "));
static MENTION: LazyLock<Regex> = LazyLock::new(|| pattern(r"(?i)\badr([-\s:/#])[0-9]{1,6}\b"));
static COMMENT: LazyLock<Regex> = LazyLock::new(|| pattern(r"(?s)<!--.*?-->"));

fn pattern(text: &str) -> Regex {
    Regex::new(text).expect("a fixed pattern that a test compiles")
}

/// The first place where the words of two texts differ.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Difference {
    /// 1-based line of the second text; its last line where words are gone from the end.
    pub line: u32,
    /// The first words that are gone, shortened.
    pub gone: Option<String>,
    /// The first words that came, shortened.
    pub came: Option<String>,
}

/// Compares the words of a decision as it was accepted with those it has
/// now; `None` where nothing differs that must not.
pub fn compare(accepted: (&RepoPath, &[u8]), now: (&RepoPath, &[u8])) -> Option<Difference> {
    if accepted.1 == now.1 {
        return None;
    }
    let (before, after) = (prose(accepted.0, accepted.1), prose(now.0, now.1));
    let same = before.iter().zip(&after).take_while(|(a, b)| a.text == b.text).count();
    if same == before.len() && same == after.len() {
        return None;
    }
    let end = before[same..].iter().rev().zip(after[same..].iter().rev());
    let end = end.take_while(|(a, b)| a.text == b.text).count();
    let first = |lines: &[Words]| {
        lines[same..lines.len() - end].first().map(|words| shortened(&words.text))
    };
    let line = after.get(same).or(after.last()).map_or(1, |words| words.line);
    Some(Difference { line, gone: first(&before), came: first(&after) })
}

/// How much of one text's words another has, from 0 to 1: what tells a
/// renamed decision from another one.
pub fn similarity(a: (&RepoPath, &[u8]), b: (&RepoPath, &[u8])) -> f64 {
    let mut lines = std::collections::HashMap::new();
    let (a, b) = (prose(a.0, a.1), prose(b.0, b.1));
    for words in &a {
        *lines.entry(words.text.as_str()).or_insert(0_u32) += 1;
    }
    let mut common = 0_u32;
    for words in &b {
        if let Some(left) = lines.get_mut(words.text.as_str()).filter(|left| **left > 0) {
            *left -= 1;
            common += 1;
        }
    }
    let all = u32::try_from(a.len() + b.len()).unwrap_or(u32::MAX);
    if all == 0 { 0.0 } else { f64::from(2 * common) / f64::from(all) }
}

/// One line of words.
struct Words {
    line: u32,
    text: String,
}

fn prose(path: &RepoPath, bytes: &[u8]) -> Vec<Words> {
    let (document, _) = document::parse(path, bytes);
    let facts = Facts::read(&document, bytes);
    let stated: Vec<usize> = facts.stated.iter().map(|fact| fact.at).collect();
    let mut words = Vec::new();
    for section in &document.sections {
        let name = bare_heading(section);
        let is_free = ["status", "links", &AMENDMENTS.to_lowercase()].contains(&name.as_str());
        if section.level > 0 && is_free {
            continue;
        }
        let holds_links = section.level < 2 || name == "more information";
        let start = section.span.start.max(document.front.body_start) as usize;
        let text = bytes.get(start..section.span.end as usize).unwrap_or_default();
        let text = String::from_utf8_lossy(text);
        let mut at = start;
        let lines = text.split_inclusive('\n').zip(without_comments(&text));
        for (line, (whole, plain)) in (1 + newlines(&bytes[..start])..).zip(lines) {
            let is_fact = section.level < 2 && (stated.contains(&at) || is_table_frame(&plain));
            let relates = holds_links && LINK_LINE.is_match(&plain);
            if !is_fact && !relates {
                words.push(Words { line, text: normal(&plain, section.level == 1) });
            }
            at += whole.len();
        }
    }
    words.retain(|words| !words.text.is_empty());
    words
}

/// Lines with their comments blanked out; as many as there were.
fn without_comments(text: &str) -> Vec<String> {
    let blanked = COMMENT.replace_all(text, |found: &regex::Captures<'_>| {
        "\n".repeat(found[0].matches('\n').count())
    });
    blanked.split_inclusive('\n').map(str::to_owned).collect()
}

/// The frame of a table of facts.
fn is_table_frame(line: &str) -> bool {
    let line = line.trim();
    line.starts_with('|') && line.chars().all(|c| "|-: ".contains(c))
}

/// Numbers and destinations may be rewritten; a title's own number too.
fn normal(line: &str, may_be_title: bool) -> String {
    let line = line.trim().trim_start_matches('\u{feff}');
    let line = match line.strip_prefix("# ").filter(|_| may_be_title) {
        Some(title) => format!("# {}", split_title(title).1),
        None => line.to_owned(),
    };
    let line = DESTINATION.replace_all(&line, "]()");
    let line = NUMBERED_TEXT.replace_all(&line, "[");
    MENTION.replace_all(&line, "ADR${1}N").into_owned()
}

fn newlines(bytes: &[u8]) -> u32 {
    let count = bytes.split(|byte| *byte == b'\n').count() - 1;
    u32::try_from(count).unwrap_or(u32::MAX)
}

/// Enough of a line to recognise it.
fn shortened(text: &str) -> String {
    const MOST: usize = 72;
    if text.chars().count() <= MOST {
        return text.to_owned();
    }
    format!("{}\u{2026}", text.chars().take(MOST).collect::<String>())
}

#[cfg(test)]
mod tests {
    use super::*;

    const TEXT: &str = "# 1. Use X\n\nDate: 2026-01-02\n\n## Status\n\nAccepted\n\n## Context\n\nWe have [Y](0002-y.md), see ADR-2.\n\n## Decision\n\nUse X.\n";

    fn difference(after: &str) -> Option<Difference> {
        let path = RepoPath::new("adr/0001-x.md").unwrap();
        compare((&path, TEXT.as_bytes()), (&path, after.as_bytes()))
    }

    #[test]
    fn what_may_change_is_no_difference() {
        for after in [
            TEXT.replace("Accepted", "Superseded by [3. Z](0003-z.md)"),
            TEXT.replace("2026-01-02", "2026-05-06"),
            TEXT.replace('\n', "\r\n"),
            format!("\u{feff}{TEXT}"),
            format!("---\nowner: a\n---\n{TEXT}"),
            format!("{TEXT}\n## Amendments\n\n- 2026-02-03: also Z\n"),
            format!("{TEXT}\n## Links\n\n- Refines [a](a.md)\n"),
            TEXT.replace("# 1. Use X", "# 12. Use X").replace("0002-y.md", "../b/0009-y.md"),
            TEXT.replace("ADR-2", "ADR-9"),
            TEXT.replace("Use X.\n", "Use X.   \n<!-- a\ncomment -->\n\n"),
        ] {
            assert_eq!(difference(&after), None, "{after}");
        }
    }

    #[test]
    fn words_may_not_change() {
        for (after, line, gone, came) in [
            (TEXT.replace("Use X.", "Use Z."), 15, Some("Use X."), Some("Use Z.")),
            (TEXT.replace("# 1. Use X", "# 1. Use Z"), 1, Some("# Use X"), Some("# Use Z")),
            (TEXT.replace("Use X.", "Use X.\nAnd Y."), 16, None, Some("And Y.")),
            (TEXT.replace("## Decision\n\nUse X.\n", ""), 11, Some("## Decision"), None),
            (
                TEXT.replace("We have [Y]", "We lack [Y]"),
                11,
                Some("We have [Y](), see ADR-N."),
                Some("We lack [Y](), see ADR-N."),
            ),
        ] {
            let found = difference(&after).unwrap();
            let expected =
                Difference { line, gone: gone.map(str::to_owned), came: came.map(str::to_owned) };
            assert_eq!(found, expected);
        }
    }

    #[test]
    fn a_renamed_decision_is_alike_and_another_is_not() {
        let path = RepoPath::new("adr/0001-x.md").unwrap();
        let alike = |other: &str| similarity((&path, TEXT.as_bytes()), (&path, other.as_bytes()));
        assert!(alike(&TEXT.replace("Use X.", "Use Y.")) > 0.7);
        assert!(alike("# 2. Other\n\n## Decision\n\nNo.\n") < 0.5);
    }

    #[test]
    fn likeness_is_the_share_of_lines_that_both_have() {
        let path = RepoPath::new("adr/0001-x.md").unwrap();
        let alike = |a: &str, b: &str| similarity((&path, a.as_bytes()), (&path, b.as_bytes()));
        let near = |found: f64, wanted: f64| assert!((found - wanted).abs() < 1e-9, "{found}");
        near(alike("# A\n\none\n\ntwo\n", "# A\n\none\n\nthree\n"), 2.0 / 3.0);
        // A line counts as often as both have it.
        near(alike("same\n", "same\n\nsame\n\nsame\n"), 0.5);
        near(alike("", ""), 0.0);
    }

    #[test]
    fn what_a_title_or_its_links_say_is_free_and_chapters_are_not() {
        let with = |body: &str| format!("{TEXT}{body}");
        // Below a chapter's heading a line that only relates is prose.
        let line = "\nAmends [7. X](0007-x.md)\n";
        assert_eq!(difference(&with(line)).unwrap().line, 17);
        assert_eq!(difference(&TEXT.replace("Date:", "Amends [7. X](0007-x.md)\n\nDate:")), None);
        let frame = "| a | b |\n|---|---|\n";
        assert!(difference(&with(&format!("\n{frame}"))).is_some());
        // More Information may gain links, but no words.
        let more = |text: &str| format!("{TEXT}\n## More Information\n\n{text}");
        let path = RepoPath::new("adr/0001-x.md").unwrap();
        let change = |a: &str, b: &str| {
            compare((&path, more(a).as_bytes()), (&path, more(b).as_bytes())).is_some()
        };
        assert!(!change("See.\n", "See.\n\n- Amends [7. X](0007-x.md)\n"));
        assert!(change("See.\n", "See all.\n"));
    }

    #[test]
    fn a_long_line_is_told_shortened() {
        let long = "y".repeat(73);
        let found = difference(&TEXT.replace("Use X.\n", &format!("{long}\n"))).unwrap();
        assert_eq!(found.came.unwrap(), format!("{}\u{2026}", "y".repeat(72)));
        let whole = "y".repeat(72);
        let found = difference(&TEXT.replace("Use X.\n", &format!("{whole}\n"))).unwrap();
        assert_eq!(found.came.unwrap(), whole);
    }
}
