//! `adr-date-future`

use super::decisions::all;
use super::prelude::*;
use jiff::ToSpan;

pub(super) static RULE: Rule = Rule {
    id: "adr-date-future",
    family: Family::Adr,
    level: Severity::Warning,
    summary: "a decision is dated after today",
    why: "The year was mistyped, or a template's example was left in. A day ahead is allowed for \
        time zones.",
    repair: "write the day on which it was decided",
    fixes: false,
    check: Check::Memory(check),
};

fn check(context: &Context<'_>, found: &mut Vec<Found>) {
    let last = context.today.saturating_add(1.day());
    for (page, record) in all(context) {
        if let Some(date) = record.date.filter(|date| *date > last) {
            found.push(Found::in_file(&page.path, format!("it is dated {date}, after today")));
        }
    }
}

#[cfg(test)]
mod tests {
    use super::RULE;
    use crate::lint::fixture::marked;

    #[test]
    fn a_day_to_come_is_found() {
        marked(
            &RULE,
            "== adr/0001-a.md\n\u{ab}\u{bb}# 1. A\n\nDate: 2062-01-02\n\n## Decision\n\
             == adr/0002-b.md\n# 2. B\n\nDate: 2026-11-26\n\n## Decision\n",
        );
    }
}
