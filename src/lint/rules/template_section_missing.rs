//! `template-section-missing`

use super::prelude::*;
use super::shapes::report;

pub(super) static RULE: Rule = Rule {
    id: "template-section-missing",
    family: Family::Template,
    level: Severity::Warning,
    summary: "a page lacks a section that its kind's template asks for",
    why: "Whoever reads it in a hurry looks for that section. Headings match in any case, with numbering, emoji and a trailing \
        parenthesis, and by their aliases. Only pages that declare the kind are held to it: others are judged by what they hold.",
    repair: "add the section",
    fixes: false,
    check: Check::Page(check),
};

fn check(context: &Context<'_>, subject: &Subject<'_>, found: &mut Vec<Found>) {
    report(context, subject, RULE.id, found);
}

#[cfg(test)]
mod tests {
    use super::RULE;
    use crate::lint::fixture::{Memory, findings, marked_in, shape};

    #[test]
    fn editing_the_template_changes_what_is_asked() {
        let mut memory =
            Memory::new("== wiki/a.md\n---\nkind: drill\n---\n# A\n\n## 1. why (short)\n\nx\n");
        let rules = |heading: &str| format!("sections: [{{heading: {heading}, required: true}}]\n");
        memory.inputs.shapes = vec![shape("drill", &rules("Why"))];
        assert!(marked_in(&RULE, &memory).is_empty());
        memory.inputs.shapes = vec![shape("drill", &rules("Abort"))];
        let found = findings(&RULE, &memory);
        assert_eq!((found[0].line, found[0].message.as_str()), (1, "there is no section 'Abort'"));
        assert_eq!(found[0].hint, "add ## Abort");
    }
}
