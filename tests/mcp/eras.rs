//! Beginning, going on and ending, as each era of the protocol has it.

use serde_json::{Value, json};

use super::session::{ERAS, Era, Session, greeting};
use super::{OPENS_A_RUN, calls, memory, promised};

/// What is there, and nothing that is not.
fn capabilities() -> Value {
    json!({
        "tools": {}, "resources": {}, "prompts": {}, "completions": {},
        "extensions": {"io.modelcontextprotocol/skills": {}},
    })
}

#[test]
fn a_modern_client_discovers_what_is_there() {
    let repo = memory();
    let mut session = Session::open(&repo, Era::Modern);
    let result = session.request("server/discover", json!({}))["result"].clone();
    assert_eq!(result["supportedVersions"], json!(["2026-07-28", "2025-11-25"]));
    assert_eq!(result["capabilities"], capabilities());
    assert_eq!(result["resultType"], "complete");
    assert_eq!((&result["ttlMs"], &result["cacheScope"]), (&json!(3_600_000), &json!("public")));
    assert!(result["instructions"].as_str().unwrap().contains("never proves"));
}

#[test]
fn doctor_tells_the_versions_that_are_spoken() {
    let repo = memory();
    let mut session = Session::open(&repo, Era::Modern);
    let spoken =
        session.request("server/discover", json!({}))["result"]["supportedVersions"].clone();
    let spoken: Vec<_> = spoken.as_array().unwrap().iter().filter_map(Value::as_str).collect();
    repo.prode(&["doctor"]).says(&spoken.join(", "));
}

#[test]
fn a_modern_result_says_its_type_and_a_list_how_long_it_holds() {
    let repo = memory();
    let mut session = Session::open(&repo, Era::Modern);
    let list = session.request("tools/list", json!({}))["result"].clone();
    assert_eq!(list["resultType"], "complete");
    assert_eq!((&list["ttlMs"], &list["cacheScope"]), (&json!(3_600_000), &json!("public")));
    for (tool, given, _) in calls(&repo) {
        assert_eq!(session.call(tool, given)["resultType"], "complete", "{tool}");
    }
    let failed = session.call("query", json!({}));
    assert_eq!((&failed["resultType"], &failed["isError"]), (&json!("complete"), &json!(true)));
}

#[test]
fn a_modern_request_names_its_version() {
    let repo = memory();
    let mut session = Session::open(&repo, Era::Modern);
    session.request("tools/list", json!({}));
    session.send(&json!({"jsonrpc": "2.0", "id": 9, "method": "tools/list", "params": {}}));
    let answer = session.receive().unwrap();
    assert_eq!(answer["error"]["code"], -32602, "{answer}");
}

#[test]
fn a_legacy_client_shakes_hands() {
    let repo = memory();
    for (asked, agreed) in
        [("2025-11-25", "2025-11-25"), ("2024-11-05", "2025-11-25"), ("2026-07-28", "2025-11-25")]
    {
        let mut command = repo.prode_command();
        command.arg("mcp");
        let mut session = Session::ungreeted(command, Era::Legacy);
        let result = session.request("initialize", greeting(asked))["result"].clone();
        assert_eq!(result["protocolVersion"], agreed, "asked for {asked}");
        assert_eq!(result["serverInfo"]["name"], "prode");
        assert_eq!(result["capabilities"], capabilities());
    }
}

#[test]
fn a_legacy_result_has_no_type() {
    let repo = memory();
    let mut session = Session::open(&repo, Era::Legacy);
    for (tool, given, _) in calls(&repo) {
        assert_eq!(session.call(tool, given)["resultType"], Value::Null, "{tool}");
    }
}

#[test]
fn both_eras_get_the_same_answers() {
    let repo = memory();
    let [mut modern, mut legacy] = ERAS.map(|era| Session::open(&repo, era));
    for (tool, given, _) in calls(&repo) {
        if tool == OPENS_A_RUN {
            continue;
        }
        let answers = [modern.call(tool, given.clone()), legacy.call(tool, given)];
        let [one, other] = answers.map(|answer| promised(answer["structuredContent"].clone()));
        assert_eq!(one, other, "{tool}");
    }
}

#[test]
fn only_what_exists_is_there() {
    let repo = memory();
    for era in ERAS {
        let mut session = Session::open(&repo, era);
        for method in [
            "logging/setLevel",
            "tasks/get",
            "resources/subscribe",
            "resources/directory/read",
            "subscriptions/listen",
        ] {
            let params = json!({"level": "info", "taskId": "1", "uri": "wiki://wiki/workers.md",
                "notifications": {}});
            let answer = session.request(method, params);
            assert!(answer["error"]["code"].is_i64(), "{method}: {answer}");
        }
    }
}

#[test]
fn the_server_ends_with_its_input_and_answers_what_was_asked() {
    let repo = memory();
    for era in ERAS {
        let mut session = Session::open(&repo, era);
        let ids: Vec<_> = (0..5)
            .map(|_| {
                session.ask("tools/call", json!({"name": "query", "arguments": {"query": "queue"}}))
            })
            .collect();
        let (answers, code, told) = session.end(true);
        assert_eq!((code, told.as_str()), (Some(0), ""));
        let mut answered: Vec<_> = answers.iter().filter_map(|one| one["id"].as_u64()).collect();
        answered.sort_unstable();
        assert_eq!(answered, ids);
    }
}

#[test]
fn a_client_that_says_nothing_is_no_failure() {
    let repo = memory();
    let mut command = repo.prode_command();
    command.arg("mcp");
    let (answers, code, told) = Session::ungreeted(command, Era::Legacy).end(true);
    assert_eq!((answers.len(), code, told.as_str()), (0, Some(0), ""));
}

#[cfg(unix)]
#[test]
fn a_request_to_stop_is_followed() {
    let repo = memory();
    for greeted in [true, false] {
        let session = if greeted {
            let mut session = Session::open(&repo, Era::Modern);
            session.call("query", json!({"query": "queue"}));
            session
        } else {
            let mut command = repo.prode_command();
            command.arg("mcp");
            let mut session = Session::ungreeted(command, Era::Modern);
            // The answer shows that the server is up; it begins no session.
            session.request("server/discover", json!({}));
            session
        };
        let stopped =
            std::process::Command::new("kill").arg(session.process().to_string()).status();
        assert!(stopped.unwrap().success());
        let (_, code, told) = session.end(false);
        assert_eq!((code, told.as_str()), (Some(0), ""), "greeted: {greeted}");
    }
}

#[test]
fn a_place_that_cannot_be_served_is_said_on_stderr() {
    let repo = memory();
    let run = repo.prode(&["--repo", "nowhere", "mcp"]);
    assert_ne!(run.code(), Some(0));
    assert_eq!(run.stdout(), "");
    assert!(run.stderr().contains("nowhere"), "{}", run.stderr());
}
