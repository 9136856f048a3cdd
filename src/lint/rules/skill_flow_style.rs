//! `skill-flow-style`

use super::notation::report;
use crate::diagnostic::Severity;
use crate::lint::context::Context;
use crate::lint::finding::Found;
use crate::lint::rule::{Check, Family, Rule};
use crate::lint::subject::Subject;

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
    use crate::lint::fixture::{Memory, findings, marked};

    #[test]
    fn brackets_of_a_skill_are_found_and_brackets_in_a_text_are_not() {
        let text = "== skills/a/SKILL.md\n\u{ab}\u{bb}---\nname: a\ndescription: d\nmetadata: {owner: x}\n---\n# A\n\nx\n\
             == skills/b/SKILL.md\n---\nname: b\ndescription: d [see b]\nmetadata:\n  owner: '[x]'\n---\n# B\n\nx\n\
             == wiki/c.md\n---\ntags: [a]\n---\n# C\n";
        marked(&RULE, text);
        assert_eq!(findings(&RULE, &Memory::new(text))[0].line, 4);
    }
}
