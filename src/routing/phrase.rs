//! Words side by side: a bonus for neighbours, a demand for phrases; and one for
//! titles that the question holds.

use std::collections::BTreeSet;

use super::field::Field;
use super::places::{Lookup, Places, followed_by};
use super::postings::Postings;
use super::query::Query;
use super::ranked::{Ranked, Weighed};
use super::titles;
use super::weights::Weights;

/// Adds to each page's score the share of its title that the question holds, and
/// the weighted share of the question's neighbouring words that are neighbours
/// in its title or prose too.
pub(super) fn refine<P: Postings>(
    pages: &mut [Ranked],
    query: &Query,
    terms: &[Weighed],
    weights: &Weights,
    postings: &P,
) -> Result<(), P::Error> {
    let total: f32 = terms.iter().map(|term| term.idf).sum();
    if pages.is_empty() || total <= 0.0 {
        return Ok(());
    }
    let looked_up = Lookup::of(pages.iter().map(|page| page.page), postings);
    for (field, weight) in weights.neighbours {
        let places = terms
            .iter()
            .enumerate()
            .map(|(at, term)| {
                let is_paired = query.pairs.iter().any(|&(a, b)| a == at || b == at);
                let look = || looked_up.places(field, &term.term, postings);
                if is_paired || field == Field::Title { look() } else { Ok(Places::default()) }
            })
            .collect::<Result<Vec<_>, _>>()?;
        if field == Field::Title {
            for page in pages.iter_mut() {
                page.score += weights.title_share * titles::share(page.page, &places, postings);
            }
        }
        for &(first, second) in &query.pairs {
            let share = (terms[first].idf + terms[second].idf) / (2.0 * total);
            let heads = looked_up.heads_of(&followed_by(&places[first], &places[second]));
            for page in pages.iter_mut().filter(|page| heads.contains(&page.page)) {
                page.score += weight * share;
            }
        }
    }
    Ok(())
}

/// Of `pages`, those that hold every phrase of `query` in title or prose.
pub fn with_phrases<P: Postings>(
    pages: Vec<Ranked>,
    query: &Query,
    postings: &P,
) -> Result<Vec<Ranked>, P::Error> {
    let looked_up = Lookup::of(pages.iter().map(|page| page.page), postings);
    let mut kept = pages;
    for phrase in &query.phrases {
        let terms: Vec<&str> = phrase.iter().map(String::as_str).collect();
        let mut heads = BTreeSet::new();
        for field in [Field::Title, Field::Heading, Field::Body, Field::Code] {
            heads.extend(looked_up.pages_with(field, &terms, postings)?);
        }
        kept.retain(|page| heads.contains(&page.page));
    }
    Ok(kept)
}
