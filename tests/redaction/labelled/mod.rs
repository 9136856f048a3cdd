//! `prode::redaction`, judged by a labelled set that is older than any of its rules.
//!
//! It needs the model alone: no repository, no program, nothing of `support`.

mod item;
mod outcome;
mod pasted;
mod score;
mod set;

use std::sync::LazyLock;

use prode::redaction::{Redactor, Settings};

use self::item::{Class, Settings as Additions, all, unseen};
use self::outcome::{Found, Outcome};
use self::pasted::{WAYS, pasted};
use self::score::{Score, Topic, score};

/// The share of harmless words that may not change.
const KEPT: f64 = 0.98;

const CLASSES: [Class; 6] =
    [Class::Secret, Class::Identifier, Class::Cell, Class::Payload, Class::Host, Class::Policy];

/// True where the aims are asked for, and not only that nothing gets worse:
/// `benches/run redactionaims`.
static AIMS: LazyLock<bool> = LazyLock::new(aims_asked_for);

#[expect(clippy::disallowed_methods, reason = "the figures are asked for from outside")]
fn aims_asked_for() -> bool {
    std::env::var_os("REDACTION_AIMS").is_some()
}

/// What is allowed where the aims, zero of everything, are not asked for.
fn ceiling(now: usize) -> usize {
    if *AIMS { 0 } else { now }
}

/// Percent of the set's values that are hidden whole, while some still leak.
const FLOORS: &[(Class, f64)] = &[
    (Class::Secret, 100.0),
    (Class::Identifier, 100.0),
    (Class::Cell, 100.0),
    (Class::Payload, 100.0),
    (Class::Host, 100.0),
    (Class::Policy, 100.0),
];

/// Values of the set of which a run of six bytes stands in the output.
const RESIDUE: usize = 0;

/// Spans of the set that should have stayed, and did not.
const LOST: usize = 0;

/// The same where the set is pasted in any of [`WAYS`].
const PASTED_LOST: usize = 0;

/// Values that leak where the whole set is pasted in each of [`WAYS`].
const PASTED_LEFT: &[usize; WAYS.len()] = &[0; WAYS.len()];

/// The same for documents that no rule was written for. They say what to
/// expect of tomorrow's; a rule that is made after one of them moves it to
/// the set.
const UNSEEN_FLOORS: &[(Class, f64)] = &[
    (Class::Secret, 74.8),
    (Class::Identifier, 95.1),
    (Class::Cell, 83.1),
    (Class::Payload, 78.7),
    (Class::Host, 100.0),
    (Class::Policy, 68.4),
];

/// Rules without additions, which nearly every document is judged by.
static PLAIN: LazyLock<Redactor> = LazyLock::new(|| Redactor::new(&Settings::default()).unwrap());

static SCORE: LazyLock<Score> = LazyLock::new(|| score(&all(), &redacted));

#[test]
fn nothing_is_left_of_a_value() {
    let told = SCORE.told(&[Topic::Residue]);
    assert!(SCORE.residue <= ceiling(RESIDUE), "{}\n{told}", SCORE.residue);
}

#[test]
fn harmless_words_stay_as_they_are() {
    let told = SCORE.told(&[Topic::Words]);
    assert!(SCORE.astray == 0 && SCORE.kept() >= KEPT, "\n{told}{}", *SCORE);
}

#[test]
fn what_must_be_kept_is_kept() {
    assert!(SCORE.lost <= ceiling(LOST), "{}\n{}", SCORE.lost, SCORE.told(&[Topic::Kept]));
}

#[test]
fn redacting_twice_changes_nothing() {
    assert_eq!(SCORE.unstable, 0, "\n{}", SCORE.told(&[Topic::Stable]));
}

#[test]
fn only_what_cannot_be_bounded_is_blocked() {
    assert_eq!(SCORE.misjudged, 0, "\n{}", SCORE.told(&[Topic::Blocking]));
}

#[test]
fn the_way_of_pasting_does_not_matter() {
    for (way, most) in WAYS.iter().zip(PASTED_LEFT) {
        let score = score(&pasted(all(), way), &redacted);
        let leaked: usize = CLASSES.iter().map(|class| score.leaked(*class)).sum();
        eprintln!("{}: {leaked} values leak, {} kept spans are lost", way.name, score.lost);
        let told = score.told(&CLASSES.map(Topic::Value));
        assert!(leaked <= ceiling(*most), "{}\n{told}{score}", way.name);
        let told = score.told(&[Topic::Words, Topic::Kept]);
        assert!(
            score.kept() >= KEPT && score.lost <= ceiling(PASTED_LOST),
            "{}\n{told}{score}",
            way.name
        );
    }
}

#[test]
fn hidden_shares_do_not_fall() {
    stays_above(FLOORS, &SCORE);
}

#[test]
fn documents_that_no_rule_was_written_for_are_mostly_hidden() {
    let items = unseen();
    if items.is_empty() {
        eprintln!("every document has its rules; new ones are to be written");
        return;
    }
    let score = score(&items, &redacted);
    eprintln!("documents that no rule was written for:\n{score}");
    stays_above(UNSEEN_FLOORS, &score);
    assert!(score.unstable + score.astray == 0 && score.kept() >= KEPT, "{score}");
}

fn stays_above(floors: &[(Class, f64)], score: &Score) {
    for (class, floor) in floors {
        let share = score.share(*class);
        let told = score.told(&[Topic::Value(*class)]);
        let floor = if *AIMS { 100.0 } else { *floor };
        assert!(share >= floor, "{class:?}: {share:.2} % of {floor} %\n{told}{score}");
    }
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
