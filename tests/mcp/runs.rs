//! The tools about runs: evidence that is handed in is kept as attested, and the
//! gate's word is the command's.

use serde_json::{Value, json};

use super::session::{ERAS, Era, Session};
use super::{answer, memory, run_of, ticket};
use crate::support::TestRepo;

fn given() -> Value {
    json!({"ticket": ticket().to_string(), "answers": {"sentry": answer()}, "max_tokens": 20_000})
}

fn submitted(session: &mut Session, given: Value) -> Value {
    let result = session.call("triage_submit_evidence", given);
    assert_eq!(result["isError"], false, "{result}");
    result["structuredContent"].clone()
}

#[test]
fn what_an_agent_hands_in_is_attested_and_justifies_no_change() {
    let repo = memory();
    for era in ERAS {
        let mut session = Session::open(&repo, era);
        let run = submitted(&mut session, given());
        let receipts = run["bundle"]["receipts"].as_array().unwrap();
        assert!(!receipts.is_empty());
        for receipt in receipts {
            let is_memory = receipt["source"].as_str().unwrap().contains("memory");
            assert!(is_memory || receipt["how"] == "attested", "{receipt}");
        }
        assert_ne!(run["decision"], "pr");
        assert!(run["reasons"].as_array().unwrap().contains(&json!("attested-only")), "{run}");
        assert_eq!((&run["mode"], &run["pr"]), (&json!("dry-run"), &Value::Null));
        for effect in run["effects"].as_array().unwrap() {
            assert_eq!(effect["state"], "would", "{effect}");
        }
        let name = run["run"].as_str().unwrap();
        repo.prode(&["triage", "verify", name]).ok();
        let shown = repo.prode(&["triage", "show", name, "--json"]).ok().json();
        assert_eq!(shown.to_string(), run.to_string());
    }
}

#[test]
fn the_command_decides_the_same_over_the_same_evidence() {
    let repo = memory();
    let mut session = Session::open(&repo, Era::Modern);
    let run = submitted(&mut session, given());
    let command = ["triage", "run", "-", "--answers", "answers", "--only-answers", "--json"];
    let typed = repo.prode_with_input(&command, ticket().to_string()).ok().json();
    assert_ne!(typed["run"], run["run"]);
    for part in ["bundle", "bundle_digest", "phase", "decision", "questions", "waiting"] {
        assert_eq!(typed[part], run[part], "{part}");
    }
}

#[test]
fn handing_in_starts_no_program_of_the_users() {
    let repo = memory();
    let marker = repo.home().join("was-started");
    let script = repo.home().join("ask");
    std::fs::write(&script, format!("#!/bin/sh\ntouch '{}'\n", marker.display())).unwrap();
    #[cfg(unix)]
    std::fs::set_permissions(&script, std::os::unix::fs::PermissionsExt::from_mode(0o755)).unwrap();
    let words = format!(
        "specialists: {{aws: {{program: ['{0}']}}, sentry: {{program: ['{0}']}}}}\n\
         coordinator: {{program: ['{0}']}}\nmode: dry-run\n",
        script.display()
    );
    let config = repo.home().join(".config/prode");
    std::fs::create_dir_all(&config).unwrap();
    std::fs::write(config.join("config.yaml"), words).unwrap();
    let mut session = Session::open(&repo, Era::Modern);
    let run = submitted(&mut session, given());
    assert_eq!(run["bundle"]["receipts"][0]["how"], "attested", "{run}");
    assert!(!marker.exists());
    // The settings are read, and would start it: a run that asks everybody does.
    repo.prode(&["triage", "run", "ticket.json"]).ok();
    assert!(marker.exists());
}

#[test]
fn runs_are_listed_and_shown_and_the_gate_asked() {
    let repo = memory();
    let mut session = Session::open(&repo, Era::Modern);
    let none = session.call("triage_status", json!({}));
    assert_eq!(none["structuredContent"]["runs"], json!([]));
    assert!(none["content"][0]["text"].as_str().unwrap().contains("no run of a ticket here"));
    let run = run_of(&repo);
    let listed = session.call("triage_status", json!({}))["content"][0]["text"].clone();
    assert!(listed.as_str().unwrap().starts_with(&run), "{listed}");
    let shown = session.call("triage_status", json!({"run": run}))["content"][0]["text"].clone();
    let shown = shown.as_str().unwrap();
    assert!(shown.starts_with(&run) && shown.contains("(attested): every worker"), "{shown}");
    let gate = session.call("triage_gate", json!({"run": run}));
    assert_eq!(gate["structuredContent"]["same"], true);
    let text = gate["content"][0]["text"].as_str().unwrap();
    assert!(text.contains("the same as the run recorded, byte by byte"), "{text}");
    assert!(text.contains("attested-only"), "{text}");
}

#[test]
fn a_long_run_is_read_in_parts() {
    let repo = memory();
    let mut evidence = answer();
    let finding = evidence["findings"][0].clone();
    let many = (0..120).map(|at| {
        let mut finding = finding.clone();
        finding["id"] = format!("F{at}").into();
        finding["claim"] = format!("worker {at} waits for the lock of its queue").into();
        finding
    });
    evidence["findings"] = many.collect();
    let mut session = Session::open(&repo, Era::Modern);
    let mut given = given();
    given["answers"]["sentry"] = evidence;
    given["max_tokens"] = 1_000.into();
    let result = session.call("triage_submit_evidence", given);
    let cut = &result["structuredContent"];
    assert!(cut["omitted"].is_object() && cut["next_cursor"].is_null(), "{cut}");
    assert!(cut.to_string().len() <= 4_000, "{} bytes", cut.to_string().len());
    let text = result["content"][0]["text"].as_str().unwrap();
    assert!(text.contains("see all of it by its id"), "{text}");
    let run = cut["run"].as_str().unwrap();
    let (mut given, mut findings) = (json!({"run": run, "max_tokens": 1_000}), Vec::new());
    loop {
        let part = session.call("triage_status", given.clone())["structuredContent"].clone();
        findings.extend(part["bundle"]["findings"].as_array().unwrap().clone());
        if part["next_cursor"].is_null() {
            break;
        }
        given["cursor"] = part["next_cursor"].clone();
    }
    let whole = repo.prode(&["triage", "show", run, "--json"]).json();
    assert_eq!(json!(findings), whole["bundle"]["findings"]);
}

#[test]
fn what_is_frozen_takes_no_evidence() {
    let repo = memory();
    repo.prode(&["triage", "freeze", "on", "--why", "a drill"]).ok();
    let mut session = Session::open(&repo, Era::Modern);
    let text = session.failing("triage_submit_evidence", given());
    assert!(text.contains("a drill") && text.contains("hint: "), "{text}");
    let status = session.call("triage_status", json!({}));
    assert_eq!(status["structuredContent"]["frozen"], "a drill");
}

#[test]
fn secrets_in_evidence_are_hidden_before_anything_is_kept() {
    let repo = memory();
    let secret = ["AKIA", "IOSFODNN7EXAMPLQ"].concat();
    let mut session = Session::open(&repo, Era::Modern);
    let mut given = given();
    given["answers"]["sentry"]["findings"][0]["receipts"][0]["excerpt"] = secret.clone().into();
    let result = session.call("triage_submit_evidence", given);
    assert!(!result.to_string().contains(&secret), "{result}");
    assert_eq!(result["isError"], false, "{result}");
    assert!(!holds(&repo, &secret));
}

/// Whether a file of the repository, its Git folder included, holds a text.
fn holds(repo: &TestRepo, text: &str) -> bool {
    let files = walkdir::WalkDir::new(repo.path()).into_iter().filter_map(Result::ok);
    files.filter(|it| it.file_type().is_file()).any(|it| {
        let bytes = std::fs::read(it.path()).unwrap_or_default();
        bytes.windows(text.len()).any(|window| window == text.as_bytes())
    })
}
