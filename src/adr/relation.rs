//! Words with which decisions relate, and the words for the other side.

/// Each relation from both sides, in lower case.
#[rustfmt::skip]
const RELATIONS: &[(&str, &str)] = &[
    ("supersedes",     "superseded by"),
    ("supercedes",     "superceded by"),
    ("amends",         "amended by"),
    ("clarifies",      "clarified by"),
    ("extends",        "extended by"),
    ("refines",        "refined by"),
    ("implements",     "implemented by"),
    ("enables",        "enabled by"),
    ("depends on",     "required by"),
    ("replaces in part", "replaced in part by"),
    ("relates to",     "relates to"),
    ("conflicts with", "conflicts with"),
];

/// What the other side says; `None` for words that are not known.
pub fn reverse_of(relation: &str) -> Option<&'static str> {
    let wanted = folded(relation);
    RELATIONS.iter().find_map(|&(one, other)| match () {
        () if wanted == one => Some(other),
        () if wanted == other => Some(one),
        () => None,
    })
}

/// What a line says that names another decision behind these words: the
/// relation, and whether it is the other one that stands in it to this one
/// (`Amended by`). `None` for any other words.
pub fn stated_by(words: &str) -> Option<(&'static str, bool)> {
    let words = words.trim_matches(|c: char| c.is_whitespace() || "*-+_:>`".contains(c));
    let wanted = folded(words);
    RELATIONS.iter().find_map(|&(one, other)| match () {
        () if wanted == one => Some((one, false)),
        () if wanted == other => Some((one, true)),
        () => None,
    })
}

/// Every known relation, for a hint.
pub fn relations() -> Vec<&'static str> {
    let all = RELATIONS.iter().filter(|(one, _)| *one != "supercedes");
    let mut all: Vec<_> = all.flat_map(|&(one, other)| [one, other]).collect();
    all.dedup();
    all
}

/// `supersedes` and its passive have an operation of their own.
pub fn is_supersession(relation: &str) -> bool {
    folded(relation).starts_with("supersede") || folded(relation).starts_with("supercede")
}

/// Case, `-` and `_` do not count.
fn folded(relation: &str) -> String {
    let words = relation.split(|c: char| c.is_whitespace() || c == '-' || c == '_');
    words.filter(|word| !word.is_empty()).map(str::to_lowercase).collect::<Vec<_>>().join(" ")
}

/// The first letter made a capital, as in a line of its own.
pub(super) fn capitalised(text: &str) -> String {
    let mut rest = text.chars();
    rest.next().map_or_else(String::new, |first| first.to_uppercase().chain(rest).collect())
}

/// A relation as it stands at the head of a line.
pub(super) fn headed(relation: &str) -> String {
    let words: Vec<&str> = relation.split_whitespace().collect();
    let text = words.join(" ");
    let known = reverse_of(&text).is_some();
    capitalised(&if known { folded(&text) } else { text })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn both_sides_are_known() {
        assert_eq!(reverse_of("Amends"), Some("amended by"));
        assert_eq!(reverse_of("superceded-by"), Some("supercedes"));
        assert_eq!(reverse_of("relates to"), Some("relates to"));
        assert_eq!(reverse_of("annoys"), None);
        assert!(relations().iter().all(|name| reverse_of(name).is_some()));
    }

    #[test]
    fn what_stands_before_a_name_is_read_from_both_sides() {
        assert_eq!(stated_by("* **Amends:** "), Some(("amends", false)));
        assert_eq!(stated_by("Amended by "), Some(("amends", true)));
        assert_eq!(stated_by("- relates-to "), Some(("relates to", false)));
        assert_eq!((stated_by("see "), stated_by("")), (None, None));
    }

    #[test]
    fn a_line_begins_with_a_capital() {
        assert_eq!(headed("depends_on"), "Depends on");
        assert_eq!(headed("Verweist  auf"), "Verweist auf");
    }
}
