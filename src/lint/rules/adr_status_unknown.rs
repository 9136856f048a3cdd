//! `adr-status-unknown`

use super::decisions::all;
use super::prelude::*;
use crate::adr::AdrStatus;

pub(super) static RULE: Rule = Rule {
    id: "adr-status-unknown",
    family: Family::Adr,
    level: Severity::Warning,
    summary: "a decision's status is none of the six",
    why: "draft, proposed, accepted, rejected, deprecated, superseded: filters and warnings know \
        these. Another word is shown as written and never guessed. `lint.accept_unknown_status` \
        turns this off.",
    repair: "write one of draft, proposed, accepted, rejected, deprecated, superseded",
    fixes: false,
    check: Check::Memory(check),
};

fn check(context: &Context<'_>, found: &mut Vec<Found>) {
    if context.inputs.accept_unknown_status {
        return;
    }
    for (page, record) in all(context) {
        if let Some(AdrStatus::Unknown(written)) = &record.status {
            let short: String = written.chars().take(60).collect();
            found.push(Found::in_file(&page.path, format!("the status '{short}' is not known")));
        }
    }
}

#[cfg(test)]
mod tests {
    use super::RULE;
    use crate::lint::fixture::marked;

    #[test]
    fn another_word_is_found() {
        marked(
            &RULE,
            "== adr/0001-a.md\n\u{ab}\u{bb}# 1. A\n\n## Status\n\nApproved\n\n## Decision\n\
             == adr/0002-b.md\n# 2. B\n\n## Status\n\nAccepted on Monday\n\n## Decision\n",
        );
    }
}
