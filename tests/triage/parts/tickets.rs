//! What a ticket says of itself, what it names, and whom that asks.

use jiff::{SignedDuration, Timestamp};
use prode::triage::plan::{Named, Question, plan, question};
use prode::triage::snapshot::{BadTicket, Extract, Snapshot};
use serde_json::{Value, json};

const NOW: &str = "2026-11-03T09:00:00Z";

fn try_read(input: &str) -> Result<Snapshot, BadTicket> {
    let now: Timestamp = NOW.parse().unwrap();
    Snapshot::read(input, "file", SignedDuration::from_hours(2), now)
}

fn read(input: &str) -> Snapshot {
    try_read(input).unwrap()
}

/// A tracker's ticket with these members.
fn with(members: Value) -> Snapshot {
    let mut all = json!({"identifier": "ENG-1", "title": "Checkout answers 500"});
    let Value::Object(members) = members else { panic!("members are an object") };
    all.as_object_mut().unwrap().extend(members);
    read(&all.to_string())
}

#[test]
fn a_ticket_is_text_and_at_most_a_mebibyte() {
    let most = 1 << 20;
    assert!(try_read(&"a".repeat(most)).is_ok());
    assert_eq!(try_read(&"a".repeat(most + 1)), Err(BadTicket::Large(most + 1)));
    assert_eq!(try_read("a\0b"), Err(BadTicket::Binary));
    assert_eq!(try_read(" \n"), Err(BadTicket::Empty));
    assert_eq!(try_read("{\"title\": \"only\"}").map(|it| it.title), Ok("only".to_owned()));
    let nameless = read("the nightly export is empty").id;
    assert_eq!(nameless, read("the nightly export is empty").id);
    assert_ne!(nameless, read("the nightly export is empty!").id);
    let digest = prode::canonical::digest(b"the nightly export is empty");
    assert_eq!(nameless, format!("T-{}", &digest[7..19]));
}

#[test]
fn a_ticket_s_name_is_one_line_from_the_first_place_that_has_one() {
    for (members, id) in [
        (json!({"identifier": " ENG-1\n 2 "}), "ENG-1 2"),
        (json!({"identifier": " ", "number": 7}), "7"),
        (json!({"identifier": null, "issue": {"id": 9}}), "9"),
        (json!({"identifier": ["x"], "key": "OPS-3", "id": 1}), "OPS-3"),
    ] {
        assert_eq!(with(members).id, id);
    }
    assert_eq!(with(json!({"identifier": "x".repeat(201)})).id.len(), 200);
}

#[test]
fn the_window_is_stated_or_an_alert_s_or_around_the_creation() {
    let of = |members: Value| {
        let ticket = with(members);
        let (from, until) = (ticket.window.from.to_string(), ticket.window.until.to_string());
        format!("{} {} {}", &from[11..16], &until[11..16], ticket.window_from)
    };
    let at = |clock: &str| format!("2026-11-03T{clock}:00Z");
    let stated = json!({"window": {"from": at("03:00"), "until": at("05:00")}});
    assert_eq!(of(stated), "03:00 05:00 stated");
    assert_eq!(of(json!({"incident": {"from": at("03:00")}})), "03:00 09:00 stated");
    let alert = json!({"startsAt": at("04:00"), "endsAt": at("05:00")});
    assert_eq!(of(alert), "02:00 05:00 from-times");
    assert_eq!(of(json!({"startsAt": at("04:00")})), "02:00 09:00 from-times");
    let same = json!({"startsAt": at("04:00"), "endsAt": at("04:00")});
    assert_eq!(of(same), "02:00 04:00 from-times");
    let earlier = json!({"startsAt": at("04:00"), "endsAt": at("03:59")});
    assert_eq!(of(earlier), "02:00 09:00 from-times");
    assert_eq!(of(json!({"startsAt": at("10:00")})), "08:00 10:00 from-times");
    assert_eq!(of(json!({"created_at": at("04:00")})), "02:00 09:00 around-creation");
    assert_eq!(of(json!({})), "07:00 09:00 around-creation");
    let amazon = json!({"StateChangeTime": "2026-11-03T04:00:00.000+0000"});
    assert_eq!(of(amazon), "02:00 09:00 from-times");
    let backwards = json!({"title": "x", "window": {"from": at("05:00"), "until": at("04:00")}});
    let error = try_read(&backwards.to_string()).unwrap_err();
    let told = "the ticket's window ends at 2026-11-03T04:00:00Z, before it begins at 2026-11-03T05:00:00Z";
    assert_eq!(error.to_string(), told);
}

#[test]
fn the_newest_two_hundred_comments_are_kept() {
    let comments: Vec<String> = (0..201).map(|it| format!("c{it}")).collect();
    let kept = |count: usize| with(json!({"comments": comments[..count]})).comments;
    assert_eq!(kept(200), comments[..200]);
    assert_eq!(kept(201), comments[1..]);
    assert_eq!(kept(0), [""; 0]);
    let mixed = json!({"comments": ["a", " ", {"body": "b"}, {"text": "c"}, {"n": 1}, 5],
        "attachments": [{"filename": "f"}, {"url": "u", "title": "t"}]});
    let ticket = with(mixed);
    assert_eq!(
        (ticket.comments, ticket.attachments),
        (texts(&["a", "b", "c"]), texts(&["f", "t"]))
    );
}

fn texts(all: &[&str]) -> Vec<String> {
    all.iter().map(|it| (*it).to_owned()).collect()
}

#[test]
fn a_markdown_ticket_has_its_head_and_its_words() {
    let ticket = read("---\nid: OPS-7\ntitle: Queue is full\n---\n\nbilling-events grows\n");
    assert_eq!((ticket.id.as_str(), ticket.title.as_str()), ("OPS-7", "Queue is full"));
    assert_eq!(ticket.body.trim(), "billing-events grows");
    let untitled = read("---\nid: OPS-7\ntitle: \" \"\n---\nFull\n\nit grows\n");
    assert_eq!((untitled.title.as_str(), untitled.body.trim()), ("Full", "it grows"));
    let bare = read("---\nFull\n---\nit grows\n");
    assert!(bare.id.starts_with("T-"), "{}", bare.id);
    assert!(bare.words().contains("it grows"));
}

#[test]
fn a_router_reads_the_ticket_s_own_words() {
    let ticket = with(json!({"description": "it is slow", "comments": ["since noon"],
        "labels": [{"name": "service:checkout"}]}));
    let words = ticket.words();
    let lines: Vec<&str> = words.lines().collect();
    assert_eq!(lines, ["Checkout answers 500", "it is slow", "service=checkout", "since noon"]);
}

#[test]
fn what_a_specialist_can_look_up_is_recognised() {
    for (text, what, values) in [
        ("see https://sentry.io/organizations/a/issues/4711/", Extract::SentryIssue, &["4711"][..]),
        ("Sentry #PAY-2F and sentry: API-X1", Extract::SentryIssue, &["PAY-2F", "API-X1"]),
        (
            "trace_id=abc12345 and X-Request-ID: \"f00-ba12\"",
            Extract::RequestId,
            &["abc12345", "f00-ba12"],
        ),
        ("request id: short", Extract::RequestId, &[]),
        ("since release pay@2.1.", Extract::Release, &["pay@2.1"]),
        ("the release was good", Extract::Release, &[]),
        ("app version v7.2.1, app-version: 7.2.1", Extract::AppVersion, &["7.2.1"]),
        ("queue: mails; queue_name=jobs.dead", Extract::Queue, &["mails", "jobs.dead"]),
        ("at sqs.eu-west-1.amazonaws.com/123/jobs", Extract::Queue, &["jobs"]),
    ] {
        assert_eq!(with(json!({"description": text})).extracted(what), values, "{text}");
    }
    let many: Vec<String> = (0..25).map(|it| format!("release r{it}")).collect();
    let found = with(json!({"comments": many}));
    assert_eq!(found.extracted(Extract::Release).len(), 20);
    assert_eq!(found.extracted(Extract::Release)[19], "r19");
    assert!(with(json!({"title": "all is well"})).extracted.is_empty());
}

/// `name: because`, required ones with a star.
fn planned(ticket: &Snapshot, named: &Named<'_>, wanted: &[&str]) -> Vec<String> {
    let told = |it: Question| {
        assert_eq!((&it.name, it.text.as_str()), (&it.specialist, question(&it.specialist)));
        format!("{}{}: {}", it.name, if it.required { "*" } else { "" }, it.because)
    };
    plan(ticket, named, &texts(wanted)).into_iter().map(told).collect()
}

#[test]
fn signals_pages_answers_and_settings_say_whom_to_ask() {
    let nobody = Named::default();
    let plain = with(json!({"title": "all is well"}));
    assert_eq!(planned(&plain, &nobody, &[]), ["release: nothing else is named"]);
    let ticket = with(json!({"title": "x", "description": "queue: jobs, app version 7.2.1"}));
    let own = ["aws*: the ticket names jobs", "support: the ticket names 7.2.1"];
    assert_eq!(planned(&ticket, &nobody, &[]), own);
    let (pages, handed) =
        (texts(&[" AWS ", "review", "", "a#b", "a/b"]), texts(&["vendor", "aws"]));
    let named = Named { pages: &pages, handed: &handed };
    let all = [own[0], own[1], "vendor: its answer was handed in"];
    assert_eq!(planned(&ticket, &named, &[]), all);
    let wanted = ["aws*: the ticket names jobs", "support*: the settings require it"];
    assert_eq!(planned(&ticket, &nobody, &["Support", "aws", "code-path"]), wanted);
    assert_eq!(planned(&plain, &named, &[])[0], "aws: a routed page names it");
    let sentry = with(json!({"title": "x", "description": "sentry issue PAY-2F"}));
    assert_eq!(planned(&sentry, &nobody, &[]), ["sentry*: the ticket names PAY-2F"]);
}

#[test]
fn who_has_no_question_of_its_own_is_asked_what_it_knows() {
    assert_eq!(question("somebody"), "What do you know about this ticket within the window?");
    assert!(question("sentry").starts_with("Which errors of this ticket"));
    assert_eq!(Question::whose("aws#2"), "aws");
    assert_eq!(Question::whose("aws"), "aws");
}
