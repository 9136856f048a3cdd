//! Which event may follow which: each is tried after every line of a whole run.

use prode::triage::effect::Sort;
use prode::triage::event::Event;
use prode::triage::evidence::How;
use prode::triage::mode::Mode;
use prode::triage::output::Absence;
use prode::triage::phase::Phase;
use prode::triage::reason::Reason;
use serde_json::{Value, json};

use super::super::gate::case::{Case, wanted};
use super::papers::Attempt;
use super::script::Script;
use super::steps::moves;
use super::story::{Story, replayed};

/// A run that proposed its change, moved its ticket, and was watched.
fn whole() -> Story {
    let mut script = Script::of(Mode::Pr);
    script.moves = Some(moves(&[]));
    let mut story = Story::told(Case::sufficient(), script);
    story.script.looks.push_back(true);
    story.go();
    story.now = story.state.watched_until.unwrap();
    story.go();
    story
}

/// What a line says, in words.
fn label(story: &Story, event: &Event) -> String {
    let value: Value = serde_json::to_value(event).unwrap();
    let what = value["what"].as_str().unwrap().to_owned();
    let of_key = |key: &str| {
        let mut steps = story.state.effects.iter().flatten();
        steps.find(|it| it.effect.key == key).map(|it| it.effect.sort.words())
    };
    let detail = match event {
        Event::Asked { question, .. } | Event::Answered { question, .. } => Some(question.as_str()),
        Event::Intended { key } | Event::Done { key, .. } => of_key(key),
        Event::Rested { .. } => value["phase"].as_str(),
        _ => None,
    };
    detail.map_or(what.clone(), |detail| format!("{what} {detail}"))
}

fn labels(story: &Story) -> Vec<String> {
    story.events.iter().map(|(_, event)| label(story, event)).collect()
}

/// The lines after which the event is taken: `first..last, …`.
fn taken(story: &Story, event: &Event) -> String {
    let labels = labels(story);
    let mut spans: Vec<(usize, usize)> = Vec::new();
    for at in 0..labels.len() {
        let mut state = replayed(&story.events[..=at]).unwrap();
        if state.apply(event).is_err() {
            continue;
        }
        match spans.last_mut() {
            Some((_, last)) if *last + 1 == at => *last = at,
            _ => spans.push((at, at)),
        }
    }
    let span = |&(from, until): &(usize, usize)| {
        let more = (from < until).then(|| format!("..{}", labels[until]));
        labels[from].clone() + &more.unwrap_or_default()
    };
    spans.iter().map(span).collect::<Vec<_>>().join(", ")
}

/// The first line of that name.
fn line(story: &Story, name: &str) -> Event {
    let at = labels(story).iter().position(|it| it == name);
    story.events[at.unwrap_or_else(|| panic!("no {name}"))].1.clone()
}

fn unanswered(question: &str) -> Event {
    let (question, why) = (question.to_owned(), "no answer".to_owned());
    Event::Unanswered { question, absence: Absence::Error, why, spent: false }
}

#[test]
fn the_lines_of_a_whole_run() {
    let expected = "opened, claimed, snapshot, stood, inventory, routed, asked aws, answered aws, \
        asked release, answered release, asked sentry, answered sentry, decided, prepared, \
        source-read, changed, verified, reviewed, handed-over, planned, intended branch, \
        done branch, intended pull request, done pull request, intended comment, done comment, \
        intended move, done move, rested await-merge, merged, rested monitor, monitored, learned, \
        intended learning, done learning, rested closed";
    assert_eq!(labels(&whole()).join(", "), expected);
}

#[test]
fn each_line_is_taken_at_its_time_and_at_no_other() {
    let story = whole();
    for (name, after) in [
        ("opened", ""),
        ("claimed", "opened"),
        ("snapshot", "opened..claimed"),
        ("stood", "snapshot"),
        ("inventory", "snapshot..stood"),
        ("routed", "inventory"),
        ("asked aws", "routed..asked aws"),
        ("answered aws", "asked aws"),
        ("asked sentry", "routed..asked sentry"),
        ("answered sentry", "asked sentry"),
        ("decided", "answered sentry"),
        ("prepared", "decided"),
        ("source-read", "decided..done learning"),
        ("changed", "prepared..source-read"),
        ("verified", "changed"),
        ("reviewed", "verified"),
        ("handed-over", "reviewed..done learning"),
        ("planned", "reviewed..handed-over"),
        ("intended branch", "planned..intended branch"),
        ("done branch", "intended branch"),
        ("intended move", "planned..intended move"),
        ("done move", "intended move"),
        ("merged", "done move..rested await-merge"),
        ("monitored", "merged..rested monitor"),
        ("learned", "monitored..done learning"),
        ("intended learning", "planned..intended learning"),
        ("done learning", "intended learning"),
        ("rested closed", "decided..done learning"),
    ] {
        assert_eq!(taken(&story, &line(&story, name)), after, "{name}");
    }
}

#[test]
fn what_a_whole_run_did_not_meet_has_its_time_too() {
    let story = whole();
    let key = |sort: Sort| {
        let mut steps = story.state.effects.iter().flatten();
        steps.find(|it| it.effect.sort == sort).unwrap().effect.key.clone()
    };
    let left = |sort| Event::Left { key: key(sort), why: "moved meanwhile".to_owned() };
    let asked = |question: &str| Event::Asked {
        question: question.to_owned(),
        artifact: "sha256:1".to_owned(),
    };
    let rested = |phase| Event::Rested { phase, reason: "x".to_owned() };
    let claimed = |attempt| Event::Claimed { worker: "w-2".to_owned(), attempt };
    let always = "opened..done learning";
    let text = |text: &str| text.to_owned();
    let turned = Event::TurnedBack { reason: Reason::ReviewFailed, why: text("x") };
    let approved =
        Event::Approved { request: text("R:a:1"), by: Vec::new(), strength: text("weak") };
    for (name, event, after) in [
        ("a later worker", claimed(2), always),
        ("a note", Event::Noted { text: text("x"), by: text("@a") }, always),
        ("nobody planned it", asked("vendor"), ""),
        ("no answer", unanswered("aws"), "routed..asked aws"),
        ("no answer of another", unanswered("vendor"), ""),
        ("no change", Event::Unchanged { why: text("x") }, "prepared..source-read"),
        ("turned back", turned, "prepared..verified"),
        ("closed unmerged", Event::Dropped { at: story.now }, "done move..rested await-merge"),
        ("approved", approved, "rested await-merge, rested monitor"),
        ("a move is left", left(Sort::Move), "intended move"),
        ("a comment is left", left(Sort::Comment), ""),
        ("a step of nobody", Event::Intended { key: text("0") }, ""),
        ("rests in between", rested(Phase::Deliver), ""),
        ("rests while it waits", rested(Phase::Waiting), "decided..done learning"),
        ("no coordinator is there", Event::Uncoordinated { why: text("x") }, ""),
    ] {
        assert_eq!(taken(&story, &event), after, "{name}");
    }
}

#[test]
fn a_run_over_takes_nothing_and_a_run_that_waits_takes_what_it_waits_for() {
    let mut case = Case::of("vendor");
    case.output("sentry").requests.push(wanted());
    let mut story = Story::told(case, Script::of(Mode::Comment));
    let approved = |request: &str| Event::Approved {
        request: request.to_owned(),
        by: vec!["A-1".to_owned()],
        strength: "strong".to_owned(),
    };
    let request = "R-20261103-aaaaaa:data-correction:1";
    assert_eq!(taken(&story, &approved(request)), "rested waiting");
    story.approve();
    let twice = story.state.clone().apply(&approved(request));
    assert_eq!(twice, Err("it was approved"));
    story.go();
    let note = Event::Noted { text: "late".to_owned(), by: "@a".to_owned() };
    assert_eq!(story.state.apply(&note), Err("the run is over"));
}

#[test]
fn no_change_begins_and_no_source_is_read_where_the_gate_did_not_open() {
    let prepared = Event::Prepared { base: "b".to_owned(), artifact: "sha256:1".to_owned() };
    let read = Event::SourceRead { source: "a@b".to_owned() };
    let handoff = Story::told(Case::of("vendor"), Script::of(Mode::Pr));
    assert_eq!([taken(&handoff, &prepared), taken(&handoff, &read)], ["", ""]);
    let comment = Story::told(Case::sufficient(), Script::of(Mode::Comment));
    assert_eq!(taken(&comment, &prepared), "");
    assert_eq!(taken(&comment, &read), "decided..done learning");
    let dry = Story::told(Case::of("vendor"), Script::of(Mode::DryRun));
    let key = dry.state.effects.as_ref().unwrap()[0].effect.key.clone();
    assert_eq!(taken(&dry, &Event::Intended { key }), "", "a dry run makes nothing");
}

#[test]
fn a_fourth_attempt_is_not_made() {
    use Attempt::Nothing;
    let mut script = Script::of(Mode::Pr);
    script.attempts = [Nothing, Nothing, Nothing].into();
    let story = Story::told(Case::sufficient(), script);
    let unchanged = line(&story, "unchanged");
    assert_eq!(taken(&story, &unchanged).split("..").next(), Some("prepared"));
    let failed = story.events.iter().rposition(|it| matches!(it.1, Event::Unchanged { .. }));
    let mut state = replayed(&story.events[..=failed.unwrap()]).unwrap();
    assert_eq!(state.apply(&unchanged), Err("no attempt is left"));
}

#[test]
fn a_ticket_s_end_is_intended_once_a_person_approved_it() {
    let mut script = Script::of(Mode::Comment);
    script.moves = Some(moves(&["ticket-done"]));
    let mut story = Story::told(Case::of("expected-noise"), script);
    let mut steps = story.state.effects.iter().flatten();
    let key = steps.find(|it| it.effect.sort == Sort::Move).unwrap().effect.key.clone();
    let intended = Event::Intended { key };
    assert_eq!(story.state.clone().apply(&intended), Err("no person approved it"));
    story.approve();
    assert_eq!(story.state.apply(&intended), Ok(()));
}

#[test]
fn a_coordinator_keeps_what_was_answered_and_names_each_question_once() {
    let mut script = Script::of(Mode::DryRun);
    let reply = |ask: Value| json!({"schema": "prode.coordinator.reply/v1", "ask": ask});
    script.replies = Some([reply(json!([{"specialist": "aws"}])), reply(json!([]))].into());
    let story = Story::told(Case::sufficient(), script);
    assert!(labels(&story).starts_with(&["opened".to_owned(), "claimed".to_owned()]));
    let said = |change: &dyn Fn(&mut Event)| {
        let mut event = line(&story, "coordinated");
        change(&mut event);
        taken(&story, &event)
    };
    // Both want the same: to plan, and once more when all were asked.
    assert_eq!(said(&|_| {}), "routed, answered aws");
    let changed = |change: fn(&mut Vec<prode::triage::plan::Question>)| {
        said(&|event| {
            if let Event::Coordinated { questions, .. } = event {
                change(questions);
            }
        })
    };
    assert_eq!(changed(|all| drop(all.pop())), "routed");
    assert_eq!(changed(|all| all.push(all[0].clone())), "");
    assert_eq!(changed(|all| all[1].name = "sentry#2".to_owned()), "");
    assert_eq!(taken(&story, &unanswered("aws")), "coordinated..asked aws");
    let uncoordinated = Event::Uncoordinated { why: "x".to_owned() };
    assert_eq!(taken(&story, &uncoordinated), "routed, answered aws");
}

#[test]
fn what_was_answered_was_asked_and_how_often_counts() {
    let story = Story::told(Case::sufficient(), Script::of(Mode::DryRun));
    let routed = labels(&story).iter().position(|it| it == "routed").unwrap();
    let mut state = replayed(&story.events[..=routed]).unwrap();
    let answered = line(&story, "answered aws");
    assert_eq!(state.apply(&answered), Err("it was not asked"));
    let Event::Answered { artifact, question, raw, spent, .. } = answered else { panic!() };
    let handed = Event::Answered { artifact, question, raw, spent, how: How::Attested };
    let asked = line(&story, "asked aws");
    for _ in 0..5 {
        assert_eq!(state.apply(&asked), Ok(()));
    }
    assert_eq!(state.apply(&asked), Err("what it may spend is used up"));
    assert_eq!(state.apply(&handed), Ok(()));
    assert_eq!(state.apply(&handed), Err("it was answered before"));
}

#[test]
fn a_run_begins_with_its_first_line() {
    let story = whole();
    assert_eq!(replayed(&[]).unwrap_err(), "line 0: there is none");
    assert_eq!(replayed(&story.events[1..]).unwrap_err(), "line 0: it does not open a run");
    let mut twice = story.events.clone();
    twice.insert(3, twice[2].clone());
    assert_eq!(replayed(&twice).unwrap_err(), "line 3: the ticket was read before");
}
