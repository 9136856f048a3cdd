//! `archived-without-why`

use super::key_place::of_key;
use super::prelude::*;

pub(super) static RULE: Rule = Rule {
    id: "archived-without-why",
    family: Family::Document,
    level: Severity::Warning,
    summary: "a page is archived and does not say why",
    why: "Whoever finds it must know whether the thing is gone, moved or was wrong.",
    repair: "add archived: with the reason",
    fixes: false,
    check: Check::Page(check),
};

fn check(_: &Context<'_>, subject: &Subject<'_>, found: &mut Vec<Found>) {
    let front = &subject.page.front;
    if subject.facts.status == "archived" && front.archived.is_none() && subject.page.adr.is_none()
    {
        found.push(of_key(subject, "status", "the page does not say why it is archived"));
    }
}

#[cfg(test)]
mod tests {
    use super::RULE;
    use crate::lint::fixture::marked;

    #[test]
    fn a_reason_is_wanted() {
        marked(
            &RULE,
            "== wiki/a.md\n---\n\u{ab}status: archived\u{bb}\n---\n# A\n\
             == wiki/b.md\n---\nstatus: archived\narchived: the queue is gone\n---\n# B\n",
        );
    }
}
