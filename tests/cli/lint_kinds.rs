//! `prode lint` on documents that `prode new` made: as they come they hold
//! placeholders, and the rules of their kind say so; filled in they are clean.

use serde_json::Value;

use crate::support::TestRepo;

const FAMILIES: &[&str] =
    &["lint", "--json", "--rule", "runbook", "--rule", "slo", "--rule", "change", "--rule", "work"];

/// A template, what it is asked, and what somebody writes instead of which
/// words; then the rules that find the document as it came.
struct Kind {
    template: &'static str,
    set: &'static [&'static str],
    filled: &'static [(&'static str, &'static str)],
    bare: &'static [&'static str],
}

#[rustfmt::skip]
const KINDS: &[Kind] = &[
    Kind {
        template: "runbook",
        set: &[],
        filled: &[
            ("that returns to the last good state.", "that returns to the last good state: `kubectl rollout undo deploy/x`"),
            ("that loses something; name what.", "that loses the queue's messages: `purge --queue x`"),
        ],
        bare: &["runbook-step-without-command"],
    },
    Kind {
        template: "sop",
        set: &[],
        filled: &[
            ("| what could go wrong | low, medium or high | whom it hurts, how much | what makes it smaller |", "| it is slow | low | readers wait | a canary |"),
            ("<the commands>", "git revert HEAD"),
        ],
        bare: &[],
    },
    Kind {
        template: "change",
        set: &[],
        filled: &[
            ("what the dry run said.", "what the dry run said: 3 rows."),
            ("| what it opens | where it is kept | the principal that reads it |", "| the database | `vault:kv/db` | the worker's role |"),
        ],
        bare: &[],
    },
    Kind {
        template: "service",
        set: &[],
        filled: &[],
        bare: &[],
    },
    Kind {
        template: "slo",
        set: &[],
        filled: &[
            ("| the SLOs and what is left of the budget | a link |", "| the SLOs and what is left of the budget | [budget](https://grafana.example/d/1) |"),
            ("with its day and who decided.", "with its day and who decided: agreed on 2026-10-02 with @sales."),
        ],
        bare: &["slo-without-dashboard", "slo-without-decision"],
    },
    Kind {
        template: "readiness-review",
        set: &[],
        filled: &[("| | | |\n", "| yes | [seen](https://ci.example/1) | |\n")],
        bare: &["readiness-row"],
    },
    Kind {
        template: "plan",
        set: &["reference=wiki/index.md"],
        filled: &[("status: draft", "status: active")],
        bare: &[],
    },
    Kind {
        template: "phase-spec",
        set: &["plan=wiki/plan.md"],
        filled: &[],
        bare: &[],
    },
    Kind {
        template: "phase-prompts",
        set: &["plan=wiki/plan.md"],
        filled: &[(": the plan\n", ": the plan\n- `wiki/index.md`: the map\n- `src/a.rs`: what changes\n- `tests/a.rs`: what holds it\n")],
        bare: &["phase-prompts-incomplete"],
    },
    Kind {
        template: "work-notes",
        set: &[],
        filled: &[("tags: []", "plan: wiki/plan.md\ntags: []")],
        bare: &[],
    },
    Kind {
        template: "prompt",
        set: &[],
        filled: &[
            ("status: draft", "status: active"),
            ("used: [] ", "used: [{by: ada}, {by: bob}, {by: ada}] "),
        ],
        bare: &[],
    },
    Kind { template: "role", set: &[], filled: &[], bare: &[] },
    Kind {
        template: "rfc",
        set: &["thin_slice=2999-01-01"],
        filled: &[("status: draft", "status: active")],
        bare: &[],
    },
    Kind { template: "handoff", set: &[], filled: &[], bare: &[] },
];

fn made(kind: &Kind, repo: &TestRepo) -> String {
    let path = format!("wiki/{}.md", kind.template);
    let mut args = vec!["new", kind.template, "--title", "Copy the queue", "-o", &path];
    let set = ["owner=@org/team", "services=billing"];
    for value in kind.set.iter().chain(&set) {
        args.extend(["--set", value]);
    }
    repo.prode(&args).ok();
    path
}

/// The rules that find something on the page, each once.
fn found(repo: &TestRepo, path: &str) -> Vec<String> {
    let answer: Value = repo.prode(&[FAMILIES, &[path]].concat()).json();
    let findings = answer["findings"].as_array().unwrap().iter();
    let mut rules: Vec<String> = findings
        .map(|it| format!("{} ({})", it["rule"].as_str().unwrap(), it["message"]))
        .collect();
    rules.dedup();
    rules
}

#[test]
fn a_document_that_was_filled_in_is_clean() {
    let repo = TestRepo::new();
    repo.write("wiki/index.md", "# Index\n").write("CODEOWNERS", "* @org/team\n");
    let mut dirty = Vec::new();
    for kind in KINDS {
        let path = made(kind, &repo);
        let mut text = std::fs::read_to_string(repo.path().join(&path)).unwrap();
        for (from, to) in kind.filled {
            assert!(text.contains(from), "{path} has no '{from}'");
            text = text.replace(from, to);
        }
        repo.write(&path, &text);
    }
    repo.commit("documents");
    for kind in KINDS {
        let path = format!("wiki/{}.md", kind.template);
        dirty.extend(found(&repo, &path).into_iter().map(|rule| format!("{path}: {rule}")));
    }
    assert_eq!(dirty, Vec::<String>::new());
}

#[test]
fn a_document_as_it_came_is_found() {
    let repo = TestRepo::new();
    repo.write("wiki/index.md", "# Index\n").write("CODEOWNERS", "* @org/team\n");
    repo.write("wiki/plan.md", "---\nkind: plan\n---\n# P\n");
    repo.commit("an index");
    for kind in KINDS.iter().filter(|kind| !kind.bare.is_empty()) {
        let path = made(kind, &repo);
        let found = found(&repo, &path);
        for rule in kind.bare {
            assert!(found.iter().any(|it| it.starts_with(rule)), "{path}: {rule} not in {found:?}");
        }
    }
}

#[test]
fn what_the_template_tells_is_not_told_again() {
    let repo = TestRepo::new();
    let head = "owner: ada\nservices: [a]\n---\n# A\n\nText.\n";
    repo.write("CODEOWNERS", "* @ada\n")
        .write("wiki/sop.md", format!("---\nkind: sop\n{head}"))
        .write("wiki/change.md", format!("---\nkind: change\n{head}"))
        .write("wiki/plan.md", format!("---\nkind: plan\n{head}"))
        .write("wiki/prompts.md", format!("---\nkind: phase-prompts\nplan: plan\n{head}"));
    repo.commit("pages");
    let both = [FAMILIES, &["--rule", "template"]].concat();
    let answer: Value = repo.prode(&both).json();
    let said = |rule: &str| {
        let findings = answer["findings"].as_array().unwrap().iter();
        findings.filter(|it| it["rule"].as_str().unwrap().starts_with(rule)).count()
    };
    assert!(said("template-section-missing") > 10, "{answer}");
    for rule in ["sop-gates", "change-incomplete", "definition-of-done", "phase-prompts"] {
        assert_eq!(said(rule), 0, "{rule}: {answer}");
    }
    // Without a template that asks, the rule speaks for itself.
    repo.write("templates/sop.md", "---\ntemplate: sop\n---\n# {{ title }}\n");
    repo.commit("a template that asks nothing");
    let answer: Value = repo.prode(&[FAMILIES, &["wiki/sop.md"]].concat()).json();
    let rules: Vec<&Value> =
        answer["findings"].as_array().unwrap().iter().map(|it| &it["rule"]).collect();
    assert!(rules.contains(&&Value::from("sop-gates")), "{rules:?}");
}

#[test]
fn a_prompt_that_changed_after_its_changelog_is_found_in_history() {
    let page = |text: &str, entry: &str| {
        format!(
            "---\nkind: prompt\n---\n# P\n\n{text}\n\n## Changelog\n\n{entry}- 2026-03-01: first.\n"
        )
    };
    let repo = TestRepo::new();
    repo.write("wiki/p.md", page("Do it.", ""));
    repo.commit_at("first", "2026-03-01T20:00:00Z");
    repo.write("wiki/p.md", page("Do it well.", ""));
    repo.commit_at("the same day elsewhere", "2026-03-02T04:00:00Z");
    let found = |repo: &TestRepo| {
        let answer = repo.prode(&["lint", "--json", "--rule", "changelog-behind"]).ok().json();
        answer["findings"].as_array().unwrap().len()
    };
    assert_eq!(found(&repo), 0);
    repo.write("wiki/p.md", page("Do it better.", ""));
    assert_eq!(found(&repo), 1);
    repo.commit_at("no entry", "2026-04-01T00:00:00Z");
    assert_eq!(found(&repo), 1);
    repo.write("wiki/p.md", page("Do it better.", "- 2026-04-01: better.\n"));
    repo.commit_at("an entry", "2026-04-02T00:00:00Z");
    assert_eq!(found(&repo), 0);
}
