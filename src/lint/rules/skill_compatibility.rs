//! `skill-compatibility`

use crate::diagnostic::Severity;
use crate::lint::rule::{Check, Family, Rule};

pub(super) static RULE: Rule = Rule {
    id: "skill-compatibility",
    family: Family::Skill,
    level: Severity::Error,
    summary: "a skill's statement of compatibility is too long",
    why: "The format allows 500 characters.",
    repair: "shorten it; details belong into the body",
    fixes: false,
    check: Check::Reading,
};

#[cfg(test)]
mod tests {
    use super::RULE;
    use crate::lint::fixture::marked;

    #[test]
    fn more_than_the_format_allows_is_found() {
        let skill = |length: usize, mark: &str| {
            let long = "x".repeat(length);
            format!(
                "== skills/a/SKILL.md\n{mark}---\nname: a\ndescription: d\ncompatibility: {long}\n---\n# A\n"
            )
        };
        marked(&RULE, &skill(501, "\u{ab}\u{bb}"));
        marked(&RULE, &skill(500, ""));
    }
}
