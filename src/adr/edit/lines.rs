//! Lines as byte ranges, and the two edits that everything else is made of.

use std::ops::Range;

/// Signs around a word that are its dress and stay when it changes.
const DRESS: [char; 9] = ['*', '_', '`', '\'', '"', '>', '+', '-', ' '];

/// The line that begins at `at`, without its end.
pub(super) fn line_at(text: &str, at: usize) -> Range<usize> {
    let rest = &text[at..];
    let line = rest.split('\n').next().unwrap_or_default();
    at..at + line.trim_end_matches('\r').len()
}

/// Where the next line begins, or the text ends.
pub(super) fn next_line(text: &str, at: usize) -> usize {
    text[at..].find('\n').map_or(text.len(), |found| at + found + 1)
}

/// Every line within `range`, which begins with one, without its end.
pub(super) fn lines(text: &str, range: Range<usize>) -> impl Iterator<Item = Range<usize>> + '_ {
    let mut at = range.start;
    std::iter::from_fn(move || {
        (at < range.end).then(|| {
            let line = line_at(text, at);
            at = next_line(text, at);
            line
        })
    })
}

/// The last line within `range` that is not blank.
pub(super) fn last_line(text: &str, range: Range<usize>) -> Option<Range<usize>> {
    lines(text, range).filter(|line| !text[line.clone()].trim().is_empty()).last()
}

/// The words of `line` without the signs around them; what is a comment, or
/// breaks a line, is no word.
pub(super) fn core(text: &str, line: Range<usize>) -> Range<usize> {
    let whole = &text[line.clone()];
    let words = whole.split("<!--").next().unwrap_or_default().trim_end();
    let words = words.trim_end_matches('\\').trim_end();
    let start = words.len() - words.trim_start_matches(DRESS).trim_start().len();
    let inner = words[start..].trim_end_matches(['.', '*', '_', '`', '\'', '"', ' ', '\t']);
    line.start + start..line.start + start + inner.len()
}

/// What to insert, and where, so that `added` follows the line that ends at
/// `end`; a blank line between them where they stand `apart`. The end of the
/// text is as it was, with or without a line end.
pub(super) fn after(
    text: &str,
    end: usize,
    apart: bool,
    added: &str,
    newline: &str,
) -> (usize, String) {
    let at = next_line(text, end);
    let blank = if apart { newline } else { "" };
    if text[..at].ends_with('\n') {
        (at, format!("{blank}{added}{newline}"))
    } else {
        (at, format!("{newline}{blank}{added}"))
    }
}

/// What goes when `line` goes: itself, and the blank line above it where
/// nothing stands right below it.
pub(super) fn removed(text: &str, line: Range<usize>) -> Range<usize> {
    let end = next_line(text, line.end);
    let above = text[..line.start].trim_end();
    let blanks = text[above.len()..line.start].matches('\n').count();
    if end == text.len() && !text.ends_with('\n') {
        return above.len()..end;
    }
    let free_below = text[line_at(text, end)].trim().is_empty();
    let start = if blanks > 1 && free_below {
        // One line end closes the line above; the next one is the blank line.
        line.start - if text[..line.start].ends_with("\r\n") { 2 } else { 1 }
    } else {
        line.start
    };
    start..end
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn dress_stays() {
        for (line, inner) in [
            ("**Accepted**", "Accepted"),
            ("- `accepted` <!-- optional -->", "accepted"),
            ("Accepted.", "Accepted"),
            ("accepted\\", "accepted"),
            ("\u{2705} Accepted (2026-01-02)", "\u{2705} Accepted (2026-01-02)"),
            ("", ""),
            ("**", ""),
        ] {
            assert_eq!(&line[core(line, 0..line.len())], inner, "{line}");
        }
    }

    #[test]
    fn what_was_added_goes_without_a_trace() {
        for text in ["a\n\nb\n", "a\r\n\r\nb\r\n", "a\n\n# b", "a", "a\n", "a\n\n\n"] {
            for apart in [true, false] {
                let newline = if text.contains('\r') { "\r\n" } else { "\n" };
                let (at, added) = after(text, line_at(text, 0).end, apart, "- x", newline);
                let mut new = text.to_owned();
                new.insert_str(at, &added);
                let start = new.find("- x").unwrap();
                let gone = removed(&new, line_at(&new, start));
                new.replace_range(gone, "");
                assert_eq!(new, text, "{apart}");
            }
        }
    }
}
