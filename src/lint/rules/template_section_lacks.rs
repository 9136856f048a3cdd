//! `template-section-lacks`

use super::prelude::*;
use super::shapes::report;

pub(super) static RULE: Rule = Rule {
    id: "template-section-lacks",
    family: Family::Template,
    level: Severity::Warning,
    summary: "a section lacks what its kind's template wants in it",
    why: "Steps are commands, an escalation names whom to call and when, a table has its columns. What is wanted is that of \
        `must_have:` and `columns:` in the template; words of `or_states:` stand for all of it.",
    repair: "add what is missing",
    fixes: false,
    check: Check::Page(check),
};

fn check(context: &Context<'_>, subject: &Subject<'_>, found: &mut Vec<Found>) {
    report(context, subject, RULE.id, found);
}

#[cfg(test)]
mod tests {
    use super::RULE;
    use crate::lint::fixture::{Memory, findings, shape};

    #[test]
    fn what_a_section_must_have_is_found() {
        let mut memory = Memory::new(
            "== wiki/a.md\n---\nkind: drill\n---\n# A\n\n## Call\n\nSomebody.\n\n## Back\n\nNo rollback: it is gone.\n",
        );
        let rules = "sections: [{heading: Call, must_have: [contact]}, {heading: Back, must_have: [command], or_states: no rollback}]\n";
        memory.inputs.shapes = vec![shape("drill", rules)];
        let found = findings(&RULE, &memory);
        let seen: Vec<_> = found.iter().map(|it| (it.line, it.message.as_str())).collect();
        assert_eq!(seen, [(6, "section 'Call' lacks a contact (@team, an address, a channel)")]);
    }
}
