//! A page's changelog: its newest day, and what the page says beside it.

use std::sync::LazyLock;

use jiff::civil::Date;
use regex::Regex;

use crate::document::{Span, Text, parse, read_date};
use crate::repo_path::RepoPath;
use crate::template::plain;

static DAY: LazyLock<Regex> = LazyLock::new(|| {
    Regex::new(r"\b\d{4}-\d{2}-\d{2}\b").expect("a fixed pattern that a test compiles")
});

/// What stands below a heading that is called changelog, and what does not.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Changelog {
    /// The newest day that it names.
    pub newest: Option<Date>,
    /// The line of its heading.
    pub heading: Span,
    /// Its own text.
    pub entries: String,
    /// The words of the page below the front matter and outside of it.
    pub body: String,
}

/// The changelog of a page; `None` where it has none.
pub fn changelog(path: &RepoPath, bytes: &[u8]) -> Option<Changelog> {
    let (document, _) = parse(path, bytes);
    let text = Text::new(bytes);
    let slice = |span: Span| text.as_str().get(span.start as usize..span.end as usize);
    let called = |name: &str| matches!(plain(name).as_str(), "changelog" | "change log");
    let at = document.sections.iter().position(|it| it.level > 0 && called(&it.heading))?;
    let section = &document.sections[at];
    let later = document.sections[at + 1..].iter().find(|it| it.level <= section.level);
    let end = later.map_or(bytes.len(), |it| it.span.start as usize);
    let whole = Span { start: section.span.start, end: u32::try_from(end).ok()? };
    let entries = slice(whole)?;
    let line = entries.lines().next().unwrap_or_default().len();
    let before = slice(Span { start: document.front.body_start, end: whole.start })?;
    let after = text.as_str().get(end..)?;
    let words = before.split_whitespace().chain(after.split_whitespace());
    Some(Changelog {
        newest: DAY.find_iter(entries).filter_map(|day| read_date(day.as_str())).max(),
        heading: Span { start: whole.start, end: whole.start + u32::try_from(line).ok()? },
        entries: entries.to_owned(),
        body: words.collect::<Vec<_>>().join(" "),
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_newest_day_and_the_words_beside_it_are_read() {
        let path = RepoPath::new("wiki/a.md").unwrap();
        let page = "---\nx: 1\n---\n# A\n\nIt is 2027-01-01.\n\n## Changelog\r\n\r\n- 2026-10-02: b\r\n- 2026-09-02: a\n\n## End\n\nz\n";
        let found = changelog(&path, page.as_bytes()).unwrap();
        assert_eq!(found.newest.unwrap().to_string(), "2026-10-02");
        assert_eq!(found.body, "# A It is 2027-01-01. ## End z");
        let heading = found.heading.start as usize..found.heading.end as usize;
        assert_eq!(&page[heading], "## Changelog");
        assert!(changelog(&path, b"# A\n\nChangelog\n").is_none());
    }
}
