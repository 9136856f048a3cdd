//! What is kept of a change: the change, its verification, its review, and what
//! was watched.

use jiff::Timestamp;
use prode::triage::delivery::{
    Against, Answer, Change, Crossing, FileChange, Kind, Maker, Monitor, QUESTIONS, Ran, Review,
    Seen, Verification, Watched, Word,
};
use prode::triage::output::{FindingKind, Output, QueryResult};
use prode::triage::window::Window;

use super::super::gate::case::{finding, query, receipt, silent};

/// What becomes of an attempt.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Attempt {
    /// Nothing is changed.
    Nothing,
    /// The commands do not pass.
    Fails,
    /// The reviewer objects.
    Objected,
    /// It touches what no run may touch.
    TooFar,
    /// It can be proposed.
    Holds,
}

pub(super) fn change(number: u32, attempt: Attempt) -> Change {
    let crossing = Crossing {
        kind: Kind::Boundary,
        path: "infra/a".to_owned(),
        what: "no run changes it".to_owned(),
    };
    Change {
        schema: Change::SCHEMA.to_owned(),
        base: "b".repeat(40),
        commit: format!("{number:040x}"),
        by: Maker::Program("coder".to_owned()),
        title: "Hold ten connections".to_owned(),
        summary: "The pool was\ntoo small.\n\nIt holds ten now.".to_owned(),
        tests: vec!["tests/pay.rs".to_owned()],
        untestable: None,
        rollback: "Revert it.".to_owned(),
        monitoring: "Errors of checkout.".to_owned(),
        files: vec![FileChange { path: "src/pay.rs".to_owned(), added: 2, removed: 1 }],
        crossings: if attempt == Attempt::TooFar { vec![crossing] } else { Vec::new() },
    }
}

fn ran(on: Against, passed: bool) -> Ran {
    let (command, digest, output) = ("make test".to_owned(), String::new(), String::new());
    Ran { command, on, passed, digest, output }
}

pub(super) fn verification(change: &Change, attempt: Attempt) -> Verification {
    Verification {
        schema: Verification::SCHEMA.to_owned(),
        commit: change.commit.clone(),
        tests: change.tests.clone(),
        commands: vec![
            ran(Against::Base, true),
            ran(Against::Test, false),
            ran(Against::Change, attempt != Attempt::Fails),
        ],
    }
}

pub(super) fn review(attempt: Attempt) -> Review {
    let of = |question: &str| Answer {
        question: question.to_owned(),
        answer: match question {
            "errors-handled" if attempt == Attempt::Objected => Word::No,
            "apis-exist" => Word::Unknown,
            _ => Word::Yes,
        },
        why: format!("{question}: looked"),
    };
    Review {
        schema: Review::SCHEMA.to_owned(),
        by: "reader".to_owned(),
        answers: QUESTIONS.iter().map(|(name, _)| of(name)).collect(),
    }
}

pub(super) fn monitor(from: Timestamp, until: Timestamp, seen: Seen) -> Monitor {
    let window = Window { from, until };
    let mut output: Output = silent();
    let mut looked = query("sentry", "errors", QueryResult::Empty, &[]);
    looked.window = window;
    output.queries.push(looked);
    if seen == Seen::Regressed {
        let mut again = receipt("sentry", "errors");
        again.window = window;
        let mut found = finding(FindingKind::Observation, "app-regression", again);
        found.observed_at = from;
        output.findings.push(found);
    }
    let (output, why) = match seen {
        Seen::NotConfirmed => (None, Some("nobody answered".to_owned())),
        _ => (Some(output), None),
    };
    let (specialist, hypothesis) = ("sentry".to_owned(), "app-regression".to_owned());
    let answers = vec![Watched { specialist, hypothesis, output, why }];
    Monitor { schema: Monitor::SCHEMA.to_owned(), window, answers }
}
