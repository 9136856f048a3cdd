//! `risk-incomplete`

use super::outline::{body, first_line, is_in_use, label, parts_about, said};
use super::prelude::*;
use super::table::{Asked, lacks, tables};

pub(super) static RULE: Rule = Rule {
    id: "risk-incomplete",
    family: Family::Change,
    level: Severity::Warning,
    summary: "a risk has no likelihood, impact or mitigation",
    why: "A risk that is only named helps nobody to decide. Tables with a column for the risk are judged, by their \
        columns and rows; below a heading about risks that has no table, and behind \"Risks:\", the three words must \
        be there. Pages that \
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
/// A line or an item that begins so, with what is indented below it.
static LINE: LazyLock<Regex> =
    LazyLock::new(|| pattern(r"(?im)^[ \t>*+-]*\**risks?\**:[^\n]*(?:\n[ \t]+\S[^\n]*)*"));
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
        let span = subject.heading_span(part.section);
        report(subject, span, &part.section.heading, &text, found);
    }
    let whole = body(subject);
    for hit in LINE.find_iter(&said(subject, whole)) {
        let text = hit.as_str().to_lowercase();
        if !NONE.is_match(&text) {
            let start = whole.start as usize + hit.start();
            let span = first_line(subject, span_of(start, start + hit.len()));
            report(subject, span, &label(subject, span), &text, found);
        }
    }
}

fn report(subject: &Subject<'_>, span: Span, name: &str, text: &str, found: &mut Vec<Found>) {
    let is_absent = |asked: &&Asked| !asked.stems.iter().any(|stem| text.contains(stem));
    let absent: Vec<&str> = ASKED.iter().filter(is_absent).map(|it| it.name).collect();
    if !absent.is_empty() {
        let message = format!("'{name}' says no {}", absent.join(", no "));
        found.push(subject.found(span, message));
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
             == wiki/b.md\n---\nkind: change\n---\n# B\n\n\u{ab}## Risks\u{bb}\n\n- It could break; unlikely.\n\
             == wiki/d.md\n---\nkind: sop\n---\n# D\n\n\u{ab}- **Risks:** it is slow, likely, with little impact.\u{bb}\n- Scope: x\n",
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
