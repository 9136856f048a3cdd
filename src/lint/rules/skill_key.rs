//! `skill-key`

use crate::diagnostic::Severity;
use crate::lint::rule::{Check, Family, Rule};

pub(super) static RULE: Rule = Rule {
    id: "skill-key",
    family: Family::Skill,
    level: Severity::Warning,
    summary: "a key of SKILL.md is not the format's",
    why: "Some clients refuse what the format does not name.",
    repair: "move it below metadata:",
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
            "== skills/a/SKILL.md\n\u{ab}\u{bb}---\nname: a\ndescription: d\nmodel: x\n---\n# A\n\
             == skills/b/SKILL.md\n---\nname: b\ndescription: d\nlicense: MIT\n---\n# B\n",
        );
    }
}
