//! `sop-gate-incomplete`

use super::outline::{has_code, has_link, is_in_use, said};
use super::prelude::*;
use super::shapes::tells_at;
use super::sop_gates::gates;

pub(super) static RULE: Rule = Rule {
    id: "sop-gate-incomplete",
    family: Family::Change,
    level: Severity::Warning,
    summary: "a gate has no stop conditions, nothing to verify, or no decision",
    why: "A gate that cannot stop anybody is a heading. Each gate says when to stop, what is looked at (a command, a \
        table, a box to tick, a link, or the words verify, check, review) and who decides. Pages that declare kind: \
        sop are judged, by words and not by the form in which they stand.",
    repair: "write: stop if …, and ask whom; … decides on …",
    fixes: false,
    check: Check::Page(check),
};

static STOP: LazyLock<Regex> = LazyLock::new(|| pattern(r"(?i)\b(?:stop|abort|do not go on)"));
static DECISION: LazyLock<Regex> =
    LazyLock::new(|| pattern(r"(?i)\bdeci(?:sion|de)|\bsigns? off|\bsign-off|\bapprov"));
static VERIFIED: LazyLock<Regex> =
    LazyLock::new(|| pattern(r"(?i)\bverif|\bcheck|\breview|\[[ x]\]|\|\s*-"));

fn check(context: &Context<'_>, subject: &Subject<'_>, found: &mut Vec<Found>) {
    if !is_in_use(subject, &["sop"]) {
        return;
    }
    for part in gates(subject).into_iter().filter_map(|(_, part)| part) {
        let text = said(subject, part.body);
        let is_verified = has_code(subject, part.body)
            || has_link(subject, part.body)
            || VERIFIED.is_match(&text);
        let mut lacks = Vec::new();
        lacks.extend((!STOP.is_match(&text)).then_some("no stop condition"));
        lacks.extend((!is_verified).then_some("nothing to verify"));
        lacks.extend((!DECISION.is_match(&text)).then_some("no decision"));
        if !lacks.is_empty() && !tells_at(context, subject, part.section) {
            let message = format!("'{}' has {}", part.section.heading, lacks.join(", "));
            found.push(subject.found(subject.heading_span(part.section), message));
        }
    }
}

#[cfg(test)]
mod tests {
    use super::RULE;
    use crate::lint::fixture::marked;

    #[test]
    fn a_gate_that_stops_nobody_is_found() {
        let messages = marked(
            &RULE,
            "== wiki/a.md\n---\nkind: sop\n---\n# A\n\n\u{ab}## Gate 1: Design\u{bb}\n\nTalk about it.\n\n\u{ab}## Gate 2: Build\u{bb}\n\n`make`. **Stop** if it fails.\n",
        );
        assert_eq!(
            messages[0],
            "'Gate 1: Design' has no stop condition, nothing to verify, no decision"
        );
        assert_eq!(messages[1], "'Gate 2: Build' has no decision");
    }

    #[test]
    fn a_gate_that_holds_all_is_left_alone() {
        marked(
            &RULE,
            "== wiki/a.md\n---\nkind: sop\n---\n# A\n\n## Gate 1: Design\n\nCheck the scope. Stop if it grows; @lead decides.\n\
             == wiki/b.md\n# B\n\n## Gate 1: Design\n\nx\n",
        );
    }
}
