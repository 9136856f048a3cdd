//! What holds for all rules.

use std::collections::HashSet;

use proptest::prelude::{prop_assert, proptest};
use proptest::{collection, sample};
use serde_json::Value;

use super::*;
use crate::lint::Selection;
use crate::lint::fixture::Memory;

/// Kinds that rules ask for.
const KINDS: &[&str] = &[
    "runbook",
    "service",
    "slo",
    "sop",
    "change",
    "plan",
    "phase-spec",
    "phase-prompts",
    "work-notes",
    "prompt",
    "role",
    "readiness-review",
    "rfc",
];

/// What pages are made of, well and badly put together.
#[rustfmt::skip]
const PIECES: &[&str] = &[
    "\n", "\r\n", "\n\n", "## Mitigations\n", "## Gate 1: D\u{e9}sign (x)\n", "Rollback\n---\n", "### \u{1f525} Action\r\n",
    "## Post-conditions\n", "## Risks\n", "## Open questions\n", "## Secrets\n", "## Changelog\n", "#\n", "## Decisions\n", "## Runbooks\n",
    "1. x\n", "2) \u{65e5}\u{672c}?\n", "- `a` or b\n", "  - deep\n", "* [ ] box\n", "| Risk | Impact |\n|---|---|\n", "| a |\n", "| \\| \u{e9} | |\n",
    "| Phase | Command | Expected | Files |\n|-|-|-|-|\n| 2a | `x` | | `src/` |\n", "||\n", "|", "| SLI | Target | Window | Error budget |\n|:-|-|-|-:|\n| e | 99,9 % | 4 weeks | 1h \u{b5}s |\n",
    "```sh\nkubectl delete ns \u{e9}\n```\n", "```\n", "~~~\n", "    rm -rf /x\n", "`", "<!-- \u{e9}\n", "-->\n", "> q\n", "[l](m.md)", "][", "](",
    "\u{feff}", "\u{200b}", "\u{0}", "Risks: x\n  y\n", "no rollback\n", "password=\u{e9}a1B2c3D4e5\n", "vault:x", "from prod to staging", "2026-10-02", "99.9 % over 30 days leaves 1 minute",
];

proptest! {
    #[test]
    fn any_page_of_any_kind_is_judged(
        kind in sample::select(KINDS),
        pieces in collection::vec(sample::select(PIECES), 0..40),
    ) {
        let page = format!("---\nkind: {kind}\nservices: [a]\nplan: x\n---\n{}", pieces.concat());
        let memory = Memory::new(&format!("== wiki/a.md\n{page}"));
        let outcome = memory.run(&Value::Null, &Selection::default(), false);
        for finding in &outcome.findings {
            let span = finding.span.unwrap_or_default();
            let is_text = page.get(span.start as usize..span.end as usize).is_some();
            prop_assert!(is_text && !finding.message.is_empty(), "{finding:?}");
        }
    }
}

#[test]
fn every_rule_has_its_own_name_and_whole_words() {
    let names: HashSet<&str> = RULES.iter().map(|rule| rule.id).collect();
    assert_eq!(names.len(), RULES.len());
    for rule in RULES {
        let is_kebab = |c: char| c.is_ascii_lowercase() || c.is_ascii_digit() || c == '-';
        assert!(rule.id.chars().all(is_kebab), "{}", rule.id);
        assert!(rule.why.ends_with('.') && !rule.summary.ends_with('.'), "{}", rule.id);
        assert!(!rule.repair.ends_with('.') && !rule.repair.is_empty(), "{}", rule.id);
    }
}
