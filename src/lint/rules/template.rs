//! Rules that the template of a page's kind asks for: words alone. What is
//! found comes from [`report`], under the rule's id.

use super::prelude::*;
use super::shapes::report;

/// What the rows share.
const ASKED: Rule = Rule {
    id: "",
    family: Family::Template,
    level: Severity::Warning,
    summary: "",
    why: "",
    repair: "",
    fixes: false,
    check: Check::Engine,
};

pub(super) static FIELD_MISSING: Rule = Rule {
    id: "template-field-missing",
    summary: "a page lacks a field that its kind's template asks for",
    why: "Filters, owners and routes work on fields. The fields are those of `fields:` in the template of the kind that the page \
        declares; an owner by CODEOWNERS counts. Drafts and archived pages are left alone.",
    repair: "add the field to the front matter",
    check: Check::Page(|context, subject, found| {
        report(context, subject, "template-field-missing", found);
    }),
    ..ASKED
};

pub(super) static SECTION_MISSING: Rule = Rule {
    id: "template-section-missing",
    summary: "a page lacks a section that its kind's template asks for",
    why: "Whoever reads it in a hurry looks for that section. Headings match in any case, with numbering, emoji and a trailing \
        parenthesis, and by their aliases. Only pages that declare the kind are held to it: others are judged by what they hold.",
    repair: "add the section",
    check: Check::Page(|context, subject, found| {
        report(context, subject, "template-section-missing", found);
    }),
    ..ASKED
};

pub(super) static SECTION_EMPTY: Rule = Rule {
    id: "template-section-empty",
    summary: "a section that the template asks for says nothing",
    why: "The heading promises what the page's kind owes. A section that is empty and not asked for is another rule's: section-empty.",
    repair: "write the section",
    check: Check::Page(|context, subject, found| {
        report(context, subject, "template-section-empty", found);
    }),
    ..ASKED
};

pub(super) static SECTION_ORDER: Rule = Rule {
    id: "template-section-order",
    summary: "a section stands below one that its kind's template wants after it",
    why: "Diagnosis comes before the cure, and what can be taken back before what cannot. The order is that of `before:` in the template.",
    repair: "move the section up",
    check: Check::Page(|context, subject, found| {
        report(context, subject, "template-section-order", found);
    }),
    ..ASKED
};

pub(super) static SECTION_LACKS: Rule = Rule {
    id: "template-section-lacks",
    summary: "a section lacks what its kind's template wants in it",
    why: "Steps are commands, an escalation names whom to call and when, a table has its columns. What is wanted is that of \
        `must_have:` and `columns:` in the template; words of `or_states:` stand for all of it.",
    repair: "add what is missing",
    check: Check::Page(|context, subject, found| {
        report(context, subject, "template-section-lacks", found);
    }),
    ..ASKED
};

#[cfg(test)]
mod tests {
    use super::*;
    use crate::lint::fixture::{Memory, findings, marked_in, shape};

    #[test]
    fn what_the_kind_asks_for_is_found() {
        let mut memory = Memory::new(
            "== wiki/a.md\n\u{ab}\u{bb}---\nkind: drill\n---\n# A\n== wiki/b.md\n---\nkind: drill\nservices: [x]\n---\n# B\n",
        );
        memory.inputs.shapes =
            vec![shape("drill", "fields: {services: {required: true}, tags: {required: false}}\n")];
        assert_eq!(marked_in(&FIELD_MISSING, &memory), ["a drill names its `services`"]);
    }

    #[test]
    fn editing_the_template_changes_what_is_asked() {
        let mut memory =
            Memory::new("== wiki/a.md\n---\nkind: drill\n---\n# A\n\n## 1. why (short)\n\nx\n");
        let rules = |heading: &str| format!("sections: [{{heading: {heading}, required: true}}]\n");
        memory.inputs.shapes = vec![shape("drill", &rules("Why"))];
        assert!(marked_in(&SECTION_MISSING, &memory).is_empty());
        memory.inputs.shapes = vec![shape("drill", &rules("Abort"))];
        let found = findings(&SECTION_MISSING, &memory);
        assert_eq!((found[0].line, found[0].message.as_str()), (1, "there is no section 'Abort'"));
        assert_eq!(found[0].hint, "add ## Abort");
    }

    #[test]
    fn only_a_section_that_is_asked_for_is_found() {
        let mut memory = Memory::new(
            "== wiki/a.md\n---\nkind: drill\n---\n# A\n\n\u{ab}\u{bb}## Why\n\n<!-- later -->\n\n## Free\n",
        );
        memory.inputs.shapes =
            vec![shape("drill", "sections: [{heading: Why, required: true}, {heading: Free}]\n")];
        let found = findings(&SECTION_EMPTY, &memory);
        let seen: Vec<_> = found.iter().map(|it| (it.line, it.message.as_str())).collect();
        assert_eq!(seen, [(6, "section 'Why' says nothing")]);
        assert_eq!(
            findings(&super::super::section_empty::RULE, &memory).len(),
            1,
            "only the other one"
        );
    }

    #[test]
    fn what_should_come_first_is_found() {
        let mut memory = Memory::new(
            "== wiki/a.md\n---\nkind: drill\n---\n# A\n\n## Act\n\nx\n\n## Look\n\nx\n",
        );
        memory.inputs.shapes =
            vec![shape("drill", "sections: [{heading: Look, before: Act}, {heading: Act}]\n")];
        let found = findings(&SECTION_ORDER, &memory);
        let seen: Vec<_> = found.iter().map(|it| (it.line, it.message.as_str())).collect();
        assert_eq!(seen, [(10, "section 'Look' stands below 'Act'")]);
    }

    #[test]
    fn what_a_section_must_have_is_found() {
        let mut memory = Memory::new(
            "== wiki/a.md\n---\nkind: drill\n---\n# A\n\n## Call\n\nSomebody.\n\n## Back\n\nNo rollback: it is gone.\n",
        );
        let rules = "sections: [{heading: Call, must_have: [contact]}, {heading: Back, must_have: [command], or_states: no rollback}]\n";
        memory.inputs.shapes = vec![shape("drill", rules)];
        let found = findings(&SECTION_LACKS, &memory);
        let seen: Vec<_> = found.iter().map(|it| (it.line, it.message.as_str())).collect();
        assert_eq!(seen, [(6, "section 'Call' lacks a contact (@team, an address, a channel)")]);
    }
}
