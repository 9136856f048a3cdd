//! What a template asks of pages that declare its kind.

use crate::support::TestRepo;

const PAGE: &str = "---\nkind: drill\nowner: ada\n---\n# A\n\n## Steps\n\n1. `make drill`\n";

fn repo() -> TestRepo {
    let repo = TestRepo::new();
    repo.write("wiki/index.md", "# Index\n\n[a](a.md)\n").write("wiki/a.md", PAGE).write(
        "templates/drill.md",
        "---\ntemplate: drill\nsections:\n  - {heading: Steps, required: true, must_have: [command]}\n---\n# {{ title }}\n",
    );
    repo.commit("pages");
    repo
}

fn found(repo: &TestRepo) -> Vec<String> {
    let answer = repo.prode(&["lint", "--rule", "template", "--json"]).json();
    let text = |it: &serde_json::Value, key: &str| it[key].as_str().unwrap().to_owned();
    let findings = answer["findings"].as_array().unwrap().iter();
    findings
        .map(|it| format!("{} {}: {}", text(it, "path"), it["line"], text(it, "message")))
        .collect()
}

#[test]
fn editing_a_template_changes_what_lint_asks() {
    let repo = repo();
    assert_eq!(found(&repo), [""; 0]);
    let rules = "---\ntemplate: drill\nfields: {services: {required: true}}\nsections:\n  \
        - {heading: Steps, required: true, must_have: [contact]}\n  - {heading: Abort, required: true}\n---\n# {{ title }}\n";
    repo.write("templates/drill.md", rules);
    assert_eq!(
        found(&repo),
        [
            "wiki/a.md 1: a drill names its `services`",
            "wiki/a.md 1: there is no section 'Abort'",
            "wiki/a.md 7: section 'Steps' lacks a contact (@team, an address, a channel)",
        ]
    );
    repo.prode(&["lint", "--against", "HEAD", "--rule", "template"]).ok().says("3 warnings");
}

#[test]
fn a_built_in_kind_is_asked_of_pages_that_declare_it_and_of_no_other() {
    let repo = repo();
    repo.write("wiki/runbooks/foreign.md", "# Queue full\n\nRestart the worker.\n");
    assert_eq!(found(&repo), [""; 0]);
    repo.write("wiki/runbooks/own.md", "---\nkind: runbook\nowner: ada\nservices: [x]\n---\n# Queue full\n\n## Mitigation\n\nRestart.\n");
    let asked = found(&repo);
    assert!(
        asked.iter().any(|it| it == "wiki/runbooks/own.md 1: there is no section 'Rollback'"),
        "{asked:?}"
    );
    repo.write("templates/runbook.md", "---\ntemplate: runbook\nsections: [{heading: Mitigation, required: true}]\n---\n# {{ title }}\n");
    assert_eq!(found(&repo), [""; 0], "a template of the same name wins");
}

#[test]
fn a_rule_that_cannot_be_read_is_said_with_its_line() {
    let repo = repo();
    let rules = "---\ntemplate: drill\nsections:\n  - {heding: Steps, required: true}\n---\n# {{ title }}\n";
    repo.write("templates/drill.md", rules);
    repo.write("templates/foreign.md", "---\ntitle: {{ title }}\n---\n# {{ title }}\n");
    let asked = found(&repo);
    assert!(asked.iter().all(|it| it.starts_with("templates/drill.md 4: ")), "{asked:?}");
    assert!(asked[1].contains("did you mean 'heading'?"), "{asked:?}");
}

/// Of several templates of one kind, the page's form decides.
#[test]
fn a_decision_that_declares_its_kind_is_held_to_the_template_of_its_form() {
    let repo = TestRepo::new();
    let nygard = "---\nkind: adr\n---\n# 1. A\n\nDate: 2026-01-01\n\n## Status\n\nAccepted\n\n## Context\n\nx\n\n## Decision\n\nx\n";
    repo.write("adr/0001-a.md", nygard);
    assert_eq!(found(&repo), ["adr/0001-a.md 1: there is no section 'Consequences'"]);
    repo.write("adr/0001-a.md", nygard.replace("kind: adr", "owner: ada"));
    assert_eq!(found(&repo), [""; 0], "most decisions declare nothing");
}
