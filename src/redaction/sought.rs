//! Where some long values stand in a text, in either case: four bytes of every
//! third place tell whether one may.
//!
//! Every place of every value is found, or it is said that there were too many
//! in vain. Which of those that overlap counts is the caller's business.

use std::collections::HashMap;
use std::ops::Range;

/// The bytes that are looked at, and how far places are apart: a value that is
/// as long as both has such a place.
const GRAM: usize = 4;
const STRIDE: usize = 3;
/// The shortest value, in bytes.
pub(super) const SHORTEST: usize = GRAM + STRIDE - 1;

/// One bit for every slot of four bytes.
const SLOTS: usize = 1 << 15;

/// Four bytes in a number; capitals count as small letters.
fn folded(bytes: [u8; GRAM]) -> u32 {
    u32::from_le_bytes(bytes) | 0x2020_2020
}

fn slot(gram: u32) -> usize {
    (gram.wrapping_mul(0x9e37_79b1) >> 17) as usize
}

/// Values, ready to be found.
pub(super) struct Sought<'v> {
    values: &'v [&'v str],
    telling: Vec<u64>,
    /// Values and how far into each the bytes stand.
    begins: HashMap<u32, Vec<(usize, usize)>>,
}

impl<'v> Sought<'v> {
    /// Values have [`SHORTEST`] bytes at least.
    pub(super) fn new(values: &'v [&'v str]) -> Self {
        let mut telling = vec![0; SLOTS / 64];
        let mut begins: HashMap<u32, Vec<(usize, usize)>> = HashMap::new();
        for (number, value) in values.iter().enumerate() {
            for (offset, bytes) in value.as_bytes().array_windows().take(STRIDE).enumerate() {
                let gram = folded(*bytes);
                telling[slot(gram) / 64] |= 1 << (slot(gram) % 64);
                begins.entry(gram).or_default().push((number, offset));
            }
        }
        Self { values, telling, begins }
    }

    /// The number of each value and its place, in no order; `None` if values were
    /// compared in vain more often than twice for every byte.
    pub(super) fn places(&self, text: &[u8]) -> Option<Vec<(usize, Range<usize>)>> {
        let mut left = 2 * text.len();
        let mut places = Vec::new();
        for (at, bytes) in text.array_windows().enumerate().step_by(STRIDE) {
            let gram = folded(*bytes);
            if self.telling[slot(gram) / 64] >> (slot(gram) % 64) & 1 == 0 {
                continue;
            }
            for (number, offset) in self.begins.get(&gram).into_iter().flatten() {
                left = left.checked_sub(1)?;
                let value = self.values[*number].as_bytes();
                let place = at.checked_sub(*offset).map(|start| start..start + value.len());
                let is_one = |place: &Range<usize>| {
                    text.get(place.clone()).is_some_and(|it| it.eq_ignore_ascii_case(value))
                };
                places.extend(place.filter(is_one).map(|place| (*number, place)));
            }
        }
        Some(places)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn values_are_found_at_every_place_and_in_either_case() {
        let values = ["abcdef", "BCDEFG", "xyzxyzx"];
        for before in 0..7 {
            let text = format!("{}aBcdefg xyzxyzxyz", " ".repeat(before));
            let mut places = Sought::new(&values).places(text.as_bytes()).unwrap();
            places.sort_by_key(|it| (it.1.start, it.0));
            let expected = [(0, 0..6), (1, 1..7), (2, 8..15)];
            let moved = expected.map(|(it, at)| (it, at.start + before..at.end + before));
            assert_eq!(places, moved);
        }
    }

    #[test]
    fn what_is_compared_in_vain_too_often_is_said() {
        let values: Vec<String> = (0..90).map(|it| format!("aaaaaa{it}")).collect();
        let values: Vec<&str> = values.iter().map(String::as_str).collect();
        assert!(Sought::new(&values).places("a".repeat(99).as_bytes()).is_none());
    }

    #[test]
    fn comparing_is_given_up_behind_twice_the_length_of_the_text() {
        let values: Vec<String> = (10..99).map(|it| format!("aaaaaa{it}")).collect();
        let values: Vec<&str> = values.iter().map(String::as_str).collect();
        // Six bytes have one place that is looked at, and it is as all values.
        let places = |count: usize, text: &str| {
            Sought::new(&values[..count]).places(text.as_bytes()).map(|it| it.len())
        };
        assert_eq!(places(4, "aaaaaa"), Some(0));
        assert_eq!(places(5, "aaaaaa"), None);
        assert_eq!(places(4, "aaaaaa10"), Some(1));
    }
}
