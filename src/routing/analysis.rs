//! Text to words: the one way, for pages and for questions alike.
//!
//! An identifier gives its parts and, at the place of the first part, the
//! whole without separators: `KubeNodeNotReady`, `kube_node_not_ready` and
//! `kube-node-not-ready` all give `kube node not ready` and
//! `kubenodenotready`. Parts are lower-case, without diacritics and stemmed
//! (Snowball's English stemmer, with a memo); words of Chinese, Japanese and
//! Korean become overlapping pairs of characters. Positions count parts.

use std::ops::Range;

use unicode_normalization::UnicodeNormalization;
use unicode_normalization::char::is_combining_mark;

use super::stems::Stems;

/// Longer words are machine output (keys, encoded data) and are passed over; bytes.
const MAX_WORD: usize = 64;

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

/// A word that is shown to a visitor and not kept; its fields are those of [`Word`].
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Seen<'a> {
    /// What is looked up.
    pub term: &'a str,
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

impl Seen<'_> {
    fn kept(self) -> Word {
        let Self { term, position, start, end, joined, stop } = self;
        Word { term: term.to_owned(), position, start, end, joined, stop }
    }
}

/// Turns text into words. Keeps a memo of stems, so use one for many texts.
#[derive(Default)]
pub struct Analyzer {
    stems: Stems,
    /// The parts of the identifier at hand, as offsets in it.
    parts: Vec<Range<usize>>,
    /// The term at hand, where it is neither known nor as written.
    term: String,
}

impl Analyzer {
    /// All words of `text`, in order.
    pub fn words(&mut self, text: &str) -> Vec<Word> {
        let mut words = Vec::new();
        self.each(text, &mut |word| words.push(word.kept()));
        words
    }

    /// The terms of `text` without the joined ones, in order: its normal form.
    pub fn normal_form(&mut self, text: &str) -> String {
        let mut form = String::new();
        self.each(text, &mut |word| {
            if !word.joined {
                form.push_str(if form.is_empty() { "" } else { " " });
                form.push_str(word.term);
            }
        });
        form
    }

    /// Visits all words of `text`, in order.
    pub fn each(&mut self, text: &str, visit: &mut dyn FnMut(Seen<'_>)) {
        self.each_of(Beginnings::ALL, text, visit);
    }

    /// Visits at least the words of `text` that begin like one of `terms`,
    /// which spares stemming the others.
    pub fn each_like(&mut self, terms: &[&str], text: &str, visit: &mut dyn FnMut(Seen<'_>)) {
        self.each_of(Beginnings::of(terms), text, visit);
    }

    fn each_of(&mut self, beginnings: Beginnings, text: &str, visit: &mut dyn FnMut(Seen<'_>)) {
        let (mut position, mut from) = (0, 0);
        while let Some(Range { start, end }) = chunk(text, from) {
            let chunk = &text[start..end];
            from = end;
            if !chunk.is_ascii() && chunk.chars().any(is_cjk) {
                position = cjk_words(start, chunk, position, visit);
            } else if is_one_part(chunk) {
                self.part(beginnings, (start, chunk), position, visit);
                position += 1;
            } else {
                position = self.identifier(beginnings, (start, chunk), position, visit);
            }
        }
    }

    fn identifier(
        &mut self,
        beginnings: Beginnings,
        (start, chunk): (usize, &str),
        first: u32,
        visit: &mut dyn FnMut(Seen<'_>),
    ) -> u32 {
        let mut parts = std::mem::take(&mut self.parts);
        find_parts(chunk, &mut parts);
        if parts.len() > 1 {
            self.term.clear();
            for part in &parts {
                fold_onto(&mut self.term, &chunk[part.clone()]);
            }
            if self.term.len() <= MAX_WORD {
                let (term, end) = (self.term.as_str(), start + chunk.len());
                visit(Seen { term, position: first, start, end, joined: true, stop: false });
            }
        }
        let mut position = first;
        for part in &parts {
            self.part(beginnings, (start + part.start, &chunk[part.clone()]), position, visit);
            position += 1;
        }
        self.parts = parts;
        position
    }

    fn part(
        &mut self,
        beginnings: Beginnings,
        (start, part): (usize, &str),
        position: u32,
        visit: &mut dyn FnMut(Seen<'_>),
    ) {
        if part.len() <= MAX_WORD && beginnings.may_begin(part) {
            let end = start + part.len();
            let (term, stop) = self.term(part);
            visit(Seen { term, position, start, end, joined: false, stop });
        }
    }

    /// What a part is looked up as, and whether it tells nothing.
    fn term(&mut self, part: &str) -> (&str, bool) {
        self.term.clear();
        fold_onto(&mut self.term, part);
        if is_letters(&self.term) { self.stems.of(&self.term) } else { (&self.term, false) }
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

/// The first run of letters and digits from byte `from` on, held together by single `_`,
/// `-` or `.` inside.
fn chunk(text: &str, from: usize) -> Option<Range<usize>> {
    let mut start = from;
    while word_char(text, start).is_none() {
        start += text[start..].chars().next()?.len_utf8();
    }
    let mut end = start;
    loop {
        if let Some(length) = word_char(text, end) {
            end += length;
        } else if matches!(text.as_bytes().get(end), Some(b'_' | b'-' | b'.'))
            && word_char(text, end + 1).is_some()
        {
            end += 1;
        } else {
            return Some(start..end);
        }
    }
}

/// Length of the character at byte `at`, where it belongs to a word.
fn word_char(text: &str, at: usize) -> Option<usize> {
    let byte = *text.as_bytes().get(at)?;
    if byte.is_ascii() {
        return byte.is_ascii_alphanumeric().then_some(1);
    }
    let c = text[at..].chars().next()?;
    is_word_char(c).then(|| c.len_utf8())
}

fn is_word_char(c: char) -> bool {
    c.is_alphanumeric() || (!c.is_ascii() && is_combining_mark(c))
}

/// Writes the humps and separated pieces of one identifier to `parts`.
fn find_parts(chunk: &str, parts: &mut Vec<Range<usize>>) {
    parts.clear();
    let mut begin = None;
    let mut before = '_';
    for (at, c) in chunk.char_indices() {
        if !is_word_char(c) {
            parts.extend(begin.take().map(|begin| begin..at));
        } else if let Some(start) = begin {
            if c.is_uppercase() {
                let mut following = chunk[at + c.len_utf8()..].chars();
                if is_hump(before, following.next(), following.next()) {
                    parts.push(start..at);
                    begin = Some(at);
                }
            }
        } else {
            begin = Some(at);
        }
        before = c;
    }
    parts.extend(begin.map(|begin| begin..chunk.len()));
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

/// Whether a capital begins a part: that of `fooBar` and `S3Bucket` and the last one of
/// `HTTPServer`; the plural of an acronym (`PVCs`) does not.
fn is_hump(before: char, next: Option<char>, after: Option<char>) -> bool {
    let is_plural = next == Some('s') && !after.is_some_and(char::is_alphanumeric);
    before.is_lowercase() || (next.is_some_and(char::is_lowercase) && !is_plural)
}

/// Lower case without diacritics (NFKD, combining marks dropped), behind what `folded` holds.
fn fold_onto(folded: &mut String, word: &str) {
    if word.is_ascii() {
        let start = folded.len();
        folded.push_str(word);
        folded[start..].make_ascii_lowercase();
    } else {
        let bare = word.nfkd().filter(|&c| !is_combining_mark(c));
        folded.extend(bare.flat_map(char::to_lowercase));
    }
}

fn is_cjk(c: char) -> bool {
    matches!(u32::from(c), 0x3040..=0x30ff | 0x3400..=0x4dbf | 0x4e00..=0x9fff | 0xac00..=0xd7af | 0xf900..=0xfaff)
}

fn cjk_words(start: usize, chunk: &str, first: u32, visit: &mut dyn FnMut(Seen<'_>)) -> u32 {
    let chars: Vec<(usize, char)> =
        chunk.char_indices().filter(|&(_, c)| is_word_char(c)).collect();
    let width = chars.len().min(2);
    let mut position = first;
    let mut term = String::new();
    for pair in chars.windows(width) {
        let (at, last) = (pair[0].0, pair[width - 1]);
        term.clear();
        fold_onto(&mut term, &pair.iter().map(|&(_, c)| c).collect::<String>());
        let (start, end) = (start + at, start + last.0 + last.1.len_utf8());
        visit(Seen { term: &term, position, start, end, joined: false, stop: false });
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
        Analyzer::default().each_like(&terms, text, &mut |word| like.push(word.kept()));
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
        Analyzer::default().each_like(&terms, "near nodes stop", &mut |word| {
            seen.push(word.term.to_owned());
        });
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
