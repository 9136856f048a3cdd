//! Prompts: told with their arguments, filled with what was given, as data.

use serde_json::{Value, json};

use super::memory;
use super::session::{ERAS, Era, Session};

#[test]
fn prompts_are_listed_and_filled() {
    let repo = memory();
    for era in ERAS {
        let mut session = Session::open(&repo, era);
        let list = session.request("prompts/list", json!({}))["result"].clone();
        let prompts = list["prompts"].as_array().unwrap();
        let names: Vec<_> = prompts.iter().map(|it| it["name"].as_str().unwrap()).collect();
        assert_eq!(names, ["triage-intake", "propose-learning", "review-page"]);
        for prompt in prompts {
            let arguments = prompt["arguments"].as_array().unwrap();
            assert!(prompt["description"].is_string() && prompt["title"].is_string());
            let mut given = json!({});
            for argument in arguments {
                assert!(argument["description"].is_string() && argument["required"].is_boolean());
                given[argument["name"].as_str().unwrap()] = "flamingo \u{1f600}".into();
            }
            let params = json!({"name": prompt["name"], "arguments": given});
            let result = session.request("prompts/get", params)["result"].clone();
            let message = &result["messages"][0];
            assert_eq!(
                (&message["role"], &message["content"]["type"]),
                (&json!("user"), &json!("text"))
            );
            let text = message["content"]["text"].as_str().unwrap();
            assert_eq!(text.matches("flamingo \u{1f600}").count(), arguments.len(), "{text}");
        }
    }
}

#[test]
fn a_prompt_names_only_tools_and_commands_that_there_are() {
    let repo = memory();
    let mut session = Session::open(&repo, Era::Modern);
    let tools = session.request("tools/list", json!({}))["result"]["tools"].clone();
    let tools: Vec<_> = tools.as_array().unwrap().iter().map(|it| it["name"].clone()).collect();
    for (name, given) in [
        ("triage-intake", json!({"ticket": "a"})),
        ("propose-learning", json!({"notes": "a"})),
        ("review-page", json!({"page": "a"})),
    ] {
        let answer = session.request("prompts/get", json!({"name": name, "arguments": given}));
        let text = answer["result"]["messages"][0]["content"]["text"].as_str().unwrap().to_owned();
        let mut named = 0;
        for word in text.split('`').skip(1).step_by(2) {
            if let Some(command) = word.strip_prefix("prode ") {
                let words =
                    command.split(' ').take_while(|it| it.chars().all(|c| c.is_ascii_lowercase()));
                let words: Vec<_> = words.chain(["--help"]).collect();
                repo.prode(&words).ok();
            } else if word.contains('_') && !word.contains(':') && word != "dry_run" {
                assert!(tools.contains(&json!(word)), "{name} names {word}");
                named += 1;
            }
        }
        assert!(named > 0 || name == "review-page", "{name}");
    }
}

#[test]
fn what_is_wrong_is_told_with_a_way_out() {
    let repo = memory();
    for era in ERAS {
        let mut session = Session::open(&repo, era);
        for (params, hint) in [
            (json!({"name": "triage-intak"}), "did you mean 'triage-intake'?"),
            (json!({"name": "zebra"}), "the prompts are: triage-intake"),
            (json!({"name": "review-page"}), "the argument 'page' is missing"),
            (json!({"name": "review-page", "arguments": {"page": 7}}), "must be text"),
            (json!({"name": "review-page", "arguments": {"path": "a"}}), "no argument 'path'"),
            (
                json!({"name": "review-page", "arguments": {"page": "x".repeat(100_000)}}),
                "1000 are allowed",
            ),
        ] {
            let error = session.request("prompts/get", params)["error"].clone();
            assert_eq!(error["code"], -32602, "{error}");
            assert!(error["message"].as_str().unwrap().contains(hint), "{error}");
            assert!(error["message"].as_str().unwrap().len() < 500, "{error}");
        }
    }
}

#[test]
fn a_page_is_completed_and_free_text_is_not() {
    let repo = memory();
    let mut session = Session::open(&repo, Era::Modern);
    let mut complete = |prompt: &str, name: &str, value: &str| -> Value {
        let params = json!({
            "ref": {"type": "ref/prompt", "name": prompt},
            "argument": {"name": name, "value": value},
        });
        session.request("completion/complete", params)
    };
    let page = complete("review-page", "page", "wiki/w");
    assert_eq!(page["result"]["completion"]["values"], json!(["wiki/workers.md"]));
    let ticket = complete("triage-intake", "ticket", "a");
    assert_eq!(ticket["result"]["completion"]["values"], json!([]));
    assert_eq!(complete("zebra", "page", "")["error"]["code"], -32602);
    assert_eq!(complete("review-page", "zebra", "")["error"]["code"], -32602);
}
