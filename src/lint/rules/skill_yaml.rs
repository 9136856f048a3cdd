//! `skill-yaml`

use super::notation::report;
use crate::diagnostic::Severity;
use crate::lint::context::Context;
use crate::lint::finding::Found;
use crate::lint::rule::{Check, Family, Rule};
use crate::lint::subject::Subject;

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
        let text = "== skills/a/SKILL.md\n\u{ab}\u{bb}---\nname: a\ndescription: what\nlicense: x\nlicense: y\n---\n# A\n\nx\n\
             == skills/b/SKILL.md\n\u{ab}\u{bb}---\nname: b\ndescription: !own what\n---\n# B\n\nx\n\
             == skills/c/SKILL.md\n---\nname: c\ndescription: what\n---\n# C\n\nx\n";
        marked(&RULE, text);
        let lines: Vec<u32> =
            findings(&RULE, &Memory::new(text)).iter().map(|it| it.line).collect();
        assert_eq!(lines, [5, 3]);
    }
}
