//! Ways to find pages that know nothing of pages: words counted as `grep`
//! finds them, and BM25 over whole files. Pure.
//!
//! Only words of the questions are counted, so that what is kept grows with
//! what is asked and not with the texts.

use std::collections::{BTreeSet, HashMap};

/// Okapi's usual values.
const K1: f64 = 1.2;
const B: f64 = 0.75;

/// Distinct words of a question that are looked for, the first ones: as many
/// as prode itself looks for.
const MAX_WORDS: usize = 256;

/// A run of letters and digits that is longer, in bytes, is looked at as a whole only.
const MAX_RUN: usize = 256;

/// What a word that a text holds is worth beside its matches: more than all of them.
const A_WORD: f64 = 1e10;

/// Runs whose words are remembered; then it is begun anew.
const MAX_REMEMBERED: usize = 500_000;

/// The distinct words of a text in lower case, as they first stand.
pub(super) fn words(text: &str) -> Vec<String> {
    let mut seen = BTreeSet::new();
    runs(text).filter(|word| seen.insert(word.clone())).take(MAX_WORDS).collect()
}

/// Runs of letters and digits, in lower case.
fn runs(text: &str) -> impl Iterator<Item = String> + '_ {
    let is_between = |it: char| !it.is_alphanumeric();
    text.split(is_between).filter(|run| !run.is_empty()).map(str::to_lowercase)
}

/// How often a word stands in a text.
struct Count {
    text: u32,
    /// As a word of its own.
    alone: u32,
    /// Anywhere, within other words too.
    within: u32,
}

/// Counts of the words of some questions in some texts.
pub(super) struct Plain {
    numbers: HashMap<String, usize>,
    /// Lengths of words in bytes, each once.
    lengths: Vec<usize>,
    /// By a word's number, in the order of the texts.
    counts: Vec<Vec<Count>>,
    /// Words of each text.
    sizes: Vec<u32>,
    /// Which words stand in a run, and how often.
    remembered: HashMap<String, Vec<(usize, u32)>>,
}

impl Plain {
    /// Counts nothing yet, and will count what `questions` ask for.
    pub(super) fn of<'a>(questions: impl IntoIterator<Item = &'a [String]>) -> Self {
        let mut numbers = HashMap::new();
        for word in questions.into_iter().flatten() {
            let number = numbers.len();
            numbers.entry(word.clone()).or_insert(number);
        }
        let lengths: BTreeSet<usize> = numbers.keys().map(String::len).collect();
        let counts = numbers.iter().map(|_| Vec::new()).collect();
        let lengths = lengths.into_iter().collect();
        Self { numbers, lengths, counts, sizes: Vec::new(), remembered: HashMap::new() }
    }

    /// Counts one more text; its number is how many came before it.
    pub(super) fn add(&mut self, text: &str) {
        let mut all: HashMap<String, u32> = HashMap::new();
        let mut size = 0;
        for run in runs(text) {
            size += 1;
            *all.entry(run).or_default() += 1;
        }
        let mut found: HashMap<usize, (u32, u32)> = HashMap::new();
        for (run, times) in all {
            if let Some(&number) = self.numbers.get(&run) {
                found.entry(number).or_default().0 += times;
            }
            for &(number, each) in self.within(run) {
                found.entry(number).or_default().1 += times * each;
            }
        }
        let text = u32::try_from(self.sizes.len()).unwrap_or(u32::MAX);
        for (number, (alone, within)) in found {
            self.counts[number].push(Count { text, alone, within });
        }
        self.sizes.push(size);
    }

    /// Which words stand in `run`, and how often.
    fn within(&mut self, run: String) -> &[(usize, u32)] {
        if self.remembered.len() >= MAX_REMEMBERED {
            self.remembered.clear();
        }
        let Self { numbers, lengths, remembered, .. } = self;
        remembered.entry(run).or_insert_with_key(|run| {
            let longest = if run.len() > MAX_RUN { 0 } else { run.len() };
            let mut held = BTreeSet::from_iter(numbers.get(run).map(|&number| (number, 1)));
            for (begin, _) in run.char_indices() {
                let ends = lengths.iter().map(|length| begin + length);
                let ends = ends.take_while(|end| *end <= longest);
                for word in ends.filter_map(|end| run.get(begin..end)) {
                    if let Some(&number) = numbers.get(word) {
                        let times = u32::try_from(run.matches(word).count()).unwrap_or(u32::MAX);
                        held.insert((number, times));
                    }
                }
            }
            held.into_iter().collect()
        })
    }

    /// The best texts as somebody ranks them who counts matches of all words,
    /// letters' case aside: `rg --ignore-case --count-matches`.
    pub(super) fn by_matches(&self, words: &[String], limit: usize) -> Vec<u32> {
        self.best(words, limit, |_| 1.0, |count| f64::from(count.within))
    }

    /// The best texts as a more patient person ranks them: by how many of the words
    /// they hold, of equals by matches.
    pub(super) fn by_words(&self, words: &[String], limit: usize) -> Vec<u32> {
        self.best(words, limit, |_| 1.0, |count| A_WORD + f64::from(count.within))
    }

    /// The best texts by Okapi BM25, words as they stand.
    #[expect(clippy::cast_precision_loss, reason = "texts are far fewer than 2^52")]
    pub(super) fn by_bm25(&self, words: &[String], limit: usize) -> Vec<u32> {
        let count = self.sizes.len() as f64;
        let all: f64 = self.sizes.iter().map(|size| f64::from(*size)).sum();
        let average = (all / count.max(1.0)).max(1.0);
        let rarity = |counts: &[Count]| {
            let holding = counts.iter().filter(|it| it.alone > 0).count() as f64;
            (1.0 + (count - holding + 0.5) / (holding + 0.5)).ln()
        };
        self.best(words, limit, rarity, |it| {
            let (times, size) = (f64::from(it.alone), f64::from(self.sizes[it.text as usize]));
            times * (K1 + 1.0) / (times + K1 * (1.0 - B + B * size / average))
        })
    }

    /// Texts by the sum, over the words that they hold, of a word's `weight` times what
    /// a count is `worth`; of equals the lower number first. What is worth nothing is left out.
    fn best(
        &self,
        words: &[String],
        limit: usize,
        weight: impl Fn(&[Count]) -> f64,
        worth: impl Fn(&Count) -> f64,
    ) -> Vec<u32> {
        let mut scores: HashMap<u32, f64> = HashMap::new();
        for number in words.iter().filter_map(|word| self.numbers.get(word)) {
            let counts = &self.counts[*number];
            let weight = weight(counts);
            for count in counts {
                *scores.entry(count.text).or_default() += weight * worth(count);
            }
        }
        let mut ranked: Vec<(u32, f64)> =
            scores.into_iter().filter(|(_, score)| *score > 0.0).collect();
        ranked.sort_unstable_by(|a, b| b.1.total_cmp(&a.1).then(a.0.cmp(&b.0)));
        ranked.into_iter().take(limit).map(|(text, _)| text).collect()
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn of(texts: &[String], words: &[String]) -> Plain {
        let mut plain = Plain::of([words]);
        for text in texts {
            plain.add(text);
        }
        plain
    }

    #[test]
    fn a_word_weighs_more_in_a_short_text_and_where_it_is_rare() {
        let texts = ["queue full", "disk full of the old queue", "disk", "full queue queue"];
        let texts = texts.map(str::to_owned);
        let asked = words("Disk, FULL! disk");
        assert_eq!(asked, ["disk", "full"]);
        let plain = of(&texts, &asked);
        // Worked out by hand: 0.95 and 0.74 against 0.41 and 0.36.
        assert_eq!(plain.by_bm25(&asked, 10), [2, 1, 0, 3]);
        assert_eq!(plain.by_bm25(&asked, 1), [2]);
    }

    #[test]
    fn a_long_run_is_looked_at_as_a_whole() {
        let texts = [format!("disk{}", "x".repeat(MAX_RUN)), "disks".to_owned()];
        let asked = words("disk");
        assert_eq!(of(&texts, &asked).by_matches(&asked, 10), [1]);
    }

    proptest! {
        #[test]
        fn matches_are_those_of_a_search_in_the_text(
            texts in prop::collection::vec("[aAbé .-]{0,12}", 1..6),
            asked in prop::collection::vec("[abé]{1,3}", 1..4),
        ) {
            let asked = words(&asked.join(" "));
            let matches = |text: &String| -> usize {
                let text = text.to_lowercase();
                asked.iter().map(|word| text.matches(word.as_str()).count()).sum()
            };
            let mut ranked: Vec<(usize, u32)> = texts.iter().map(matches).zip(0..).collect();
            ranked.retain(|(matches, _)| *matches > 0);
            ranked.sort_by_key(|(matches, text)| (std::cmp::Reverse(*matches), *text));
            let ranked: Vec<u32> = ranked.into_iter().map(|(_, text)| text).collect();
            prop_assert_eq!(of(&texts, &asked).by_matches(&asked, 10), ranked);
        }
    }
}
