//! Security configuration: who may do what where. The words of its language
//! stay; principals, actions, resources, ports and ranges go.

mod documents;
mod keys;
mod rules;

use std::collections::HashSet;
use std::sync::LazyLock;

use aho_corasick::AhoCorasick;

use super::super::super::span::Match;
use super::super::super::text::Text;

pub(super) fn find(text: &Text<'_>, found: &mut Vec<Match>) {
    let told = told(text);
    if told.is_empty() {
        return;
    }
    documents::find(text, &told, found);
    keys::find(text, &told, found);
    rules::find(text, &told, found);
}

/// The words of a text that tell of policies, looked for in one pass.
type Told = HashSet<&'static str>;

fn told(text: &Text<'_>) -> Told {
    static WORDS: LazyLock<(Vec<&'static str>, Option<AhoCorasick>)> = LazyLock::new(|| {
        let words = documents::WORDS_OF_POLICIES.iter().copied();
        let words: Vec<&str> = words.chain(keys::words()).chain(rules::words()).collect();
        let automaton = AhoCorasick::new(&words).ok();
        (words, automaton)
    });
    let (words, Some(automaton)) = (&WORDS.0, &WORDS.1) else { return Told::new() };
    automaton.find_overlapping_iter(text.raw).map(|it| words[it.pattern().as_usize()]).collect()
}

fn hide(start: usize, length: usize, found: &mut Vec<Match>) {
    if length > 0 {
        found.push(Match::new("security-policy", "POLICY", start..start + length, 75));
    }
}

/// True if one of few words was told.
fn holds(told: &Told, words: &[&str]) -> bool {
    words.iter().any(|it| told.contains(it))
}

#[cfg(test)]
mod tests;
