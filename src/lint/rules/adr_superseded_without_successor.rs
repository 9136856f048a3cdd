//! `adr-superseded-without-successor`

use super::decisions::all;
use super::prelude::*;
use crate::adr::AdrStatus;

pub(super) static RULE: Rule = Rule {
    id: "adr-superseded-without-successor",
    family: Family::Adr,
    level: Severity::Warning,
    summary: "a decision is superseded, and nothing says by which",
    why: "A reader learns that it no longer holds and not what holds instead.",
    repair: "write superseded by and the decision that replaced it",
    fixes: false,
    check: Check::Memory(check),
};

fn check(context: &Context<'_>, found: &mut Vec<Found>) {
    for (page, record) in all(context) {
        let is_superseded = record.status == Some(AdrStatus::Superseded);
        let is_known =
            record.superseded_by.is_some() || context.graph.superseded_by(&page.path).is_some();
        if is_superseded && !is_known {
            found.push(Found::in_file(&page.path, "nothing says which decision replaced this one"));
        }
    }
}

#[cfg(test)]
mod tests {
    use super::RULE;
    use crate::lint::fixture::marked;

    #[test]
    fn a_successor_is_wanted_on_either_side() {
        marked(
            &RULE,
            "== adr/0001-a.md\n\u{ab}\u{bb}# 1. A\n\n## Status\n\nSuperseded\n\n## Decision\n\
             == adr/0002-b.md\n# 2. B\n\n## Status\n\nSuperseded\n\n## Decision\n\
             == adr/0003-c.md\n# 3. C\n\n## Status\n\nAccepted\n\nSupersedes ADR-2\n\n## Decision\n",
        );
    }
}
