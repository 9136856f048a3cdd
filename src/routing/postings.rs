//! Where words are looked up: lists of documents that hold one, and counts
//! over all of them. Both are integers that belong to the documents alone.

use super::field::{FIELD_COUNT, Field};
use super::memo::Memo;

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

    /// Where what words add is remembered, if it is.
    fn memo(&self) -> Option<&Memo> {
        None
    }

    /// Documents of the page that `doc` belongs to, its first one first.
    fn page_docs(&self, doc: u32) -> std::ops::Range<u32>;

    /// Words of prose on the page that `doc` belongs to.
    fn page_length(&self, doc: u32) -> u32;

    /// Words of the title of the page that `doc` belongs to, as
    /// [`titles::telling_words`](super::titles::telling_words) counts them.
    fn title_words(&self, doc: u32) -> u32;

    /// Visits those of `docs` (ascending) that hold `term`, with the word's positions.
    fn positions(
        &self,
        field: Field,
        term: &str,
        docs: &[u32],
        visit: impl FnMut(Posting, &[u32]),
    ) -> Result<(), Self::Error>;
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

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_was_added_can_be_taken_away() {
        let lengths = |first: u64| std::array::from_fn(|at| first + at as u64);
        let one = Totals { pages: 1, documents: 3, words: 50, lengths: lengths(1) };
        let two = Totals { pages: 2, documents: 4, words: 7, lengths: lengths(10) };
        let mut both = one.clone();
        both.add(&two);
        let sum = std::array::from_fn(|at| 11 + 2 * at as u64);
        assert_eq!(both, Totals { pages: 3, documents: 7, words: 57, lengths: sum });
        both.subtract(&one);
        assert_eq!(both, two);
    }
}
