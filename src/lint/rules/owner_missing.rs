//! `owner-missing`

use super::prelude::*;
use crate::corpus::Page;

pub(super) static RULE: Rule = Rule {
    id: "owner-missing",
    family: Family::Document,
    level: Severity::Warning,
    summary: "nobody owns a page",
    why: "Nobody is asked when it is wrong, and nobody reviews it. Where no page has an owner there is one finding \
        for all. Archived pages are left alone.",
    repair: "add a line to CODEOWNERS, or owner: to the page",
    fixes: false,
    check: Check::Memory(check),
};

fn check(context: &Context<'_>, found: &mut Vec<Found>) {
    let facts = |page: &Page| context.catalogue.rules().facts(page, context.today);
    let pages: Vec<&Page> = context.catalogue.pages().iter().collect();
    let unowned: Vec<&&Page> = pages
        .iter()
        .filter(|page| {
            let facts = facts(page);
            facts.owner.is_empty() && !facts.archived
        })
        .collect();
    match unowned.first() {
        Some(first) if unowned.len() == pages.len() && pages.len() > 1 => {
            let message = format!("none of {} pages has an owner", pages.len());
            let one = Found::in_file(&first.path, message).known_by("none");
            found.push(one.hint("write a CODEOWNERS file"));
        }
        _ => found
            .extend(unowned.iter().map(|page| Found::in_file(&page.path, "nobody owns this page"))),
    }
}

#[cfg(test)]
mod tests {
    use super::RULE;
    use crate::lint::fixture::{Memory, findings, marked};

    #[test]
    fn a_page_that_nobody_owns_is_found() {
        marked(
            &RULE,
            "== CODEOWNERS\n/wiki/a.md @ada\n== wiki/a.md\n# A\n== wiki/b.md\n\u{ab}\u{bb}# B\n\
             == wiki/c.md\n---\nowner: ada\n---\n# C\n",
        );
    }

    #[test]
    fn where_nobody_owns_anything_it_is_said_once() {
        let memory = Memory::new("== wiki/a.md\n# A\n== wiki/b.md\n# B\n");
        assert_eq!(findings(&RULE, &memory)[0].message, "none of 2 pages has an owner");
        assert_eq!(findings(&RULE, &memory).len(), 1);
    }
}
