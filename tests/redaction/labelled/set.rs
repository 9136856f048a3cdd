//! The labelled set itself: that its offsets are right, that no value stands
//! whole in a file, and that no kind of document is missing.

use std::collections::{BTreeMap, HashSet};
use std::ops::Range;

use super::item::{Class, Item, SEEN, UNSEEN, all, files, unseen};

/// The fewest documents of each kind.
const KINDS: &[(&str, usize)] = &[
    ("access_log", 6),
    ("ambiguous", 6),
    ("body", 32),
    ("chat", 10),
    ("code", 9),
    ("connection", 9),
    ("csv", 5),
    ("datastore", 9),
    ("encoded", 40),
    ("env", 6),
    ("foreign", 18),
    ("grid", 26),
    ("headers", 7),
    ("iac", 5),
    ("invoice", 2),
    ("key", 7),
    ("kube", 6),
    ("log", 30),
    ("longlog", 2),
    ("mail", 4),
    ("output", 25),
    ("policy", 8),
    ("prose", 9),
    ("rcfile", 12),
    ("table", 9),
    ("ticket", 24),
    ("token", 15),
    ("trace", 11),
    ("url", 7),
    ("webhook", 5),
];

#[test]
fn ids_and_texts_are_distinct() {
    let items: Vec<_> = everything().collect();
    let ids: HashSet<_> = items.iter().map(|item| &item.id).collect();
    let texts: HashSet<_> = items.iter().map(|item| item.text.trim()).collect();
    assert_eq!((ids.len(), texts.len()), (items.len(), items.len()));
}

#[test]
fn there_are_documents_of_every_kind() {
    let mut counts = BTreeMap::new();
    let items = all();
    for item in &items {
        *counts.entry(item.kind.as_str()).or_insert(0) += 1;
    }
    let few: Vec<_> =
        KINDS.iter().filter(|(kind, least)| counts.get(kind).unwrap_or(&0) < least).collect();
    assert!(few.is_empty(), "too few of {few:?}");
    let unknown: Vec<_> = counts
        .keys()
        .filter(|kind| {
            !kind.starts_with("benign_") && !KINDS.iter().any(|(known, _)| known == *kind)
        })
        .collect();
    assert!(unknown.is_empty(), "{unknown:?}");
}

#[test]
fn what_hides_nothing_is_called_benign() {
    for item in everything() {
        assert_eq!(item.spans.is_empty(), item.kind.starts_with("benign_"), "{}", item.id);
    }
    let items = all();
    let benign = items.iter().filter(|item| item.spans.is_empty()).count();
    assert!(benign >= 60 && items.len() - benign >= 220, "{benign} of {}", items.len());
}

#[test]
fn every_class_is_met_often() {
    let items = all();
    for (class, least) in [
        (Class::Secret, 300),
        (Class::Identifier, 200),
        (Class::Cell, 150),
        (Class::Payload, 100),
        (Class::Host, 40),
        (Class::Policy, 30),
    ] {
        let spans = items.iter().flat_map(|item| &item.spans);
        let count = spans.filter(|span| span.class == class).count();
        assert!(count >= least, "{class:?}: {count}");
    }
}

#[test]
fn offsets_lie_on_characters_and_do_not_overlap() {
    for item in everything() {
        let labelled = item.spans.iter().map(|span| span.range.clone());
        let mut ranges: Vec<_> =
            labelled.chain(item.keep.clone()).chain(item.free.clone()).collect();
        ranges.sort_by_key(|range| range.start);
        for range in &ranges {
            assert!(
                item.text.get(range.clone()).is_some_and(|text| !text.is_empty()),
                "{} {range:?}",
                item.id
            );
        }
        for pair in ranges.windows(2) {
            assert!(pair[0].end <= pair[1].start, "{} {pair:?}", item.id);
        }
    }
}

#[test]
fn a_labelled_value_begins_and_ends_with_itself() {
    for item in everything() {
        for span in &item.spans {
            let value = item.value(span);
            assert_eq!(value, value.trim(), "{} {:?}", item.id, span.range);
        }
    }
}

#[test]
fn no_secret_and_no_identifier_stands_whole_in_a_part() {
    for item in everything() {
        for span in item.spans.iter().filter(|span| is_split(span.class)) {
            let value = item.value(span);
            assert!(
                !item.parts.iter().any(|part| part.contains(value)),
                "{} {:?}",
                item.id,
                span.range
            );
        }
    }
}

#[test]
fn no_secret_stands_whole_in_a_file() {
    let files: String = [SEEN, UNSEEN]
        .iter()
        .flat_map(|folder| files(folder))
        .map(|file| std::fs::read_to_string(file).unwrap())
        .collect();
    for item in everything() {
        for span in item.spans.iter().filter(|span| span.class == Class::Secret) {
            let value = item.value(span);
            // Shorter ones are met by chance: a PIN of four digits in an offset.
            assert!(value.len() < 9 || !files.contains(value), "{} {:?}", item.id, span.range);
        }
    }
}

#[test]
fn settings_name_what_their_item_holds() {
    for item in everything() {
        let given = !item.settings.names.is_empty() || !item.settings.hosts.is_empty();
        let labelled: Vec<_> =
            item.spans.iter().filter(|span| comes_from_settings(&span.type_)).collect();
        assert_eq!(given, !labelled.is_empty(), "{}", item.id);
        for span in labelled {
            assert!(is_named(&item, &span.range), "{} {:?}", item.id, span.range);
        }
    }
}

fn everything() -> impl Iterator<Item = Item> {
    all().into_iter().chain(unseen())
}

fn is_split(class: Class) -> bool {
    matches!(class, Class::Secret | Class::Identifier)
}

fn comes_from_settings(type_: &str) -> bool {
    matches!(type_, "private" | "name" | "customer_id")
}

fn is_named(item: &Item, range: &Range<usize>) -> bool {
    let value = &item.text[range.clone()];
    let settings = &item.settings;
    let pattern = |pattern: &String| regex::Regex::new(pattern).unwrap().is_match(value);
    settings.names.iter().any(|name| name == value)
        || settings.hosts.iter().any(|host| value.ends_with(host.as_str()))
        || settings.patterns.values().any(pattern)
}
