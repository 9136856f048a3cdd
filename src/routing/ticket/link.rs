//! Finds web addresses in words.

use std::ops::Range;
use std::sync::LazyLock;

use regex::Regex;

static ADDRESS: LazyLock<Regex> = LazyLock::new(|| {
    Regex::new(r#"(?i:https?)://[^\s<>"'`\\{}|^\x01]+"#).expect("the pattern is constant")
});

/// The spans of the addresses in a text, without the punctuation of the
/// sentence around them.
pub(in crate::routing) fn find(text: &str) -> impl Iterator<Item = Range<usize>> {
    ADDRESS.find_iter(text).map(|found| {
        let length = without_punctuation(found.as_str()).len();
        found.start()..found.start() + length
    })
}

/// Drops closing marks that the address itself did not open, as in
/// `(see https://example.com/a_(b)).`.
fn without_punctuation(address: &str) -> &str {
    let opened = address.matches(['(', '[']).count();
    let mut surplus = address.matches([')', ']']).count().saturating_sub(opened);
    address.trim_end_matches(|c: char| match c {
        '.' | ',' | ';' | ':' | '!' | '?' | '*' | '_' => true,
        ')' | ']' if surplus > 0 => {
            surplus -= 1;
            true
        }
        _ => false,
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_sentence_keeps_its_marks() {
        for (text, address) in [
            ("(see https://example.com/a_(b)).", "https://example.com/a_(b)"),
            ("[x](https://example.com/x), then", "https://example.com/x"),
            ("at <HTTPS://example.com:8080/?q=1>!", "HTTPS://example.com:8080/?q=1"),
        ] {
            let found: Vec<_> = find(text).map(|span| &text[span]).collect();
            assert_eq!(found, [address]);
        }
    }
}
