//! What words add is remembered, and asked for again.

use super::plain::{Page, Plain};
use super::{order, ranked};
use crate::routing::memo::{Memo, Parts};
use crate::routing::{Ranked, Weights};

fn bits(ranked: &[Ranked]) -> Vec<(u32, u32, u32)> {
    let mut all: Vec<_> =
        ranked.iter().map(|it| (it.page, it.section, it.score.to_bits())).collect();
    all.sort_unstable();
    all
}

/// Pages of two sections on each of which a word stands; some say more.
fn many() -> Plain {
    let page = |number: usize| match number % 3 {
        0 => ("Disk", &["the disk is full", "disk"][..]),
        _ => ("Other", &["a disk", "another disk of words"][..]),
    };
    let pages: Vec<Page> = (0..200).map(page).collect();
    Plain::of(&pages)
}

#[test]
fn an_answer_is_the_same_to_the_last_bit_and_its_words_are_known_after_it() {
    let (plain, mut pages) = (many(), many());
    pages.memo = Some(Memo::of(1 << 20));
    for text in ["disk full", "disk", "words of a disk"] {
        let wanted = ranked(&plain, text);
        for _ in 0..2 {
            let found = ranked(&pages, text);
            assert_eq!(bits(&found.pages), bits(&wanted.pages), "{text}");
            assert_eq!(found.terms, wanted.terms, "{text}");
        }
    }
    let known = pages.memo.as_ref().unwrap().get("disk", &Weights::default());
    assert_eq!(known.unwrap().holding, 200);
}

#[test]
fn what_is_remembered_is_what_counts() {
    let mut pages = many();
    let memo = Memo::of(1 << 20);
    // As no page has it: the last one first.
    let parts =
        Parts { pages: (0..300).map(|_| (199, 1.0)).collect(), holding: 1, ..Parts::default() };
    memo.put("disk", &Weights::default(), &parts);
    pages.memo = Some(memo);
    assert_eq!(order(&pages, "disk"), [398]);
}
