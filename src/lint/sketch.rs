//! A page's words in short, so that two pages can be compared in constant
//! time: the smallest hashes of its shingles (A. Broder, "On the resemblance
//! and containment of documents", 1997).

use std::collections::BTreeSet;

/// Words in a shingle.
const WORDS: usize = 4;
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
        let mut smallest = BTreeSet::new();
        // Most shingles are above the largest that is kept: they cost a comparison.
        let mut largest = u64::MAX;
        let mut count = 0;
        for text in texts {
            let words: Vec<u64> = hashes(text);
            for shingle in words.windows(WORDS) {
                count += 1;
                let mixed = shingle.iter().fold(0u64, |all, word| mix(all.rotate_left(21) ^ word));
                if mixed < largest && smallest.insert(mixed) && smallest.len() > KEPT {
                    smallest.pop_last();
                    largest = smallest.last().copied().unwrap_or(largest);
                }
            }
        }
        (count >= FEWEST).then(|| Self { hashes: smallest.into_iter().collect() })
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

/// FNV-1a of each word in lower case: stable, and good enough behind [`mix`].
/// One pass over the bytes; what is not ASCII is asked whether it is a letter.
fn hashes(text: &str) -> Vec<u64> {
    const BASIS: u64 = 0xcbf2_9ce4_8422_2325;
    let step = |hash: u64, byte: u8| {
        (hash ^ u64::from(byte.to_ascii_lowercase())).wrapping_mul(0x0100_0000_01b3)
    };
    let mut hashes = Vec::with_capacity(text.len() / 6);
    let mut word = None;
    for c in text.chars() {
        if c.is_ascii_alphanumeric() {
            word = Some(step(word.unwrap_or(BASIS), c as u8));
        } else if !c.is_ascii() && c.is_alphanumeric() {
            let bytes = c.encode_utf8(&mut [0; 4]).bytes().fold(word.unwrap_or(BASIS), step);
            word = Some(bytes);
        } else {
            hashes.extend(word.take());
        }
    }
    hashes.extend(word);
    hashes
}

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

    #[test]
    fn words_are_told_apart_as_letters_and_digits_tell_them() {
        assert_eq!(hashes("Caf\u{e9}-au lait, 2 x"), hashes("caf\u{e9} AU (lait) 2\u{2014}X"));
        assert_eq!(hashes("a b").len(), 2);
        assert_ne!(hashes("ab"), hashes("ba"));
        assert!(hashes(" \u{2014} ").is_empty());
    }

    #[test]
    fn a_short_page_has_none() {
        assert_eq!(Sketch::of(std::iter::once("a b c d e")), None);
    }
}
