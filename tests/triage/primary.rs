//! A server that takes writes is asked where somebody signed for exactly that, and only
//! there.

use std::path::PathBuf;

use serde_json::{Value, json};

use super::postgres::{Desk, claim, gaps, tool};
use super::team::verdict;
use crate::approvals::team::Team;
use crate::postgres::world::{World, world};
use crate::support::Sitting;

/// The desk of a team with signers, whose settings name the primary and a document.
fn desk(world: &World, policy: &str) -> (Desk, PathBuf) {
    let mut desk = Desk::at(Team::with(policy).repo, world);
    let document = desk.repo.home().join("exception.json");
    desk.postgres["url"] = json!(desk.url(world.primary.port()));
    desk.postgres["exception"] = json!(document);
    (desk, document)
}

/// What somebody signs who lets the desk's primary be asked.
fn request(desk: &Desk) -> Value {
    let target = desk.postgres["url"].as_str().unwrap().replace("reader@", "");
    json!({
        "schema": "prode.request/v1",
        "action": "read-primary",
        "what": "the questions of specialists.postgres.services, though the server takes writes",
        "target": target,
        "reason": "there is no standby yet",
        "requester": "human:ada",
        "preconditions": {"role": "reader"},
    })
}

/// Signs the document on a terminal; the exit code.
fn sign(desk: &Desk, document: &PathBuf) -> i32 {
    let mut command = desk.repo.prode_command();
    command.arg("approve").arg(document);
    let mut sitting = Sitting::at(command);
    let shown = sitting.sees("anything else declines: ");
    for part in ["read-primary", "though the server takes writes", "there is no standby yet"] {
        assert!(shown.contains(part), "no '{part}' in {shown}");
    }
    let (_, digest) = shown.rsplit_once("sha256:").unwrap();
    sitting.types(&digest[..8]);
    sitting.ended().1
}

fn blocked(desk: &Desk) -> String {
    let run = desk.run();
    assert_eq!(claim(&run), &Value::Null);
    assert!(gaps(&run)[0].starts_with("not_searched"), "{:?}", gaps(&run));
    tool(&run)["blocked"].as_str().unwrap().to_owned()
}

#[test]
fn a_primary_is_asked_where_somebody_signed_for_exactly_that() {
    let Some(world) = world() else { return };
    let (desk, document) = desk(world, "");
    let said = blocked(&desk);
    assert!(said.contains("is no standby") && said.contains("cannot be read"), "{said}");
    std::fs::write(&document, request(&desk).to_string()).unwrap();
    let said = blocked(&desk);
    assert!(said.contains("is not approved for 'read-primary'"), "{said}");
    assert_eq!(sign(&desk, &document), 0);

    let run = desk.run();
    let recorded = desk.repo.prode(&["triage", "examples", "run", "data-state", "--json"]);
    assert_eq!(verdict(&run), verdict(&recorded.ok().json()), "{:?}", gaps(&run));
    let identity = tool(&run)["identity"].as_str().unwrap();
    assert!(identity.contains("a primary, by an approved exception until 20"), "{identity}");
    let proof = tool(&run)["read_only"].as_str().unwrap();
    assert!(proof.contains("the transaction takes no writes"), "{proof}");
    let receipts = run["bundle"]["receipts"].as_array().unwrap();
    let receipt = receipts.iter().find(|it| claim(&run)["receipts"][0] == it["id"]).unwrap();
    assert_eq!(receipt["source"], "postgres:primary");
    let excerpt = receipt["excerpt"].as_str().unwrap();
    assert!(excerpt.contains("the server that takes writes was asked, at 20"), "{excerpt}");

    // It may be used again, and for nothing else.
    let forget = || std::fs::remove_dir_all(desk.repo.path().join(".git/prode/store")).unwrap();
    forget();
    assert_eq!(verdict(&desk.run()), verdict(&run));
    forget();
    let mut other = request(&desk);
    other["reason"] = json!("there is a standby, but it is slow");
    std::fs::write(&document, other.to_string()).unwrap();
    let said = blocked(&desk);
    assert!(said.contains("is not approved for 'read-primary'"), "{said}");
}

#[test]
fn what_was_signed_for_another_server_or_role_or_is_over_lets_nobody_in() {
    let Some(world) = world() else { return };
    let (mut desk, document) = desk(world, "  read-primary: {max_age: 1s}\n");
    for (pointer, value, says) in [
        ("/target", "postgresql://127.0.0.1:1/app", "its target is "),
        ("/preconditions/role", "triage", "its preconditions.role is 'triage'"),
        ("/action", "data-correction", "its action is 'data-correction'"),
        ("/requester", "", "requester must say something"),
        ("/schema", "prode.request/v0", "its schema is not"),
    ] {
        let mut other = request(&desk);
        *other.pointer_mut(pointer).unwrap() = json!(value);
        std::fs::write(&document, other.to_string()).unwrap();
        let said = blocked(&desk);
        assert!(said.contains("does not hold") && said.contains(says), "{says}: {said}");
    }
    std::fs::write(&document, request(&desk).to_string()).unwrap();
    assert_eq!(sign(&desk, &document), 0);
    std::thread::sleep(std::time::Duration::from_millis(1_100));
    let said = blocked(&desk);
    assert!(said.contains("expired"), "{said}");
    desk.postgres["exception"] = json!("exception.json");
    let said = blocked(&desk);
    assert!(said.contains("'exception.json' is no full path"), "{said}");
}
