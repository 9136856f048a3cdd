//! What verification finds: nothing in runs as they were, and each forgery by the
//! check that is there for it.

use std::collections::VecDeque;

use prode::triage::delivery::Seen;
use prode::triage::event::Event;
use prode::triage::mode::Mode;
use prode::triage::output::Absence;
use serde_json::{Value, json};

use super::super::gate::case::{Case, wanted};
use super::forger::{SECRET, faults};
use super::papers::Attempt;
use super::script::Script;
use super::steps::moves;
use super::story::Story;

/// A run whose change people merged, seen so afterwards.
fn merged(seen: Seen) -> Story {
    let mut case = Case::sufficient();
    case.output("sentry").requests.push(wanted());
    let mut script = Script::of(Mode::Pr);
    script.moves = Some(moves(&[]));
    script.seen = seen;
    script.attempts = VecDeque::from([Attempt::Fails, Attempt::Objected, Attempt::Holds]);
    let mut story = Story::told(case, script);
    story.script.looks.push_back(true);
    story.go();
    story.now = story.state.watched_until.unwrap();
    story.go();
    story.approve();
    story.go();
    story
}

fn turned_back(attempts: &[Attempt]) -> Story {
    let mut script = Script::of(Mode::Pr);
    script.attempts = attempts.iter().copied().collect();
    Story::told(Case::sufficient(), script)
}

fn coordinated(claims: &[&str]) -> Story {
    let mut case = Case::sufficient();
    case.attest("release");
    let mut script = Script::of(Mode::DryRun);
    let schema = "prode.coordinator.reply/v1";
    let ask = json!([{"specialist": "aws"}, {"specialist": "release"}]);
    script.replies = Some(VecDeque::from([
        json!({"schema": schema, "ask": ask}),
        json!({"schema": schema,
            "classification": {"hypothesis": "app-regression", "claims": claims}}),
    ]));
    Story::told(case, script)
}

fn simple(mode: Mode) -> Story {
    Story::told(Case::of("vendor"), Script::of(mode))
}

#[test]
fn a_run_as_it_was_has_no_fault_wherever_it_is() {
    let mut asking = Case::of("vendor");
    asking.output("sentry").requests.push(wanted());
    let mut missing = Case::sufficient();
    missing.missing("sentry", Absence::Error, true);
    let mut ended = Script::of(Mode::Comment);
    ended.moves = Some(moves(&["ticket-done"]));
    let mut moved = Story::told(Case::of("expected-noise"), ended);
    moved.approve();
    moved.script.leaves = true;
    moved.go();
    let stories = vec![
        simple(Mode::DryRun),
        simple(Mode::Comment),
        Story::told(asking, Script::of(Mode::Comment)),
        Story::told(missing, Script::of(Mode::Comment)),
        moved,
        merged(Seen::Confirmed),
        merged(Seen::NotConfirmed),
        merged(Seen::Regressed),
        turned_back(&[]),
        turned_back(&[Attempt::Nothing; 3]),
        turned_back(&[Attempt::TooFar]),
        coordinated(&["aws/F1", "sentry/F1"]),
        coordinated(&["release/F1"]),
    ];
    for story in stories {
        for end in 1..=story.events.len() {
            let mut part = story.clone();
            part.events.truncate(end);
            let names = |(_, event): &(_, Event)| event.artifact().map(str::to_owned);
            let named: Vec<String> = part.events.iter().filter_map(names).collect();
            part.kept.retain(|name, _| named.contains(name));
            let found = faults(&part.forged());
            let last = &part.events[end - 1].1;
            assert!(found.is_empty(), "after {last:?}: {found:#?}");
        }
    }
}

/// A change of a document or an event.
type Change = fn(&mut Value);

/// What is forged, what is found, and how it is done.
type Forgery = (&'static str, &'static [&'static str], fn(&mut Story));

fn try_all(story: &Story, forgeries: &[Forgery]) {
    for (name, expected, forge) in forgeries {
        let mut copy = story.clone();
        forge(&mut copy);
        assert_eq!(faults(&copy.forged()), *expected, "{name}");
    }
}

const OTHER_BUNDLE: &str = "bundle: what was answered makes another bundle";
const ASKED_ELSE: &str = "requests: aws was asked something else than was planned";

#[rustfmt::skip]
const ASKED: &[Forgery] = &[
    ("another ticket", &["requests: it is a run of ENG-1, and its ticket is ENG-1423"],
        |it| it.event("opened", |event| event["ticket"] = json!("ENG-1"))),
    ("a question that the ticket calls for is optional", &["requests: the ticket calls for sentry, and the plan does not"],
        |it| it.event("routed", |event| event["questions"][2]["required"] = json!(false))),
    ("another form", &[ASKED_ELSE], |it| it.document("asked", |it| it["schema"] = json!("prode.specialist.request/v2"))),
    ("another name", &[ASKED_ELSE], |it| it.document("asked", |it| it["name"] = json!("sentry"))),
    ("another specialist", &[ASKED_ELSE], |it| it.document("asked", |it| it["specialist"] = json!("sentry"))),
    ("another question", &[ASKED_ELSE], |it| it.document("asked", |it| it["question"] = json!("is all well?"))),
    ("another time", &[ASKED_ELSE], |it| it.document("asked", |it| it["window"]["from"] = json!("2026-11-03T14:00:00Z"))),
    ("another ticket was told", &[ASKED_ELSE], |it| it.document("asked", |it| it["ticket"]["title"] = json!("All is well"))),
    ("an explanation less", &[ASKED_ELSE], |it| it.document("asked", |it| drop(it["hypotheses"].as_object_mut().unwrap().remove("vendor")))),
    ("an explanation more", &[ASKED_ELSE], |it| it.document("asked", |it| it["hypotheses"]["gremlins"] = json!("they did it"))),
    ("an explanation in other words", &[ASKED_ELSE], |it| it.document("asked", |it| it["hypotheses"]["vendor"] = json!("nobody did it"))),
    ("more seconds, which are the worker's own", &[], |it| it.document("asked", |it| it["limits"]["seconds"] = json!(90))),
    ("an answer that cost less", &["requests: what aws took is not what its answer says"],
        |it| it.event("answered", |event| event["spent"]["cost_units"] = json!(0))),
    ("an answer that brought more", &["requests: what aws took is not what its answer says"],
        |it| it.event("answered", |event| event["spent"]["evidence"] = json!(9))),
    ("an answer that was quicker, which is the worker's own word", &[],
        |it| it.event("answered", |event| event["spent"]["seconds"] = json!(1))),
];

#[rustfmt::skip]
const DECIDED: &[Forgery] = &[
    ("no page routed", &[OTHER_BUNDLE, "texts: the bundle makes another learning",
        "effects: learning wiki/checkout.md#checkout does not follow", "effects: 2 effects follow, 2 are there"], |it| it.document("routed", |it| it.as_array_mut().unwrap().clear())),
    ("a better answer", &[OTHER_BUNDLE, "texts: the bundle makes another hand-off", "texts: the bundle makes another learning"], |it| it.document("answered", |it| it["findings"][0]["claim"] = json!("all of it"))),
    ("another decision", &["gate: the gate gives another decision", "order: it rests as handed-off: evidence-sufficient"],
        |it| it.event("decided", |event| event["decision"] = json!("stop"))),
    ("another classification", &["gate: the gate gives another classification"],
        |it| it.event("decided", |event| event["classification"] = json!("config"))),
    ("more confidence", &["gate: the gate gives another confidence"], |it| it.event("decided", |event| event["confidence"] = json!(91))),
    ("a reason more", &["gate: the gate gives another list of reasons"],
        |it| it.event("decided", |event| event["reasons"].as_array_mut().unwrap().push(json!("routed-by-stale")))),
    ("more waits", &["approvals: it waits for other approvals than the bundle names"],
        |it| it.event("decided", |event| event["waits"] = json!(1))),
    ("another hand-off", &["texts: the bundle makes another hand-off"], |it| it.rewrite("handed-over", |text| [text, b"!"].concat())),
    ("another learning", &["texts: the bundle makes another learning"], |it| it.rewrite("learned", |text| [text, b"!"].concat())),
    ("a learning for another page", &["texts: the bundle makes another learning"],
        |it| it.event("learned", |event| event["target"] = json!("wiki/other.md"))),
    ("an effect less", &["effects: 2 effects follow, 1 are there"],
        |it| it.event("planned", |event| drop(event["effects"].as_array_mut().unwrap().pop()))),
    ("effects in another order", &["effects: 2 effects follow, 2 are there"],
        |it| it.event("planned", |event| event["effects"].as_array_mut().unwrap().swap(0, 1))),
    ("an effect elsewhere", &["effects: comment ENG-1 does not follow", "effects: 2 effects follow, 2 are there"],
        |it| it.event("planned", |event| event["effects"][0]["target"] = json!("ENG-1"))),
    ("it rests elsewhere", &["order: it rests as stopped: evidence-sufficient"],
        |it| it.event("rested", |event| event["phase"] = json!("stopped"))),
    ("it rests for another reason", &["order: it rests as handed-off: unknown"],
        |it| it.event("rested", |event| event["reason"] = json!("unknown"))),
    ("it failed, and says why", &[], |it| it.event("rested", |event| {
        (event["phase"], event["reason"]) = (json!("failed"), json!("the disk is full"));
    })),
];

#[test]
fn what_was_asked_and_decided_is_held_against_ticket_answers_and_gate() {
    let story = simple(Mode::DryRun);
    for forgery in ASKED {
        try_all(&story, &[(forgery.0, forgery.1, forgery.2)]);
    }
    try_all(&story, DECIDED);
}

#[rustfmt::skip]
const CHANGED: &[Forgery] = &[
    ("another commit", &["change: the change 0000000000000000000000000000000000000001 is not what is kept of it"],
        |it| it.document("changed", |it| it["commit"] = json!("c".repeat(40)))),
    ("a change that goes too far", &["change: the change 0000000000000000000000000000000000000001 goes too far, and was verified"],
        |it| it.document("changed", |it| it["crossings"] = json!([{"kind": "boundary", "path": "infra/a", "what": "x"}]))),
    ("a verification of another commit", &["change: the verification of 0000000000000000000000000000000000000001 says something else"],
        |it| it.document("verified", |it| it["commit"] = json!("c".repeat(40)))),
    ("a verification that passed", &["change: the verification of 0000000000000000000000000000000000000001 says something else"],
        |it| it.document("verified", |it| it["commands"][2]["passed"] = json!(true))),
    ("a review that objects to nothing", &["change: the review of 0000000000000000000000000000000000000002 says something else"],
        |it| it.document("reviewed", |it| it["answers"][1]["answer"] = json!("unknown"))),
    ("another fault was watched", &["change: what was watched comes to something else"],
        |it| it.document("monitored", |it| it["answers"] = json!([]))),
    ("a change that is none", &["change: the change CHANGE cannot be read"],
        |it| it.document("changed", |it| drop(it.as_object_mut().unwrap().remove("title")))),
    ("somebody approved something else", &["approvals: nobody asked for R-1:deploy:1"],
        |it| it.event("approved", |event| event["request"] = json!("R-1:deploy:1"))),
];

#[test]
fn what_was_changed_is_what_was_verified_reviewed_and_watched() {
    let story = merged(Seen::Confirmed);
    for (name, expected, forge) in CHANGED {
        let mut copy = story.clone();
        forge(&mut copy);
        let kept = copy.events[copy.place("changed")].1.artifact().unwrap().to_owned();
        let found: Vec<String> =
            faults(&copy.forged()).iter().map(|it| it.replace(&kept, "CHANGE")).collect();
        assert_eq!(found.len(), expected.len(), "{name}: {found:?}");
        for (one, expected) in found.iter().zip(*expected) {
            assert!(one.starts_with(expected), "{name}: {one}");
        }
    }
}

#[test]
fn what_opened_the_gate_is_held_to_as_well() {
    let story = turned_back(&[Attempt::TooFar]);
    let other = "bundle: what opened the gate is another bundle";
    let forgeries: [(&str, Change); 3] = [
        ("another classification", |it| it["classification"] = json!("config")),
        ("more confidence", |it| it["confidence"] = json!(91)),
        ("another reason", |it| it["reasons"] = json!(["unknown"])),
    ];
    for (name, forge) in forgeries {
        let mut copy = story.clone();
        copy.event("decided", forge);
        assert_eq!(faults(&copy.forged()), [other], "{name}");
    }
    let mut copy = story.clone();
    copy.document("decided", |it| it["confidence"]["value"] = json!(91));
    assert_eq!(faults(&copy.forged()), [other]);
    let mut copy = story;
    copy.event("turned-back", |event| event["reason"] = json!("new-dependency"));
    assert_eq!(faults(&copy.forged())[0], OTHER_BUNDLE);
}

#[test]
fn artifacts_are_what_their_names_say_and_no_more_and_no_less() {
    let story = simple(Mode::DryRun);
    let name = story.events[story.place("inventory")].1.artifact().unwrap().to_owned();
    let mut kept = story.forged();
    kept.artifacts.insert(name.clone(), b"{}".to_vec());
    assert_eq!(faults(&kept)[0], format!("artifacts: {name} is not what its name says"));
    let mut kept = story.forged();
    kept.artifacts.remove(&name);
    let missing = format!("artifacts: {name} is missing");
    let unbuilt = format!("bundle: the inventory {name} is not kept");
    assert_eq!(faults(&kept), [missing, unbuilt]);
    let mut kept = story.forged();
    let extra = prode::canonical::digest(b"x");
    kept.artifacts.insert(extra.clone(), b"x".to_vec());
    assert_eq!(faults(&kept), [format!("artifacts: {extra} is named by no event")]);
    let mut no_request = story;
    no_request.rewrite("asked", |_| b"[]".to_vec());
    let name = no_request.events[no_request.place("asked")].1.artifact().unwrap();
    assert_eq!(faults(&no_request.forged()), [format!("requests: {name} is no request")]);
}

#[test]
fn what_is_said_beside_the_events_is_what_they_say() {
    let story = simple(Mode::DryRun);
    for closed in [None, Some(true)] {
        assert_eq!(
            faults(&prode::triage::verification::Kept { closed, ..story.forged() }),
            [""; 0]
        );
    }
    let order = "order: the store and the events do not agree whether it is over: ";
    let mut open = story.forged();
    open.closed = Some(false);
    assert_eq!(faults(&open), [format!("{order}handed-off")]);
    let mut early = story.clone();
    early.events.pop();
    let mut early = early.forged();
    early.closed = Some(true);
    assert_eq!(faults(&early), [format!("{order}deliver")]);
    let mut other = story.forged();
    other.document.as_mut().unwrap()["confidence"] = json!(91);
    assert_eq!(faults(&other), ["document: the document for readers says something else"]);
    other.document = None;
    assert_eq!(faults(&other), [""; 0]);
}

#[test]
fn a_line_that_no_run_could_have_written_ends_it() {
    let mut story = simple(Mode::DryRun);
    let asked = story.place("asked");
    let (line, time) = (story.events[asked].1.clone(), story.events[asked + 1].0);
    story.events.insert(asked + 2, (time, line));
    let number = asked + 2;
    assert_eq!(faults(&story.forged()), [format!("order: line {number}: it was answered before")]);
    let mut kept = story.forged();
    kept.lines.swap(1, 2);
    assert_eq!(faults(&kept), ["chain: line 1: its number is 2"]);
}

#[test]
fn an_effect_that_was_to_be_made_is_not_left_open() {
    let mut story = simple(Mode::Comment);
    let open = "effects: one was to be made and is not recorded as made";
    let (intended, done) = (story.place("intended"), story.place("done"));
    story.events.remove(done);
    assert_eq!(faults(&story.forged()), [open]);
    story.events.remove(intended);
    assert_eq!(faults(&story.forged()), [open]);
}

#[test]
fn redaction_looks_at_each_text_wherever_it_stands() {
    let story = simple(Mode::DryRun);
    let found = |change: &dyn Fn(&mut Story)| {
        let mut copy = story.clone();
        change(&mut copy);
        let all = faults(&copy.forged());
        all.into_iter().filter(|it| it.starts_with("redaction: ")).collect::<Vec<_>>()
    };
    let note = |text: &str| Event::Noted { text: text.to_owned(), by: "@a".to_owned() };
    let line = found(&|it| {
        let time = it.events[2].0;
        it.events.insert(2, (time, note(&format!("it is {SECRET}"))));
    });
    assert_eq!(line, ["redaction: password in line 2"]);
    for change in [
        |it: &mut Value| it["findings"][0]["receipts"][0]["excerpt"] = json!(SECRET),
        |it: &mut Value| it["queries"][0]["parameters"] = json!({SECRET: "1"}),
        |it: &mut Value| it["queries"][0]["parameters"] = json!({"a": SECRET}),
    ] {
        let found = found(&|it| it.document("answered", change));
        assert_eq!(found.len(), 1, "{found:?}");
        assert!(found[0].starts_with("redaction: password in sha256:"), "{found:?}");
    }
    let text = found(&|it| it.rewrite("handed-over", |text| [text, SECRET.as_bytes()].concat()));
    assert_eq!(text.len(), 1, "{text:?}");
}
