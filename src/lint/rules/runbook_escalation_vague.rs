//! `runbook-escalation-vague`

use super::outline::{is_in_use, parts_about, said};
use super::prelude::*;
use super::shapes::tells_at;
use crate::template::{Content, Need};

pub(super) static RULE: Rule = Rule {
    id: "runbook-escalation-vague",
    family: Family::Runbook,
    level: Severity::Warning,
    summary: "a runbook does not say after what, or to whom, to escalate",
    why: "Without a number people wait too long, without a name they wake the wrong one. What stands below a heading \
        about escalation names a condition with a number (after 15 minutes, above 5 %) and a contact (a person, a \
        team, a channel, an address, a pager). Pages that declare kind: runbook are judged; one without such a \
        heading is judged by `runbook-without-contact`.",
    repair: "write: if … for 15 minutes, call @team",
    fixes: false,
    check: Check::Page(check),
};

const ESCALATION: &[&str] = &["escalat", "when to call", "whom to call", "who to call"];
static PAGER: LazyLock<Regex> = LazyLock::new(|| {
    pattern(
        r"(?i)pagerduty|opsgenie|on-?call|rotation|slack|hotline|support (?:case|ticket)|https?://",
    )
});

fn check(context: &Context<'_>, subject: &Subject<'_>, found: &mut Vec<Found>) {
    if !is_in_use(subject, &["runbook"]) {
        return;
    }
    for part in parts_about(subject, ESCALATION) {
        let text = said(subject, part.body);
        let content = Content::read(&text, false);
        if content.is_empty() || tells_at(context, subject, part.section) {
            continue;
        }
        let has_contact = content.holds(Need::Contact, &[]) || PAGER.is_match(&text);
        let mut lacks = Vec::new();
        lacks.extend((!content.holds(Need::Condition, &[])).then_some("a condition with a number"));
        lacks.extend((!has_contact).then_some("whom to call"));
        if !lacks.is_empty() {
            let message = format!("'{}' lacks {}", part.section.heading, lacks.join(" and "));
            found.push(subject.found(subject.heading_span(part.section), message));
        }
    }
}

#[cfg(test)]
mod tests {
    use super::RULE;
    use crate::lint::fixture::marked;

    #[test]
    fn escalation_without_number_or_name_is_found() {
        let messages = marked(
            &RULE,
            "== wiki/a.md\n---\nkind: runbook\n---\n# A\n\n\u{ab}## When to escalate\u{bb}\n\nIf it does not help, escalate.\n\
             == wiki/b.md\n---\nkind: runbook\n---\n# B\n\n\u{ab}## Escalation\u{bb}\n\nCall @payments.\n",
        );
        assert_eq!(
            messages[0],
            "'When to escalate' lacks a condition with a number and whom to call"
        );
        assert_eq!(messages[1], "'Escalation' lacks a condition with a number");
    }

    #[test]
    fn a_number_and_a_name_are_enough() {
        marked(
            &RULE,
            "== wiki/a.md\n---\nkind: runbook\n---\n# A\n\n## Escalation\n\nAfter 15 minutes, page the payments rotation.\n\
             == wiki/b.md\n---\nkind: runbook\n---\n# B\n\n## Escalate\n\n| If | Then |\n|---|---|\n| above 5 % | @dba |\n\
             == wiki/c.md\n# C\n\n## Escalation\n\nx\n",
        );
    }
}
