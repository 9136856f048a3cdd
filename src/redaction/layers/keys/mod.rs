//! Names of secrets and what stands behind them, whatever it looks like.
//!
//! A strong name (`password`, `api_key`) makes any value a secret; a weak one
//! (`loki_key`, `client_id`) a value that a machine drew. What stands in for a
//! value, code, types and prose are left alone; shapes of digests and ids are
//! not: a name beats them.

mod behind;
mod bounds;
mod code;
mod codes;
mod element;
mod elliptic;
mod gear;
mod harmless;
mod joints;
mod kept;
mod labelled;
mod listed;
mod looks;
mod name;
mod nearby;
mod options;
mod paired;
mod phrases;
mod pointers;
mod prose;
mod spoken;
mod told;
mod value;

use super::super::open::{MOST, end_of_quote};
use super::super::rules::{Additions, Hit, Role, Strength};
use super::super::span::Match;
use super::super::stop::Stop;
use super::super::text::Text;
use harmless::is_harmless;
use name::{Name, Verdict};
use value::{Joint, Value};

pub(super) fn find(text: &Text<'_>, _: &Additions, found: &mut Vec<Match>) -> Result<(), Stop> {
    codes::find(text, found);
    options::find(text, found);
    gear::find(text, found);
    named(text, found)?;
    elliptic::find(text, found);
    kept::find(text, found);
    Ok(())
}

/// What stands behind a name in any of the ways that people join them.
fn named(text: &Text<'_>, found: &mut Vec<Match>) -> Result<(), Stop> {
    let (mut done, mut opened) = (0, 0);
    for hit in &text.hits {
        let is_weak = hit.role == Role::Weak;
        if hit.start < done || !is_weak && hit.role != Role::Key || goes_on(text, *hit, is_weak) {
            continue;
        }
        if is_in_placeholder(text, hit.start) {
            continue;
        }
        let name = Name::around(text, *hit);
        done = name.end;
        let Some(verdict) = name.verdict() else { continue };
        // One of several codes is found with the others.
        let codes = if verdict.is_code { listed::beside(text, &name, verdict) } else { Vec::new() };
        if let Some(last) = codes.last() {
            done = last.end;
            let codes = codes.into_iter();
            found.extend(codes.map(|span| Match::new("named-value", verdict.kind, span, 80)));
            continue;
        }
        let value = match paired::after(text, &name) {
            Some(value) => Some(value),
            None => match value_behind(text, &name, verdict) {
                Ok(value) => value,
                Err(stop) => {
                    found.push(unclosed(text, stop, opened)?);
                    opened += 1;
                    continue;
                }
            },
        };
        let is_block = |value: &Value| text.raw[value.span.clone()].contains("-----BEGIN");
        match value.filter(|value| !is_block(value) && !is_harmless(text, &name, verdict, value)) {
            Some(value) => {
                let is_told = value.joint == Joint::Spaced;
                let found_here = judged(verdict, carried(text, verdict, value));
                let next = Some(&found_here.span).filter(|_| is_told);
                let next = next.and_then(|last| nearby::next(text, verdict, last));
                done = found_here.span.end.max(done);
                found.push(found_here);
                found.extend(next.map(|it| Match::new("named-in-prose", verdict.kind, it, 60)));
            }
            None if verdict.strength == Strength::Strong => {
                let mut told = told::values(text, &name, verdict);
                let next = told.last().and_then(|last| nearby::next(text, verdict, last));
                told.extend(next);
                found.extend(
                    told.into_iter()
                        .map(|span| Match::new("named-in-prose", verdict.kind, span, 60)),
                );
            }
            None => {}
        }
    }
    Ok(())
}

/// `<PRIVATE_KEY_1>` names no element and no value.
fn is_in_placeholder(text: &Text<'_>, at: usize) -> bool {
    let hole = text.holes.partition_point(|hole| hole.end <= at);
    text.holes.get(hole).is_some_and(|hole| hole.start <= at)
}

/// True if the word that a keyword stands in goes on behind it, or nothing
/// joins a value to a weak name.
fn goes_on(text: &Text<'_>, hit: Hit, is_weak: bool) -> bool {
    let next = text.byte(hit.end);
    let word = &text.raw[hit.start..hit.end];
    if next.is_ascii_lowercase()
        && text.byte(hit.end - 1).is_ascii_lowercase()
        && !is_weak
        && !name::is_stem(word)
    {
        return true;
    }
    if !is_weak {
        return false;
    }
    let rest = &text.bytes[hit.end..text.bytes.len().min(hit.end + 80)];
    let behind = rest
        .iter()
        .skip_while(|byte| byte.is_ascii_alphanumeric() || matches!(byte, b'_' | b'-' | b'.'));
    let mut behind =
        behind.skip_while(|byte| matches!(byte, b'"' | b'\'' | b'`' | b']' | b'}' | b' ' | b'\t'));
    !matches!(behind.next(), Some(b':' | b'=' | b',' | b'(' | b'>' | b'!' | b's'))
}

/// An open quote only stops what is surely a secret's.
fn value_behind(text: &Text<'_>, name: &Name<'_>, verdict: Verdict) -> Result<Option<Value>, Stop> {
    match behind::value(text, name) {
        Err(stop) => {
            let opened = text.line_from(stop.start, 200);
            let is_sure = verdict.strength == Strength::Strong
                && !verdict.is_common
                && !opened.starts_with(['$', '<', '{', '\\', ' ', ')', '+', '.', ',', ';'])
                && text.byte_before(name.start) != b'\'';
            if is_sure { Err(stop) } else { Ok(None) }
        }
        found => found,
    }
}

/// What a header of one cookie carries, without the cookie's name; a code with
/// its second group.
fn carried(text: &Text<'_>, verdict: Verdict, value: Value) -> Value {
    let shown = &text.raw[value.span.clone()];
    let span = value.span.clone();
    match verdict.kind {
        "COOKIE" if !value.is_quoted => {
            let name =
                shown.bytes().take_while(|it| it.is_ascii_alphanumeric() || b"_.-".contains(it));
            let from = name.count() + 1;
            let is_pair = shown.as_bytes().get(from - 1) == Some(&b'=') && shown.len() > from + 12;
            if is_pair { Value { span: span.start + from..span.end, ..value } } else { value }
        }
        "CODE" if shown.bytes().all(|it| it.is_ascii_digit()) => {
            let more = second_group(text.line_from(span.end, 8)).max(key(text.byte(span.end)));
            Value { span: span.start..span.end + more, ..value }
        }
        _ => value,
    }
}

/// `#` behind a code: what a keypad has.
fn key(byte: u8) -> usize {
    usize::from(matches!(byte, b'#' | b'*'))
}

/// ` 2210` behind `883`.
fn second_group(rest: &str) -> usize {
    let digits = rest.bytes().skip(1).take_while(u8::is_ascii_digit).count();
    let next = rest.as_bytes().get(1 + digits);
    let is_group = rest.starts_with([' ', '-'])
        && (3..=4).contains(&digits)
        && next.is_none_or(|it| !it.is_ascii_alphanumeric());
    if is_group { 1 + digits } else { 0 }
}

/// A quote that does not end, to where its paragraph does.
fn unclosed(text: &Text<'_>, stop: Stop, before: usize) -> Result<Match, Stop> {
    let end = end_of_quote(text, stop.start).filter(|_| before < MOST).ok_or(stop)?;
    Ok(Match::open(stop.reason, stop.start..end))
}

fn judged(verdict: Verdict, value: Value) -> Match {
    let (rule, confidence) = match (verdict.strength, value.joint, value.is_quoted) {
        (Strength::Weak, ..) => ("named-drawn-value", 60),
        (_, Joint::Assigned, true) => ("named-value", 90),
        (_, Joint::Assigned, false) => ("named-value", 80),
        (_, Joint::Compared | Joint::Argument, _) => ("named-literal", 70),
        (_, Joint::Spaced, _) => ("named-in-prose", 65),
    };
    Match::new(rule, verdict.kind, value.span, confidence)
}

/// True if such a name of a column or a key makes any value a secret.
pub(super) fn is_secret_name(name: &str) -> bool {
    Name { text: name, start: 0, end: name.len() }.is_strong()
}

#[cfg(test)]
mod languages;
#[cfg(test)]
mod tests;
