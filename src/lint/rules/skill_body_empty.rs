//! `skill-body-empty`

use super::prelude::*;

pub(super) static RULE: Rule = Rule {
    id: "skill-body-empty",
    family: Family::Skill,
    level: Severity::Error,
    summary: "a skill has no instructions",
    why: "It is chosen by its description and then says nothing.",
    repair: "write the steps",
    fixes: false,
    check: Check::Page(check),
};

fn check(_: &Context<'_>, subject: &Subject<'_>, found: &mut Vec<Found>) {
    let says = |it: &crate::document::Section| !it.prose.is_empty() || !it.code.is_empty();
    if subject.page.skill.is_some() && !subject.document.sections.iter().any(says) {
        found.push(subject.found_in_file("nothing stands below the front matter but headings"));
    }
}

#[cfg(test)]
mod tests {
    use super::RULE;
    use crate::lint::fixture::marked;

    #[test]
    fn headings_alone_are_no_instructions() {
        marked(
            &RULE,
            "== skills/a/SKILL.md\n\u{ab}\u{bb}---\nname: a\ndescription: d\n---\n# A\n== skills/b/SKILL.md\n---\nname: b\ndescription: d\n---\n# B\n\nDo it.\n",
        );
    }
}
