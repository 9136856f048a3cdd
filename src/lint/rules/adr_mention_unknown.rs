//! `adr-mention-unknown`

use super::decisions::all;
use super::prelude::*;
use crate::corpus::{MissingReason, Target};

pub(super) static RULE: Rule = Rule {
    id: "adr-mention-unknown",
    family: Family::Adr,
    level: Severity::Warning,
    summary: "text mentions a decision whose number no log has",
    why: "The number was mistyped, or the decision lives in another repository and should be a \
        link. Where no decision has a number nothing is judged.",
    repair: "mend the number, or link to where the decision lives",
    fixes: false,
    check: Check::Page(check),
};

fn check(context: &Context<'_>, subject: &Subject<'_>, found: &mut Vec<Found>) {
    for link in &subject.document.links {
        let missing =
            Target::Missing { wanted: link.target.clone(), reason: MissingReason::NoDecision };
        let target = context.resolve(subject.page, link);
        let is_missing = matches!(
            (&target, &missing),
            (Target::Missing { reason: a, .. }, Target::Missing { reason: b, .. }) if a == b
        );
        if is_missing && all(context).any(|(_, record)| record.number.is_some()) {
            found.push(
                subject.found(link.span, format!("no decision has the number {}", link.target)),
            );
        }
    }
}

#[cfg(test)]
mod tests {
    use super::RULE;
    use crate::lint::fixture::marked;

    #[test]
    fn a_number_that_no_log_has_is_found() {
        marked(
            &RULE,
            "== wiki/a.md\n# A\n\nSee \u{ab}ADR-9\u{bb} and ADR-1, `ADR-8`.\n== adr/0001-a.md\n# 1. A\n\n## Decision\n",
        );
    }

    #[test]
    fn without_decisions_nothing_is_judged() {
        marked(&RULE, "== wiki/a.md\n# A\n\nSee ADR-9.\n");
    }
}
