//! `heading-skips-level`

use super::prelude::*;

pub(super) static RULE: Rule = Rule {
    id: "heading-skips-level",
    family: Family::Document,
    level: Severity::Info,
    summary: "a heading is more than one level below the one before it",
    why: "Outlines and screen readers show a level that is not there. A page may begin at any level.",
    repair: "raise the heading by the levels that are missing",
    fixes: false,
    check: Check::Page(check),
};

fn check(_: &Context<'_>, subject: &Subject<'_>, found: &mut Vec<Found>) {
    let mut before: Option<u8> = None;
    for section in subject.headed() {
        if let Some(above) = before.filter(|above| section.level > above + 1) {
            let message =
                format!("'{}' has level {} below level {above}", section.heading, section.level);
            found.push(subject.found(subject.heading_span(section), message));
        }
        before = Some(section.level);
    }
}

#[cfg(test)]
mod tests {
    use super::RULE;
    use crate::lint::fixture::marked;

    #[test]
    fn a_skipped_level_is_found() {
        let messages = marked(&RULE, "== wiki/a.md\n# A\n\n\u{ab}### C\u{bb}\n\n## B\n\n### D\n");
        assert_eq!(messages, ["'C' has level 3 below level 1"]);
    }

    #[test]
    fn a_page_begins_where_it_likes_and_goes_up_freely() {
        marked(&RULE, "== wiki/a.md\n### A\n\n#### B\n\n# C\n");
    }
}
