//! Ranking over pages kept as plain lists.

use std::ops::Range;

use self::plain::{Page, Plain};
use crate::routing::analysis::Analyzer;
use crate::routing::explain::explain;
use crate::routing::phrase::with_phrases;
use crate::routing::postings::{Posting, Postings, Totals};
use crate::routing::query::Query;
use crate::routing::ranked::Ranked;
use crate::routing::ranking::{Ranking, holding, rank};
use crate::routing::typos::correct;
use crate::routing::{FIELDS, Field, Scope, Weights};

mod family;
mod plain;
mod remembered;

fn query(text: &str) -> Query {
    Query::parse(text, &mut Analyzer::default())
}

fn ranked(pages: &Plain, text: &str) -> Ranking {
    let Ok(mut ranking) = rank(&query(text), &Weights::default(), pages);
    ranking.pages.sort_by(|a, b| b.score.total_cmp(&a.score));
    ranking
}

fn order(pages: &Plain, text: &str) -> Vec<u32> {
    ranked(pages, text).pages.iter().map(|page| page.page).collect()
}

#[test]
fn a_word_in_the_title_counts_more_than_one_in_prose() {
    let pages = Plain::of(&[("Queue", &["it grows"]), ("Other", &["the queue grows"])]);
    assert_eq!(order(&pages, "queue"), [0, 1]);
}

#[test]
fn a_rare_word_decides() {
    let pages = Plain::of(&[
        ("A", &["pod pod pod pod"]),
        ("B", &["pod evicted"]),
        ("C", &["pod"]),
        ("D", &["pod"]),
    ]);
    assert_eq!(order(&pages, "pod evicted")[0], 1);
}

/// A word in the title of one page and the prose of another is on two pages,
/// and weighs in both as much.
#[test]
fn a_word_has_one_frequency_over_all_fields() {
    let pages = Plain::of(&[("Queue", &["x"]), ("Y", &["queue"]), ("Z", &["z"])]);
    let terms = ranked(&pages, "queue").terms;
    assert_eq!((terms[0].pages, terms[0].idf), (2, (1.0_f32 + 1.5 / 2.5).ln()));
}

#[test]
fn the_best_section_is_named() {
    let pages = Plain::of(&[("Disk", &["intro", "other words", "no space left"])]);
    let best = &ranked(&pages, "space left").pages[0];
    assert_eq!((best.page, best.section), (0, 2));
}

#[test]
fn words_side_by_side_win() {
    let pages = Plain::of(&[("A", &["full of disk"]), ("B", &["of disk full"])]);
    assert_eq!(order(&pages, "disk full"), [1, 0]);
}

#[test]
fn a_phrase_must_stand_as_it_is() {
    let pages = Plain::of(&[("A", &["left no space"]), ("B", &["x", "no space left"])]);
    let asked = query("\"no space left\"");
    let Ok(kept) = with_phrases(ranked(&pages, "space").pages, &asked, &pages);
    assert_eq!(kept.iter().map(|page| page.page).collect::<Vec<_>>(), [1]);
}

#[test]
fn reasons_add_up_to_the_pages_share() {
    let pages = Plain::of(&[("Disk", &["disk full", "disk"]), ("Other", &["full"])]);
    let ranking = ranked(&pages, "disk full");
    let Ok(shares) = explain(&ranking, 0, &pages);
    let sum: f32 = shares.iter().map(|share| share.score).sum();
    assert!((sum - 1.0).abs() < 1e-5, "{shares:?}");
    assert!(ranking.coverage(shares.iter().map(|share| share.term.as_str())) > 0.99);
}

#[test]
fn pages_that_tie_are_refined_alike() {
    let many: Vec<Page> = (0..150).map(|_| ("Same", &["disk full"][..])).collect();
    let scores: Vec<u32> =
        ranked(&Plain::of(&many), "disk full").pages.iter().map(|it| it.score.to_bits()).collect();
    assert_eq!(scores.len(), 150);
    assert!(scores.windows(2).all(|pair| pair[0] == pair[1]));
}

#[test]
fn nothing_scores_without_a_word() {
    let pages = Plain::of(&[("A", &["b"])]);
    assert_eq!(ranked(&pages, "zebra").pages, Vec::<Ranked>::new());
    assert!(ranked(&Plain::of(&[]), "zebra").pages.is_empty());
}

#[test]
fn the_nearest_word_is_meant() {
    let pages = Plain::of(&[("A", &["certificate messages disk"])]);
    let mut asked = query("certifcate dosk xyz");
    let Ok(corrections) = correct(&mut asked, &pages);
    let pairs: Vec<_> =
        corrections.iter().map(|it| (it.typed.as_str(), it.meant.as_str())).collect();
    assert_eq!(pairs, [("certifc", "certif"), ("dosk", "disk")]);
}

#[test]
fn every_field_belongs_to_a_page_or_a_section() {
    for (field, _, scope, page, section) in FIELDS {
        assert!(page > 0.0, "{field:?} counts for its page");
        assert_eq!(section > 0.0, scope == Scope::Section, "{field:?}");
    }
}

/// The same pages as one share, and as several.
struct Parted {
    whole: Plain,
    parts: Vec<Plain>,
}

impl Postings for Parted {
    type Error = std::convert::Infallible;

    type Share = Plain;

    fn totals(&self) -> &Totals {
        &self.whole.totals
    }

    fn shares(&self) -> &[Plain] {
        &self.parts
    }

    fn page_docs(&self, doc: u32) -> Range<u32> {
        Postings::page_docs(&self.whole, doc)
    }

    fn page_length(&self, doc: u32) -> u32 {
        Postings::page_length(&self.whole, doc)
    }

    fn title_words(&self, doc: u32) -> u32 {
        self.whole.title_words(doc)
    }

    fn positions(
        &self,
        field: Field,
        term: &str,
        docs: &[u32],
        visit: impl FnMut(Posting, &[u32]),
    ) -> Result<(), Self::Error> {
        self.whole.positions(field, term, docs, visit)
    }
}

const SIX: [Page; 6] = [
    ("Disk", &["the disk is full", "no space", "full full disk"]),
    ("Queue", &["a queue", "disk"]),
    ("Full", &["space"]),
    ("Other", &["nothing here", "at all"]),
    ("Disk space", &["x", "y", "full disk space left"]),
    ("Last", &["full"]),
];

#[test]
fn shares_make_no_difference() {
    let whole = Plain::of(&SIX);
    for cut in [1, 2, 3, 5] {
        let parts = vec![Plain::of(&SIX[..cut]), Plain::of(&[]), Plain::of(&SIX[cut..])];
        let parted = Parted { whole: Plain::of(&SIX), parts };
        for text in ["disk", "full disk space", "queue left"] {
            let (Ok(one), Ok(many)) = (
                rank(&query(text), &Weights::default(), &whole),
                rank(&query(text), &Weights::default(), &parted),
            );
            assert_eq!(one, many, "{text} cut at {cut}");
            let (Ok(one), Ok(many)) = (holding("full", &whole), holding("full", &parted));
            assert_eq!(one, many);
        }
    }
}

#[test]
fn pages_that_hold_a_word_are_told_by_their_first_document() {
    let Ok(mut heads) = holding("full", &Plain::of(&SIX)).map(Vec::from_iter);
    heads.sort_unstable();
    assert_eq!(heads, [0, 5, 8, 11]);
}

#[test]
fn neighbours_add_their_share_once_for_title_and_prose() {
    // A pair of two words carries half of the question's weight.
    let pages = Plain::of(&[("A", &["disk is full"]), ("B", &["is disk full"])]);
    let both = ranked(&pages, "disk full").pages;
    let gain = both[0].score - both[1].score;
    assert!((gain - 0.375).abs() < 1e-5, "{both:?}");
    let titles = Plain::of(&[("disk is full", &["x"]), ("is disk full", &["x"])]);
    let both = ranked(&titles, "disk full").pages;
    assert!((both[0].score - both[1].score - 0.5).abs() < 1e-5, "{both:?}");
    // A third word takes a part of the weight with it.
    let pages = Plain::of(&[("A", &["disk gap full"]), ("B", &["gap disk full"])]);
    let three = ranked(&pages, "disk full gap").pages;
    assert!((three[0].score - three[1].score - 0.25).abs() < 1e-5, "{three:?}");
}

#[test]
fn a_phrase_may_stand_in_any_section_and_pages_keep_their_order() {
    let pages = Plain::of(&SIX);
    let asked = query("\"full disk\"");
    let Ok(kept) = with_phrases(ranked(&pages, "disk").pages, &asked, &pages);
    let mut found: Vec<u32> = kept.iter().map(|page| page.page).collect();
    found.sort_unstable();
    assert_eq!(found, [0, 8]);
    let Ok(none) = with_phrases(kept, &query("\"disk queue\""), &pages);
    assert_eq!(none, []);
}

#[test]
fn a_slip_is_forgiven_by_length() {
    let nearest = |typed: &str, held: &'static [&'static str]| {
        let mut asked = query(typed);
        let Ok(found) = correct(&mut asked, &Plain::of(&[("Zzz", held)]));
        found.into_iter().next().map(|it| it.meant)
    };
    assert_eq!(nearest("disj", &["disk"]).as_deref(), Some("disk"));
    assert_eq!(nearest("dsik", &["disk"]).as_deref(), Some("disk"));
    assert_eq!((nearest("dis", &["diz"]), nearest("dxxk", &["disk"])), (None, None));
    assert!(nearest("kubernxxes", &["kubernetes"]).is_some());
    assert_eq!(nearest("kubexxxxes", &["kubernetes"]), None);
    // Of equals the first in order, and the nearer one before it.
    assert_eq!(nearest("disx", &["disz disk"]).as_deref(), Some("disk"));
    assert_eq!(nearest("kubernetxs", &["kubernxxs kubernetes"]).as_deref(), Some("kubernet"));
}
