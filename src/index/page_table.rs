//! Which documents make up a page: what ranking asks of every posting.
//!
//! Numbers of 32 bits, little-endian: the number of documents; for each
//! document the number of its page; for each page its first document, and
//! one more that ends the last; for each page its words of prose, and then
//! the words of its title that tell something. Read where the file lies in
//! memory, since unpacking 100,000 of them would cost more than a question.
//! Numbers of a damaged file are kept within bounds.

use std::ops::Range;

use tantivy::directory::OwnedBytes;

/// Bytes of one number.
const WIDTH: usize = 4;

/// What the table takes of a document.
#[derive(Debug, Clone, Copy)]
pub(super) struct Entry {
    /// Its number within its page.
    pub(super) section: u64,
    /// On a page's first document: the page's words of prose.
    pub(super) words: u64,
    /// On a page's first document: the telling words of its title.
    pub(super) title_words: u64,
}

/// Numbers that each page has, beside those of its documents.
const OF_A_PAGE: usize = 3;

/// The pages of one shard, numbered in document order.
pub(super) struct PageTable {
    bytes: OwnedBytes,
    documents: usize,
    pages: usize,
}

impl PageTable {
    /// Reads what [`PageTable::encode`] wrote; `None` if the lengths do not fit.
    pub(super) fn open(bytes: OwnedBytes) -> Option<Self> {
        let documents = number(&bytes, 0)? as usize;
        let numbers = bytes.len() / WIDTH;
        let of_pages = numbers.checked_sub(documents.checked_add(2)?)?;
        let fits = numbers * WIDTH == bytes.len() && of_pages % OF_A_PAGE == 0;
        fits.then_some(Self { bytes, documents, pages: of_pages / OF_A_PAGE })
    }

    /// The table of these documents.
    pub(super) fn encode(documents: impl Iterator<Item = Entry>) -> Vec<u8> {
        let (mut page_of, mut firsts) = (Vec::new(), Vec::new());
        let (mut words, mut title_words) = (Vec::new(), Vec::new());
        for entry in documents {
            if entry.section == 0 || firsts.is_empty() {
                firsts.push(cut(page_of.len()));
                words.push(u32::try_from(entry.words).unwrap_or(u32::MAX));
                title_words.push(u32::try_from(entry.title_words).unwrap_or(u32::MAX));
            }
            page_of.push(cut(firsts.len() - 1));
        }
        firsts.push(cut(page_of.len()));
        let numbers = [cut(page_of.len())].into_iter().chain(page_of).chain(firsts);
        numbers.chain(words).chain(title_words).flat_map(u32::to_le_bytes).collect()
    }

    /// Number of documents.
    pub(super) fn documents(&self) -> u32 {
        cut(self.documents)
    }

    /// Number of pages.
    pub(super) fn pages(&self) -> u32 {
        cut(self.pages)
    }

    /// The number of the page that `doc` belongs to.
    pub(super) fn page_of(&self, doc: u32) -> u32 {
        self.at(1 + doc as usize).min(self.pages().saturating_sub(1))
    }

    /// The same for many documents at once, one behind the other.
    pub(super) fn pages_of(&self, docs: &[u32], pages: &mut Vec<u32>) {
        let (numbers, _) = self.bytes.as_chunks::<WIDTH>();
        let last = self.pages().saturating_sub(1);
        let page_of = |&doc: &u32| {
            let page = numbers.get(1 + doc as usize).copied().unwrap_or_default();
            u32::from_le_bytes(page).min(last)
        };
        pages.extend(docs.iter().map(page_of));
    }

    /// All documents of a page, its first one first.
    #[inline]
    pub(super) fn docs(&self, page: u32) -> Range<u32> {
        let at = 1 + self.documents + page as usize;
        let end = self.at(at + 1).min(self.documents());
        self.at(at).min(end)..end
    }

    /// Words of prose on a page.
    #[inline]
    pub(super) fn words(&self, page: u32) -> u32 {
        self.at(2 + self.documents + self.pages + page as usize)
    }

    /// Words of a page's title that tell something.
    #[inline]
    pub(super) fn title_words(&self, page: u32) -> u32 {
        self.at(2 + self.documents + 2 * self.pages + page as usize)
    }

    #[inline]
    fn at(&self, at: usize) -> u32 {
        number(&self.bytes, at).unwrap_or_default()
    }
}

fn number(bytes: &[u8], at: usize) -> Option<u32> {
    bytes.as_chunks().0.get(at).map(|bytes| u32::from_le_bytes(*bytes))
}

fn cut(number: usize) -> u32 {
    u32::try_from(number).unwrap_or(u32::MAX)
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Numbers within the page and words; a title has a word for each ten of these.
    fn table(documents: &[(u64, u64)]) -> Vec<u8> {
        let entry = |&(section, words)| Entry { section, words, title_words: words / 10 };
        PageTable::encode(documents.iter().map(entry))
    }

    #[test]
    fn documents_find_their_page_and_pages_their_documents() {
        let bytes = table(&[(0, 9), (1, 0), (0, 40), (0, 70), (1, 0), (2, 0)]);
        let table = PageTable::open(OwnedBytes::new(bytes)).unwrap();
        assert_eq!((table.documents(), table.pages()), (6, 3));
        assert_eq!([0, 1, 2, 3, 4, 5].map(|doc| table.page_of(doc)), [0, 0, 1, 2, 2, 2]);
        let mut many = Vec::new();
        table.pages_of(&[0, 2, 5], &mut many);
        assert_eq!(many, [0, 1, 2]);
        assert_eq!([0, 1, 2].map(|page| table.docs(page)), [0..2, 2..3, 3..6]);
        assert_eq!([0, 1, 2].map(|page| table.words(page)), [9, 40, 70]);
        assert_eq!([0, 1, 2].map(|page| table.title_words(page)), [0, 4, 7]);
    }

    #[test]
    fn other_lengths_are_refused_and_other_numbers_stay_within_bounds() {
        let bytes = table(&[(0, 9), (1, 0), (0, 4)]);
        assert!(PageTable::open(OwnedBytes::new(bytes[..bytes.len() - 4].to_vec())).is_none());
        assert!(PageTable::open(OwnedBytes::new(Vec::new())).is_none());
        let mut wild = vec![0xff; bytes.len()];
        wild[..WIDTH].copy_from_slice(&bytes[..WIDTH]);
        let table = PageTable::open(OwnedBytes::new(wild)).unwrap();
        assert_eq!((table.page_of(1), table.docs(0)), (1, 3..3));
    }
}
