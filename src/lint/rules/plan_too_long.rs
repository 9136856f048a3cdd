//! `plan-too-long`

use super::prelude::*;

pub(super) static RULE: Rule = Rule {
    id: "plan-too-long",
    family: Family::Work,
    level: Severity::Warning,
    summary: "a plan has more than 200 lines",
    why: "A plan that long is not read again while it is carried out. Phases and prompts belong \
        into files of their own.",
    repair: "move each phase into a file of its own and link to it",
    fixes: false,
    check: Check::Page(check),
};

const LINES: usize = 200;

fn check(_: &Context<'_>, subject: &Subject<'_>, found: &mut Vec<Found>) {
    let is_plan = subject.facts.kind == "plan" && !subject.facts.archived;
    if is_plan && subject.text.as_str().lines().count() > LINES {
        found.push(subject.found_in_file(format!("the plan has more than {LINES} lines")));
    }
}

#[cfg(test)]
mod tests {
    use super::RULE;
    use crate::lint::fixture::marked;

    #[test]
    fn a_long_plan_is_found() {
        let long = "x\n".repeat(200);
        marked(
            &RULE,
            &format!(
                "== wiki/a.md\n\u{ab}\u{bb}---\nkind: plan\n---\n{long}== wiki/b.md\n---\nkind: plan\n---\n# B\n== wiki/c.md\n{long}x\n"
            ),
        );
    }
}
