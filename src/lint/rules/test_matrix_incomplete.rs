//! `test-matrix-incomplete`

use super::outline::{body, is_in_use, label};
use super::prelude::*;
use super::table::{Asked, Table, lacks, tables};

pub(super) static RULE: Rule = Rule {
    id: "test-matrix-incomplete",
    family: Family::Change,
    level: Severity::Warning,
    summary: "a test matrix does not say what was expected, or what came",
    why: "A row that only says pass cannot be checked by anybody else. A table with a column for the scenario or the \
        test has columns for the expected and the actual result; each row fills in the first, and the second as \
        soon as it states a status. Pages that declare kind: sop are judged.",
    repair: "add what must come out, and what came",
    fixes: false,
    check: Check::Page(check),
};

const EXPECTED: Asked = Asked { name: "expected", stems: &["expect"] };
const ACTUAL: Asked = Asked { name: "actual", stems: &["actual", "result", "observed", "got "] };
const STATUS: &[&str] = &["status", "pass", "outcome", "verdict"];

fn check(context: &Context<'_>, subject: &Subject<'_>, found: &mut Vec<Found>) {
    if !is_in_use(subject, &["sop"]) {
        return;
    }
    let is_matrix = |table: &&Table| {
        table.column(&["scenario", "test", "case"]).is_some() && table.column(&["risk"]).is_none()
    };
    for table in tables(subject, body(subject)).iter().filter(is_matrix) {
        let asked: &[Asked] =
            if table.column(ACTUAL.stems).is_some() { &[EXPECTED] } else { &[EXPECTED, ACTUAL] };
        lacks(context, subject, table, asked, found);
        let (actual, status) = (table.column(ACTUAL.stems), table.column(STATUS));
        let (Some(actual), Some(status)) = (actual, status) else { continue };
        for row in table.rows.iter().filter(|row| row.lacks(actual) && !row.lacks(status)) {
            let what = label(subject, row.span);
            let what = what.split('|').next().unwrap_or_default().trim();
            let message = format!("the row '{what}' has a status and not what came");
            found.push(subject.found(row.span, message));
        }
    }
}

#[cfg(test)]
mod tests {
    use super::RULE;
    use crate::lint::fixture::marked;

    #[test]
    fn a_matrix_that_cannot_be_checked_is_found() {
        let messages = marked(
            &RULE,
            "== wiki/a.md\n---\nkind: sop\n---\n# A\n\n\u{ab}| Scenario | Status |\u{bb}\n|---|---|\n| x | pass |\n\nAnd\n\n| Test | Expected | Actual | Status |\n|---|---|---|---|\n\u{ab}| y | | | |\u{bb}\n\u{ab}| z | 200 | | pass |\u{bb}\n",
        );
        assert_eq!(messages[0], "the table has no column for expected, actual");
        assert_eq!(messages[1], "the row 'y' does not say expected");
        assert_eq!(messages[2], "the row 'z' has a status and not what came");
    }

    #[test]
    fn a_matrix_to_fill_in_is_left_alone() {
        marked(
            &RULE,
            "== wiki/a.md\n---\nkind: sop\n---\n# A\n\n| Scenario | Input | Expected | Actual | Status |\n|---|---|---|---|---|\n| x | y | 200 | | |\n| x | y | 200 | 200 | pass |\n\
             == wiki/b.md\n# B\n\n| Test | Status |\n|---|---|\n| x | pass |\n",
        );
    }
}
