//! A learning that makes a page: the template of its kind, filled in.

use super::{branch, learning, memory};
use crate::support::TestRepo;

const SLOW: &str = "---\ntarget: new:wiki/patterns/slow.md\nkind: pattern\nconfidence: 80\n\
    evidence: [{source: aws, ref: 'cloudwatch:alarm/queue-age', at: 2026-11-03T04:10:00Z}]\n---\n\
    # Growing backlog\n\nOf queue-worker: messages wait, and none fails.\n\n\
    ## What was seen\n\nThe age of the oldest message grows.\n\n\
    ## How it was confirmed\n\n```sh\naws sqs get-queue-attributes --queue-url \"$QUEUE\"\n```\n\n\
    ## Fix\n\n1. Add workers, then look for the late call.\n\n\
    ## Cost of waiting\n\nAbout a minute per message.\n";

/// The page that a learning makes.
fn made(repo: &TestRepo, id: &str, path: &str) -> String {
    repo.git(&["show", &format!("{}:{path}", branch(id))])
}

/// A memory that knows a service.
fn known() -> TestRepo {
    let repo = memory();
    let page = "---\nowner: ada\nservices: [queue-worker]\n---\n# Worker\n\n[Home](index.md)\n";
    repo.write("wiki/worker.md", page).commit("a service");
    repo
}

#[test]
fn what_the_learning_says_stands_in_the_templates_sections() {
    let repo = known();
    let id = learning(&repo, SLOW, &[]);
    let run = repo.prode(&["promote", &id]).ok();
    run.warns(
        "left for the owner: the template's words still stand in 'Negative control', 'What not to do'",
    );
    assert_eq!(
        made(&repo, &id, "wiki/patterns/slow.md"),
        "---\ntitle: Growing backlog\nkind: pattern\nowner: \"ada\"\nservices: [queue-worker]\ntags: []\n---\n\n\
         # Growing backlog\n\nOf queue-worker: messages wait, and none fails.\n\n\
         ## Signals\n\nThe age of the oldest message grows.\n\n\
         ## How it is confirmed\n\n```sh\naws sqs get-queue-attributes --queue-url \"$QUEUE\"\n```\n\n\
         - `aws` `cloudwatch:alarm/queue-age` at `2026-11-03T04:10:00Z`\n\n\
         ## Negative control\n\nThe query whose hit would show that it is something else.\n\n\
         ## What to do\n\n1. Add workers, then look for the late call.\n\n\
         ## What not to do\n\nWhat looks right and makes it worse.\n\n\
         ## Cost of waiting\n\nAbout a minute per message."
    );
    let again = repo.prode(&["promote", &id, "--json"]).ok().json();
    assert_eq!(again["status"], "unchanged");
}

#[test]
fn lint_passes_or_says_what_is_missing() {
    let repo = known();
    let findings = |words: &str| {
        let id = learning(&repo, words, &[]);
        let shown = repo.prode(&["promote", &id, "--dry-run", "--json"]).ok().json();
        let found = shown["checks"]["findings"].as_array().unwrap().clone();
        let told = |it: &serde_json::Value| it["rule"].as_str().unwrap().to_owned();
        found.iter().map(told).collect::<Vec<_>>()
    };
    assert_eq!(findings(SLOW), Vec::<String>::new());
    let prose = SLOW.replace("1. Add workers", "Add workers");
    assert_eq!(findings(&prose), ["template-section-lacks"]);
}

#[test]
fn a_learning_without_a_kind_makes_what_its_folder_holds() {
    let repo = memory();
    for (path, kind) in [("wiki/runbooks/slow.md", "runbook"), ("wiki/slow-queue.md", "guide")] {
        let id = learning(&repo, "It lags.", &["--target", &format!("new:{path}")]);
        repo.prode(&["promote", &id]).ok();
        let page = made(&repo, &id, path);
        assert!(page.contains(&format!("kind: {kind}\nowner: \"ada\"\n")), "{page}");
        assert!(page.contains("\n\nIt lags."), "{page}");
    }
}

#[test]
fn a_kind_that_has_no_template_has_a_head_all_the_same() {
    let repo = memory();
    let words = "---\ntarget: new:wiki/slow.md\nkind: note\n---\nIt lags.\n";
    let id = learning(&repo, words, &[]);
    repo.prode(&["promote", &id]).ok();
    assert_eq!(
        made(&repo, &id, "wiki/slow.md"),
        "---\ntitle: Slow\nkind: note\nowner: \"ada\"\nservices: []\ntags: []\n---\n\n# Slow\n\nIt lags."
    );
}

#[test]
fn the_repositorys_own_template_says_how_its_pages_look() {
    let repo = memory();
    repo.write("templates/pattern.md", OWN).write("CODEOWNERS", "/wiki/patterns/ @org/sre\n");
    repo.commit("a template");
    let id = learning(&repo, SLOW, &[]);
    repo.prode(&["promote", &id]).ok().warns("the head does not say yet: 'severity'");
    let page = made(&repo, &id, "wiki/patterns/slow.md");
    assert!(
        page.starts_with("---\nkind: pattern\nowner: \"@org/sre\"\nseverity: \"\"\n---\n"),
        "{page}"
    );
    assert!(page.contains("## Remedy (tested)\n\n1. Add workers"), "{page}");
}

const OWN: &str = "---\ntemplate: pattern\nsections:\n  - {heading: Remedy, aliases: [Fix]}\n---\n\
    ---\nkind: pattern\nowner: \"{{ owner }}\"\nseverity: \"{{ severity }}\"\n---\n# {{ title }}\n\n\
    ## Remedy (tested)\n\nWhat helped.\n";
