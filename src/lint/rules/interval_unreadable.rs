//! `interval-unreadable`

use crate::diagnostic::Severity;
use crate::lint::rule::{Check, Family, Rule};

pub(super) static RULE: Rule = Rule {
    id: "interval-unreadable",
    family: Family::Document,
    level: Severity::Warning,
    summary: "`review_every` is no interval",
    why: "The kind's usual interval is taken instead, which may be far longer.",
    repair: "write a number with d, w, mo or y, such as 90d",
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
            "== wiki/a.md\n\u{ab}\u{bb}---\nreview_every: often\n---\n# A\n\
             == wiki/b.md\n---\nreview_every: 90d\n---\n# B\n",
        );
    }
}
