//! `skill-flow-style`

use super::notation::report;
use super::prelude::*;

pub(super) static RULE: Rule = Rule {
    id: "skill-flow-style",
    family: Family::Skill,
    level: Severity::Warning,
    summary: "the front matter of a skill holds a list or a mapping in [ ] or { }",
    why: "The two reference validators disagree: one reads it, the other refuses the whole skill.",
    repair: "write list items and keys on lines of their own",
    fixes: false,
    check: Check::Page(check),
};

fn check(_: &Context<'_>, subject: &Subject<'_>, found: &mut Vec<Found>) {
    report(subject, found, |it| it.rule == "skill-flow-style");
}

#[cfg(test)]
mod tests {
    use super::RULE;
    use crate::lint::fixture::marked;

    #[test]
    fn brackets_of_a_skill_are_found_and_brackets_in_a_text_are_not() {
        marked(
            &RULE,
            "== skills/a/SKILL.md\n---\nname: a\ndescription: d\n\u{ab}metadata: {owner: x}\u{bb}\n---\n# A\n\nx\n\
             == skills/b/SKILL.md\n---\nname: b\ndescription: d [see b]\nmetadata:\n  owner: '[x]'\n---\n# B\n\nx\n\
             == wiki/c.md\n---\ntags: [a]\n---\n# C\n",
        );
    }
}
