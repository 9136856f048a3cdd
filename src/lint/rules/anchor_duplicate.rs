//! `anchor-duplicate`

use std::collections::HashSet;

use super::prelude::*;

pub(super) static RULE: Rule = Rule {
    id: "anchor-duplicate",
    family: Family::Document,
    level: Severity::Info,
    summary: "two sections below one heading have the same name",
    why: "The second gets an anchor with a number, which changes when a section is put between them; links to it \
        then lead elsewhere. The same name below different headings is common and left alone.",
    repair: "name the sections apart",
    fixes: false,
    check: Check::Page(check),
};

fn check(_: &Context<'_>, subject: &Subject<'_>, found: &mut Vec<Found>) {
    let mut above: Vec<(u8, &str)> = Vec::new();
    let mut met: HashSet<(Option<&str>, String)> = HashSet::new();
    for section in subject.headed() {
        while above.last().is_some_and(|(level, _)| *level >= section.level) {
            above.pop();
        }
        let parent = above.last().map(|(_, anchor)| *anchor);
        let name = section.heading.to_lowercase();
        if !name.is_empty() && !met.insert((parent, name)) {
            let message = format!("there is another section '{}' beside this one", section.heading);
            found.push(subject.found(subject.heading_span(section), message));
        }
        above.push((section.level, &section.anchor));
    }
}

#[cfg(test)]
mod tests {
    use super::RULE;
    use crate::lint::fixture::marked;

    #[test]
    fn the_same_name_side_by_side_is_found() {
        marked(&RULE, "== wiki/a.md\n# A\n\n## Steps\n\nx\n\n\u{ab}## steps\u{bb}\n\ny\n");
    }

    #[test]
    fn below_different_headings_it_is_left_alone() {
        marked(&RULE, "== wiki/a.md\n# A\n\n## 1.1\n\n### Added\n\n## 1.0\n\n### Added\n");
    }
}
