//! `prode lint` on pages that nobody wrote from a template: what a rule asks for
//! counts in other words, and is missed where it is taken away.

use serde_json::Value;

use crate::support::TestRepo;

const SLO: &str = include_str!("pages/slo.md");
const CHANGE: &str = include_str!("pages/mop.md");
const SOP: &str = include_str!("pages/sop.md");
const SERVICE: &str = include_str!("pages/svc.md");

/// The rules that find something, without those of templates.
fn rules(page: &str) -> Vec<String> {
    let repo = TestRepo::new();
    repo.write("CODEOWNERS", "* @ada\n").write("wiki/page.md", page);
    for kind in ["slo", "change", "sop", "service"] {
        let template = format!("---\ntemplate: {kind}\n---\n# {{{{ title }}}}\n");
        repo.write(format!("templates/{kind}.md"), template);
    }
    repo.write("wiki/restart.md", "# R\n").write("wiki/psp.md", "# P\n");
    repo.commit("a page");
    let families = ["runbook", "slo", "change", "work"].map(|family| ["--rule", family]).concat();
    let answer: Value = repo.prode(&[&["lint", "--json"], &families[..]].concat()).json();
    let findings = answer["findings"].as_array().unwrap().iter();
    findings.map(|it| it["rule"].as_str().unwrap().to_owned()).collect()
}

#[test]
fn other_words_count() {
    for page in [SLO, CHANGE, SOP, SERVICE] {
        assert_eq!(rules(page), Vec::<String>::new(), "{page}");
    }
}

/// A page, what is taken away or put in, and the rule that sees it.
#[rustfmt::skip]
const CHANGED: &[(&str, &str, &str, &str)] = &[
    (SLO, " SLOs use a four-week rolling window.", "", "slo-incomplete"),
    (SLO, "97% success", "", "slo-incomplete"),
    (SLO, "2 % of the budget burns in 1 h, and open a ticket when ", "", "slo-without-burn-alert"),
    (SLO, " and agreed with product on 2018-02-15", "", "slo-without-decision"),
    (SLO, "<https://grafana.example/d/abc>", "later", "slo-without-dashboard"),
    (SLO, " Labels hold no PII.", "", "slo-without-attestation"),
    (CHANGE, "## Pre-checks", "## Notes", "change-incomplete"),
    (CHANGE, "1. Drain:", "1. Drain or stop:", "action-branches"),
    (CHANGE, "`show version` prints 22.4R3", "The version is right", "post-condition-vague"),
    (CHANGE, "`show version` prints 22.4R3", "`show version`", "post-condition-vague"),
    (CHANGE, "rehearsal", "log", "dry-run-missing"),
    (CHANGE, "set routing-options ... gshut", "deploy reg.example/edge:latest", "mutable-tag"),
    (CHANGE, "set routing-options ... gshut", "login --token=ab12cd34ef56", "secret-inline"),
    (CHANGE, "set routing-options ... gshut", "rm -rf /var/tmp/old", "irreversible-step"),
    (CHANGE, "set routing-options ... gshut", "kubectl delete job drain", "destructive-step-unmarked"),
    (CHANGE, "set routing-options ... gshut", "sync --from prod-eu --to staging-eu", "cross-environment-step"),
    (CHANGE, "## Backout plan", "## Open questions\n\n- Who is told?\n\n## Backout plan", "open-question"),
    (CHANGE, "## Backout plan", "## Secrets\n\n- `vault:net/edge`\n\n## Backout plan", "secret-without-reader"),
    (SOP, "## 2. Build", "## 2. Notes", "sop-gates"),
    (SOP, "Stop if any test fails. ", "", "sop-gate-incomplete"),
    (SOP, " QA decides.", "", "sop-gate-incomplete"),
    (SOP, "Likelihood low, ", "", "risk-incomplete"),
    (SOP, "| Expected result ", "| Idea ", "test-matrix-incomplete"),
    (SOP, " Tried in staging at step 3.", "", "rollback-not-proven"),
    (SOP, "Done when the column shows", "The column shows", "definition-of-done-missing"),
    (SERVICE, "* Cache: none used\n", "", "service-runbook-missing"),
    (SERVICE, "[psp](psp.md)", "ask around", "service-runbook-missing"),
];

#[test]
fn what_is_taken_away_is_missed() {
    let mut blind = Vec::new();
    for (page, from, to, rule) in CHANGED {
        assert!(page.contains(from), "no page has '{from}'");
        let found = rules(&page.replace(from, to));
        if !found.iter().any(|it| it == rule) {
            blind.push(format!("{rule}: '{from}' -> '{to}': {found:?}"));
        }
    }
    assert!(blind.is_empty(), "{}", blind.join("\n"));
}
