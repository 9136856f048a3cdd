//! An owner's minute, played on a terminal: the README shows it as it was.

use std::fmt::Write as _;

use regex::Regex;

use super::learning;
use crate::support::{Sitting, TestRepo};

const PAGE: &str = "---\ntitle: Queue saturation\nkind: runbook\nowner: '@payments'\n---\n\
    # Queue saturation\n\n## Mitigations\n\n1. **Reversible.** Scale the workers out.\n";

const SETTINGS: &str = "people:\n  human:maya: {email: maya@example.org}\n  \
    payments: {members: [human:maya], also: ['@payments']}\n";

/// What an agent found out, with a key in it that nobody should keep.
fn words() -> String {
    let key = ["AKIA", "Z7QX2M4N", "6P8R3T5V"].concat();
    format!(
        "2. **Reversible.** Look for a poison message before adding workers.\n   \
         `aws sqs receive-message` as {key} showed one with 31 receives.\n"
    )
}

/// The trunk, Maya's key on it, and a learning that waits for her.
fn waiting() -> (TestRepo, String) {
    let repo = TestRepo::new();
    let commits_as = |name: &str, email: &str| {
        repo.git(&["config", "user.name", name]);
        repo.git(&["config", "user.email", email]);
    };
    let key = repo.home().join("maya");
    let made = std::process::Command::new("ssh-keygen")
        .args(["-q", "-t", "ed25519", "-N", "", "-C", "maya", "-f"])
        .arg(&key)
        .status();
    assert!(made.unwrap().success());
    repo.git(&["config", "user.signingkey", &key.display().to_string()]);
    commits_as("Maya", "maya@example.org");
    repo.write("wiki/runbooks/queue.md", PAGE).write("prode.yaml", SETTINGS);
    repo.write("wiki/index.md", "# Home\n\n[Queue saturation](runbooks/queue.md)\n");
    repo.prode(&["approvals", "init"]).ok();
    repo.commit("queue saturation");
    commits_as("triage", "triage@agents.example");
    let at = ["--target", "wiki/runbooks/queue.md#mitigations", "--run", "R-20261124-7"];
    let id = learning(&repo, &words(), &at);
    commits_as("Maya", "maya@example.org");
    (repo, id)
}

/// What is typed and what is answered, as a terminal shows it.
fn played(repo: &TestRepo, args: &[&str]) -> String {
    let mut command = repo.prode_command();
    command.args(args).env("NO_COLOR", "1");
    let mut session = Sitting::at(command);
    let mut shown = String::new();
    if args[0] == "approve" {
        shown = session.sees("anything else declines: ");
        let (_, digest) = shown.rsplit_once("sha256:").expect("the digest is shown");
        let digits = digest[..8].to_owned();
        // Nothing echoes here; a terminal shows what is typed.
        let _ = writeln!(shown, "anything else declines: {digits}");
        session.types(&digits);
    }
    let (rest, code) = session.ended();
    shown.push_str(&rest);
    assert_eq!(code, 0, "{args:?}\n{shown}");
    // The terminal's bytes come as one character each.
    let bytes = shown.chars().map(|byte| u8::try_from(byte).unwrap()).collect();
    let shown = String::from_utf8(bytes).unwrap().replace('\r', "");
    format!("$ prode {}\n{}\n", args.join(" "), shown.trim_end())
}

/// Without what differs from one minute to the next: digests, times, ids.
fn timeless(text: &str) -> String {
    let patterns = [
        (r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d+)?Z", "TIME"),
        (r"A-[0-9a-f]{12}", "A-ID"),
        (r"[0-9a-f]{64}", "DIGEST"),
        (r"\b[0-9a-f]{40}\b", "COMMIT"),
        (r"\b[0-9a-f]{10,12}\b", "SHORT"),
        (r"declines: [0-9a-f]{8}", "declines: DIGITS"),
        (r"(?m)[ \t]+$", ""),
    ];
    patterns.iter().fold(text.to_owned(), |text, (pattern, name)| {
        Regex::new(pattern).unwrap().replace_all(&text, *name).into_owned()
    })
}

#[test]
fn the_readme_shows_an_owners_minute_as_it_is() {
    let (repo, id) = waiting();
    let mut minute = String::new();
    for args in [
        &["inbox", "list"][..],
        &["inbox", "show", &id],
        &["promote", &id],
        &["proposal", "diff", &id, "--side-by-side"],
        &["approve", &id],
        &["proposal", "merge", &id],
    ] {
        let _ = writeln!(minute, "{}", played(&repo, args));
    }
    let merged = repo.git(&["show", "main:wiki/runbooks/queue.md"]);
    assert!(merged.contains("poison message") && merged.contains("<AWS_ACCESS_KEY_1>"), "{merged}");
    let readme = include_str!("../../README.md");
    let (_, section) = readme.split_once("## An owner's minute").expect("the README has one");
    let (_, block) = section.split_once("```console\n").expect("it shows a terminal");
    let (block, _) = block.split_once("```").expect("the block ends");
    assert_eq!(
        timeless(block).trim(),
        timeless(&minute).trim(),
        "the README shows another minute; this one was:\n{minute}"
    );
}
