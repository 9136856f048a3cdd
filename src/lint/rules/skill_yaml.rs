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
    use crate::lint::fixture::marked;

    #[test]
    fn what_both_validators_refuse_is_found() {
        marked(
            &RULE,
            "== skills/a/SKILL.md\n---\nname: a\ndescription: what\nlicense: x\n\u{ab}license: y\u{bb}\n---\n# A\n\nx\n\
             == skills/b/SKILL.md\n---\nname: b\n\u{ab}description: !own what\u{bb}\n---\n# B\n\nx\n\
             == skills/c/SKILL.md\n---\nname: c\ndescription: what\n---\n# C\n\nx\n",
        );
    }
}
