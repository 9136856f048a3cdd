//! Pages kept as plain lists, to be ranked without an index.

use std::ops::Range;

use crate::routing::analysis::Analyzer;
use crate::routing::exact::{ExactKind, Exacts};
use crate::routing::postings::{Block, Posting, Postings, Share, Totals};
use crate::routing::typos::Vocabulary;
use crate::routing::{Field, Memo};

/// A page: its title, then the prose of each section.
pub(super) type Page = (&'static str, &'static [&'static str]);

/// The words of one field of one document.
type Words = (Field, Vec<String>);

/// Pages whose sections are numbered one behind the other.
#[derive(Default)]
pub(super) struct Plain {
    /// Per document: first document of its page, and the words of every field.
    docs: Vec<(u32, Vec<Words>)>,
    pub(super) totals: Totals,
    /// What names a page exactly, and the page's first document.
    pub(super) exacts: Vec<(ExactKind, &'static str, u32)>,
    /// Abbreviations, their long forms, and how many pages give each.
    pub(super) long_forms: Vec<(&'static str, &'static str, usize)>,
    /// What words add, where it is remembered.
    pub(super) memo: Option<Memo>,
}

impl Plain {
    pub(super) fn of(pages: &[Page]) -> Self {
        let mut analyzer = Analyzer::default();
        let mut words = |text: &str| -> Vec<String> {
            analyzer.words(text).into_iter().filter(|w| !w.joined).map(|w| w.term).collect()
        };
        let (mut docs, mut totals) = (Vec::new(), Totals::default());
        for (title, sections) in pages {
            let head = u32::try_from(docs.len()).unwrap();
            totals.pages += 1;
            for (at, text) in sections.iter().enumerate() {
                let mut fields = vec![(Field::Body, words(text))];
                if at == 0 {
                    fields.push((Field::Title, words(title)));
                }
                for (field, words) in &fields {
                    totals.lengths[field.index()] += words.len() as u64;
                }
                totals.words += text.split_whitespace().count() as u64;
                totals.documents += 1;
                docs.push((head, fields));
            }
        }
        Self { docs, totals, ..Self::default() }
    }

    /// First documents of all pages.
    fn heads(&self) -> Vec<u32> {
        let mut heads: Vec<u32> = self.docs.iter().map(|(head, _)| *head).collect();
        heads.dedup();
        heads
    }

    fn posting(&self, doc: u32, field: Field, term: &str) -> Option<(Posting, Vec<u32>)> {
        let (_, fields) = &self.docs[doc as usize];
        let words = &fields.iter().find(|(it, _)| *it == field)?.1;
        let at: Vec<u32> =
            (0..).zip(words).filter(|(_, word)| *word == term).map(|(at, _)| at).collect();
        let frequency = u32::try_from(at.len()).ok().filter(|&it| it > 0)?;
        let length = u32::try_from(words.len()).ok()?;
        Some((Posting { doc, frequency, length }, at))
    }
}

impl Share for Plain {
    type Error = std::convert::Infallible;

    fn documents(&self) -> u32 {
        u32::try_from(self.docs.len()).unwrap()
    }

    fn pages(&self) -> u32 {
        u32::try_from(self.heads().len()).unwrap()
    }

    fn page_docs(&self, page: u32) -> Range<u32> {
        Postings::page_docs(self, self.heads()[page as usize])
    }

    fn has_text(&self, _: u32) -> bool {
        true
    }

    fn page_length(&self, page: u32) -> u32 {
        Postings::page_length(self, self.heads()[page as usize])
    }

    fn each(
        &self,
        field: Field,
        term: &str,
        mut visit: impl FnMut(Block<'_>),
    ) -> Result<(), Self::Error> {
        for (it, _) in (0..self.documents()).filter_map(|doc| self.posting(doc, field, term)) {
            let at = self.heads().partition_point(|&head| head <= it.doc) - 1;
            let page = u32::try_from(at).unwrap();
            let (frequencies, lengths) = (&[it.frequency], &[it.length]);
            visit(Block { docs: &[it.doc], pages: &[page], frequencies, lengths });
        }
        Ok(())
    }
}

impl Postings for Plain {
    type Error = std::convert::Infallible;

    type Share = Self;

    fn totals(&self) -> &Totals {
        &self.totals
    }

    fn shares(&self) -> &[Self] {
        std::slice::from_ref(self)
    }

    fn memo(&self) -> Option<&Memo> {
        self.memo.as_ref()
    }

    fn page_docs(&self, doc: u32) -> Range<u32> {
        let head = self.docs[doc as usize].0;
        let count = self.docs.iter().filter(|(it, _)| *it == head).count();
        head..head + u32::try_from(count).unwrap()
    }

    fn page_length(&self, doc: u32) -> u32 {
        let of_page = Postings::page_docs(self, doc).map(|doc| &self.docs[doc as usize]);
        of_page.map(|(_, fields)| u32::try_from(fields[0].1.len()).unwrap()).sum()
    }

    fn title_words(&self, doc: u32) -> u32 {
        let (_, fields) = &self.docs[Postings::page_docs(self, doc).start as usize];
        let title = fields.iter().find(|(field, _)| *field == Field::Title);
        title.map_or(0, |(_, words)| u32::try_from(words.len()).unwrap())
    }

    fn positions(
        &self,
        field: Field,
        term: &str,
        docs: &[u32],
        mut visit: impl FnMut(Posting, &[u32]),
    ) -> Result<(), Self::Error> {
        let found = docs.iter().filter_map(|&doc| self.posting(doc, field, term));
        found.for_each(|(posting, at)| visit(posting, &at));
        Ok(())
    }
}

impl Vocabulary for Plain {
    fn each_word(&self, first: char, visit: &mut dyn FnMut(&str)) -> Result<(), Self::Error> {
        let words = self.docs.iter().flat_map(|(_, fields)| fields).flat_map(|(_, words)| words);
        words.filter(|word| word.starts_with(first)).for_each(|word| visit(word));
        Ok(())
    }
}

impl Exacts for Plain {
    fn exact(&self, kind: ExactKind, value: &str) -> Result<Vec<u32>, Self::Error> {
        let carries = |it: &&(ExactKind, &str, u32)| it.0 == kind && it.1 == value;
        Ok(self.exacts.iter().filter(carries).map(|it| it.2).collect())
    }

    fn long_forms(&self, term: &str) -> Result<Vec<(String, usize)>, Self::Error> {
        let given = self.long_forms.iter().filter(|(short, ..)| *short == term);
        Ok(given.map(|(_, long, pages)| ((*long).to_owned(), *pages)).collect())
    }

    fn exact_values(&self, kind: ExactKind) -> Result<Vec<(String, Vec<u32>)>, Self::Error> {
        let values = self.exacts.iter().filter(|it| it.0 == kind);
        Ok(values.map(|it| (it.1.to_owned(), vec![it.2])).collect())
    }
}
