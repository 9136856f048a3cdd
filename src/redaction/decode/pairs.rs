//! Bytes in pairs of digits: `62:69:6e`, the middle of a hex dump.

use super::super::text::Text;
use super::view::{Units, View};

/// Fewer pairs are a time or an address.
const FEWEST: usize = 8;

pub(super) fn add(text: &Text<'_>, views: &mut Vec<View>) {
    let mut units = Units::default();
    let (mut end, mut last) = (0, 0);
    for (number, it) in text.lines.iter().enumerate().filter(|(_, it)| it.digits >= 6) {
        let (line, start) = (text.line(it), it.start);
        if let Some(at) = first_pairs(line) {
            if units.len() > 0 && last + 1 != number {
                views.extend(
                    std::mem::take(&mut units).view(end, None).filter(|it| is_text(&it.text)),
                );
            }
            end = take(line, at, start, &mut units);
            last = number;
        }
    }
    if units.len() > 0 {
        views.extend(units.view(end, None).filter(|it| is_text(&it.text)));
    }
}

fn is_text(text: &str) -> bool {
    text.chars().all(|c| !c.is_control() || matches!(c, '\n' | '\r' | '\t'))
        && text.chars().any(char::is_alphabetic)
}

fn is_pair(bytes: &[u8], at: usize) -> bool {
    bytes.get(at..at + 2).is_some_and(|it| it.iter().all(u8::is_ascii_hexdigit))
}

/// Where pairs begin on a line that has enough of them.
fn first_pairs(line: &str) -> Option<usize> {
    let bytes = line.as_bytes();
    let mut from = 0;
    while let Some(at) = next_pair(bytes, from) {
        let (count, end) = pairs(bytes, at);
        if count >= FEWEST {
            return Some(at);
        }
        from = end.max(at + 1);
    }
    None
}

/// The next pair that begins a word and has a separator behind it, if there is
/// room for enough of them.
fn next_pair(bytes: &[u8], from: usize) -> Option<usize> {
    let separators = memchr::memchr2_iter(b':', b' ', bytes.get(from + 2..)?);
    let mut begins = separators.map(|at| from + at);
    let is_first =
        |at: &usize| is_pair(bytes, *at) && (*at == 0 || !bytes[at - 1].is_ascii_alphanumeric());
    begins.find(is_first).filter(|at| at + 3 * FEWEST <= bytes.len() + 1)
}

/// How many pairs stand side by side, and where they end.
fn pairs(bytes: &[u8], at: usize) -> (usize, usize) {
    let separator = bytes[at + 2];
    let (mut next, mut count) = (at, 0);
    while is_pair(bytes, next) {
        count += 1;
        next += 2;
        if bytes.get(next) != Some(&separator) {
            break;
        }
        let is_wide =
            separator == b' ' && bytes.get(next + 1) == Some(&b' ') && is_pair(bytes, next + 2);
        next += if is_wide { 2 } else { 1 };
    }
    (count, next)
}

/// Adds the pairs of a line; where they end in the text.
fn take(line: &str, from: usize, start: usize, units: &mut Units) -> usize {
    let bytes = line.as_bytes();
    let separator = bytes[from + 2];
    let mut at = from;
    loop {
        let value = std::str::from_utf8(&bytes[at..at + 2])
            .ok()
            .and_then(|it| u8::from_str_radix(it, 16).ok());
        units.push(&[value.unwrap_or(b'?').min(127)], start + at);
        at += 2;
        let gap = bytes[at..].iter().take(2).take_while(|byte| **byte == separator).count();
        if gap == 0 || !is_pair(bytes, at + gap) {
            return start + at;
        }
        at += gap;
    }
}
