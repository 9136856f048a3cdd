//! Anchors by GitHub's rules: one function for everybody who needs a slug.
//!
//! Lower case; letters, marks, numbers, connectors (`_`), `-` and spaces stay,
//! spaces become `-`, everything else goes. A slug that the file already has
//! gets `-1`, `-2` and so on; an anchor is never given twice, even where a
//! heading's own words end in such a number.

use std::collections::{HashMap, HashSet};
use std::sync::LazyLock;

use regex::Regex;

/// Characters beyond ASCII that stay.
static KEPT: LazyLock<Regex> = LazyLock::new(|| {
    Regex::new(r"^[\p{L}\p{M}\p{N}\p{Pc}]$").expect("a fixed pattern that a test compiles")
});

/// Gives each heading of one file its anchor, in file order.
#[derive(Debug, Default)]
pub struct Slugs {
    taken: HashSet<String>,
    next: HashMap<String, usize>,
}

impl Slugs {
    /// The anchor of the next heading, whose plain text is `heading`.
    pub fn anchor(&mut self, heading: &str) -> String {
        let slug = slug(heading);
        let mut number = self.next.get(&slug).copied().unwrap_or(0);
        let mut anchor = numbered(&slug, number);
        while !self.taken.insert(anchor.clone()) {
            number += 1;
            anchor = numbered(&slug, number);
        }
        self.next.insert(slug, number + 1);
        anchor
    }
}

/// GitHub's slug of a heading's plain text, not yet unique.
pub fn slug(heading: &str) -> String {
    let lower = heading.to_lowercase();
    lower.chars().filter(|&c| is_kept(c)).map(|c| if c == ' ' { '-' } else { c }).collect()
}

fn numbered(slug: &str, number: usize) -> String {
    if number == 0 { slug.to_owned() } else { format!("{slug}-{number}") }
}

fn is_kept(c: char) -> bool {
    if c.is_ascii() {
        c.is_ascii_alphanumeric() || matches!(c, ' ' | '-' | '_')
    } else {
        KEPT.is_match(c.encode_utf8(&mut [0; 4]))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn punctuation_goes_and_words_stay() {
        assert_eq!(slug("What's new in v1.2 (beta)?"), "whats-new-in-v12-beta");
        assert_eq!(slug("a_b - c"), "a_b---c");
        assert_eq!(
            slug("\u{c9}t\u{e9} \u{65e5}\u{672c} \u{1f680} x\u{b2}"),
            "\u{e9}t\u{e9}-\u{65e5}\u{672c}--x\u{b2}"
        );
        assert_eq!(slug("\u{2014}"), "");
    }

    #[test]
    fn an_anchor_is_never_given_twice() {
        let mut slugs = Slugs::default();
        let given = ["a", "a-1", "a", "a", "A!", "", ""].map(|text| slugs.anchor(text));
        assert_eq!(given, ["a", "a-1", "a-2", "a-3", "a-4", "", "-1"]);
    }
}
