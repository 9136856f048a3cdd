//! `propose_learning`: what an agent hands in goes before people, redacted, once.

use serde_json::{Value, json};

use super::session::{ERAS, Era, Session};
use super::{LEARNING, memory};
use crate::support::TestRepo;

fn proposed(session: &mut Session, given: Value) -> Value {
    let result = session.call("propose_learning", given);
    assert_eq!(result["isError"], false, "{result}");
    result["structuredContent"].clone()
}

fn tip(repo: &TestRepo) -> String {
    repo.git(&["for-each-ref", "--format=%(objectname)", "refs/heads/prode/inbox"])
}

#[test]
fn a_learning_is_added_once_whichever_door_it_comes_through() {
    for era in ERAS {
        let repo = memory();
        let mut session = Session::open(&repo, era);
        let trunk = repo.git(&["rev-parse", "main"]);
        let added = proposed(&mut session, json!({"text": LEARNING}));
        assert_eq!((&added["status"], &added["commit"]), (&json!("added"), &json!(tip(&repo))));
        let before = tip(&repo);
        let again = proposed(&mut session, json!({"text": LEARNING}));
        assert_eq!((&again["status"], &again["commit"]), (&json!("known"), &Value::Null));
        assert_eq!(again["id"], added["id"]);
        let typed = repo.prode(&["inbox", "add", "learning.md", "--json"]).ok().json();
        assert_eq!((&typed["status"], &typed["id"]), (&json!("known"), &added["id"]));
        assert_eq!(tip(&repo), before);
        assert_eq!(repo.git(&["rev-parse", "main"]), trunk);
        let id = added["id"].as_str().unwrap();
        let wanted = repo.prode(&["show", id, "--json"]).ok().json();
        let result = session.call("get", json!({"ref": id}));
        assert_eq!(result["structuredContent"].to_string(), wanted.to_string());
        let text = result["content"][0]["text"].as_str().unwrap();
        assert!(
            text.starts_with(&format!("{id} new")) && text.contains("proves nothing"),
            "{text}"
        );
        assert!(text.contains("waits for a lock"), "{text}");
    }
}

#[test]
fn a_dry_run_shows_what_would_be_stored_and_stores_nothing() {
    let repo = memory();
    let mut session = Session::open(&repo, Era::Modern);
    let result = session.call("propose_learning", json!({"text": LEARNING, "dry_run": true}));
    let text = result["content"][0]["text"].as_str().unwrap();
    assert!(text.contains("nothing was stored: a dry run") && text.contains("waits for a lock"));
    assert_eq!(tip(&repo), "");
}

#[test]
fn what_may_not_be_kept_is_hidden_and_never_told() {
    let repo = memory();
    let mut session = Session::open(&repo, Era::Modern);
    let (mail, secret) =
        (["maya.koch", "@firma.de"].concat(), ["AKIA", "IOSFODNN7EXAMPLQ"].concat());
    let text = format!("{LEARNING}\nSeen by {mail} with {secret}.\n");
    let result = session.call("propose_learning", json!({"text": text}));
    assert_eq!(result["structuredContent"]["status"], "added", "{result}");
    assert_eq!(result["structuredContent"]["redacted"]["email"], 1, "{result}");
    let kept = repo.git(&["grep", "-h", "", "prode/inbox"]);
    for value in [&mail, &secret] {
        assert!(!result.to_string().contains(value.as_str()), "{result}");
        assert!(!kept.contains(value.as_str()), "{kept}");
    }
    // What cannot be bounded blocks, and the error names the spot, not the value.
    let key = ["-----BEGIN RSA PRIVATE", " KEY-----\nMIIEowIBAAKCAQEA0Z3VS5JJcds3xfn"].concat();
    let text = session.failing("propose_learning", json!({"text": format!("{LEARNING}{key}")}));
    assert!(text.contains("hint: ") && !text.contains("MIIEowIBAAKCAQEA"), "{text}");
}

#[test]
fn scripts_and_control_characters_in_a_learning_do_no_harm() {
    let repo = memory();
    let mut session = Session::open(&repo, Era::Modern);
    let evil = "<script>alert(1)</script> \u{1b}]0;owned\u{7}\u{9b}31m [x](javascript:alert(1))";
    let added = proposed(&mut session, json!({"text": format!("{LEARNING}\n{evil}\n")}));
    let text = session.call("get", json!({"ref": added["id"]}))["content"][0]["text"].clone();
    let text = text.as_str().unwrap();
    assert!(text.contains("<script>"), "words are shown as they are: {text}");
    assert!(text.chars().all(|it| it == '\n' || it == '\t' || !it.is_control()), "{text:?}");
}

#[test]
fn an_error_is_the_commands() {
    let repo = memory();
    let mut session = Session::open(&repo, Era::Modern);
    let given = json!({"text": "words", "target": "wiki/gone.md#x"});
    let got = session.call("propose_learning", given)["_meta"]["prode/error"].clone();
    let run = repo
        .prode_with_input(&["inbox", "add", "-", "--target", "wiki/gone.md#x", "--json"], "words");
    assert_eq!(got, serde_json::from_str::<Value>(run.stderr()).unwrap());
}

#[test]
fn no_tool_approves_merges_or_promotes() {
    let repo = memory();
    let added = repo.prode(&["inbox", "add", "learning.md", "--json"]).ok().json();
    let calls = super::calls(&repo);
    let before = repo.git(&["for-each-ref", "--format=%(refname) %(objectname)"]);
    for era in ERAS {
        let mut session = Session::open(&repo, era);
        let tools = session.request("tools/list", json!({}))["result"]["tools"].clone();
        for tool in tools.as_array().unwrap() {
            let name = tool["name"].as_str().unwrap();
            for word in ["approve", "merge", "promote", "reject", "delete", "deploy", "review"] {
                assert!(!name.contains(word), "{name}");
            }
            assert_eq!(tool["annotations"]["destructiveHint"], false);
        }
        for (tool, given, _) in &calls {
            assert_eq!(session.call(tool, given.clone())["isError"], false, "{tool}");
        }
        // The same learning for real: known, so that nothing at all moves.
        let known = proposed(&mut session, json!({"text": LEARNING}));
        assert_eq!((&known["id"], &known["status"]), (&added["id"], &json!("known")));
    }
    assert_eq!(repo.git(&["for-each-ref", "--format=%(refname) %(objectname)"]), before);
    let shown = repo.prode(&["show", added["id"].as_str().unwrap(), "--json"]).json();
    assert_eq!((&shown["state"], &shown["decisions"]), (&json!("new"), &json!([])));
}
