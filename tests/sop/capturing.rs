//! From an expert's answers to a proposed page.

use serde_json::{Value, json};

use super::House;

const TITLE: &str = "Drain the queue";

fn answers() -> Value {
    json!({
        "when": "When the queue is full.",
        "why": "Dropping jobs loses orders.",
        "owner": "@lead",
        "services": "queue, workers",
        "design": {
            "scope": "The workers, and no job.",
            "dependencies": ["the owner is awake"],
            "risks": [["jobs run twice", "low", "high", "an idempotency key"]],
            "stop": ["a job is lost: stop, ask @lead"],
            "decision": "@lead decides on the scope."
        },
        "implementation": {
            "steps": "Add workers.", "commands": "make workers N=4",
            "stop": ["a worker crashes: stop, ask @lead"], "decision": "@lead decides."
        },
        "testing": {
            "matrix": [["full queue", "10 jobs", "all done", "all done", "pass"]],
            "stop": ["it stalls: stop, ask @lead"], "decision": "@qa decides."
        },
        "pull_request": {
            "checklist": ["the queue is empty"], "review_focus": "The number of workers.",
            "rollback": "make workers N=1   # takes 2 minutes\nmake queue-depth   # verify: it is 0; tested on staging: forward, rollback, verify",
            "monitoring": "The depth, for an hour.", "done": ["the depth is 0"],
            "stop": ["nobody reviewed: stop, ask @lead"], "decision": "@lead merges."
        }
    })
}

fn capture(house: &House, more: &[&str]) -> crate::support::ProdeRun {
    house.sop(&[&["capture", "--title", TITLE, "--json"], more].concat())
}

#[test]
fn whole_answers_become_a_proposal_that_lint_and_a_walk_take() {
    let house = House::new();
    house.repo.write("answers.json", answers().to_string());
    house.repo.write("out.txt", "4 workers\n");
    let shown = capture(&house, &["--answers", "answers.json", "--dry-run"]).ok().json();
    assert_eq!((&shown["status"], &shown["open"]), (&json!("would"), &json!([])));
    assert_eq!(house.repo.git(&["branch", "--list", "prode/*"]), "", "a dry run writes no branch");
    let record = ["--record", "implementation", "make workers N=4", "out.txt"];
    let captured = capture(&house, &[&["--propose"][..], &record].concat()).ok().json();
    assert_eq!((&captured["status"], &captured["recorded"]), (&json!("proposed"), &json!(1)));
    let branch = captured["proposal"]["branch"].as_str().unwrap();
    let page = house.repo.git(&["show", &format!("{branch}:wiki/sops/drain-the-queue.md")]);
    for part in [
        "kind: sop",
        "owner: \"@lead\"",
        "services: [queue, workers]",
        "# Drain the queue",
        "jobs run twice",
        "make workers N=4",
        "None open.",
        "sha256:",
    ] {
        assert!(page.contains(part), "no '{part}' in {page}");
    }
    house.repo.git(&["merge", "--quiet", branch]);
    let lint = house.repo.prode(&["lint", "wiki/sops/drain-the-queue.md", "--json"]).ok().json();
    let wrong = lint["findings"].as_array().unwrap().iter().filter(|it| it["severity"] != "info");
    assert_eq!(wrong.count(), 0, "{lint}");
    let run = house.start(&["wiki/sops/drain-the-queue.md"]).ok().json();
    assert_eq!(run["gates"].as_array().unwrap().len(), 4);
}

#[test]
fn what_was_not_answered_stays_an_open_question() {
    let house = House::new();
    capture(&house, &["--answer", "design.scope=The workers."]).ok();
    let captured = capture(&house, &["--propose"]).ok().json();
    assert_eq!(captured["answered"], json!(["design.scope"]));
    let branch = captured["proposal"]["branch"].as_str().unwrap();
    let page = house.repo.git(&["show", &format!("{branch}:wiki/sops/drain-the-queue.md")]);
    assert!(page.contains("## Open questions\n\n- When is it used, and when not?"), "{page}");
    assert!(page.contains("### Scope\n\nThe workers."), "{page}");
    house.repo.git(&["merge", "--quiet", branch]);
    let lint = house.repo.prode(&["lint", "wiki/sops/drain-the-queue.md", "--json"]);
    let rules: Vec<Value> = lint.json()["findings"]
        .as_array()
        .unwrap()
        .iter()
        .map(|it| it["severity"].clone())
        .collect();
    assert!(!rules.is_empty() && rules.iter().all(|it| it != "error"), "{}", lint.stdout());
}

#[test]
fn answers_come_one_by_one_and_the_last_word_stands() {
    let house = House::new();
    let first = capture(&house, &["--answer", "when=Now.", "--answer", "why=So."]).ok().json();
    let again = capture(&house, &["--answer", "when=Later."]).ok().json();
    assert_eq!((&first["run"], &again["answered"]), (&again["run"], &json!(["when", "why"])));
    assert_eq!(again["open"].as_array().unwrap().len(), first["open"].as_array().unwrap().len());
    let shown = capture(&house, &["--dry-run"]).ok().json();
    let diff = shown["proposal"]["diff"].as_str().unwrap();
    assert!(diff.contains("+Later.") && !diff.contains("+Now."), "{diff}");
}

#[test]
fn the_same_answers_again_are_the_same_proposal() {
    let house = House::new();
    house.repo.write("answers.json", answers().to_string());
    let one = capture(&house, &["--answers", "answers.json"]).ok().json();
    let two = capture(&house, &["--answers", "answers.json"]).ok().json();
    assert_eq!(one["proposal"]["commit"], two["proposal"]["commit"]);
    assert_eq!(two["proposal"]["status"], "unchanged");
    assert_eq!(house.repo.git(&["branch", "--list", "prode/promote/*"]).lines().count(), 1);
}

#[test]
fn nobody_waits_where_nobody_can_answer_and_nothing_unknown_is_kept() {
    let house = House::new();
    capture(&house, &["--propose"]).fails(1).warns("nothing was said");
    capture(&house, &[]).fails(2).warns("--answers FILE");
    house.sop(&["capture"]).fails(2);
    capture(&house, &["--answer", "design.scop=x"]).fails(2).warns("did you mean 'design.scope'?");
    capture(&house, &["--answer", "when"]).fails(2);
    house.repo.write("bad.yaml", "wen: x\n");
    capture(&house, &["--answers", "bad.yaml"]).fails(1).warns("did you mean 'when'?");
    house.repo.write("out.txt", "x");
    capture(&house, &["--record", "desing", "ls", "out.txt"]).fails(2).warns("design");
    let taken = ["capture", "--title", "Raise", "--answer", "when=x"];
    house.sop(&taken).fails(1).warns("is there already");
    house
        .sop(&["capture", "--questions"])
        .ok()
        .says("pull_request:")
        .says("# Who decides at the design review");
}

#[test]
fn secrets_of_answers_and_outputs_are_on_no_branch_and_in_no_store() {
    let house = House::new();
    let token = ["ghp_", &"zY7xW4vU1".repeat(4)].concat();
    let mail = ["otto", "@", "firma.de"].concat();
    let mut all = answers();
    all["design"]["scope"] = json!(format!("Ask {mail}, and use {token}."));
    all["implementation"]["commands"] = json!(format!("deploy --token {token}"));
    house.repo.write("../home/answers.json", all.to_string());
    house.repo.write("../home/out.txt", format!("hello {mail}\n"));
    let out = house.repo.home().join("out.txt").display().to_string();
    let file = house.repo.home().join("answers.json").display().to_string();
    let record = ["--record", "testing", &format!("curl -H 'Authorization: Bearer {token}'"), &out];
    let told = capture(&house, &[&["--answers", &file][..], &record].concat()).ok();
    let store = house.repo.path().join(".git").join(prode::store::PLACE);
    let mut kept: Vec<u8> = told.stdout().as_bytes().to_vec();
    for entry in std::fs::read_dir(store.parent().unwrap()).unwrap() {
        kept.extend(std::fs::read(entry.unwrap().path()).unwrap());
    }
    let branches = house.repo.git(&["log", "--all", "-p", "--format=%B"]);
    let kept = String::from_utf8_lossy(&kept).into_owned() + &branches;
    for secret in [&token, &mail] {
        assert!(!kept.contains(secret.as_str()), "{secret}");
    }
}
