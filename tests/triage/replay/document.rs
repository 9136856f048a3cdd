//! What a run says of itself to people and scripts, and what it cannot say yet.

use std::collections::VecDeque;

use prode::canonical::{digest, to_bytes};
use prode::triage::delivery::Seen;
use prode::triage::event::Event;
use prode::triage::mode::Mode;
use prode::triage::phase::Phase;
use prode::triage::rebuild::{self, Unbuildable};
use prode::triage::run::{Made, Run};

use super::super::gate::case::{Case, wanted};
use super::papers::Attempt;
use super::script::{RUN, Script, ticket};
use super::steps::moves;
use super::story::{Story, replayed};

fn run(story: &Story) -> Run {
    Run::of(RUN, &story.state, &story.kept).unwrap()
}

fn names(run: &Run) -> Vec<&str> {
    run.artifacts.iter().map(|it| it.name.as_str()).collect()
}

/// `sort state reference`
fn made(run: &Run) -> Vec<String> {
    let told = |it: &Made| {
        let reference = it.reference.as_deref().or(it.why.as_deref()).unwrap_or("-");
        format!("{} {} {reference}", it.effect.sort.words(), it.state)
    };
    run.effects.iter().map(told).collect()
}

fn merged() -> Story {
    let mut case = Case::sufficient();
    case.output("sentry").requests.push(wanted());
    let mut story = Story::told(case, Script::of(Mode::Pr));
    story.script.looks.push_back(true);
    story.go();
    story.now = story.state.watched_until.unwrap();
    story.go();
    story
}

#[test]
fn a_run_that_was_opened_says_who_has_it_and_nothing_else() {
    let story = Story::open(Case::sufficient(), Script::of(Mode::Comment));
    let run = run(&story);
    assert_eq!((run.schema.as_str(), run.run.as_str()), ("prode.run/v1", RUN));
    assert_eq!((run.mode, run.phase, run.attempts), (Mode::Comment, Phase::Intake, 1));
    assert_eq!(run.lease.as_ref().map(|it| it.worker.as_str()), Some("w-1"));
    assert_eq!(run.idempotency, format!("prode/{RUN}"));
    assert_eq!((run.ticket.as_ref(), run.bundle.as_ref(), run.decision), (None, None, None));
    assert_eq!((run.confidence, run.pr.as_ref(), run.outcome.as_ref()), (None, None, None));
    assert!(run.artifacts.is_empty() && run.effects.is_empty() && run.waiting.is_empty());
}

#[test]
fn a_run_that_rests_says_what_it_decided_and_keeps() {
    let story = Story::told(Case::sufficient(), Script::of(Mode::Comment));
    let run = run(&story);
    let decided = story.state.decided.as_ref().unwrap();
    let about = run.ticket.as_ref().unwrap();
    assert_eq!((about.id.as_str(), about.title.as_str()), ("ENG-1423", "Checkout answers 500"));
    assert_eq!(about.digest, digest(&to_bytes(&ticket()).unwrap()));
    assert_eq!(run.bundle.as_ref().unwrap().ticket, *about);
    assert_eq!(run.bundle_digest.as_ref(), Some(&decided.bundle));
    assert_eq!(run.classification, Some(decided.classification));
    assert_eq!((run.decision, run.confidence), (Some(decided.decision), Some(90)));
    assert_eq!(run.reasons, decided.reasons);
    assert!(run.handoff.as_ref().unwrap().starts_with("# Hand-off of ENG-1423: Checkout"));
    assert_eq!((run.lease.as_ref(), run.outcome.as_deref()), (None, Some("evidence-sufficient")));
    let asked = |name: &str| [format!("request:{name}"), format!("output:{name}")];
    let mut kept = vec!["ticket".to_owned(), "inventory".to_owned(), "memory".to_owned()];
    kept.extend(["aws", "release", "sentry"].into_iter().flat_map(asked));
    kept.extend(["bundle", "handoff", "learning"].map(str::to_owned));
    assert_eq!(names(&run), kept);
    assert!(run.artifacts.iter().all(|it| story.kept.contains_key(&it.digest)));
    let questions: Vec<&str> = run.questions.iter().map(|it| it.name.as_str()).collect();
    assert_eq!(questions, ["aws", "release", "sentry"]);
    let there = [
        "branch would -",
        "pull request would -",
        "comment done there/comment",
        "learning done there/learning",
    ];
    assert_eq!((made(&run), run.pr), (there.map(str::to_owned).to_vec(), None));
}

#[test]
fn a_run_that_proposed_says_what_became_of_it() {
    let mut story = merged();
    let waits = run(&story);
    assert_eq!(waits.outcome.as_deref(), Some("approval-waiting"));
    let waiting: Vec<&str> = waits.waiting.iter().map(|it| it.wanted.action.as_str()).collect();
    assert_eq!((waiting, waits.approvals.len()), (vec!["data-correction"], 0));
    story.say(Event::Noted { text: "look at it".to_owned(), by: "@a".to_owned() });
    story.approve();
    story.go();
    let run = run(&story);
    assert_eq!((run.phase, run.outcome.as_deref()), (Phase::Closed, Some("confirmed")));
    assert_eq!(run.monitor.as_deref(), Some(Seen::Confirmed.name()));
    assert_eq!(run.pr.as_deref(), Some("there/pull request"));
    assert_eq!(run.sources, [format!("src/pay.rs@{}", "b".repeat(40))]);
    assert_eq!((run.notes[0].by.as_str(), run.notes[0].text.as_str()), ("@a", "look at it"));
    let granted = &run.approvals[0];
    assert_eq!(granted.request, format!("{RUN}:data-correction:1"));
    assert_eq!(
        (granted.by.as_slice(), granted.strength.as_str()),
        (&["A-1".to_owned()][..], "strong")
    );
    let names = names(&run);
    let (_, changed) = names.split_at(names.iter().position(|it| *it == "bundle").unwrap());
    let kept =
        ["bundle", "code", "change", "verification", "review", "monitor", "handoff", "learning"];
    assert_eq!(changed, kept);
    let mut states: Vec<&str> = run.effects.iter().map(|it| it.state.as_str()).collect();
    states.dedup();
    assert_eq!(states, ["done"]);
}

#[test]
fn effects_say_how_far_they_are() {
    let mut script = Script::of(Mode::Comment);
    script.moves = Some(moves(&[]));
    script.leaves = true;
    let story = Story::told(Case::of("vendor"), script);
    let at = |what: &str| {
        let state = replayed(&story.events[..=story.place(what)]).unwrap();
        made(&Run::of(RUN, &state, &story.kept).unwrap())
    };
    let planned = ["comment planned -", "move planned -", "learning planned -"];
    assert_eq!(at("planned"), planned);
    assert_eq!(at("intended")[0], "comment intended -");
    assert_eq!(at("left")[1], "move left moved meanwhile");
    let dry = Story::told(Case::of("vendor"), Script::of(Mode::DryRun));
    assert_eq!(made(&run(&dry)), ["comment would -", "learning would -"]);
}

#[test]
fn a_run_that_was_turned_back_says_why() {
    let mut script = Script::of(Mode::Pr);
    script.attempts = VecDeque::from([Attempt::TooFar]);
    let run = run(&Story::told(Case::sufficient(), script));
    assert_eq!(run.turned_back.as_deref(), Some("infra/a"));
    assert_eq!((run.pr, run.outcome.as_deref()), (None, Some("boundary-crossed")));
    let gaps = run.bundle.unwrap().gaps;
    assert!(gaps.iter().any(|it| it.specialist == "change" && it.what == "infra/a"));
    assert!(gaps.iter().all(|it| !it.required));
}

#[test]
fn what_is_not_kept_or_cannot_be_read_is_named() {
    let story = Story::told(Case::sufficient(), Script::of(Mode::DryRun));
    let after = |what: &str| replayed(&story.events[..=story.place(what)]).unwrap();
    let built = |what: &str| rebuild::bundle(&after(what), &story.kept).unwrap_err();
    assert_eq!(built("claimed"), Unbuildable::TooEarly("snapshot"));
    assert_eq!(built("snapshot"), Unbuildable::TooEarly("inventory"));
    assert_eq!(built("inventory"), Unbuildable::TooEarly("routed memory"));
    let early = rebuild::evidence(&after("inventory"), &story.kept).unwrap_err();
    assert_eq!(early.to_string(), "the run has no routed memory yet");
    // Who was not asked yet says nothing.
    let some = rebuild::evidence(&after("answered"), &story.kept).unwrap();
    assert_eq!(some.findings.iter().map(|it| it.id.as_str()).collect::<Vec<_>>(), ["aws/F1"]);
    for (what, name) in [("snapshot", "snapshot"), ("handed-over", "hand-off")] {
        let digest = story.events[story.place(what)].1.artifact().unwrap().to_owned();
        let mut gone = story.kept.clone();
        gone.remove(&digest);
        let missing = Unbuildable::Missing { what: name, digest: digest.clone() };
        assert_eq!(missing.to_string(), format!("the {name} {digest} is not kept"));
        assert_eq!(Run::of(RUN, &story.state, &gone), Err(missing));
        gone.insert(digest, vec![0xff]);
        let error = Run::of(RUN, &story.state, &gone).unwrap_err();
        assert!(matches!(error, Unbuildable::Malformed { what, .. } if what == name), "{error}");
    }
}
