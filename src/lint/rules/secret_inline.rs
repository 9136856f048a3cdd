//! `secret-inline`

use super::outline::is_in_use;
use super::prelude::*;
use crate::redaction::unmistakable;

pub(super) static RULE: Rule = Rule {
    id: "secret-inline",
    family: Family::Change,
    level: Severity::Error,
    summary: "a page holds the value of a secret",
    why: "The page is read by everybody, and Git keeps it for good. On every page tokens are found whose vendor is told \
        by their shape, and whole private keys, as redaction knows them; keys of tests and what is cut short are left \
        alone, and so is what the trunk allows. On pages that declare kind: change or sop a name such as password, \
        secret, token or API key that is followed by a value is found too, in code as well; references, variables, \
        placeholders and blanks are left alone. The message never repeats the value.",
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

fn check(context: &Context<'_>, subject: &Subject<'_>, found: &mut Vec<Found>) {
    shaped(context, subject, found);
    named(subject, found);
}

/// What is a secret wherever it stands. Each has its own allowance, if any.
fn shaped(context: &Context<'_>, subject: &Subject<'_>, found: &mut Vec<Found>) {
    let text = subject.text.as_str();
    for it in unmistakable(text) {
        let place = subject.page.path.text();
        let sight = context.inputs.allowances.as_ref().map(|all| all.sight(&place));
        let stands = sight.is_some_and(|mut all| all.stays(&it.rule, &text[it.start..it.end]));
        if !stands {
            let message = format!("a value of kind {} stands here ({})", it.kind, it.rule);
            found.push(subject.found(span_of(it.start, it.end), message));
        }
    }
}

fn named(subject: &Subject<'_>, found: &mut Vec<Found>) {
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
    use crate::allowance::{Allowance, Allowances, SALT, Seal};
    use crate::lint::fixture::{Memory, findings, marked};

    #[test]
    fn a_value_is_found_and_not_repeated() {
        let messages = marked(
            &RULE,
            "== wiki/a.md\n---\nkind: change\n---\n# A\n\n```sh\nexport \u{ab}DB_PASSWORD\u{bb}=tr0ub4dor\n```\n\nThe \u{ab}api_key\u{bb}: \"ab12cd34ef\"\n",
        );
        assert_eq!(messages[0], "a value stands behind 'DB_PASSWORD'");
        assert!(messages.iter().all(|it| !it.contains("tr0ub4dor") && !it.contains("ab12")));
    }

    /// Drawn by hand and in parts, so that no scanner takes it for a token.
    fn token() -> String {
        ["ghp", "_aB3dE5gH7jK9mN1pQ", "3sT5vX7zA9cD1fG2hJ4"].concat()
    }

    #[test]
    fn a_token_is_found_on_every_page_by_its_shape() {
        let text =
            format!("== wiki/a.md\n# A\n\n```sh\ncurl -H \"x: \u{ab}{}\u{bb}\"\n```\n", token());
        let messages = marked(&RULE, &text);
        assert_eq!(messages, ["a value of kind GITHUB_TOKEN stands here (github-token)"]);
    }

    #[test]
    fn what_the_trunk_allows_stands_there_and_nowhere_else() {
        let page = format!("# A\n\n{}\n", token());
        let mut memory = Memory::new(&format!("== wiki/a.md\n{page}\n== wiki/b.md\n{page}"));
        let allowance = Allowance {
            id: "X-010101010101".parse().unwrap(),
            rule: "github-token".to_owned(),
            path: "wiki/a.md".to_owned(),
            seal: Seal::of([7; SALT], ["github-token", "wiki/a.md", &token()]).unwrap(),
            why: "published".to_owned(),
            by: "human:ada".to_owned(),
            at: "2026-01-01T00:00:00Z".parse().unwrap(),
            until: "2026-12-31".parse().unwrap(),
        };
        memory.inputs.allowances =
            Some(Allowances::on("2026-06-01".parse().unwrap(), vec![allowance]));
        let found = findings(&RULE, &memory);
        let found: Vec<_> = found.iter().map(|it| it.path.text().into_owned()).collect();
        assert_eq!(found, ["wiki/b.md"]);
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
