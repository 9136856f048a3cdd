//! The index of exactly one tree, ready to be asked.

mod lookups;

use std::collections::BTreeMap;
use std::sync::Arc;

use tantivy::DocSet;
use tantivy::fieldnorm::FieldNormReader;
use tantivy::postings::Postings as _;
use tantivy::schema::IndexRecordOption;

use super::PageKey;
use super::alive::Alive;
use super::error::IndexError;
use super::shard::Shard;
use super::threads::{cores, joined};
use crate::adr::AdrRecord;
use crate::corpus::{DecisionHead, Page};
use crate::ids::BlobId;
use crate::repo_path::RepoPath;
use crate::routing::exact::{ExactKind, Exacts};
use crate::routing::typos::Vocabulary;
use crate::routing::{Block, Field, Memo, Posting, Postings, Share, Totals};

/// Below this many pages to read a second thread costs more than it saves.
const PAGES_PER_THREAD: usize = 512;

/// Documents of one tree, numbered one shard behind the other.
#[derive(Clone, Default)]
pub struct Snapshot {
    parts: Vec<Part>,
    totals: Totals,
    /// What words add, where it is remembered.
    words: Option<Arc<Memo>>,
}

/// The share of one shard.
#[derive(Clone)]
pub struct Part {
    shard: Arc<Shard>,
    alive: Alive,
    /// True where every document belongs, which spares the check.
    all: bool,
    /// Number of its first document.
    base: u32,
}

impl Snapshot {
    pub(super) fn new(shards: Vec<(Arc<Shard>, Alive)>, totals: Totals) -> Self {
        let mut base = 0;
        let mut parts = Vec::with_capacity(shards.len());
        for (shard, alive) in shards {
            let documents = shard.len();
            parts.push(Part { shard, all: alive.is_all(), alive, base });
            base += documents;
        }
        Self { parts, totals, words: None }
    }

    /// Has what words add remembered from now on, in about so many `bytes` at most: for who
    /// asks it many questions.
    pub fn remember_words(&mut self, bytes: usize) {
        self.words = Some(Arc::new(Memo::of(bytes)));
    }

    pub(super) fn into_parts(self) -> (Vec<(Arc<Shard>, Alive)>, Totals) {
        (self.parts.into_iter().map(|part| (part.shard, part.alive)).collect(), self.totals)
    }

    /// Number of pages.
    pub fn len(&self) -> u64 {
        self.totals.pages
    }

    /// True without pages.
    pub fn is_empty(&self) -> bool {
        self.totals.pages == 0
    }

    /// The page whose first document is `head`.
    pub fn page(&self, head: u32) -> Result<Page, IndexError> {
        let part = self.part_of(head);
        part.shard.page(head - part.base)
    }

    /// The same without its links, its lesser anchors and what is wrong with it, which
    /// no answer to a question shows.
    pub fn page_found(&self, head: u32) -> Result<Page, IndexError> {
        let part = self.part_of(head);
        part.shard.page_head(head - part.base).map(Page::from)
    }

    /// First documents of all pages, in document order.
    pub fn heads(&self) -> impl Iterator<Item = u32> + '_ {
        self.parts.iter().flat_map(|part| {
            let heads = part.alive.docs().filter(|&doc| part.shard.head(doc) == doc);
            heads.map(|doc| doc + part.base)
        })
    }

    /// Every page as [`Self::page_found`] reads it, one after the other and in no order.
    pub fn each_found(&self) -> impl Iterator<Item = Result<Page, IndexError>> + '_ {
        self.heads().map(|head| self.page_found(head))
    }

    /// All pages, sorted by path.
    pub fn pages(&self) -> Result<Vec<Page>, IndexError> {
        let heads: Vec<u32> = self.heads().collect();
        let threads = cores().min(heads.len().div_ceil(PAGES_PER_THREAD)).max(1);
        let mut shares = heads.chunks(heads.len().div_ceil(threads).max(1));
        let read = |heads: &[u32]| heads.iter().map(|&head| self.page(head)).collect();
        let mut pages = std::thread::scope(|scope| {
            let own = shares.next().unwrap_or_default();
            let others: Vec<_> = shares.map(|heads| scope.spawn(move || read(heads))).collect();
            let mut pages: Vec<Page> = read(own)?;
            for other in others {
                let more: Result<_, IndexError> = joined(other);
                pages.append(&mut more?);
            }
            Ok::<_, IndexError>(pages)
        })?;
        pages.sort_unstable_by(|a, b| a.path.cmp(&b.path));
        Ok(pages)
    }

    /// Every decision with its path, sorted by path; the rest of its page is not read.
    pub fn decisions(&self) -> Result<Vec<(RepoPath, AdrRecord)>, IndexError> {
        let mut decisions = Vec::new();
        for head in self.heads() {
            let part = self.part_of(head);
            let DecisionHead { path, adr } = part.shard.decision(head - part.base)?;
            decisions.extend(adr.map(|adr| (path, adr)));
        }
        decisions.sort_unstable_by(|a, b| a.0.cmp(&b.0));
        Ok(decisions)
    }

    /// The page at `path` with the content `blob`, if it belongs.
    pub fn at(&self, path: &RepoPath, blob: BlobId) -> Result<Option<Page>, IndexError> {
        let key = PageKey { path: path.clone(), blob };
        for part in &self.parts {
            if let Some(head) = part.shard.find(&key)?.filter(|&head| part.contains(head)) {
                return part.shard.page(head).map(Some);
            }
        }
        Ok(None)
    }

    /// First documents of the pages that say that they replace `path`.
    pub fn superseding(&self, path: &RepoPath) -> Result<Vec<u32>, IndexError> {
        self.carrying("supersedes", &path.text())
    }

    fn carrying(&self, kind: &str, value: &str) -> Result<Vec<u32>, IndexError> {
        let mut heads = Vec::new();
        for part in &self.parts {
            heads.extend(part.own(part.shard.exact(kind, value)?.into_iter()));
        }
        Ok(heads)
    }

    fn part_of(&self, doc: u32) -> &Part {
        let after = self.parts.partition_point(|part| part.base <= doc);
        &self.parts[after.saturating_sub(1)]
    }
}

impl Part {
    /// Of a shard's documents, those that belong, numbered as the snapshot's.
    fn own<'a>(&'a self, docs: impl Iterator<Item = u32> + 'a) -> impl Iterator<Item = u32> + 'a {
        docs.filter(|&doc| self.contains(doc)).map(|doc| doc + self.base)
    }

    fn contains(&self, doc: u32) -> bool {
        self.all || self.alive.contains(doc)
    }

    fn lengths(&self, field: Field) -> Option<&FieldNormReader> {
        self.shard.lengths(field)
    }

    fn posting(&self, lengths: Option<&FieldNormReader>, doc: u32, frequency: u32) -> Posting {
        Posting {
            doc: doc + self.base,
            frequency,
            length: lengths.map_or(0, |lengths| lengths.fieldnorm(doc)),
        }
    }
}

/// The lists of one block, used again for the next.
#[derive(Default)]
struct Lists {
    docs: Vec<u32>,
    pages: Vec<u32>,
    frequencies: Vec<u32>,
    lengths: Vec<u32>,
}

impl Lists {
    /// The block with what belongs to the snapshot: mostly all of it.
    fn block<'a>(
        &'a mut self,
        part: &Part,
        field: Field,
        (docs, frequencies): (&'a [u32], &'a [u32]),
    ) -> Block<'a> {
        let Self { docs: own, pages, frequencies: counts, lengths } = self;
        let (mut docs, mut frequencies) = (docs, frequencies);
        if !part.all && !docs.iter().all(|&doc| part.alive.contains(doc)) {
            own.clear();
            counts.clear();
            let both = docs.iter().copied().zip(frequencies.iter().copied());
            for (doc, frequency) in both.filter(|&(doc, _)| part.alive.contains(doc)) {
                own.push(doc);
                counts.push(frequency);
            }
            (docs, frequencies) = (own, counts);
        }
        pages.clear();
        part.shard.pages.pages_of(docs, pages);
        lengths.clear();
        match part.shard.lengths(field) {
            Some(norms) => lengths.extend(docs.iter().map(|&doc| norms.fieldnorm(doc))),
            None => lengths.resize(docs.len(), 0),
        }
        Block { docs, pages, frequencies, lengths }
    }
}

impl Share for Part {
    type Error = IndexError;

    fn documents(&self) -> u32 {
        self.shard.len()
    }

    fn pages(&self) -> u32 {
        self.shard.pages.pages()
    }

    fn page_docs(&self, page: u32) -> std::ops::Range<u32> {
        self.shard.pages.docs(page)
    }

    fn has_text(&self, doc: u32) -> bool {
        [Field::Body, Field::Code].iter().any(|&field| self.shard.length(field, doc) > 0)
    }

    fn page_length(&self, page: u32) -> u32 {
        self.shard.pages.words(page)
    }

    fn each(
        &self,
        field: Field,
        term: &str,
        mut visit: impl FnMut(Block<'_>),
    ) -> Result<(), IndexError> {
        let Some(mut block) = self.shard.blocks(field, term)? else { return Ok(()) };
        let mut lists = Lists::default();
        while !block.docs().is_empty() {
            visit(lists.block(self, field, (block.docs(), block.freqs())));
            block.advance();
        }
        Ok(())
    }
}

impl Postings for Snapshot {
    type Error = IndexError;

    type Share = Part;

    fn totals(&self) -> &Totals {
        &self.totals
    }

    fn shares(&self) -> &[Part] {
        &self.parts
    }

    fn memo(&self) -> Option<&Memo> {
        self.words.as_deref()
    }

    fn page_docs(&self, doc: u32) -> std::ops::Range<u32> {
        let part = self.part_of(doc);
        let docs = part.shard.page_docs(doc - part.base);
        docs.start + part.base..docs.end + part.base
    }

    fn page_length(&self, doc: u32) -> u32 {
        let part = self.part_of(doc);
        part.shard.pages.words(part.shard.pages.page_of(doc - part.base))
    }

    fn title_words(&self, doc: u32) -> u32 {
        let part = self.part_of(doc);
        part.shard.pages.title_words(part.shard.pages.page_of(doc - part.base))
    }

    fn positions(
        &self,
        field: Field,
        term: &str,
        docs: &[u32],
        mut visit: impl FnMut(Posting, &[u32]),
    ) -> Result<(), IndexError> {
        let mut positions = Vec::new();
        for part in &self.parts {
            let option = IndexRecordOption::WithFreqsAndPositions;
            let Some(mut postings) = part.shard.postings(field, term, option)? else { continue };
            let (lengths, end) = (part.lengths(field), part.base + part.shard.len());
            let here = docs.iter().filter(|&&doc| (part.base..end).contains(&doc));
            for doc in here.map(|doc| doc - part.base) {
                if postings.doc() < doc {
                    postings.seek(doc);
                }
                if postings.doc() == doc && part.contains(doc) {
                    postings.positions(&mut positions);
                    visit(part.posting(lengths, doc, postings.term_freq()), &positions);
                }
            }
        }
        Ok(())
    }
}

impl Exacts for Snapshot {
    fn exact(&self, kind: ExactKind, value: &str) -> Result<Vec<u32>, IndexError> {
        self.carrying(kind.name(), value)
    }

    fn may_begin(&self, word: &str) -> Result<bool, IndexError> {
        for part in &self.parts {
            if part.shard.has_exact("begins", word)? {
                return Ok(true);
            }
        }
        Ok(false)
    }

    fn long_forms(&self, term: &str) -> Result<Vec<(String, usize)>, IndexError> {
        let mut pages: BTreeMap<String, usize> = BTreeMap::new();
        for part in &self.parts {
            part.shard.each_exact(&format!("abbreviation\0{term}"), &mut |long, docs| {
                *pages.entry(long.to_owned()).or_default() += part.own(docs).count();
            })?;
        }
        pages.retain(|_, pages| *pages > 0);
        Ok(pages.into_iter().collect())
    }

    fn exact_values(&self, kind: ExactKind) -> Result<Vec<(String, Vec<u32>)>, IndexError> {
        let mut values = Vec::new();
        for part in &self.parts {
            part.shard.each_exact(kind.name(), &mut |value, docs| {
                let heads: Vec<u32> = part.own(docs).collect();
                if !heads.is_empty() {
                    values.push((value.to_owned(), heads));
                }
            })?;
        }
        values.sort_unstable();
        Ok(values)
    }
}

impl Vocabulary for Snapshot {
    fn each_word(&self, first: char, visit: &mut dyn FnMut(&str)) -> Result<(), IndexError> {
        for part in &self.parts {
            for field in [Field::Title, Field::Heading, Field::Body] {
                part.shard.each_word(field, first, visit)?;
            }
        }
        Ok(())
    }
}
