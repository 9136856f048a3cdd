//! Words of any text, each as one number.
//!
//! `max_size`, `maxSize`, `--max-size` and `MAX_SIZE` are one word: what counts
//! are letters and digits, in one case. A text in any language of programs is
//! read byte by byte without being understood, and nothing is allocated.

use std::ops::Range;

/// FNV-1a's offset basis and prime for 64 bits
/// (<https://datatracker.ietf.org/doc/html/draft-eastlake-fnv>).
const BASIS: u64 = 0xcbf2_9ce4_8422_2325;
const PRIME: u64 = 0x0000_0100_0000_01b3;

/// The number of a word, whatever stands between its letters and digits.
pub(super) fn key(word: &str) -> u64 {
    word.bytes().filter(u8::is_ascii_alphanumeric).fold(BASIS, mixed)
}

fn mixed(hash: u64, byte: u8) -> u64 {
    (hash ^ u64::from(byte.to_ascii_lowercase())).wrapping_mul(PRIME)
}

/// One word that is being read.
#[derive(Clone, Copy)]
struct Run {
    start: usize,
    /// Behind its last letter or digit.
    end: usize,
    hash: u64,
    /// Behind a sign that joins, where no letter came yet.
    is_behind: bool,
    /// True where such a sign stands inside of it.
    is_joined: bool,
}

impl Run {
    const NONE: Self = Self { start: 0, end: 0, hash: BASIS, is_behind: false, is_joined: false };

    fn take(&mut self, at: usize, byte: u8) {
        if self.end == 0 {
            self.start = at;
        }
        self.is_joined |= self.is_behind && self.end > 0;
        self.is_behind = false;
        self.end = at + 1;
        self.hash = mixed(self.hash, byte);
    }

    fn finish(&mut self, is_wanted: bool, met: &mut impl FnMut(u64, Range<usize>)) {
        if self.end > 0 && is_wanted {
            met(self.hash, self.start..self.end);
        }
        *self = Self::NONE;
    }
}

/// Tells every word of `bytes` and where it stands: `a`, `b`, `c`, `b-c` and
/// `a.b-c` for `a.b-c`. An underscore is part of a word.
pub fn each_word(bytes: &[u8], met: &mut impl FnMut(u64, Range<usize>)) {
    let (mut plain, mut dashed, mut dotted) = (Run::NONE, Run::NONE, Run::NONE);
    for (at, &byte) in bytes.iter().enumerate() {
        match byte {
            b'a'..=b'z' | b'A'..=b'Z' | b'0'..=b'9' => {
                plain.take(at, byte);
                dashed.take(at, byte);
                dotted.take(at, byte);
            }
            b'_' => {}
            b'-' => {
                plain.finish(true, met);
                (dashed.is_behind, dotted.is_behind) = (true, true);
            }
            b'.' => {
                plain.finish(true, met);
                dashed.finish(dashed.is_joined, met);
                dotted.is_behind = true;
            }
            _ if plain.end + dashed.end + dotted.end > 0 => {
                plain.finish(true, met);
                dashed.finish(dashed.is_joined, met);
                // `b-c` was told already.
                let is_told = dotted_is_told(bytes, &dotted);
                dotted.finish(dotted.is_joined && !is_told, met);
            }
            _ => {
                (dashed.is_behind, dotted.is_behind) = (false, false);
            }
        }
    }
    plain.finish(true, met);
    dashed.finish(dashed.is_joined, met);
    let is_told = dotted_is_told(bytes, &dotted);
    dotted.finish(dotted.is_joined && !is_told, met);
}

/// True where no dot stands inside, so that it is the dashed word.
fn dotted_is_told(bytes: &[u8], dotted: &Run) -> bool {
    memchr::memchr(b'.', &bytes[dotted.start..dotted.end]).is_none()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn words(text: &str) -> Vec<&str> {
        let mut found = Vec::new();
        each_word(text.as_bytes(), &mut |hash, range| {
            assert_eq!(hash, key(&text[range.clone()]), "{}", &text[range.clone()]);
            found.push(&text[range]);
        });
        found
    }

    #[test]
    fn every_way_of_joining_is_told_once() {
        assert_eq!(words("a.b-c"), ["a", "b", "c", "b-c", "a.b-c"]);
        assert_eq!(words("foo_bar(x) -- y."), ["foo_bar", "x", "y"]);
        assert_eq!(words("--max-size=3, \"k\"."), ["max", "size", "max-size", "3", "k"]);
        assert_eq!(words("größe_x"), ["gr", "e_x"]);
        assert!(words("").is_empty() && words("-._").is_empty());
    }

    #[test]
    fn one_word_in_every_notation() {
        let all = ["max_size", "maxSize", "MAX_SIZE", "max-size", "--max-size", "max.size"];
        assert!(all.iter().all(|it| key(it) == key("maxsize")));
        assert_ne!(key("max_size"), key("max_sizes"));
    }
}
