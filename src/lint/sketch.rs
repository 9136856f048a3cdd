//! A page's words in short, so that two pages can be compared in constant
//! time: the smallest hashes of its shingles (A. Broder, "On the resemblance
//! and containment of documents", 1997).

use std::collections::BTreeSet;

/// Words in a shingle.
const WORDS: usize = 4;
/// Bits by which a word is turned for its place in a shingle: four times that
/// is once around.
const TURN: u32 = 16;
const _: () = assert!(TURN as usize * WORDS == 64, "a word that left has turned once around");
/// Hashes that are kept. The error of an estimate is about 1/√128: 9 %.
const KEPT: usize = 128;
/// Pages with fewer shingles say too little to be the same.
const FEWEST: usize = 60;

/// The smallest hashes of a page's shingles, ascending.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Sketch {
    hashes: Vec<u64>,
}

impl Sketch {
    /// Of a page's text; `None` where it is too short.
    pub(super) fn of<'a>(texts: impl Iterator<Item = &'a str>) -> Option<Self> {
        let mut smallest = Smallest::default();
        let mut count = 0;
        for text in texts {
            let mut shingle = Shingle::default();
            words(text, |word| {
                if let Some(hash) = shingle.next(word) {
                    count += 1;
                    smallest.offer(hash);
                }
            });
        }
        (count >= FEWEST).then(|| Self { hashes: smallest.settled() })
    }

    /// The hashes, ascending.
    pub(super) fn hashes(&self) -> &[u64] {
        &self.hashes
    }

    /// Estimated share of shingles that both have, in per cent.
    pub(super) fn resemblance(&self, other: &Self) -> usize {
        let union: BTreeSet<u64> = self.hashes.iter().chain(&other.hashes).copied().collect();
        let smallest: Vec<u64> = union.into_iter().take(KEPT).collect();
        let in_both = |hash: &&u64| {
            self.hashes.binary_search(hash).is_ok() && other.hashes.binary_search(hash).is_ok()
        };
        100 * smallest.iter().filter(in_both).count() / smallest.len().max(1)
    }
}

/// The smallest of many hashes. What might be among them is collected, and
/// sorted out once in a while: most are above the largest that is kept, and
/// cost a comparison.
struct Smallest {
    offered: Vec<u64>,
    /// Nothing above it is among the smallest.
    largest: u64,
}

impl Default for Smallest {
    fn default() -> Self {
        Self { offered: Vec::with_capacity(2 * KEPT), largest: u64::MAX }
    }
}

impl Smallest {
    fn offer(&mut self, hash: u64) {
        if hash < self.largest {
            self.offered.push(hash);
            if self.offered.len() == 2 * KEPT {
                self.sort_out();
            }
        }
    }

    fn sort_out(&mut self) {
        self.offered.sort_unstable();
        self.offered.dedup();
        self.offered.truncate(KEPT);
        if let Some(largest) = self.offered.get(KEPT - 1) {
            self.largest = *largest;
        }
    }

    /// Ascending.
    fn settled(mut self) -> Vec<u64> {
        self.sort_out();
        self.offered
    }
}

/// The last words of a text as one number: each is turned by its place (cyclic
/// polynomials; D. Lemire and O. Kaser, "Recursive n-gram hashing is pairwise
/// independent, at best", 2010).
#[derive(Default)]
struct Shingle {
    words: [u64; WORDS],
    count: usize,
    joined: u64,
}

impl Shingle {
    /// The shingle that ends with `word`; `None` while there are too few.
    #[inline]
    fn next(&mut self, word: u64) -> Option<u64> {
        let oldest = std::mem::replace(&mut self.words[self.count % WORDS], word);
        self.count += 1;
        // The oldest has turned once around: it is what it was.
        self.joined = self.joined.rotate_left(TURN) ^ word ^ oldest;
        (self.count >= WORDS).then(|| mix(self.joined))
    }
}

/// Hands on a hash of each word in lower case: a run of letters and digits.
fn words(text: &str, mut each: impl FnMut(u64)) {
    let bytes = text.as_bytes();
    let mut start = None;
    let mut at = 0;
    while let Some(&byte) = bytes.get(at) {
        let (is_letter, width) = if byte.is_ascii() {
            (byte.is_ascii_alphanumeric(), 1)
        } else {
            let first = text[at..].chars().next();
            first.map_or((false, 1), |c| (c.is_alphanumeric(), c.len_utf8()))
        };
        if is_letter {
            start.get_or_insert(at);
        } else if let Some(start) = start.take() {
            each(hash(&bytes[start..at]));
        }
        at += width;
    }
    if let Some(start) = start {
        each(hash(&bytes[start..]));
    }
}

/// A word's hash, the same for upper and lower case: the bit that tells them
/// apart is set in all letters, and in digits it is set anyway.
#[inline]
fn hash(word: &[u8]) -> u64 {
    let mut hash = word.len() as u64;
    let (whole, rest) = word.as_chunks::<8>();
    for part in whole {
        hash = mix(hash ^ (u64::from_le_bytes(*part) | LOWER));
    }
    let rest = rest.iter().fold(0, |all, byte| all << 8 | u64::from(*byte));
    mix(hash ^ (rest | LOWER))
}

const LOWER: u64 = 0x2020_2020_2020_2020;

/// The finaliser of `SplitMix64`.
fn mix(value: u64) -> u64 {
    let value = (value ^ (value >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
    let value = (value ^ (value >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
    value ^ (value >> 31)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn text(from: usize, to: usize) -> String {
        (from..to).map(|n| format!("word{n} ")).collect::<Vec<_>>().concat()
    }

    fn sketch(text: &str) -> Sketch {
        Sketch::of(std::iter::once(text)).unwrap()
    }

    #[test]
    fn an_estimate_is_near_the_truth() {
        let all = sketch(&text(0, 1_000));
        assert_eq!(all.resemblance(&all), 100);
        assert_eq!(all.resemblance(&sketch(&text(2_000, 3_000))), 0);
        let half = all.resemblance(&sketch(&text(333, 1_333)));
        assert!((40..=60).contains(&half), "{half}");
    }

    fn hashes(text: &str) -> Vec<u64> {
        let mut hashes = Vec::new();
        words(text, |hash| hashes.push(hash));
        hashes
    }

    #[test]
    fn words_are_told_apart_as_letters_and_digits_tell_them() {
        assert_eq!(hashes("Caf\u{e9}-au lait, 2 x"), hashes("caf\u{e9} AU (lait) 2\u{2014}X"));
        assert_eq!(hashes("a b").len(), 2);
        for (one, other) in [("ab", "ba"), ("a1", "1a"), ("abcdefgh", "abcdefghi"), ("a", "aa")] {
            assert_ne!(hashes(one), hashes(other), "{one}");
        }
        assert!(hashes(" \u{2014} ").is_empty());
    }

    #[test]
    fn a_short_page_has_none() {
        assert_eq!(Sketch::of(std::iter::once("a b c d e")), None);
    }
}
