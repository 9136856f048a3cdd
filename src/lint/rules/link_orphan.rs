//! `link-orphan`

use std::collections::BTreeMap;

use super::prelude::*;
use crate::corpus::{Page, RootKind};
use crate::repo_path::RepoPath;

pub(super) static RULE: Rule = Rule {
    id: "link-orphan",
    family: Family::Links,
    level: Severity::Info,
    summary: "no page links to this one",
    why: "Search finds it and readers who follow links do not. Front pages, archived pages, decisions and \
        skills are left alone. Where most pages of a wiki are linked from nowhere it has no links by \
        habit, and one finding says so.",
    repair: "link to it from its folder's index.md, or archive it",
    fixes: false,
    check: Check::Memory(check),
};

/// Fewer pages than this have no habit.
const FEW: usize = 10;

fn check(context: &Context<'_>, found: &mut Vec<Found>) {
    let mut roots: BTreeMap<RepoPath, (usize, Vec<&Page>)> = BTreeMap::new();
    for page in context.catalogue.pages() {
        let place = context.catalogue.rules().roots.classify(&page.path);
        let Some(place) = place.filter(|place| place.kind == RootKind::Wiki) else { continue };
        let (pages, orphans) = roots.entry(place.root).or_default();
        *pages += 1;
        if is_orphan(context, page) {
            orphans.push(page);
        }
    }
    for (root, (pages, orphans)) in roots {
        if pages >= FEW && orphans.len() * 2 > pages {
            let name = if root.is_root() { ".".to_owned() } else { root.text().into_owned() };
            let message =
                format!("{} of {pages} pages in {name} are linked from nowhere", orphans.len());
            let one = Found::in_file(&orphans[0].path, message).known_by(name);
            found.push(one.hint("write an index.md that links to them"));
        } else {
            let one = |page: &&Page| Found::in_file(&page.path, "no page links to this one");
            found.extend(orphans.iter().map(one));
        }
    }
}

fn is_orphan(context: &Context<'_>, page: &Page) -> bool {
    const FRONT: &[&str] =
        &["index", "readme", "home", "_sidebar", "_footer", "summary", "contributing", "changelog"];
    let stem = page.path.file_stem().to_lowercase();
    context.graph.incoming(&page.path).is_empty()
        && !FRONT.contains(&stem.as_str())
        && page.adr.is_none()
        && !context.is_archived(page)
}

#[cfg(test)]
mod tests {
    use super::RULE;
    use crate::lint::fixture::{Memory, findings, marked};

    #[test]
    fn a_page_without_links_to_it_is_found() {
        marked(
            &RULE,
            "== wiki/index.md\n[a](a.md)\n== wiki/a.md\n# A\n== wiki/b.md\n\u{ab}\u{bb}# B\n\n[a](a.md)\n\
             == wiki/c.md\n---\narchived: old\n---\n# C\n",
        );
    }

    #[test]
    fn a_wiki_without_links_by_habit_is_one_finding() {
        let pages: String =
            (0..12).map(|n| format!("== wiki/p{n}.md\n# P{n}\n")).collect::<Vec<_>>().concat();
        let found = findings(&RULE, &Memory::new(&pages));
        assert_eq!(found.len(), 1);
        assert_eq!(found[0].message, "12 of 12 pages in wiki are linked from nowhere");
    }
}
