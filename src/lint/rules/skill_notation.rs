//! `skill-notation`

use super::notation::report;
use super::prelude::*;

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
    use crate::lint::fixture::marked;

    #[test]
    fn what_clients_read_differently_is_found_by_line() {
        marked(
            &RULE,
            "== skills/a/SKILL.md\n---\nname: a\n\u{ab}description: &d what\u{bb}\n\u{ab}license: 1.0\u{bb}\nmetadata:\n\u{ab}  x: *d\u{bb}\n---\n# A\n\nx\n\
             == skills/b/SKILL.md\n---\nname: b\ndescription: what\nlicense: '1.0'\n---\n# B\n\nx\n",
        );
    }

    #[test]
    fn a_tab_is_found() {
        marked(
            &RULE,
            "== skills/a/SKILL.md\n---\nname: a\n\u{ab}description:\twhat\u{bb}\n---\n# A\n\nx\n\
             == skills/b/SKILL.md\n---\nname: b\ndescription: what\n---\n# B\n\nx\n",
        );
    }
}
