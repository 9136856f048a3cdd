//! What begins and cannot be bounded by a rule of its kind: a key block, a
//! quote, encodings in one another.
//!
//! It is found like anything else, from where it begins to where it ends by
//! itself: at the end of its lines, its paragraph, its run. It is never
//! replaced, since more may belong to it; it stops the text, unless a person
//! let exactly these bytes stand. Nothing else may be found among them: that
//! would stand with them, and nobody was asked about it.

use super::text::Text;

/// What in one text may be open before it is no longer looked for more.
pub(super) const MOST: usize = 64;

/// The longest that is followed to its own end, in bytes.
const LONGEST: usize = 64 << 10;

/// Where a key block without an END line ends by itself: with the last of its
/// lines, which are words without space between them. A label's line is one of
/// them whatever stands on it, and so are headers and empty lines within.
/// `None` where that is too far away.
pub(super) fn end_of_block(text: &Text<'_>, body: usize) -> Option<usize> {
    let rest = text.from(body, LONGEST);
    let mut end = rest.find('\n').unwrap_or(rest.len());
    let mut at = rest.len().min(end + 1);
    let mut in_headers = true;
    for line in rest[at..].split_inclusive('\n') {
        let word = line.trim();
        let is_fence = word.starts_with("```") || word.starts_with("~~~");
        in_headers &= word.contains(": ");
        if is_fence || word.contains(char::is_whitespace) && !in_headers {
            return Some(body + end);
        }
        if !word.is_empty() {
            end = at + line.trim_end().len();
        }
        at += line.len();
    }
    (body + rest.len() == text.raw.len()).then_some(body + end)
}

/// Where a quote that does not close ends by itself: with its paragraph.
/// `None` where that is too far away.
pub(super) fn end_of_quote(text: &Text<'_>, from: usize) -> Option<usize> {
    let rest = text.from(from, LONGEST);
    let is_last = from + rest.len() == text.raw.len();
    let end = rest.find("\n\n").or(is_last.then_some(rest.len()))?;
    Some(from + rest[..end].trim_end().len())
}

#[cfg(test)]
mod tests;
