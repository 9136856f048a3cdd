//! Ranking: words against fields, page and best section together.
//!
//! A page's score is the weighted sum of BM25 over its fields, with one
//! document frequency per word for the union of all fields; a section's the
//! same over heading, body and code. Both are divided by the best of their
//! kind and added, the section at half weight, and words that stand side by
//! side as in the question add a bonus.
//!
//! All sums run in the question's order over integers that belong to the
//! documents alone, so the same documents give the same bits.

use std::collections::HashSet;

use super::field::{FIELD_COUNT, FIELDS, Field};
use super::phrase::add_pairs;
use super::query::Query;
use super::sums::Sums;

/// Candidates that are looked at again for neighbouring words.
const REFINED: usize = 100;

/// One document (a section; a page's first one carries its page fields) that holds a word.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Posting {
    /// The document.
    pub doc: u32,
    /// How often the word stands in the field.
    pub frequency: u32,
    /// The field's length in this document, in words.
    pub length: u32,
}

/// Postings that follow each other, in lists of one length.
#[derive(Debug, Clone, Copy, Default)]
pub struct Block<'a> {
    /// The documents of the share, ascending.
    pub docs: &'a [u32],
    /// The numbers of their pages.
    pub pages: &'a [u32],
    /// How often the word stands in the field of each.
    pub frequencies: &'a [u32],
    /// The field's length in each, in words.
    pub lengths: &'a [u32],
}

/// Counts over exactly the documents that are asked.
#[derive(Debug, Clone, PartialEq, Eq, Default, serde::Serialize, serde::Deserialize)]
pub struct Totals {
    /// Number of pages.
    pub pages: u64,
    /// Number of documents.
    pub documents: u64,
    /// Words of prose on all pages.
    pub words: u64,
    /// Sum of field lengths over all documents, by [`Field::index`].
    pub lengths: [u64; FIELD_COUNT],
}

/// Some of the documents that are asked, numbered from 0, and their pages,
/// numbered from 0 in document order.
pub trait Share {
    /// Reading failed.
    type Error;

    /// One past the largest document number.
    fn documents(&self) -> u32;

    /// One past the largest page number.
    fn pages(&self) -> u32;

    /// Documents of a page, its first one first.
    fn page_docs(&self, page: u32) -> std::ops::Range<u32>;

    /// True if the document holds more than its heading.
    fn has_text(&self, doc: u32) -> bool;

    /// Words of prose on a page.
    fn page_length(&self, page: u32) -> u32;

    /// Visits the documents that hold `term`, in ascending order, many at a time.
    fn each(
        &self,
        field: Field,
        term: &str,
        visit: impl FnMut(Block<'_>),
    ) -> Result<(), Self::Error>;
}

/// Where words are looked up. Implemented over tantivy by `index`, and over
/// plain lists in tests.
pub trait Postings {
    /// Reading failed.
    type Error;

    /// A share of the documents.
    type Share: Share<Error = Self::Error>;

    /// Counts over all documents that can be returned.
    fn totals(&self) -> &Totals;

    /// All documents: the shares' numbers run on from one to the next.
    fn shares(&self) -> &[Self::Share];

    /// Documents of the page that `doc` belongs to, its first one first.
    fn page_docs(&self, doc: u32) -> std::ops::Range<u32>;

    /// Words of prose on the page that `doc` belongs to.
    fn page_length(&self, doc: u32) -> u32;

    /// Visits those of `docs` (ascending) that hold `term`, with the word's positions.
    fn positions(
        &self,
        field: Field,
        term: &str,
        docs: &[u32],
        visit: impl FnMut(Posting, &[u32]),
    ) -> Result<(), Self::Error>;
}

/// One page of an answer, best first.
#[derive(Debug, Clone, PartialEq)]
pub struct Ranked {
    /// The page's first document.
    pub page: u32,
    /// Its best section.
    pub section: u32,
    /// Comparable within one answer only.
    pub score: f32,
}

/// A word's weight in an answer: how few pages hold it.
#[derive(Debug, Clone, PartialEq)]
pub struct Weighed {
    /// The word.
    pub term: String,
    /// Pages that hold it in any field.
    pub pages: u32,
    /// `ln(1 + (N - n + 0.5) / (n + 0.5))`.
    pub idf: f32,
}

/// A ranked list and the weights that made it.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Ranking {
    /// Every page with a score, in no telling order.
    pub pages: Vec<Ranked>,
    /// One per term of the question.
    pub terms: Vec<Weighed>,
    /// The best page score, before it was divided.
    pub best_page: f32,
}

/// Ranks every page that holds a word of `query`.
pub fn rank<P: Postings>(query: &Query, postings: &P) -> Result<Ranking, P::Error> {
    let mut sums = Sums::new(postings);
    let mut terms = Vec::with_capacity(query.terms.len());
    for term in &query.terms {
        sums.add(term, |pages| {
            let idf = inverse_frequency(postings.totals().pages, pages);
            terms.push(Weighed { term: term.clone(), pages, idf });
            idf
        })?;
    }
    let (mut pages, best_page) = sums.fused();
    let refined = best_to_the_front(&mut pages, REFINED);
    add_pairs(&mut pages[..refined], query, &terms, postings)?;
    Ok(Ranking { pages, terms, best_page })
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

impl Totals {
    /// Adds the counts of other documents.
    pub fn add(&mut self, other: &Self) {
        self.pages += other.pages;
        self.documents += other.documents;
        self.words += other.words;
        self.lengths.iter_mut().zip(other.lengths).for_each(|(mine, theirs)| *mine += theirs);
    }

    /// Takes away counts that were added before.
    pub fn subtract(&mut self, other: &Self) {
        self.pages -= other.pages;
        self.documents -= other.documents;
        self.words -= other.words;
        self.lengths.iter_mut().zip(other.lengths).for_each(|(mine, theirs)| *mine -= theirs);
    }
}
