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
