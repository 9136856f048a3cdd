//! Why a page was found, and how much of a question it holds.

use std::collections::HashSet;

use super::bm25::{Averages, PageRun, page_part};
use super::field::{FIELDS, Field, Scope};
use super::postings::Postings;
use super::ranked::Weighed;
use super::ranking::Ranking;

/// What a word that no page holds weighs in a question, as a share of the rarest.
pub const UNKNOWN: f32 = 0.5;

/// How much one word in one field added to a page's score.
#[derive(Debug, Clone, PartialEq)]
pub struct Share {
    /// The field.
    pub field: Field,
    /// The word.
    pub term: String,
    /// In units of the best page's score.
    pub score: f32,
}

/// Why `page` has its page score: the same sums, one word and field at a time.
pub fn explain<P: Postings>(
    ranking: &Ranking,
    page: u32,
    postings: &P,
) -> Result<Vec<Share>, P::Error> {
    let averages = Averages::of(postings.totals(), &ranking.weights);
    let docs: Vec<u32> = postings.page_docs(page).collect();
    let mut shares = Vec::new();
    for term in ranking.terms.iter().chain(&ranking.added) {
        for (field, ..) in FIELDS {
            let mut run = PageRun { page, ..PageRun::default() };
            let docs = if field.scope() == Scope::Page { &docs[..1] } else { &docs[..] };
            postings.positions(field, &term.term, docs, |posting, _| {
                run.frequency += posting.frequency;
                run.length = posting.length;
            })?;
            if run.frequency > 0 {
                let part = page_part(field, run, &averages, |page| postings.page_length(page));
                let score = term.idf * part / ranking.best_page;
                shares.push(Share { field, term: term.term.clone(), score });
            }
        }
    }
    shares.sort_by(|a, b| b.score.total_cmp(&a.score));
    Ok(shares)
}

impl Ranking {
    /// The share of the question's weight that these words carry, 0 to 1.
    /// A word that no page holds is as rare as can be, yet says less than one
    /// that some page holds: names of pods and ordinary words that the team
    /// happens not to use are alike unknown. It weighs [`UNKNOWN`] of the rarest.
    /// Who holds all that an abbreviation stands for holds it.
    pub fn coverage<'a>(&self, found: impl IntoIterator<Item = &'a str>) -> f32 {
        let found: HashSet<&str> = found.into_iter().collect();
        let weight = |term: &Weighed| if term.pages == 0 { UNKNOWN * term.idf } else { term.idf };
        let total: f32 = self.terms.iter().map(weight).sum();
        let is_held = |of: usize| {
            let mut long_forms = self.long_forms.iter().filter(|it| it.of == of);
            long_forms.any(|it| it.words.iter().all(|word| found.contains(word.as_str())))
        };
        let held = self.terms.iter().enumerate();
        let held = held.filter(|(of, term)| found.contains(term.term.as_str()) || is_held(*of));
        let held = held.map(|(_, term)| term);
        if total > 0.0 { held.map(weight).sum::<f32>() / total } else { 0.0 }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_word_that_no_page_holds_weighs_half_of_the_rarest() {
        let term = |term: &str, pages, idf| Weighed { term: term.to_owned(), pages, idf };
        let terms = vec![term("known", 1, 2.0), term("unknown", 0, 4.0), term("often", 9, 1.0)];
        let ranking = Ranking { terms, ..Ranking::default() };
        let near = |found: f32, wanted: f32| assert!((found - wanted).abs() < 1e-6, "{found}");
        near(ranking.coverage(["known"]), 0.4);
        near(ranking.coverage(["unknown", "often", "other"]), 0.6);
        near(ranking.coverage(["known", "known", "unknown", "often"]), 1.0);
        near(ranking.coverage([]), 0.0);
        near(Ranking::default().coverage(["known"]), 0.0);
    }
}
