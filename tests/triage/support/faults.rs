//! Programs and servers that do not keep to it, and what is asked of nobody.

use super::*;

/// What a program does, and what is said of it.
#[rustfmt::skip]
const HOSTILE: &[(&str, &str, &str)] = &[
    ("says HTML",        "echo '<html>Ada Lovelace</html>'", "error label:checkout type:ticket"),
    ("says a word",      "echo '\"Ada Lovelace\"'", "it is no result of zendesk"),
    ("says an error",    "echo '{\"error\": \"no, Ada Lovelace\"}'", "it is no result of zendesk"),
    ("says nothing",     "true", "it is no JSON"),
    ("fails with words", "echo 'no ticket of Ada Lovelace' >&2; exit 1", "'search' failed; what it said is not shown"),
    ("is killed",        "kill -9 $$", "'search' failed; what it said is not shown"),
    ("never ends",       "sleep 30", "'search' took longer than it may"),
    ("floods",           "yes 'Ada Lovelace'", "printed more than 1048576 bytes"),
    ("has bad times",    "echo '{\"count\": 1, \"next_page\": null, \"results\": [{\"created_at\": \"Ada Lovelace\"}]}'", "does not say that it is whole"),
];

#[test]
fn a_program_that_does_not_keep_to_it_is_an_error_and_shows_nobody() {
    for (way, lines, says) in HOSTILE {
        let mut desk = Desk::new("zendesk").by_program(lines);
        desk.seconds = 4;
        let run = desk.run(&json!({}));
        println!("{way:<18} {:?}", gaps(&run));
        assert!(
            gaps(&run)[0].starts_with("error ") && gaps(&run)[0].contains(says),
            "{way}: {:?}",
            gaps(&run)
        );
        assert_eq!(run["decision"], "stop", "{way}");
        assert_ne!(control(&run)["result"], "empty", "{way}");
    }
}

#[test]
fn a_server_that_does_not_keep_to_it_is_an_error_and_shows_nobody() {
    let fails = r#"printf '{"jsonrpc":"2.0","id":%s,"result":{"isError":true,"content":[{"type":"text","text":"no, Ada Lovelace"}]}}\n' "$id""#;
    for (call, says) in [
        (fails, "tool 'find' failed; what it said is not shown"),
        ("kill -9 $$", "broke off; what it said is not shown"),
        ("sleep 30 & sleep 30", "'server' took longer than it may"),
        ("yes", "sent more than 1048576 bytes"),
    ] {
        let mut desk = Desk::new("zendesk").by_tool(&tool(true), call);
        desk.seconds = 4;
        let run = desk.run(&json!({}));
        assert!(
            gaps(&run)[0].starts_with("error ") && gaps(&run)[0].contains(says),
            "{:?}",
            gaps(&run)
        );
    }
}

#[test]
fn a_program_that_fails_once_is_tried_again() {
    let lines =
        format!("if [ ! -e \"$HOME/tried\" ]; then touch \"$HOME/tried\"; exit 1; fi\n{SEARCHING}");
    let run = Desk::new("zendesk").by_program(&lines).run(&json!({}));
    assert_eq!((claims(&run).len(), gaps(&run).len()), (3, 0), "{:?}", gaps(&run));
}

#[test]
fn what_is_not_set_up_whole_asks_nobody() {
    for (name, value, says) in [
        ("shape", json!("jira"), "specialists.support.shape is none of github, linear, zendesk"),
        ("search", json!({"variables": ["TOKEN"]}), "needs either a program or mcp.command"),
        ("search", json!({"program": ["/nowhere/at-all"]}), "there is no 'at-all'"),
        ("services", json!({}), "specialists.support.services lists nothing"),
        ("services", json!({"a": {}}), "it has no query"),
    ] {
        let mut desk = Desk::new("zendesk").by_program(SEARCHING);
        desk.settings[name] = value;
        let run = desk.run(&json!({}));
        assert_eq!(desk.searched(), "", "{name}");
        let blocked = listed(&run)["blocked"].as_str().unwrap();
        assert!(blocked.contains(says) && gaps(&run)[0].contains(says), "{blocked}");
    }
}

#[test]
fn the_repository_sets_nothing_of_it() {
    let desk = Desk::new("zendesk").by_program(SEARCHING);
    let settings = json!({"specialists": {"support": desk.settings}});
    desk.repo.write("prode.yaml", settings.to_string());
    desk.repo.commit("settings");
    let ticket = json!({"title": "checkout in app version 5.2.1"}).to_string();
    let done = desk.repo.prode_in(&[], &["triage", "run", "-", "--json"], &ticket).ok();
    assert_eq!((desk.searched().as_str(), listed(&done.json())), ("", &Value::Null));
}
