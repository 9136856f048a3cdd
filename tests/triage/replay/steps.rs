//! What a run does, in which order, and where it rests.

use std::collections::VecDeque;

use jiff::SignedDuration;
use prode::triage::delivery::Seen;
use prode::triage::mode::Mode;
use prode::triage::moving::{Moves, Standing, Target, When};
use prode::triage::output::Absence;
use prode::triage::phase::Phase;
use prode::triage::state::State;
use serde_json::{Value, json};

use super::super::gate::case::{Case, wanted};
use super::papers::Attempt;
use super::script::{Script, at, words};
use super::story::{Story, replayed};

/// Until the gate, without a coordinator.
const READ: &str = "snapshot, inventory, route, ask aws, ask release, ask sentry, decide, ";

/// A change that holds, before people.
const PROPOSED: &str = "prepare, change, verify, review, handover, plan, make branch, \
                        make pull request, make comment, rest await-merge";

/// Where and why it rests.
fn rests(story: &Story) -> (Phase, &str) {
    let (phase, why) = story.state.rested.as_ref().unwrap();
    assert_eq!(story.state.phase(), *phase);
    (*phase, why)
}

/// A run that is sure of its change, and allowed to propose it.
fn proposing(attempts: &[Attempt]) -> Story {
    let mut script = Script::of(Mode::Pr);
    script.attempts = attempts.iter().copied().collect();
    Story::told(Case::sufficient(), script)
}

fn asking(mut case: Case) -> Case {
    case.output("sentry").requests.push(wanted());
    case
}

/// A ticket that may go somewhere, whatever is decided; where it stops, it ends.
pub(super) fn moves(carries_out: &[&str]) -> Moves {
    let target = |name: &str, action: Option<&str>| Target {
        name: name.to_owned(),
        id: Some(format!("id-{name}")),
        known: true,
        action: action.map(str::to_owned),
        request: None,
    };
    let to = [
        (When::Pr, target("Review", None)),
        (When::Handoff, target("Todo", None)),
        (When::Stop, target("Done", Some("ticket-done"))),
    ];
    let names = vec!["Triage".to_owned()];
    let from = Standing { names, id: Some("id-Triage".to_owned()), over: false };
    let carries_out = carries_out.iter().map(|it| (*it).to_owned()).collect();
    Moves { from, to: to.into(), carries_out }
}

#[test]
fn a_run_does_what_its_mode_allows_and_rests_where_its_decision_says() {
    let noise = || Case::of("expected-noise");
    let missing = || {
        let mut case = Case::sufficient();
        case.missing("sentry", Absence::Error, true);
        case
    };
    let made = "make comment, make learning, ";
    let asked = "make request for approval, make comment, make learning, ";
    for (case, mode, then, rest) in [
        (Case::sufficient(), Mode::DryRun, "", (Phase::Closed, "evidence-sufficient")),
        (Case::sufficient(), Mode::Comment, made, (Phase::Closed, "evidence-sufficient")),
        (Case::of("vendor"), Mode::DryRun, "", (Phase::HandedOff, "evidence-sufficient")),
        (Case::of("vendor"), Mode::Comment, made, (Phase::HandedOff, "evidence-sufficient")),
        (Case::of("vendor"), Mode::Pr, made, (Phase::HandedOff, "evidence-sufficient")),
        (noise(), Mode::Comment, made, (Phase::Stopped, "evidence-sufficient")),
        (missing(), Mode::Pr, "make comment, ", (Phase::Stopped, "no-negative-control")),
        (asking(Case::of("vendor")), Mode::Comment, asked, (Phase::Waiting, "evidence-sufficient")),
    ] {
        let mut story = Story::told(case, Script::of(mode));
        let expected = format!("{READ}handover, learn, plan, {then}rest {}", rest.0);
        assert_eq!(story.done(), expected);
        assert_eq!(rests(&story), rest);
        story.go();
        assert_eq!(story.done(), "nothing");
    }
}

#[test]
fn a_run_that_waits_goes_on_once_a_person_approved_and_not_before() {
    let mut story = Story::told(asking(Case::of("vendor")), Script::of(Mode::Comment));
    story.done();
    story.go();
    assert_eq!(story.done(), "nothing");
    story.approve();
    story.go();
    assert_eq!(story.done(), "rest closed");
    assert_eq!(rests(&story), (Phase::Closed, "approved"));
}

#[test]
fn a_change_is_proposed_once_it_is_made_verified_and_reviewed() {
    use Attempt::{Fails, Holds, Nothing, Objected};
    let failed = |attempt: Attempt| match attempt {
        Nothing => "change, ",
        Fails => "change, verify, ",
        _ => "change, verify, review, ",
    };
    for attempts in [&[][..], &[Nothing], &[Fails], &[Objected], &[Nothing, Objected]] {
        let before: String = attempts.iter().map(|it| failed(*it)).collect();
        let mut story = proposing(&[attempts, &[Holds]].concat());
        let (first, last) = PROPOSED.split_once(", ").unwrap();
        assert_eq!(story.done(), format!("{READ}{first}, {before}{last}"));
        assert_eq!(rests(&story), (Phase::AwaitMerge, "pull-request-open"));
        assert_eq!(story.state.sources, [format!("src/pay.rs@{}", "b".repeat(40))]);
        let work = story.state.work.as_ref().unwrap();
        assert_eq!(work.failures.len(), attempts.len());
        assert!(work.is_accepted() && !work.is_exhausted());
    }
}

#[test]
fn after_three_attempts_the_gate_decides_once_more() {
    use Attempt::{Fails, Nothing, Objected};
    let mut story = proposing(&[Nothing, Fails, Objected]);
    let then = "prepare, change, change, verify, change, verify, review, turnback, decide, \
                handover, learn, plan, make comment, rest stopped";
    assert_eq!(story.done(), format!("{READ}{then}"));
    assert_eq!(rests(&story), (Phase::Stopped, "plan-inadequate"));
    assert!(story.state.before.is_some() && !story.state.proposes());
    let mut far = proposing(&[Attempt::TooFar]);
    let then = "prepare, change, decide, handover, learn, plan, make comment, rest stopped";
    assert_eq!(far.done(), format!("{READ}{then}"));
    assert_eq!(rests(&far), (Phase::Stopped, "boundary-crossed"));
}

#[test]
fn a_change_by_hand_waits_for_the_person() {
    let mut story = proposing(&[]);
    assert_eq!(story.done(), format!("{READ}prepare, change"));
    assert_eq!(rests(&story), (Phase::Waiting, "change-by-hand"));
    story.go();
    assert_eq!(story.done(), "change");
    story.script.attempts = VecDeque::from([Attempt::Holds]);
    story.go();
    assert_eq!(story.done(), PROPOSED.replacen("prepare, ", "", 1));
}

#[test]
fn a_pull_request_that_people_merged_is_watched_for_its_time() {
    for (seen, outcome) in [
        (Seen::Confirmed, "it was merged, and the fault was not seen again"),
        (Seen::NotConfirmed, "it was merged, and nobody could confirm that the fault is gone"),
        (Seen::Regressed, "it was merged, and the fault was seen again"),
    ] {
        let mut story = proposing(&[Attempt::Holds]);
        story.done();
        story.go();
        assert_eq!(story.done(), "look");
        story.script.looks.push_back(true);
        story.go();
        assert_eq!(story.done(), "look, rest monitor");
        assert_eq!(rests(&story), (Phase::Monitor, "merged"));
        let until = story.state.watched_until.unwrap();
        story.now = until - SignedDuration::from_secs(1);
        story.go();
        assert_eq!((story.done().as_str(), story.state.outcome()), ("nothing", None));
        (story.now, story.script.seen) = (until, seen);
        story.go();
        assert_eq!(story.done(), "monitor, learn, make learning, rest closed");
        assert_eq!(rests(&story), (Phase::Closed, seen.name()));
        assert_eq!(story.state.outcome(), Some(outcome));
    }
}

#[test]
fn a_merge_that_was_watched_long_ago_is_looked_at_without_a_rest() {
    let mut story = proposing(&[Attempt::Holds]);
    story.done();
    story.script.looks.push_back(true);
    let action = story.state.next(story.now);
    story.step(action);
    story.now = story.state.watched_until.unwrap();
    story.go();
    assert_eq!(story.done(), "monitor, learn, make learning, rest closed");
}

#[test]
fn a_pull_request_that_people_closed_ends_the_run() {
    let mut story = proposing(&[Attempt::Holds]);
    story.done();
    story.script.looks.push_back(false);
    story.go();
    assert_eq!(story.done(), "look, learn, make learning, rest closed");
    assert_eq!(rests(&story), (Phase::Closed, "pull-request-closed"));
    assert_eq!(story.state.outcome(), Some("people closed it unmerged"));
}

#[test]
fn a_proposal_ends_when_what_it_asked_for_was_approved() {
    let mut story = Story::told(asking(Case::sufficient()), Script::of(Mode::Pr));
    assert_eq!(rests(&story), (Phase::AwaitMerge, "pull-request-open"));
    story.script.looks.push_back(false);
    story.done();
    story.go();
    assert_eq!(story.done(), "look, learn, make learning, rest waiting");
    assert_eq!(rests(&story), (Phase::Waiting, "approval-waiting"));
    story.approve();
    story.go();
    assert_eq!(rests(&story), (Phase::Closed, "pull-request-closed"));
}

#[test]
fn a_ticket_moves_where_its_run_may_move_it_and_ends_by_a_person_alone() {
    let told = |case: Case, mode: Mode, carries_out: &[&str]| {
        let mut script = Script::of(mode);
        script.moves = Some(moves(carries_out));
        let mut story = Story::told(case, script);
        let trace = story.done();
        let (_, made) = trace.split_once("plan, ").unwrap();
        (made.to_owned(), story)
    };
    let vendor = || Case::of("vendor");
    let noise = || Case::of("expected-noise");
    let (made, _) = told(vendor(), Mode::DryRun, &[]);
    assert_eq!(made, "rest handed-off");
    let (made, _) = told(vendor(), Mode::Comment, &[]);
    assert_eq!(made, "make comment, make move, make learning, rest handed-off");
    let (made, _) = told(Case::sufficient(), Mode::Comment, &[]);
    assert_eq!(made, "make comment, make learning, rest closed");
    let (made, _) = told(Case::sufficient(), Mode::Pr, &[]);
    assert!(made.ends_with("make comment, make move, rest await-merge"), "{made}");
    let (made, story) = told(noise(), Mode::DryRun, &["ticket-done"]);
    assert_eq!((made.as_str(), story.state.ends()), ("rest stopped", None));
    for (carries_out, then) in
        [(&["ticket-done"][..], "make move, rest closed"), (&["ticket-cancel"], "rest closed")]
    {
        let (made, mut story) = told(noise(), Mode::Comment, carries_out);
        let asked = "make request for approval, make comment, make learning, rest waiting";
        assert_eq!(made, asked);
        assert_eq!(rests(&story), (Phase::Waiting, "approval-waiting"));
        story.go();
        assert_eq!(story.done(), "nothing");
        story.approve();
        story.go();
        assert_eq!(story.done(), then);
        assert_eq!(rests(&story), (Phase::Closed, "approved"));
    }
}

fn coordinated(replies: &[Value]) -> Story {
    let mut script = Script::of(Mode::DryRun);
    let schema = |it: &Value| match it.clone() {
        Value::Object(mut fields) => {
            fields.insert("schema".to_owned(), json!("prode.coordinator.reply/v1"));
            Value::Object(fields)
        }
        other => other,
    };
    script.replies = Some(replies.iter().map(schema).collect());
    Story::told(Case::sufficient(), script)
}

fn ask(specialists: &[&str]) -> Value {
    let all: Vec<Value> = specialists.iter().map(|it| json!({"specialist": it})).collect();
    json!({ "ask": all })
}

/// From the first word of the coordinator to the decision.
fn judged(story: &mut Story) -> String {
    let trace = story.done();
    let (_, after) = trace.split_once("route, ").unwrap();
    after.split_once("decide").unwrap().0.to_owned()
}

#[test]
fn a_coordinator_plans_first_and_judges_when_all_were_asked() {
    let chosen = json!({"classification": {"hypothesis": "app-regression",
        "claims": ["aws/F1", "sentry/F1"], "confidence": 80}});
    let mut story = coordinated(&[ask(&["aws", "release"]), chosen]);
    let trace = "coordinate, ask sentry, ask aws, ask release, coordinate, ";
    assert_eq!(judged(&mut story), trace);
    assert_eq!((story.state.rounds, story.bundle().confidence.value), (2, 80));
    let mut quiet = coordinated(&[ask(&["aws", "release"]), ask(&[])]);
    assert_eq!(judged(&mut quiet), trace);
    assert_eq!(quiet.bundle().confidence.value, 90);
}

#[test]
fn a_coordinator_that_cannot_be_followed_says_nothing_more() {
    let mut story = coordinated(&[Value::Null]);
    assert_eq!(judged(&mut story), "coordinate, ask aws, ask release, ask sentry, ");
    let bundle = story.bundle();
    assert_eq!(bundle.confidence.value, 90);
    let gap = bundle.gaps.iter().find(|it| it.specialist == "coordinator").unwrap();
    assert!(!gap.required && gap.absence == Absence::Error);
    let mut later = coordinated(&[ask(&["aws", "release"]), Value::Null]);
    let trace = "coordinate, ask sentry, ask aws, ask release, coordinate, ";
    assert_eq!(judged(&mut later), trace);
    assert_eq!(later.bundle().confidence.value, 90);
}

#[test]
fn a_coordinator_has_four_rounds() {
    let mut story =
        coordinated(&[ask(&["aws"]), ask(&["release"]), ask(&["support"]), ask(&["vendor"])]);
    let trace = "coordinate, ask sentry, ask aws, coordinate, ask release, coordinate, \
                 ask support, coordinate, ask vendor, ";
    assert_eq!(judged(&mut story), trace);
    assert_eq!(story.state.rounds, 4);
}

#[test]
fn who_is_wanted_again_twice_is_asked_no_more() {
    let mut another = ask(&["aws", "aws"]);
    another["ask"][1]["question"] = json!("which alarms?");
    let mut story = coordinated(&[ask(&["aws"]), ask(&["aws", "release"]), another]);
    let trace = "coordinate, ask sentry, ask aws, coordinate, ask release, coordinate, \
                 skip aws#2: the breaker same-call: what was answered was asked for again; it is \
                 asked no more, coordinate, ";
    assert_eq!(judged(&mut story), trace);
    assert!(story.state.is_spent());
}

#[test]
fn near_its_deadline_a_run_asks_what_is_required_and_after_it_nobody() {
    let next = |clock: &str, name: &str| {
        let mut story = Story::open(Case::sufficient(), Script::of(Mode::DryRun));
        while words(&story.state.next(story.now)) != format!("ask {name}") {
            let action = story.state.next(story.now);
            story.step(action);
        }
        words(&story.state.next(at(clock)))
    };
    assert_eq!(next("16:47:59", "aws"), "ask aws");
    let near = "skip aws: left out: 80 % of the run's budget of time was used up";
    assert_eq!(next("16:48:00", "aws"), near);
    assert_eq!(next("16:48:00", "sentry"), "ask sentry");
    assert_eq!(next("17:00:00", "sentry"), "ask sentry");
    assert_eq!(next("17:00:01", "sentry"), "skip sentry: the time of the run was over");
}

#[test]
fn a_budget_that_is_used_up_stops_a_change() {
    let mut script = Script::of(Mode::Pr);
    script.budgets.calls = 2;
    let mut story = Story::told(Case::sufficient(), script);
    let over = "skip sentry: the run's budget of calls was used up";
    assert!(story.done().contains(over));
    assert!(story.bundle().reasons.iter().any(|it| it.code() == "budget-spent"));
    assert_eq!(story.state.ledger.calls(), 2);
    assert_eq!(rests(&story).0, Phase::Stopped);
}

#[test]
fn phases_follow_each_other_and_replay_says_what_was_lived() {
    let mut story = proposing(&[Attempt::Holds]);
    story.script.looks.push_back(true);
    story.go();
    story.now = story.state.watched_until.unwrap();
    story.go();
    let states: Vec<State> =
        (1..=story.events.len()).map(|end| replayed(&story.events[..end]).unwrap()).collect();
    assert_eq!(states.last(), Some(&story.state));
    let mut phases: Vec<String> = states.iter().map(|it| it.phase().to_string()).collect();
    phases.dedup();
    let expected =
        "intake inventory route investigate decide deliver await-merge monitor learn closed";
    assert_eq!(phases.join(" "), expected);
}
