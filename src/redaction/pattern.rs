//! Patterns of rules: regular expressions over bytes.
//!
//! Digits, letters, blanks, word boundaries and cases are those of ASCII, and
//! what a class excludes is excluded byte by byte: tables of Unicode make a
//! pattern up to fifty times as large and as slow to build. What is found is
//! whole characters all the same: where a bounded repetition would end inside
//! of one, the match goes on to its end.

use std::ops::{Index, Range};

use regex::bytes::{self, RegexBuilder};

/// A pattern that a test compiles.
#[derive(Debug)]
pub(super) struct Pattern(bytes::Regex);

impl Pattern {
    /// A pattern that is written in the program.
    pub(super) fn fixed(pattern: &str) -> Self {
        let plain = pattern
            .replace(r"\d", "[0-9]")
            .replace(r"\w", "[0-9A-Za-z_]")
            .replace(r"\s", "[ \\t\\r\\n]")
            .replace(r"\S", "[^ \\t\\r\\n]")
            .replace(r"\b", r"(?-u:\b)");
        let (source, unicode) = match as_bytes(&plain) {
            Some(source) => (source, false),
            None => (plain, true),
        };
        let built = RegexBuilder::new(&source).unicode(unicode).build();
        Self(built.expect("a fixed pattern that a test compiles"))
    }

    pub(super) fn is_match(&self, text: &str) -> bool {
        self.0.is_match(text.as_bytes())
    }

    /// The first match.
    pub(super) fn find<'t>(&self, text: &'t str) -> Option<Found<'t>> {
        self.0.find(text.as_bytes()).map(|it| Found::of(text, it.range()))
    }

    /// Every match; none overlap.
    pub(super) fn find_iter<'t>(&self, text: &'t str) -> impl Iterator<Item = Found<'t>> {
        self.0.find_iter(text.as_bytes()).map(|it| Found::of(text, it.range()))
    }

    /// The first match and its groups. Room for groups is made only where
    /// something matches.
    pub(super) fn captures<'t>(&self, text: &'t str) -> Option<Groups<'t>> {
        if !self.is_match(text) {
            return None;
        }
        self.0.captures(text.as_bytes()).map(|groups| Groups { text, groups })
    }

    /// Every match and its groups.
    pub(super) fn captures_iter<'t>(&self, text: &'t str) -> impl Iterator<Item = Groups<'t>> {
        self.0.captures_iter(text.as_bytes()).map(move |groups| Groups { text, groups })
    }
}

/// A pattern over bytes: letters of other alphabets are groups of their own,
/// in both cases where the pattern knows none. `None` if one stands in a class,
/// or as an escape, which only Unicode can read.
fn as_bytes(pattern: &str) -> Option<String> {
    if [r"\u{", r"\x", r"\p"].iter().any(|escape| pattern.contains(escape)) {
        return None;
    }
    let is_caseless = pattern.contains("(?i");
    let (mut bytes, mut depth, mut is_escaped) = (String::new(), 0_usize, false);
    for c in pattern.chars() {
        if c.is_ascii() {
            match c {
                '[' if !is_escaped => depth += 1,
                ']' if !is_escaped => depth = depth.saturating_sub(1),
                _ => {}
            }
            is_escaped = c == '\\' && !is_escaped;
            bytes.push(c);
            continue;
        }
        if depth > 0 {
            return None;
        }
        is_escaped = false;
        let other: String =
            if c.is_lowercase() { c.to_uppercase().collect() } else { c.to_lowercase().collect() };
        bytes.push_str(&if is_caseless { format!("(?:{c}|{other})") } else { format!("(?:{c})") });
    }
    Some(bytes)
}

/// A part of a text.
#[derive(Debug, Clone, Copy)]
pub(super) struct Found<'t> {
    text: &'t str,
    start: usize,
    end: usize,
}

impl<'t> Found<'t> {
    fn of(text: &'t str, Range { start, end }: Range<usize>) -> Self {
        Self { text, start: text.floor_char_boundary(start), end: text.ceil_char_boundary(end) }
    }

    pub(super) fn start(&self) -> usize {
        self.start
    }

    pub(super) fn end(&self) -> usize {
        self.end
    }

    pub(super) fn len(&self) -> usize {
        self.end - self.start
    }

    pub(super) fn range(&self) -> Range<usize> {
        self.start..self.end
    }

    pub(super) fn as_str(&self) -> &'t str {
        &self.text[self.start..self.end]
    }
}

/// A match and its groups; the first is the whole.
#[derive(Debug)]
pub(super) struct Groups<'t> {
    text: &'t str,
    groups: bytes::Captures<'t>,
}

impl<'t> Groups<'t> {
    pub(super) fn get(&self, group: usize) -> Option<Found<'t>> {
        self.groups.get(group).map(|it| Found::of(self.text, it.range()))
    }

    pub(super) fn iter(&self) -> impl Iterator<Item = Option<Found<'t>>> {
        self.groups.iter().map(|it| it.map(|it| Found::of(self.text, it.range())))
    }

    /// How many groups the pattern has, with the whole.
    pub(super) fn len(&self) -> usize {
        self.groups.len()
    }
}

impl Index<usize> for Groups<'_> {
    type Output = str;

    /// The text of a group that takes part in every match.
    fn index(&self, group: usize) -> &str {
        self.get(group).map_or("", |it| it.as_str())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_match_ends_with_a_whole_character() {
        let pattern = Pattern::fixed(r"([^\s]{1,3}) ?x?");
        let groups = pattern.captures("aäöü x").unwrap();
        assert_eq!((&groups[1], groups.len()), ("aä", 2));
        let found: Vec<&str> =
            Pattern::fixed("[^ ]{1,3}").find_iter("öü ä").map(|it| it.as_str()).collect();
        assert_eq!(found, ["öü", "ü", "ä"]);
    }

    #[test]
    fn other_alphabets_keep_their_cases() {
        assert!(Pattern::fixed("(?i)für").is_match("FÜR"));
        assert!(Pattern::fixed(r"^(?i)\[é?\]x$").is_match("[É]X"));
        assert!(Pattern::fixed(r"^é?[a\]]$").is_match("]"));
        assert!(Pattern::fixed(r"^[\s│]+a").is_match("│ │a"));
        assert!(!Pattern::fixed(r"^\w+$").is_match("für"));
        assert!(Pattern::fixed(r"^[a-z\x80-\u{17f}]+$").is_match("für"));
    }

    #[test]
    fn classes_are_those_of_ascii() {
        for (pattern, text, is_one) in [
            (r"^\d+$", "12", true),
            (r"^\d+$", "१२", false),
            (r"^\s$", "\u{a0}", false),
            (r"^\s$", "\t", true),
            (r"^\S+$", "aé", true),
            (r"\bab\b", "éabé", true),
            (r"\bab\b", "xab", false),
            (r"(?i)^straße$", "STRAßE", true),
            (r"^é+$", "éé", true),
            (r"^É$", "é", false),
            (r"^[é]$", "é", true),
            (r"^\[é$", "[é", true),
            (r"^[\]é]$", "é", true),
            (r"^\\é$", "\\é", true),
        ] {
            assert_eq!(Pattern::fixed(pattern).is_match(text), is_one, "{pattern} {text}");
        }
    }

    #[test]
    fn places_and_lengths_are_those_of_whole_characters() {
        let found = Pattern::fixed("[^ ]{2}").find("a öü").unwrap();
        assert_eq!((found.range(), found.start(), found.end(), found.len()), (2..4, 2, 4, 2));
        let groups = Pattern::fixed("(a)|(b)").captures("xb").unwrap();
        let all: Vec<Option<&str>> = groups.iter().map(|it| it.map(|it| it.as_str())).collect();
        assert_eq!(all, [Some("b"), None, Some("b")]);
        assert_eq!((&groups[1], groups.len()), ("", 3));
        assert!(Pattern::fixed("a").captures("x").is_none());
        let pattern = Pattern::fixed("(.)x");
        let all = pattern.captures_iter("axbx").map(|it| it[1].to_owned());
        assert_eq!(all.collect::<Vec<_>>(), ["a", "b"]);
    }
}
