//! Removes from words what is not words: terminal escapes, control characters
//! and characters that only steer how text is shown.
//!
//! Line feeds and tabs stay. Joiners stay too, because scripts need them.

use std::borrow::Cow;
use std::sync::LazyLock;

use regex::Regex;

/// Terminal escapes (ECMA-48 control sequences, operating system commands, two-character
/// escapes), control characters, zero-width spaces, byte order marks, direction overrides.
static UNPRINTABLE: LazyLock<Regex> = LazyLock::new(|| {
    Regex::new(concat!(
        r"\x1b\[[0-?]*[ -/]*[@-~]",
        r"|\x1b\][^\x07\x1b]*(?:\x07|\x1b\\)",
        r"|\x1b[@-Z\\-_]",
        r"|[\x00-\x08\x0b-\x1f\x7f-\u{9f}]",
        r"|[\u{200b}\u{200e}\u{200f}\u{202a}-\u{202e}\u{2066}-\u{2069}\u{feff}]",
    ))
    .expect("the pattern is constant")
});

/// The words alone, trimmed; every line ending becomes `\n`.
pub(super) fn clean(text: &str) -> String {
    let lines = text.replace("\r\n", "\n").replace('\r', "\n");
    UNPRINTABLE.replace_all(&lines, "").trim().to_owned()
}

/// The words with spaces, byte for byte, where something was removed: an
/// offset in the result is the same offset in `text`.
pub(in crate::routing) fn blank(text: &str) -> Cow<'_, str> {
    UNPRINTABLE.replace_all(text, |found: &regex::Captures<'_>| " ".repeat(found[0].len()))
}

/// At most `bytes` bytes of a text, cut between two characters.
pub(in crate::routing) fn cut(text: &str, bytes: usize) -> &str {
    &text[..text.floor_char_boundary(bytes)]
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn escapes_leave_no_trace() {
        let shouted = "\u{feff}\x1b[1;31mERROR\x1b[0m a\tb\r\nc\x07 \x1b]8;;x\x1b\\link";
        assert_eq!(clean(shouted), "ERROR a\tb\nc link");
    }

    #[test]
    fn blanking_keeps_every_offset() {
        let text = "é\x1b[31mfail\u{85}\u{202e}ü";
        let blanked = blank(text);
        assert_eq!(blanked.len(), text.len());
        assert_eq!(blanked.find("fail"), text.find("fail"));
        assert_eq!(blanked.find('ü'), text.find('ü'));
    }

    #[test]
    fn a_cut_falls_between_characters() {
        assert_eq!(cut("aé", 2), "a");
        assert_eq!(cut("aé", 9), "aé");
    }
}
