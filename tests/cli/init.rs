//! `prode init`

use serde_json::Value;

use crate::support::TestRepo;

fn names(answer: &Value, key: &str) -> Vec<String> {
    let list = answer[key].as_array().unwrap().iter();
    list.map(|it| it.as_str().unwrap_or_else(|| it["path"].as_str().unwrap()).to_owned()).collect()
}

#[test]
fn an_empty_repository_gets_a_memory_that_answers() {
    let repo = TestRepo::new();
    let answer = repo.prode(&["init", "--json"]).ok().json();
    for path in [
        "prode.yaml",
        "wiki/index.md",
        "CODEOWNERS",
        "skills/prode-triage/SKILL.md",
        "templates/sop.md",
    ] {
        assert!(names(&answer, "created").contains(&path.to_owned()), "{path}");
        assert!(repo.path().join(path).is_file(), "{path}");
    }
    assert_eq!((&answer["owners_missing"], &answer["dead_links"]["count"]), (&0.into(), &0.into()));
    assert_eq!(answer["queries"].as_array().unwrap().len(), 3);
    repo.prode(&["config", "list"]).ok();
    repo.prode(&["query", "alert without a runbook"])
        .ok()
        .says("wiki/runbooks/alert-without-runbook.md");
}

#[test]
fn a_second_run_changes_nothing() {
    let repo = TestRepo::new();
    repo.prode(&["init", "--agent", "claude", "--agent", "codex", "--yes"]).ok();
    let before = repo.snapshot();
    let again = ["init", "--agent", "claude", "--agent", "codex"];
    repo.prode(&again).ok().says("Nothing to write");
    assert_eq!(repo.snapshot(), before);
}

#[test]
fn documents_are_found_and_nothing_is_put_among_them() {
    let repo = TestRepo::new();
    repo.write("README.md", "# Shop\n").write(
        "docs/adr/0001-x.md",
        "# 1. Use X\n\n## Status\n\nAccepted\n\n## Decision\n\n[gone](no.md)\n",
    );
    repo.commit("documents");
    let answer = repo.prode(&["init", "--json"]).ok().json();
    assert_eq!(names(&answer, "created"), ["prode.yaml"]);
    let settings = std::fs::read_to_string(repo.path().join("prode.yaml")).unwrap();
    assert!(settings.contains("adr: [\"docs/adr\"]"), "{settings}");
    assert_eq!(answer["dead_links"]["worst"][0]["path"], "docs/adr/0001-x.md");
    assert_eq!(answer["owners_missing"], 1);
    let query = answer["queries"][0].as_str().unwrap();
    assert_eq!(query, "prode query \"use x\"");
    repo.prode(&["query", "use x"]).ok().says("docs/adr/0001-x.md");
}

#[test]
fn a_readme_alone_is_no_memory_yet() {
    let repo = TestRepo::new();
    repo.write("README.md", "# Shop\n").write("CODEOWNERS", "* @me\n").commit("code");
    let answer = repo.prode(&["init", "--json"]).ok().json();
    assert!(names(&answer, "created").contains(&"wiki/index.md".to_owned()));
    assert_eq!(names(&answer, "kept"), ["CODEOWNERS"]);
    assert_eq!(std::fs::read_to_string(repo.path().join("CODEOWNERS")).unwrap(), "* @me\n");
    assert!(answer["queries"][0].as_str().unwrap().ends_with("--worktree"), "not committed yet");
}

#[test]
fn a_starter_is_made_beside_documents_when_asked() {
    let repo = TestRepo::new();
    repo.write("docs/a.md", "# A\n").commit("a");
    let answer = repo.prode(&["init", "--from", "adr", "--json"]).ok().json();
    assert_eq!(names(&answer, "created").len(), 3);
    let settings = std::fs::read_to_string(repo.path().join("prode.yaml")).unwrap();
    assert!(settings.contains("wiki: [\"docs\"]\n  adr: [\"adr\"]"), "{settings}");
    repo.prode(&["init", "--from", "moon"]).fails(2);
}

#[test]
fn changes_for_a_client_need_a_yes() {
    let repo = TestRepo::new();
    repo.write("AGENTS.md", "# Ours\r\n").write("docs/a.md", "# A\n").commit("a");
    let before = repo.snapshot();
    let run = repo.prode(&["init", "--agent", "claude"]).fails(2).warns("--yes");
    assert!(run.stdout().contains("+++ b/AGENTS.md"), "{}", run.stdout());
    assert_eq!(repo.snapshot(), before, "nothing was written");
    repo.prode(&["init", "--agent", "claude", "--yes"]).ok();
    let text = std::fs::read_to_string(repo.path().join("AGENTS.md")).unwrap();
    assert!(text.starts_with("# Ours\r\n\r\n<!-- prode:begin -->\r\n"), "{text}");
    let entry: Value =
        serde_json::from_slice(&std::fs::read(repo.path().join(".mcp.json")).unwrap()).unwrap();
    assert_eq!(entry["mcpServers"]["prode"]["args"][0], "mcp");
    assert!(repo.path().join(".claude/skills/prode-triage/SKILL.md").is_file());
}

#[test]
fn a_clients_file_that_cannot_be_read_is_left_alone() {
    let repo = TestRepo::new();
    repo.write(".mcp.json", "// ours\n{}\n").write("docs/a.md", "# A\n").commit("a");
    repo.prode(&["init", "--agent", "claude", "--yes"]).ok().says(".mcp.json was left alone");
    assert_eq!(std::fs::read_to_string(repo.path().join(".mcp.json")).unwrap(), "// ours\n{}\n");
}

#[test]
fn a_dry_run_writes_nothing() {
    let repo = TestRepo::new();
    repo.prode(&["init", "--agent", "cursor", "--dry-run"])
        .ok()
        .says("would create")
        .says(".cursor/mcp.json");
    assert!(!repo.path().join("prode.yaml").exists());
}

#[test]
fn where_nothing_can_be_written_it_says_what_to_do() {
    TestRepo::bare().prode(&["init"]).fails(1).warns("is bare").warns("clone");
    TestRepo::no_repository().prode(&["init"]).fails(1).warns("git init");
}

#[cfg(unix)]
#[test]
fn a_link_leads_no_file_outside() {
    let repo = TestRepo::new();
    let elsewhere = repo.home();
    std::os::unix::fs::symlink(&elsewhere, repo.path().join("wiki")).unwrap();
    repo.prode(&["init"]).ok().says("symbolic link");
    assert!(!elsewhere.join("index.md").exists());
}
