//! `template-field-missing`

use super::prelude::*;
use super::shapes::report;

pub(super) static RULE: Rule = Rule {
    id: "template-field-missing",
    family: Family::Template,
    level: Severity::Warning,
    summary: "a page lacks a field that its kind's template asks for",
    why: "Filters, owners and routes work on fields. The fields are those of `fields:` in the template of the kind that the page \
        declares; an owner by CODEOWNERS counts. Drafts and archived pages are left alone.",
    repair: "add the field to the front matter",
    fixes: false,
    check: Check::Page(check),
};

fn check(context: &Context<'_>, subject: &Subject<'_>, found: &mut Vec<Found>) {
    report(context, subject, RULE.id, found);
}

#[cfg(test)]
mod tests {
    use super::RULE;
    use crate::lint::fixture::{Memory, marked_in, shape};

    #[test]
    fn what_the_kind_asks_for_is_found() {
        let mut memory = Memory::new(
            "== wiki/a.md\n\u{ab}\u{bb}---\nkind: drill\n---\n# A\n== wiki/b.md\n---\nkind: drill\nservices: [x]\n---\n# B\n",
        );
        memory.inputs.shapes =
            vec![shape("drill", "fields: {services: {required: true}, tags: {required: false}}\n")];
        assert_eq!(marked_in(&RULE, &memory), ["a drill names its `services`"]);
    }
}
