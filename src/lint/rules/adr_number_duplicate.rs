//! `adr-number-duplicate`

use std::collections::BTreeMap;

use super::decisions::all;
use super::prelude::*;
use crate::corpus::Page;
use crate::repo_path::RepoPath;

pub(super) static RULE: Rule = Rule {
    id: "adr-number-duplicate",
    family: Family::Adr,
    level: Severity::Error,
    summary: "two decisions of a log have the same number",
    why: "Every mention of the number is ambiguous. Files beside each other are compared; a \
        translation (`0001-x.de.md` beside `0001-x.md`) is left alone.",
    repair: "give the later one the next free number, in its name, its title and every mention",
    fixes: false,
    check: Check::Memory(check),
};

fn check(context: &Context<'_>, found: &mut Vec<Found>) {
    let mut numbered: BTreeMap<(RepoPath, u32), Vec<&Page>> = BTreeMap::new();
    for (page, record) in all(context) {
        if let Some(number) = record.number {
            numbered.entry((page.path.parent(), number)).or_default().push(page);
        }
    }
    for ((_, number), pages) in numbered {
        for (at, page) in pages.iter().enumerate().skip(1) {
            let earlier = pages[..at].iter().find(|other| !is_translation(page, other));
            if let Some(earlier) = earlier {
                let message = format!("{} has the number {number} too", earlier.path);
                found.push(Found::in_file(&page.path, message));
            }
        }
    }
}

fn is_translation(a: &Page, b: &Page) -> bool {
    let (a, b) = (a.path.file_stem(), b.path.file_stem());
    let longer =
        |a: &str, b: &str| a.strip_prefix(b).is_some_and(|rest| rest.starts_with(['.', '_']));
    longer(&a, &b) || longer(&b, &a)
}

#[cfg(test)]
mod tests {
    use super::RULE;
    use crate::lint::fixture::marked;

    #[test]
    fn the_second_file_of_a_number_is_found() {
        let messages = marked(
            &RULE,
            "== adr/0001-a.md\n# 1. A\n== adr/0001-b.md\n\u{ab}\u{bb}# 1. B\n== adr/0002-c.md\n# 2. C\n\
             == adr/0002-c.de.md\n# 2. C\n== wiki/adr/0001-a.md\n# 1. A\n",
        );
        assert_eq!(messages, ["adr/0001-a.md has the number 1 too"]);
    }
}
