//! Text from files made safe to print: control characters become pictures.

use std::borrow::Cow;

/// `text` with every control character but line ends and tabs replaced by its
/// picture, and characters that reorder a line by a mark: what a file holds
/// can then neither move the cursor nor hide a part of a line.
pub fn visible(text: &str) -> Cow<'_, str> {
    replaced(text, |c| c == '\n' || c == '\t')
}

/// The same for a text that must stay on one line.
pub fn visible_line(text: &str) -> Cow<'_, str> {
    replaced(text, |_| false)
}

fn replaced(text: &str, keep: impl Fn(char) -> bool) -> Cow<'_, str> {
    // Most texts are plain, and lists print many.
    if text.bytes().all(|byte| (0x20..0x7f).contains(&byte)) {
        return Cow::Borrowed(text);
    }
    let is_shown = |c: char| keep(c) || !(c.is_control() || reorders(c));
    if text.chars().all(is_shown) {
        return Cow::Borrowed(text);
    }
    text.chars().map(|c| if is_shown(c) { c } else { picture(c) }).collect::<String>().into()
}

/// Unicode has a picture for each of ASCII's control characters.
fn picture(c: char) -> char {
    match u32::from(c) {
        code @ 0..0x20 => char::from_u32(0x2400 + code).unwrap_or(char::REPLACEMENT_CHARACTER),
        0x7f => '\u{2421}',
        _ => char::REPLACEMENT_CHARACTER,
    }
}

/// Marks, embeddings, overrides and isolates of bidirectional text.
fn reorders(c: char) -> bool {
    matches!(c, '\u{200e}' | '\u{200f}' | '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}')
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn escapes_become_pictures() {
        assert_eq!(
            visible("a\u{1b}[31mb\r\n\u{9b}c\u{7f}"),
            "a\u{241b}[31mb\u{240d}\n\u{fffd}c\u{2421}"
        );
        assert_eq!(visible_line("a\nb\t"), "a\u{240a}b\u{2409}");
        assert_eq!(visible("x\u{202e}y"), "x\u{fffd}y");
        assert!(matches!(visible("plain \u{e9}"), Cow::Borrowed(_)));
    }
}
