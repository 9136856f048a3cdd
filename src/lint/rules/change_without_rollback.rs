//! `change-without-rollback`

use std::sync::LazyLock;

use regex::Regex;

use super::key_place::of_key;
use crate::diagnostic::Severity;
use crate::lint::context::Context;
use crate::lint::finding::Found;
use crate::lint::rule::{Check, Family, Rule};
use crate::lint::subject::Subject;

pub(super) static RULE: Rule = Rule {
    id: "change-without-rollback",
    family: Family::Work,
    level: Severity::Error,
    summary: "a change does not say how it is taken back",
    why: "The moment to think of it is before. A change says how to roll back, or that it only \
        goes forward and why. Pages that declare kind: change are judged by what they hold, not \
        by their headings.",
    repair: "write the rollback, or: no rollback: forward-fix only, because …",
    fixes: false,
    check: Check::Page(check),
};

static SAID: LazyLock<Regex> = LazyLock::new(|| {
    Regex::new(r"(?i)roll(?:ing|ed)?[ -]?back|revert|undo|restore|forward[ -]fix|roll(?:ing|ed)? forward|back ?out")
        .expect("a fixed pattern that a test compiles")
});

fn check(_: &Context<'_>, subject: &Subject<'_>, found: &mut Vec<Found>) {
    let is_change =
        subject.facts.kind == "change" && !subject.facts.archived && !subject.facts.draft;
    let body = &subject.text.as_str()[subject.document.front.body_start as usize..];
    if is_change && !SAID.is_match(body) {
        found.push(of_key(subject, "kind", "it does not say how the change is taken back"));
    }
}

#[cfg(test)]
mod tests {
    use super::RULE;
    use crate::lint::fixture::marked;

    #[test]
    fn a_change_without_a_way_back_is_found() {
        marked(
            &RULE,
            "== wiki/a.md\n---\n\u{ab}kind: change\u{bb}\n---\n# A\n\nRaise the limit.\n\
             == wiki/b.md\n---\nkind: change\n---\n# B\n\nNo rollback: forward-fix only, because the data is new.\n\
             == wiki/c.md\n# C\n\nRaise the limit.\n",
        );
    }
}
