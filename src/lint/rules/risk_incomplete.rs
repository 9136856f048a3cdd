//! `risk-incomplete`

use super::outline::{body, is_in_use, parts_about, said};
use super::prelude::*;
use super::table::{Asked, lacks, tables};

pub(super) static RULE: Rule = Rule {
    id: "risk-incomplete",
    family: Family::Change,
    level: Severity::Warning,
    summary: "a risk has no likelihood, impact or mitigation",
    why: "A risk that is only named helps nobody to decide. Tables with a column for the risk are judged, by their \
        columns and rows; below a heading about risks that has no table, the three words must be there. Pages that \
        declare kind: sop, change or rfc are judged; the words no risk or none stand for the whole.",
    repair: "say how likely it is, whom it hurts how much, and what makes it smaller",
    fixes: false,
    check: Check::Page(check),
};

const RISK: &[&str] = &["risk"];
#[rustfmt::skip]
const ASKED: &[Asked] = &[
    Asked { name: "likelihood", stems: &["likel", "probab", "chance"] },
    Asked { name: "impact",     stems: &["impact", "severity", "consequence", "effect"] },
    Asked { name: "mitigation", stems: &["mitigat", "measure", "response", "counter"] },
];
static NONE: LazyLock<Regex> =
    LazyLock::new(|| pattern(r"(?i)\bno (?:known )?risks?\b|^\W*none\b"));

fn check(context: &Context<'_>, subject: &Subject<'_>, found: &mut Vec<Found>) {
    if !is_in_use(subject, &["sop", "change", "rfc"]) {
        return;
    }
    for table in tables(subject, body(subject)).iter().filter(|it| it.column(RISK).is_some()) {
        lacks(context, subject, table, ASKED, found);
    }
    for part in parts_about(subject, RISK) {
        let text = said(subject, part.body).to_lowercase();
        let says_nothing = !text.chars().any(char::is_alphanumeric);
        if says_nothing || NONE.is_match(&text) || !tables(subject, part.body).is_empty() {
            continue;
        }
        let is_said = |asked: &&Asked| !asked.stems.iter().any(|stem| text.contains(stem));
        let absent: Vec<&str> = ASKED.iter().filter(is_said).map(|it| it.name).collect();
        if !absent.is_empty() {
            let message = format!("'{}' says no {}", part.section.heading, absent.join(", no "));
            found.push(subject.found(subject.heading_span(part.section), message));
        }
    }
}

#[cfg(test)]
mod tests {
    use super::RULE;
    use crate::lint::fixture::marked;

    #[test]
    fn a_risk_that_is_only_named_is_found() {
        let messages = marked(
            &RULE,
            "== wiki/a.md\n---\nkind: sop\n---\n# A\n\n\u{ab}| Risk | Likelihood | Impact |\u{bb}\n|---|---|---|\n\u{ab}| data loss | low | |\u{bb}\n\
             == wiki/b.md\n---\nkind: change\n---\n# B\n\n\u{ab}## Risks\u{bb}\n\n- It could break; unlikely.\n",
        );
        assert_eq!(messages[0], "the table has no column for mitigation");
        assert_eq!(messages[1], "the row 'data loss' does not say impact");
        assert_eq!(messages[2], "'Risks' says no impact, no mitigation");
    }

    #[test]
    fn whole_risks_none_and_other_kinds_are_left_alone() {
        marked(
            &RULE,
            "== wiki/a.md\n---\nkind: sop\n---\n# A\n\n### Risks\n\n| Risk | Probability | Severity | Mitigation |\n|---|---|---|---|\n| x | low | high | y |\n\
             == wiki/b.md\n---\nkind: change\n---\n# B\n\n## Risks\n\nNone: it changes a comment.\n== wiki/c.md\n# C\n\n## Risks\n\nMany.\n",
        );
    }
}
