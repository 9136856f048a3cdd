//! A change: what its maker says, what the commands and the reviewer say, and what
//! is seen after its merge.

use prode::triage::bundle::Bundle;
use prode::triage::delivery::{
    Against, Change, FileChange, Maker, Monitor, QUESTIONS, Ran, Reply, Review, ReviewRequest,
    Seen, Verification, Watched, Word,
};
use prode::triage::output::Output;
use prode::triage::snapshot::Snapshot;
use prode::triage::window::Window;
use serde_json::{Value, json};

use super::super::gate::case::{Case, at, window};

fn change() -> Change {
    Change {
        schema: Change::SCHEMA.to_owned(),
        base: "b".to_owned(),
        commit: "c".to_owned(),
        by: Maker::Hand,
        title: "t".to_owned(),
        summary: "s".to_owned(),
        tests: vec!["tests/a.rs".to_owned()],
        untestable: None,
        rollback: "r".to_owned(),
        monitoring: "m".to_owned(),
        files: vec![FileChange { path: "a.rs".to_owned(), added: 1, removed: 0 }],
        crossings: Vec::new(),
    }
}

/// Commands that were run: on what, and whether they pass.
fn verification(runs: &[(Against, bool)]) -> Verification {
    let ran = |&(on, passed): &(Against, bool)| Ran {
        command: format!("make {on:?}").to_lowercase(),
        on,
        passed,
        digest: String::new(),
        output: format!("{on:?}: {passed}"),
    };
    Verification {
        schema: Verification::SCHEMA.to_owned(),
        commit: "c".to_owned(),
        tests: vec!["tests/a.rs".to_owned()],
        commands: runs.iter().map(ran).collect(),
    }
}

const HOLDS: [(Against, bool); 3] =
    [(Against::Base, true), (Against::Test, false), (Against::Change, true)];

#[test]
fn what_is_wrong_with_a_change_is_said_with_the_output_that_shows_it() {
    let fault = |runs: &[(Against, bool)]| {
        let all = verification(runs);
        let told = all.fault().map(|(what, ran)| (what, ran.map(|it| it.output.clone())));
        assert_eq!(all.passed(), told.is_none());
        told
    };
    let with = |what: &str, output: &str| Some((what.to_owned(), Some(output.to_owned())));
    let without = |what: &str| Some((what.to_owned(), None));
    assert_eq!(fault(&HOLDS), None);
    let base = (Against::Base, false);
    let broken = "'make base' fails without the change already";
    assert_eq!(fault(&[base, HOLDS[1], HOLDS[2]]), with(broken, "Base: false"));
    let last = (Against::Change, false);
    let fails = with("'make change' fails on the change", "Change: false");
    assert_eq!(fault(&[HOLDS[0], HOLDS[1], HOLDS[2], last]), fails);
    assert_eq!(fault(&HOLDS[..2]), without("nothing was run on the change"));
    let proves = without("the new test passes without the change: it proves nothing");
    assert_eq!(fault(&[HOLDS[0], (Against::Test, true), HOLDS[2]]), proves);
    assert_eq!(fault(&[HOLDS[0], HOLDS[2]]), proves);
    assert!(verification(&[HOLDS[0], base]).is_hopeless());
    assert!(!verification(&[HOLDS[0], HOLDS[1], last]).is_hopeless());
}

/// The built-in answers, one letter each: yes, no, unknown.
fn built_in(change: &Change, verification: &Verification) -> String {
    let review = Review::built_in(change, verification);
    assert_eq!((review.schema.as_str(), review.by.as_str()), ("prode.review/v1", "built-in"));
    let asked: Vec<&str> = review.answers.iter().map(|it| it.question.as_str()).collect();
    assert_eq!(asked, QUESTIONS.iter().map(|(name, _)| *name).collect::<Vec<_>>());
    let letter = |word: Word| match word {
        Word::Yes => 'y',
        Word::No => 'n',
        Word::Unknown => '?',
    };
    review.answers.iter().map(|it| letter(it.answer)).collect()
}

#[test]
fn without_a_reader_nothing_is_said_but_what_the_commands_show() {
    let change = change();
    let good = verification(&HOLDS);
    assert_eq!(built_in(&change, &good), "???yyy");
    assert!(Review::built_in(&change, &good).is_accepted());
    let other = Verification { commit: "d".to_owned(), ..good.clone() };
    assert_eq!(built_in(&change, &other), "n??nyn");
    let failing = verification(&[HOLDS[0], HOLDS[1], (Against::Change, false)]);
    assert_eq!(built_in(&change, &failing), "n??nyn");
    assert!(!Review::built_in(&change, &failing).is_accepted());
    let why = Some("it is a comment".to_owned());
    let untested = Change { tests: Vec::new(), untestable: why.clone(), ..change.clone() };
    let mut plain = verification(&[HOLDS[0], HOLDS[2]]);
    plain.tests.clear();
    assert_eq!(built_in(&untested, &plain), "???yy?");
    let review = Review::built_in(&untested, &plain);
    assert_eq!(review.answers[5].why, "no test: it is a comment");
    // A reason beside a test takes nothing away from the test.
    let both = Change { untestable: why, ..change.clone() };
    assert_eq!(built_in(&both, &good), "???yyy");
    let silent = Change { tests: Vec::new(), ..change };
    assert_eq!(built_in(&silent, &plain), "???yyn");
}

/// A review as a program prints it.
fn printed() -> Value {
    let yes = |(name, _): &(&str, &str)| json!({"question": name, "answer": "yes", "why": "seen"});
    let answers: Vec<Value> = QUESTIONS.iter().map(yes).collect();
    json!({"schema": Review::SCHEMA, "answers": answers})
}

#[test]
fn a_review_is_held_to_its_form() {
    let refused = |change: fn(&mut Value)| {
        let mut review = printed();
        change(&mut review);
        Review::parse(&review.to_string(), "reader").unwrap_err().0
    };
    assert!(Review::parse(&format!("\n{}\n", printed()), "reader").is_ok());
    let schema = refused(|it| it["schema"] = json!("prode.review/v2"));
    assert_eq!(schema, "its schema is not prode.review/v1");
    let fewer = refused(|it| drop(it["answers"].as_array_mut().unwrap().pop()));
    assert_eq!(fewer, "it answers 'tests-behaviour' 0 times");
    let twice = refused(|it| {
        let one = it["answers"][0].clone();
        it["answers"].as_array_mut().unwrap().push(one);
    });
    assert_eq!(twice, "it answers 'apis-exist' 2 times");
    let more = refused(|it| {
        let one = json!({"question": "may-it-land", "answer": "yes", "why": "x"});
        it["answers"].as_array_mut().unwrap().push(one);
    });
    assert_eq!(more, "it answers what nobody asked");
    assert!(refused(|it| it["verdict"] = json!("ship it")).contains("unknown field"));
    let asked = ReviewRequest::questions();
    assert_eq!(asked.len(), QUESTIONS.len());
    assert!(QUESTIONS.iter().all(|(name, text)| asked[*name] == *text));
}

#[test]
fn only_a_no_speaks_against_a_change() {
    let mut review = Review::parse(&printed().to_string(), "reader").unwrap();
    review.answers[0].answer = Word::Unknown;
    assert!(review.is_accepted() && review.objections().is_empty());
    review.answers[1].answer = Word::No;
    review.answers[4].answer = Word::No;
    assert!(!review.is_accepted());
    assert_eq!(review.objections(), "- errors-handled: seen\n- commits-atomic: seen");
    let by = |maker: &Maker| review.is_independent(maker);
    assert!(by(&Maker::Hand) && by(&Maker::Program("coder".to_owned())));
    assert!(!by(&Maker::Program("reader".to_owned())));
}

#[test]
fn a_reply_about_a_change_is_held_to_its_form() {
    let reply = |change: fn(&mut Value)| {
        let mut reply = json!({"schema": Reply::SCHEMA, "title": "x".repeat(72), "summary": "s",
            "tests": ["tests/a.rs"]});
        change(&mut reply);
        Reply::parse(&format!(" {reply}\n"), &["a.rs", "tests/a.rs"]).map_err(|it| it.0)
    };
    assert!(reply(|_| {}).is_ok());
    let schema = reply(|it| it["schema"] = json!("prode.change.reply/v2"));
    assert_eq!(schema, Err("its schema is not prode.change.reply/v1".to_owned()));
    let long = reply(|it| it["title"] = json!("x".repeat(73)));
    assert_eq!(long, Err("its title has 73 characters, and may have 1 to 72".to_owned()));
    assert!(reply(|it| it["title"] = json!("é".repeat(72))).is_ok());
    let none = Err("it names no test, and not why there is none".to_owned());
    assert_eq!(reply(|it| it["tests"] = json!([])), none);
    let blank = reply(|it| (it["tests"], it["untestable"]) = (json!([]), json!(" ")));
    assert_eq!(blank, none);
    let one = reply(|it| it["tests"] = json!(["tests/a.rs", "b.rs"]));
    assert_eq!(one, Err("the test 'b.rs' is not of the change".to_owned()));
    assert!(reply(|it| it["untestable"] = json!(" ")).is_ok());
}

#[test]
fn a_change_by_hand_is_told_from_its_ticket_and_its_files() {
    let told = |title: &str, files: &[&str]| {
        let text = format!("---\nid: ENG-12\n---\n{title}\n");
        let before = jiff::SignedDuration::from_hours(1);
        let snapshot = Snapshot::read(&text, "file", before, at("14:00")).unwrap();
        let case = Case::sufficient();
        let bundle = Bundle::of(&snapshot, &[], case.evidence(), case.verdict()).unwrap();
        Reply::by_hand(&bundle, files)
    };
    let tested = told("Checkout fails", &["src/a.rs", "tests/a.rs"]);
    assert_eq!(
        (tested.title.as_str(), tested.untestable.as_ref()),
        ("ENG-12: Checkout fails", None)
    );
    assert_eq!(
        (tested.schema.as_str(), tested.tests.as_slice()),
        (Reply::SCHEMA, &["tests/a.rs".to_owned()][..])
    );
    let bare = told(&"é".repeat(100), &["src/a.rs"]);
    assert_eq!(bare.title.chars().count(), 72);
    assert_eq!(bare.untestable.as_deref(), Some("whoever made the change added no test"));
    assert!(bare.tests.is_empty());
    // What it says of itself is what a program may say.
    for (reply, files) in [(tested, ["src/a.rs", "tests/a.rs"]), (bare, ["src/a.rs", "b"])] {
        let text = serde_json::to_string(&reply).unwrap();
        assert_eq!(Reply::parse(&text, &files), Ok(reply));
    }
}

/// What is seen of an answer about the time from four to eight.
fn seen(output: &Value) -> Seen {
    let output = Some(Output::parse(&output.to_string()).unwrap());
    let (specialist, hypothesis) = ("sentry".to_owned(), "vendor".to_owned());
    let answers = vec![Watched { specialist, hypothesis, output, why: None }];
    let window = window("04:00", "08:00");
    Monitor { schema: Monitor::SCHEMA.to_owned(), window, answers }.seen()
}

fn queried(asked: Window, covered: Option<Window>, findings: &Value) -> Value {
    json!({"schema": Output::SCHEMA, "question": "q", "findings": findings, "queries": [{
        "source": "sentry", "query": "errors", "window": asked, "covered": covered,
        "result": "empty"}]})
}

#[test]
fn a_fault_is_gone_where_all_of_the_time_was_looked_at() {
    let exact = window("04:00", "08:00");
    let short = [window("04:01", "08:00"), window("04:00", "07:59"), window("05:00", "06:00")];
    let none = json!([]);
    assert_eq!(seen(&queried(exact, None, &none)), Seen::Confirmed);
    assert_eq!(seen(&queried(window("03:00", "09:00"), Some(exact), &none)), Seen::Confirmed);
    for part in short {
        assert_eq!(seen(&queried(part, None, &none)), Seen::NotConfirmed);
        assert_eq!(seen(&queried(exact, Some(part), &none)), Seen::NotConfirmed);
        assert_eq!(seen(&queried(part, Some(exact), &none)), Seen::NotConfirmed);
    }
    let nobody = Monitor { schema: String::new(), window: exact, answers: Vec::new() };
    assert_eq!(nobody.seen(), Seen::NotConfirmed);
}

#[test]
fn a_fault_is_back_where_somebody_saw_it_since() {
    let exact = window("04:00", "08:00");
    let claim = |clock: &str, receipts: Value| {
        json!([{"id": "F1", "claim": "again", "supports": ["vendor"], "observed_at": at(clock),
            "receipts": receipts}])
    };
    let receipt = json!([{"source": "sentry", "query": "errors", "window": exact,
        "at": at("08:00"), "excerpt": "12"}]);
    for (clock, expected) in [
        ("03:59", Seen::Confirmed),
        ("04:00", Seen::Regressed),
        ("08:00", Seen::Regressed),
        ("08:01", Seen::Confirmed),
    ] {
        let found = queried(exact, None, &claim(clock, receipt.clone()));
        assert_eq!(seen(&found), expected, "{clock}");
    }
    let unseen = queried(exact, None, &claim("05:00", json!([])));
    assert_eq!(seen(&unseen), Seen::Confirmed, "a claim without a receipt is none");
}

#[test]
fn one_who_saw_it_weighs_more_than_all_who_did_not() {
    let exact = window("04:00", "08:00");
    let output = |findings: &Value| {
        Some(Output::parse(&queried(exact, None, findings).to_string()).unwrap())
    };
    let claim = json!([{"id": "F1", "claim": "again", "supports": ["vendor"],
        "observed_at": at("05:00"), "receipts": [{"source": "sentry", "query": "errors",
        "window": exact, "at": at("08:00"), "excerpt": "12"}]}]);
    let watched = |output: Option<Output>| Watched {
        specialist: "sentry".to_owned(),
        hypothesis: "vendor".to_owned(),
        output,
        why: None,
    };
    let monitor = |answers| Monitor { schema: String::new(), window: exact, answers }.seen();
    let clean = || watched(output(&json!([])));
    assert_eq!(monitor(vec![clean(), clean()]), Seen::Confirmed);
    assert_eq!(monitor(vec![clean(), watched(None)]), Seen::NotConfirmed);
    assert_eq!(monitor(vec![clean(), watched(None), watched(output(&claim))]), Seen::Regressed);
}
