//! The sums of a question: what its terms add to pages and to sections.
//!
//! A term's parts are collected first and weighed when it is known how many
//! pages hold it. Most of the time of a cold question goes into memory that is
//! touched for the first time: lists are short, lie close and are used again.

use super::bm25::{Averages, PageRun, page_part};
use super::field::{FIELDS, Field, Scope};
use super::memo::Parts;
use super::postings::{Block, Postings, Share};
use super::ranked::Ranked;
use super::weights::Weights;

/// Running sums over all pages and documents, and the parts of one term.
pub(super) struct Sums<'a, P: Postings> {
    postings: &'a P,
    averages: Averages,
    /// By page number.
    of_pages: Vec<f32>,
    /// By document.
    of_sections: Vec<f32>,
    /// The term's, as far as they are read.
    parts: Parts,
    /// One bit per page that holds the term.
    holding: Vec<u64>,
}

impl<'a, P: Postings> Sums<'a, P> {
    /// Sums begin at the negative zero, which adds nothing: zeroed memory would
    /// be mapped twice, when it is read and when it is written.
    pub(super) fn new(postings: &'a P, weights: &Weights) -> Self {
        let count = |of: fn(&P::Share) -> u32| {
            postings.shares().iter().map(|share| of(share) as usize).sum::<usize>()
        };
        let pages = count(Share::pages);
        Self {
            postings,
            averages: Averages::of(postings.totals(), weights),
            of_pages: vec![-0.0; pages],
            of_sections: vec![-0.0; count(Share::documents)],
            parts: Parts {
                pages: Vec::with_capacity(pages),
                sections: Vec::with_capacity(pages),
                holding: 0,
            },
            holding: vec![0; pages.div_ceil(64)],
        }
    }

    /// Adds `term` in all its fields, weighed by what `weight` makes of the
    /// number of pages that hold it.
    pub(super) fn add(
        &mut self,
        term: &str,
        weight: impl FnOnce(u32) -> f32,
    ) -> Result<(), P::Error> {
        let memo = self.postings.memo().map(|memo| (memo, self.averages.weights));
        if let Some(parts) = memo.and_then(|(memo, weights)| memo.get(term, &weights)) {
            self.count(&parts, weight(parts.holding));
            return Ok(());
        }
        self.parts.clear();
        for (field, ..) in FIELDS {
            self.collect(field, term)?;
        }
        for &(page, _) in &self.parts.pages {
            self.holding[page as usize / 64] |= 1 << (page % 64);
        }
        let holding = self.holding.iter_mut().map(|word| std::mem::take(word).count_ones()).sum();
        self.parts.holding = holding;
        if let Some((memo, weights)) = memo {
            memo.put(term, &weights, &self.parts);
        }
        let parts = std::mem::take(&mut self.parts);
        self.count(&parts, weight(holding));
        self.parts = parts;
        Ok(())
    }

    fn count(&mut self, parts: &Parts, weight: f32) {
        for &(page, part) in &parts.pages {
            self.of_pages[page as usize] += weight * part;
        }
        for &(doc, part) in &parts.sections {
            self.of_sections[doc as usize] += weight * part;
        }
    }

    fn collect(&mut self, field: Field, term: &str) -> Result<(), P::Error> {
        let Self { postings, averages, parts: Parts { pages, sections, .. }, .. } = self;
        let (mut first_doc, mut first_page) = (0, 0);
        for share in postings.shares() {
            let mut open = PageRun::default();
            let mut end = |run: PageRun| {
                if run.frequency > 0 {
                    let part = page_part(field, run, averages, |page| share.page_length(page));
                    pages.push((first_page + run.page, part));
                }
            };
            share.each(field, term, |block| {
                open = runs(open, block, &mut end);
                if field.scope() == Scope::Section {
                    let parts = section_parts(field, block, averages, share);
                    sections.extend(parts.map(|(doc, part)| (first_doc + doc, part)));
                }
            })?;
            end(open);
            (first_doc, first_page) = (first_doc + share.documents(), first_page + share.pages());
        }
        Ok(())
    }

    /// Page and best section, each divided by the best of its kind, added; in
    /// document order. And the best page's sum. A section that scores lies on
    /// a page that scores.
    pub(super) fn fused(&self) -> (Vec<Ranked>, f32) {
        let (mut best_page, mut best_section) = (f32::MIN_POSITIVE, f32::MIN_POSITIVE);
        let mut ranked: Vec<Ranked> = Vec::with_capacity(self.of_pages.len());
        let mut section_sums = Vec::with_capacity(self.of_pages.len());
        self.each_found(|found, section_sum| {
            best_page = best_page.max(found.score);
            best_section = best_section.max(section_sum);
            ranked.push(found);
            section_sums.push(section_sum);
        });
        let best = self.averages.weights.best_section;
        for (page, section_sum) in ranked.iter_mut().zip(section_sums) {
            page.score = page.score / best_page + best * section_sum / best_section;
        }
        (ranked, best_page)
    }

    /// Visits every page that scores, with its sum and its best section, which
    /// is the first one where none scores, and that one's sum.
    fn each_found(&self, mut visit: impl FnMut(Ranked, f32)) {
        let (mut first_doc, mut first_page) = (0, 0);
        for share in self.postings.shares() {
            let of_pages = &self.of_pages[first_page..][..share.pages() as usize];
            let of_sections = &self.of_sections[first_doc as usize..];
            for (number, &score) in (0..).zip(of_pages).filter(|&(_, &sum)| sum > 0.0) {
                let docs = share.page_docs(number);
                let (page, mut section, mut section_sum) = (docs.start, docs.start, 0.0);
                let sums = of_sections.get(docs.start as usize..docs.end as usize);
                for (doc, &sum) in docs.zip(sums.unwrap_or_default()) {
                    if sum > section_sum {
                        (section, section_sum) = (doc, sum);
                    }
                }
                let (page, section) = (first_doc + page, first_doc + section);
                visit(Ranked { page, section, score }, section_sum);
            }
            first_doc += share.documents();
            first_page += share.pages() as usize;
        }
    }
}

/// Adds a block up by page: tells `end` of every page that ends in it, and
/// gives the one that may go on in the next block.
fn runs(mut open: PageRun, block: Block<'_>, end: &mut impl FnMut(PageRun)) -> PageRun {
    let counts = block.frequencies.iter().zip(block.lengths);
    for (&page, (&frequency, &length)) in block.pages.iter().zip(counts) {
        if page == open.page {
            open.frequency += frequency;
            open.length = if open.length == 0 { length } else { open.length };
        } else {
            end(std::mem::replace(&mut open, PageRun { page, frequency, length }));
        }
    }
    open
}

/// What a block adds to sections. A bare heading is no section to read: it
/// counts for its page only.
fn section_parts<'b, S: Share>(
    field: Field,
    block: Block<'b>,
    averages: &Averages,
    share: &'b S,
) -> impl Iterator<Item = (u32, f32)> + use<'b, S> {
    let (weight, saturation) =
        (averages.weights.in_section(field), averages.sections[field.index()]);
    let counts = block.frequencies.iter().zip(block.lengths);
    let parts = counts.map(move |(&frequency, &length)| weight * saturation.at(frequency, length));
    let is_read = move |doc: &u32| field != Field::Heading || share.has_text(*doc);
    block.docs.iter().copied().zip(parts).filter(move |(doc, _)| is_read(doc))
}
