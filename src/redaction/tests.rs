//! What always holds, whatever the rules are.

use super::*;
use crate::hint::{ErrorKind, Helpful};

fn redactor() -> Redactor {
    Redactor::new(&Settings::default()).unwrap()
}

impl Redactor {
    /// An engine with a layer that panics. The program cannot make one.
    pub(crate) fn failing() -> Self {
        let find = layers::Find::Always(|_, _, _| panic!("a defect"));
        let broken = layers::Layer::new("broken", find);
        Self { scanner: Scanner::new(&Settings::default()).unwrap().and(broken) }
    }
}

#[test]
fn text_that_holds_nothing_stays_as_it_is() {
    let text = "The queue is full.\n\nRestart the worker, then look at the dashboard.\n";
    let redaction = redactor().redact(text).unwrap();
    assert_eq!((redaction.text.as_str(), redaction.findings), (text, Vec::new()));
}

#[test]
fn a_layer_that_panics_lets_nothing_through_and_is_named() {
    let blocked = Redactor::failing().redact("text").unwrap_err();
    assert_eq!(blocked.reason, Reason::Fault("broken"));
    assert_eq!(blocked.kind(), ErrorKind::Waiting);
    assert_eq!(
        blocked.to_string(),
        "redaction cannot decide at line 1, column 1: the rules of layer 'broken' failed"
    );
}

#[test]
fn a_text_beyond_the_limit_is_not_let_through() {
    let blocked = redactor().redact(&" ".repeat(MAX_TEXT + 1)).unwrap_err();
    assert_eq!(blocked.reason, Reason::TooLarge);
}

#[test]
fn settings_that_no_rule_can_be_made_of_are_refused_without_repeating_them() {
    for (name, pattern) in [("x", "a"), ("A", "("), ("A", "a*"), ("A", "(a{1000}){1000}")] {
        let patterns = vec![(name.to_owned(), pattern.to_owned())];
        let error = Redactor::new(&Settings { patterns, ..Settings::default() }).unwrap_err();
        assert_eq!(error.kind(), ErrorKind::Waiting);
        assert!(!error.to_string().contains(pattern) || pattern.len() == 1, "{error}");
    }
}

/// Found by fuzzing: a label without an end was cut inside of a letter.
#[test]
fn a_block_whose_label_is_cut_inside_of_a_letter_is_no_fault() {
    let text = format!("{}BEGIN OPENSSH {} KEY{}", "-".repeat(5), "PRIVATE", "é".repeat(40));
    for cut in 0..3 {
        let shown = redactor().redact(&format!("{}{text}", "-".repeat(cut)));
        assert!(shown.is_ok_and(|it| it.findings.is_empty()), "{cut}");
    }
}

#[test]
fn bytes_that_are_no_text_are_placed() {
    assert_eq!(Redactor::text_of(b"ab\nc".to_vec()).unwrap(), "ab\nc");
    let blocked = Redactor::text_of(b"ab\nc\xffd".to_vec()).unwrap_err();
    assert_eq!((blocked.reason, blocked.start), (Reason::NoText, 4));
    assert_eq!((blocked.line, blocked.column, blocked.end), (2, 2, None));
}

#[test]
fn a_large_text_of_nothing_but_keywords_is_not_let_through() {
    let words = |bytes: usize| "password \n".repeat(bytes / 10);
    let small = redactor().redact(&words(250 << 10)).unwrap();
    assert!(small.findings.is_empty());
    let large = redactor().redact(&words(262 << 10)).unwrap_err();
    assert_eq!((large.reason, large.start), (Reason::TooLarge, 0));
}

#[test]
fn what_a_person_lets_stand_stands_in_every_round() {
    let text = "password: tr3ibholz7, mail ott@team.bzh and ann@team.bzh";
    let mut stays = |rule: &str, value: &str| rule == "email" && value.starts_with("ott");
    let redaction = redactor().redact_but(text, &mut stays).unwrap();
    assert_eq!(redaction.text.as_str(), "password: <PASSWORD_1>, mail ott@team.bzh and <EMAIL_1>");
    let rules = |all: &[Finding]| all.iter().map(|it| it.rule.to_string()).collect::<Vec<_>>();
    assert_eq!(rules(&redaction.findings), ["named-value", "email"]);
    assert_eq!(rules(&redaction.allowed), ["email"]);
    assert_eq!((redaction.allowed[0].start, redaction.allowed[0].end), (27, 39));
}
