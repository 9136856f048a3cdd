//! `skill-yaml`

use super::notation::report;
use super::prelude::*;

pub(super) static RULE: Rule = Rule {
    id: "skill-yaml",
    family: Family::Skill,
    level: Severity::Error,
    summary: "the front matter of a skill holds what no client reads",
    why: "A key that stands twice, a type that nobody knows, a character that YAML forbids: both reference validators refuse the \
        skill.",
    repair: "mend that line",
    fixes: false,
    check: Check::Page(check),
};

fn check(_: &Context<'_>, subject: &Subject<'_>, found: &mut Vec<Found>) {
    report(subject, found, |it| it.severity == Severity::Error && it.rule != "skill-manifest");
}

#[cfg(test)]
mod tests {
    use super::RULE;
    use crate::lint::fixture::{Memory, findings, marked};

    #[test]
    fn what_both_validators_refuse_is_found() {
        let memory = Memory::new(
            "== skills/a/SKILL.md\n---\nname: a\ndescription: what\nlicense: x\nlicense: y\n---\n# A\n\nx\n\
             == skills/b/SKILL.md\n---\nname: b\ndescription: !own what\n---\n# B\n\nx\n",
        );
        let found = findings(&RULE, &memory);
        let seen: Vec<_> = found.iter().map(|it| (it.path.text(), it.line)).collect();
        assert_eq!(seen, [("skills/a/SKILL.md".into(), 5), ("skills/b/SKILL.md".into(), 3)]);
    }

    #[test]
    fn a_sound_skill_is_left_alone() {
        marked(
            &RULE,
            "== skills/a/SKILL.md\n\u{ab}\u{bb}---\nname: a\ndescription: d\nlicense: x\nlicense: y\n---\n# A\n\nx\n\
             == skills/b/SKILL.md\n---\nname: b\ndescription: d\nlicense: x\n---\n# B\n\nx\n",
        );
    }
}
