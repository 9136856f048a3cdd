//! `open-question`

use super::outline::{first_line, is_in_use, items, label, parts_about};
use super::prelude::*;
use super::table::tables;

pub(super) static RULE: Rule = Rule {
    id: "open-question",
    family: Family::Change,
    level: Severity::Warning,
    summary: "a change goes ahead with a question that nobody answered",
    why: "It is answered at the worst moment, by whoever is there. Below a heading about open questions each row and \
        each item has an answer, a default, or says to whom it was escalated. Pages that declare kind: change or \
        sop are judged; an item that ends with its question mark has no answer.",
    repair: "answer it, give it a default, or name who was asked",
    fixes: false,
    check: Check::Page(check),
};

const ANSWER: &[&str] = &["answer", "default", "resolution", "decision", "escalated", "outcome"];
static NO_ANSWER: LazyLock<Regex> = LazyLock::new(|| {
    pattern(r"(?i)^\W*(?:tbd|todo|tba|open|unknown|unclear|pending|not known|later)?\W*$")
});
static NONE: LazyLock<Regex> =
    LazyLock::new(|| pattern(r"(?i)^\W*(?:none|no open|n/a|there (?:is|are) no)\b"));

fn check(_: &Context<'_>, subject: &Subject<'_>, found: &mut Vec<Found>) {
    if !is_in_use(subject, &["change", "sop"]) {
        return;
    }
    for part in parts_about(subject, &["open question", "question", "unknowns"]) {
        let tables = tables(subject, part.body);
        for table in &tables {
            let Some(answer) = table.column(ANSWER) else { continue };
            for row in table.rows.iter().filter(|row| !row.is_blank()) {
                if NO_ANSWER.is_match(row.cell(answer)) {
                    let what = label(subject, row.span);
                    let what = what.split('|').next().unwrap_or_default().trim().to_owned();
                    found.push(subject.found(row.span, unanswered(&what)));
                }
            }
        }
        let items = if tables.is_empty() { items(subject, part.body) } else { Vec::new() };
        for item in items {
            let text = subject.slice(item).trim_end();
            let is_open = text.trim_end_matches(['*', '_', '"', ')']).ends_with('?');
            if is_open && !NONE.is_match(text) {
                let what = label(subject, item);
                found.push(subject.found(first_line(subject, item), unanswered(&what)));
            }
        }
    }
}

fn unanswered(what: &str) -> String {
    format!("'{what}' is neither answered, defaulted nor escalated")
}

#[cfg(test)]
mod tests {
    use super::RULE;
    use crate::lint::fixture::marked;

    #[test]
    fn a_question_without_an_answer_is_found() {
        let messages = marked(
            &RULE,
            "== wiki/a.md\n---\nkind: change\n---\n# A\n\n## Open questions\n\n| Question | Answer |\n|---|---|\n\u{ab}| How many? | TBD |\u{bb}\n| Which? | default: all |\n\
             == wiki/b.md\n---\nkind: sop\n---\n# B\n\n## Open questions\n\n\u{ab}- Who pays?\u{bb}\n- Who reads? Asked @ada.\n",
        );
        assert_eq!(messages[0], "'How many?' is neither answered, defaulted nor escalated");
    }

    #[test]
    fn answers_and_other_kinds_are_left_alone() {
        marked(
            &RULE,
            "== wiki/a.md\n---\nkind: change\n---\n# A\n\n## Open questions\n\nNone open.\n\n| Question | Answer |\n|---|---|\n\
             == wiki/b.md\n---\nkind: work-notes\n---\n# B\n\n## Open questions\n\n- Who pays?\n",
        );
    }
}
