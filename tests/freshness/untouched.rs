//! Asking changes nothing: not a byte of the user's files, not Git's status.

use std::path::Path;

use crate::support::TestRepo;

/// Commands that only read, with arguments that reach their work. `PAGE` and
/// `COMMIT` stand for a page and the commit of the repository at hand.
const READING: &[&[&str]] = &[
    &["query", "node not ready"],
    &["query", "node not ready", "--worktree", "--json"],
    &["query", "node not ready", "--include", "inbox"],
    &["query", "node", "--rev", "HEAD", "--explain"],
    &["route", "KubeNodeNotReady: node is not ready"],
    &["route", "--worktree", "disk is full"],
    &["runbook", "KubeNodeNotReady"],
    &["show", "PAGE"],
    &["show", "PAGE", "--worktree"],
    &["list"],
    &["list", "--json", "--worktree"],
    &["links", "PAGE"],
    &["graph"],
    &["graph", "PAGE", "--depth", "2", "--format", "svg"],
    &["log", "PAGE"],
    &["log", "PAGE", "--worktree", "--json"],
    &["blame", "PAGE"],
    &["diff", "PAGE", "--from", "COMMIT"],
    &["cite", "check", "PAGE@COMMIT"],
    &["lint", "--all"],
    &["lint", "--rev", "HEAD", "--format", "sarif"],
    &["lint", "--rev", "HEAD", "--against", "HEAD"],
    &["adr", "list"],
    &["adr", "toc"],
    &["adr", "export", "--to", "json", "--rev", "HEAD"],
    &["inbox", "list", "--all"],
    &["proposal", "list"],
    &["finding", "list", "--all"],
    &["approvals", "list", "--all"],
    &["approvals", "verify", "--json"],
    &["mv", "PAGE", "moved.md", "--dry-run"],
    &["new", "--list"],
    &["skill", "list"],
    &["skill", "list", "--rev", "HEAD", "--json"],
    &["skill", "validate"],
    &["skill", "to-prompt", "--rev", "HEAD"],
    &["skill", "verify"],
    &["site", "build", "-o", "../site-of-it", "--dry-run"],
    &["site", "build", "-o", "../site-of-it", "--rev", "HEAD"],
    &["eval"],
    &["eval", "--against", "HEAD", "--baselines", "--failed"],
    &["audit"],
    &["audit", "--rev", "HEAD", "--trend", "1q", "--format", "html"],
    &["audit", "--against", "HEAD", "--json"],
    &["audit", "--local"],
    &["usage"],
    &["usage", "--days", "7", "--json"],
    &["redact", "PAGE"],
    &["redact", "--check", "PAGE"],
    &["redact", "allow", "--list"],
    &["index"],
    &["index", "--rebuild"],
    &["index", "--stats"],
    &["doctor"],
    &["triage", "list"],
    &["triage", "freeze"],
    &["triage", "examples", "list"],
    &["triage", "prompt"],
    &["triage", "sop", "check", "--against", "HEAD"],
    &["triage", "sop", "capture", "--questions"],
    &["triage", "examples", "run", "expected-aborts"],
    &["schema"],
    &["config", "list", "--origin"],
    &["completions", "bash"],
    &["man"],
];

/// Commands that write by their nature or wait for a peer; tested by themselves.
const OTHERS: &[&str] =
    &["init", "mcp", "serve", "help", "hook", "approve", "promote", "review", "archive", "dismiss"];

#[test]
fn every_command_is_in_a_table() {
    let unknown: Vec<String> = commands()
        .into_iter()
        .filter(|name| READING.iter().all(|row| row[0] != name) && !OTHERS.contains(&name.as_str()))
        .collect();
    assert!(unknown.is_empty(), "does it only read? {unknown:?}");
}

#[test]
fn asking_this_repository_changes_nothing() {
    let source = Path::new(env!("CARGO_MANIFEST_DIR"));
    if !source.join(".git").exists() {
        eprintln!("skipped: this is no clone");
        return;
    }
    let repo = TestRepo::no_repository();
    repo.git(&["clone", "--quiet", &source.display().to_string(), "."]);
    ask_everything(&repo);
    ask_everything(&repo.clone_to(&["--bare"]));
}

#[test]
fn asking_the_benchmark_corpus_changes_nothing() {
    let corpus = Path::new(env!("CARGO_MANIFEST_DIR")).join("../shared/bench/retrieval/corpus");
    if !corpus.is_dir() {
        eprintln!("skipped: {} is not there", corpus.display());
        return;
    }
    let repo = TestRepo::new();
    for entry in walkdir::WalkDir::new(&corpus).into_iter().map(Result::unwrap) {
        if entry.file_type().is_file() {
            let path = entry.path().strip_prefix(&corpus).unwrap();
            repo.write(path, std::fs::read(entry.path()).unwrap());
        }
    }
    repo.commit("corpus");
    repo.write("changed.md", "# Not committed\n");
    ask_everything(&repo);
}

/// Names of all commands, as help lists them.
pub(crate) fn commands() -> Vec<String> {
    let help = TestRepo::no_repository().prode(&["--help"]).ok();
    let lines = help.stdout().lines().skip_while(|line| !line.starts_with("Commands:")).skip(1);
    let listed = lines.take_while(|line| line.starts_with("  "));
    let names = listed.filter(|line| !line.starts_with("   "));
    names.filter_map(|line| line.split_whitespace().next()).map(str::to_owned).collect()
}

fn ask_everything(repo: &TestRepo) {
    let known = commands();
    let page = repo.git(&["ls-tree", "-r", "--name-only", "HEAD"]);
    let page = page.lines().find(|path| path.ends_with("README.md")).expect("a page").to_owned();
    let commit = repo.git(&["rev-parse", "HEAD"]);
    let is_bare = repo.git(&["rev-parse", "--is-bare-repository"]) == "true";
    // The first question may make prode's own folder, which is left out.
    let before = repo.snapshot();
    for row in READING.iter().filter(|row| known.iter().any(|name| name == row[0])) {
        // Files move in a work tree.
        if is_bare && (row.contains(&"--worktree") || row[0] == "mv") {
            continue;
        }
        let fill = |word: &&str| word.replace("PAGE", &page).replace("COMMIT", &commit);
        let args: Vec<String> = row.iter().map(fill).collect();
        let args: Vec<&str> = args.iter().map(String::as_str).collect();
        let run = repo.prode(&args);
        assert!(matches!(run.code(), Some(0 | 1)), "{args:?}: {:?} {}", run.code(), run.stderr());
        let after = repo.snapshot();
        let changed = before.iter().find(|(path, bytes)| after.get(*path) != Some(bytes));
        assert_eq!(changed.map(|(path, _)| path), None, "{args:?} changed it");
        assert_eq!(after.len(), before.len(), "{args:?} made or removed a file");
    }
}
