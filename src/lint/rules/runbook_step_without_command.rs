//! `runbook-step-without-command`

use super::outline::{first_line, has_code, has_link, is_in_use, label, parts_about, steps};
use super::prelude::*;
use super::runbook_mitigation_first::MITIGATION;

pub(super) static RULE: Rule = Rule {
    id: "runbook-step-without-command",
    family: Family::Runbook,
    level: Severity::Warning,
    summary: "a mitigation says what to achieve, not what to type",
    why: "Whoever follows it has no context, and types what stands there. Each step below a heading about \
        mitigation holds code or a link. Pages that declare kind: runbook are judged; steps are the items of the \
        outermost list, or deeper headings.",
    repair: "add the command, or a link to the page that has it",
    fixes: false,
    check: Check::Page(check),
};

fn check(_: &Context<'_>, subject: &Subject<'_>, found: &mut Vec<Found>) {
    if !is_in_use(subject, &["runbook"]) {
        return;
    }
    for part in parts_about(subject, MITIGATION) {
        let lacks = |span: &Span| !has_code(subject, *span) && !has_link(subject, *span);
        let steps = steps(subject, &part);
        for step in steps.iter().copied().filter(lacks) {
            let message = format!("'{}' names no command", label(subject, step));
            found.push(subject.found(first_line(subject, step), message));
        }
        if steps.is_empty() && lacks(&part.body) {
            let message = format!("'{}' names no command", part.section.heading);
            found.push(subject.found(subject.heading_span(part.section), message));
        }
    }
}

#[cfg(test)]
mod tests {
    use super::RULE;
    use crate::lint::fixture::marked;

    #[test]
    fn a_step_of_words_alone_is_found() {
        let messages = marked(
            &RULE,
            "== wiki/a.md\n---\nkind: runbook\n---\n# A\n\n## Mitigations\n\n\u{ab}1. **Reversible.** Make room:\u{bb}\n2. `df -h`\n\
             == wiki/b.md\n---\nkind: runbook\n---\n# B\n\n\u{ab}## Resolution\u{bb}\n\nThink.\n",
        );
        assert_eq!(
            messages,
            ["'Reversible. Make room' names no command", "'Resolution' names no command"]
        );
    }

    #[test]
    fn code_and_links_are_commands_wherever_they_stand_in_the_step() {
        marked(
            &RULE,
            "== wiki/a.md\n---\nkind: runbook\n---\n# A\n\n## Fix\n\n1. Restart:\n\n```sh\nsystemctl restart q\n```\n\n2. See [b](b.md)\n\
             == wiki/b.md\n---\nkind: runbook\n---\n# B\n\n## Mitigation\n\n### Restart\n\nRun `x y`.\n\n### Scale\n\n    scale 2\n\
             == wiki/runbooks/c.md\n# C\n\n## Fix\n\n1. Think.\n",
        );
    }
}
