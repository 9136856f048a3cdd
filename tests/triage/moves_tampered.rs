//! `triage verify` and a run that moved its ticket: what somebody who knows how an
//! export is made would change of it.

use std::path::Path;

use serde_json::{Value, json};

use super::forging::{Forger, find, place};

/// What is changed, and what verification says then.
type Tampering = (&'static str, &'static str, fn(&Forger));

#[rustfmt::skip]
const TAMPERING: &[Tampering] = &[
    ("another state was listed", "effects", |it| it.event("stood", |event| event["moves"]["to"]["stop"]["name"] = json!("Done"))),
    ("the ticket stood elsewhere", "effects", |it| it.event("stood", |event| event["moves"]["from"]["names"] = json!(["Done"]))),
    ("an end that needs no approval", "effects", |it| it.event("stood", |event| { event["moves"]["to"]["stop"].as_object_mut().unwrap().remove("action"); })),
    ("prode may not end the ticket", "order", |it| it.event("stood", |event| event["moves"]["carries_out"] = json!([]))),
    ("where it stood is left out", "order", |it| it.events(|lines| { let at = place(lines, "stood"); lines.remove(at); })),
    ("where it stood is said twice", "order", |it| it.events(|lines| { let at = place(lines, "stood"); lines.insert(at, lines[at].clone()); })),
    ("a move that goes elsewhere", "effects", |it| it.event("planned", |event| moving(event)["moves"]["to"]["name"] = json!("Done"))),
    ("a move that is not planned", "order", |it| it.event("planned", |event| event["effects"].as_array_mut().unwrap().retain(|it| it["sort"] != "move"))),
    ("nobody approved it", "order", |it| it.events(|lines| { let at = place(lines, "approved"); lines.remove(at); })),
    ("somebody approved something else", "approvals", |it| it.event("approved", |event| event["request"] = json!("R-20260101-abcdef:ticket-done:1"))),
    ("it was made before it was approved", "order", |it| it.events(|lines| {
        let approved = place(lines, "approved");
        let mut approval = lines.remove(approved);
        // Else it may be found by its time alone.
        approval["at"] = lines.last().unwrap()["at"].clone();
        lines.push(approval);
    })),
    ("it was left instead", "document", |it| it.events(|lines| {
        let last = lines.iter_mut().rev().find(|it| it["event"]["what"] == "done").unwrap();
        let key = last["event"]["key"].clone();
        last["event"] = json!({"what": "left", "key": key, "why": "moved meanwhile"});
    })),
    ("a comment was left", "order", |it| it.events(|lines| {
        let key = find(lines, "done")["key"].clone();
        *find(lines, "done") = json!({"what": "left", "key": key, "why": "no time"});
    })),
];

fn moving(planned: &mut Value) -> &mut Value {
    let effects = planned["effects"].as_array_mut().unwrap();
    effects.iter_mut().find(|it| it["sort"] == "move").unwrap()
}

/// Tries all of it on the export of a run that a person let end its ticket; `verify`
/// gives what `triage verify` says of a folder.
pub(crate) fn is_found(export: &Path, verify: impl Fn(&Path) -> Value) {
    assert_eq!(verify(export)["sound"], true);
    let mut missed = Vec::new();
    for (at, (what, check, change)) in TAMPERING.iter().enumerate() {
        let folder = export.parent().unwrap().join(format!("copy-{at}"));
        let forger = Forger::on_copy(export, folder.clone());
        change(&forger);
        let said = verify(&folder);
        let faults = said["faults"].as_array().unwrap();
        if faults.iter().all(|it| it["check"] != *check) {
            missed.push(format!("{what}: {faults:?}"));
        }
    }
    assert!(missed.is_empty(), "{}", missed.join("\n"));
    println!("{} changes, each found", TAMPERING.len());
}
