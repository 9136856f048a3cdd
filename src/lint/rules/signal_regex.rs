//! `signal-regex`

use crate::diagnostic::Severity;
use crate::lint::rule::{Check, Family, Rule};

pub(super) static RULE: Rule = Rule {
    id: "signal-regex",
    family: Family::Document,
    level: Severity::Warning,
    summary: "a signal's regular expression does not compile",
    why: "It matches nothing, so the alert or the error that it was written for does not find \
        this page.",
    repair: "mend the expression; the syntax is that of Rust's regex crate, without look-around",
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
            "== wiki/a.md\n\u{ab}\u{bb}---\nsignals:\n  - regex: '('\n---\n# A\n\
             == wiki/b.md\n---\nsignals:\n  - regex: 'a+'\n---\n# B\n",
        );
    }
}
