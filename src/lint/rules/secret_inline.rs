//! `secret-inline`

use super::inline::{self, Sort};
use super::prelude::*;

pub(super) static RULE: Rule = Rule {
    id: "secret-inline",
    family: Family::Security,
    level: Severity::Error,
    summary: "a page holds the value of a secret",
    why: "The page is read by everybody, and Git keeps it for good. What redaction calls a secret is found: tokens by \
        their shape, names such as password followed by a value, headers, URLs with credentials, key blocks, in code \
        and encoded too. References, variables and placeholders are left alone; the message never repeats the value. \
        A key block or a quote that does not end is found, since nobody can say where the secret ends.",
    repair: "rotate the secret, and write where it is kept instead",
    fixes: false,
    check: Check::Page(check),
};

fn check(_: &Context<'_>, subject: &Subject<'_>, found: &mut Vec<Found>) {
    inline::find(subject, Sort::Secret, found);
}

#[cfg(test)]
mod tests {
    use super::RULE;
    use crate::lint::fixture::marked;

    #[test]
    fn a_value_is_found_and_not_repeated() {
        let messages = marked(
            &RULE,
            "== wiki/a.md\n# A\n\n```sh\nexport DB_PASSWORD=\u{ab}tr0ub4dor\u{bb}\n```\n\nThe api_key: \"\u{ab}ab12cd34ef\u{bb}\"\n",
        );
        assert_eq!(messages[0], "a value of kind PASSWORD stands here (named-value)");
        assert!(messages.iter().all(|it| !it.contains("tr0ub4dor") && !it.contains("ab12")));
    }

    #[test]
    fn references_variables_and_words_are_left_alone() {
        marked(
            &RULE,
            "== wiki/a.md\n# A\n\n```sh\nPASSWORD=$DB_PASSWORD1\npassword: vault:kv/db1\ntoken=<token-1>\nsecret: ${X1}\n```\n\nThe token: expires soon. token=ssm:/a/b1\n",
        );
    }

    #[test]
    fn a_block_that_does_not_end_is_found() {
        let messages = marked(
            &RULE,
            "== wiki/a.md\n# A\n\n\u{ab}--\u{bb}---BEGIN RSA PRIVATE KEY-----\nabc\n",
        );
        assert!(messages[0].contains("does not end"), "{messages:?}");
    }
}
