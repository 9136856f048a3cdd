//! The scorer judged by redactors whose faults are known.

use std::iter::once;
use std::ops::Range;

use super::super::item::{Blocking, Class, Item, Settings, all};
use super::super::outcome::{Found, Outcome, covered};
use super::{Score, Topic, score};

/// Replaces `ranges` by placeholders and says so.
fn hide(text: &str, ranges: impl IntoIterator<Item = Range<usize>>) -> Outcome {
    let found: Vec<_> =
        ranges.into_iter().map(|range| Found { rule: "test".to_owned(), range }).collect();
    let mut output = String::new();
    let mut at = 0;
    for range in covered(&found) {
        output += &text[at..range.start];
        output += "<HIDDEN_1>";
        at = range.end;
    }
    output += &text[at..];
    Outcome::Redacted { text: output, found }
}

/// Judges a redactor that is told the item. What it has put out it leaves alone.
fn judged(redact: impl Fn(&Item) -> Outcome) -> Score {
    let items = all();
    let answer = |text: &str, _: &Settings| match items.iter().find(|item| item.text == text) {
        Some(item) => redact(item),
        None => hide(text, []),
    };
    score(&items, &answer)
}

fn labels(item: &Item) -> Vec<Range<usize>> {
    item.spans.iter().map(|span| span.range.clone()).collect()
}

/// What a perfect redactor answers.
fn perfect(item: &Item) -> Outcome {
    match item.blocked {
        Some(_) => Outcome::Blocked,
        None => hide(&item.text, labels(item)),
    }
}

#[test]
fn a_perfect_redactor_has_no_miss() {
    let score = judged(perfect);
    assert!(score.misses.is_empty(), "{score}");
    assert!((score.kept() - 1.0).abs() < f64::EPSILON);
}

#[test]
fn who_hides_nothing_leaks_everything() {
    let score = judged(|item| hide(&item.text, []));
    for (class, counts) in &score.classes {
        assert_eq!((counts.touched, counts.covered), (0, 0), "{class:?}");
    }
    assert!(score.residue > 500 && score.misjudged > 0);
    assert_eq!((score.lost, score.same_words), (0, score.words));
}

#[test]
fn who_hides_everything_loses_everything() {
    let score = judged(|item| hide(&item.text, once(0..item.text.len())));
    assert_eq!((score.leaked(Class::Secret), score.leaked(Class::Cell), score.residue), (0, 0, 0));
    assert_eq!(score.same_words, 0);
    let judged = all().into_iter().filter(|item| item.blocked != Some(Blocking::Must));
    assert_eq!(score.lost, judged.map(|item| item.keep.len()).sum::<usize>());
}

#[test]
fn the_end_of_a_value_left_standing_is_told() {
    let score = judged(|item| {
        let ends = labels(item).into_iter().map(|range| {
            let value = &item.text[range.clone()];
            range.start
                ..range.start + value.char_indices().nth_back(value.chars().count() / 2).unwrap().0
        });
        hide(&item.text, ends.filter(|range| !range.is_empty()))
    });
    let secrets = &score.classes[&Class::Secret];
    assert_eq!(secrets.covered, 0);
    assert!(secrets.touched * 10 > secrets.all * 9 && score.residue > 200);
}

#[test]
fn a_text_that_says_more_than_its_findings_is_astray() {
    let score = judged(|item| match perfect(item) {
        Outcome::Redacted { text, found } => Outcome::Redacted { text: text + "!", found },
        Outcome::Blocked => Outcome::Blocked,
    });
    assert!(score.astray > 400 && score.same_words == 0);
}

#[test]
fn a_value_copied_elsewhere_is_residue() {
    let score = judged(|item| match perfect(item) {
        Outcome::Redacted { text, found } => {
            let value = item.spans.first().map_or("", |span| item.value(span));
            Outcome::Redacted { text: text + value, found }
        }
        Outcome::Blocked => Outcome::Blocked,
    });
    assert!(score.residue > 100);
    assert_eq!(score.leaked(Class::Secret), 0, "only the text gives it away");
}

#[test]
fn an_output_that_changes_again_is_unstable() {
    let items = all();
    let score = score(&items, &|text, _| hide(text, once(0..text.len())));
    assert_eq!(score.unstable + score.misjudged, items.len());
}

#[test]
fn no_value_is_told() {
    let score = judged(|item| hide(&item.text, []));
    let told = score.told(&[Topic::Value(Class::Secret), Topic::Residue, Topic::Blocking]);
    assert!(told.lines().count() > 500);
    for item in all() {
        for span in item.spans.iter().filter(|span| span.range.len() > 8) {
            assert!(!told.contains(item.value(span)), "{} {:?}", item.id, span.range);
        }
    }
}
