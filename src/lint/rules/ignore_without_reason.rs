//! `ignore-without-reason`

use super::prelude::*;

pub(in crate::lint) static RULE: Rule = Rule {
    id: "ignore-without-reason",
    family: Family::Ignore,
    level: Severity::Error,
    summary: "a comment that ignores a finding gives no reason",
    why: "The next reader must know whether the reason still holds. Without one the comment ignores nothing.",
    repair: "write the reason: <!-- prode-ignore RULE: reason -->",
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
            "== wiki/a.md\n# A\n\n\u{ab}<!-- prode-ignore link-broken -->\u{bb}\nx\n\n<!-- prode-ignore link-broken: made at release -->\ny\n\
             == wiki/b.md\n# B\n\n`<!-- prode-ignore link-broken -->`\n",
        );
    }
}
