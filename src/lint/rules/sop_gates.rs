//! `sop-gates`

use super::key_place::of_key;
use super::outline::is_in_use;
use super::prelude::*;
use super::shapes::{tells, tells_at};
use crate::document::Part;
use crate::sop;

pub(super) static RULE: Rule = Rule {
    id: "sop-gates",
    family: Family::Change,
    level: Severity::Warning,
    summary: "a procedure has fewer than the four gates, or has them out of order",
    why: "Design review, implementation, testing, pull request: what one gate misses the next one stops, in that \
        order only. Headings that begin with Gate count, or where there are none all headings; each is known by a \
        word of its own. Pages that declare kind: sop are judged.",
    repair: "add the gate, or move it to its place",
    fixes: false,
    check: Check::Page(check),
};

/// The gates that the page has, each with its part, in the gates' own order.
pub(super) fn gates<'a>(subject: &'a Subject<'_>) -> Vec<(&'static str, Option<Part<'a>>)> {
    sop::gates(&subject.document, subject.text.as_str())
}

fn check(context: &Context<'_>, subject: &Subject<'_>, found: &mut Vec<Found>) {
    if !is_in_use(subject, &["sop"]) {
        return;
    }
    let gates = gates(subject);
    let absent: Vec<&str> = gates
        .iter()
        .filter(|(name, part)| part.is_none() && !tells(context, subject, &[name]))
        .map(|(name, _)| *name)
        .collect();
    if !absent.is_empty() {
        found.push(of_key(subject, "kind", format!("it has no gate for {}", absent.join(", "))));
    }
    let there: Vec<_> = gates.iter().filter_map(|(_, part)| Some(part.as_ref()?.section)).collect();
    for pair in there.windows(2) {
        let [before, after] = pair else { continue };
        if after.span.start < before.span.start && !tells_at(context, subject, before) {
            let message = format!("'{}' stands above '{}'", after.heading, before.heading);
            found.push(subject.found(subject.heading_span(after), message));
        }
    }
}

#[cfg(test)]
mod tests {
    use super::RULE;
    use crate::lint::fixture::marked;

    #[test]
    fn missing_and_misplaced_gates_are_found() {
        let messages = marked(
            &RULE,
            "== wiki/a.md\n---\n\u{ab}kind: sop\u{bb}\n---\n# A\n\n## Gate 1: Design review\n\nx\n\n\u{ab}## Gate 2: Testing\u{bb}\n\nx\n\n## Gate 3: Implementation\n\nx\n\n## Release\n",
        );
        assert_eq!(messages[0], "it has no gate for pull request");
        assert_eq!(messages[1], "'Gate 2: Testing' stands above 'Gate 3: Implementation'");
    }

    #[test]
    fn four_gates_in_order_are_left_alone() {
        marked(
            &RULE,
            "== wiki/a.md\n---\nkind: sop\n---\n# A\n\n## Design\n\nx\n\n## Build\n\n### Tests of the build\n\nx\n\n## Testing\n\nx\n\n## PR\n\nx\n\
             == wiki/b.md\n# B\n\n## Testing\n\n## Design\n",
        );
    }
}
