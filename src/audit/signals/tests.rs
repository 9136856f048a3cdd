//! The table; what each signal finds is tested on real histories in `tests/audit`.

use std::collections::BTreeSet;

use super::*;

#[test]
fn every_name_is_one_and_the_heaviest_stands_first() {
    let names: BTreeSet<&str> = SIGNALS.iter().map(|it| it.name).collect();
    assert_eq!(names.len(), SIGNALS.len());
    assert!(SIGNALS.is_sorted_by(|a, b| a.points >= b.points));
    for row in SIGNALS {
        assert!(row.name.bytes().all(|it| it.is_ascii_lowercase() || it == b'_'), "{}", row.name);
        assert_eq!(signal(row.name).map(|it| it.points), Some(row.points));
    }
    assert!(signal("drift").is_none());
}

#[test]
fn lists_are_cut_with_a_count() {
    let names = |count: usize| (0..count).map(|it| it.to_string()).collect::<Vec<_>>();
    assert_eq!((some(&names(1), 2), some(&names(4), 2)), ("0".into(), "0, 1 and 2 more".into()));
    assert_eq!((counted(1, "page"), counted(0, "page")), ("1 page".into(), "0 pages".into()));
}
