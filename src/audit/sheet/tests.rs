use super::*;
use crate::audit::{Aside, Changed, Risk, grouped};
use crate::repo_path::RepoPath;

fn state(owner: Option<&str>, kind: &str, age: Option<i64>) -> State {
    State {
        owner: owner.map(str::to_owned).into_iter().collect(),
        kind: kind.to_owned(),
        age,
        every: 90,
    }
}

fn finding(title: &str, owner: &[&str]) -> Finding {
    let changed = Changed {
        repository: None,
        path: RepoPath::from_git("services/billing/worker/main.rs"),
        added: 3,
        removed: 1,
        commits: Vec::new(),
        authors: vec!["Ada <b>".to_owned()],
        how: Aside::Changed,
    };
    Finding {
        id: "A-0a1b2c3d".to_owned(),
        path: RepoPath::from_git("wiki/queue.md"),
        title: title.to_owned(),
        kind: "runbook".to_owned(),
        signal: "drifted",
        owner: owner.iter().map(|it| (*it).to_owned()).collect(),
        risk: Risk { signal: 40, kind: 10, ..Risk::default() },
        why: "what it describes changed".to_owned(),
        changed: vec![changed],
        changed_total: 3,
        settle: vec!["prode review wiki/queue.md".to_owned()],
        local: false,
        confidence: 100,
        of: "sha256:00".to_owned(),
    }
}

fn page(findings: &[Finding], past: &[Past]) -> String {
    let states = [
        state(Some("@ops"), "runbook", Some(10)),
        state(Some("@ops"), "runbook", Some(91)),
        state(None, "guide", None),
    ];
    let groups = grouped(findings, 20);
    sheet(&Sheet {
        of: "main at f7a476f6f7",
        day: "2026-11-20",
        quarter: "2026Q4",
        checked: 4,
        states: &states,
        groups: &groups,
        findings,
        skipped: &[],
        precision: "",
        past,
    })
}

#[test]
fn what_pages_say_is_text_and_nothing_is_asked_for() {
    let html = page(&[finding("<script>alert(1)</script>", &["@ops"])], &[]);
    assert!(html.contains("&lt;script&gt;alert(1)"), "{html}");
    assert!(html.contains("Ada &lt;b&gt;"));
    for outside in ["<script", "http://", "https://", "url(", "@import", "<link", "<img"] {
        assert!(!html.contains(outside), "{outside}");
    }
}

#[test]
fn every_chart_has_its_numbers_as_a_table() {
    let past = ["2026Q2", "2026Q3"].map(|quarter| Past {
        quarter: quarter.to_owned(),
        findings: 9,
        settled: Some(4),
        dismissed: Some(1),
    });
    let html = page(&[finding("Queue", &["@ops"]), finding("Queue", &[])], &past);
    assert_eq!(html.matches("<svg").count(), 5);
    assert_eq!(html.matches("<table>").count(), 5);
    assert!(html.contains("<th scope=\"row\">@ops</th><td>1</td><td>1</td><td>0</td>"), "{html}");
    assert!(html.contains("<th scope=\"row\">nobody</th><td>0</td><td>0</td><td>1</td>"));
    assert!(html.contains("<th scope=\"row\">services&#x2f;billing</th><td>1</td><td>1</td>"));
    assert!(html.contains("<th scope=\"row\">never</th><td>1</td>"));
    assert!(html.contains("<th scope=\"row\">2026Q3</th><td>9</td><td>4</td><td>1</td>"));
    assert!(html.contains("and 2 more files"));
    assert!(html.contains("2 findings on 1 of 4 pages."), "archived pages were looked at too");
}

#[test]
fn a_memory_without_pages_and_findings_is_a_page_too() {
    let html = sheet(&Sheet {
        of: "main",
        day: "2026-11-20",
        quarter: "2026Q4",
        checked: 0,
        states: &[],
        groups: &[],
        findings: &[],
        skipped: &["history is cut".to_owned()],
        precision: "No quarter before this one was audited.",
        past: &[],
    });
    assert!(html.contains("Nothing was found.") && html.contains("Not looked at: history is cut"));
    assert!(html.contains("0 findings on 0 of 0 pages."));
    assert_eq!(html.matches("<svg").count(), 0, "nothing is drawn of nothing");
}
