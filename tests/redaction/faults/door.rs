//! The doors, each run as a person or Git runs it.

use crate::support::{TestRepo, hermetic};

/// Where a fault is met. The text is the file `t.md`.
#[derive(Clone, Copy)]
pub(super) enum Door {
    /// `redact t.md`.
    Redact,
    /// `redact --check t.md`.
    Check,
    /// `redact --json t.md`.
    Json,
    /// `redact -`.
    Stdin,
    /// `redact --batch t.jsonl`, whose lines come out blocked.
    Batch,
    /// `redact allow t.md:1:1`.
    Allow,
    /// `inbox add t.md`.
    Add,
    /// `inbox edit` with the words of `t.md`.
    Edit,
    /// `inbox reject`.
    Reject,
    /// `finding add t.md`.
    Finding,
    /// `promote` of a learning that was added before.
    Promote,
    /// The hook commit-msg, with `t.md` as the message.
    Message,
    /// The hook pre-commit.
    Staged,
    /// A line for a shell that finds the program as `prode`.
    Shell(&'static str),
}

/// What was seen.
#[derive(Debug)]
pub(super) struct Seen {
    pub(super) code: i32,
    pub(super) out: String,
    pub(super) told: String,
    pub(super) written: Vec<String>,
}

/// The id of a learning for the page.
pub(super) fn learning(repo: &TestRepo) -> String {
    let add = ["inbox", "add", "-", "--target", "wiki/q.md#notes", "--json"];
    let added = repo.prode_with_input(&add, "Ask C-1234 first.\n").ok().json();
    added["id"].as_str().unwrap().to_owned()
}

impl Door {
    pub(super) fn name(self) -> &'static str {
        match self {
            Self::Redact => "redact",
            Self::Check => "redact --check",
            Self::Json => "redact --json",
            Self::Stdin => "redact -",
            Self::Batch => "redact --batch",
            Self::Allow => "redact allow",
            Self::Add => "inbox add",
            Self::Edit => "inbox edit",
            Self::Reject => "inbox reject",
            Self::Finding => "finding add",
            Self::Promote => "promote",
            Self::Message => "hook run commit-msg",
            Self::Staged => "hook run pre-commit",
            Self::Shell(line) => line,
        }
    }

    /// Hooks print what they found.
    pub(super) fn is_hook(self) -> bool {
        match self {
            Self::Staged => true,
            Self::Shell(line) => line.contains("prode hook"),
            _ => false,
        }
    }

    pub(super) fn run(self, repo: &TestRepo, learning: &str) -> Seen {
        let text = || std::fs::read(repo.path().join("t.md")).unwrap_or_default();
        let until = &super::super::allow::today();
        let words: Vec<&str> = match self {
            Self::Redact => vec!["redact", "t.md"],
            Self::Check => vec!["redact", "--check", "t.md"],
            Self::Json => vec!["redact", "--json", "t.md"],
            Self::Stdin => return seen(&repo.prode_with_input(&["redact", "-"], text())),
            Self::Batch => return blocked(&repo.prode(&["redact", "--batch", "t.jsonl"])),
            Self::Allow => vec!["redact", "allow", "t.md:1:1", "--why", "x", "--until", until],
            Self::Add => vec!["inbox", "add", "t.md", "--target", "wiki/q.md#notes"],
            Self::Edit => vec!["inbox", "edit", learning, "t.md"],
            Self::Reject => vec!["inbox", "reject", learning, "--why", "known"],
            Self::Finding => vec!["finding", "add", "t.md", "--item", "wrong", "--severity", "low"],
            Self::Promote => vec!["promote", learning],
            Self::Message => vec!["hook", "run", "commit-msg", "t.md"],
            Self::Staged => vec!["hook", "run", "pre-commit"],
            Self::Shell(line) => return shell(repo, line),
        };
        seen(&repo.prode(&words))
    }
}

fn seen(run: &crate::support::ProdeRun) -> Seen {
    Seen {
        code: run.code().unwrap_or(-1),
        out: run.stdout().to_owned(),
        told: run.stderr().to_owned(),
        written: Vec::new(),
    }
}

/// Of a batch every line is there and none says anything: that counts as 4.
fn blocked(run: &crate::support::ProdeRun) -> Seen {
    let rows = if run.code() == Some(0) { run.json_lines() } else { return seen(run) };
    let is_blocked = |row: &serde_json::Value| {
        row["text"] == "<BLOCKED_1>" && row["blocked"]["reason"].is_string()
    };
    let code = if !rows.is_empty() && rows.iter().all(is_blocked) { 4 } else { 0 };
    let told = rows.iter().map(|row| row["blocked"].to_string()).collect();
    Seen { code, out: String::new(), told, written: Vec::new() }
}

fn shell(repo: &TestRepo, line: &str) -> Seen {
    let folder = std::path::Path::new(env!("CARGO_BIN_EXE_prode")).parent().unwrap();
    let line = format!("PATH={}:$PATH; {line}", folder.display());
    let mut shell = hermetic("sh", &repo.home());
    let done = shell.current_dir(repo.path()).args(["-c", &line]).output().unwrap();
    Seen {
        code: done.status.code().unwrap_or(-1),
        out: String::from_utf8_lossy(&done.stdout).into_owned(),
        told: String::from_utf8_lossy(&done.stderr).into_owned(),
        written: Vec::new(),
    }
}
