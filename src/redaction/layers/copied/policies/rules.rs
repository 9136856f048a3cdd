//! Rules of a line each: packet filters, routers, commands that open a port
//! or give a role, tables and texts that list them.

use std::ops::Range;
use std::sync::OnceLock;

use super::super::super::super::pattern::Pattern;
use super::super::super::super::rules::Cue;
use super::super::super::super::text::Text;
use super::super::Finds;
use super::super::some_lines;
use super::hide;
use super::table::RULES;

const RANGE: &str =
    r"\b((?:\d{1,3}\.){3}\d{1,3}(?:/\d{1,2})?)|([0-9A-Fa-f]{1,4}:[0-9A-Fa-f:]{2,38}/\d{1,3})";

/// Words that rules need.
pub(super) fn cues() -> impl Iterator<Item = (Cue, &'static str)> {
    let rows = RULES.iter().enumerate();
    rows.flat_map(|(row, it)| it.needs.iter().map(move |word| (Cue::of_rule(row), *word)))
}

/// How far from the words of a kind its first rule stands, in lines.
const NEAR: usize = 16;

pub(super) fn find(text: &Text<'_>, found: &mut Finds<'_>) {
    for rule in (0..RULES.len()).filter(|rule| text.holds(Cue::of_rule(*rule))) {
        let mut done = 0;
        for near in text.lines_near(&[Cue::of_rule(rule)], NEAR) {
            done = apply(rule, text, near.start.max(done)..near.end, found);
        }
    }
}

/// Hides what rules say in some lines, and in those below as long as they are
/// rules; where they end.
fn apply(rule: usize, text: &Text<'_>, near: Range<usize>, found: &mut Finds<'_>) -> usize {
    let [is_rule, value, range] = made(rule);
    let mut at = near.start;
    for line in some_lines(text, near.start..text.lines.len()) {
        let is_one = is_rule.is_match(line.text);
        if at >= near.end && !is_one {
            break;
        }
        at += 1;
        let hits = value.captures_iter(line.text).chain(range.captures_iter(line.text));
        for hit in hits.filter(|_| is_one) {
            for value in hit.iter().skip(1).flatten().filter(|it| !is_word(it.as_str())) {
                hide(line.start + value.start(), value.len(), found);
            }
        }
    }
    at
}

/// Everything and everybody: a word of the language.
fn is_word(value: &str) -> bool {
    matches!(value, "any" | "*" | "port" | "0.0.0.0" | "0.0.0.0/0")
}

/// The patterns of a rule, made when they are first needed.
fn made(rule: usize) -> &'static [Pattern; 3] {
    static MADE: [OnceLock<[Pattern; 3]>; RULES.len()] = [const { OnceLock::new() }; RULES.len()];
    MADE[rule].get_or_init(|| [RULES[rule].line, RULES[rule].value, RANGE].map(Pattern::fixed))
}
