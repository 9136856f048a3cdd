//! Every place of many words, in one cheap pass over a text.
//!
//! A word is told by three of its bytes, the rarest that stand side by side in
//! it. The pass looks one bit up for every three bytes of the text; words are
//! compared only where it is set. The tables are made in microseconds, so that
//! a short text does not pay for all rules.
//!
//! Letters of ASCII are found in either case, other bytes as they are.

use std::ops::Range;

use super::often::{BUCKETS, bucket, often};

/// A row of slots for the last two of four bytes. They are in a number, the last
/// one highest, capitals as small letters, and a few other bytes as one another.
fn row(gram: u32) -> usize {
    ((gram >> 16).wrapping_mul(0x9e37_79b1) >> (32 - ROW_BITS)) as usize
}

/// A slot of a row, for the byte before those two.
fn column(gram: u32) -> u32 {
    gram >> 8 & 63
}

const ROW_BITS: u32 = 12;
const ROWS: usize = 1 << ROW_BITS;

/// The last eight bytes of a text that ends at a place, zeros before it; letters
/// as small ones.
fn last_eight(text: &[u8], end: usize) -> u64 {
    let mut bytes = [0; 8];
    match text[..end].last_chunk() {
        Some(last) => bytes = *last,
        None => bytes[8 - end..].copy_from_slice(&text[..end]),
    }
    u64::from_le_bytes(bytes) | 0x2020_2020_2020_2020
}

/// A word that some bytes tell.
#[derive(Debug, Clone, Copy)]
struct Entry {
    /// The bytes, and which of the last eight they are.
    last: u64,
    mask: u64,
    word: u32,
    /// Bytes of the word behind those.
    tail: u32,
}

impl Entry {
    /// Of a word that its bytes up to `end` tell.
    fn of(number: usize, word: &[u8], end: usize) -> Self {
        let mask = u64::MAX << (64 - 8 * end.min(8));
        let last = last_eight(word, end) & mask;
        Self { last, mask, word: as_u32(number), tail: as_u32(word.len() - end) }
    }

    /// The last four bytes.
    fn gram(&self) -> u32 {
        high(self.last)
    }

    /// True for a word of two bytes.
    fn is_pair(&self) -> bool {
        self.mask == u64::MAX << 48
    }

    /// The slots of its row: all for a word of two bytes, whatever is before it.
    fn columns(&self) -> u64 {
        if self.is_pair() { u64::MAX } else { 1 << column(self.gram()) }
    }
}

/// The last four of eight bytes.
fn high(bytes: u64) -> u32 {
    let [_, _, _, _, last @ ..] = bytes.to_le_bytes();
    u32::from_le_bytes(last)
}

fn as_u32(number: usize) -> u32 {
    u32::try_from(number).unwrap_or(u32::MAX)
}

/// So many bytes are looked at before words are compared.
const PART: usize = 512;

/// Words, ready to be found.
#[derive(Debug)]
pub(in super::super) struct Finder {
    words: Vec<Box<[u8]>>,
    /// One bit for every slot that tells a word.
    telling: Box<[u64; ROWS]>,
    /// Words of two bytes.
    pairs: Vec<Entry>,
    /// The others, by what tells them.
    entries: Vec<Entry>,
    /// Where the entries of each bucket begin, and where the last end.
    begins: Vec<u32>,
}

impl Finder {
    /// Words have two bytes at least.
    pub(in super::super) fn new(words: impl IntoIterator<Item = String>) -> Self {
        let words = words.into_iter().map(|it| it.into_bytes().into_boxed_slice());
        let words: Vec<Box<[u8]>> = words.collect();
        let often = often();
        let telling: Result<Box<[u64; ROWS]>, _> = vec![0; ROWS].into_boxed_slice().try_into();
        let mut telling = telling.expect("as many rows as it was made of");
        let mut entries = Vec::with_capacity(words.len());
        for (number, word) in words.iter().enumerate() {
            let ends = 3.min(word.len())..=word.len();
            let ways = ends.map(|end| Entry::of(number, word, end));
            if let Some(entry) = ways.min_by_key(|it| cost(&often, &telling, it)) {
                telling[row(entry.gram())] |= entry.columns();
                entries.push(entry);
            }
        }
        let (pairs, mut entries): (Vec<Entry>, Vec<Entry>) =
            entries.into_iter().partition(Entry::is_pair);
        entries.sort_by_key(|it| bucket(it.gram()));
        let begin = |at: usize| as_u32(entries.partition_point(|it| bucket(it.gram()) < at));
        let begins = (0..=BUCKETS).map(begin).collect();
        Self { words, telling, pairs, entries, begins }
    }

    /// Names every place of every word, in no order: the word's number, and
    /// where it stands.
    pub(in super::super) fn each(&self, text: &[u8], mut found: impl FnMut(usize, Range<usize>)) {
        let (mut last, mut ends) = (0, [0; PART]);
        for (number, part) in text.chunks(PART).enumerate() {
            let count = self.ends(part, &mut last, &mut ends);
            for end in &ends[..count] {
                self.at(text, number * PART + usize::from(*end), &mut found);
            }
        }
    }

    /// Writes down where bytes of a part of a text end that may tell a word; how
    /// many such places there are. `last` are the bytes before the part.
    fn ends(&self, part: &[u8], last: &mut u64, ends: &mut [u16; PART]) -> usize {
        let mut count = 0;
        let mut add = |end: u16| {
            ends[count % PART] = end;
            count += 1;
        };
        let (fours, rest) = part.as_chunks::<4>();
        let mut end = 0;
        for four in fours {
            *last = *last >> 32 | u64::from(u32::from_le_bytes(*four) | 0x2020_2020) << 32;
            for bits in [24, 16, 8, 0] {
                end += 1;
                if self.tells(high(*last << bits)) {
                    add(end);
                }
            }
        }
        for byte in rest {
            *last = *last >> 8 | u64::from(byte | 0x20) << 56;
            end += 1;
            if self.tells(high(*last)) {
                add(end);
            }
        }
        count
    }

    /// Names the words that bytes tell which end at a place.
    fn at(&self, text: &[u8], end: usize, found: &mut impl FnMut(usize, Range<usize>)) {
        let last = last_eight(text, end);
        let gram = high(last);
        let bucket = bucket(gram);
        let (from, to) = (self.begins[bucket] as usize, self.begins[bucket + 1] as usize);
        for entry in &self.entries[from..to] {
            self.name(entry, last, text, end, found);
        }
        if self.telling[row(gram)] == u64::MAX {
            for entry in &self.pairs {
                self.name(entry, last, text, end, found);
            }
        }
    }

    /// True if four bytes may tell a word.
    fn tells(&self, gram: u32) -> bool {
        self.telling[row(gram)] >> column(gram) & 1 != 0
    }

    /// Names the word of an entry, if it stands where its bytes do.
    #[inline]
    fn name(
        &self,
        entry: &Entry,
        last: u64,
        text: &[u8],
        end: usize,
        found: &mut impl FnMut(usize, Range<usize>),
    ) {
        if last & entry.mask == entry.last
            && let Some(place) = self.place(text, end, entry)
        {
            found(entry.word as usize, place);
        }
    }

    /// True if a word is written like this, capitals and all.
    pub(super) fn is_written(&self, word: usize, place: &[u8]) -> bool {
        *self.words[word] == *place
    }

    /// Where the word of an entry stands whose bytes end at `at`, if it does.
    fn place(&self, text: &[u8], at: usize, entry: &Entry) -> Option<Range<usize>> {
        let word = &self.words[entry.word as usize];
        let end = at + entry.tail as usize;
        let start = end.checked_sub(word.len())?;
        text.get(start..end)?.eq_ignore_ascii_case(word).then_some(start..end)
    }
}

/// What it costs to tell a word by its bytes up to `end`, roughly: those of a
/// slot that tells another word already cost less, and so do more bytes.
fn cost(often: &[u64], telling: &[u64; ROWS], entry: &Entry) -> u64 {
    let known = u64::from(entry.mask.count_ones() / 8);
    let is_told = entry.columns() & !telling[row(entry.gram())] == 0;
    let often = often[bucket(entry.gram())] * (12 - known);
    if is_told { often / 10 * 8 } else { often }
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
        let words: Vec<String> =
            words.iter().flat_map(|a| words.iter().map(move |b| a.clone() + b)).collect();
        let text: String =
            (0..4000_usize).map(|at| ["a", "A", "b", "-", "z", "é"][at * at / 7 % 6]).collect();
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
