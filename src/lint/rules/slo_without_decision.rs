//! `slo-without-decision`

use super::key_place::of_key;
use super::outline::{is_in_use, prose};
use super::prelude::*;
use super::shapes::tells;

pub(super) static RULE: Rule = Rule {
    id: "slo-without-decision",
    family: Family::Slo,
    level: Severity::Warning,
    summary: "an SLO's numbers come from nowhere",
    why: "A target that nobody agreed to is the first to be dropped. A paragraph names the decision (a link to it, \
        ADR-12) or says that something was agreed or decided, together with a day, a person or a link. Pages that \
        declare kind: slo are judged, by their text and not by headings.",
    repair: "link the decision, or write who agreed on which day",
    fixes: false,
    check: Check::Page(check),
};

static AGREED: LazyLock<Regex> =
    LazyLock::new(|| pattern(r"(?i)\bagree|\bdeci(?:ded|des|sion)|\bapproved|\bcontract|\bSLA\b"));
static ANCHORED: LazyLock<Regex> = LazyLock::new(|| {
    pattern(
        r"\d{4}-\d{2}-\d{2}|(?i:\b(?:january|february|march|april|may|june|july|august|september|october|november|december)\b.{0,6}\d)|@\w|\]\(|https?://|\[\[",
    )
});
static DECISION: LazyLock<Regex> =
    LazyLock::new(|| pattern(r"(?i)\bADR[- ]?\d+|\[\[adr:|\]\([^)]*(?:adr|decision)[^)]*\)"));

fn check(context: &Context<'_>, subject: &Subject<'_>, found: &mut Vec<Found>) {
    if !is_in_use(subject, &["slo"]) {
        return;
    }
    let text = prose(subject);
    let mut paragraphs = text.split("\n\n");
    let is_set = DECISION.is_match(&text)
        || paragraphs.any(|text| AGREED.is_match(text) && ANCHORED.is_match(text));
    if !is_set && !tells(context, subject, &["agreed in", "agreement"]) {
        found.push(of_key(subject, "kind", "it names no decision that set its numbers"));
    }
}

#[cfg(test)]
mod tests {
    use super::RULE;
    use crate::lint::fixture::marked;

    #[test]
    fn numbers_from_nowhere_are_found() {
        marked(
            &RULE,
            "== wiki/a.md\n---\n\u{ab}kind: slo\u{bb}\n---\n# A\n\n## Decision of 2026-10-02\n\n99.9 % over 30 days.\n\n## Agreed in\n\nThe agreement that set the numbers.\n",
        );
    }

    #[test]
    fn a_decision_or_an_agreement_with_its_day_is_enough() {
        marked(
            &RULE,
            "== wiki/a.md\n---\nkind: slo\n---\n# A\n\nSee ADR-12.\n== wiki/b.md\n---\nkind: slo\n---\n# B\n\nAgreed with @sales on 2026-10-02.\n\
             == wiki/c.md\n---\nkind: slo\n---\n# C\n\nSet in [the decision](../adr/0001-slo.md).\n== wiki/d.md\n# D\n\n99.9 %\n",
        );
    }
}
