//! Ranking: words against fields, page and best section together.
//!
//! A page's score is the weighted sum of BM25 over its fields, with one
//! document frequency per word for the union of all fields; a section's the
//! same over heading, body and code. Both are divided by the best of their
//! kind and added, the section at about a third of the weight. A title that the
//! question holds, and words that stand side by side as in the question, add a
//! bonus. What an abbreviation stands for is looked up beside it.
//!
//! All sums run in the question's order over integers that belong to the
//! documents alone, so the same documents give the same bits.

use std::collections::HashSet;

use super::field::FIELDS;
use super::phrase::refine;
use super::postings::{Postings, Share};
use super::query::{LongForm, Query};
use super::ranked::{Ranked, Weighed};
use super::sums::Sums;
use super::weights::Weights;

/// Candidates that are looked at again for neighbouring words.
const REFINED: usize = 100;

/// A ranked list and the weights that made it.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Ranking {
    /// Every page with a score, in no telling order.
    pub pages: Vec<Ranked>,
    /// One per term of the question.
    pub terms: Vec<Weighed>,
    /// Words of long forms that the question does not have itself.
    pub added: Vec<Weighed>,
    /// What terms stand for.
    pub long_forms: Vec<LongForm>,
    /// The best page score, before it was divided.
    pub best_page: f32,
    /// What each ingredient counted.
    pub weights: Weights,
}

/// Ranks every page that holds a word of `query`.
pub fn rank<P: Postings>(
    query: &Query,
    weights: &Weights,
    postings: &P,
) -> Result<Ranking, P::Error> {
    let mut sums = Sums::new(postings, weights);
    let mut terms = Vec::with_capacity(query.terms.len());
    for term in &query.terms {
        sums.add(term, |pages| {
            let idf = inverse_frequency(postings.totals().pages, pages);
            terms.push(Weighed { term: term.clone(), pages, idf });
            idf
        })?;
    }
    let mut added: Vec<Weighed> = Vec::new();
    for word in query.long_forms.iter().flat_map(|long_form| &long_form.words) {
        if query.terms.contains(word) || added.iter().any(|known| known.term == *word) {
            continue;
        }
        sums.add(word, |pages| {
            let idf = weights.abbreviations * inverse_frequency(postings.totals().pages, pages);
            added.push(Weighed { term: word.clone(), pages, idf });
            idf
        })?;
    }
    let (mut pages, best_page) = sums.fused();
    let refined = best_to_the_front(&mut pages, REFINED);
    refine(&mut pages[..refined], query, &terms, weights, postings)?;
    let long_forms = query.long_forms.clone();
    Ok(Ranking { pages, terms, added, long_forms, best_page, weights: *weights })
}

/// First documents of the pages that hold `term` in any field.
pub fn holding<P: Postings>(term: &str, postings: &P) -> Result<HashSet<u32>, P::Error> {
    let (mut heads, mut base) = (HashSet::new(), 0);
    for share in postings.shares() {
        for (field, ..) in FIELDS {
            share.each(field, term, |block| {
                heads.extend(block.pages.iter().map(|&page| base + share.page_docs(page).start));
            })?;
        }
        base += share.documents();
    }
    Ok(heads)
}

/// Brings the best `count` pages to the front, with all that tie with the last
/// of them, since document order must not decide; how many these are.
fn best_to_the_front(pages: &mut [Ranked], count: usize) -> usize {
    if pages.len() <= count {
        return pages.len();
    }
    let (_, last, _) = pages.select_nth_unstable_by(count - 1, |a, b| b.score.total_cmp(&a.score));
    let least = last.score;
    let mut end = count;
    for at in count..pages.len() {
        if pages[at].score >= least {
            pages.swap(at, end);
            end += 1;
        }
    }
    end
}

/// `ln(1 + (N - n + 0.5) / (n + 0.5))`, never negative.
pub fn inverse_frequency(pages: u64, with_term: u32) -> f32 {
    #[expect(clippy::cast_precision_loss, reason = "page counts are far below 2^24")]
    let (all, with) = (pages as f32, with_term as f32);
    (1.0 + (all - with + 0.5) / (with + 0.5)).ln()
}
