//! `runbook-without-contact`

use super::prelude::*;

pub(super) static RULE: Rule = Rule {
    id: "runbook-without-contact",
    family: Family::Runbook,
    level: Severity::Info,
    summary: "a runbook does not say whom to call",
    why: "When its steps do not help, whoever follows it stands alone. A person, a team, a \
        channel, an address, a pager or the word escalate is enough; a page whose owner is \
        known is not enough, since owners are not on call.",
    repair: "say when to escalate, and to whom",
    fixes: false,
    check: Check::Page(check),
};

static CONTACT: LazyLock<Regex> = LazyLock::new(|| {
    pattern(
        r"(?i)escalat|on-?call|page the|pagerduty|opsgenie|slack|teams channel|hotline|support (?:case|ticket|team)|contact|(?:^|[\s(`])[@#][a-z][\w/-]{2,}|\b[\w.+-]+@[\w-]+\.\w+",
    )
});

fn check(_: &Context<'_>, subject: &Subject<'_>, found: &mut Vec<Found>) {
    let is_declared =
        subject.page.front.kind.as_deref().is_some_and(|it| it.eq_ignore_ascii_case("runbook"));
    if !is_declared || subject.facts.archived || subject.facts.draft {
        return;
    }
    let body = &subject.text.as_str()[subject.document.front.body_start as usize..];
    if !CONTACT.is_match(body) {
        found
            .push(subject.found_in_file("it does not say whom to call when the steps do not help"));
    }
}

#[cfg(test)]
mod tests {
    use super::RULE;
    use crate::lint::fixture::marked;

    #[test]
    fn a_runbook_that_names_nobody_is_found() {
        marked(
            &RULE,
            "== wiki/a.md\n\u{ab}\u{bb}---\nkind: runbook\n---\n# A\n\nRestart it.\n\
             == wiki/b.md\n---\nkind: runbook\n---\n# B\n\nAfter 15 minutes, call `@payments`.\n\
             == wiki/runbooks/c.md\n# C\n\nRestart it.\n",
        );
    }
}
