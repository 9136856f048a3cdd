//! `adr-link-one-sided`

use super::decisions::{Led, all, lead, was_decided};
use super::prelude::*;
use crate::adr::{AdrRef, Format};
use crate::corpus::Page;
use crate::repo_path::RepoPath;

pub(super) static RULE: Rule = Rule {
    id: "adr-link-one-sided",
    family: Family::Adr,
    level: Severity::Warning,
    summary: "of two decisions only one says that it replaces the other",
    why: "Whoever opens the old one does not learn that it was replaced. In logs of MADR and its \
        kin the new one need not name the old one; in logs of Nygard's form both do.",
    repair: "name it on this side too",
    fixes: false,
    check: Check::Memory(check),
};

fn check(context: &Context<'_>, found: &mut Vec<Found>) {
    for (page, record) in all(context) {
        for old in record.supersedes.iter().filter(|_| was_decided(record)) {
            let Some((old, other)) = decision(context, page, old) else { continue };
            if !other.superseded_by.iter().any(|by| is_to(context, old, by, &page.path)) {
                let message = format!("{} says that it replaces this one", page.path);
                let hint = format!("say here that it is superseded by {}", page.path);
                found.push(Found::in_file(&old.path, message).hint(hint));
            }
        }
        let by = record.superseded_by.as_ref().filter(|_| record.format == Format::Nygard);
        let Some((new, other)) = by.and_then(|by| decision(context, page, by)) else { continue };
        let is_named = other.supersedes.iter().any(|old| is_to(context, new, old, &page.path));
        if !is_named && other.format == Format::Nygard {
            let message = format!("{} says that this one replaces it", page.path);
            let hint = format!("say here that it supersedes {}", page.path);
            found.push(Found::in_file(&new.path, message).hint(hint));
        }
    }
}

fn decision<'a>(
    context: &'a Context<'_>,
    page: &Page,
    named: &AdrRef,
) -> Option<(&'a Page, &'a crate::adr::AdrRecord)> {
    let Led::To(path) = lead(context, page, named) else { return None };
    let other = context.catalogue.page(&path).filter(|other| other.path != page.path)?;
    Some((other, other.adr.as_ref()?))
}

fn is_to(context: &Context<'_>, page: &Page, named: &AdrRef, wanted: &RepoPath) -> bool {
    matches!(lead(context, page, named), Led::To(path) if path == *wanted)
}

#[cfg(test)]
mod tests {
    use super::RULE;
    use crate::lint::fixture::marked;

    #[test]
    fn the_side_that_is_silent_is_found() {
        let messages = marked(
            &RULE,
            "== adr/0001-a.md\n\u{ab}\u{bb}# 1. A\n\n## Status\n\nAccepted\n\n## Decision\n\nx\n\
             == adr/0002-b.md\n# 2. B\n\n## Status\n\nAccepted\n\nSupersedes [1. A](0001-a.md)\n\n## Decision\n\nx\n",
        );
        assert_eq!(messages, ["adr/0002-b.md says that it replaces this one"]);
    }

    #[test]
    fn two_sides_that_agree_are_left_alone() {
        marked(
            &RULE,
            "== adr/0001-a.md\n# 1. A\n\n## Status\n\nSuperceded by [2. B](0002-b.md)\n\n## Decision\n\nx\n\
             == adr/0002-b.md\n# 2. B\n\n## Status\n\nAccepted\n\nSupercedes [1. A](0001-a.md)\n\n## Decision\n\nx\n",
        );
    }
}
