//! `secret-without-reader`

use super::outline::{body, first_line, is_in_use, items, label, parts_about, said};
use super::prelude::*;
use super::table::{Asked, lacks, tables};

pub(super) static RULE: Rule = Rule {
    id: "secret-without-reader",
    family: Family::Change,
    level: Severity::Warning,
    summary: "a change names a secret and not who reads it",
    why: "A reference that the running principal may not read is an outage, and one that too many may read is a leak. \
        Below a heading about secrets each row fills in who reads it, and each item says it (read by, role, \
        account, principal, @team); without such a heading each reference to a store of secrets is found where the page \
        names no reader at all. Pages that declare kind: change are judged; \"no secrets\" stands for the whole.",
    repair: "name the principal that reads it",
    fixes: false,
    check: Check::Page(check),
};

#[rustfmt::skip]
const ASKED: &[Asked] = &[
    Asked { name: "the reference",  stems: &["reference", "where", "path", "kept", "location"] },
    Asked { name: "who reads it",   stems: &["read", "principal", "used by", "consumer", "role"] },
];
static READER: LazyLock<Regex> = LazyLock::new(|| {
    pattern(r"(?i)\bread(?:s|able)?\b|\bprincipal|\brole\b|\baccount\b|\bidentity\b|(?:^|\s|`)@\w")
});
/// A reference to where a secret is kept.
static REFERENCE: LazyLock<Regex> = LazyLock::new(|| {
    pattern(
        r"(?i)\bvault:[\w/-]+|\bop://\S+|arn:aws:secretsmanager:\S+|\bsecretKeyRef\b|\bssm:/\S+|projects/[\w-]+/secrets/[\w-]+",
    )
});
static NONE: LazyLock<Regex> =
    LazyLock::new(|| pattern(r"(?i)\b(?:no|without) secrets?\b|^\W*none\b"));

fn check(context: &Context<'_>, subject: &Subject<'_>, found: &mut Vec<Found>) {
    if !is_in_use(subject, &["change"]) {
        return;
    }
    let parts = parts_about(subject, &["secret", "credential"]);
    if parts.is_empty() && !READER.is_match(subject.visible()) {
        for hit in REFERENCE.find_iter(&said(subject, body(subject))) {
            let start = body(subject).start as usize + hit.start();
            let message = format!("nothing says who reads '{}'", hit.as_str());
            found.push(subject.found(span_of(start, start + hit.len()), message));
        }
    }
    for part in parts {
        let text = said(subject, part.body);
        let tables = tables(subject, part.body);
        for table in &tables {
            lacks(context, subject, table, ASKED, found);
        }
        if !tables.is_empty() || NONE.is_match(&text) {
            continue;
        }
        for item in items(subject, part.body) {
            if !READER.is_match(subject.slice(item)) {
                let message = format!("'{}' does not say who reads it", label(subject, item));
                found.push(subject.found(first_line(subject, item), message));
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::RULE;
    use crate::lint::fixture::marked;

    #[test]
    fn a_secret_that_nobody_reads_is_found() {
        let messages = marked(
            &RULE,
            "== wiki/a.md\n---\nkind: change\n---\n# A\n\n## Secrets\n\n| Secret | Reference | Read by |\n|---|---|---|\n\u{ab}| db | `vault:kv/db` | |\u{bb}\n\
             == wiki/b.md\n---\nkind: change\n---\n# B\n\n## Secrets\n\n\u{ab}- `vault:kv/db`\u{bb}\n\
             == wiki/d.md\n---\nkind: change\n---\n# D\n\n```sh\nrun --with \u{ab}vault:kv/db\u{bb}\n```\n",
        );
        assert_eq!(messages[0], "the row 'db' does not say who reads it");
        assert_eq!(messages[1], "'`vault:kv/db`' does not say who reads it");
    }

    #[test]
    fn a_reader_or_no_secrets_is_left_alone() {
        marked(
            &RULE,
            "== wiki/a.md\n---\nkind: change\n---\n# A\n\n## Secrets\n\n| Secret | Reference | Read by |\n|---|---|---|\n| db | `vault:kv/db` | the worker's role |\n\
             == wiki/b.md\n---\nkind: change\n---\n# B\n\n## Secrets\n\nThere are no secrets.\n\n- x\n== wiki/c.md\n# C\n\n## Secrets\n\n- x\n",
        );
    }
}
