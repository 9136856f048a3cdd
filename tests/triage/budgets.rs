//! What a run may spend, and what ends a tool's part in it: from its events, so
//! that verification stops where the run did.

use serde_json::{Value, json};

use super::team::{Team, answer};

/// A run with these limits on the user's side.
fn run(team: &Team, budgets: &str, more: &[(&str, &str)]) -> Value {
    let mut set = vec![("PRODE_TRIAGE__BUDGETS", budgets)];
    set.extend_from_slice(more);
    let set: Vec<_> = set.into_iter().map(|(name, value)| (name, value.to_owned())).collect();
    let args = ["triage", "run", "../home/ticket.json", "--json"];
    let run = team.repo.prode_in(&set, &args, "").ok().json();
    team.repo.prode(&["triage", "verify", run["run"].as_str().unwrap()]).ok();
    run
}

fn gap<'a>(run: &'a Value, question: &str) -> &'a Value {
    let gaps = run["bundle"]["gaps"].as_array().unwrap();
    gaps.iter().find(|it| it["specialist"] == question).unwrap_or(&Value::Null)
}

fn says(run: &Value, question: &str, words: &str) {
    let gap = gap(run, question);
    assert!(gap["what"].as_str().is_some_and(|it| it.contains(words)), "{question}: {gap}");
}

fn is_cut_short(run: &Value) -> bool {
    run["reasons"].as_array().unwrap().contains(&json!("budget-spent"))
}

/// The three answers are asked in the order of names: aws and sentry are
/// required, release is not.
#[test]
fn each_limit_stops_the_run_and_is_named() {
    for (budgets, question, words) in [
        ("{calls: 1}", "sentry", "budget of calls was used up"),
        ("{bytes: 100}", "sentry", "budget of bytes was used up"),
        ("{cost_units: 1}", "sentry", "budget of cost units was used up"),
        ("{day_calls: 2}", "sentry", "budget of calls of the day was used up"),
    ] {
        let team = Team::new();
        let run = run(&team, budgets, &[]);
        says(&run, question, words);
        assert!(is_cut_short(&run), "{budgets}: {}", run["reasons"]);
        assert_eq!(run["decision"], "stop", "{budgets}");
        assert!(run["handoff"].as_str().unwrap().contains(words), "{budgets}");
    }
}

#[test]
fn near_a_limit_only_what_is_required_is_asked_and_the_run_goes_on() {
    let team = Team::new();
    let mut cheap = answer("aws");
    cheap["cost_units"] = json!(8);
    team.answer("aws", &cheap.to_string());
    let run = run(&team, "{cost_units: 10}", &[]);
    says(&run, "release", "left out: 80 % of the run's budget of cost units was used up");
    assert_eq!(gap(&run, "release")["absence"], "not_searched");
    assert_eq!(gap(&run, "sentry"), &Value::Null);
    assert!(!is_cut_short(&run), "{}", run["reasons"]);
}

#[test]
fn a_day_counts_the_calls_of_all_its_runs() {
    let team = Team::new();
    assert_eq!(run(&team, "{day_calls: 4}", &[])["decision"], "pr");
    let second = run(&team, "{day_calls: 4}", &[]);
    assert_eq!(gap(&second, "aws"), &Value::Null);
    says(&second, "release", "calls of the day");
    says(&run(&team, "{day_calls: 4}", &[]), "aws", "calls of the day");
}

#[test]
fn a_repository_tightens_and_never_loosens() {
    let team = Team::new();
    let settings = |budgets: &str| {
        team.repo.write("prode.yaml", format!("triage:\n  budgets: {budgets}\n"));
        team.repo.commit("settings");
    };
    settings("{calls: 400, day_calls: 400}");
    says(&run(&team, "{calls: 1}", &[]), "sentry", "budget of calls was used up");
    settings("{calls: 1}");
    says(&run(&team, "{calls: 400}", &[]), "sentry", "budget of calls was used up");
}

/// A coordinator that asks `aws` so many questions in its first round.
fn asking(team: &Team, questions: usize) -> String {
    let ask: Vec<Value> = (0..questions)
        .map(|it| json!({"specialist": "aws", "question": format!("and {it}?")}))
        .chain([json!({"specialist": "release"})])
        .collect();
    let reply = json!({"schema": "prode.coordinator.reply/v1", "ask": ask});
    team.put("reply.json", reply.to_string());
    team.program("judge", "cat > /dev/null; cat \"$HOME/reply.json\"");
    team.home("bin/judge").display().to_string()
}

#[test]
fn a_tool_that_fails_twice_is_asked_no_more_and_the_breaker_is_named() {
    let team = Team::new();
    let judge = asking(&team, 3);
    team.program("aws", "cat > /dev/null; echo x >> \"$HOME/asked\"; exit 1");
    let run = run(&team, "{}", &[("PRODE_COORDINATOR__PROGRAM", &judge)]);
    says(&run, "aws#2", "failed");
    says(&run, "aws#3", "breaker retry-storm");
    says(&run, "aws#4", "breaker retry-storm");
    let asked = std::fs::read_to_string(team.home("asked")).unwrap();
    assert_eq!(asked.lines().count(), 2);
    assert!(is_cut_short(&run));
    assert_eq!(gap(&run, "release"), &Value::Null, "others are asked");
}

#[test]
fn a_tool_is_asked_so_often() {
    let team = Team::new();
    let judge = asking(&team, 4);
    let run = run(&team, "{tool_calls: 3}", &[("PRODE_COORDINATOR__PROGRAM", &judge)]);
    assert_eq!(gap(&run, "aws#3"), &Value::Null);
    says(&run, "aws#4", "budget of calls of one specialist was used up");
}

#[test]
fn answers_that_bring_nothing_new_end_what_is_not_required() {
    let team = Team::new();
    let judge = asking(&team, 4);
    let run = run(&team, "{quiet: 2}", &[("PRODE_COORDINATOR__PROGRAM", &judge)]);
    // The same answer to each of the first three: two of them are not new.
    assert_eq!(gap(&run, "aws#3"), &Value::Null);
    says(&run, "aws#4", "breaker no-new-evidence");
}
