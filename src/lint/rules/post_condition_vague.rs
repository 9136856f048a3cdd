//! `post-condition-vague`

use super::change_incomplete::AFTER;
use super::outline::{first_line, has_code, has_link, is_in_use, items, label, parts_about, said};
use super::prelude::*;
use super::table::tables;

pub(super) static RULE: Rule = Rule {
    id: "post-condition-vague",
    family: Family::Change,
    level: Severity::Warning,
    summary: "a check after a change has no command, or does not say when it passes",
    why: "\"Looks fine\" is what everybody says. Each check holds code or a link to run, and says what the answer \
        must be. Rows of a table and items of a list below a heading about post-conditions are judged, on pages \
        that declare kind: change.",
    repair: "write the command, and the answer that means yes",
    fixes: false,
    check: Check::Page(check),
};

const PASSES: &[&str] = &["pass", "expect", "criterion", "must", "when", "result"];
static CRITERION: LazyLock<Regex> = LazyLock::new(|| {
    pattern(
        r"(?i)\b(?:must|passes|pass if|expect|shows?|prints?|returns?|gives?|is|are|equals?|answers?|reports?|exits?|contains?|below|above|less|more|no|within)\b|=|→|->|<|>|:\s*\S",
    )
});

fn check(_: &Context<'_>, subject: &Subject<'_>, found: &mut Vec<Found>) {
    if !is_in_use(subject, &["change"]) {
        return;
    }
    for part in parts_about(subject, AFTER) {
        let tables = tables(subject, part.body);
        for table in &tables {
            let passes = table.column(PASSES);
            for row in table.rows.iter().filter(|row| !row.is_blank()) {
                let has_criterion = passes.is_some_and(|at| !row.lacks(at));
                report(subject, row.span, has_criterion, found);
            }
        }
        let items = if tables.is_empty() { items(subject, part.body) } else { Vec::new() };
        for item in items {
            let words = words(subject, item);
            report(subject, item, CRITERION.is_match(&words), found);
        }
    }
}

fn report(subject: &Subject<'_>, span: Span, has_criterion: bool, found: &mut Vec<Found>) {
    let mut lacks = Vec::new();
    let has_command = has_code(subject, span) || has_link(subject, span);
    lacks.extend((!has_command).then_some("no command"));
    lacks.extend((!has_criterion).then_some("nothing that says when it passes"));
    if !lacks.is_empty() {
        let what = label(subject, span);
        let what = what.split('|').next().unwrap_or_default().trim();
        let message = format!("'{what}' has {}", lacks.join(" and "));
        found.push(subject.found(first_line(subject, span), message));
    }
}

/// The item's text without its code.
fn words(subject: &Subject<'_>, item: Span) -> String {
    let mut text = said(subject, item).into_bytes();
    for code in &subject.document.code {
        for at in code.start.max(item.start)..code.end.min(item.end) {
            text[(at - item.start) as usize] = b'_';
        }
    }
    String::from_utf8(text).unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use super::RULE;
    use crate::lint::fixture::marked;

    #[test]
    fn a_check_that_cannot_fail_is_found() {
        let messages = marked(
            &RULE,
            "== wiki/a.md\n---\nkind: change\n---\n# A\n\n## Post-conditions\n\n| Check | How to run | Passes when |\n|---|---|---|\n\u{ab}| it is up | look at it | yes |\u{bb}\n\u{ab}| it is fast | `time x` | |\u{bb}\n\
             == wiki/b.md\n---\nkind: change\n---\n# B\n\n## Verification\n\n\u{ab}- Everything fine\u{bb}\n\u{ab}- Run `x`\u{bb}\n",
        );
        assert_eq!(messages[1], "'it is fast' has nothing that says when it passes");
        assert_eq!(
            messages[2],
            "'Everything fine' has no command and nothing that says when it passes"
        );
    }

    #[test]
    fn a_command_and_its_answer_are_left_alone() {
        marked(
            &RULE,
            "== wiki/a.md\n---\nkind: change\n---\n# A\n\n## Post-conditions\n\n| Check | How to run | Passes when |\n|---|---|---|\n| it is up | `curl x` | 200 |\n\
             == wiki/b.md\n---\nkind: change\n---\n# B\n\n## Checks afterwards\n\n- `curl x` prints 200\n- `x`: 3\n== wiki/c.md\n# C\n\n## Verification\n\n- fine\n",
        );
    }
}
