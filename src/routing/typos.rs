//! Typo tolerance, only where nothing matched at all.

use super::postings::Postings;
use super::query::Query;

/// Shorter words are too near to each other to guess.
const MIN_LENGTH: usize = 4;

/// From this length on two slips are forgiven, else one.
const LONG: usize = 8;

/// Words that stand in the documents: implemented by the index.
pub trait Vocabulary: Postings {
    /// Visits every word that begins with `first`.
    fn each_word(&self, first: char, visit: &mut dyn FnMut(&str)) -> Result<(), Self::Error>;
}

/// A word that was typed, and the one that was looked for instead.
#[derive(
    Debug, Clone, PartialEq, Eq, serde::Serialize, serde::Deserialize, schemars::JsonSchema,
)]
pub struct Correction {
    /// As typed, in normal form.
    pub typed: String,
    /// A word that some page holds.
    pub meant: String,
}

/// Replaces each word of `query` that no page holds by the nearest that one
/// does (Damerau-Levenshtein, the first letter kept; of equals the first in
/// order); what was replaced.
pub fn correct<P: Vocabulary>(
    query: &mut Query,
    vocabulary: &P,
) -> Result<Vec<Correction>, P::Error> {
    let mut corrections = Vec::new();
    for term in &mut query.terms {
        if let Some(meant) = nearest(term, vocabulary)? {
            corrections.push(Correction { typed: std::mem::replace(term, meant.clone()), meant });
        }
    }
    Ok(corrections)
}

fn nearest<P: Vocabulary>(term: &str, vocabulary: &P) -> Result<Option<String>, P::Error> {
    let length = term.chars().count();
    let Some(first) = term.chars().next().filter(|_| length >= MIN_LENGTH) else { return Ok(None) };
    let slips = if length >= LONG { 2 } else { 1 };
    let mut best: Option<(usize, String)> = None;
    vocabulary.each_word(first, &mut |word| {
        if word.chars().count().abs_diff(length) > slips {
            return;
        }
        let distance = strsim::damerau_levenshtein(term, word);
        let candidate = (distance, word);
        if distance <= slips && best.as_ref().is_none_or(|(d, w)| candidate < (*d, w.as_str())) {
            best = Some((distance, word.to_owned()));
        }
    })?;
    Ok(best.map(|(_, word)| word))
}
