//! The four examples: they end as they should, twice with the same bytes, and
//! otherwise where one answer is another.

use std::fs;
use std::path::Path;

use prode::canonical::{digest, to_bytes};
use serde_json::{Value, json};
use tempfile::TempDir;

use super::team::{events, verdict};
use crate::support::TestRepo;

/// Name, decision, classification, phase, and how many actions wait.
const ENDS: &[(&str, &str, &str, &str, usize)] = &[
    ("backend-500", "pr", "app-regression", "closed", 0),
    ("queue-saturation", "handoff", "infra-capacity", "handed-off", 0),
    ("data-state", "pr", "data-state", "waiting", 1),
    ("expected-aborts", "stop", "expected-noise", "stopped", 0),
];

/// Where the recorded answers lie.
fn recorded(example: &str) -> Vec<(String, Value)> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("src/ops/triage/examples");
    let answers = fs::read_dir(folder.join(example).join("outputs")).unwrap();
    let mut answers: Vec<(String, Value)> = answers
        .map(|entry| {
            let path = entry.unwrap().path();
            let name = path.file_stem().unwrap().to_string_lossy().into_owned();
            (name, serde_json::from_slice(&fs::read(path).unwrap()).unwrap())
        })
        .collect();
    answers.sort_by(|a, b| a.0.cmp(&b.0));
    answers
}

fn play(repo: &TestRepo, name: &str, more: &[&str]) -> Value {
    repo.prode(&[&["triage", "examples", "run", name, "--json"], more].concat()).ok().json()
}

#[test]
fn what_the_user_set_for_other_repositories_changes_nothing() {
    let repo = TestRepo::no_repository();
    let settings = [
        ("PRODE_TRUNK", "develop".to_owned()),
        ("PRODE_ROOTS__WIKI", "docs".to_owned()),
        ("PRODE_TRIAGE__CONFIDENCE", "99".to_owned()),
    ];
    let arguments = ["triage", "examples", "run", "backend-500", "--json"];
    let set = repo.prode_in(&settings, &arguments, "").ok().json();
    assert_eq!(set, play(&repo, "backend-500", &[]));
}

#[test]
fn each_ends_as_it_should_twice_with_the_same_bytes_and_reads_no_source() {
    let repo = TestRepo::no_repository();
    let listing = repo.prode(&["triage", "examples", "list", "--json"]).ok().json();
    for (name, decision, class, phase, waiting) in ENDS {
        let folder = TempDir::new().unwrap();
        let output = folder.path().join("run");
        let first = play(&repo, name, &["--output", &output.display().to_string()]);
        let second = play(&repo, name, &[]);
        assert_eq!(first, second, "{name}: the whole document is the same");
        let bytes = to_bytes(&first["bundle"]).unwrap();
        assert_eq!(first["bundle_digest"], digest(&bytes).as_str());
        assert_eq!(to_bytes(&second["bundle"]).unwrap(), bytes);
        let is = (&first["decision"], &first["classification"], &first["phase"]);
        assert_eq!(is, (&json!(decision), &json!(class), &json!(phase)), "{name}");
        assert_eq!(first["waiting"].as_array().unwrap().len(), *waiting, "{name}");
        let row = listing["examples"].as_array().unwrap().iter().find(|it| it["name"] == *name);
        assert_eq!(row.unwrap()["ends"], *decision);
        let events = events(&output);
        let whats: Vec<&str> =
            events.iter().map(|it| it["event"]["what"].as_str().unwrap()).collect();
        let gate = whats.iter().position(|what| *what == "decided").unwrap();
        assert!(!whats[..gate].contains(&"source-read"), "{whats:?}");
        assert_eq!(first["sources"], json!([]));
        let effects = first["effects"].as_array().unwrap();
        assert!(effects.iter().all(|it| it["state"] == "would"), "{effects:?}");
        println!(
            "{name:<17} {decision:<8} {class:<15} {:>3} %  {waiting} waiting, {} events, the gate is number {gate}, twice {}",
            first["confidence"],
            events.len(),
            &first["bundle_digest"].as_str().unwrap()[..19]
        );
    }
}

#[test]
fn the_correction_of_the_data_waits_with_its_exact_words() {
    let run = play(&TestRepo::no_repository(), "data-state", &[]);
    let waiting = &run["waiting"][0];
    assert_eq!(
        (&waiting["action"], &waiting["state"]),
        (&json!("data-correction"), &json!("outstanding"))
    );
    assert!(waiting["what"].as_str().unwrap().starts_with("UPDATE invoices SET tax_country"));
    let wanted = json!({"action": waiting["action"], "what": waiting["what"],
        "target": waiting["target"], "reason": waiting["reason"]});
    assert_eq!(waiting["digest"], digest(&to_bytes(&wanted).unwrap()).as_str());
    let reasons = json!(["evidence-sufficient", "code-at-fault", "approval-waiting"]);
    assert_eq!(run["reasons"], reasons);
}

/// Every negative control finds what it looked for.
fn found(mut answer: Value) -> Option<Value> {
    let mut any = false;
    for query in answer["queries"].as_array_mut().unwrap() {
        if query.get("would_refute").is_some() {
            query["result"] = json!("found");
            any = true;
        }
    }
    any.then_some(answer)
}

#[test]
fn one_changed_answer_is_another_verdict() {
    let repo = TestRepo::no_repository();
    let (mut changed, mut runs) = (0, 0);
    for (name, ..) in ENDS {
        let untouched = verdict(&play(&repo, name, &[]));
        for (specialist, answer) in recorded(name) {
            let ways =
                [("a control found it", found(answer)), ("it said nothing", Some(Value::Null))];
            for (way, answer) in ways {
                let Some(answer) = answer else { continue };
                let folder = TempDir::new().unwrap();
                let text = if answer.is_null() { String::new() } else { answer.to_string() };
                fs::write(folder.path().join(format!("{specialist}.json")), text).unwrap();
                let run = play(&repo, name, &["--answers", &folder.path().display().to_string()]);
                let is = verdict(&run);
                println!("{name} / {specialist}: {way}: {is}");
                runs += 1;
                changed += usize::from(is != untouched);
                if way == "a control found it" {
                    assert_eq!(is[0], "stop", "{name}/{specialist}: {is}");
                    assert!(is[3].as_array().unwrap().contains(&json!("conflict")), "{is}");
                }
            }
        }
    }
    println!("{changed} of {runs} changed answers are another verdict");
    assert!(changed >= 15, "{changed} of {runs}");
}

#[test]
fn an_example_that_is_not_there_names_the_nearest() {
    let repo = TestRepo::no_repository();
    repo.prode(&["triage", "examples", "run", "backend-50"]).fails(1).warns("backend-500");
    let output = TempDir::new().unwrap();
    let there = output.path().display().to_string();
    repo.prode(&["triage", "examples", "run", "backend-500", "-o", &there])
        .fails(1)
        .warns("it is there already");
}
