//! `signal-unknown`

use crate::diagnostic::Severity;
use crate::lint::rule::{Check, Family, Rule};

pub(super) static RULE: Rule = Rule {
    id: "signal-unknown",
    family: Family::Document,
    level: Severity::Warning,
    summary: "a signal is neither alert, error nor regex",
    why: "It is left out, and what it was written for does not find this page.",
    repair: "write alert:, error: or regex: before the value",
    fixes: false,
    check: Check::Reading,
};

#[cfg(test)]
mod tests {
    use super::RULE;
    use crate::lint::fixture::marked;

    #[test]
    fn what_reading_reports_is_found() {
        marked(
            &RULE,
            "== wiki/a.md\n\u{ab}\u{bb}---\nsignals:\n  - smell: x\n---\n# A\n\
             == wiki/b.md\n---\nsignals:\n  - alert: X\n---\n# B\n",
        );
    }
}
