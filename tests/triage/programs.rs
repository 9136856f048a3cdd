//! Programs as specialists: whatever one does, the run goes on, and what is no
//! answer is an error.

use std::fs;
use std::time::{Duration, Instant};

use serde_json::{Value, json};

use super::team::{Team, answer, ticket, verdict};

/// What the program `sentry` does, and what is written down of it.
#[rustfmt::skip]
const FAILING: &[(&str, &str, &str)] = &[
    ("takes too long", "sleep 30", "took longer than 2 s"),
    ("starts something that takes too long", "sleep 30 & sleep 30", "took longer than 2 s"),
    ("prints too much", "cat > /dev/null; yes | head -c 3000000", "printed more than"),
    ("exits with 1", "cat > /dev/null; echo 'no such project' >&2; exit 1", "failed: no such project"),
    ("exits with 1 and says nothing", "exit 1", "failed and said nothing"),
    ("ends itself", "kill -9 $$", "failed"),
    ("says nothing", "cat > /dev/null", "no answer of a specialist"),
    ("says no JSON", "echo 'all is well'", "no answer of a specialist"),
    ("says half of it", "head -c 400 \"$HOME/answers/NAME.json\"", "no answer of a specialist"),
    ("says it twice", "cat \"$HOME/answers/NAME.json\" \"$HOME/answers/NAME.json\"", "no answer of a specialist"),
    ("says another form", "sed 's|output/v1|output/v2|' \"$HOME/answers/NAME.json\"", "its schema is not"),
    ("says more than the form has", "sed 's|\"cost_units\"|\"decision\": \"pr\", \"cost_units\"|' \"$HOME/answers/NAME.json\"", "unknown field"),
    ("says bytes that are no text", "printf '\\377\\376'", "no answer of a specialist"),
];

/// What came of a specialist: the gap that the bundle names.
fn gap<'a>(run: &'a Value, specialist: &str) -> &'a Value {
    let gaps = run["bundle"]["gaps"].as_array().unwrap();
    gaps.iter().find(|it| it["specialist"] == specialist).unwrap_or(&Value::Null)
}

#[test]
fn a_program_that_fails_is_an_error_and_never_an_absence() {
    for (way, script, says) in FAILING {
        let team = Team::new();
        team.program("sentry", script);
        let begun = Instant::now();
        let run = team.run().ok().json();
        let gap = gap(&run, "sentry");
        println!("{way:<38} {} {}", verdict(&run), gap["what"]);
        assert_eq!((&gap["absence"], &gap["required"]), (&json!("error"), &json!(true)), "{way}");
        assert!(gap["what"].as_str().unwrap().contains(says), "{way}: {gap}");
        assert_eq!(run["decision"], "stop", "{way}");
        assert!(begun.elapsed() < Duration::from_secs(25), "{way}: {:?}", begun.elapsed());
        team.repo.prode(&["triage", "verify", run["run"].as_str().unwrap()]).ok();
    }
}

#[test]
fn a_program_that_is_not_there_is_blocked_in_the_inventory() {
    let team = Team::new();
    fs::remove_file(team.home("bin/sentry")).unwrap();
    let run = team.run().ok().json();
    assert_eq!(run["decision"], "stop");
    let tools = run["bundle"]["inventory"].as_array().unwrap();
    let tool = tools.iter().find(|it| it["name"] == "sentry").unwrap();
    assert_eq!(tool["answered"], false);
    assert!(tool["blocked"].as_str().unwrap().contains("there is no"), "{tool}");
    assert_eq!(gap(&run, "sentry")["required"], true);
}

#[test]
fn an_explanation_that_nobody_named_is_said_and_not_weighed() {
    let team = Team::new();
    let mut named = answer("sentry");
    named["findings"][0]["supports"] = json!(["gremlins"]);
    team.answer("sentry", &named.to_string());
    let run = team.run().ok().json();
    let gap = gap(&run, "sentry");
    assert!(gap["what"].as_str().unwrap().contains("gremlins"), "{gap}");
    assert!(run["confidence"].as_u64() < Some(90));
}

#[test]
fn a_program_sees_an_empty_folder_and_no_variable_that_is_not_named() {
    let team = Team::new();
    let look = "env > \"$HOME/env-NAME\"; ls -A > \"$HOME/ls-NAME\"; pwd > \"$HOME/pwd-NAME\"; \
        cat > \"$HOME/asked-NAME.json\"; cat \"$HOME/answers/NAME.json\"";
    team.program("sentry", look);
    team.program("aws", look);
    let named = [
        ("PLAIN_PARENT_VALUE", "of the parent".to_owned()),
        ("PRODE_SPECIALISTS__AWS__VARIABLES", "[PLAIN_PARENT_VALUE]".to_owned()),
    ];
    let args = ["triage", "run", "../home/ticket.json", "--json"];
    let run = team.repo.prode_in(&named, &args, "").ok().json();
    assert_eq!(run["decision"], "pr");
    let seen = |name: &str| fs::read_to_string(team.home(name)).unwrap();
    assert!(!seen("env-sentry").contains("PLAIN_PARENT_VALUE"), "{}", seen("env-sentry"));
    assert!(!seen("env-sentry").contains("PRODE_"), "{}", seen("env-sentry"));
    assert!(seen("env-aws").contains("PLAIN_PARENT_VALUE=of the parent"));
    assert_eq!(seen("ls-sentry"), "", "the folder is empty");
    assert!(!seen("pwd-sentry").contains(&team.repo.path().display().to_string()));
    assert!(!fs::exists(seen("pwd-sentry").trim()).unwrap(), "the folder is gone");
    let asked = seen("asked-sentry.json");
    assert!(!asked.contains(&team.repo.path().display().to_string()), "{asked}");
    let asked: Value = serde_json::from_str(&asked).unwrap();
    assert_eq!(asked["schema"], "prode.specialist.request/v1");
    assert_eq!(asked["window"], ticket()["window"]);
}

#[test]
fn the_repository_names_no_program() {
    let team = Team::new();
    team.program("evil", "touch \"$HOME/ran\"; cat \"$HOME/answers/sentry.json\"");
    let program = team.home("bin/evil").display().to_string();
    let settings = format!(
        "specialists:\n  sentry: {{program: [\"{program}\"]}}\n  vendor: {{program: [\"{program}\"]}}\ncoordinator:\n  program: [\"{program}\"]\nlease: 3000\nmode: pr\n"
    );
    team.repo.write("prode.yaml", settings);
    team.repo.commit("settings");
    let run = team.run().ok().json();
    assert_eq!((&run["decision"], &run["mode"]), (&json!("pr"), &json!("dry-run")));
    assert!(!team.home("ran").exists());
}

#[test]
fn what_a_host_is_called_is_no_part_of_the_bundle() {
    let digest = |run: Value| run["bundle_digest"].clone();
    let (one, other) = (Team::new(), Team::new());
    assert_ne!(one.repo.path(), other.repo.path());
    assert_eq!(digest(one.run().ok().json()), digest(other.run().ok().json()));
}

#[test]
fn what_was_really_said_is_kept_for_an_hour_where_somebody_wants_it_and_nowhere_else() {
    let team = Team::new();
    let secret = ["AKIA", "IOSFODNN7", "QWERTYU"].concat();
    let said = format!("all is well, key {secret}");
    team.program("sentry", &format!("cat > /dev/null; echo '{said}'"));
    team.program("aws", "exit 1");
    let run = team.run_with(&["--capture"]).ok().json();
    let id = run["run"].as_str().unwrap();
    let captured = team.repo.prode(&["triage", "show", id, "--captured", "--json"]).ok().json();
    assert_eq!(
        (&captured["schema"], &captured["run"]),
        (&json!("prode.triage_captured/v1"), &run["run"])
    );
    let exchanges = captured["exchanges"].as_array().unwrap();
    let of = |name: &str| exchanges.iter().find(|it| it["specialist"] == name).unwrap();
    assert!(of("sentry")["reply"].as_str().unwrap().starts_with("all is well, key "));
    assert_eq!(of("sentry")["request"]["schema"], "prode.specialist.request/v1");
    assert!(of("aws")["nothing"].as_str().unwrap().contains("failed and said nothing"));
    assert!(!captured.to_string().contains(&secret), "{captured}");
    let shown = team.repo.prode(&["triage", "show", id, "--captured"]).ok();
    shown.says("asked of sentry").says("all is well").warns("kept until ");
    // The same run without the wish, and the same wish where nothing can be kept.
    let other = Team::new();
    let run = other.run().ok().json();
    let args = ["triage", "show", run["run"].as_str().unwrap(), "--captured"];
    other.repo.prode(&args).fails(1).warns("--capture");
    let nowhere = crate::support::TestRepo::no_repository();
    nowhere.write("ticket.json", ticket().to_string());
    let run = nowhere.prode(&["triage", "run", "ticket.json", "--capture"]);
    run.fails(2).warns("the folder is no repository");
}

#[test]
fn what_was_said_goes_after_its_hour() {
    let team = Team::new();
    let run = team.run_with(&["--capture"]).ok().json();
    let id = run["run"].as_str().unwrap();
    let mut found = Vec::new();
    files(&team.repo.home(), &mut found);
    files(team.repo.path(), &mut found);
    let kept: Vec<_> = found.iter().filter(|it| it.ends_with(format!("{id}.jsonl"))).collect();
    let [kept] = kept[..] else { panic!("one file: {found:?}") };
    let text = fs::read_to_string(kept).unwrap();
    let (head, rest) = text.split_once('\n').unwrap();
    let head: Value = serde_json::from_str(head).unwrap();
    let until: jiff::Timestamp = head["until"].as_str().unwrap().parse().unwrap();
    let over = until - jiff::SignedDuration::from_hours(1) - jiff::SignedDuration::from_secs(1);
    fs::write(kept, format!("{}\n{rest}", json!({"until": over.to_string()}))).unwrap();
    team.repo.prode(&["triage", "show", id, "--captured"]).fails(1).warns("is kept");
    assert!(!kept.exists(), "the next look sweeps");
}

/// Every file below a folder.
fn files(folder: &std::path::Path, all: &mut Vec<std::path::PathBuf>) {
    for entry in fs::read_dir(folder).unwrap().map(Result::unwrap) {
        let path = entry.path();
        if path.is_dir() { files(&path, all) } else { all.push(path) }
    }
}
