//! Values planted in documents: nothing of one may be left, in whatever prode says.

use prode::hint::Helpful;
use prode::ops::redact::{self, Screen};
use prode::redaction::{Redactor, Settings};

use super::planted::{Answer, Judged, judged};
use crate::support::rounds;

#[test]
fn nothing_of_a_planted_value_is_left_anywhere() {
    let first = rounds("REDACTION_PLANTED_FROM", 0);
    let cases = rounds("REDACTION_PLANTED", 1000);
    let plain = Screen::strict(Redactor::new(&Settings::default()).unwrap());
    let judged = judged(first..first + cases, |text| everything_said(&plain, text));
    let Judged { failures, blocked } = judged;
    let shown = |cases: &[String]| cases[..cases.len().min(40)].join("\n");
    let (left, held) = (failures.len(), blocked.len());
    eprintln!("{cases} values planted: {left} left something, {held} blocked");
    assert_eq!(left, 0, "of {cases}:\n{}", shown(&failures));
    // Who blocks everything leaks nothing, and is of no use. A token that is
    // itself encoded may stand a level too deep.
    assert!(held * 40 <= cases, "{held} of {cases} blocked:\n{}", shown(&blocked));
}

/// The text, and whatever else comes out: the report, its debugging form, errors.
fn everything_said(screen: &Screen, text: &str) -> Answer {
    match redact::run(screen, "-", text) {
        Ok(answer) => {
            let report = serde_json::to_string(&answer.findings).unwrap();
            let told = format!("{report}\n{answer:?}\n{:?}", screen.redact("-", text));
            Answer { told, text: Some(answer.text.into_string()) }
        }
        Err(error) => {
            let told = format!("{error}\n{error:?}\n{}", error.hints().join("\n"));
            Answer { told, text: None }
        }
    }
}
