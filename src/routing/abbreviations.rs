//! What a corpus says its abbreviations stand for.
//!
//! Pages define them where they use them first: `Long Form (LF)`, `LF (Long
//! Form)`, `LF: Long Form`. A pair counts where the letters of the short one
//! begin the words of the long one, which needs no list and no language.
//! A ticket says one of the two and the page the other.

use super::analysis::Analyzer;

/// Letters that an abbreviation has.
const LETTERS: std::ops::RangeInclusive<usize> = 2..=10;

/// Words of a long form that tell nothing and give no letter, at most.
const PASSED_OVER: usize = 2;

/// Bytes of a text in which a long form is looked for.
const LONGEST: usize = 160;

/// Signs that stand between an abbreviation and what it means, where that follows.
const MEANS: [char; 7] = ['(', ':', '=', '|', '–', '—', '\n'];

/// A word as abbreviations are kept: in lower case, without the `s` of many behind
/// capitals; `None` if it cannot be one.
pub fn short_form(word: &str) -> Option<String> {
    let one = word.strip_suffix('s').filter(|one| !one.ends_with(|c: char| c.is_lowercase()));
    let word = one.unwrap_or(word);
    let fits = LETTERS.contains(&word.len()) && word.bytes().all(|b| b.is_ascii_alphanumeric());
    fits.then(|| word.to_ascii_lowercase())
}

/// Abbreviations that `text` defines, as [`short_form`] gives them, and their long
/// forms in normal form.
pub fn defined(text: &str, analyzer: &mut Analyzer) -> Vec<(String, String)> {
    let mut found = Vec::new();
    for (start, end) in capitals(text) {
        let Some(short) = short_form(&text[start..end]) else { continue };
        let before = text[..start].trim_end();
        let behind = text[end..].trim_start_matches(['*', '_', '`', ')', ' ']);
        let means = behind.starts_with(MEANS) || behind.starts_with("- ");
        let long = before.strip_suffix('(').and_then(|before| ends(&short, before, analyzer));
        let long = long.or_else(|| means.then(|| begins(&short, behind, analyzer)).flatten());
        found.extend(long.map(|long| (short, long)));
    }
    found.sort_unstable();
    found.dedup();
    found
}

/// Spans of what is written like an abbreviation: two capitals at least, and
/// letters and digits alone.
fn capitals(text: &str) -> Vec<(usize, usize)> {
    let bytes = text.as_bytes();
    let mut spans = Vec::new();
    let mut at = 0;
    while at < bytes.len() {
        let start = at;
        while at < bytes.len() && (bytes[at].is_ascii_alphanumeric() || bytes[at] >= 0x80) {
            at += 1;
        }
        let word = &bytes[start..at];
        let is_short = LETTERS.contains(&word.len())
            && word.is_ascii()
            && word[0].is_ascii_uppercase()
            && word.iter().filter(|byte| byte.is_ascii_uppercase()).count() >= 2;
        if is_short {
            spans.push((start, at));
        }
        at += 1;
    }
    spans
}

/// The last words of `text` in normal form, if their first letters are those of `short`.
fn ends(short: &str, text: &str, analyzer: &mut Analyzer) -> Option<String> {
    let reach = text.len().saturating_sub(LONGEST);
    let start = (reach..=text.len()).find(|&at| text.is_char_boundary(at))?;
    let words = Words::of(&text[start..], analyzer);
    let lengths = words.lengths(short);
    lengths.map(|count| words.0.len() - count..words.0.len()).find_map(|at| words.spell(short, at))
}

/// The first words of `text` in normal form, if their first letters are those of `short`.
fn begins(short: &str, text: &str, analyzer: &mut Analyzer) -> Option<String> {
    let end = (0..=text.len().min(LONGEST)).rev().find(|&at| text.is_char_boundary(at))?;
    let words = Words::of(&text[..end], analyzer);
    words.lengths(short).find_map(|count| words.spell(short, 0..count))
}

/// Words with their first letter, their term, and whether they tell nothing.
struct Words(Vec<(Option<char>, String, bool)>);

impl Words {
    /// The words of `text`, identifiers taken apart.
    fn of(text: &str, analyzer: &mut Analyzer) -> Self {
        let words = analyzer.words(text).into_iter().filter(|word| !word.joined);
        let first = |at: usize| text[at..].chars().next().map(|c| c.to_ascii_lowercase());
        Self(words.map(|word| (first(word.start), word.term, word.stop)).collect())
    }

    /// How many words may spell `short`.
    fn lengths(&self, short: &str) -> std::ops::RangeInclusive<usize> {
        short.len()..=self.0.len().min(short.len() + PASSED_OVER)
    }

    /// The normal form of the words there, if their first letters are those of
    /// `short`; words that tell nothing may be passed over, but not at an end.
    fn spell(&self, short: &str, at: std::ops::Range<usize>) -> Option<String> {
        let words = &self.0[at];
        let letters = short.chars().map(Some);
        let telling = || words.iter().filter(|(.., stop)| !stop);
        let is_closed = |word: Option<&(_, _, bool)>| word.is_some_and(|(.., stop)| !stop);
        let spelt = words.iter().map(|(first, ..)| *first).eq(letters.clone())
            || (is_closed(words.first())
                && is_closed(words.last())
                && telling().map(|(first, ..)| *first).eq(letters));
        let long: Vec<&str> = telling().map(|(_, term, _)| term.as_str()).collect();
        (spelt && !long.is_empty()).then(|| long.join(" "))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn of(text: &str) -> Vec<(String, String)> {
        defined(text, &mut Analyzer::default())
    }

    fn pair(short: &str, long: &str) -> Vec<(String, String)> {
        vec![(short.to_owned(), long.to_owned())]
    }

    #[test]
    fn a_long_form_stands_before_or_behind() {
        let claim = pair("pvc", "persist volum claim");
        assert_eq!(of("Grow the PersistentVolumeClaim (PVC) first."), claim);
        assert_eq!(of("many persistent volume claims (PVCs) of"), claim);
        assert_eq!(of("A PVC (persistent volume claim) is full"), claim);
        assert_eq!(of("- **PVC**: Persistent Volume Claim, a request"), claim);
        assert_eq!(of("PVC — persistent volume claim"), claim);
        assert_eq!(of("| PVC | PersistentVolumeClaim |"), claim);
    }

    #[test]
    fn words_that_tell_nothing_give_no_letter() {
        let found = of("a software bill of materials (SBOM)");
        assert_eq!(found, pair("sbom", "softwar bill materi"));
    }

    #[test]
    fn other_brackets_and_letters_define_nothing() {
        for text in [
            "the service (HTTP) answers",
            "see RFC (2119) and PVC",
            "time to live of the volume (TTV)",
            "PVC is nearing full",
            "an apple (A) and one (I)",
            "(PVC)",
            "PVC (",
            "é (ÉÀ) ü",
            "",
        ] {
            assert_eq!(of(text), Vec::new(), "{text}");
        }
    }
}
