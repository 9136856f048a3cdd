//! A secret that was found once is a secret wherever it stands: written in
//! other cases, with another number or sign at its end, with a slip beside it.

use std::cmp::Reverse;
use std::collections::HashMap;
use std::ops::Range;

use aho_corasick::{AhoCorasick, AhoCorasickKind, MatchKind};

use super::randomness::Makeup;
use super::sought::{self, Sought};
use super::span::Match;
use super::text::Text;

/// Shorter values are words that stand anywhere.
const SHORTEST: usize = 6;
const _: () = assert!(SHORTEST >= sought::SHORTEST);
/// Letters alone have to be more, and words that are sure.
const SHORTEST_WORD: usize = 8;
const SURE: u8 = 80;
/// Longer values are blocks, which nobody repeats by hand.
const LONGEST: usize = 512;
/// The most values that are looked for.
const MOST: usize = 4096;
/// The most letters and digits that a slip adds on one side.
const SLIP: usize = 3;

/// Kinds that name data and not a secret.
const DATA: &[&str] = &[
    "CELL",
    "VALUE",
    "POLICY",
    "IPV4",
    "IPV6",
    "MAC",
    "USER",
    "HOST",
    "ARN",
    "BUCKET",
    "PRIVATE_KEY",
];

/// Kinds that are written in one way only: no slips, no other numbers.
const EXACT: &[&str] = &["EMAIL", "PHONE", "IBAN", "CARD", "NATIONAL_ID", "NAME", "CODE"];

/// Words that stand where a password would in examples, and everywhere else.
#[rustfmt::skip]
const COMMON: &[&str] = &[
    "password", "passwords", "passwort", "kennwort", "production", "database", "postgres", "postgresql", "localhost", "administrator", "username", "developer", "changeme", "certificate", "connection", "configuration", "application", "development", "environment", "credentials", "default", "external", "internal", "sandbox", "testing", "secretmanager", "kubernetes", "rabbitmq", "elastic", "grafana", "jenkins", "ansible", "terraform", "authorization", "anonymous", "encrypted", "undefined", "redacted", "replication", "benutzer", "welcome", "customer", "security",
];

pub(super) fn add(text: &Text<'_>, found: &mut Vec<Match>) {
    quoted(text, found);
    let mut values: Vec<(&str, usize)> = Vec::new();
    for (at, it) in found.iter().enumerate() {
        if it.open.is_none() && it.confidence >= 60 && !DATA.contains(&it.kind.as_ref()) {
            let value = text.raw.get(it.span.clone()).unwrap_or("");
            let password =
                value.split_once(':').map(|it| it.1).filter(|_| it.kind == "CREDENTIALS");
            let known = [Some(value), password].into_iter().flatten();
            values.extend(known.filter_map(|value| Some((stem(value, it)?, at))));
        }
    }
    values.sort_unstable_by_key(|it| it.0);
    values.dedup_by_key(|it| it.0);
    values.truncate(MOST);
    if values.is_empty() {
        return;
    }
    let known = merged(found);
    let mut again: Vec<(usize, Range<usize>)> = places(&values, text.raw)
        .into_iter()
        .filter_map(|(number, place)| {
            let like = &found[values[number].1];
            let span = whole(text, place.clone(), EXACT.contains(&like.kind.as_ref()))?;
            let is_same = like.span.len() >= SHORTEST_WORD || text.raw[place] == *values[number].0;
            (is_same && !holds(&known, &span)).then_some((number, span))
        })
        .collect();
    let mut counts = vec![0_usize; values.len()];
    for (number, _) in &again {
        counts[*number] += 1;
    }
    again.retain(|(number, _)| counts[*number] <= MOST_OF_A_WORD || !is_word(values[*number].0));
    let more: Vec<Match> = again
        .into_iter()
        .map(|(number, span)| Match {
            rule: "repeated-value".into(),
            span,
            ..found[values[number].1].clone()
        })
        .collect();
    found.extend(more);
}

/// A word that stands in a text more often is what the text is about, however
/// it was taken for a secret once.
const MOST_OF_A_WORD: usize = 12;

fn is_word(value: &str) -> bool {
    value.chars().all(char::is_alphabetic)
}

/// The longest copied value that an error quotes, in bytes.
const LONGEST_QUOTED: usize = 80;

/// A value of copied data that an error quotes: `unable to interpret "12.5O"`.
/// A word may stand anywhere; what has digits is that value.
fn quoted(text: &Text<'_>, found: &mut Vec<Match>) {
    let is_one = |value: &str| {
        (4..=LONGEST_QUOTED).contains(&value.len())
            && value.bytes().any(|it| it.is_ascii_digit())
            && value.chars().any(char::is_alphabetic)
    };
    let values: HashMap<&str, usize> = found
        .iter()
        .enumerate()
        .filter(|(_, it)| matches!(it.kind.as_ref(), "CELL" | "VALUE"))
        .filter_map(|(at, it)| Some((text.raw.get(it.span.clone())?, at)))
        .filter(|it| is_one(it.0))
        .collect();
    if values.is_empty() {
        return;
    }
    let known = merged(found);
    let mut more = Vec::new();
    for open in memchr::memchr3_iter(b'"', b'\'', b'`', text.bytes) {
        let inner = &text.bytes[open + 1..text.bytes.len().min(open + 2 + LONGEST_QUOTED)];
        let Some(length) = memchr::memchr(text.bytes[open], inner) else { continue };
        let span = open + 1..open + 1 + length;
        let like = text.raw.get(span.clone()).and_then(|it| values.get(it));
        if let Some(like) =
            like.filter(|_| text.byte(span.end + 1) != b':' && !holds(&known, &span))
        {
            more.push(Match { rule: "repeated-value".into(), span, ..found[*like].clone() });
        }
    }
    found.extend(more);
}

/// So many values are worth a table of their own in a text that is larger.
const FEW: usize = 512;
const LARGE: usize = 64 << 10;

/// Where values stand, in order: of two that overlap the one that begins first,
/// of those that begin together the longest.
fn places(values: &[(&str, usize)], text: &str) -> Vec<(usize, Range<usize>)> {
    let is_worth_it = values.len() <= FEW && text.len() > LARGE;
    let words: Vec<&str> = values.iter().map(|it| it.0).collect();
    if is_worth_it && let Some(mut all) = Sought::new(&words).places(text.as_bytes()) {
        all.sort_unstable_by_key(|it| (it.1.start, Reverse(it.1.end), it.0));
        let mut end = 0;
        all.retain(|(_, place)| {
            let is_free = place.start >= end;
            end = if is_free { place.end } else { end };
            is_free
        });
        return all;
    }
    let mut builder = AhoCorasick::builder();
    if is_worth_it {
        builder.kind(Some(AhoCorasickKind::DFA));
    }
    builder.match_kind(MatchKind::LeftmostLongest).ascii_case_insensitive(true);
    let Ok(automaton) = builder.build(words) else { return Vec::new() };
    automaton.find_iter(text).map(|hit| (hit.pattern().as_usize(), hit.range())).collect()
}

/// What is covered, in order, nothing over another.
fn merged(found: &[Match]) -> Vec<Range<usize>> {
    let mut all: Vec<Range<usize>> = found.iter().map(|it| it.span.clone()).collect();
    all.sort_unstable_by_key(|it| it.start);
    all.dedup_by(|next, last| {
        let is_over = next.start <= last.end;
        if is_over {
            last.end = last.end.max(next.end);
        }
        is_over
    });
    all
}

fn holds(known: &[Range<usize>], span: &Range<usize>) -> bool {
    let at = known.partition_point(|it| it.end < span.end);
    known.get(at).is_some_and(|it| it.start <= span.start && span.end <= it.end)
}

/// The word that a value stands in, if it is the value but for a slip.
fn whole(text: &Text<'_>, hit: Range<usize>, is_exact: bool) -> Option<Range<usize>> {
    let letters = |bytes: &mut dyn Iterator<Item = &u8>| {
        bytes.take_while(|it| it.is_ascii_alphanumeric()).count()
    };
    let before = letters(&mut text.bytes[..hit.start].iter().rev().take(SLIP + 1));
    let after = &text.bytes[hit.end..text.bytes.len().min(hit.end + 12)];
    let digits = after.iter().take_while(|it| it.is_ascii_digit()).count();
    let behind = digits + letters(&mut after[digits..].iter());
    if is_exact {
        // `4952118830x1`: an extension behind a number.
        let extension =
            after.first() == Some(&b'x') && after.get(1).is_some_and(u8::is_ascii_digit);
        return (before == 0 && (behind == 0 || extension)).then_some(hit);
    }
    if before > SLIP || behind > SLIP + digits {
        return None;
    }
    let signs = after[behind..].iter().take_while(|it| b"!#$%*+?^~".contains(it)).count();
    // A question or a call is no part of the value.
    let signs = if after[behind..].starts_with(b"?") { 0 } else { signs };
    Some(hit.start - before..hit.end + behind + signs)
}

/// What is looked for: the value without the number at its end. `None` for
/// what could be a word.
fn stem<'t>(value: &'t str, found: &Match) -> Option<&'t str> {
    let makeup = Makeup::of(value);
    let is_telling = makeup.digits > 0 && makeup.letters() > 0
        || value.contains(['@', '!', '#', '$', '&', '%', '+'])
        || makeup.digits >= 8
        || makeup.changes >= 3;
    let is_sure_word = || {
        found.confidence >= SURE
            && value.len() >= SHORTEST_WORD
            && !COMMON.iter().any(|it| it.eq_ignore_ascii_case(value))
            && !EXACT.contains(&found.kind.as_ref())
    };
    let is_one = value.len() >= SHORTEST
        && value.len() <= LONGEST
        && !value.contains(['\n', '\r'])
        && (is_telling || is_sure_word());
    if !is_one {
        return None;
    }
    let stem = value.trim_end_matches(|c: char| c.is_ascii_digit());
    let is_exact = EXACT.contains(&found.kind.as_ref());
    Some(if stem.len() >= SHORTEST && !is_exact { stem } else { value })
}

#[cfg(test)]
mod tests;
