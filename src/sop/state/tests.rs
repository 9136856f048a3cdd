//! The laws of gates, and each way in which one is not passed.

use proptest::prelude::*;

use super::*;
use crate::sop::procedure::Step;

const START: i64 = 1_790_000_000;

fn at(seconds: i64) -> Timestamp {
    Timestamp::from_second(START + seconds).unwrap()
}

/// Four gates of two steps and two conditions each; the third is held for an
/// hour and blocked by an incident.
fn procedure() -> Procedure {
    let gate = |number: u32| Gate {
        heading: format!("Gate {number}"),
        line: number,
        steps: vec![Step { text: "do".to_owned(), command: None }; 2],
        stops: vec!["it fails".to_owned(), "it is late".to_owned()],
        decision: "@lead".to_owned(),
        hold_for: if number == 3 { 3_600 } else { 0 },
        blocked_while: if number == 3 { vec!["incident".to_owned()] } else { Vec::new() },
    };
    Procedure { title: "A".to_owned(), gates: (1..=4).map(gate).collect() }
}

fn opened() -> Event {
    let text = String::new;
    Event::SopOpened {
        run: text(),
        sop: "wiki/a.md".to_owned(),
        commit: text(),
        gates: procedure().digest(),
        ticket: None,
        by: text(),
        ruleset: text(),
    }
}

fn decided(gate: u32, decision: Decision) -> Event {
    let (why, by) = ("fine".to_owned(), "@lead".to_owned());
    Event::Decided { gate, decision, why, by, how: How::Attested, statements: Vec::new() }
}

fn marked(gate: u32, condition: u32, holds: bool) -> Event {
    Event::Marked { gate, condition, holds, why: "it is".to_owned(), by: "@a".to_owned() }
}

fn output(gate: u32, step: u32) -> Event {
    let text = || "x".to_owned();
    Event::Output { gate, step, artifact: text(), raw: text(), bytes: 1, by: text() }
}

fn blocked(on: bool) -> Event {
    Event::Blocked { what_blocks: "incident".to_owned(), on, by: "@a".to_owned() }
}

/// A run after these events, one each second; else what the last one met.
fn after(events: &[(i64, Event)]) -> Result<State, String> {
    let first = Line { number: 0, at: at(0), before: String::new(), event: opened() };
    let mut state = State::replay(&procedure(), &[first]).unwrap();
    for (seconds, event) in events {
        state.apply(&procedure(), event, at(*seconds))?;
    }
    Ok(state)
}

#[test]
fn a_run_that_passes_every_gate_is_done() {
    let go = |gate| decided(gate, Decision::Go);
    let state = after(&[(1, go(1)), (2, go(2)), (3_602, go(3)), (3_603, go(4))]).unwrap();
    assert_eq!(state.stands(), Stands::Done);
    assert_eq!(state.gates[2].reached, Some(at(2)));
}

#[test]
fn each_way_in_which_a_gate_is_not_passed() {
    let go = |gate| decided(gate, Decision::Go);
    let to_third = || vec![(1, go(1)), (2, go(2))];
    let table: Vec<(Vec<(i64, Event)>, &str)> = vec![
        (vec![(1, go(2))], "gate 2 is not the one that the run is at, 1"),
        (vec![(1, go(1)), (2, go(1))], "gate 1 is not the one that the run is at, 2"),
        (
            vec![(1, marked(1, 2, true)), (2, go(1))],
            "gate 1 is not passed: its stop condition 2 is marked",
        ),
        (
            [to_third(), vec![(3_601, go(3))]].concat(),
            "gate 3 is not passed: it is held until 2026-09-21T15:13:22Z",
        ),
        (
            [to_third(), vec![(3_000, output(3, 1)), (3_700, go(3))]].concat(),
            "gate 3 is not passed: it is held until 2026-09-21T16:03:20Z",
        ),
        (
            [to_third(), vec![(3, blocked(true)), (9_000, go(3))]].concat(),
            "gate 3 is not passed: 'incident' blocks it",
        ),
        (vec![(1, decided(1, Decision::Stop)), (2, go(1))], "the run is over"),
        (vec![(1, output(1, 3))], "the gate has no step 3: it has 2"),
        (vec![(1, marked(1, 0, true))], "the gate has no stop condition 0: it has 2"),
        (vec![(1, opened())], "the run is open already"),
    ];
    for (events, why) in table {
        assert_eq!(after(&events).unwrap_err(), why);
    }
}

#[test]
fn what_stood_in_the_way_and_is_no_more_lets_the_gate_be_passed() {
    let go = |gate| decided(gate, Decision::Go);
    let state = after(&[
        (1, marked(1, 1, true)),
        (2, marked(1, 1, false)),
        (3, go(1)),
        (4, blocked(true)),
        (5, go(2)),
        (6, blocked(false)),
        (3_605, go(3)),
    ]);
    assert_eq!(state.unwrap().stands(), Stands::Gate(4));
}

#[test]
fn lines_that_open_no_run_of_the_page_are_refused() {
    let line = |event| Line { number: 0, at: at(0), before: String::new(), event };
    let why = |lines: &[Line]| State::replay(&procedure(), lines).unwrap_err().to_string();
    assert_eq!(why(&[]), "line 0: there is none");
    assert_eq!(why(&[line(blocked(true))]), "line 0: it does not open a run of a procedure");
    let mut other = procedure();
    other.gates[0].stops.pop();
    let told = State::replay(&other, &[line(opened())]).unwrap_err().to_string();
    assert_eq!(told, "line 0: its gates are not those of the page");
}

fn any_event() -> impl Strategy<Value = Event> {
    let gate = 0..6_u32;
    prop_oneof![
        3 => (gate.clone(), any::<bool>()).prop_map(|(gate, go)| {
            decided(gate, if go { Decision::Go } else { Decision::Stop })
        }),
        6 => (1..5_u32).prop_map(|gate| decided(gate, Decision::Go)),
        2 => (gate.clone(), 0..4_u32, any::<bool>()).prop_map(|(gate, it, on)| marked(gate, it, on)),
        2 => (gate, 0..4_u32).prop_map(|(gate, step)| output(gate, step)),
        2 => any::<bool>().prop_map(blocked),
        1 => Just(opened()),
    ]
}

proptest! {
    /// Whatever is tried, in whatever order and at whatever time.
    #[test]
    fn no_gate_is_passed_out_of_order_or_against_what_holds_it(
        tries in proptest::collection::vec((0..4_000_i64, any_event()), 0..60),
    ) {
        let procedure = procedure();
        let mut state = after(&[]).unwrap();
        let mut time = 0;
        for (wait, event) in tries {
            time += wait;
            let before = state.clone();
            let Stands::Gate(current) = before.stands() else {
                prop_assert!(state.apply(&procedure, &event, at(time)).is_err());
                continue;
            };
            let refusals = before.refusals(&procedure, current, at(time));
            let done = state.apply(&procedure, &event, at(time));
            if done.is_err() {
                prop_assert_eq!(&state, &before);
                continue;
            }
            if state.stands() != before.stands() {
                let Event::Decided { gate, decision, .. } = &event else {
                    return Err(TestCaseError::fail("it moved without a decision"));
                };
                prop_assert_eq!(*gate, current);
                prop_assert!(*decision == Decision::Stop || refusals.is_empty());
            }
            let passed = state.gates.iter().take_while(|it| {
                it.decided.as_ref().is_some_and(|it| it.decision == Decision::Go)
            });
            let passed = passed.count();
            prop_assert!(state.gates[passed..].iter().skip(1).all(|it| it.decided.is_none()));
            if passed > 2 {
                let third = state.gates[2].decided.as_ref().unwrap();
                prop_assert!(third.at >= held_until(&procedure.gates[2], &state.gates[2]).unwrap());
            }
        }
    }
}
