//! Words side by side: a bonus for neighbours, a demand for phrases.

use std::collections::BTreeSet;

use super::field::{Field, Scope};
use super::postings::Postings;
use super::query::Query;
use super::ranked::{Ranked, Weighed};

/// What neighbouring words add at most, in units of the best page's score.
const PAIR_WEIGHTS: [(Field, f32); 2] = [(Field::Title, 1.0), (Field::Body, 0.5)];

/// Where a word stands.
#[derive(Default)]
struct Places {
    /// Documents, ascending, each with the end of its positions.
    docs: Vec<(u32, usize)>,
    /// One document's behind the other's.
    positions: Vec<u32>,
}

impl Places {
    fn add(&mut self, doc: u32, positions: impl IntoIterator<Item = u32>) {
        self.positions.extend(positions);
        self.docs.push((doc, self.positions.len()));
    }

    fn iter(&self) -> impl Iterator<Item = (u32, &[u32])> {
        (0..self.docs.len()).map(|at| (self.docs[at].0, self.at(at)))
    }

    fn get(&self, doc: u32) -> &[u32] {
        let at = self.docs.binary_search_by_key(&doc, |(doc, _)| *doc);
        at.map_or(&[], |at| self.at(at))
    }

    fn at(&self, at: usize) -> &[u32] {
        let start = at.checked_sub(1).map_or(0, |before| self.docs[before].1);
        &self.positions[start..self.docs[at].1]
    }
}

/// Adds to each page's score the weighted share of the question's
/// neighbouring words that are neighbours in its title or prose too.
pub(super) fn add_pairs<P: Postings>(
    pages: &mut [Ranked],
    query: &Query,
    terms: &[Weighed],
    postings: &P,
) -> Result<(), P::Error> {
    let total: f32 = terms.iter().map(|term| term.idf).sum();
    if query.pairs.is_empty() || pages.is_empty() || total <= 0.0 {
        return Ok(());
    }
    let looked_up = Lookup::of(pages, postings);
    for (field, weight) in PAIR_WEIGHTS {
        let places = terms
            .iter()
            .enumerate()
            .map(|(at, term)| {
                let is_paired = query.pairs.iter().any(|&(a, b)| a == at || b == at);
                let look = || looked_up.places(field, &term.term, postings);
                if is_paired { look() } else { Ok(Places::default()) }
            })
            .collect::<Result<Vec<_>, _>>()?;
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
    let looked_up = Lookup::of(&pages, postings);
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

/// The documents of a few pages, ready to be asked for positions.
struct Lookup {
    docs: Vec<u32>,
    heads: Vec<u32>,
}

impl Lookup {
    fn of<P: Postings>(pages: &[Ranked], postings: &P) -> Self {
        let mut heads: Vec<u32> = pages.iter().map(|page| page.page).collect();
        heads.sort_unstable();
        let docs = heads.iter().flat_map(|&head| postings.page_docs(head)).collect();
        Self { docs, heads }
    }

    /// The pages on which `terms` follow each other in `field`.
    fn pages_with<P: Postings>(
        &self,
        field: Field,
        terms: &[&str],
        postings: &P,
    ) -> Result<BTreeSet<u32>, P::Error> {
        let Some((first, rest)) = terms.split_first() else { return Ok(BTreeSet::new()) };
        let mut ends = self.places(field, first, postings)?;
        for term in rest {
            if ends.docs.is_empty() {
                break;
            }
            let next = self.places(field, term, postings)?;
            ends = followed_by(&ends, &next);
        }
        Ok(self.heads_of(&ends))
    }

    fn heads_of(&self, places: &Places) -> BTreeSet<u32> {
        places.docs.iter().filter_map(|&(doc, _)| self.head_of(doc)).collect()
    }

    fn places<P: Postings>(
        &self,
        field: Field,
        term: &str,
        postings: &P,
    ) -> Result<Places, P::Error> {
        let mut places = Places::default();
        let docs = if field.scope() == Scope::Page { &self.heads } else { &self.docs };
        postings.positions(field, term, docs, |posting, positions| {
            places.add(posting.doc, positions.iter().copied());
        })?;
        Ok(places)
    }

    fn head_of(&self, doc: u32) -> Option<u32> {
        let after = self.heads.partition_point(|&head| head <= doc);
        self.heads.get(after.checked_sub(1)?).copied()
    }
}

/// Positions in `next` that stand one behind a position in `ends`.
fn followed_by(ends: &Places, next: &Places) -> Places {
    let mut met = Places::default();
    for (doc, positions) in next.iter() {
        let before = ends.get(doc);
        let is_behind = |at: &u32| *at > 0 && before.binary_search(&(at - 1)).is_ok();
        let mut behind = positions.iter().copied().filter(is_behind).peekable();
        if behind.peek().is_some() {
            met.add(doc, behind);
        }
    }
    met
}
