//! `ignore-unknown-rule`

use super::prelude::*;

pub(in crate::lint) static RULE: Rule = Rule {
    id: "ignore-unknown-rule",
    family: Family::Ignore,
    level: Severity::Warning,
    summary: "a comment ignores a rule that is not there",
    why: "The rule was renamed or mistyped, and its finding is reported again.",
    repair: "write one of the rules that prode lint --explain lists",
    fixes: false,
    check: Check::Engine,
};

#[cfg(test)]
mod tests {
    use super::RULE;
    use crate::lint::fixture::marked;

    #[test]
    fn the_comment_is_found() {
        marked(
            &RULE,
            "== wiki/a.md\n# A\n\n\u{ab}<!-- prode-ignore link-brokn: x -->\u{bb}\nx\n\n<!-- prode-ignore link-broken: x -->\ny\n\
             == wiki/b.md\n# B\n\n`<!-- prode-ignore link-brokn: x -->` <!-- prode: x -->\n",
        );
    }
}
