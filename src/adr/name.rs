//! What a decision's file name and title say: number, day, words.

use std::sync::LazyLock;

use jiff::civil::Date;
use regex::Regex;

use crate::repo_path::RepoPath;

/// `0012-slug`, `12_slug`.
static NUMBERED: LazyLock<Regex> = LazyLock::new(|| pattern(r"^([0-9]{1,6})(?:[-_. ](.*)|)$"));
/// `20260102-slug`.
static DATED: LazyLock<Regex> =
    LazyLock::new(|| pattern(r"^([0-9]{4})([0-9]{2})([0-9]{2})[-_](.+)$"));
/// `adr-0012-slug`, `ADR12`, `decision-3 - Slug`.
static NAMED: LazyLock<Regex> =
    LazyLock::new(|| pattern(r"(?i)^(?:adr|decision)[-_ ]?([0-9]{1,6})(?:[-_. ]+(.*)|)$"));
/// `12. Title`, `ADR-0012: Title`, `ADR 12 Title`.
static TITLE: LazyLock<Regex> = LazyLock::new(|| {
    pattern(
        r"(?i)^(?:adr[-\s#]*([0-9]{1,6})\s*[.:)\u{2013}\u{2014}-]*\s*|\[?adr[-\s#]*([0-9]{1,6})\]\s*|([0-9]{1,6})\s*[.:)\u{2013}\u{2014}-]\s+)(\S.*)$",
    )
});

fn pattern(text: &str) -> Regex {
    Regex::new(text).expect("a fixed pattern that a test compiles")
}

/// How a file is named.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Name {
    /// `0012-slug.md`.
    Numbered(u32),
    /// `20260102-slug.md`.
    Dated(Date),
    /// `adr-12-slug.md`, `decision-12 - slug.md`: the name itself says what it is.
    Explicit(u32),
    /// Anything else.
    Other,
}

impl Name {
    /// Reads a file's stem.
    pub(super) fn of(stem: &str) -> Self {
        if let Some(date) = date(stem) {
            return Self::Dated(date);
        }
        if let Some(number) = NAMED.captures(stem).and_then(|found| found[1].parse().ok()) {
            return Self::Explicit(number);
        }
        let number = NUMBERED.captures(stem).and_then(|found| found[1].parse().ok());
        number.map_or(Self::Other, Self::Numbered)
    }

    pub(super) fn number(&self) -> Option<u32> {
        match self {
            Self::Numbered(number) | Self::Explicit(number) => Some(*number),
            Self::Dated(_) | Self::Other => None,
        }
    }
}

fn date(stem: &str) -> Option<Date> {
    let found = DATED.captures(stem)?;
    Date::new(found[1].parse().ok()?, found[2].parse().ok()?, found[3].parse().ok()?).ok()
}

/// The number in a link's target, taken from its file name.
pub(super) fn number_of_target(target: &str) -> Option<u32> {
    let path = target.split(['#', '?']).next().unwrap_or_default();
    Name::of(&RepoPath::from_git(path).file_stem()).number()
}

/// A title's number and the title without it.
pub fn split_title(title: &str) -> (Option<u32>, &str) {
    let Some(found) = TITLE.captures(title.trim()) else { return (None, title.trim()) };
    let digits = found.get(1).or(found.get(2)).or(found.get(3));
    let number = digits.and_then(|digits| digits.as_str().parse().ok());
    (number, found.get(4).map_or(title, |rest| rest.as_str()).trim())
}

/// The words of a stem without its number or date: the title of last resort.
pub(super) fn words(stem: &str) -> String {
    let rest = [&NAMED, &NUMBERED].into_iter().find_map(|regex| regex.captures(stem)?.get(2));
    let dated = DATED.captures(stem).and_then(|found| found.get(4));
    let rest = dated.or(rest).map_or(stem, |rest| rest.as_str());
    rest.replace(['-', '_'], " ").trim().to_owned()
}

/// The words of a decision's file name: without number, day and ending;
/// `None` where there are none.
pub fn slug_of(path: &RepoPath) -> Option<String> {
    let stem = path.file_stem();
    let rest = DATED.captures(&stem).and_then(|found| found.get(4));
    let named = [&NAMED, &NUMBERED].into_iter().find_map(|regex| regex.captures(&stem)?.get(2));
    let rest = rest.or(named).map_or(stem.as_str(), |rest| rest.as_str());
    let rest = rest.trim_matches([' ', '-', '_', '.']).replace(' ', "-");
    let is_number = rest.bytes().all(|byte| byte.is_ascii_digit());
    (!is_number).then_some(rest)
}

#[cfg(test)]
mod tests {
    use jiff::civil::date;

    use super::*;

    #[test]
    fn names_say_number_or_day() {
        assert_eq!(Name::of("0012-use-x"), Name::Numbered(12));
        assert_eq!(Name::of("0008"), Name::Numbered(8));
        assert_eq!(Name::of("20260102-use-x"), Name::Dated(date(2026, 1, 2)));
        assert_eq!(Name::of("ADR-0012-use-x"), Name::Explicit(12));
        assert_eq!(Name::of("decision-3 - Use-X"), Name::Explicit(3));
        assert_eq!(Name::of("adr_with_words"), Name::Other);
        assert_eq!(Name::of("2024roadmap"), Name::Other);
    }

    #[test]
    fn a_title_loses_its_number_only() {
        for title in [
            "12. Use X",
            "ADR-0012: Use X",
            "ADR 12 - Use X",
            "[ADR-12] Use X",
            "012 \u{2014} Use X",
            "adr-12 Use X",
        ] {
            assert_eq!(split_title(title), (Some(12), "Use X"), "{title}");
        }
        for title in ["Use X", "2 phase commit", "3.5 inch disks", "Adrenaline 5", "12."] {
            assert_eq!(split_title(title), (None, title));
        }
    }

    #[test]
    fn a_target_has_the_number_of_its_file() {
        assert_eq!(number_of_target("../adr/0003-new.md#status"), Some(3));
        assert_eq!(number_of_target("20260102-new.md"), None);
        assert_eq!(words("0003-use-new_things"), "use new things");
        assert_eq!(words("20260102-use-x"), "use x");
    }

    #[test]
    fn a_slug_is_the_words_of_a_name() {
        let slug = |path: &str| slug_of(&RepoPath::new(path).unwrap());
        for path in ["a/0003-use-x.md", "20260102-use-x.md", "ADR-3-use-x.md", "use-x.md"] {
            assert_eq!(slug(path).as_deref(), Some("use-x"), "{path}");
        }
        assert_eq!(slug("decision-3 - Use X.md").as_deref(), Some("Use-X"));
        assert_eq!((slug("0003.md"), slug("0003-12.md")), (None, None));
    }
}
