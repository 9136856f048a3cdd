//! Text to words: the one way, for pages and for questions alike.
//!
//! An identifier gives its parts and, at the place of the first part, the
//! whole without separators: `KubeNodeNotReady`, `kube_node_not_ready` and
//! `kube-node-not-ready` all give `kube node not ready` and
//! `kubenodenotready`. Parts are lower-case, without diacritics and stemmed
//! (Snowball's English stemmer, with a memo); words of Chinese, Japanese and
//! Korean become overlapping pairs of characters. Positions count parts.

use std::collections::HashMap;

use foldhash::fast::RandomState;
use rust_stemmers::{Algorithm, Stemmer};
use unicode_normalization::UnicodeNormalization;
use unicode_normalization::char::is_combining_mark;

use super::stop_words::is_stop_word;

/// Longer words are machine output (keys, encoded data) and are passed over; bytes.
const MAX_WORD: usize = 64;

/// The memo is emptied when it holds this many words.
const MAX_MEMO: usize = 200_000;

/// One word of a text.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Word {
    /// What is looked up.
    pub term: String,
    /// Number of parts before it.
    pub position: u32,
    /// Byte offset at which it begins in the text.
    pub start: usize,
    /// Byte offset one past its end.
    pub end: usize,
    /// True for the joined whole of an identifier that has parts.
    pub joined: bool,
    /// True for a word that tells nothing.
    pub stop: bool,
}

/// Turns text into words. Keeps a memo of stems, so use one for many texts.
pub struct Analyzer {
    stemmer: Stemmer,
    memo: HashMap<Box<str>, Known, RandomState>,
}

/// What is known of a folded word.
struct Known {
    stem: Box<str>,
    stop: bool,
}

impl Default for Analyzer {
    fn default() -> Self {
        Self { stemmer: Stemmer::create(Algorithm::English), memo: HashMap::default() }
    }
}

impl Analyzer {
    /// All words of `text`, in order.
    pub fn words(&mut self, text: &str) -> Vec<Word> {
        let mut words = Vec::new();
        self.each(text, &mut |word| words.push(word));
        words
    }

    /// The terms of `text` without the joined ones, in order: its normal form.
    pub fn normal_form(&mut self, text: &str) -> String {
        let words = self.words(text);
        let parts: Vec<&str> =
            words.iter().filter(|w| !w.joined).map(|w| w.term.as_str()).collect();
        parts.join(" ")
    }

    /// Visits all words of `text`, in order.
    pub fn each(&mut self, text: &str, visit: &mut dyn FnMut(Word)) {
        self.each_of(Beginnings::ALL, text, visit);
    }

    /// Visits at least the words of `text` that begin like one of `terms`,
    /// which spares stemming the others.
    pub fn each_like(&mut self, terms: &[&str], text: &str, visit: &mut dyn FnMut(Word)) {
        self.each_of(Beginnings::of(terms), text, visit);
    }

    fn each_of(&mut self, beginnings: Beginnings, text: &str, visit: &mut dyn FnMut(Word)) {
        let mut position = 0;
        for (start, chunk) in chunks(text) {
            if chunk.chars().any(is_cjk) {
                position = cjk_words(start, chunk, position, visit);
            } else {
                position = self.identifier(beginnings, start, chunk, position, visit);
            }
        }
    }

    fn identifier(
        &mut self,
        beginnings: Beginnings,
        start: usize,
        chunk: &str,
        first: u32,
        visit: &mut dyn FnMut(Word),
    ) -> u32 {
        if is_one_part(chunk) {
            self.part(beginnings, (start, chunk), first, visit);
            return first + 1;
        }
        let parts = parts(chunk);
        if parts.len() > 1 {
            let joined: String = parts.iter().map(|&(_, part)| fold(part)).collect();
            if joined.len() <= MAX_WORD {
                let end = start + chunk.len();
                visit(Word {
                    term: joined,
                    position: first,
                    start,
                    end,
                    joined: true,
                    stop: false,
                });
            }
        }
        let mut position = first;
        for (offset, part) in parts {
            self.part(beginnings, (start + offset, part), position, visit);
            position += 1;
        }
        position
    }

    fn part(
        &mut self,
        beginnings: Beginnings,
        (start, part): (usize, &str),
        position: u32,
        visit: &mut dyn FnMut(Word),
    ) {
        if part.len() <= MAX_WORD && beginnings.may_begin(part) {
            let (term, stop) = self.term(part);
            visit(Word { term, position, start, end: start + part.len(), joined: false, stop });
        }
    }

    /// What a part is looked up as, and whether it tells nothing.
    fn term(&mut self, part: &str) -> (String, bool) {
        let mut lower = [0; MAX_WORD];
        if let Some(lower) = lower.get_mut(..part.len()).filter(|_| is_letters(part)) {
            lower.copy_from_slice(part.as_bytes());
            lower.make_ascii_lowercase();
            return self.stem(std::str::from_utf8(lower).unwrap_or_default());
        }
        let folded = fold(part);
        if is_letters(&folded) { self.stem(&folded) } else { (folded, false) }
    }

    fn stem(&mut self, word: &str) -> (String, bool) {
        if let Some(known) = self.memo.get(word) {
            return (known.stem.to_string(), known.stop);
        }
        let stem = if word.len() < 3 { word.into() } else { self.stemmer.stem(word).into() };
        if self.memo.len() >= MAX_MEMO {
            self.memo.clear();
        }
        let known = Known { stem, stop: is_stop_word(word) };
        let term = (known.stem.to_string(), known.stop);
        self.memo.insert(word.into(), known);
        term
    }
}

/// First letters of words that are wanted, one bit per ASCII character.
/// Folding and stemming leave the first letter of an ASCII word as it is.
#[derive(Clone, Copy)]
struct Beginnings(u128);

impl Beginnings {
    const ALL: Self = Self(u128::MAX);

    fn of(terms: &[&str]) -> Self {
        let first = |term: &&str| term.bytes().next().filter(u8::is_ascii);
        Self(terms.iter().filter_map(first).fold(0, |all, byte| all | 1 << byte))
    }

    fn may_begin(self, word: &str) -> bool {
        let first = word.bytes().next().unwrap_or_default().to_ascii_lowercase();
        !first.is_ascii() || self.0 & 1 << first != 0
    }
}

/// Runs of letters and digits, held together by single `_`, `-` or `.` inside.
fn chunks(text: &str) -> impl Iterator<Item = (usize, &str)> {
    let mut rest = 0;
    std::iter::from_fn(move || {
        let begin = rest + text[rest..].find(is_word_char)?;
        let mut end = begin;
        let mut chars = text[begin..].char_indices().peekable();
        while let Some((at, c)) = chars.next() {
            let joins = matches!(c, '_' | '-' | '.')
                && chars.peek().is_some_and(|&(_, next)| is_word_char(next));
            if !is_word_char(c) && !joins {
                break;
            }
            end = begin + at + c.len_utf8();
        }
        rest = end;
        Some((begin, &text[begin..end]))
    })
}

fn is_word_char(c: char) -> bool {
    c.is_alphanumeric() || is_combining_mark(c)
}

/// The humps and separated pieces of one identifier, with their offsets.
fn parts(chunk: &str) -> Vec<(usize, &str)> {
    let mut parts = Vec::new();
    let mut begin = None;
    let chars: Vec<(usize, char)> = chunk.char_indices().collect();
    for (i, &(at, c)) in chars.iter().enumerate() {
        if !is_word_char(c) {
            parts.extend(begin.take().map(|b| (b, &chunk[b..at])));
        } else if let Some(b) = begin {
            let next = |n: usize| chars.get(i + n).map(|&(_, next)| next);
            if is_hump(chars[i - 1].1, c, next(1), next(2)) {
                parts.push((b, &chunk[b..at]));
                begin = Some(at);
            }
        } else {
            begin = Some(at);
        }
    }
    parts.extend(begin.map(|b| (b, &chunk[b..])));
    parts
}

/// Most words: ASCII, no separator, at most the first letter a capital.
fn is_one_part(chunk: &str) -> bool {
    let is_rest = |b: &u8| b.is_ascii_lowercase() || b.is_ascii_digit();
    chunk
        .as_bytes()
        .split_first()
        .is_some_and(|(first, rest)| first.is_ascii_alphanumeric() && rest.iter().all(is_rest))
}

/// True for what is stemmed, once it is in lower case.
fn is_letters(part: &str) -> bool {
    part.bytes().all(|b| b.is_ascii_alphabetic())
}

/// `fooBar`, `S3Bucket` and the last capital of `HTTPServer` begin a part;
/// the plural of an acronym (`PVCs`) does not.
fn is_hump(before: char, c: char, next: Option<char>, after: Option<char>) -> bool {
    let is_plural = next == Some('s') && !after.is_some_and(char::is_alphanumeric);
    let begins_word = next.is_some_and(char::is_lowercase) && !is_plural;
    c.is_uppercase() && (before.is_lowercase() || begins_word)
}

/// Lower case without diacritics (NFKD, combining marks dropped).
fn fold(word: &str) -> String {
    if word.is_ascii() {
        return word.to_ascii_lowercase();
    }
    word.nfkd().filter(|&c| !is_combining_mark(c)).flat_map(char::to_lowercase).collect()
}

fn is_cjk(c: char) -> bool {
    matches!(u32::from(c), 0x3040..=0x30ff | 0x3400..=0x4dbf | 0x4e00..=0x9fff | 0xac00..=0xd7af | 0xf900..=0xfaff)
}

fn cjk_words(start: usize, chunk: &str, first: u32, visit: &mut dyn FnMut(Word)) -> u32 {
    let chars: Vec<(usize, char)> =
        chunk.char_indices().filter(|&(_, c)| is_word_char(c)).collect();
    let width = chars.len().min(2);
    let mut position = first;
    for pair in chars.windows(width) {
        let (at, last) = (pair[0].0, pair[width - 1]);
        let term = fold(&pair.iter().map(|&(_, c)| c).collect::<String>());
        let (start, end) = (start + at, start + last.0 + last.1.len_utf8());
        visit(Word { term, position, start, end, joined: false, stop: false });
        position += 1;
    }
    position
}

#[cfg(test)]
mod tests {
    use super::*;

    fn terms(text: &str) -> Vec<String> {
        Analyzer::default().words(text).into_iter().map(|w| w.term).collect()
    }

    #[test]
    fn spellings_of_one_identifier_meet() {
        let expected = ["kubenodenotready", "kube", "node", "not", "readi"];
        for spelling in ["KubeNodeNotReady", "kube_node_not_ready", "kube-node-not-ready"] {
            assert_eq!(terms(spelling), expected);
        }
    }

    #[test]
    fn words_that_begin_otherwise_may_be_passed_over() {
        let text = "Dying nodes, d\u{e9}j\u{e0} vu: KubeNodeNotReady";
        let mut all = Analyzer::default().words(text);
        let terms = ["die", "node"];
        let mut like = Vec::new();
        Analyzer::default().each_like(&terms, text, &mut |word| like.push(word));
        all.retain(|word| like.contains(word) || terms.contains(&word.term.as_str()));
        assert_eq!(like, all);
        assert!(like.iter().all(|word| word.term != "vu"));
    }

    #[test]
    fn acronyms_and_digits_stay_whole() {
        assert_eq!(terms("HTTPServer"), ["httpserver", "http", "server"]);
        assert_eq!(terms("S3Bucket E0382 k8s"), ["s3bucket", "s3", "bucket", "e0382", "k8s"]);
        assert_eq!(terms("PVCs are full"), ["pvcs", "are", "full"]);
    }

    #[test]
    fn words_are_stemmed_and_folded() {
        assert_eq!(terms("Failing caf\u{e9}s"), ["fail", "cafe"]);
    }

    #[test]
    fn positions_count_parts() {
        let words = Analyzer::default().words("FooBar baz");
        let seen: Vec<(String, u32)> = words.into_iter().map(|w| (w.term, w.position)).collect();
        let expected = [("foobar", 0), ("foo", 0), ("bar", 1), ("baz", 2)];
        assert_eq!(seen, expected.map(|(t, p)| (t.to_owned(), p)));
    }

    #[test]
    fn characters_without_spaces_become_pairs() {
        assert_eq!(terms("\u{65e5}\u{672c}\u{8a9e}"), ["\u{65e5}\u{672c}", "\u{672c}\u{8a9e}"]);
    }

    #[test]
    fn machine_output_is_passed_over() {
        assert!(terms(&"x".repeat(500)).is_empty());
    }

    #[test]
    fn spans_point_into_the_text() {
        let text = "a KubeNode, \u{e9}t\u{e9} end.";
        for word in Analyzer::default().words(text) {
            assert!(text.is_char_boundary(word.start) && text.is_char_boundary(word.end));
            assert!(!text[word.start..word.end].is_empty());
        }
    }

    #[test]
    fn words_that_begin_alike_are_both_wanted() {
        let mut seen = Vec::new();
        let terms = ["node", "near", "node"];
        Analyzer::default().each_like(&terms, "near nodes stop", &mut |word| seen.push(word.term));
        assert_eq!(seen, ["near", "node"]);
    }

    #[test]
    fn short_words_are_stemmed_from_three_letters_on() {
        assert_eq!(terms("ads as pvc s3s"), ["ad", "as", "pvc", "s3s"]);
    }

    #[test]
    fn a_pair_without_spaces_knows_its_place() {
        let text = "ab \u{65e5}\u{672c}\u{8a9e} \u{8a9e}";
        let words = Analyzer::default().words(text);
        let seen: Vec<_> = words.iter().map(|w| (&text[w.start..w.end], w.position)).collect();
        let pairs = ["\u{65e5}\u{672c}", "\u{672c}\u{8a9e}", "\u{8a9e}"];
        assert_eq!(seen, [("ab", 0), (pairs[0], 1), (pairs[1], 2), (pairs[2], 3)]);
    }
}
