//! `definition-of-done-missing`

use super::key_place::of_key;
use super::outline::{is_in_use, parts, prose, said};
use super::prelude::*;
use super::shapes::tells;

pub(super) static RULE: Rule = Rule {
    id: "definition-of-done-missing",
    family: Family::Change,
    level: Severity::Warning,
    summary: "a procedure or a plan does not say when it is over",
    why: "Work without an end is dropped, not finished. Something stands below a heading about done, acceptance or \
        exit criteria, or a sentence says \"done when\". Pages that declare kind: sop or plan are judged.",
    repair: "add a definition of done that a stranger can check",
    fixes: false,
    check: Check::Page(check),
};

const DONE: &[&str] = &[
    "definition of done",
    "done when",
    "done ",
    "acceptance",
    "exit criteria",
    "success criteria",
];
static SAID: LazyLock<Regex> = LazyLock::new(|| {
    pattern(
        r"(?i)definition of done|\bdone (?:when|if|once)\b|\b(?:is|are) done\b|acceptance criteria|\bover when\b",
    )
});

fn check(context: &Context<'_>, subject: &Subject<'_>, found: &mut Vec<Found>) {
    if !is_in_use(subject, &["sop", "plan"]) {
        return;
    }
    let says = |text: String| text.chars().any(char::is_alphanumeric);
    let is_below =
        parts(subject).iter().any(|part| part.is_about(DONE) && says(said(subject, part.body)));
    let is_told = tells(context, subject, &["definition of done", "gate 4"]);
    if !is_below && !is_told && !SAID.is_match(&prose(subject)) {
        found.push(of_key(subject, "kind", "it does not say when it is done"));
    }
}

#[cfg(test)]
mod tests {
    use super::RULE;
    use crate::lint::fixture::marked;

    #[test]
    fn work_without_an_end_is_found() {
        marked(
            &RULE,
            "== wiki/a.md\n---\n\u{ab}kind: sop\u{bb}\n---\n# A\n\n## Definition of done\n\n<!-- later -->\n== wiki/b.md\n---\n\u{ab}kind: plan\u{bb}\n---\n# B\n\nDo it.\n",
        );
    }

    #[test]
    fn an_end_in_any_form_is_left_alone() {
        marked(
            &RULE,
            "== wiki/a.md\n---\nkind: sop\n---\n# A\n\n## PR\n\n### Definition of Done\n\n- [ ] x\n== wiki/b.md\n---\nkind: plan\n---\n# B\n\nIt is done when x.\n\
             == wiki/c.md\n# C\n\nx\n",
        );
    }
}
