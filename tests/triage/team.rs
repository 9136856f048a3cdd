//! A repository with a page, a ticket, and three programs that answer: the
//! parts of the example `backend-500`, as a team would have them.

use std::fs;
use std::os::unix::fs::PermissionsExt;
use std::path::PathBuf;

use serde_json::{Value, json};

use crate::support::{ProdeRun, TestRepo};

const TICKET: &str = include_str!("../../src/ops/triage/examples/backend-500/ticket.json");
const PAGE: &str =
    include_str!("../../src/ops/triage/examples/backend-500/memory/checkout-errors.md");

/// Who answers, and what.
const ANSWERS: &[(&str, &str)] = &[
    ("aws", include_str!("../../src/ops/triage/examples/backend-500/outputs/aws.json")),
    ("release", include_str!("../../src/ops/triage/examples/backend-500/outputs/release.json")),
    ("sentry", include_str!("../../src/ops/triage/examples/backend-500/outputs/sentry.json")),
];

/// Reads the question, keeps it for the test, and says what is written down.
const ANSWERING: &str = r#"cat > "$HOME/asked-NAME.json"; cat "$HOME/answers/NAME.json""#;

pub(super) struct Team {
    pub(super) repo: TestRepo,
}

impl Team {
    /// All three answer as they do in the example.
    pub(super) fn new() -> Self {
        let team = Self { repo: TestRepo::new() };
        team.page(PAGE);
        team.ticket(&ticket());
        let mut settings = "lease: 1\ntriage:\n  budgets: {answer_time: 2s}\n  specialists: {aws: required}\nspecialists:\n".to_owned();
        for (name, answer) in ANSWERS {
            team.program(name, ANSWERING);
            team.answer(name, answer);
            let program = team.home(&format!("bin/{name}"));
            settings.push_str(&format!("  {name}: {{program: [\"{}\"]}}\n", program.display()));
        }
        team.put(".config/prode/config.yaml", &settings);
        team
    }

    /// A path in the user's home.
    pub(super) fn home(&self, path: &str) -> PathBuf {
        self.repo.home().join(path)
    }

    /// Writes a file of the user's home.
    pub(super) fn put(&self, path: &str, text: impl AsRef<[u8]>) {
        let path = self.home(path);
        fs::create_dir_all(path.parent().unwrap()).unwrap();
        fs::write(path, text).unwrap();
    }

    /// Commits the page that routes.
    pub(super) fn page(&self, text: &str) {
        self.repo.write("wiki/checkout-errors.md", text);
        self.repo.commit_at("page", "2026-11-01T08:00:00Z");
    }

    pub(super) fn ticket(&self, ticket: &Value) {
        self.put("ticket.json", ticket.to_string());
    }

    /// What a specialist is: the lines of a shell script.
    pub(super) fn program(&self, name: &str, lines: &str) {
        let path = format!("bin/{name}");
        self.put(&path, format!("#!/bin/sh\n{}\n", lines.replace("NAME", name)));
        fs::set_permissions(self.home(&path), fs::Permissions::from_mode(0o755)).unwrap();
    }

    pub(super) fn answer(&self, name: &str, text: &str) {
        self.put(&format!("answers/{name}.json"), text);
    }

    /// Runs the ticket.
    pub(super) fn run(&self) -> ProdeRun {
        self.run_with(&[])
    }

    pub(super) fn run_with(&self, more: &[&str]) -> ProdeRun {
        self.repo.prode(&[&["triage", "run", "../home/ticket.json", "--json"], more].concat())
    }

    /// Where the store is.
    pub(super) fn store(&self) -> PathBuf {
        self.repo.path().join(".git").join(prode::store::PLACE)
    }

    /// The events of a run, as an export tells them.
    pub(super) fn events(&self, run: &str) -> Vec<Value> {
        let folder = tempfile::tempdir().unwrap();
        let folder = folder.path().join("run");
        self.repo.prode(&["triage", "export", run, "-o", &folder.display().to_string()]).ok();
        events(&folder)
    }
}

/// The lines of an export.
pub(super) fn events(folder: &std::path::Path) -> Vec<Value> {
    let text = fs::read_to_string(folder.join("events.jsonl")).unwrap();
    text.lines().map(|line| serde_json::from_str(line).unwrap()).collect()
}

pub(super) fn ticket() -> Value {
    serde_json::from_str(TICKET).unwrap()
}

pub(super) fn page() -> &'static str {
    PAGE
}

/// An answer of the example.
pub(super) fn answer(name: &str) -> Value {
    let (_, text) = ANSWERS.iter().find(|(it, _)| *it == name).unwrap();
    serde_json::from_str(text).unwrap()
}

/// Decision, classification, confidence and reasons.
pub(super) fn verdict(run: &Value) -> Value {
    json!([run["decision"], run["classification"], run["confidence"], run["reasons"]])
}
