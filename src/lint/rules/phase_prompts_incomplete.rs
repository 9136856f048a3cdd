//! `phase-prompts-incomplete`

use super::key_place::of_key;
use super::outline::{body, has_code, is_in_use, items, parts_about, said};
use super::prelude::*;
use super::shapes::tells;

pub(super) static RULE: Rule = Rule {
    id: "phase-prompts-incomplete",
    family: Family::Work,
    level: Severity::Warning,
    summary: "prompts of a plan have no context files, no verification or no stop rule",
    why: "An agent without context invents it, one with too much of it drowns, and one without a stop rule does not \
        stop. Below a heading about context stand four to six files; something is run to verify; and it is said \
        when to stop. Pages that declare kind: phase-prompts are judged.",
    repair: "list four to six files to read, the command that verifies, and when to stop",
    fixes: false,
    check: Check::Page(check),
};

static STOP: LazyLock<Regex> = LazyLock::new(|| pattern(r"(?i)\bstop\b"));

fn check(context: &Context<'_>, subject: &Subject<'_>, found: &mut Vec<Found>) {
    if !is_in_use(subject, &["phase-prompts"]) {
        return;
    }
    let tells = |word: &str| tells(context, subject, &[word]);
    let files = parts_about(subject, &["context", "files to read", "read first"]);
    match files.first() {
        None if tells("context") => {}
        None => found.push(of_key(subject, "kind", "it names no context files")),
        Some(part) => {
            let count = items(subject, part.body).len();
            if !(4..=6).contains(&count) {
                let name = &part.section.heading;
                let message = format!("'{name}' lists {count} files, not four to six");
                found.push(subject.found(subject.heading_span(part.section), message));
            }
        }
    }
    let verifies = parts_about(subject, &["verif", "check"]);
    if !verifies.iter().any(|part| has_code(subject, part.body)) && !tells("verif") {
        found.push(of_key(subject, "kind", "it names no command that verifies"));
    }
    if !STOP.is_match(&said(subject, body(subject))) && !tells("stop") {
        found.push(of_key(subject, "kind", "it has no stop rule"));
    }
}

#[cfg(test)]
mod tests {
    use super::RULE;
    use crate::lint::fixture::marked;

    #[test]
    fn prompts_without_bounds_are_found() {
        let messages = marked(
            &RULE,
            "== wiki/a.md\n---\n\u{ab}\u{ab}kind: phase-prompts\u{bb}\u{bb}\n---\n# A\n\n\u{ab}## Context files\u{bb}\n\n- `a`\n\n## Prompts\n\n1. Do it.\n",
        );
        assert_eq!(messages.last().unwrap(), "'Context files' lists 1 files, not four to six");
    }

    #[test]
    fn bounded_prompts_are_left_alone() {
        marked(
            &RULE,
            "== wiki/a.md\n---\nkind: phase-prompts\n---\n# A\n\n## Context files\n\n- `a`\n- `b`\n- `c`\n- `d`\n\n## Verification\n\n`make test`\n\n## Stop rule\n\nStop after 3 failures.\n\
             == wiki/b.md\n# B\n",
        );
    }
}
