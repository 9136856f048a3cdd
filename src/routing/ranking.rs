//! Ranking: words against fields, page and best section together.
//!
//! The formula is BM25 (Robertson and Zaragoza 2009) per field, with one
//! document frequency per word for the union of all fields. A page's score
//! is the weighted sum over its fields; a section's the same over heading,
//! body and code. Both are divided by the best of their kind and added, the
//! section at half weight, and words that stand side by side as in the question add a bonus.
//!
//! All sums run in the question's order over integers that belong to the
//! documents alone, so the same documents give the same bits.

use super::field::{FIELD_COUNT, FIELDS, Field, Scope};
use super::phrase::add_pairs;
use super::query::Query;

/// BM25's saturation of repeated words.
const K1: f32 = 1.2;

/// BM25's share of length normalisation.
const B: f32 = 0.75;

/// What the best section adds beside the page as a whole.
const SECTION_SHARE: f32 = 0.5;

/// Candidates that are looked at again for neighbouring words.
const REFINED: usize = 100;

/// One document (a section; a page's first one carries its page fields) that holds a word.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Posting {
    /// The document.
    pub doc: u32,
    /// The first document of its page.
    pub page: u32,
    /// How often the word stands in the field.
    pub frequency: u32,
    /// The field's length in this document, in words.
    pub length: u32,
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

/// Where words are looked up. Implemented over tantivy by `index`, and over
/// plain lists in tests.
pub trait Postings {
    /// Reading failed.
    type Error;

    /// Counts over all documents that can be returned.
    fn totals(&self) -> &Totals;

    /// One past the largest document number.
    fn end(&self) -> u32;

    /// Documents of a page, its first one first.
    fn documents(&self, page: u32) -> std::ops::Range<u32>;

    /// True if the document holds more than its heading.
    fn has_text(&self, doc: u32) -> bool;

    /// Words of prose on a page.
    fn page_length(&self, page: u32) -> u32;

    /// Visits the documents that hold `term`, in ascending order.
    fn each(
        &self,
        field: Field,
        term: &str,
        visit: &mut dyn FnMut(Posting),
    ) -> Result<(), Self::Error>;

    /// The same, only for `docs` (ascending), with the word's positions.
    fn positions(
        &self,
        field: Field,
        term: &str,
        docs: &[u32],
        visit: &mut dyn FnMut(Posting, &[u32]),
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
        let pages = sums.add_term(term)?;
        let idf = inverse_frequency(postings.totals().pages, pages);
        sums.close_term(idf);
        terms.push(Weighed { term: term.clone(), pages, idf });
    }
    let (mut pages, best_page) = sums.fused();
    let refined = best_to_the_front(&mut pages, REFINED);
    add_pairs(&mut pages[..refined], query, &terms, postings)?;
    Ok(Ranking { pages, terms, best_page })
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

/// Running sums over all documents, and over one term's. A document's four
/// sums lie together, and untouched ones are never looked at: most of the
/// time of a cold question goes into memory that is touched for the first time.
struct Sums<'a, P> {
    postings: &'a P,
    averages: Averages,
    of: Vec<Sum>,
    /// One bit per document that has a sum.
    touched: Vec<u64>,
    pages_of_term: Vec<u32>,
    sections_of_term: Vec<u32>,
}

/// The sums of one document, those of its page on the page's first one. An
/// array and not a struct, since only plain numbers come zeroed from the
/// system, untouched until they are needed.
type Sum = [f32; 4];

const PAGE: usize = 0;
const SECTION: usize = 1;
const TERM_PAGE: usize = 2;
const TERM_SECTION: usize = 3;

impl<'a, P: Postings> Sums<'a, P> {
    fn new(postings: &'a P) -> Self {
        let end = postings.end() as usize;
        Self {
            postings,
            averages: Averages::of(postings.totals()),
            of: vec![[0.0; 4]; end],
            touched: vec![0; end.div_ceil(64)],
            pages_of_term: Vec::new(),
            sections_of_term: Vec::new(),
        }
    }

    /// Adds up `term` over all fields; the number of pages that hold it.
    fn add_term(&mut self, term: &str) -> Result<u32, P::Error> {
        for (field, ..) in FIELDS {
            self.add_field(field, term)?;
        }
        Ok(u32::try_from(self.pages_of_term.len()).unwrap_or(u32::MAX))
    }

    fn add_field(&mut self, field: Field, term: &str) -> Result<(), P::Error> {
        let mut open: Option<(u32, u32, u32)> = None;
        let postings = self.postings;
        postings.each(field, term, &mut |posting| {
            if field.scope() == Scope::Section {
                self.add_section(field, posting);
            }
            match &mut open {
                Some((page, frequency, _)) if *page == posting.page => {
                    *frequency += posting.frequency;
                }
                _ => {
                    let closed = open.replace((posting.page, posting.frequency, posting.length));
                    self.add_page(field, closed);
                }
            }
        })?;
        self.add_page(field, open);
        Ok(())
    }

    /// A bare heading is no section to read: it counts for its page only.
    fn add_section(&mut self, field: Field, posting: Posting) {
        if field == Field::Heading && !self.postings.has_text(posting.doc) {
            return;
        }
        let average = self.averages.per_document[field.index()];
        let sum = &mut self.of[posting.doc as usize][TERM_SECTION];
        if *sum == 0.0 {
            self.sections_of_term.push(posting.doc);
        }
        *sum += field.section_weight() * saturation(posting.frequency, posting.length, average);
    }

    fn add_page(&mut self, field: Field, closed: Option<(u32, u32, u32)>) {
        let Some((page, frequency, length)) = closed else { return };
        let part = page_part(field, frequency, length, page, &self.averages, self.postings);
        let sum = &mut self.of[page as usize][TERM_PAGE];
        if *sum == 0.0 {
            self.pages_of_term.push(page);
        }
        *sum += part;
    }

    /// Moves the term's sums into the totals, weighted.
    fn close_term(&mut self, idf: f32) {
        for page in self.pages_of_term.drain(..) {
            let sum = &mut self.of[page as usize];
            sum[PAGE] += idf * std::mem::take(&mut sum[TERM_PAGE]);
            self.touched[page as usize / 64] |= 1 << (page % 64);
        }
        for doc in self.sections_of_term.drain(..) {
            let sum = &mut self.of[doc as usize];
            sum[SECTION] += idf * std::mem::take(&mut sum[TERM_SECTION]);
            self.touched[doc as usize / 64] |= 1 << (doc % 64);
        }
    }

    /// Page and best section, each divided by the best of its kind, added.
    ///
    /// A section that scores lies on a page that scores, and documents of a
    /// page are neighbours: one pass in document order sees each page before
    /// its sections.
    fn fused(&self) -> (Vec<Ranked>, f32) {
        let (mut best_page, mut best_section) = (f32::MIN_POSITIVE, f32::MIN_POSITIVE);
        for (_, sum) in self.in_order() {
            best_page = best_page.max(sum[PAGE]);
            best_section = best_section.max(sum[SECTION]);
        }
        let mut ranked: Vec<Ranked> = Vec::new();
        let (mut page_share, mut best_here) = (0.0, 0.0);
        for (doc, sum) in self.in_order() {
            if sum[PAGE] > 0.0 {
                (page_share, best_here) = (sum[PAGE] / best_page, 0.0);
                ranked.push(Ranked { page: doc, section: doc, score: page_share });
            }
            if sum[SECTION] > best_here
                && let Some(last) = ranked.last_mut()
            {
                best_here = sum[SECTION];
                last.score = page_share + SECTION_SHARE * sum[SECTION] / best_section;
                last.section = doc;
            }
        }
        (ranked, best_page)
    }

    /// Documents with a sum, ascending.
    fn in_order(&self) -> impl Iterator<Item = (u32, Sum)> + '_ {
        (0_u32..).zip(&self.touched).flat_map(|(word, &bits)| {
            let mut left = bits;
            std::iter::from_fn(move || {
                let bit = (left != 0).then(|| left.trailing_zeros())?;
                left &= left - 1;
                Some(word * 64 + bit)
            })
            .map(|doc| (doc, self.of[doc as usize]))
        })
    }
}

/// Average field lengths: page fields per page, section fields per document.
pub(super) struct Averages {
    per_document: [f32; FIELD_COUNT],
    body_per_page: f32,
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

impl Averages {
    #[expect(clippy::cast_precision_loss, reason = "an average needs no more than f32 holds")]
    pub(super) fn of(totals: &Totals) -> Self {
        let mut per_document = [1.0; FIELD_COUNT];
        for (field, ..) in FIELDS {
            let count = match field.scope() {
                Scope::Page => totals.pages,
                Scope::Section => totals.documents,
            };
            let average = totals.lengths[field.index()] as f32 / count.max(1) as f32;
            per_document[field.index()] = average.max(1.0);
        }
        let body = totals.words as f32 / totals.pages.max(1) as f32;
        Self { per_document, body_per_page: body.max(1.0) }
    }
}

/// A field's part of a page's score for one term, before the term's weight.
/// Headings and code of a page are long for reasons that say nothing, so only
/// titles and prose are measured against their average length.
pub(super) fn page_part<P: Postings>(
    field: Field,
    frequency: u32,
    length: u32,
    page: u32,
    averages: &Averages,
    postings: &P,
) -> f32 {
    let saturated = match field {
        Field::Body => saturation(frequency, postings.page_length(page), averages.body_per_page),
        Field::Heading | Field::Code => saturation(frequency, 1, 1.0),
        _ => saturation(frequency, length, averages.per_document[field.index()]),
    };
    field.page_weight() * saturated
}

/// BM25's `f (k1 + 1) / (f + k1 (1 - b + b length / average))`.
fn saturation(frequency: u32, length: u32, average: f32) -> f32 {
    #[expect(clippy::cast_precision_loss, reason = "word counts are far below 2^24")]
    let (frequency, length) = (frequency as f32, length as f32);
    frequency * (K1 + 1.0) / (frequency + K1 * (1.0 - B + B * length / average))
}
