//! `skill-notation`

use super::notation::report;
use crate::diagnostic::Severity;
use crate::lint::context::Context;
use crate::lint::finding::Found;
use crate::lint::rule::{Check, Family, Rule};
use crate::lint::subject::Subject;

pub(super) static RULE: Rule = Rule {
    id: "skill-notation",
    family: Family::Skill,
    level: Severity::Warning,
    summary: "the front matter of a skill is written in a way that some clients refuse or read otherwise",
    why: "Anchors, type tags, tabs, `---` inside a value, uneven indentation, and values without quotes that YAML takes for a \
        number, a date, a yes or no, or nothing: the reference validators do not agree on them. Flow style has a rule of its own.",
    repair: "write plain key: value lines, and put such values in quotes",
    fixes: false,
    check: Check::Page(check),
};

fn check(_: &Context<'_>, subject: &Subject<'_>, found: &mut Vec<Found>) {
    report(subject, found, |it| it.severity == Severity::Warning && it.rule != "skill-flow-style");
}

#[cfg(test)]
mod tests {
    use super::RULE;
    use crate::lint::fixture::{Memory, findings, marked};

    #[test]
    fn what_clients_read_differently_is_found_by_line() {
        let mark = "\u{ab}\u{bb}".repeat(3);
        let text = format!(
            "== skills/a/SKILL.md\n{mark}---\nname: a\ndescription: &d what\nlicense: 1.0\nmetadata:\n  x: *d\n---\n# A\n\nx\n\
             == skills/b/SKILL.md\n---\nname: b\ndescription: what\nlicense: '1.0'\n---\n# B\n\nx\n"
        );
        marked(&RULE, &text);
        let lines: Vec<u32> =
            findings(&RULE, &Memory::new(&text)).iter().map(|it| it.line).collect();
        assert_eq!(lines, [3, 4, 6]);
    }

    #[test]
    fn a_tab_is_found() {
        marked(
            &RULE,
            "== skills/a/SKILL.md\n\u{ab}\u{bb}---\nname: a\ndescription:\twhat\n---\n# A\n\nx\n\
             == skills/b/SKILL.md\n---\nname: b\ndescription: what\n---\n# B\n\nx\n",
        );
    }
}
