//! `adr-status-missing`

use super::decisions::all;
use super::prelude::*;

pub(super) static RULE: Rule = Rule {
    id: "adr-status-missing",
    family: Family::Adr,
    level: Severity::Warning,
    summary: "a decision does not say whether it holds",
    why: "Nobody can act on it: it may have been rejected. log4brains takes silence for \
        acceptance, and so do its logs here.",
    repair: "add a status",
    fixes: false,
    check: Check::Memory(check),
};

fn check(context: &Context<'_>, found: &mut Vec<Found>) {
    let silent = all(context).filter(|(_, record)| record.status.is_none());
    found.extend(silent.map(|(page, _)| Found::in_file(&page.path, "the decision has no status")));
}

#[cfg(test)]
mod tests {
    use super::RULE;
    use crate::lint::fixture::marked;

    #[test]
    fn a_decision_without_a_status_is_found() {
        marked(
            &RULE,
            "== adr/0001-a.md\n\u{ab}\u{bb}# 1. A\n\n## Decision\n\nx\n\
             == adr/0002-b.md\n# 2. B\n\n## Status\n\nAccepted\n\n## Decision\n\nx\n",
        );
    }
}
