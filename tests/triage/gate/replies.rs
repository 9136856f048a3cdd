//! What a coordinator may say, and what becomes of what it asks for.

use prode::triage::coordinator::Reply;
use prode::triage::plan::Question;
use serde_json::{Value, json};

use super::case::Case;

/// A reply with these fields, or why it is none.
fn read(fields: Value) -> Result<Reply, String> {
    let mut reply = json!({"schema": "prode.coordinator.reply/v1"});
    let Value::Object(fields) = fields else { panic!("fields are an object") };
    reply.as_object_mut().unwrap().extend(fields);
    Reply::parse(&reply.to_string(), &Case::sufficient().evidence()).map_err(|it| it.to_string())
}

fn hypothesis(id: &str, kind: &str) -> Value {
    json!({"id": id, "kind": kind, "text": "x"})
}

fn refused(fields: Value, why: &str) {
    let told = read(fields).expect_err(why);
    assert!(told.starts_with("it is no reply of a coordinator: ") && told.contains(why), "{told}");
}

#[test]
fn a_reply_is_held_to_its_form_and_its_limits() {
    assert!(read(json!({})).is_ok());
    refused(json!({"schema": "prode.coordinator.reply/v2"}), "its schema is not");
    refused(json!({"more": 1}), "unknown field");
    let wishes = |count: usize| json!({"ask": vec![json!({"specialist": "aws"}); count]});
    assert!(read(wishes(32)).is_ok());
    refused(wishes(33), "asks for more than 32");
    let many = |count: usize| {
        let all: Vec<Value> =
            (0..count).map(|at| hypothesis(&format!("h{at}"), "config")).collect();
        json!({ "hypotheses": all })
    };
    assert!(read(many(16)).is_ok(), "{:?}", read(many(16)));
    refused(many(17), "adds more than 16");
}

#[test]
fn an_explanation_has_a_kind_and_a_name_of_its_own() {
    assert!(read(json!({"hypotheses": [hypothesis("h", "config")]})).is_ok());
    refused(json!({"hypotheses": [hypothesis("h", "ghosts")]}), "'ghosts' is no kind");
    for taken in ["config", " "] {
        refused(json!({"hypotheses": [hypothesis(taken, "config")]}), "is named already");
    }
    let twice = json!({"hypotheses": [hypothesis("h", "config"), hypothesis("h", "config")]});
    refused(twice, "'h' is named already");
}

#[test]
fn a_classification_names_what_is_known() {
    let evidence = Case::sufficient().evidence();
    let claim = evidence.findings[0].id.clone();
    let of = |hypothesis: &str, claim: &str| {
        json!({
            "hypotheses": [hypothesis_of_its_own()],
            "classification": {"hypothesis": hypothesis, "claims": [claim]},
        })
    };
    assert!(read(of("app-regression", &claim)).is_ok());
    assert!(read(of("own", &claim)).is_ok());
    refused(of("other", &claim), "'other' is no explanation");
    refused(of("own", "nobody/F9"), "nobody made the claim 'nobody/F9'");
}

fn hypothesis_of_its_own() -> Value {
    hypothesis("own", "config")
}

fn question(name: &str, text: &str, required: bool) -> Question {
    let specialist = Question::whose(name).to_owned();
    let (name, text, because) = (name.to_owned(), text.to_owned(), "planned".to_owned());
    Question { name, specialist, text, required, because }
}

#[test]
fn what_is_required_or_answered_stays_and_each_is_asked_once() {
    let planned = [
        question("aws", "what was seen?", true),
        question("sentry", "which errors?", false),
        question("github", "which merges?", false),
    ];
    let reply = read(json!({"ask": [
        {"specialist": " AWS ", "question": "What  was seen?"},
        {"specialist": "aws", "question": "how many?", "required": true},
        {"specialist": "support"},
        {"specialist": "review", "question": "may it land?"},
        {"specialist": "a#b", "question": "x"},
    ]}));
    let reply = reply.unwrap();
    let answered = |it: &Question| it.name == "sentry";
    let asked = reply.questions(&planned, &answered);
    let told: Vec<_> = asked.iter().map(|it| (it.name.as_str(), it.required)).collect();
    assert_eq!(told, [("aws", true), ("sentry", false), ("aws#2", true), ("support", false)]);
    assert_eq!(asked[3].text, "What do customers report about this within the window?");
    assert_eq!(asked[2].because, "the coordinator asks for it");
}

#[test]
fn who_is_wanted_again_is_told_once_and_in_order() {
    let reply = read(json!({"ask": [
        {"specialist": "Sentry", "question": "which  Errors?"},
        {"specialist": "aws", "question": "what was seen?"},
        {"specialist": "aws", "question": "WHAT was seen?"},
        {"specialist": "aws", "question": "something else?"},
        {"specialist": "support"},
    ]}));
    let answered = [
        question("aws", "what was seen?", true),
        question("sentry", "which errors?", false),
        question("github", "which merges?", false),
    ];
    let answered: Vec<&Question> = answered.iter().collect();
    let reply = reply.unwrap();
    assert_eq!(reply.repeated(&answered), ["aws", "sentry"]);
    assert_eq!(reply.repeated(&answered[2..]), [""; 0]);
}
