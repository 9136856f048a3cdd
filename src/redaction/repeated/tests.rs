//! Which values are known again, and which stay.

use super::*;
use crate::redaction::layers::keywords;

/// What is found besides the first `value` of a kind.
fn more<'t>(raw: &'t str, value: &str, kind: &'static str) -> Vec<&'t str> {
    let text = Text::new(raw, &keywords());
    let at = raw.find(value).unwrap();
    let mut found = vec![Match::new("named-value", kind, at..at + value.len(), 90)];
    add(&text, &mut found);
    found.drain(..1);
    found.into_iter().map(|it| &raw[it.span]).collect()
}

#[test]
fn a_secret_is_known_again_with_a_slip_in_it() {
    for (text, again) in [
        ("tr3ibholz and (tr3ibholz)", "tr3ibholz"),
        ("tr3ibholz, typo: tr3ibholz!", "tr3ibholz!"),
        ("tr3ibholz or Tr3ibholz", "Tr3ibholz"),
        ("tr3ibholz then xtr3ibholz2", "xtr3ibholz2"),
    ] {
        assert_eq!(more(text, "tr3ibholz", "PASSWORD"), [again], "{text}");
    }
    assert_eq!(
        more("Kartoffelsuppe, I said Kartoffelsuppe", "Kartoffelsuppe", "PASSWORD"),
        ["Kartoffelsuppe"]
    );
    assert_eq!(more("ops:rosen-rot and rosen-rot", "ops:rosen-rot", "CREDENTIALS"), ["rosen-rot"]);
}

#[test]
fn words_and_parts_of_words_stay() {
    assert!(more("production is production", "production", "PASSWORD").is_empty());
    assert!(more("winter in winter", "winter", "PASSWORD").is_empty());
    assert!(more("rosenrot and rosenrotation", "rosenrot", "PASSWORD").is_empty());
    assert!(more("0171 8812201 and 0171 88122015", "0171 8812201", "PHONE").is_empty());
}

#[test]
fn a_slip_is_short() {
    for (text, again) in [
        ("tr3ibholz xyztr3ibholz", Some("xyztr3ibholz")),
        ("tr3ibholz wxyztr3ibholz", None),
        ("tr3ibholz tr3ibholzxyz", Some("tr3ibholzxyz")),
        ("tr3ibholz tr3ibholzwxyz", None),
        ("tr3ibholz tr3ibholz2026", Some("tr3ibholz2026")),
        ("tr3ibholz tr3ibholz2026abc", Some("tr3ibholz2026abc")),
        ("tr3ibholz tr3ibholz2026abcd", None),
        ("tr3ibholz tr3ibholz!#$%", Some("tr3ibholz!#$%")),
        ("tr3ibholz tr3ibholz?", Some("tr3ibholz")),
        ("tr3ibholz tr3ibholz!?", Some("tr3ibholz!?")),
        ("tr3ibholz tr3ibholz.", Some("tr3ibholz")),
        ("tr3ibholz TR3IBHOLZ", Some("TR3IBHOLZ")),
        ("tr3ibholz7 and tr3ibholz8", Some("tr3ibholz8")),
    ] {
        let value = text.split(' ').next().unwrap();
        assert_eq!(more(text, value, "PASSWORD"), again.into_iter().collect::<Vec<_>>(), "{text}");
    }
}

#[test]
fn what_is_looked_for_is_telling_or_a_sure_word() {
    let again = |value: &str| {
        let text = format!("{value} and {value}");
        more(&text, value, "PASSWORD").len()
    };
    for (value, count) in [
        ("ab1cde", 1),
        ("ab1cd", 0),
        ("abc@de", 1),
        ("abcdef", 0),
        ("12345678", 1),
        ("1234567", 0),
        ("aBcDeFg", 1),
        ("aBcDefg", 0),
        ("gartentor", 1),
        ("gartento", 1),
        ("gartent", 0),
        ("Password", 0),
        ("localhost", 0),
    ] {
        assert_eq!(again(value), count, "{value}");
    }
    let long = "a1".repeat(256);
    assert_eq!((again(&long), again(&format!("{long}b"))), (1, 0));
    assert_eq!(again("ab1c\ndef"), 0);
}

#[test]
fn numbers_of_people_stand_exactly_so() {
    for (text, again) in [
        ("4952118830 4952118830", 1),
        ("4952118830 4952118830x1", 1),
        ("4952118830 4952118830xa", 0),
        ("4952118830 4952118830a", 0),
        ("4952118830 a4952118830", 0),
        ("4952118830 49521188301", 0),
    ] {
        assert_eq!(more(text, "4952118830", "PHONE").len(), again, "{text}");
    }
    assert_eq!(more("o@ott.de O@OTT.DE", "o@ott.de", "EMAIL"), ["O@OTT.DE"]);
    assert_eq!(more("Ada Byron and Ada Byron", "Ada Byron", "NAME"), [""; 0]);
}

#[test]
fn data_is_not_looked_for_and_neither_is_what_is_unsure() {
    for kind in DATA {
        assert!(more("tr3ibholz and tr3ibholz", "tr3ibholz", kind).is_empty(), "{kind}");
    }
    let raw = "tr3ibholz and tr3ibholz";
    let text = Text::new(raw, &keywords());
    for (confidence, count) in [(59, 1), (60, 2)] {
        let mut found = vec![Match::new("named-value", "PASSWORD", 0..9, confidence)];
        add(&text, &mut found);
        assert_eq!(found.len(), count, "{confidence}");
    }
    let sure = |confidence| {
        let raw = "gartentor and gartentor";
        let text = Text::new(raw, &keywords());
        let mut found = vec![Match::new("named-value", "PASSWORD", 0..9, confidence)];
        add(&text, &mut found);
        found.len()
    };
    assert_eq!((sure(79), sure(80)), (1, 2));
}

#[test]
fn a_word_that_a_text_is_about_stays() {
    let text = |count: usize| "gartentor ".repeat(count + 1);
    assert_eq!(more(&text(12), "gartentor", "PASSWORD").len(), 12);
    assert_eq!(more(&text(13), "gartentor", "PASSWORD").len(), 0);
    let text = "tr3ibholz ".repeat(14);
    assert_eq!(more(&text, "tr3ibholz", "PASSWORD").len(), 13);
}

#[test]
fn an_error_quotes_a_copied_value() {
    for (text, again) in [
        ("12.5O: bad \"12.5O\"", Some("12.5O")),
        ("12.5O: bad '12.5O'", Some("12.5O")),
        ("12.5O: bad `12.5O`", Some("12.5O")),
        ("12.5O: bad \"12.5O\":", None),
        ("12.5O: bad \"12.5O!\"", None),
        ("12.5O: bad 12.5O", None),
    ] {
        let found = more(text, "12.5O", "CELL");
        assert_eq!(found, again.into_iter().collect::<Vec<_>>(), "{text}");
    }
    assert_eq!(more("12.5: bad \"12.5\"", "12.5", "CELL"), [""; 0]);
    assert_eq!(more("abcd: bad \"abcd\"", "abcd", "CELL"), [""; 0]);
    assert_eq!(more("a1: bad \"a1\"", "a1", "CELL"), [""; 0]);
    assert_eq!(more("12.5O: bad \"12.5O\"", "12.5O", "IPV4"), [""; 0]);
    let long = |count| {
        let value = "a1".repeat(count);
        more(&format!("{value}: bad \"{value}\""), &value, "VALUE").len()
    };
    assert_eq!((long(40), long(41)), (1, 0));
}

#[test]
fn places_are_the_same_in_a_large_text() {
    let filler = "words of a page\n".repeat(5_000);
    let raw = format!("tr3ibholz {filler} tr3ibholz7 {filler} Tr3ibholz");
    let values = [("tr3ibholz", 0), ("tr3ibholz7", 1)];
    let at = |it: usize| 10 + filler.len() + 1 + it;
    let wanted = [(0, 0..9), (1, at(0)..at(10)), (0, at(12 + filler.len())..at(21 + filler.len()))];
    assert_eq!(places(&values, &raw), wanted);
    let known = [3..5, 9..12];
    for (span, held) in [(3..5, true), (4..5, true), (2..5, false), (3..6, false), (9..12, true)] {
        assert_eq!(holds(&known, &span), held, "{span:?}");
    }
    let found: Vec<Match> = [4..6, 0..2, 6..9, 1..3, 12..13]
        .into_iter()
        .map(|span| Match::new("a", "A", span, 50))
        .collect();
    assert_eq!(merged(&found), [0..3, 4..9, 12..13]);
}
