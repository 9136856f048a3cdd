//! How one decision names another: a link, `ADR-0003`, a bare number, a path.

use std::sync::LazyLock;

use regex::Regex;

use super::AdrRef;
use super::name::{number_of_target, split_title};

/// `Supersedes X`, `Superceded by X`, with whatever stands before the names.
static RELATION: LazyLock<Regex> = LazyLock::new(|| {
    pattern(r"(?i)\bsuper[sc](?:edes|(?<passive>eded[- _]by))\b[*_:\s]*(?<names>.*)$")
});
static LINK: LazyLock<Regex> = LazyLock::new(|| pattern(r"\[([^\[\]]*)\]\(\s*<?([^()\s<>]+)"));
static MENTION: LazyLock<Regex> = LazyLock::new(|| pattern(r"(?i)\badr[-\s#]*([0-9]{1,6})\b"));
static NUMBER: LazyLock<Regex> = LazyLock::new(|| pattern(r"^#?([0-9]{1,6})\b"));

fn pattern(text: &str) -> Regex {
    Regex::new(text).expect("a fixed pattern that a test compiles")
}

/// Decisions that a line says are replaced, and those that it says replace this one.
#[derive(Debug, Default, PartialEq, Eq)]
pub(super) struct Relations {
    pub(super) supersedes: Vec<AdrRef>,
    pub(super) superseded_by: Vec<AdrRef>,
}

/// True if a line says that one decision replaces another.
pub(super) fn is_relation(line: &str) -> bool {
    RELATION.is_match(line)
}

impl Relations {
    /// Adds what `line` says.
    pub(super) fn read_line(&mut self, line: &str) {
        let Some(found) = RELATION.captures(line) else { return };
        let names = refs(&found["names"]);
        let side = match found.name("passive") {
            Some(_) => &mut self.superseded_by,
            None => &mut self.supersedes,
        };
        extend(side, names);
    }

    /// Adds what a key of front matter lists: paths, numbers, mentions.
    pub(super) fn read_list(side: &mut Vec<AdrRef>, list: &[String]) {
        for item in list {
            let found = refs(item);
            let path = AdrRef { number: number_of_target(item), target: Some(item.clone()) };
            extend(side, if found.is_empty() { vec![path] } else { found });
        }
    }
}

/// Adds what is not there yet: many formats say the same in two places.
fn extend(side: &mut Vec<AdrRef>, refs: Vec<AdrRef>) {
    for found in refs {
        if !side.contains(&found) {
            side.push(found);
        }
    }
}

/// Every decision that `text` names; links before mentions before a number.
pub(super) fn refs(text: &str) -> Vec<AdrRef> {
    let links: Vec<_> =
        LINK.captures_iter(text).map(|found| linked(&found[1], &found[2])).collect();
    if !links.is_empty() {
        return links;
    }
    let numbered =
        |found: regex::Captures<'_>| AdrRef { number: found[1].parse().ok(), target: None };
    let mentions: Vec<_> = MENTION.captures_iter(text).map(numbered).collect();
    if !mentions.is_empty() {
        return mentions;
    }
    let is_path = text.contains(".md");
    NUMBER.captures(text.trim()).filter(|_| !is_path).map(numbered).into_iter().collect()
}

fn linked(text: &str, target: &str) -> AdrRef {
    let number = number_of_target(target).or_else(|| split_title(text).0);
    AdrRef { number, target: Some(target.to_owned()) }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn one(line: &str) -> (Vec<AdrRef>, Vec<AdrRef>) {
        let mut relations = Relations::default();
        relations.read_line(line);
        (relations.supersedes, relations.superseded_by)
    }

    fn adr(number: u32, target: Option<&str>) -> AdrRef {
        AdrRef { number: Some(number), target: target.map(str::to_owned) }
    }

    #[test]
    fn both_spellings_and_both_directions() {
        let new = adr(3, Some("0003-new.md"));
        assert_eq!(one("Superceded by [3. New](0003-new.md)"), (vec![], vec![new.clone()]));
        assert_eq!(one("**Superseded by:** [3. New](0003-new.md)"), (vec![], vec![new.clone()]));
        assert_eq!(one("- Supercedes [3. New](0003-new.md)"), (vec![new], vec![]));
    }

    #[test]
    fn names_without_links() {
        assert_eq!(one("superseded by ADR-0123"), (vec![], vec![adr(123, None)]));
        assert_eq!(one("Supersedes ADR-1 and ADR-2"), (vec![adr(1, None), adr(2, None)], vec![]));
        assert_eq!(one("superseded by 0005"), (vec![], vec![adr(5, None)]));
        assert_eq!(one("it is superseded"), (vec![], vec![]));
    }

    #[test]
    fn a_slug_is_kept_as_a_target() {
        let slug = AdrRef { number: None, target: Some("20201029-superseder.md".into()) };
        assert_eq!(one("superseded by [20201029-superseder](20201029-superseder.md)").1, [slug]);
    }
}
