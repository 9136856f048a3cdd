//! `oversize`

use crate::diagnostic::Severity;
use crate::lint::rule::{Check, Family, Rule};

pub(super) static RULE: Rule = Rule {
    id: "oversize",
    family: Family::Document,
    level: Severity::Warning,
    summary: "the file is too large to be read",
    why: "It is listed and not searched.",
    repair: "split it, or keep it outside the roots",
    fixes: false,
    check: Check::Reading,
};

#[cfg(test)]
mod tests {
    use super::RULE;
    use crate::lint::fixture::marked;

    #[test]
    fn a_file_above_the_limit_is_found() {
        let big = "x".repeat(5_000_001);
        marked(&RULE, &format!("== wiki/a.md\n\u{ab}\u{bb}{big}\n== wiki/b.md\n# B\n"));
    }
}
