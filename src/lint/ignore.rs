//! `<!-- prode-ignore RULE[, RULE]: reason -->`: a finding that somebody
//! decided to live with.
//!
//! Above everything but front matter and other comments it covers the whole
//! file. Elsewhere it covers the block that it stands in, or where it stands
//! alone the block that follows: down to the next blank line. The reason is
//! needed. Comments in code are code.

use std::sync::LazyLock;

use regex::Regex;

use super::finding::Found;
use super::rules::{RULES, named};
use super::subject::Subject;
use crate::hint::nearest;

static COMMENT: LazyLock<Regex> = LazyLock::new(|| {
    Regex::new(r"^<!--\s*prode-ignore\b\s*(?<rules>[^:]*?)\s*(?::\s*(?<reason>[\s\S]*?))?\s*-->$")
        .expect("a fixed pattern that a test compiles")
});

/// One comment.
#[derive(Debug, Clone, PartialEq, Eq)]
struct Ignore {
    rules: Vec<&'static str>,
    /// 1-based inclusive lines; `None` is the whole file.
    lines: Option<(u32, u32)>,
}

/// The comments of one page.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(super) struct Ignores(Vec<Ignore>);

/// What is wrong with a comment.
#[derive(Debug)]
pub(super) enum Wrong {
    /// It gives no reason.
    NoReason(Found),
    /// It names no rule, or one that is not there.
    UnknownRule(Found),
}

impl Ignores {
    /// Reads a page's comments, and says what is wrong with them.
    pub(super) fn read(subject: &Subject<'_>) -> (Self, Vec<Wrong>) {
        let (mut ignores, mut wrong) = (Vec::new(), Vec::new());
        for &span in &subject.document.comments {
            let Some(found) = COMMENT.captures(subject.slice(span).trim()) else { continue };
            let reason = found.name("reason").map_or("", |reason| reason.as_str().trim());
            if reason.is_empty() {
                let message = "the comment gives no reason, so it ignores nothing";
                wrong.push(Wrong::NoReason(subject.found(span, message)));
                continue;
            }
            let names = found["rules"].split([',', ' ']).filter(|name| !name.is_empty());
            let (known, unknown): (Vec<&str>, Vec<&str>) =
                names.partition(|name| named(name).is_some());
            for name in &unknown {
                wrong.push(Wrong::UnknownRule(strange(subject.found(span, ""), name)));
            }
            if known.is_empty() && unknown.is_empty() {
                let message = "the comment names no rule, so it ignores nothing";
                wrong.push(Wrong::UnknownRule(subject.found(span, message)));
            }
            let rules = known.iter().filter_map(|name| named(name)).map(|rule| rule.id).collect();
            ignores.push(Ignore { rules, lines: covered(subject, span.start, span.end) });
        }
        (Self(ignores), wrong)
    }

    /// True if a comment covers this rule at this line (0: the whole file).
    pub(super) fn covers(&self, rule: &str, line: u32) -> bool {
        self.0.iter().any(|ignore| {
            let is_here = ignore.lines.is_none_or(|(from, to)| (from..=to).contains(&line));
            is_here && ignore.rules.contains(&rule)
        })
    }

    pub(super) fn is_empty(&self) -> bool {
        self.0.is_empty()
    }
}

fn strange(found: Found, name: &str) -> Found {
    let message = format!("there is no rule '{name}'");
    let near = nearest(name, RULES.iter().map(|rule| rule.id));
    let found = Found { message, ..found };
    match near {
        Some(near) => found.hint(format!("write {near}")),
        None => found,
    }
}

/// The lines that a comment covers; `None` where it stands above everything.
fn covered(subject: &Subject<'_>, start: u32, end: u32) -> Option<(u32, u32)> {
    let above = &subject.visible()[..start as usize];
    if above.trim_matches(|c: char| c.is_whitespace() || c == '\u{feff}').is_empty() {
        return None;
    }
    let text = subject.text.as_str();
    let line = subject.text.line(start);
    let mut last = subject.text.line(end.max(1) - 1);
    let mut met_text = false;
    // Lines from the one that the comment ends on; what stands before and
    // behind it there is text of its block.
    let from = subject.text.line_start(end.max(1) - 1) as usize;
    for (at, content) in text[from..].split('\n').enumerate() {
        let content = if at == 0 {
            let before = &text[subject.text.line_start(start) as usize..start as usize];
            let behind = content.get(end as usize - from..).unwrap_or_default();
            format!("{before}{behind}")
        } else {
            content.to_owned()
        };
        let is_blank = content.trim().is_empty();
        if met_text && is_blank {
            break;
        }
        met_text |= !is_blank;
        last += u32::from(at > 0);
    }
    Some((line, last))
}

#[cfg(test)]
mod tests {
    use super::super::fixture::subject_of;
    use super::*;

    fn covers(text: &str, line: u32) -> bool {
        subject_of("wiki/a.md", text, |it| Ignores::read(it).0.covers("link-broken", line))
    }

    fn wrong(text: &str) -> Vec<String> {
        subject_of("wiki/a.md", text, |it| {
            let wrong = Ignores::read(it).1.into_iter();
            wrong
                .map(|it| match it {
                    Wrong::NoReason(found) | Wrong::UnknownRule(found) => found.message,
                })
                .collect()
        })
    }

    #[test]
    fn alone_it_covers_the_block_that_follows() {
        let text = "# A\n\n<!-- prode-ignore link-broken: kept for history -->\n\nb\nc\n\nd\n";
        let lines: Vec<u32> = (1..9).filter(|&line| covers(text, line)).collect();
        assert_eq!(lines, [3, 4, 5, 6]);
    }

    #[test]
    fn in_a_line_it_covers_its_block() {
        let text = "# A\n\nb <!-- prode-ignore link-broken: x -->\nc\n\nd\n";
        let lines: Vec<u32> = (1..7).filter(|&line| covers(text, line)).collect();
        assert_eq!(lines, [3, 4]);
    }

    #[test]
    fn at_the_top_it_covers_the_file() {
        let text = "---\ntitle: T\n---\n<!-- prode-ignore link-broken, h1-twice: x -->\n# A\n\nb\n";
        assert!(covers(text, 0) && covers(text, 7));
    }

    #[test]
    fn a_reason_and_a_known_rule_are_needed_and_code_is_code() {
        assert_eq!(
            wrong("<!-- prode-ignore link-broken -->"),
            ["the comment gives no reason, so it ignores nothing"]
        );
        assert_eq!(wrong("<!-- prode-ignore link-brokn: x -->"), ["there is no rule 'link-brokn'"]);
        assert!(wrong("`<!-- prode-ignore x -->`\n\n    <!-- prode-ignore x -->\n").is_empty());
        assert!(!covers("a\n\n<!-- prode-ignore link-broken -->\nb\n", 4));
    }
}
