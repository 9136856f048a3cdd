//! `runbook-mitigation-order`

use super::outline::{first_line, is_in_use, label, parts_about, steps};
use super::prelude::*;
use super::runbook_mitigation_first::MITIGATION;

pub(super) static RULE: Rule = Rule {
    id: "runbook-mitigation-order",
    family: Family::Runbook,
    level: Severity::Warning,
    summary: "mitigations do not go from reversible over rollback to last resort",
    why: "They are tried from the top, so the one that loses something must stand last. Each step says in its \
        first line whether it is reversible, a rollback or the last resort. Pages that declare kind: runbook are \
        judged; a single step needs no mark.",
    repair: "order the steps: reversible, then rollback, then last resort",
    fixes: false,
    check: Check::Page(check),
};

const NAMES: [&str; 3] = ["reversible", "rollback", "last resort"];

fn check(_: &Context<'_>, subject: &Subject<'_>, found: &mut Vec<Found>) {
    if !is_in_use(subject, &["runbook"]) {
        return;
    }
    for part in parts_about(subject, MITIGATION) {
        let steps = steps(subject, &part);
        if steps.len() < 2 {
            continue;
        }
        let ranks: Vec<Option<usize>> = steps.iter().map(|step| rank(subject, *step)).collect();
        if ranks.iter().all(Option::is_none) {
            let message = format!("no step of '{}' says what can be undone", part.section.heading);
            let here = subject.found(subject.heading_span(part.section), message);
            found.push(here.hint("begin each step with Reversible, Rollback or Last resort"));
            continue;
        }
        let mut worst = 0;
        for (step, rank) in steps.iter().zip(ranks) {
            let here = |message| subject.found(first_line(subject, *step), message);
            let what = label(subject, *step);
            match rank {
                None => {
                    let message = format!("'{what}' does not say whether it can be undone");
                    found.push(
                        here(message).hint("begin it with Reversible, Rollback or Last resort"),
                    );
                }
                Some(rank) if rank < worst => {
                    let message = format!("'{what}' stands below a {}", NAMES[worst]);
                    found.push(here(message));
                }
                Some(rank) => worst = rank,
            }
        }
    }
}

/// How hard the step is to take back, as its first line says.
fn rank(subject: &Subject<'_>, step: Span) -> Option<usize> {
    let line = subject.slice(first_line(subject, step)).to_lowercase();
    let says = |words: &[&str]| words.iter().any(|word| line.contains(word));
    match () {
        () if says(&["irreversible", "not reversible", "last resort", "cannot be undone"]) => {
            Some(2)
        }
        () if says(&["rollback", "roll back", "roll-back", "rolls back"]) => Some(1),
        () if says(&["reversible"]) => Some(0),
        () => None,
    }
}

#[cfg(test)]
mod tests {
    use super::RULE;
    use crate::lint::fixture::marked;

    #[test]
    fn steps_out_of_order_or_without_a_mark_are_found() {
        let messages = marked(
            &RULE,
            "== wiki/a.md\n---\nkind: runbook\n---\n# A\n\n## Mitigations\n\n1. **Last resort.** `drop`\n\u{ab}2. **Reversible.** `scale`\u{bb}\n\u{ab}3. `restart`\u{bb}\n\
             == wiki/b.md\n---\nkind: runbook\n---\n# B\n\n\u{ab}## Fix\u{bb}\n\n- `a`\n- `b`\n",
        );
        assert_eq!(messages[0], "'Reversible. `scale`' stands below a last resort");
        assert_eq!(messages[1], "'`restart`' does not say whether it can be undone");
        assert_eq!(messages[2], "no step of 'Fix' says what can be undone");
    }

    #[test]
    fn the_order_and_a_single_step_are_left_alone() {
        marked(
            &RULE,
            "== wiki/a.md\n---\nkind: runbook\n---\n# A\n\n## Mitigations\n\n1. Reversible: `a`\n2. Reversible: `b`\n3. Roll back: `c`\n4. Irreversible: `d`\n\
             == wiki/b.md\n---\nkind: runbook\n---\n# B\n\n## Fix\n\n1. `a`\n== wiki/c.md\n# C\n\n## Fix\n\n1. a\n2. b\n",
        );
    }
}
