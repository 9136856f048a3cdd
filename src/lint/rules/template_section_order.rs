//! `template-section-order`

use super::prelude::*;
use super::shapes::report;

pub(super) static RULE: Rule = Rule {
    id: "template-section-order",
    family: Family::Template,
    level: Severity::Warning,
    summary: "a section stands below one that its kind's template wants after it",
    why: "Diagnosis comes before the cure, and what can be taken back before what cannot. The order is that of `before:` in the template.",
    repair: "move the section up",
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
    fn what_should_come_first_is_found() {
        let mut memory = Memory::new(
            "== wiki/a.md\n---\nkind: drill\n---\n# A\n\n## Act\n\nx\n\n## Look\n\nx\n",
        );
        memory.inputs.shapes =
            vec![shape("drill", "sections: [{heading: Look, before: Act}, {heading: Act}]\n")];
        let found = findings(&RULE, &memory);
        let seen: Vec<_> = found.iter().map(|it| (it.line, it.message.as_str())).collect();
        assert_eq!(seen, [(10, "section 'Look' stands below 'Act'")]);
    }
}
