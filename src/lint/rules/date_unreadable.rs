//! `date-unreadable`

use crate::diagnostic::Severity;
use crate::lint::rule::{Check, Family, Rule};

pub(super) static RULE: Rule = Rule {
    id: "date-unreadable",
    family: Family::Document,
    level: Severity::Warning,
    summary: "a date in the metadata is no date",
    why: "A review whose day cannot be read counts as none.",
    repair: "write it as 2026-10-02",
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
            "== wiki/a.md\n\u{ab}\u{bb}---\nreviewed: soon\n---\n# A\n\
             == wiki/b.md\n---\nreviewed: 2026-10-02\n---\n# B\n",
        );
    }
}
