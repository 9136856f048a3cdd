//! `change-incomplete`

use super::key_place::of_key;
use super::outline::{is_in_use, parts, prose, said};
use super::prelude::*;
use super::shapes::tells;

pub(super) static RULE: Rule = Rule {
    id: "change-incomplete",
    family: Family::Change,
    level: Severity::Warning,
    summary: "a change has no preconditions, no action or no post-conditions",
    why: "What must be true before, what is done, and what must be true after it: one of the three missing, and \
        nobody can say whether it went well. Each stands below a heading of its own or in a sentence that begins \
        with such a word. Pages that declare kind: change are judged.",
    repair: "add preconditions, one action, and checks afterwards",
    fixes: false,
    check: Check::Page(check),
};

/// A part of a change, and beginnings of words that its heading has.
const BEFORE: &[&str] = &[
    "precondition",
    "pre condition",
    "prerequisite",
    "before",
    "pre check",
    "precheck",
    "pre change",
];
const ACTION: &[&str] =
    &["action", "change", "execut", "implementation", "steps", "procedure", "deploy", "rollout"];
pub(super) const AFTER: &[&str] = &[
    "post condition",
    "postcondition",
    "check afterwards",
    "checks afterwards",
    "verif",
    "validat",
    "after ",
    "afterwards",
    "post check",
    "postcheck",
    "post change",
    "smoke",
];
const PARTS: &[(&str, &[&str])] =
    &[("preconditions", BEFORE), ("action", ACTION), ("post-conditions", AFTER)];

fn check(context: &Context<'_>, subject: &Subject<'_>, found: &mut Vec<Found>) {
    if !is_in_use(subject, &["change"]) {
        return;
    }
    let mut parts = parts(subject);
    parts.retain(|part| part.section.level > 1);
    let says = |text: &str| text.chars().any(char::is_alphanumeric);
    let text = prose(subject).to_lowercase();
    let is_said = |stems: &[&str]| {
        let mut below = parts.iter().filter(|part| part.is_about(stems));
        let begins = |line: &str| {
            let line = line.trim_start_matches(|c: char| !c.is_alphanumeric());
            stems.iter().any(|stem| line.replace('-', " ").starts_with(stem)) && line.contains(':')
        };
        below.any(|part| says(&said(subject, part.body))) || text.lines().any(begins)
    };
    let is_new = |name: &str| !tells(context, subject, &[name]);
    let absent: Vec<&str> = PARTS
        .iter()
        .filter(|(name, stems)| !is_said(stems) && is_new(name))
        .map(|(name, _)| *name)
        .collect();
    if !absent.is_empty() {
        found.push(of_key(subject, "kind", format!("it states no {}", absent.join(", no "))));
    }
}

#[cfg(test)]
mod tests {
    use super::RULE;
    use crate::lint::fixture::marked;

    #[test]
    fn a_change_without_its_three_parts_is_found() {
        let messages = marked(
            &RULE,
            "== wiki/a.md\n---\n\u{ab}kind: change\u{bb}\n---\n# A change\n\n## Action\n\n`x`\n\n## Preconditions\n",
        );
        assert_eq!(messages, ["it states no preconditions, no post-conditions"]);
    }

    #[test]
    fn parts_by_other_names_are_left_alone() {
        marked(
            &RULE,
            "== wiki/a.md\n---\nkind: change\n---\n# A\n\n## Prerequisites\n\nx\n\n## Steps\n\ny\n\n## Verification\n\nz\n\
             == wiki/b.md\n---\nkind: change\n---\n# B\n\n- **Before:** x\n- **Action:** y\n- **Post-conditions:** z\n== wiki/c.md\n# C\n",
        );
    }
}
