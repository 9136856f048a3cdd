//! BM25 (Robertson and Zaragoza 2009), per field and with average lengths.

use super::field::{FIELD_COUNT, FIELDS, Field, Scope};
use super::postings::Totals;
use super::weights::Weights;

/// BM25's saturation of repeated words.
const K1: f32 = 1.2;

/// BM25's share of length normalisation.
const B: f32 = 0.75;

/// How often a word stands in one field of a page.
#[derive(Debug, Clone, Copy, Default)]
pub(super) struct PageRun {
    /// The page's number.
    pub(super) page: u32,
    /// Over all its documents.
    pub(super) frequency: u32,
    /// The field's length in its first document that holds the word.
    pub(super) length: u32,
}

/// BM25's `f (k1 + 1) / (f + k1 (1 - b + b length / average))` for one
/// average length, which is divided by once and not for every posting.
#[derive(Debug, Clone, Copy)]
pub(super) struct Saturation {
    per_word: f32,
}

impl Saturation {
    fn of(average: f32) -> Self {
        Self { per_word: K1 * B / average }
    }

    pub(super) fn at(self, frequency: u32, length: u32) -> f32 {
        #[expect(clippy::cast_precision_loss, reason = "word counts are far below 2^24")]
        let (frequency, length) = (frequency as f32, length as f32);
        frequency * (K1 + 1.0) / (frequency + K1 * (1.0 - B) + self.per_word * length)
    }
}

/// By field: the share of a section's score, and of a page's. Page fields are
/// measured against the average page, section fields against the average section.
pub(super) struct Averages {
    pub(super) sections: [Saturation; FIELD_COUNT],
    pages: [Saturation; FIELD_COUNT],
    pub(super) weights: Weights,
}

impl Averages {
    #[expect(clippy::cast_precision_loss, reason = "an average needs no more than f32 holds")]
    pub(super) fn of(totals: &Totals, weights: &Weights) -> Self {
        let average = |sum: u64, count: u64| (sum as f32 / count.max(1) as f32).max(1.0);
        let sections = FIELDS.map(|(field, _, scope, ..)| {
            let count = if scope == Scope::Page { totals.pages } else { totals.documents };
            Saturation::of(average(totals.lengths[field.index()], count))
        });
        let mut pages = sections;
        pages[Field::Body.index()] = Saturation::of(average(totals.words, totals.pages));
        // Headings and code of a page are long for reasons that say nothing, so
        // only titles and prose are measured: a length of 1 against one of 1.
        pages[Field::Heading.index()] = Saturation::of(1.0);
        pages[Field::Code.index()] = Saturation::of(1.0);
        Self { sections, pages, weights: *weights }
    }
}

/// A field's part of a page's score for one term, before the term's weight.
pub(super) fn page_part(
    field: Field,
    run: PageRun,
    averages: &Averages,
    page_length: impl FnOnce(u32) -> u32,
) -> f32 {
    let length = match field {
        Field::Body => page_length(run.page),
        Field::Heading | Field::Code => 1,
        _ => run.length,
    };
    averages.weights.on_page(field) * averages.pages[field.index()].at(run.frequency, length)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn near(found: f32, wanted: f32) {
        assert!((found - wanted).abs() < 1e-5, "{found}, not {wanted}");
    }

    /// By hand: `f * 2.2 / (f + 0.3 + 0.9 * length / average)`.
    #[test]
    fn repeated_words_saturate_and_long_fields_weigh_less() {
        let average = Saturation::of(10.0);
        near(average.at(1, 10), 1.0);
        near(average.at(3, 0), 2.0);
        near(average.at(2, 20), 4.4 / 4.1);
        near(average.at(0, 10), 0.0);
    }

    fn totals() -> Totals {
        let mut totals = Totals { pages: 2, documents: 4, words: 60, lengths: [0; FIELD_COUNT] };
        totals.lengths[Field::Title.index()] = 6;
        totals.lengths[Field::Body.index()] = 40;
        totals.lengths[Field::Heading.index()] = 20;
        totals
    }

    #[test]
    fn a_field_is_measured_by_pages_or_by_sections() {
        let averages = Averages::of(&totals(), &Weights::default());
        near(averages.sections[Field::Title.index()].at(1, 3), 1.0);
        near(averages.sections[Field::Body.index()].at(1, 10), 1.0);
        near(averages.sections[Field::Heading.index()].at(1, 5), 1.0);
        // Shorter than a word on average, or nothing at all, is a word.
        near(averages.sections[Field::Tags.index()].at(1, 1), 1.0);
        let none = Averages::of(&Totals::default(), &Weights::default());
        near(none.sections[Field::Title.index()].at(1, 1), 1.0);
    }

    #[test]
    fn only_titles_and_prose_of_a_page_are_measured() {
        let averages = Averages::of(&totals(), &Weights::default());
        let run = PageRun { page: 7, frequency: 1, length: 3 };
        near(page_part(Field::Title, run, &averages, |_| unreachable!()), 2.0);
        let long = PageRun { length: 500, ..run };
        near(page_part(Field::Heading, long, &averages, |_| unreachable!()), 0.5);
        near(page_part(Field::Code, long, &averages, |_| unreachable!()), 0.1);
        let of_page = |page| if page == 7 { 30 } else { 0 };
        near(page_part(Field::Body, long, &averages, of_page), 1.0);
    }
}
