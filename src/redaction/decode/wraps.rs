//! Tokens that a line break cuts: as they read in one piece.
//!
//! Only places where a token with a digit ends a line are looked at, and only
//! what stands across the break counts, so that two lines of prose stay two.

use std::ops::Range;

use super::super::randomness::Makeup;
use super::super::rules::Role;
use super::super::signs::is;
use super::super::text::{Text, sign};
use super::view::{Units, View};

/// What stands before the token on its line and may give its context.
const CONTEXT: usize = 160;
/// A token may be cut so often.
const MAX_BREAKS: usize = 4;

pub(super) fn add(text: &Text<'_>, views: &mut Vec<View>) {
    let mut done = 0;
    for hit in text.hits.iter().filter(|hit| matches!(hit.role, Role::Token(_))) {
        let number = text.number(hit.start);
        let near = text.lines[number..].iter().take_while(|it| it.end <= hit.start + 2 * CONTEXT);
        let end = (number + near.count()).min(text.lines.len() - 1);
        across(text, number.max(done)..end.max(done), views);
        done = end.max(done);
    }
}

/// Tokens that go on behind some lines.
fn across(text: &Text<'_>, numbers: Range<usize>, views: &mut Vec<View>) {
    for number in numbers {
        let (line, next) = (&text.lines[number], &text.lines[number + 1]);
        let end = if text.byte_before(line.end) == b'\\' { line.end - 1 } else { line.end };
        let token = token_before(text, end);
        if token.len() >= 4 && begins_token(text, end - token.len(), end) {
            views.extend(joined(text, end, next.start));
        }
    }
}

/// True if a vendor's keyword stands in the token or right before it.
fn begins_token(text: &Text<'_>, start: usize, end: usize) -> bool {
    let hits = text.hits_from(start.saturating_sub(CONTEXT));
    hits.iter().take_while(|hit| hit.start < end).any(|hit| matches!(hit.role, Role::Token(_)))
}

fn is_token(byte: u8) -> bool {
    is(byte, sign::TOKEN) && !matches!(byte, b'~' | b'!')
}

fn token_before<'t>(text: &Text<'t>, end: usize) -> &'t str {
    let before = text.line_before(end, CONTEXT);
    let length = before.bytes().rev().take_while(|byte| is_token(*byte)).count();
    &before[before.len() - length..]
}

fn joined(text: &Text<'_>, end: usize, next: usize) -> Option<View> {
    let before = text.line_before(end, CONTEXT);
    let mut units = Units::default();
    units.keep(before, end - before.len());
    let joint = units.len();
    let mut at = next;
    for _ in 0..MAX_BREAKS {
        while matches!(text.byte(at), b' ' | b'\t' | b'>' | b'|' | b'#' | b'*') {
            at += 1;
        }
        let length = text.from(at, 512).bytes().take_while(|byte| is_token(*byte)).count();
        if length == 0 {
            break;
        }
        let next = Makeup::of(&text.raw[at..at + length]);
        // The second half of a token has its line for itself, and is no word.
        let behind = text
            .line_from(at + length, 8)
            .trim_end()
            .trim_start_matches(['"', '\'', '`', ',', ';', ')', '\\']);
        if !behind.is_empty() {
            break;
        }
        if next.digits == 0 && next.changes < 2 && next.wordy * 2 >= next.letters() {
            break;
        }
        units.keep(&text.raw[at..at + length], at);
        at += length;
        let is_cut = text.byte(at) == b'\n' && length >= 8;
        if !is_cut {
            break;
        }
        at += 1;
    }
    (units.len() > joint).then(|| units.view(at, Some(joint)))?
}
