//! `dry-run-missing`

use super::key_place::of_key;
use super::outline::{body, is_in_use, said};
use super::prelude::*;

pub(super) static RULE: Rule = Rule {
    id: "dry-run-missing",
    family: Family::Change,
    level: Severity::Warning,
    summary: "a change does not refer to a dry run",
    why: "The first run should not be the one that counts. A page that declares kind: change names a dry run, a plan, \
        a preview or a rehearsal, in words or as a command's option, or says where it was tried first, or why it \
        cannot be.",
    repair: "link the dry run and what it said, or say why there can be none",
    fixes: false,
    check: Check::Page(check),
};

static DRY: LazyLock<Regex> = LazyLock::new(|| {
    pattern(
        r"(?i)\bdry[- ]?run|--(?:dry-run|check|diff|noop|what-?if|preview|simulate)\b|\bterraform plan\b|\bplan output\b|\bpreview|\brehears|\bsimulat|\bwhat-if\b|\bstaging\b|\bcanary\b|\bexplain\b|\btried (?:first )?(?:on|in)\b|kubectl diff",
    )
});

fn check(_: &Context<'_>, subject: &Subject<'_>, found: &mut Vec<Found>) {
    if is_in_use(subject, &["change"]) && !DRY.is_match(&said(subject, body(subject))) {
        found.push(of_key(subject, "kind", "it refers to no dry run"));
    }
}

#[cfg(test)]
mod tests {
    use super::RULE;
    use crate::lint::fixture::marked;

    #[test]
    fn a_first_run_that_counts_is_found() {
        marked(
            &RULE,
            "== wiki/a.md\n---\n\u{ab}kind: change\u{bb}\n---\n# A\n\nRaise the limit.\n\
             == wiki/b.md\n---\nkind: change\n---\n# B\n\nThe [dry run](b.txt) said 3 rows.\n\
             == wiki/c.md\n---\nkind: change\n---\n# C\n\n`apply --dry-run=server`\n== wiki/d.md\n# D\n",
        );
    }
}
