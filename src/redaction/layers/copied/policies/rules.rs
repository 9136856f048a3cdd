//! Rules of a line each: packet filters, routers, commands that open a port
//! or give a role, tables and texts that list them.

use std::sync::OnceLock;

use super::super::super::super::pattern::Pattern;
use super::super::super::super::rules::Cue;
use super::super::super::super::text::Text;
use super::super::Finds;
use super::super::lines;
use super::hide;
use super::table::RULES;

const RANGE: &str =
    r"\b((?:\d{1,3}\.){3}\d{1,3}(?:/\d{1,2})?)|([0-9A-Fa-f]{1,4}:[0-9A-Fa-f:]{2,38}/\d{1,3})";

/// Words that rules need.
pub(super) fn cues() -> impl Iterator<Item = (Cue, &'static str)> {
    let rows = RULES.iter().enumerate();
    rows.flat_map(|(row, it)| it.needs.iter().map(move |word| (Cue::of_rule(row), *word)))
}

pub(super) fn find(text: &Text<'_>, found: &mut Finds<'_>) {
    let known: Vec<usize> =
        (0..RULES.len()).filter(|rule| text.holds(Cue::of_rule(*rule))).collect();
    for rule in known {
        let [is_rule, value, range] = made(rule);
        for line in lines(text).filter(|line| is_rule.is_match(line.text)) {
            for hit in value.captures_iter(line.text).chain(range.captures_iter(line.text)) {
                for value in hit.iter().skip(1).flatten().filter(|it| !is_word(it.as_str())) {
                    hide(line.start + value.start(), value.len(), found);
                }
            }
        }
    }
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
