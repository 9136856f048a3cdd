//! `readiness-row`

use super::outline::{body, is_in_use};
use super::prelude::*;
use super::table::{Row, tables};

pub(super) static RULE: Rule = Rule {
    id: "readiness-row",
    family: Family::Work,
    level: Severity::Warning,
    summary: "a question of a readiness review is not answered, or not with what it takes",
    why: "A review is worth what its evidence is. Each row of a table with a column for the answer says yes, no or \
        n/a; yes has evidence, no and n/a have a reason. Pages that declare kind: readiness-review are judged.",
    repair: "answer yes with evidence, or no or n/a with the reason",
    fixes: false,
    check: Check::Page(check),
};

fn check(_: &Context<'_>, subject: &Subject<'_>, found: &mut Vec<Found>) {
    if !is_in_use(subject, &["readiness-review"]) {
        return;
    }
    for table in tables(subject, body(subject)) {
        let Some(answer) = table.column(&["answer", "yes"]) else { continue };
        let evidence = table.column(&["evidence", "proof", "link"]);
        let reason = table.column(&["reason", "why", "comment", "note"]);
        for row in table.rows.iter().filter(|row| !row.is_blank()) {
            let is_empty = |at: Option<usize>| at.is_none_or(|at| row.lacks(at));
            let wrong = match word(row, answer).as_str() {
                "" => Some("is not answered"),
                "yes" if is_empty(evidence) => Some("says yes without evidence"),
                "no" if is_empty(reason) => Some("says no without a reason"),
                "na" if is_empty(reason) => Some("says n/a without a reason"),
                "yes" | "no" | "na" => None,
                _ => Some("is neither yes, no nor n/a"),
            };
            if let Some(wrong) = wrong {
                found.push(subject.found(row.span, format!("'{}' {wrong}", row.cell(0))));
            }
        }
    }
}

/// The answer's first word: `n/a` and `N-A` are `na`; signs are words too.
fn word(row: &Row, at: usize) -> String {
    let cell = row.cell(at).to_lowercase();
    if ["n/a", "n-a", "n.a", "not applicable"].iter().any(|it| cell.contains(it)) {
        return "na".to_owned();
    }
    if cell.contains(['\u{2705}', '\u{2714}', '\u{2713}']) {
        return "yes".to_owned();
    }
    if cell.contains(['\u{274c}', '\u{2717}', '\u{2718}']) {
        return "no".to_owned();
    }
    let mut words = cell.split(|c: char| !c.is_alphanumeric()).filter(|word| !word.is_empty());
    words.next().unwrap_or_default().to_owned()
}

#[cfg(test)]
mod tests {
    use super::RULE;
    use crate::lint::fixture::marked;

    #[test]
    fn a_row_that_proves_nothing_is_found() {
        let messages = marked(
            &RULE,
            "== wiki/a.md\n---\nkind: readiness-review\n---\n# A\n\n| Check | Answer | Evidence | Reason |\n|---|---|---|---|\n\u{ab}| logs | | | |\u{bb}\n\u{ab}| limits | **Yes** | | |\u{bb}\n\u{ab}| drain | N/A | | |\u{bb}\n\u{ab}| load | soon | | |\u{bb}\n",
        );
        assert_eq!(
            messages,
            [
                "'logs' is not answered",
                "'limits' says yes without evidence",
                "'drain' says n/a without a reason",
                "'load' is neither yes, no nor n/a"
            ]
        );
    }

    #[test]
    fn answers_with_what_they_take_are_left_alone() {
        marked(
            &RULE,
            "== wiki/a.md\n---\nkind: readiness-review\n---\n# A\n\n| Check | Answer | Evidence | Reason |\n|---|---|---|---|\n| logs | yes | [x](b.md) | |\n| drain | n/a | | no state |\n| load | \u{274c} | | in Q1 |\n\
             == wiki/b.md\n# B\n\n| Check | Answer |\n|---|---|\n| x | |\n",
        );
    }
}
