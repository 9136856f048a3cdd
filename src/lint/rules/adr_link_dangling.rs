//! `adr-link-dangling`

use super::decisions::{Led, all, lead, written};
use super::prelude::*;

pub(super) static RULE: Rule = Rule {
    id: "adr-link-dangling",
    family: Family::Adr,
    level: Severity::Error,
    summary: "a decision names another that is not there",
    why: "The chain of replacements breaks: nobody can follow it to what holds now.",
    repair: "name the decision that was meant",
    fixes: false,
    check: Check::Memory(check),
};

fn check(context: &Context<'_>, found: &mut Vec<Found>) {
    for (page, record) in all(context) {
        let olds = record.supersedes.iter().map(|named| ("supersedes", named));
        let new = record.superseded_by.iter().map(|named| ("is superseded by", named));
        for (relation, named) in olds.chain(new) {
            let text = written(named);
            let is_name = !text.is_empty() && !text.contains(['{', '<', ' ']);
            if is_name && matches!(lead(context, page, named), Led::Nowhere) {
                let message = format!("it {relation} '{text}', which is not in the log");
                found.push(Found::in_file(&page.path, message));
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::RULE;
    use crate::lint::fixture::marked;

    #[test]
    fn a_decision_that_is_not_there_is_found() {
        let messages = marked(
            &RULE,
            "== adr/0001-a.md\n\u{ab}\u{bb}# 1. A\n\n## Status\n\nSuperseded by ADR-9\n\n## Decision\n\nx\n\
             == adr/0002-b.md\n# 2. B\n\n## Status\n\nSuperseded by [3](0003-c.md)\n\n## Decision\n\nx\n\
             == adr/0003-c.md\n# 3. C\n\n## Status\n\nAccepted\n\n## Decision\n\nx\n",
        );
        assert_eq!(messages, ["it is superseded by 'ADR-9', which is not in the log"]);
    }
}
