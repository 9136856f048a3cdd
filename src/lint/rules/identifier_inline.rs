//! `identifier-inline`

use super::inline::{self, Sort};
use super::prelude::*;

pub(super) static RULE: Rule = Rule {
    id: "identifier-inline",
    family: Family::Security,
    level: Severity::Warning,
    summary: "a page holds what names a person or a machine",
    why: "A wiki keeps what it holds for good, and everybody reads it. Mail addresses, phone and card numbers, accounts, \
        national ids, IP and MAC addresses and users of home folders are found as redaction finds them. Documentation \
        ranges, example domains, loopback, and front matter (owners) are left alone.",
    repair: "take it out, or write an example in its place: user@example.com, 192.0.2.1",
    fixes: false,
    check: Check::Page(check),
};

fn check(_: &Context<'_>, subject: &Subject<'_>, found: &mut Vec<Found>) {
    inline::find(subject, Sort::Identifier, found);
}

#[cfg(test)]
mod tests {
    use super::RULE;
    use crate::lint::fixture::marked;

    #[test]
    fn addresses_are_found_and_examples_and_owners_are_not() {
        let messages = marked(
            &RULE,
            "== wiki/a.md\n---\nowner: ott@team.bzh\n---\n# A\n\nAsk \u{ab}ott@team.bzh\u{bb}, not me@example.com, at 192.0.2.1.\n",
        );
        assert_eq!(messages[0], "a value of kind EMAIL stands here (email)");
    }
}
