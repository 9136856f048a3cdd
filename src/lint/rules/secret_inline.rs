//! `secret-inline`

use super::outline::is_in_use;
use super::prelude::*;

pub(super) static RULE: Rule = Rule {
    id: "secret-inline",
    family: Family::Change,
    level: Severity::Error,
    summary: "a change or a procedure holds the value of a secret",
    why: "The page is read by everybody, and Git keeps it for good. A name such as password, secret, token or API key \
        that is followed by a value is found, in code too. References, variables, placeholders and blanks are left \
        alone; the message never repeats the value. Pages that declare kind: change or sop are judged.",
    repair: "rotate the secret, and write where it is kept instead",
    fixes: false,
    check: Check::Page(check),
};

static VALUE: LazyLock<Regex> = LazyLock::new(|| {
    pattern(
        r#"(?i)(?:^|[^a-z0-9])((?:[a-z0-9]+[_-])*(?:password|passwd|pwd|secret|secret[_-]?key|access[_-]?key|api[_-]?key|token|private[_-]?key))["']?(?:\s*[:=]\s*|\s+=\s+)["'`]?([^\s"'`|]{6,})"#,
    )
});
/// What stands for a value: a variable, a placeholder, a place, a name such as
/// `billing-db-2`.
static STAND_IN: LazyLock<Regex> = LazyLock::new(|| {
    pattern(
        r"(?i)^[\[<{$%(*.]|^(?:x{3,}|\*+|redacted|changeme|example|none|null|true|false|required|optional)\b|://|^(?:arn|vault|ssm|op|sops|ref|secret|secrets|env|data|var|local|module|projects|kv|aws|azure|gcp)[:./+]|[/(]|…|^(?-i:[a-z]+(?:[-_.][a-z0-9]+)+)$",
    )
});

fn check(_: &Context<'_>, subject: &Subject<'_>, found: &mut Vec<Found>) {
    if !is_in_use(subject, &["change", "sop"]) {
        return;
    }
    let from = subject.document.front.body_start as usize;
    for hit in VALUE.captures_iter(&subject.text.as_str()[from..]) {
        let (Some(name), Some(value)) = (hit.get(1), hit.get(2)) else { continue };
        if STAND_IN.is_match(value.as_str()) || !is_value(value.as_str()) {
            continue;
        }
        let span = span_of(from + name.start(), from + name.end());
        let message = format!("a value stands behind '{}'", name.as_str());
        found.push(subject.found(span, message));
    }
}

/// A word of plain letters is prose: `token: expires`.
fn is_value(text: &str) -> bool {
    let has = |test: fn(char) -> bool| text.chars().any(test);
    has(|c| c.is_ascii_digit())
        || (has(|c| c.is_ascii_uppercase()) && has(|c| c.is_ascii_lowercase()) && text.len() >= 12)
        || has(|c| "!@#%^&*".contains(c))
}

#[cfg(test)]
mod tests {
    use super::RULE;
    use crate::lint::fixture::marked;

    #[test]
    fn a_value_is_found_and_not_repeated() {
        let messages = marked(
            &RULE,
            "== wiki/a.md\n---\nkind: change\n---\n# A\n\n```sh\nexport \u{ab}DB_PASSWORD\u{bb}=tr0ub4dor\n```\n\nThe \u{ab}api_key\u{bb}: \"ab12cd34ef\"\n",
        );
        assert_eq!(messages[0], "a value stands behind 'DB_PASSWORD'");
        assert!(messages.iter().all(|it| !it.contains("tr0ub4dor") && !it.contains("ab12")));
    }

    #[test]
    fn references_variables_and_words_are_left_alone() {
        marked(
            &RULE,
            "== wiki/a.md\n---\nkind: change\n---\n# A\n\n```sh\nPASSWORD=$DB_PASSWORD1\npassword: vault:kv/db1\ntoken=<token-1>\nsecret: ${X1}\nAPI_KEY=arn:aws:x1\nsecret: billing-db-2\n```\n\nThe token: expires soon. token=ssm:/a/b1\n\
             == wiki/b.md\n# B\n\npassword: tr0ub4dor\n",
        );
    }
}
