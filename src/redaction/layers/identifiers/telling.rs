//! The words before a number that tell what it is.

use std::sync::LazyLock;

use super::super::super::rules::Finder;
use super::words::{CARD_WORDS, ID_WORDS, PHONE_ENDS, PHONE_WORDS};

/// What the words before a number say that it is.
#[derive(Debug, Clone, Default)]
pub(super) struct Telling {
    /// A card's number.
    pub(super) card: bool,
    /// A phone's, by a word close before.
    pub(super) phone: bool,
    /// A phone's, by the word right before.
    pub(super) phone_ends: bool,
    /// National ids, by their place in the table.
    pub(super) ids: Vec<usize>,
}

/// How close the word for a phone stands, in bytes.
const CLOSE: usize = 40;

impl Telling {
    /// What a line says before a number that stands at its end.
    pub(super) fn of(before: &str) -> Self {
        static WORDS: LazyLock<Finder> = LazyLock::new(|| {
            let phones = PHONE_WORDS.iter().chain(PHONE_ENDS).chain(CARD_WORDS).copied();
            Finder::new(phones.chain(ID_WORDS.iter().map(|it| it.0)).map(str::to_owned))
        });
        // The finder knows capitals of ASCII only.
        let lower = if before.is_ascii() { None } else { Some(before.to_lowercase()) };
        let before = lower.as_deref().unwrap_or(before);
        let mut telling = Self::default();
        let last = before.trim_end_matches([' ', ':', '=', '"', '\'', '(']).len();
        WORDS.each(before.as_bytes(), |word, place| {
            if stands_alone(before, place.start, place.end) {
                telling.add(word, place.start + CLOSE >= before.len(), place.end == last);
            }
        });
        telling
    }

    fn add(&mut self, word: usize, is_close: bool, is_last: bool) {
        let ends = PHONE_WORDS.len() + PHONE_ENDS.len();
        if word < PHONE_WORDS.len() {
            self.phone |= is_close;
        } else if word < ends {
            self.phone_ends |= is_last;
        } else if word < ends + CARD_WORDS.len() {
            self.card = true;
        } else {
            self.ids.push(word - ends - CARD_WORDS.len());
        }
    }

    /// True if an id with so many digits is told.
    pub(super) fn has_id(&self, digits: usize) -> bool {
        self.ids.iter().any(|at| (ID_WORDS[*at].1..=ID_WORDS[*at].2).contains(&digits))
    }
}

/// True at a word's begin, and for a short word at its end too; `nhsNumber`
/// begins two words.
fn stands_alone(line: &str, start: usize, end: usize) -> bool {
    let first = line[start..].chars().next().unwrap_or(' ');
    let before = line[..start].chars().next_back();
    let after = line[end..].chars().next();
    let begins = before.is_none_or(|c| !c.is_alphanumeric() || c.is_lowercase() && first.is_uppercase())
            // Languages that write without blanks.
            || ('\u{e00}'..='\u{e7f}').contains(&first)
            || ('\u{2e80}'..='\u{d7ff}').contains(&first);
    let ends = after.is_none_or(|c| !c.is_alphanumeric() || c.is_uppercase());
    begins && (ends || !first.is_ascii() || line[start..end].chars().count() > 3)
}

/// True if one of few words stands in a line.
pub(super) fn has_any(line: &str, words: &[&str]) -> bool {
    let lower = line.to_lowercase();
    words.iter().any(|word| {
        lower.match_indices(word).any(|(at, _)| stands_alone(&lower, at, at + word.len()))
    })
}
