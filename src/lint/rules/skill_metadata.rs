//! `skill-metadata`

use crate::diagnostic::Severity;
use crate::lint::rule::{Check, Family, Rule};

pub(super) static RULE: Rule = Rule {
    id: "skill-metadata",
    family: Family::Skill,
    level: Severity::Error,
    summary: "a skill's metadata is no map of texts",
    why: "Clients read texts only; a number or a list makes some of them refuse the skill.",
    repair: "quote the value",
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
            "== skills/a/SKILL.md\n\u{ab}\u{bb}---\nname: a\ndescription: d\nmetadata: {n: 1}\n---\n# A\n\
             == skills/b/SKILL.md\n---\nname: b\ndescription: d\nmetadata: {n: '1'}\n---\n# B\n",
        );
    }
}
