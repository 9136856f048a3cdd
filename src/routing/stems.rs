//! Stems of words: Snowball's English stemmer, with a memo.

use std::hash::BuildHasher;

use foldhash::fast::RandomState;
use hashbrown::HashTable;
use rust_stemmers::{Algorithm, Stemmer};

use super::stop_words::is_stop_word;

/// The memo is emptied when it holds this many words.
const MAX_MEMO: usize = 30_000;

/// Shorter words are their own stems; bytes.
const SHORTEST: usize = 3;

/// A stemmer that remembers what it was asked.
pub(super) struct Stems {
    stemmer: Stemmer,
    known: HashTable<Known>,
    /// Each word that is known and its stem, one behind the other: to look a word up
    /// touches one place beside the table.
    texts: String,
    hasher: RandomState,
}

/// A known word, as lengths from a byte of the texts on.
#[derive(Clone, Copy)]
struct Known {
    start: u32,
    word: u8,
    stem: u8,
    stop: bool,
}

impl Default for Stems {
    fn default() -> Self {
        Self {
            stemmer: Stemmer::create(Algorithm::English),
            known: HashTable::new(),
            texts: String::new(),
            hasher: RandomState::default(),
        }
    }
}

impl Stems {
    /// The stem of a word in lower case, of 255 bytes at most, and whether the word tells
    /// nothing.
    pub(super) fn of(&mut self, word: &str) -> (&str, bool) {
        let hash = self.hasher.hash_one(word);
        let is_it = |known: &Known| known.word_in(&self.texts) == word;
        let known = match self.known.find(hash, is_it) {
            Some(known) => *known,
            None => self.learn(hash, word),
        };
        (known.stem_in(&self.texts), known.stop)
    }

    fn learn(&mut self, hash: u64, word: &str) -> Known {
        if self.known.len() >= MAX_MEMO {
            self.known.clear();
            self.texts.clear();
        }
        let start = self.texts.len();
        self.texts.push_str(word);
        let stem = if word.len() < SHORTEST { word.into() } else { self.stemmer.stem(word) };
        self.texts.push_str(&stem);
        let length = |text: &str| u8::try_from(text.len()).unwrap_or(u8::MAX);
        let known = Known {
            // The memo's bound keeps it far below what 32 bits count.
            start: u32::try_from(start).unwrap_or(u32::MAX),
            word: length(word),
            stem: length(&stem),
            stop: is_stop_word(word),
        };
        let Self { texts, hasher, .. } = self;
        let rehash = |known: &Known| hasher.hash_one(known.word_in(texts));
        self.known.insert_unique(hash, known, rehash);
        known
    }
}

impl Known {
    fn word_in(self, texts: &str) -> &str {
        let start = self.start as usize;
        &texts[start..start + usize::from(self.word)]
    }

    fn stem_in(self, texts: &str) -> &str {
        let start = self.start as usize + usize::from(self.word);
        &texts[start..start + usize::from(self.stem)]
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_word_that_is_known_is_answered_as_the_first_time() {
        let mut stems = Stems::default();
        let words: Vec<String> = (0..2_000_u32)
            .map(|n| {
                format!("{}ing", char::from_u32(u32::from('a') + n % 26).unwrap())
                    .repeat(1 + n as usize % 9)
            })
            .chain(["the", "as", "running"].map(str::to_owned))
            .collect();
        let first: Vec<_> = words
            .iter()
            .map(|word| {
                let (stem, stop) = stems.of(word);
                (stem.to_owned(), stop)
            })
            .collect();
        for (word, (stem, stop)) in words.iter().zip(&first) {
            assert_eq!(stems.of(word), (stem.as_str(), *stop));
            assert_eq!(Stems::default().of(word), (stem.as_str(), *stop));
        }
        assert_eq!(
            first[2_000..],
            [("the".into(), true), ("as".into(), true), ("run".into(), false)]
        );
    }
}
