//! `skill-name-duplicate`

use std::collections::BTreeMap;

use super::prelude::*;
use crate::corpus::Page;

pub(super) static RULE: Rule = Rule {
    id: "skill-name-duplicate",
    family: Family::Skill,
    level: Severity::Error,
    summary: "two skills have the same name",
    why: "An agent that is told the name gets one of them.",
    repair: "rename one, with its folder",
    fixes: false,
    check: Check::Memory(check),
};

fn check(context: &Context<'_>, found: &mut Vec<Found>) {
    let mut met: BTreeMap<&str, &Page> = BTreeMap::new();
    for page in context.catalogue.pages() {
        let Some(skill) = page.skill.as_ref().filter(|skill| !skill.name.is_empty()) else {
            continue;
        };
        match met.get(skill.name.as_str()) {
            Some(first) => {
                let message = format!("{} has the name '{}' too", first.path, skill.name);
                found.push(Found::in_file(&page.path, message));
            }
            None => {
                met.insert(&skill.name, page);
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::RULE;
    use crate::lint::fixture::marked;

    #[test]
    fn the_second_of_a_name_is_found() {
        marked(
            &RULE,
            "== skills/a/SKILL.md\n---\nname: a\ndescription: d\n---\nx\n== skills/b/SKILL.md\n\u{ab}\u{bb}---\nname: a\ndescription: d\n---\nx\n",
        );
    }
}
