//! `title-duplicate`

use std::collections::BTreeMap;

use super::prelude::*;
use crate::corpus::{Page, RootKind};
use crate::repo_path::RepoPath;

pub(super) static RULE: Rule = Rule {
    id: "title-duplicate",
    family: Family::Document,
    level: Severity::Info,
    summary: "two pages of a wiki have the same title",
    why: "In a list of results they cannot be told apart. Front pages, archived pages, decisions and skills are \
        left alone.",
    repair: "say in each title what is special about it, or merge the pages",
    fixes: false,
    check: Check::Memory(check),
};

fn check(context: &Context<'_>, found: &mut Vec<Found>) {
    let mut titled: BTreeMap<(RepoPath, String), &Page> = BTreeMap::new();
    for page in context.catalogue.pages().iter().filter(|page| is_stated(page)) {
        let place = context.catalogue.rules().roots.classify(&page.path);
        let Some(place) = place.filter(|place| place.kind == RootKind::Wiki) else { continue };
        if context.is_archived(page) {
            continue;
        }
        let key = (place.root, page.title.trim().to_lowercase());
        match titled.get(&key) {
            Some(first) => {
                let message = format!("{} has the title '{}' too", first.path, page.title);
                found.push(Found::in_file(&page.path, message));
            }
            None => {
                titled.insert(key, page);
            }
        }
    }
}

fn is_stated(page: &Page) -> bool {
    let stem = page.path.file_stem();
    let is_front = matches!(stem.to_lowercase().as_str(), "index" | "readme" | "_sidebar");
    page.title != stem && page.adr.is_none() && !is_front
}

#[cfg(test)]
mod tests {
    use super::RULE;
    use crate::lint::fixture::marked;

    #[test]
    fn the_second_page_of_a_title_is_found() {
        let messages = marked(
            &RULE,
            "== wiki/a.md\n# Restart it\n== wiki/b.md\n\u{ab}\u{bb}# restart it\n== wiki/c.md\n# Other\n\
             == wiki/x/index.md\n# Restart it\n== adr/0001-x.md\n# Restart it\n\n## Decision\n",
        );
        assert_eq!(messages, ["wiki/a.md has the title 'restart it' too"]);
    }
}
