//! Every place of many words, in one cheap pass over a text.
//!
//! A word is told by three of its bytes, the rarest that stand side by side in
//! it. The pass keeps the last three bytes, five bits of each, and looks one
//! bit up; words are compared only where it is set. The tables are made in
//! microseconds, so that a short text does not pay for all rules.
//!
//! Letters of ASCII are found in either case, other bytes as they are.

use std::ops::Range;

/// Classes of bytes, five bits each: letters, digits, and groups of signs.
const CLASSES: [u8; 256] = classes();
/// What stands for the bytes before a text.
const BLANK: u8 = 31;
/// All classes of three bytes.
const GRAMS: usize = 1 << 15;

const fn classes() -> [u8; 256] {
    let mut table = [0; 256];
    let mut at = 0;
    while at < 256 {
        #[expect(clippy::cast_possible_truncation, reason = "the loop ends at 256")]
        let byte = at as u8;
        table[at] = match byte {
            b'a'..=b'z' => byte - b'a',
            b'A'..=b'Z' => byte - b'A',
            b'0'..=b'9' => 26,
            b'_' => 27,
            b'-' | b'.' | b',' => 28,
            b':' | b'=' => 29,
            0..=b' ' | 127 => BLANK,
            128..=255 => byte & 31,
            _ => 30,
        };
        at += 1;
    }
    table
}

/// How often the classes stand in prose and logs, roughly, in thousandths.
const COMMON: [u32; 32] = [
    65, 15, 30, 35, 100, 18, 18, 40, 60, 2, 8, 35, 22, 58, 65, 18, 1, 50, 52, 75, 23, 8, 15, 3, 15,
    2, 80, 8, 40, 15, 20, 150,
];

/// A word among those that three bytes tell.
#[derive(Debug, Clone, Copy)]
struct Entry {
    word: usize,
    /// Bytes of the word behind the three.
    tail: usize,
}

/// Words, ready to be found.
#[derive(Debug)]
pub(super) struct Finder {
    words: Vec<Box<[u8]>>,
    /// One bit for every three bytes that tell a word.
    telling: Box<[u64]>,
    /// Where the entries of three bytes begin; they end where the next begin.
    begins: Box<[u16]>,
    entries: Vec<Entry>,
}

impl Finder {
    /// Words have two bytes at least.
    pub(super) fn new(words: impl IntoIterator<Item = String>) -> Self {
        let words = words.into_iter().map(|it| it.into_bytes().into_boxed_slice());
        let words: Vec<Box<[u8]>> = words.collect();
        let mut told = Vec::new();
        for (number, word) in words.iter().enumerate() {
            told.extend(grams(word).map(|(gram, tail)| (gram, Entry { word: number, tail })));
        }
        told.sort_by_key(|it| it.0);
        let mut telling = vec![0; GRAMS / 64].into_boxed_slice();
        let mut begins = vec![0; GRAMS + 1].into_boxed_slice();
        for (gram, _) in &told {
            telling[gram / 64] |= 1 << (gram % 64);
            begins[gram + 1] += 1;
        }
        for gram in 0..GRAMS {
            begins[gram + 1] += begins[gram];
        }
        Self { words, telling, begins, entries: told.into_iter().map(|it| it.1).collect() }
    }

    /// Names every place of every word, in no order: the word's number, and
    /// where it stands.
    pub(super) fn each(&self, text: &[u8], mut found: impl FnMut(usize, Range<usize>)) {
        let mut gram = usize::from(BLANK) << 5 | usize::from(BLANK);
        for (at, byte) in text.iter().enumerate() {
            gram = (gram << 5 | usize::from(CLASSES[usize::from(*byte)])) & (GRAMS - 1);
            if self.telling[gram / 64] >> (gram % 64) & 1 != 0 {
                self.compare(text, at + 1, gram, &mut found);
            }
        }
    }

    /// The words that three bytes tell, which end at `at`.
    fn compare(
        &self,
        text: &[u8],
        at: usize,
        gram: usize,
        found: &mut impl FnMut(usize, Range<usize>),
    ) {
        let entries = usize::from(self.begins[gram])..usize::from(self.begins[gram + 1]);
        for entry in &self.entries[entries] {
            let word = &self.words[entry.word];
            let end = at + entry.tail;
            let place = end.checked_sub(word.len()).map(|start| start..end);
            let Some(place) = place.filter(|it| it.end <= text.len()) else { continue };
            if text[place.clone()].eq_ignore_ascii_case(word) {
                found(entry.word, place);
            }
        }
    }
}

/// The three bytes that tell a word, and how many follow. A word of two bytes
/// is told by both with whatever stands before them.
fn grams(word: &[u8]) -> impl Iterator<Item = (usize, usize)> {
    let class = |at: usize| usize::from(CLASSES[usize::from(word[at])]);
    let gram = move |at: usize| class(at) << 10 | class(at + 1) << 5 | class(at + 2);
    let weight = move |at: &usize| (0..3).map(|it| COMMON[class(at + it)]).product::<u32>();
    let rarest = (0..word.len().saturating_sub(2)).min_by_key(weight);
    let own = rarest.map(|at| (gram(at), word.len() - at - 3));
    let both = move |before: usize| (before << 10 | class(0) << 5 | class(1), 0);
    let short = (0..32).filter(move |_| word.len() == 2).map(both);
    own.into_iter().chain(short)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn places(words: &[&str], text: &str) -> Vec<(usize, Range<usize>)> {
        let mut all = Vec::new();
        Finder::new(words.iter().map(|it| (*it).to_owned()))
            .each(text.as_bytes(), |word, place| all.push((word, place)));
        all.sort_by_key(|it| (it.1.start, it.0));
        all
    }

    #[test]
    fn words_are_found_inside_of_one_another_and_in_either_case() {
        let found = places(&["password", "ass", "SK", "word:", "ключ"], "skPassWord: ключ");
        let expected = [(2, 0..2), (0, 2..10), (1, 3..6), (3, 6..11), (4, 12..20)];
        assert_eq!(found, expected);
    }

    #[test]
    fn words_at_both_ends_are_found_and_cut_ones_are_not() {
        assert_eq!(places(&["ab", "abc"], "ab"), [(0, 0..2)]);
        assert_eq!(places(&["ab", "abc"], "xabc"), [(0, 1..3), (1, 1..4)]);
        assert!(places(&["abc", "-us"], "bc ab us").is_empty());
    }

    #[test]
    fn every_place_is_found_that_a_plain_search_finds() {
        let words = ["a", "b", "-", "Z", "é"].map(|it| it.repeat(2));
        let words: Vec<String> = words.iter().flat_map(|a| words.iter().map(move |b| a.clone() + b)).collect();
        let text: String = (0..4000_usize).map(|at| ["a", "A", "b", "-", "z", "é"][at * at / 7 % 6]).collect();
        let words: Vec<&str> = words.iter().map(String::as_str).collect();
        let plain = words.iter().enumerate().flat_map(|(number, word)| {
            let ends = 0..(text.len() + 1).saturating_sub(word.len());
            let bytes = text.as_bytes();
            ends.filter(move |at| bytes[*at..at + word.len()].eq_ignore_ascii_case(word.as_bytes()))
                .map(move |at| (number, at..at + word.len()))
        });
        let mut plain: Vec<_> = plain.collect();
        plain.sort_by_key(|it| (it.1.start, it.0));
        assert!(!plain.is_empty());
        assert_eq!(places(&words, &text), plain);
    }
}
