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

#[cfg(test)]
mod ends {
    use super::*;
    use crate::redaction::layers::keywords;

    #[test]
    fn where_a_block_ends_is_told_by_its_lines() {
        let end = |raw: &str| end_of_block(&Text::new(raw, &keywords()), 0);
        for (raw, block) in [
            ("", ""),
            ("abc", "abc"),
            ("a b c\n", "a b c"),
            ("\nMIIE\nabc\nthe words\n", "\nMIIE\nabc"),
            ("\nMIIE  \nabc\t\r\nthe words\n", "\nMIIE  \nabc"),
            ("\nMIIE\n\n\nabc\n\nthe words", "\nMIIE\n\n\nabc"),
            ("\nMIIE\n```\nabc", "\nMIIE"),
            ("\nMIIE\n  ~~~\nabc", "\nMIIE"),
            ("\nA: b\nC: d\n\nMIIE\nx y", "\nA: b\nC: d\n\nMIIE"),
            ("\nMIIE\nA: b\nabc", "\nMIIE"),
            ("\nA: b\nMIIE\nC: d\nabc", "\nA: b\nMIIE"),
        ] {
            assert_eq!(end(raw).map(|at| &raw[..at]), Some(block), "{raw:?}");
        }
        let long = |bytes: usize| end(&"a\n".repeat(bytes / 2));
        assert_eq!((long(64 << 10), long((64 << 10) + 2)), (Some((64 << 10) - 1), None));
    }

    #[test]
    fn where_a_quote_ends_is_told_by_its_paragraph() {
        let end = |raw: &str| end_of_quote(&Text::new(raw, &keywords()), 2);
        for (raw, quote) in
            [("x\"ab cd", "ab cd"), ("x\"ab\ncd \n", "ab\ncd"), ("x\"ab \n\ncd", "ab"), ("x\"", "")]
        {
            assert_eq!(end(raw).map(|at| &raw[2..at]), Some(quote), "{raw:?}");
        }
        let long = |bytes: usize| end(&format!("x\"{}", "a".repeat(bytes)));
        assert_eq!((long(64 << 10), long((64 << 10) + 1)), (Some(2 + (64 << 10)), None));
    }
}
