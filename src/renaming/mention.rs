//! Paths in prose and code: shown to people, never changed.

use regex::bytes::Regex;

use super::Left;
use super::edit::line_of;
use crate::document::Destination;
use crate::repo_path::RepoPath;

/// Longest line that is shown, in characters.
const SHOWN: usize = 100;

/// Where `bytes` name the file or folder `old` outside links and outside what
/// `changed` replaces. A citation with a commit names what was there then.
pub fn mentions(
    old: &RepoPath,
    bytes: &[u8],
    links: &[Destination],
    changed: &[(usize, usize)],
) -> Vec<Left> {
    let Ok(name) = std::str::from_utf8(old.as_bytes()) else { return Vec::new() };
    // A folder's name alone is a word like any other: only before a slash is it a path.
    let end = if name.contains(['/', '.']) { r"(?:$|[^\w.-]|[.-](?:$|\s))" } else { "/" };
    let pattern = format!(r"(?:^|[^\w./-])(?:\./|/)?({}){end}", regex::escape(name));
    let Ok(pattern) = Regex::new(&pattern) else { return Vec::new() };
    let inside = |at: usize| {
        let in_link = links.iter().any(|it| {
            it.span.is_some_and(|span| (span.start as usize..span.end as usize).contains(&at))
        });
        in_link || changed.iter().any(|(start, end)| (*start..*end).contains(&at))
    };
    let mut found: Vec<Left> = Vec::new();
    for hit in pattern.captures_iter(bytes).filter_map(|it| it.get(1)) {
        if inside(hit.start()) || names_a_commit(&bytes[hit.end()..]) {
            continue;
        }
        let line = line_of(bytes, hit.start());
        if found.last().is_none_or(|last| last.line != line) {
            let why = "text, not a link".to_owned();
            found.push(Left { line, text: line_at(bytes, hit.start()), why });
        }
    }
    found
}

fn names_a_commit(after: &[u8]) -> bool {
    let word = after.split(|it| it.is_ascii_whitespace() || b"`\"')]".contains(it)).next();
    let commit = word.unwrap_or_default().rsplit(|&it| it == b'@').next().unwrap_or_default();
    word.is_some_and(|word| word.contains(&b'@'))
        && commit.len() >= 7
        && commit.iter().all(u8::is_ascii_hexdigit)
}

fn line_at(bytes: &[u8], at: usize) -> String {
    let start = bytes[..at].iter().rposition(|&it| it == b'\n').map_or(0, |found| found + 1);
    let line = bytes[start..].split(|&it| it == b'\n').next().unwrap_or_default();
    String::from_utf8_lossy(line).trim().chars().take(SHOWN).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::document::destinations;

    fn lines(text: &str) -> Vec<u32> {
        let old = RepoPath::new("wiki/a.md").unwrap();
        let links = destinations(text.as_bytes()).unwrap();
        mentions(&old, text.as_bytes(), &links, &[]).iter().map(|it| it.line).collect()
    }

    #[test]
    fn text_and_code_are_mentions_and_links_are_not() {
        assert_eq!(
            lines("see wiki/a.md.\n`wiki/a.md` wiki/a.md\n[x](/wiki/a.md)\n/wiki/a.md x"),
            [1, 2, 4]
        );
    }

    #[test]
    fn the_name_of_a_folder_is_a_path_before_a_slash_only() {
        let folder = RepoPath::new("wiki").unwrap();
        let found = mentions(&folder, b"the wiki\n`wiki/x.md`\nmy/wiki/y\n", &[], &[]);
        assert_eq!(found.iter().map(|it| it.line).collect::<Vec<_>>(), [2]);
    }

    #[test]
    fn longer_names_and_citations_are_none() {
        assert!(
            lines("xwiki/a.md wiki/a.mdx my/wiki/a.md wiki/a.md#s@0123abcd `wiki/a.md@0123abcd`")
                .is_empty()
        );
    }
}
