//! Several questions to one specialist in one run: each is asked, kept, weighed
//! and verified by its own name.

use std::collections::BTreeSet;

use serde_json::{Value, json};

use super::forging::Forger;
use super::team::{Team, answer};
use crate::support::ProdeRun;

/// Keeps what it was told, and says what is written down for the round.
const JUDGING: &str = r#"cat > "$HOME/told.json"
round=$(sed -n 's/.*"round":\([0-9]*\),.*/\1/p' "$HOME/told.json")
cp "$HOME/told.json" "$HOME/told-$round.json"
cat "$HOME/replies/$round.json""#;

/// Answers the first question as in the example, and another one otherwise.
const TWICE: &str = r#"cat > "$HOME/asked-NAME.json"
if grep -q '"name":"NAME#2"' "$HOME/asked-NAME.json"; then
cp "$HOME/asked-NAME.json" "$HOME/asked-NAME-2.json"; cat "$HOME/answers/NAME-2.json"
else cat "$HOME/answers/NAME.json"; fi"#;

const SECOND: &str = "Which alarms of the payment queue fired?";

/// A team whose coordinator says so in each round.
fn team(replies: &[Value]) -> Team {
    let team = Team::new();
    team.program("judge", JUDGING);
    team.program("aws", TWICE);
    let mut second = answer("aws");
    second["question"] = json!(SECOND);
    second["queries"] = json!([]);
    second["findings"].as_array_mut().unwrap().truncate(1);
    second["findings"][0]["claim"] = json!("no alarm of the payment queue fired");
    second["findings"][0]["supports"] = json!([]);
    team.answer("aws-2", &second.to_string());
    for round in 0..4 {
        let mut reply = replies.get(round).cloned().unwrap_or_else(|| json!({}));
        reply["schema"] = json!("prode.coordinator.reply/v1");
        team.put(&format!("replies/{round}.json"), reply.to_string());
    }
    team
}

fn run(team: &Team) -> ProdeRun {
    let program = team.home("bin/judge").display().to_string();
    let args = ["triage", "run", "../home/ticket.json", "--json"];
    team.repo.prode_in(&[("PRODE_COORDINATOR__PROGRAM", program)], &args, "")
}

fn twice() -> Value {
    json!({"ask": [
        {"specialist": "aws", "question": SECOND},
        {"specialist": "release"},
        {"specialist": "sentry"},
    ]})
}

fn texts<'a>(list: &'a Value, key: &str) -> BTreeSet<&'a str> {
    list.as_array().unwrap().iter().map(|it| it[key].as_str().unwrap()).collect()
}

#[test]
fn a_specialist_is_asked_two_questions() {
    let team = team(&[twice()]);
    let run = run(&team).ok().json();
    assert_eq!(texts(&run["questions"], "name"), ["aws", "aws#2", "release", "sentry"].into());
    let kept = texts(&run["artifacts"], "name");
    for name in ["request:aws", "output:aws", "request:aws#2", "output:aws#2"] {
        assert!(kept.contains(name), "{name}: {kept:?}");
    }
    let asked = std::fs::read_to_string(team.home("asked-aws-2.json")).unwrap();
    let asked: Value = serde_json::from_str(&asked).unwrap();
    assert_eq!((&asked["specialist"], &asked["question"]), (&json!("aws"), &json!(SECOND)));
    let claims = texts(&run["bundle"]["findings"], "id");
    let of = |whose: &str| claims.iter().filter(|it| it.starts_with(whose)).count();
    assert_eq!(
        (of("aws/"), of("aws#2/")),
        (answer("aws")["findings"].as_array().unwrap().len(), 1)
    );
    assert_eq!(run["decision"], "pr", "{}", run["reasons"]);
    team.repo.prode(&["triage", "verify", run["run"].as_str().unwrap()]).ok();
}

#[test]
fn the_same_question_is_asked_once() {
    let again = json!({"ask": [{"specialist": "AWS ", "question": "which  ALARMS of the payment queue fired?"}]});
    let team = team(&[twice(), again.clone(), again]);
    let run = run(&team).ok().json();
    assert_eq!(texts(&run["questions"], "name"), ["aws", "aws#2", "release", "sentry"].into());
    assert!(!team.home("told-2.json").exists(), "nothing new was asked for, so it has said all");
}

#[test]
fn a_question_that_was_handed_in_is_found_by_its_name() {
    let team = team(&[twice()]);
    team.put("handed/vendor.json", answer("release").to_string());
    team.put("handed/vendor#2.json", answer("release").to_string());
    let asks = json!({"schema": "prode.coordinator.reply/v1", "ask": [
        {"specialist": "vendor"}, {"specialist": "vendor", "question": "and before it?"},
        {"specialist": "vendor", "question": "and after it?"},
    ]});
    team.put("replies/0.json", asks.to_string());
    let program = team.home("bin/judge").display().to_string();
    let args = ["triage", "run", "../home/ticket.json", "--json", "--answers", "../home/handed"];
    let run = team.repo.prode_in(&[("PRODE_COORDINATOR__PROGRAM", program)], &args, "").ok().json();
    let kept = texts(&run["artifacts"], "name");
    assert!(kept.contains("output:vendor") && kept.contains("output:vendor#2"), "{kept:?}");
    let gaps = run["bundle"]["gaps"].as_array().unwrap();
    let gap = gaps.iter().find(|it| it["specialist"] == "vendor#3").unwrap();
    assert!(gap["what"].as_str().unwrap().contains("hand in vendor#3.json"), "{gap}");
}

#[test]
fn an_answer_to_the_other_question_is_seen() {
    let team = team(&[twice()]);
    let run = run(&team).ok().json();
    let folder = tempfile::tempdir().unwrap();
    let export = folder.path().join("export");
    let target = export.display().to_string();
    team.repo.prode(&["triage", "export", run["run"].as_str().unwrap(), "-o", &target]).ok();
    for (what, check) in [("asked", "requests"), ("answered", "bundle")] {
        let forger = Forger::on_copy(&export, folder.path().join(what));
        forger.events(|lines| swap(lines, what));
        let path = folder.path().join(what).display().to_string();
        let told = team.repo.prode(&["triage", "verify", &path, "--json"]).fails(1).json();
        let faults = texts(&told["faults"], "check");
        assert!(faults.contains(check), "{what}: {told}");
    }
}

/// What was kept of the one question is kept of the other.
fn swap(lines: &mut [Value], what: &str) {
    let at = |name: &str| {
        let is = |it: &Value| it["event"]["what"] == what && it["event"]["question"] == name;
        lines.iter().position(is).unwrap()
    };
    let (one, other) = (at("aws"), at("aws#2"));
    let first = lines[one]["event"]["artifact"].clone();
    lines[one]["event"]["artifact"] = lines[other]["event"]["artifact"].clone();
    lines[other]["event"]["artifact"] = first;
}
