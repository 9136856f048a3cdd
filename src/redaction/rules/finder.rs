//! Every place of many words, in one cheap pass over a text.
//!
//! A word is told by four of its bytes, the rarest that stand side by side in
//! it, a short one by three. The pass keeps the last four bytes, five bits of
//! each, and looks two bits up; words are compared only where one is set. The
//! tables are made in microseconds, so that a short text does not pay for all
//! rules.
//!
//! Letters of ASCII are found in either case, other bytes as they are.

use std::ops::Range;

use super::super::randomness::is_common;
use super::super::table::table;

/// Classes of bytes, five bits each: letters, digits, and groups of signs.
const CLASSES: [u8; 256] = table!(u8, byte => match byte {
    b'a'..=b'z' => byte - b'a',
    b'A'..=b'Z' => byte - b'A',
    b'0'..=b'9' => 26,
    // Behind digits no word has this letter.
    b'%' => b'q' - b'a',
    b'_' => 27,
    b'-' | b'.' | b',' => 28,
    b':' | b'=' => 29,
    0..=b' ' | 127 => BLANK,
    128..=255 => byte & 31,
    _ => 30,
});
/// What stands for the bytes before a text.
const BLANK: u8 = 31;
/// All classes of three bytes, and of four.
const THREE: usize = 1 << 15;
const FOUR: usize = 1 << 20;

/// How often the classes stand in prose and logs, roughly, in thousandths.
const COMMON: [u64; 32] = [
    65, 15, 30, 35, 100, 18, 18, 40, 60, 2, 8, 35, 22, 58, 65, 18, 1, 50, 52, 75, 23, 8, 15, 3, 15,
    2, 80, 8, 40, 15, 20, 150,
];

/// A word that some bytes tell.
#[derive(Debug, Clone, Copy)]
struct Entry {
    /// The bytes, five bits of each.
    gram: usize,
    word: usize,
    /// Bytes of the word behind those.
    tail: usize,
}

/// Words by the bytes that tell them.
#[derive(Debug)]
struct Table {
    /// One bit for every slot that tells a word.
    telling: Box<[u64; Self::SLOTS / 64]>,
    /// How many slots tell words before those of each 64.
    before: Box<[u16; Self::SLOTS / 64]>,
    /// Where the entries of each telling slot begin, and where the last end.
    begins: Vec<usize>,
    entries: Vec<Entry>,
}

impl Table {
    const SLOTS: usize = 1 << 16;

    fn new(mut told: Vec<(usize, Entry)>) -> Self {
        told.sort_by_key(|it| it.0);
        let mut telling = Box::new([0; Self::SLOTS / 64]);
        let mut begins = Vec::new();
        for (at, (slot, _)) in told.iter().enumerate() {
            if telling[slot / 64] & 1 << (slot % 64) == 0 {
                telling[slot / 64] |= 1 << (slot % 64);
                begins.push(at);
            }
        }
        begins.push(told.len());
        let mut before = Box::new([0; Self::SLOTS / 64]);
        let mut count = 0;
        for (before, telling) in before.iter_mut().zip(telling.iter()) {
            *before = count;
            count += ones(*telling);
        }
        Self { telling, before, begins, entries: told.into_iter().map(|it| it.1).collect() }
    }

    fn tells(&self, slot: usize) -> bool {
        self.telling[slot / 64 % (Self::SLOTS / 64)] & 1 << (slot % 64) != 0
    }

    /// The entries of a slot.
    fn entries(&self, slot: usize) -> &[Entry] {
        if !self.tells(slot) {
            return &[];
        }
        let below = self.telling[slot / 64] & ((1 << (slot % 64)) - 1);
        let rank = usize::from(self.before[slot / 64] + ones(below));
        &self.entries[self.begins[rank]..self.begins[rank + 1]]
    }
}

/// The bits that are set.
fn ones(bits: u64) -> u16 {
    u16::try_from(bits.count_ones()).unwrap_or(64)
}

/// The slot of four bytes.
fn slot(gram: usize) -> usize {
    (gram * 0x9e37_79b1) >> 14 & (Table::SLOTS - 1)
}

/// Words, ready to be found.
#[derive(Debug)]
pub(in super::super) struct Finder {
    words: Vec<Box<[u8]>>,
    /// Words of two or three bytes by three of them.
    short: Table,
    /// The others by four.
    long: Table,
    /// One bit for the last three bytes of whatever tells a word: most places
    /// are passed over with one look.
    ends: Box<[u64; THREE / 64]>,
}

impl Finder {
    /// Words have two bytes at least.
    pub(in super::super) fn new(words: impl IntoIterator<Item = String>) -> Self {
        let words = words.into_iter().map(|it| it.into_bytes().into_boxed_slice());
        let words: Vec<Box<[u8]>> = words.collect();
        let (mut short, mut long) = (Vec::new(), Vec::new());
        let mut taken = vec![0_u8; Table::SLOTS];
        for (number, word) in words.iter().enumerate() {
            let classes: Vec<usize> =
                word.iter().map(|it| usize::from(CLASSES[usize::from(*it)])).collect();
            match classes[..] {
                [first, second] => short.extend((0..32).map(|before| {
                    let gram = before << 10 | first << 5 | second;
                    (gram, Entry { gram, word: number, tail: 0 })
                })),
                [_, _, _] => {
                    let gram = gram(&classes);
                    short.push((gram, Entry { gram, word: number, tail: 0 }));
                }
                _ => {
                    let weight = |at: &usize| {
                        weight(&word[*at..at + 4])
                            * (1 + u64::from(taken[slot(gram(&classes[*at..at + 4]))]))
                    };
                    let at = (0..classes.len().saturating_sub(3)).min_by_key(weight).unwrap_or(0);
                    let gram = gram(&classes[at..at + 4]);
                    taken[slot(gram)] = taken[slot(gram)].saturating_add(1);
                    let entry = Entry { gram, word: number, tail: word.len() - at - 4 };
                    long.push((slot(gram), entry));
                }
            }
        }
        let mut ends = Box::new([0; THREE / 64]);
        for (_, entry) in short.iter().chain(&long) {
            let end = entry.gram & (THREE - 1);
            ends[end / 64] |= 1 << (end % 64);
        }
        Self { words, short: Table::new(short), long: Table::new(long), ends }
    }

    /// Names every place of every word, in no order: the word's number, and
    /// where it stands.
    pub(in super::super) fn each(&self, text: &[u8], mut found: impl FnMut(usize, Range<usize>)) {
        let (mut at, mut last) = (0, gram(&[usize::from(BLANK); 4]));
        while let Some(next) = self.next(text, at, &mut last) {
            at = next;
            let three = last & (THREE - 1);
            let long = self.long.entries(slot(last)).iter().filter(|it| it.gram == last);
            let short = self.short.entries(three).iter();
            for entry in long.chain(short) {
                if let Some(place) = self.place(text, at, entry) {
                    found(entry.word, place);
                }
            }
        }
    }

    /// True if a word is written like this, capitals and all.
    pub(super) fn is_written(&self, word: usize, place: &[u8]) -> bool {
        *self.words[word] == *place
    }

    /// Behind the next bytes that may tell a word; `last` are the four before.
    fn next(&self, text: &[u8], from: usize, last: &mut usize) -> Option<usize> {
        let (short, long) = (&self.short, &self.long);
        let mut gram = *last;
        for (at, byte) in text[from..].iter().enumerate() {
            gram = (gram << 5 | usize::from(CLASSES[usize::from(*byte)])) & (FOUR - 1);
            let end = gram & (THREE - 1);
            let may_tell = self.ends[end / 64 % (THREE / 64)] & 1 << (end % 64) != 0;
            if may_tell && (long.tells(slot(gram)) || short.tells(end)) {
                *last = gram;
                return Some(from + at + 1);
            }
        }
        None
    }

    /// Where the word of an entry stands whose bytes end at `at`, if it does.
    fn place(&self, text: &[u8], at: usize, entry: &Entry) -> Option<Range<usize>> {
        let word = &self.words[entry.word];
        let end = at + entry.tail;
        let start = end.checked_sub(word.len())?;
        text.get(start..end)?.eq_ignore_ascii_case(word).then_some(start..end)
    }
}

fn gram(classes: &[usize]) -> usize {
    classes.iter().fold(0, |gram, class| gram << 5 | class)
}

/// How often bytes stand side by side, roughly.
fn weight(bytes: &[u8]) -> u64 {
    let each: u64 = bytes.iter().map(|it| COMMON[usize::from(CLASSES[usize::from(*it)])]).product();
    let pairs = bytes.windows(2).filter(|pair| is_common(pair[0], pair[1])).count();
    each << (2 * pairs)
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
