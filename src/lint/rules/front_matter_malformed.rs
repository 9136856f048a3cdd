//! `front-matter-malformed`

use crate::diagnostic::Severity;
use crate::lint::rule::{Check, Family, Rule};

pub(super) static RULE: Rule = Rule {
    id: "front-matter-malformed",
    family: Family::Document,
    level: Severity::Error,
    summary: "the metadata at the top cannot be read",
    why: "Everything that it says is lost: title, owner, services, signals. The text below is \
        still found.",
    repair: "mend the YAML at that line; quote a value that holds ': ' or begins with a sign",
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
            "== wiki/a.md\n\u{ab}\u{bb}---\ntitle: [a\n---\n# A\n\
             == wiki/b.md\n---\ntitle: a\n---\n# B\n",
        );
    }
}
