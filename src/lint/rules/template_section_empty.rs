//! `template-section-empty`

use super::prelude::*;
use super::shapes::report;

pub(super) static RULE: Rule = Rule {
    id: "template-section-empty",
    family: Family::Template,
    level: Severity::Warning,
    summary: "a section that the template asks for says nothing",
    why: "The heading promises what the page's kind owes. A section that is empty and not asked for is another rule's: section-empty.",
    repair: "write the section",
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
    fn only_a_section_that_is_asked_for_is_found() {
        let mut memory = Memory::new(
            "== wiki/a.md\n---\nkind: drill\n---\n# A\n\n\u{ab}\u{bb}## Why\n\n<!-- later -->\n\n## Free\n",
        );
        memory.inputs.shapes =
            vec![shape("drill", "sections: [{heading: Why, required: true}, {heading: Free}]\n")];
        let found = findings(&RULE, &memory);
        let seen: Vec<_> = found.iter().map(|it| (it.line, it.message.as_str())).collect();
        assert_eq!(seen, [(6, "section 'Why' says nothing")]);
        assert_eq!(
            findings(&super::super::section_empty::RULE, &memory).len(),
            1,
            "only the other one"
        );
    }
}
