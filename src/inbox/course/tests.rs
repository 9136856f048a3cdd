//! The rules, one table, and the laws of the fold.

use proptest::prelude::*;
use serde_json::{Map, json};

use super::*;

fn finding() -> Finding {
    let given = json!({"severity": "high", "items": ["a dead link", "a wrong host"]});
    Finding::read("", given.as_object().unwrap_or(&Map::new())).unwrap()
}

fn shown(reference: &str) -> Vec<Evidence> {
    vec![Evidence { reference: reference.to_owned(), ..Evidence::default() }]
}

/// An answer of Grace's, who made the fix.
fn answer(turn: u32, items: &[usize], answer: Option<Answer>) -> Event {
    Event {
        turn,
        items: items.to_vec(),
        evidence: if answer.is_some() { shown("commit 3f2a") } else { Vec::new() },
        ..Event::new(What::Answer(answer), "human:grace", "2026-11-01T00:00:00Z")
    }
}

fn end(turn: u32, what: What, by: &str, why: &str) -> Event {
    let evidence = if what == What::Reject { shown("the page says so") } else { Vec::new() };
    let why = Some(why.to_owned());
    Event { turn, evidence, why, ..Event::new(what, by, "2026-11-01T00:00:00Z") }
}

fn close(turn: u32, by: &str, why: &str) -> Event {
    end(turn, What::Close, by, why)
}

/// Where it stands after the events, and the refusal of the last one.
fn after(events: Vec<Event>) -> (Stage, Option<Refusal>) {
    let course = Course::of(&finding(), events);
    (course.stage, course.events.last().and_then(|(_, refusal)| refusal.clone()))
}

const FIXED: Option<Answer> = Some(Answer::Fixed);

#[test]
fn each_rule_refuses_what_breaks_it() {
    let fixed = |items: &[usize]| answer(1, items, FIXED);
    let unshown = Event { evidence: shown(" "), ..fixed(&[2]) };
    let by_other = Event { fixed_by: vec!["human:ada".into()], ..fixed(&[1, 2]) };
    let own = |by: &str| Refusal::OwnFix { by: by.into(), item: 1 };
    let rejected = end(1, What::Reject, "human:ada", "the page is right");
    let unshown_end = Event { evidence: Vec::new(), ..rejected.clone() };
    let done = "looked at both on the page";
    for (events, refusal) in [
        (vec![answer(1, &[], FIXED)], Refusal::Nothing),
        (vec![Event::new(What::Correct, "a", "b")], Refusal::Nothing),
        (vec![fixed(&[3])], Refusal::NoItem { item: 3, items: 2 }),
        (vec![fixed(&[0])], Refusal::NoItem { item: 0, items: 2 }),
        (vec![unshown], Refusal::NoEvidence(2)),
        (vec![close(1, "human:ada", done)], Refusal::Open(vec![1, 2])),
        (vec![fixed(&[1]), close(2, "human:ada", done)], Refusal::Open(vec![2])),
        (
            vec![fixed(&[1, 2]), answer(2, &[1], None), close(3, "human:ada", done)],
            Refusal::Open(vec![1]),
        ),
        (vec![fixed(&[1, 2]), close(2, "Human:Grace", done)], own("Human:Grace")),
        (vec![by_other.clone(), close(2, "human:ada", done)], own("human:ada")),
        (
            vec![fixed(&[1, 2]), close(2, "human:ada", "item 2 will be fixed later")],
            Refusal::OpenEnd("will be".into()),
        ),
        (
            vec![fixed(&[1, 2]), close(2, "human:ada", done), fixed(&[1])],
            Refusal::Decided("closed"),
        ),
        (vec![fixed(&[1]), end(2, What::Reject, "human:ada", "no")], Refusal::Valid(1)),
        (vec![unshown_end], Refusal::NoEvidence(1)),
        (
            vec![end(1, What::Reject, "human:ada", "not verified")],
            Refusal::OpenEnd("not verified".into()),
        ),
        (vec![rejected, close(2, "human:ada", done)], Refusal::Decided("rejected")),
    ] {
        // What speaks of a closed finding comes behind the closing.
        let events: Vec<Event> =
            (1..).zip(events).map(|(turn, event)| Event { turn, ..event }).collect();
        assert_eq!(after(events).1, Some(refusal));
    }
    assert_eq!(after(vec![by_other, close(2, "human:grace", done)]), (Stage::Closed, None));
}

#[test]
fn a_finding_is_closed_by_evidence_and_somebody_else() {
    let events = vec![
        answer(1, &[1], FIXED),
        answer(2, &[2], Some(Answer::NonActionable)),
        close(3, "human:ada", "followed the link; the host is right"),
    ];
    let course = Course::of(&finding(), events.clone());
    assert_eq!((course.stage, course.resolution()), (Stage::Closed, FIXED));
    assert_eq!(course.items[0].fixed_by, ["human:grace"]);
    let again = answer(course.next_turn(), &[2], None);
    let course = Course::of(&finding(), events.into_iter().chain([again]).collect());
    assert_eq!((course.stage, course.resolution(), course.next_turn()), (Stage::Open, None, 5));
    let whole =
        Course::of(&finding(), vec![end(1, What::Reject, "human:ada", "the page is right")]);
    assert_eq!((whole.stage, whole.resolution()), (Stage::Rejected, Some(Answer::Rejected)));
}

#[test]
fn an_item_opened_on_another_machine_outlasts_the_closing() {
    let fixed = answer(1, &[1, 2], FIXED);
    let closed = close(2, "human:ada", "looked at both");
    let opened = Event { at: "2026-10-01T00:00:00Z".into(), ..answer(2, &[1], None) };
    let course = Course::of(&finding(), vec![closed, opened, fixed]);
    assert_eq!(course.stage, Stage::Open);
    assert_eq!(course.items[0].answer, None);
}

#[test]
fn the_severity_is_as_last_judged() {
    let correct = |turn, severity, target: &str| Event {
        turn,
        severity,
        target: Some(target.parse().unwrap()),
        ..Event::new(What::Correct, "human:ada", "2026-11-01T00:00:00Z")
    };
    let events = vec![correct(2, None, "none"), correct(1, Some(Severity::Low), "R-7")];
    let course = Course::of(&finding(), events);
    assert_eq!((course.severity, course.target), (Severity::Low, Subject::None));
}

fn event() -> impl Strategy<Value = Event> {
    let what = prop_oneof![
        Just(What::Reject),
        Just(What::Close),
        Just(What::Answer(None)),
        Just(What::Answer(FIXED)),
        Just(What::Answer(Some(Answer::Rejected))),
        Just(What::Correct),
    ];
    let items = prop::collection::vec(1usize..4, 0..3);
    (what, items, 1u32..5, "[ab]", 0u8..3, any::<bool>()).prop_map(
        |(what, items, turn, by, at, is_shown)| Event {
            turn,
            items,
            evidence: if is_shown { shown("x") } else { Vec::new() },
            severity: is_shown.then_some(Severity::Low),
            why: Some("seen".into()),
            ..Event::new(what, by, format!("2026-11-0{}T00:00:00Z", at + 1))
        },
    )
}

proptest! {
    #[test]
    fn the_order_of_events_does_not_matter(
        (events, shuffled) in prop::collection::vec(event(), 0..9)
            .prop_flat_map(|events| (Just(events.clone()), Just(events).prop_shuffle()))
    ) {
        let course = Course::of(&finding(), events);
        prop_assert_eq!(&course, &Course::of(&finding(), shuffled));
        let is_answered = |it: &Item| it.answer.is_some() && !it.evidence.is_empty();
        prop_assert!(course.stage == Stage::Open || course.items.iter().all(is_answered));
    }
}
