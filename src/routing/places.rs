//! Where words stand in a few pages.

use std::collections::BTreeSet;

use super::field::{Field, Scope};
use super::postings::Postings;

/// Where a word stands.
#[derive(Default)]
pub(super) struct Places {
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

    pub(super) fn get(&self, doc: u32) -> &[u32] {
        let at = self.docs.binary_search_by_key(&doc, |(doc, _)| *doc);
        at.map_or(&[], |at| self.at(at))
    }

    fn at(&self, at: usize) -> &[u32] {
        let start = at.checked_sub(1).map_or(0, |before| self.docs[before].1);
        &self.positions[start..self.docs[at].1]
    }
}

/// The documents of a few pages, ready to be asked for positions.
pub(super) struct Lookup {
    docs: Vec<u32>,
    heads: Vec<u32>,
}

impl Lookup {
    /// Of pages, given by their first documents.
    pub(super) fn of<P: Postings>(heads: impl Iterator<Item = u32>, postings: &P) -> Self {
        let mut heads: Vec<u32> = heads.collect();
        heads.sort_unstable();
        let docs = heads.iter().flat_map(|&head| postings.page_docs(head)).collect();
        Self { docs, heads }
    }

    /// The pages on which `terms` follow each other in `field`.
    pub(super) fn pages_with<P: Postings>(
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

    pub(super) fn heads_of(&self, places: &Places) -> BTreeSet<u32> {
        places.docs.iter().filter_map(|&(doc, _)| self.head_of(doc)).collect()
    }

    /// Where `term` stands in `field` of these pages.
    pub(super) fn places<P: Postings>(
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
pub(super) fn followed_by(ends: &Places, next: &Places) -> Places {
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
