//! `signal-too-many`

use crate::diagnostic::Severity;
use crate::lint::rule::{Check, Family, Rule};

pub(super) static RULE: Rule = Rule {
    id: "signal-too-many",
    family: Family::Document,
    level: Severity::Warning,
    summary: "a page has more signals than are read",
    why: "What is above the limit is left out.",
    repair: "split the page, or keep the signals that tell it from others",
    fixes: false,
    check: Check::Reading,
};

#[cfg(test)]
mod tests {
    use super::RULE;
    use crate::lint::fixture::marked;

    #[test]
    fn the_limit_is_reported() {
        let many: String =
            (0..5_000).map(|n| format!("  - alert: A{n}\n")).collect::<Vec<_>>().concat();
        marked(&RULE, &format!("== wiki/a.md\n\u{ab}\u{bb}---\nsignals:\n{many}---\n# A\n"));
        marked(&RULE, "== wiki/a.md\n---\nsignals:\n  - alert: A\n---\n# A\n");
    }
}
