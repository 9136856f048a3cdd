//! `skill-tools`

use crate::diagnostic::Severity;
use crate::lint::rule::{Check, Family, Rule};

pub(super) static RULE: Rule = Rule {
    id: "skill-tools",
    family: Family::Skill,
    level: Severity::Error,
    summary: "`allowed-tools` is not one text",
    why: "The format wants names with blanks between them.",
    repair: "write the names in one line, with blanks between them",
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
            "== skills/a/SKILL.md\n\u{ab}\u{bb}---\nname: a\ndescription: d\nallowed-tools: [Read]\n---\n# A\n\
             == skills/b/SKILL.md\n---\nname: b\ndescription: d\nallowed-tools: Read Grep\n---\n# B\n",
        );
    }
}
