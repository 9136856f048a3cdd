//! `adr-date-missing`

use super::decisions::all;
use super::prelude::*;
use crate::adr::AdrStatus;

pub(super) static RULE: Rule = Rule {
    id: "adr-date-missing",
    family: Family::Adr,
    level: Severity::Info,
    summary: "a decision does not say when it was made",
    why: "A reader cannot tell whether it was made before or after what changed. Drafts and \
        proposals are left alone; the day may stand in the file's name.",
    repair: "add date: to the front matter, or a line Date:",
    fixes: false,
    check: Check::Memory(check),
};

fn check(context: &Context<'_>, found: &mut Vec<Found>) {
    for (page, record) in all(context) {
        let is_open = matches!(record.status, None | Some(AdrStatus::Draft | AdrStatus::Proposed));
        if record.date.is_none() && !is_open {
            found.push(Found::in_file(&page.path, "the decision has no date"));
        }
    }
}

#[cfg(test)]
mod tests {
    use super::RULE;
    use crate::lint::fixture::marked;

    #[test]
    fn a_decision_without_a_day_is_found() {
        marked(
            &RULE,
            "== adr/0001-a.md\n\u{ab}\u{bb}# 1. A\n\n## Status\n\nAccepted\n\n## Decision\n\
             == adr/0002-b.md\n# 2. B\n\nDate: 2026-01-02\n\n## Status\n\nAccepted\n\n## Decision\n\
             == adr/0003-c.md\n# 3. C\n\n## Status\n\nProposed\n\n## Decision\n",
        );
    }
}
