//! `skill-manifest`

use crate::diagnostic::Severity;
use crate::lint::rule::{Check, Family, Rule};

pub(super) static RULE: Rule = Rule {
    id: "skill-manifest",
    family: Family::Skill,
    level: Severity::Error,
    summary: "SKILL.md has no front matter with name and description",
    why: "No client finds the skill without them.",
    repair: "begin the file with ---, name:, description:, ---",
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
            "== skills/a/SKILL.md\n\u{ab}\u{bb}# A\n\
             == skills/b/SKILL.md\n---\nname: b\ndescription: What, and when\n---\n# B\n",
        );
    }
}
