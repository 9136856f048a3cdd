//! A secret that was found once is a secret wherever it stands, and so is one
//! that differs only in the number behind it.

use aho_corasick::{AhoCorasick, MatchKind};

use super::randomness::Makeup;
use super::span::Match;
use super::text::Text;

/// Shorter values are words that stand anywhere.
const SHORTEST: usize = 6;
/// The most values that are looked for.
const MOST: usize = 4096;

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

pub(super) fn add(text: &Text<'_>, found: &mut Vec<Match>) {
    let secrets =
        found.iter().filter(|it| it.confidence >= 60 && !DATA.contains(&it.kind.as_ref()));
    let mut values: Vec<(&str, &Match)> =
        secrets.filter_map(|it| Some((stem(text.raw.get(it.span.clone())?)?, it))).collect();
    values.sort_unstable_by_key(|it| it.0);
    values.dedup_by_key(|it| it.0);
    values.truncate(MOST);
    if values.is_empty() {
        return;
    }
    let mut builder = AhoCorasick::builder();
    let Ok(automaton) =
        builder.match_kind(MatchKind::LeftmostLongest).build(values.iter().map(|it| it.0))
    else {
        return;
    };
    let more: Vec<Match> = automaton
        .find_iter(text.raw)
        .filter_map(|hit| {
            let like = values[hit.pattern().as_usize()].1;
            let digits = text.from(hit.end(), 8).bytes().take_while(u8::is_ascii_digit).count();
            let span = hit.start()..hit.end() + digits;
            let is_word = !text.byte_before(hit.start()).is_ascii_alphanumeric()
                && !text.byte(span.end).is_ascii_alphanumeric();
            let is_known =
                found.iter().any(|it| it.span.start <= span.start && span.end <= it.span.end);
            (is_word && !is_known).then(|| Match {
                rule: "repeated-value".into(),
                span,
                ..like.clone()
            })
        })
        .collect();
    found.extend(more);
}

/// What is looked for: the value without the number at its end. `None` for
/// what could be a word.
fn stem(value: &str) -> Option<&str> {
    let makeup = Makeup::of(value);
    let is_telling = value.len() >= SHORTEST
        && value.len() <= 512
        && !value.contains(['\n', '\r'])
        && (makeup.digits > 0 && makeup.letters() > 0
            || value.contains(['@', '!', '#', '$', '&', '%', '+'])
            || makeup.digits >= 8
            || makeup.changes >= 3);
    let stem = value.trim_end_matches(|c: char| c.is_ascii_digit());
    is_telling.then_some(if stem.len() >= SHORTEST { stem } else { value })
}
