//! `runbook-mitigation-first`

use super::outline::{is_in_use, parts};
use super::prelude::*;
use super::shapes::tells_at;

pub(super) static RULE: Rule = Rule {
    id: "runbook-mitigation-first",
    family: Family::Runbook,
    level: Severity::Warning,
    summary: "a runbook acts before it looks",
    why: "The first command on the page is the one that is run. A heading about diagnosis (triage, symptoms, \
        diagnosis, investigate, confirm) must stand above the first about mitigation (mitigation, remediation, \
        resolution, fix, recovery). Pages that declare kind: runbook are judged, whatever else their headings \
        say; where one of the two is missing, the page is left alone.",
    repair: "move the diagnosis above it",
    fixes: false,
    check: Check::Page(check),
};

/// Headings of what is done about it.
#[rustfmt::skip]
pub(super) const MITIGATION: &[&str] = &[
    "mitigat", "remediat", "resolution", "resolving", "recover", "repair", "fix .", "fixes ", "how to fix",
];
const DIAGNOSIS: &[&str] =
    &["triage", "symptom", "diagnos", "investigat", "confirm", "is it real", "what to check"];

fn check(context: &Context<'_>, subject: &Subject<'_>, found: &mut Vec<Found>) {
    if !is_in_use(subject, &["runbook"]) {
        return;
    }
    let parts = parts(subject);
    let below_title = || parts.iter().filter(|part| part.section.level > 1);
    let acts = below_title().find(|part| part.is_about(MITIGATION));
    let looks = below_title().find(|part| part.is_about(DIAGNOSIS) && !part.is_about(MITIGATION));
    if let (Some(acts), Some(looks)) = (acts, looks)
        && acts.section.span.start < looks.section.span.start
    {
        let (acts, looks) = (acts.section, looks.section);
        if tells_at(context, subject, looks) {
            return;
        }
        let message = format!("'{}' stands above '{}'", acts.heading, looks.heading);
        found.push(subject.found(subject.heading_span(acts), message));
    }
}

#[cfg(test)]
mod tests {
    use super::RULE;
    use crate::lint::fixture::marked;

    #[test]
    fn acting_before_looking_is_found() {
        let messages = marked(
            &RULE,
            "== wiki/a.md\n---\nkind: runbook\n---\n# Fix the queue\n\n\u{ab}## 1. Remediation\u{bb}\n\nx\n\n## Diagnosis\n\ny\n\n## Fix\n",
        );
        assert_eq!(messages, ["'1. Remediation' stands above 'Diagnosis'"]);
    }

    #[test]
    fn the_usual_order_and_foreign_pages_are_left_alone() {
        marked(
            &RULE,
            "== wiki/a.md\n---\nkind: runbook\n---\n# A\n\n## Initial triage\n\nx\n\n## Mitigations\n\ny\n\n## Confirm recovery\n\nz\n\
             == wiki/b.md\n---\nkind: runbook\n---\n# B\n\n## Resolution\n\nx\n== wiki/runbooks/c.md\n# C\n\n## Fix\n\nx\n\n## Diagnosis\n\ny\n\
             == wiki/d.md\n---\nkind: runbook\n---\n# D\n\n## Fix other alerts first\n\nx\n\n## Diagnosis\n\ny\n",
        );
    }
}
