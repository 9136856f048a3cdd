//! `skill-name`

use crate::diagnostic::Severity;
use crate::lint::rule::{Check, Family, Rule};

pub(super) static RULE: Rule = Rule {
    id: "skill-name",
    family: Family::Skill,
    level: Severity::Error,
    summary: "a skill's name breaks the format's rules",
    why: "The open Agent Skills format: 1 to 64 of a-z, 0-9 and single '-' between them, the same \
        as the folder's name. Clients refuse others.",
    repair: "rename the folder or the skill, so that both are one valid name",
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
            "== skills/a/SKILL.md\n\u{ab}\u{bb}---\nname: b\ndescription: d\n---\n# A\n\
             == skills/b/SKILL.md\n---\nname: b\ndescription: d\n---\n# B\n",
        );
    }
}
