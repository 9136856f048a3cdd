//! A secret in every input of a change: it stands in nothing that is kept, shown
//! to another program, or sent.

use std::collections::BTreeMap;
use std::fs;

use serde_json::json;

use super::{CHECK, Desk, MENDING, reply};
use crate::support::forge::Kind;

/// A token of a vendor's shape, put together so that none stands in this file.
fn secret(letter: char) -> String {
    let rest = "A1b2C3d4E5f6G7h8I9j0K1l2M3n4O5p6Q7r";
    ["ghp_", &letter.to_string(), rest].concat()
}

/// Everything that a run kept, told another program, or sent, by where it is.
fn traces(desk: &Desk, run: &serde_json::Value, number: u64) -> BTreeMap<String, String> {
    let mut all = BTreeMap::new();
    let folder = tempfile::tempdir().unwrap();
    let place = folder.path().join("run");
    let name = run["run"].as_str().unwrap();
    desk.repo.prode(&["triage", "export", name, "-o", &place.display().to_string()]).ok();
    for entry in walkdir::WalkDir::new(&place).into_iter().map(Result::unwrap) {
        if entry.file_type().is_file() {
            let text = String::from_utf8_lossy(&fs::read(entry.path()).unwrap()).into_owned();
            all.insert(entry.path().display().to_string(), text);
        }
    }
    for file in ["told.json", "asked.json"] {
        all.insert(file.to_owned(), fs::read_to_string(desk.repo.home().join(file)).unwrap());
    }
    let pull = desk.there.world().pulls[0].clone();
    all.insert("title".to_owned(), pull.title);
    all.insert("description".to_owned(), pull.body);
    let comments = desk.there.world().said(number);
    all.insert("comment".to_owned(), comments.into_iter().map(|it| it.body).collect());
    let message = desk.server.git(&["log", "-1", "--format=%B", &format!("prode/run/{name}")]);
    all.insert("message".to_owned(), message);
    all.insert("document".to_owned(), run.to_string());
    all
}

#[test]
fn a_secret_in_any_input_of_a_change_stands_nowhere() {
    let desk = Desk::without_coder(Kind::GitHub);
    let [source, title, summary, output, why] = ['S', 'T', 'U', 'O', 'W'].map(secret);
    desk.repo
        .write("src/pool.sh", format!("# deploy token {source}\nsize=3\n"))
        .write("check.sh", format!("echo connected with {output}\n{CHECK}"))
        .commit("secrets of the team's own");
    let mut said = reply();
    said["title"] = json!(format!("Use {title}"));
    said["summary"] = json!(format!("The pool logs in with {summary} now."));
    said["rollback"] = json!(format!("Log in with {summary} again."));
    desk.coder(MENDING, &said);
    let answers: Vec<_> = [
        "apis-exist",
        "errors-handled",
        "matches-reference",
        "verification-run",
        "commits-atomic",
        "tests-behaviour",
    ]
    .iter()
    .map(|it| json!({"question": it, "answer": "yes", "why": format!("seen with {why}")}))
    .collect();
    let review = json!({"schema": "prode.review/v1", "answers": answers});
    desk.program("reviewer", &format!("cat > \"$HOME/asked.json\"; echo '{review}'"));
    let (typed, number) = desk.ticket();
    let run = desk.run(&typed);
    assert_eq!(run["phase"], "await-merge", "{run}");
    let traces = traces(&desk, &run, number);
    let mut looked = 0;
    for value in [&source, &title, &summary, &output, &why] {
        for (place, text) in &traces {
            assert!(!text.contains(value.as_str()), "{value} in {place}");
            looked += 1;
        }
    }
    // It was there to be hidden.
    assert!(traces["told.json"].contains("<GITHUB_TOKEN_1>"), "{}", traces["told.json"]);
    assert!(traces["title"].contains("<GITHUB_TOKEN"), "{}", traces["title"]);
    println!("5 values, {} places, none found in {looked} looks", traces.len());
    desk.is_sound(&run);
}
