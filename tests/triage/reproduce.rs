//! The built-in `reproduce`: a command of the user's side, with limits, whose
//! signs are declared before it runs.

use std::fs;

use serde_json::{Value, json};

use super::team::Team;

/// A run of the team's ticket, with this script as the command.
fn run(team: &Team, script: &str, more: &[(&str, &str)]) -> Value {
    team.program("again", script);
    let program = team.home("bin/again").display().to_string();
    run_command(team, &program, more)
}

fn run_command(team: &Team, program: &str, more: &[(&str, &str)]) -> Value {
    let mut set = vec![
        ("PRODE_SPECIALISTS__REPRODUCE__COMMAND", program),
        ("PRODE_SPECIALISTS__REPRODUCE__EXIT", "9"),
        ("PRODE_SPECIALISTS__REPRODUCE__SUPPORTS", "app-regression"),
        ("PRODE_TRIAGE__SPECIALISTS", "{aws: required, reproduce: required}"),
    ];
    set.extend_from_slice(more);
    let args = ["triage", "run", "../home/ticket.json", "--json"];
    let set: Vec<_> = set.into_iter().map(|(name, value)| (name, value.to_owned())).collect();
    let run = team.repo.prode_in(&set, &args, "").ok().json();
    team.repo.prode(&["triage", "verify", run["run"].as_str().unwrap()]).ok();
    run
}

fn gap(run: &Value) -> &Value {
    let gaps = run["bundle"]["gaps"].as_array().unwrap();
    gaps.iter().find(|it| it["specialist"] == "reproduce").unwrap_or(&Value::Null)
}

fn claim(run: &Value) -> &Value {
    let all = run["bundle"]["findings"].as_array().unwrap();
    all.iter().find(|it| it["id"] == "reproduce/C1").unwrap_or(&Value::Null)
}

/// What the decisive claims get for a reproduction.
fn points(run: &Value) -> Vec<u64> {
    let sums = run["bundle"]["confidence"]["claims"].as_array().unwrap();
    sums.iter().map(|it| it["reproduction"].as_u64().unwrap()).collect()
}

#[test]
fn what_happens_again_is_a_captured_reproduction() {
    let team = Team::new();
    let script = "cat > /dev/null; echo one line; echo 'HTTP 500: gift card'; exit 9";
    let run = run(&team, script, &[("PRODE_SPECIALISTS__REPRODUCE__SHOWS", "HTTP 5..")]);
    let claim = claim(&run);
    assert_eq!(
        (&claim["kind"], &claim["supports"]),
        (&json!("reproduction"), &json!(["app-regression"]))
    );
    let receipts = run["bundle"]["receipts"].as_array().unwrap();
    let receipt = receipts.iter().find(|it| claim["receipts"][0] == it["id"]).unwrap();
    assert_eq!(
        (&receipt["source"], &receipt["query"], &receipt["excerpt"], &receipt["how"]),
        (&json!("reproduce"), &json!("again"), &json!("HTTP 500: gift card"), &json!("captured"))
    );
    assert!(points(&run).iter().all(|it| *it == 10), "{:?}", points(&run));
    assert_eq!(run["decision"], "pr");
}

#[test]
fn what_does_not_happen_again_is_empty_and_refutes_nothing() {
    let team = Team::new();
    let run = run(&team, "exit 0", &[]);
    assert_eq!((claim(&run), gap(&run)), (&Value::Null, &Value::Null));
    assert!(points(&run).iter().all(|it| *it == 0));
    assert_eq!(run["decision"], "pr", "a command that finds nothing is no contradiction");
}

/// What the command does, and why nothing can be said of it.
#[rustfmt::skip]
const FAILING: &[(&str, &str, &str)] = &[
    ("ends otherwise",         "exit 3", "ended with 3, which says neither"),
    ("takes too long",         "sleep 30 & sleep 30", "took longer than 2s"),
    ("prints too much",        "yes", "printed more than 1048576 bytes"),
    ("takes too much memory",  "x=$(head -c 200000000 /dev/zero | tr '\\0' x); [ ${#x} -gt 0 ] && exit 9", "'again'"),
    ("writes a large file",    "head -c 100000000 /dev/zero > file && exit 9", "which says neither"),
    ("ends itself",            "kill -9 $$", "a signal ended 'again'"),
    ("says what the shell does", "exit 125", "limits could not be set"),
    ("starts what is not there", "exec /nowhere/to/be/found", "cannot be started (127)"),
];

#[test]
fn a_command_that_says_neither_is_an_error() {
    for (way, script, says) in FAILING {
        let team = Team::new();
        let run = run(&team, script, &[("PRODE_SPECIALISTS__REPRODUCE__MEMORY", "64M")]);
        let gap = gap(&run);
        println!("{way:<26} {}", gap["what"]);
        assert_eq!((&gap["absence"], &gap["required"]), (&json!("error"), &json!(true)), "{way}");
        assert!(gap["what"].as_str().unwrap().contains(says), "{way}: {gap}");
        assert_eq!((claim(&run), &run["decision"]), (&Value::Null, &json!("stop")), "{way}");
    }
}

#[test]
fn with_enough_memory_the_same_command_says_something() {
    let team = Team::new();
    let (_, script, _) = FAILING[3];
    let run = run(
        &team,
        script,
        &[
            ("PRODE_SPECIALISTS__REPRODUCE__MEMORY", "2G"),
            ("PRODE_TRIAGE__BUDGETS", "{answer_time: 20s}"),
        ],
    );
    assert_eq!(claim(&run)["kind"], "reproduction", "{}", gap(&run));
}

#[test]
fn a_command_is_not_told_where_the_repository_is() {
    let team = Team::new();
    let script = "env > \"$HOME/env\"; ls -A > \"$HOME/ls\"; pwd > \"$HOME/pwd\"; cat > \"$HOME/asked\"; exit 9";
    run(&team, script, &[]);
    let path = team.repo.path().display().to_string();
    for name in ["env", "pwd", "asked"] {
        let seen = fs::read_to_string(team.home(name)).unwrap();
        assert!(!seen.contains(&path) && !seen.contains("PRODE_"), "{name}: {seen}");
    }
    assert_eq!(fs::read_to_string(team.home("ls")).unwrap(), "");
}

/// What is set, and why nothing is run.
#[test]
fn a_command_that_may_not_run_is_not_run() {
    let team = Team::new();
    let ran = "touch \"$HOME/ran\"; exit 9";
    team.program("again", ran);
    let program = team.home("bin/again").display().to_string();
    let inside = format!("{program}, --source, {}/src", team.repo.path().display());
    let set = |name: &'static str, value: &'static str| vec![(name, value)];
    for (command, more, says) in [
        (inside, vec![], "it names a path of the repository"),
        (
            program.clone(),
            set("PRODE_SPECIALISTS__REPRODUCE__MEMORY", "lots"),
            "is no size such as 512M",
        ),
        (program.clone(), set("PRODE_SPECIALISTS__REPRODUCE__SHOWS", "("), "is no pattern"),
    ] {
        let run = run_command(&team, &format!("[{command}]"), &more);
        assert!(gap(&run)["what"].as_str().unwrap().contains(says), "{says}: {}", gap(&run));
        assert_eq!(gap(&run)["absence"], "not_searched");
    }
    assert!(!team.home("ran").exists());
}

#[test]
fn a_command_that_the_repository_suggests_is_not_run() {
    let team = Team::new();
    team.program("evil", "touch \"$HOME/ran\"; exit 1");
    let program = team.home("bin/evil").display().to_string();
    team.repo.write("prode.yaml", format!("specialists:\n  reproduce: {{command: [\"{program}\"], exit: 1}}\ntriage:\n  specialists: {{reproduce: required}}\n"));
    team.repo.commit("settings");
    let run = team.run().ok().json();
    assert!(!team.home("ran").exists());
    assert_eq!((&gap(&run)["absence"], &run["decision"]), (&json!("not_searched"), &json!("stop")));
}
