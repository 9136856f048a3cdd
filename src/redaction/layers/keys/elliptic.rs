//! Secrets that are spoken of without their name, right behind another one:
//! `and the valheim one is "…"`, `no, that's old: …`.

use std::ops::Range;
use std::sync::LazyLock;

use super::super::super::exempt::is_stand_in;
use super::super::super::pattern::Pattern;
use super::super::super::rules::cue;
use super::super::super::span::Match;
use super::super::super::text::Text;
use super::looks::is_mixed;

/// How far behind a secret somebody still speaks of secrets, in bytes.
const REACH: usize = 400;
/// The longest line that somebody said, in bytes.
const LONGEST: usize = 200;
/// Findings below are too weak to be spoken of.
const SURE: u8 = 60;

/// Kinds that somebody may have several of and tell one by one.
const KINDS: &[&str] = &["PASSWORD", "CODE", "SECRET", "TOKEN", "API_KEY"];

pub(super) fn find(text: &Text<'_>, found: &mut Vec<Match>) {
    if !const { [cue(" one is "), cue(" one's "), cue(" one: "), cue(" one was ")] }
        .iter()
        .any(|it| text.holds(*it))
    {
        return;
    }
    let mut ends: Vec<usize> = found
        .iter()
        .filter(|it| it.confidence >= SURE && KINDS.contains(&it.kind.as_ref()))
        .map(|it| it.span.end)
        .collect();
    ends.sort_unstable();
    for line in &text.lines {
        let last = ends[..ends.partition_point(|it| *it <= line.end)].last();
        if last.is_some_and(|end| end + REACH >= line.start) && line.end - line.start <= LONGEST {
            let told = told(text.line(line));
            found.extend(told.into_iter().map(|it| {
                let span = line.start + it.start..line.start + it.end;
                Match::new("named-in-prose", "PASSWORD", span, 60)
            }));
        }
    }
}

/// The values of `the other one is "…"`, and of what corrects it.
fn told(line: &str) -> Vec<Range<usize>> {
    static ONE: LazyLock<Pattern> = LazyLock::new(|| {
        Pattern::fixed(
            r#" one(?: is|'s|:| was)(?: now| still)? (?:["“„'`]([^"”“'`\n]{3,64})["”“'`]|([^\s,;"'`]{5,64}))"#,
        )
    });
    static BETTER: LazyLock<Pattern> = LazyLock::new(|| {
        Pattern::fixed(
            r"(?i)(?:->|=>|→|\bno\b|\bsorry\b|\bwait\b|\bactually\b|\bnow\b)[^\n]{0,40}?[ ,:]([^\s,;]*\d[^\s,;]*)(?:[\s,;.]|$)",
        )
    });
    let Some(hit) = ONE.captures(line) else { return Vec::new() };
    let bare = hit.get(2).filter(|it| is_mixed(it.as_str().trim_end_matches('.')));
    let Some(first) = hit.get(1).or(bare).filter(|it| !is_stand_in(it.as_str())) else {
        return Vec::new();
    };
    let mut all = Vec::new();
    all.push(first.start()..first.start() + first.as_str().trim_end_matches('.').len());
    for hit in BETTER.captures_iter(&line[first.end()..]).filter_map(|it| it.get(1)) {
        let value = hit.as_str().trim_end_matches(['.', '!', '?']);
        if is_mixed(value) {
            let start = first.end() + hit.start();
            all.push(start..start + value.len());
        }
    }
    all
}

#[cfg(test)]
mod tests {
    use super::super::super::samples::found_beside;
    use super::*;

    /// What is found where `Sonne#7` was found before.
    fn values(raw: &str) -> Vec<&str> {
        let at = raw.find("Sonne#7").unwrap();
        found_beside(raw, vec![Match::new("x", "PASSWORD", at..at + 7, 80)], find)
    }

    #[test]
    fn another_one_is_told_behind_a_secret() {
        for (text, all) in [
            ("Sonne#7\nand the db one is \"rosenrot\"", &["rosenrot"][..]),
            ("Sonne#7 for web, the db one's Mond#8.", &["Mond#8"]),
            (
                "Sonne#7\nthe db one is \"rosenrot\" -> no that's old, Mond-88",
                &["rosenrot", "Mond-88"],
            ),
        ] {
            assert_eq!(values(text), all, "{text}");
        }
    }

    #[test]
    fn other_things_stay() {
        for text in
            ["Sonne#7\nthe second one is slow", "Sonne#7\nthat one: later", "Sonne#7 one is gone"]
        {
            assert!(values(text).is_empty(), "{text}");
        }
        let far = format!("Sonne#7{}\nthe db one is \"rosenrot\"", "\nx".repeat(400));
        assert!(values(&far).is_empty());
    }
}
