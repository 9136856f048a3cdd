//! `h1-twice`

use super::prelude::*;

pub(super) static RULE: Rule = Rule {
    id: "h1-twice",
    family: Family::Document,
    level: Severity::Warning,
    summary: "a page has two headings of level one",
    why: "A page has one title; with two, search results and outlines show only the first. Reported once a page.",
    repair: "make the later ones level two, or split the page",
    fixes: false,
    check: Check::Page(check),
};

fn check(_: &Context<'_>, subject: &Subject<'_>, found: &mut Vec<Found>) {
    let mut titles = subject.headed().filter(|section| section.level == 1);
    let Some(first) = titles.next() else { return };
    if let Some(second) = titles.next() {
        let message = format!("'{}' is a second title beside '{}'", second.heading, first.heading);
        found.push(subject.found(subject.heading_span(second), message));
    }
}

#[cfg(test)]
mod tests {
    use super::RULE;
    use crate::lint::fixture::marked;

    #[test]
    fn the_second_title_is_found_once() {
        marked(&RULE, "== wiki/a.md\n# A\n\nx\n\n\u{ab}# B\u{bb}\n\n# C\n");
    }

    #[test]
    fn a_comment_in_code_is_no_heading() {
        marked(&RULE, "== wiki/a.md\n# A\n\n```sh\n# not a title\n```\n\n- # nested\n");
    }
}
