//! `decision-without-rationale`

use super::outline::{first_line, is_in_use, items, label, parts_about};
use super::prelude::*;
use super::table::{Asked, lacks, tables};

pub(super) static RULE: Rule = Rule {
    id: "decision-without-rationale",
    family: Family::Work,
    level: Severity::Warning,
    summary: "notes keep a decision and not its reason",
    why: "The next person decides again, without knowing what was known. Below a heading about decisions each row \
        fills in why, and each item says because, since, so that, instead of, or goes on behind a colon. Pages that \
        declare kind: work-notes, plan, phase-spec or handoff are judged.",
    repair: "write why, and what was decided against",
    fixes: false,
    check: Check::Page(check),
};

const ASKED: &[Asked] =
    &[Asked { name: "why", stems: &["why", "reason", "rationale", "because", "ground"] }];
static REASON: LazyLock<Regex> = LazyLock::new(|| {
    pattern(
        r"(?i)\b(?:because|since|so that|as|instead of|rather than|in order to|to (?:keep|avoid|be able)|due to|rationale|reason|why)\b|[:\u{2014};]\s",
    )
});

fn check(context: &Context<'_>, subject: &Subject<'_>, found: &mut Vec<Found>) {
    if !is_in_use(subject, &["work-notes", "plan", "phase-spec", "handoff"]) {
        return;
    }
    for part in parts_about(subject, &["decision"]) {
        let tables = tables(subject, part.body);
        for table in &tables {
            lacks(context, subject, table, ASKED, found);
        }
        let items = if tables.is_empty() { items(subject, part.body) } else { Vec::new() };
        for item in items.into_iter().filter(|item| !REASON.is_match(subject.slice(*item))) {
            let message = format!("'{}' does not say why", label(subject, item));
            found.push(subject.found(first_line(subject, item), message));
        }
    }
}

#[cfg(test)]
mod tests {
    use super::RULE;
    use crate::lint::fixture::marked;

    #[test]
    fn a_decision_without_its_reason_is_found() {
        let messages = marked(
            &RULE,
            "== wiki/a.md\n---\nkind: work-notes\n---\n# A\n\n## Decisions\n\n| Date | Decision | Why |\n|---|---|---|\n\u{ab}| 2026-10-02 | use x | |\u{bb}\n\
             == wiki/b.md\n---\nkind: work-notes\n---\n# B\n\n## Decisions\n\n\u{ab}- We use x\u{bb}\n- We use y because z\n",
        );
        assert_eq!(messages[1], "'We use x' does not say why");
    }

    #[test]
    fn reasons_and_other_kinds_are_left_alone() {
        marked(
            &RULE,
            "== wiki/a.md\n---\nkind: work-notes\n---\n# A\n\n## Decisions\n\n| Date | Decision | Rationale |\n|---|---|---|\n| 2026-10-02 | x | y |\n\
             == wiki/b.md\n# B\n\n## Decisions\n\n- We use x\n",
        );
    }
}
