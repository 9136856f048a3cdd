//! The next number of a log.

use super::name::Name;
use crate::repo_path::RepoPath;

/// The number in a decision's file name: `0012-use-x.md` has 12. A name that
/// begins with a day has none.
pub fn number_of(path: &RepoPath) -> Option<u32> {
    let stem = path.file_stem();
    let begins_with_day =
        stem.get(..10).is_some_and(|head| head.parse::<jiff::civil::Date>().is_ok());
    let numbered = path.is_markdown() && !begins_with_day;
    numbered.then(|| Name::of(&stem).number()).flatten()
}

/// The number above every one that was ever used. A gap is not filled: its
/// number may stand in a letter, a ticket or a branch that nobody sees here.
pub fn next_number(used: impl IntoIterator<Item = u32>) -> u32 {
    used.into_iter().max().unwrap_or(0) + 1
}

/// Digits of a log's file names: those of its longest number, four at least
/// where there is none yet.
pub fn digits<'a>(paths: impl IntoIterator<Item = &'a RepoPath>) -> usize {
    let width = |path: &RepoPath| {
        let stem = path.file_stem();
        let digits = stem.trim_start_matches(|c: char| !c.is_ascii_digit());
        digits.find(|c: char| !c.is_ascii_digit()).unwrap_or(digits.len())
    };
    let widths = paths.into_iter().filter(|path| number_of(path).is_some()).map(width);
    widths.max().unwrap_or(4)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn path(name: &str) -> RepoPath {
        RepoPath::new(format!("doc/adr/{name}")).unwrap()
    }

    #[test]
    fn names_give_numbers() {
        let number = |name| number_of(&path(name));
        assert_eq!(number("0012-use-x.md"), Some(12));
        assert_eq!(number("adr-9-x.md"), Some(9));
        for name in ["2026-01-02-x.md", "20260102-x.md", "0012-x.png", "README.md"] {
            assert_eq!(number(name), None, "{name}");
        }
    }

    #[test]
    fn the_next_one_is_above_all_and_fills_no_gap() {
        assert_eq!(next_number([1, 7, 3]), 8);
        assert_eq!(next_number([]), 1);
    }

    #[test]
    fn digits_are_the_logs_own() {
        assert_eq!(digits(&[path("001-a.md"), path("002-b.md")]), 3);
        assert_eq!(digits(&[path("README.md")]), 4);
        assert_eq!(digits(&[path("adr-0009-a.md")]), 4);
    }
}
