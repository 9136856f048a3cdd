//! How much of a page's title a question holds.
//!
//! Pages of one family are alike in all but their titles: of two that hold the
//! same words of a question, the one whose title says less beside it is meant.

use super::analysis::Analyzer;
use super::field::Field;
use super::places::{Lookup, Places};
use super::postings::Postings;
use super::ranked::Weighed;

/// Words of a title that are looked at.
const MOST: u32 = u64::BITS;

/// Words of `title` that tell something, of the first 64: what a share is taken of.
pub fn telling_words(title: &str, analyzer: &mut Analyzer) -> u32 {
    let mut telling = 0;
    analyzer.each(title, &mut |word| {
        telling += u32::from(!word.joined && !word.stop && word.position < MOST);
    });
    telling
}

/// The share of each page's title that `terms` hold, 0 to 1, in the order of
/// `heads`, which are the pages' first documents.
pub fn shares<P: Postings>(
    heads: &[u32],
    terms: &[Weighed],
    postings: &P,
) -> Result<Vec<f32>, P::Error> {
    let looked_up = Lookup::of(heads.iter().copied(), postings);
    let places = terms.iter().map(|term| looked_up.places(Field::Title, &term.term, postings));
    let places = places.collect::<Result<Vec<_>, _>>()?;
    Ok(heads.iter().map(|&head| share(head, &places, postings)).collect())
}

/// The share of one page's title that stands at `places`.
pub(super) fn share<P: Postings>(head: u32, places: &[Places], postings: &P) -> f32 {
    let bit = |&at: &u32| if at < MOST { 1 << at } else { 0 };
    let held: u64 =
        places.iter().flat_map(|it| it.get(head)).map(bit).fold(0, |all, bit| all | bit);
    let words = postings.title_words(head);
    #[expect(clippy::cast_precision_loss, reason = "both are at most 64")]
    let share = held.count_ones().min(words) as f32 / words.max(1) as f32;
    share
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_title_has_its_parts_without_what_tells_nothing() {
        let telling_words = |title: &str| telling_words(title, &mut Analyzer::default());
        assert_eq!(telling_words("What to do when the KubeNodeNotReady alert fires"), 6);
        assert_eq!((telling_words("The"), telling_words("")), (0, 0));
        assert_eq!(telling_words(&"word ".repeat(100)), 64);
    }
}
