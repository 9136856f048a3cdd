//! What the events of a run spend, and where that ends a question.

use prode::triage::budget::{Budgets, Spent};
use prode::triage::event::Event;
use prode::triage::evidence::How;
use prode::triage::mode::Mode;
use prode::triage::output::Absence;
use prode::triage::plan::Question;
use prode::triage::state::{Action, State};

use super::super::gate::case::Case;
use super::script::Script;
use super::story::{Story, replayed};

/// A run with these questions, which nobody was asked yet; a star makes one
/// required.
fn planned(names: &[&str], budgets: Budgets) -> State {
    let script = Script { budgets, ..Script::of(Mode::DryRun) };
    let story = Story::told(Case::sufficient(), script);
    let mut state = replayed(&story.events[..story.place("routed")]).unwrap();
    let question = |name: &&str| Question {
        name: name.trim_end_matches('*').to_owned(),
        specialist: Question::whose(name.trim_end_matches('*')).to_owned(),
        text: (*name).to_owned(),
        required: name.ends_with('*'),
        because: String::new(),
    };
    let questions = names.iter().map(question).collect();
    state.apply(&Event::Routed { artifact: "sha256:1".to_owned(), questions }).unwrap();
    state
}

/// What is asked next; a question that is left out in brackets.
fn next(state: &State) -> String {
    match state.next(state.opened) {
        Action::Ask(question) => question.name,
        Action::Skip(question, _) => format!("({})", question.name),
        other => format!("{other:?}"),
    }
}

fn asked(state: &mut State, question: &str) -> Result<(), &'static str> {
    let (question, artifact) = (question.to_owned(), "sha256:2".to_owned());
    state.apply(&Event::Asked { question, artifact })
}

fn answered(state: &mut State, question: &str, artifact: &str, spent: Spent) {
    asked(state, question).unwrap();
    let (question, artifact) = (question.to_owned(), artifact.to_owned());
    let (raw, how) = (String::new(), How::Captured);
    state.apply(&Event::Answered { question, artifact, raw, how, spent }).unwrap();
}

fn unanswered(state: &mut State, question: &str, absence: Absence) {
    asked(state, question).unwrap();
    let (question, why) = (question.to_owned(), "no answer".to_owned());
    state.apply(&Event::Unanswered { question, absence, why, spent: false }).unwrap();
}

const SOME: Spent = Spent { bytes: 10, seconds: 1, cost_units: 1, evidence: 1 };

#[test]
fn an_answer_that_came_before_brings_nothing_new() {
    let names = ["a", "b", "c", "d", "e"];
    let budgets = Budgets { quiet: 3, ..Budgets::usual() };
    let mut state = planned(&names, budgets);
    for name in &names[..4] {
        assert_eq!(next(&state), *name);
        answered(&mut state, name, "sha256:same", SOME);
    }
    assert_eq!(next(&state), "(e)");
    assert_eq!(asked(&mut state, "e"), Err("what it may spend is used up"));
    let mut state = planned(&names, budgets);
    for (at, name) in names[..4].iter().enumerate() {
        answered(&mut state, name, &format!("sha256:{at}"), SOME);
    }
    assert_eq!(next(&state), "e");
}

#[test]
fn what_brings_something_new_ends_the_quiet() {
    let budgets = Budgets { quiet: 2, ..Budgets::usual() };
    let mut state = planned(&["a", "b", "c", "d", "e", "f*"], budgets);
    let nothing = Spent { evidence: 0, ..SOME };
    answered(&mut state, "a", "sha256:a", nothing);
    answered(&mut state, "b", "sha256:b", SOME);
    unanswered(&mut state, "c", Absence::Error);
    assert_eq!(next(&state), "d");
    answered(&mut state, "d", "sha256:d", nothing);
    assert_eq!(next(&state), "(e)");
    // What the decision needs is asked all the same.
    assert_eq!(asked(&mut state, "f"), Ok(()));
}

#[test]
fn only_errors_in_a_row_end_a_specialist_s_part() {
    let names = ["a", "a#2", "a#3", "a#4", "a#5"];
    let mut state = planned(&names, Budgets::usual());
    unanswered(&mut state, "a", Absence::Error);
    answered(&mut state, "a#2", "sha256:a", SOME);
    unanswered(&mut state, "a#3", Absence::Error);
    assert_eq!(next(&state), "a#4");
    unanswered(&mut state, "a#4", Absence::Error);
    assert_eq!(next(&state), "(a#5)");
    let mut state = planned(&names, Budgets::usual());
    for name in &names[..4] {
        unanswered(&mut state, name, Absence::NotSearched);
    }
    assert_eq!(next(&state), "a#5");
}

#[test]
fn only_slow_answers_in_a_row_end_a_specialist_s_part() {
    let mut state = planned(&["a", "a#2", "a#3", "a#4", "a#5"], Budgets::usual());
    let slow = Spent { seconds: 45, ..SOME };
    answered(&mut state, "a", "sha256:1", slow);
    answered(&mut state, "a#2", "sha256:2", Spent { seconds: 44, ..SOME });
    answered(&mut state, "a#3", "sha256:3", slow);
    assert_eq!(next(&state), "a#4");
    answered(&mut state, "a#4", "sha256:4", slow);
    assert_eq!(next(&state), "(a#5)");
}

#[test]
fn bytes_cost_and_expensive_calls_add_up() {
    let names = ["a", "b", "c*", "d"];
    let spent = Spent { bytes: 50, cost_units: 10, ..SOME };
    let usual = Budgets::usual();
    for (budgets, near) in [
        (Budgets { bytes: 100, ..usual }, ["a", "b", "(c)"]),
        (Budgets { bytes: 101, ..usual }, ["a", "b", "c"]),
        (Budgets { cost_units: 20, ..usual }, ["a", "b", "(c)"]),
        (Budgets { cost_units: 21, ..usual }, ["a", "b", "c"]),
        (Budgets { calls: 2, ..usual }, ["a", "b", "(c)"]),
        (Budgets { calls: 3, ..usual }, ["a", "b", "c"]),
        (Budgets { day_calls: Some(1), ..usual }, ["a", "(b)", "(b)"]),
    ] {
        let mut state = planned(&names, budgets);
        for (at, expected) in near.into_iter().enumerate() {
            assert_eq!(next(&state), expected, "{budgets:?}");
            if next(&state) == names[at] {
                answered(&mut state, names[at], &format!("sha256:{at}"), spent);
            }
        }
    }
    let mut state = planned(&["a", "a#2", "b", "a#3", "c"], Budgets { expensive: 2, ..usual });
    answered(&mut state, "a", "sha256:1", spent);
    answered(&mut state, "b", "sha256:2", Spent { cost_units: 9, ..SOME });
    assert_eq!(asked(&mut state.clone(), "a#2"), Ok(()));
    answered(&mut state, "c", "sha256:3", spent);
    assert_eq!(asked(&mut state, "a#3"), Err("what it may spend is used up"));
}
