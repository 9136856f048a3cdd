//! Pages of one family: their titles, their abbreviations and their names tell them apart.

use super::plain::Plain;
use super::{order, query, ranked};
use crate::routing::Weights;
use crate::routing::analysis::Analyzer;
use crate::routing::exact::{Exact, ExactKind, bonus, named};
use crate::routing::expansion::expand;
use crate::routing::query::Query;
use crate::routing::ranking::{Ranking, rank};
use crate::routing::titles::shares;

/// A ranking of `text` with what its abbreviations stand for.
fn expanded(pages: &Plain, text: &str) -> Ranking {
    let mut query = query(text);
    let Ok(()) = expand(&mut query, pages);
    let Ok(mut ranking) = rank(&query, &Weights::default(), pages);
    ranking.pages.sort_by(|a, b| b.score.total_cmp(&a.score));
    ranking
}

#[test]
fn of_two_siblings_the_one_whose_title_says_less_is_meant() {
    let body: &[&str] = &["the quota of a bucket is near its limit"];
    let pages = Plain::of(&[("quota exhausted bytes bucket", body), ("quota bytes bucket", body)]);
    assert_eq!(order(&pages, "bucket reached its quota of bytes"), [1, 0]);
    assert_eq!(order(&pages, "bucket has exhausted its quota of bytes"), [0, 1]);
}

#[test]
fn a_title_is_held_by_places_not_by_counts() {
    let pages = Plain::of(&[("disk full disk", &["x"]), ("full", &["y"]), ("", &["disk"])]);
    let held = |text: &str| {
        let Ok(shares) = shares(&[0, 1, 2], &ranked(&pages, text).terms, &pages);
        shares.iter().map(|share| (share * 100.0).round()).collect::<Vec<_>>()
    };
    assert_eq!(held("disk"), [67.0, 0.0, 0.0]);
    assert_eq!(held("full disk"), [100.0, 100.0, 0.0]);
    assert_eq!(held("zebra"), [0.0, 0.0, 0.0]);
}

#[test]
fn an_abbreviation_finds_what_it_stands_for() {
    let mut pages = Plain::of(&[
        ("persistent volume claims", &["how to grow a persistent volume claim"]),
        ("pods", &["a pod that does not start"]),
    ]);
    assert_eq!(order(&pages, "PVC full"), Vec::<u32>::new());
    pages.long_forms =
        vec![("pvc", "persist volum claim", 2), ("pvc", "other thing", 1), ("full", "of anoth", 0)];
    let ranking = expanded(&pages, "PVC full");
    assert_eq!(ranking.pages.iter().map(|page| page.page).collect::<Vec<_>>(), [0]);
    // All of the long form is the abbreviation; a part of it is not.
    let held = |terms: &[&str]| ranking.coverage(terms.iter().copied());
    assert!((held(&["persist", "volum", "claim"]) - 0.5).abs() < 1e-6);
    assert!(held(&["persist", "volum"]).abs() < 1e-6);
    // Words that the question has too count for its abbreviation as well.
    let both = expanded(&pages, "PVC volume");
    assert_eq!(
        both.added.iter().map(|it| it.term.as_str()).collect::<Vec<_>>(),
        ["persist", "claim"]
    );
    assert!(both.coverage(["persist", "claim"]).abs() < 1e-6);
    assert!((both.coverage(["persist", "volum", "claim"]) - 1.0).abs() < 1e-6);
}

#[test]
fn the_stem_of_another_word_is_no_abbreviation() {
    let mut pages = Plain::of(&[("decision", &["architectural decision"]), ("add", &["adding"])]);
    pages.long_forms = vec![("ad", "architectur decis", 1)];
    let found = |text: &str| expanded(&pages, text).pages.len();
    assert_eq!((found("an AD of"), found("ADs"), found("adding")), (2, 2, 1));
    assert_eq!(expanded(&pages, "adding").long_forms, []);
    assert_eq!(expanded(&pages, "an AD").added.len(), 2);
}

fn names(pages: &Plain, text: &str) -> Vec<(u32, String)> {
    let query = Query::literal(text, &mut Analyzer::default());
    let Ok(named) = named(&query, text, pages);
    let folders = named
        .into_iter()
        .flat_map(|(page, names)| names.into_iter().map(move |name| (page, name.value)));
    folders.collect()
}

#[test]
fn the_longest_name_of_a_folder_is_meant() {
    let mut pages = Plain::of(&[("redis", &["x"]), ("redis cache", &["y"]), ("git", &["z"])]);
    let folder = |name, page| (ExactKind::Folder, name, page);
    pages.exacts = vec![folder("redi", 0), folder("redi cach", 1), folder("git", 2)];
    let all =
        |text: &str| names(&pages, text).into_iter().map(|(page, _)| page).collect::<Vec<_>>();
    assert_eq!(all("the apdex of redis-cache violates"), [1]);
    assert_eq!(all("redis and git, main stage"), [0, 2]);
    assert_eq!(all("redis-cache beside redis"), [0, 1]);
    assert_eq!(all("redis-tracechunks"), [0]);
    assert_eq!(all("nothing of them"), Vec::<u32>::new());
}

#[test]
fn a_hundred_aliases_name_a_page_no_better_than_one() {
    let alias = |value: &str| Exact { kind: ExactKind::Alias, value: value.to_owned() };
    let many: Vec<Exact> = (0..100).map(|n| alias(&format!("name{n}"))).collect();
    assert_eq!(bonus(&many).to_bits(), bonus(&[alias("one")]).to_bits());
    assert_eq!(bonus(&[alias("one"), alias("two words")]).to_bits(), 1.0_f32.to_bits());
    let alert = Exact { kind: ExactKind::Alert, value: "x".to_owned() };
    assert_eq!(bonus(&[alias("two words"), alert]).to_bits(), 5.0_f32.to_bits());
    assert_eq!(bonus(&[]).to_bits(), 0.0_f32.to_bits());
}
