//! What `tools/list` tells an agent: enough to choose, little to pay for.

use serde_json::{Value, json};

use super::session::{ERAS, Era, Session};
use super::shape::complaints;
use super::{calls, memory};

/// All definitions together, as bytes on the wire.
const MOST_BYTES: usize = 12_000;

fn tools(session: &mut Session) -> Vec<Value> {
    let answer = session.request("tools/list", json!({}));
    answer["result"]["tools"].as_array().expect("a list").clone()
}

#[test]
fn the_tools_come_in_a_fixed_order_and_are_no_more_than_ten() {
    let repo = memory();
    for era in ERAS {
        let mut session = Session::open(&repo, era);
        let first = tools(&mut session);
        let names: Vec<_> = first.iter().map(|tool| tool["name"].as_str().unwrap()).collect();
        let wanted: Vec<_> = calls(&repo).into_iter().map(|(name, ..)| name).collect();
        assert_eq!(names, wanted);
        assert!(names.len() <= 10);
        assert_eq!(tools(&mut session), first);
    }
}

#[test]
fn all_definitions_stay_small() {
    let repo = memory();
    let tools = tools(&mut Session::open(&repo, Era::Modern));
    let bytes = json!(tools).to_string().len();
    println!("definitions of {} tools: {bytes} bytes", tools.len());
    assert!(bytes < MOST_BYTES, "{bytes} bytes");
}

#[test]
fn every_tool_says_what_it_does() {
    let repo = memory();
    for tool in tools(&mut Session::open(&repo, Era::Legacy)) {
        let name = tool["name"].as_str().unwrap();
        let hints = json!({
            "readOnlyHint": !matches!(name, "propose_learning" | "triage_submit_evidence"),
            "destructiveHint": false,
            "idempotentHint": name != "triage_submit_evidence",
            "openWorldHint": false,
        });
        assert_eq!(tool["annotations"], hints, "{}", tool["name"]);
        assert!(tool["title"].is_string(), "{}", tool["name"]);
        assert!(tool["description"].as_str().unwrap().len() > 100, "{}", tool["name"]);
    }
}

#[test]
fn every_argument_is_bounded_and_no_other_is_taken() {
    let repo = memory();
    for tool in tools(&mut Session::open(&repo, Era::Modern)) {
        let schema = &tool["inputSchema"];
        assert_eq!(schema["additionalProperties"], false, "{tool}");
        for (name, argument) in schema["properties"].as_object().unwrap() {
            assert!(is_bounded(argument), "{name} of {}", tool["name"]);
        }
    }
}

fn is_bounded(schema: &Value) -> bool {
    match schema["type"].as_str() {
        Some("string") => schema["maxLength"].is_u64(),
        Some("integer") => schema["minimum"].is_u64() && schema["maximum"].is_u64(),
        Some("boolean") => true,
        Some("object") => schema["maxProperties"].is_u64(),
        Some("array") => schema["maxItems"].is_u64() && is_bounded(&schema["items"]),
        _ => schema["enum"].is_array(),
    }
}

#[test]
fn every_answer_fits_the_schema_that_was_announced() {
    let repo = memory();
    let mut session = Session::open(&repo, Era::Modern);
    let tools = tools(&mut session);
    let learning = session.call("propose_learning", json!({"text": super::LEARNING}));
    let learning = learning["structuredContent"]["id"].clone();
    let more = [("get", json!({"ref": learning}), vec![]), ("triage_status", json!({}), vec![])];
    for (name, given, _) in calls(&repo).into_iter().chain(more) {
        let tool = tools.iter().find(|tool| tool["name"] == name).expect("it is listed");
        assert!(complaints(&tool["inputSchema"], &given, "").is_empty(), "{name}");
        for tokens in [200, 20_000] {
            let mut given = given.clone();
            given["max_tokens"] = tokens.into();
            let answer = session.call(name, given)["structuredContent"].clone();
            let complaints = complaints(&tool["outputSchema"], &answer, "");
            assert!(complaints.is_empty(), "{name}: {complaints:?}");
        }
    }
}

#[test]
fn there_is_no_second_page_of_tools() {
    let repo = memory();
    let mut session = Session::open(&repo, Era::Modern);
    let answer = session.request("tools/list", json!({"cursor": "2"}));
    assert_eq!(answer["error"]["code"], -32602, "{answer}");
}
