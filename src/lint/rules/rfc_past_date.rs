//! `rfc-past-date`

use super::key_place::of_key;
use super::prelude::*;
use crate::document::read_date;

pub(super) static RULE: Rule = Rule {
    id: "rfc-past-date",
    family: Family::Work,
    level: Severity::Warning,
    summary: "an RFC is open past the day by which it was to be decided",
    why: "Nobody knows whether it still stands. The day is one of the keys decide_by, due, \
        deadline and thin_slice; a status other than draft, proposed or open closes it.",
    repair: "decide it, give it a new day, or archive it with the reason",
    fixes: false,
    check: Check::Page(check),
};

const KEYS: &[&str] = &["decide_by", "due", "deadline", "thin_slice"];

fn check(context: &Context<'_>, subject: &Subject<'_>, found: &mut Vec<Found>) {
    let front = &subject.page.front;
    let status = front.status.as_deref().unwrap_or("open").trim().to_lowercase();
    let is_open = matches!(status.as_str(), "draft" | "proposed" | "open" | "active");
    if subject.facts.kind != "rfc" || !is_open {
        return;
    }
    for key in KEYS {
        let day = front.text(key).as_deref().and_then(read_date);
        if let Some(day) = day.filter(|day| *day < context.today) {
            found.push(of_key(subject, key, format!("it was to be decided by {day}")));
        }
    }
}

#[cfg(test)]
mod tests {
    use super::RULE;
    use crate::lint::fixture::marked;

    #[test]
    fn an_rfc_that_nobody_decided_is_found() {
        marked(
            &RULE,
            "== wiki/a.md\n---\nkind: rfc\nstatus: proposed\n\u{ab}decide_by: 2026-10-01\u{bb}\n---\n# A\n\
             == wiki/b.md\n---\nkind: rfc\nstatus: accepted\ndecide_by: 2026-10-01\n---\n# B\n\
             == wiki/c.md\n---\nkind: rfc\ndue: 2027-10-01\n---\n# C\n",
        );
    }
}
