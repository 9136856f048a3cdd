//! `skill-description`

use crate::diagnostic::Severity;
use crate::lint::rule::{Check, Family, Rule};

pub(super) static RULE: Rule = Rule {
    id: "skill-description",
    family: Family::Skill,
    level: Severity::Error,
    summary: "a skill's description is missing or too long",
    why: "It is all that an agent sees when it chooses: what the skill does and when to use it, \
        in 1 to 1024 characters.",
    repair: "write what it does and when to use it",
    fixes: false,
    check: Check::Reading,
};

#[cfg(test)]
mod tests {
    use super::RULE;
    use crate::lint::fixture::marked;

    #[test]
    fn what_reading_reports_is_found() {
        marked(
            &RULE,
            "== skills/a/SKILL.md\n\u{ab}\u{bb}---\nname: a\n---\n# A\n\
             == skills/b/SKILL.md\n---\nname: b\ndescription: d\n---\n# B\n",
        );
    }
}
