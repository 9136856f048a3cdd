//! `prode::redaction`, judged by the labelled set and by planted values.

use std::sync::LazyLock;

use prode::hint::Helpful;
use prode::ops::redact;
use prode::redaction::{Redactor, Settings};

use super::item::{Class, Settings as Additions, all};
use super::outcome::{Found, Outcome};
use super::pasted::{WAYS, pasted};
use super::planted::{Answer, Judged, judged};
use super::score::{Score, Topic, score};
use crate::support::rounds;

/// The share of harmless words that may not change.
const KEPT: f64 = 0.98;

const CLASSES: [Class; 6] =
    [Class::Secret, Class::Identifier, Class::Cell, Class::Payload, Class::Host, Class::Policy];

/// Rules without additions, which nearly every document is judged by.
static PLAIN: LazyLock<Redactor> = LazyLock::new(|| Redactor::new(&Settings::default()).unwrap());

static SCORE: LazyLock<Score> = LazyLock::new(|| score(&all(), &redacted));

#[test]
#[ignore = "the rules are being written"]
fn no_copied_cell_leaks() {
    hides(&[Class::Cell, Class::Payload]);
}

#[test]
#[ignore = "the rules are being written"]
fn every_secret_and_every_identifier_is_hidden_whole() {
    hides(&[Class::Secret, Class::Identifier]);
}

#[test]
#[ignore = "the rules are being written"]
fn private_hosts_and_security_configuration_are_hidden() {
    hides(&[Class::Host, Class::Policy]);
}

#[test]
#[ignore = "the rules are being written"]
fn nothing_is_left_of_a_value() {
    assert_eq!(SCORE.residue, 0, "\n{}", SCORE.told(&[Topic::Residue]));
}

#[test]
fn harmless_words_stay_as_they_are() {
    let told = SCORE.told(&[Topic::Words]);
    assert!(SCORE.astray == 0 && SCORE.kept() >= KEPT, "\n{told}{}", *SCORE);
}

#[test]
#[ignore = "the rules are being written"]
fn what_must_be_kept_is_kept() {
    assert_eq!(SCORE.lost, 0, "\n{}", SCORE.told(&[Topic::Kept]));
}

#[test]
fn redacting_twice_changes_nothing() {
    assert_eq!(SCORE.unstable, 0, "\n{}", SCORE.told(&[Topic::Stable]));
}

#[test]
#[ignore = "the rules are being written"]
fn only_what_cannot_be_bounded_is_blocked() {
    assert_eq!(SCORE.misjudged, 0, "\n{}", SCORE.told(&[Topic::Blocking]));
}

#[test]
#[ignore = "the rules are being written"]
fn nothing_of_a_planted_value_is_left_anywhere() {
    let first = rounds("REDACTION_PLANTED_FROM", 0);
    let cases = rounds("REDACTION_PLANTED", 1000);
    let judged = judged(first..first + cases, |text| everything_said(&PLAIN, text));
    let Judged { failures, blocked } = judged;
    let shown = |cases: &[String]| cases[..cases.len().min(40)].join("\n");
    let (left, held) = (failures.len(), blocked.len());
    eprintln!("{cases} values planted: {left} left something, {held} blocked");
    assert!(failures.is_empty(), "{left} of {cases}:\n{}", shown(&failures));
    // Who blocks everything leaks nothing, and is of no use. A token that is
    // itself encoded may stand a level too deep.
    assert!(held * 40 <= cases, "{held} of {cases} blocked:\n{}", shown(&blocked));
}

#[test]
#[ignore = "the rules are being written"]
fn the_way_of_pasting_does_not_matter() {
    for way in WAYS {
        let score = score(&pasted(all(), way), &redacted);
        let leaked: usize = CLASSES.iter().map(|class| score.leaked(*class)).sum();
        let told = score.told(&CLASSES.map(Topic::Value));
        assert_eq!(leaked, 0, "{}\n{told}{score}", way.name);
        let told = score.told(&[Topic::Words, Topic::Kept]);
        assert!(score.kept() >= KEPT && score.lost == 0, "{}\n{told}{score}", way.name);
    }
}

fn hides(classes: &[Class]) {
    let topics: Vec<_> = classes.iter().map(|class| Topic::Value(*class)).collect();
    let leaked: usize = classes.iter().map(|class| SCORE.leaked(*class)).sum();
    assert_eq!(leaked, 0, "\n{}{}", SCORE.told(&topics), *SCORE);
}

fn redacted(text: &str, additions: &Additions) -> Outcome {
    let Additions { hosts, names, patterns } = additions.clone();
    let settings = Settings { hosts, names, patterns: patterns.into_iter().collect() };
    let redaction = if settings == Settings::default() {
        PLAIN.redact(text)
    } else {
        Redactor::new(&settings).unwrap().redact(text)
    };
    match redaction {
        Err(_) => Outcome::Blocked,
        Ok(redaction) => {
            let found = redaction
                .findings
                .iter()
                .map(|found| Found { rule: found.rule.to_string(), range: found.start..found.end });
            Outcome::Redacted { found: found.collect(), text: redaction.text.into_string() }
        }
    }
}

/// The text, and whatever else comes out: the report, its debugging form, errors.
fn everything_said(redactor: &Redactor, text: &str) -> Answer {
    match redact::run(redactor, text) {
        Ok(answer) => {
            let report = serde_json::to_string(&answer.findings).unwrap();
            let told = format!("{report}\n{answer:?}\n{:?}", redactor.redact(text));
            Answer { told, text: Some(answer.text.into_string()) }
        }
        Err(error) => {
            let told = format!("{error}\n{error:?}\n{}", error.hints().join("\n"));
            Answer { told, text: None }
        }
    }
}
