//! The words of a title as they stand in a file name.

use std::sync::LazyLock;

use regex::Regex;
use unicode_normalization::UnicodeNormalization;

/// A word: letters and digits of any script, with the marks that belong to
/// them, but not those that only choose how an emoji is drawn.
static WORD: LazyLock<Regex> = LazyLock::new(|| {
    Regex::new(r"[\p{L}\p{N}](?:[\p{L}\p{N}]|[\p{Mn}\p{Mc}--\u{fe00}-\u{fe0f}])*")
        .expect("a fixed pattern that a test compiles")
});

/// The name of a decision whose title has no word: emoji, punctuation.
const WORDLESS: &str = "decision";

/// Every run of other characters becomes `-`; lower case; never empty. Titles
/// in ASCII get what adr-tools gives them.
pub(in crate::adr_tools) fn slug(title: &str) -> String {
    let title: String = title.nfc().collect();
    let words: Vec<&str> = WORD.find_iter(&title).map(|word| word.as_str()).collect();
    if words.is_empty() { WORDLESS.to_owned() } else { words.join("-").to_lowercase() }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;
    use crate::adr_tools::text::name;

    #[test]
    fn ascii_is_as_adr_tools_has_it() {
        for (title, expected) in [
            ("The First Decision", "the-first-decision"),
            ("Something About Node.JS", "something-about-node-js"),
            ("Slash/Slash/Slash/", "slash-slash-slash"),
            ("-Bar-", "bar"),
            ("a|b & c\\d \"e\" 'f' $g `h`", "a-b-c-d-e-f-g-h"),
            ("snake_case", "snake-case"),
        ] {
            assert_eq!(slug(title), expected);
        }
    }

    #[test]
    fn every_script_keeps_its_words() {
        for (title, expected) in [
            ("Caf\u{e9} au lait", "caf\u{e9}-au-lait"),
            ("Cafe\u{301}", "caf\u{e9}"),
            ("\u{4f7f}\u{7528} PostgreSQL", "\u{4f7f}\u{7528}-postgresql"),
            (
                "\u{939}\u{93f}\u{928}\u{94d}\u{926}\u{940}",
                "\u{939}\u{93f}\u{928}\u{94d}\u{926}\u{940}",
            ),
        ] {
            assert_eq!(slug(title), expected);
        }
    }

    #[test]
    fn a_title_without_words_still_has_a_name() {
        for title in ["\u{1f680}", "\u{26a0}\u{fe0f}", "???", "\u{301}"] {
            assert_eq!(slug(title), "decision", "{title}");
        }
    }

    proptest! {
        /// Whatever the title: a name that is listed, with its number.
        #[test]
        fn any_title_gives_a_name(title in any::<String>(), repeated in 1_usize..40, number in any::<u64>()) {
            let slug = slug(&title.repeat(repeated));
            let is_odd = |c: char| c.is_whitespace() || c.is_control() || "/\\|:*?<>\".".contains(c);
            prop_assert!(!slug.contains(is_odd), "{slug:?}");
            let name = name::of(number, &slug);
            prop_assert!(name.len() <= 255 && name::is_decision(&name), "{name}");
            prop_assert_eq!(name::digits(&name).map(str::to_owned), Some(number.to_string()));
            prop_assert!(!name.ends_with("-.md"), "{name}");
        }
    }
}
