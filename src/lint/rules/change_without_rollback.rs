//! `change-without-rollback`

use super::key_place::of_key;
use super::outline::{body, is_in_use, said};
use super::prelude::*;

pub(super) static RULE: Rule = Rule {
    id: "change-without-rollback",
    family: Family::Change,
    level: Severity::Error,
    summary: "a change or a procedure does not say how it is taken back",
    why: "The moment to think of it is before. A change says how to roll back, or that it only goes forward and why. \
        Pages that declare kind: change or sop are judged by what they hold, not by their headings.",
    repair: "write the rollback, or: no rollback: forward-fix only, because …",
    fixes: false,
    check: Check::Page(check),
};

static SAID: LazyLock<Regex> = LazyLock::new(|| {
    pattern(
        r"(?i)roll(?:ing|ed)?[ -]?back|revert|undo|restore|forward[ -]fix|roll(?:ing|ed)? forward|back ?out",
    )
});
/// The words that stand for a rollback, and what follows them.
static NONE: LazyLock<Regex> = LazyLock::new(|| {
    pattern(r"(?i)\bno rollback\b(?:\W*forward[ -]fix only)?([^\n]*(?:\n[^\n#]+)*)")
});

fn check(_: &Context<'_>, subject: &Subject<'_>, found: &mut Vec<Found>) {
    if !is_in_use(subject, &["change", "sop"]) {
        return;
    }
    let text = said(subject, body(subject));
    if !SAID.is_match(&text) {
        found.push(of_key(subject, "kind", "it does not say how the change is taken back"));
    }
    for hit in NONE.captures_iter(&text) {
        let (Some(whole), Some(reason)) = (hit.get(0), hit.get(1)) else { continue };
        if reason.as_str().split_whitespace().filter(|it| it.len() > 1).count() < 3 {
            let start = subject.document.front.body_start as usize + whole.start();
            let span = span_of(start, start + "no rollback".len());
            found.push(subject.found(span, "it says that there is no rollback, and not why"));
        }
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
             == wiki/c.md\n# C\n\nRaise the limit.\n== wiki/d.md\n---\nkind: sop\n---\n# D\n\n\u{ab}No rollback\u{bb}: forward-fix only.\n",
        );
    }
}
