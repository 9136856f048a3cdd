//! Paths as words of YAML and TOML: front matter and settings.
//!
//! The text is not parsed and written again, which would cost comments and
//! order; words are found in its lines, and only they are replaced.

use std::ops::Range;

use super::edit::Edit;
use super::relative::relative;
use super::{Moves, Renaming};
use crate::corpus::Page;
use crate::repo_path::RepoPath;

/// Keys of front matter whose values name files.
const PATH_KEYS: &[&str] = &[
    "supersedes",
    "superseded_by",
    "superseded-by",
    "successor",
    "replaces",
    "replaced_by",
    "target",
    "sources",
    "related",
    "see_also",
    "links",
    "parent",
    "runbook",
    "runbooks",
    // MADR: `superseded by [ADR-5](0005-x.md)`.
    "status",
];

/// A word of one line and where it stands.
pub(super) struct Word<'a> {
    pub(super) text: &'a str,
    range: Range<usize>,
    /// True behind `"` or `'`.
    quoted: bool,
    /// True before a colon: a key.
    pub(super) is_key: bool,
    /// The key of the top level that it stands below.
    pub(super) below: &'a str,
}

/// Replaces words of `text` for which `rename` gives another.
pub(super) fn rename_words<'a>(
    text: &'a str,
    rename: &dyn Fn(&Word<'a>) -> Option<String>,
) -> Vec<Edit> {
    let mut edits = Vec::new();
    let (mut at, mut below) = (0, "");
    for line in text.split_inclusive('\n') {
        if let Some(key) = top_key(line) {
            below = key;
        }
        let uncommented = comment(line).map_or(line, |cut| &line[..cut]);
        for word in words(uncommented, at, below) {
            edits.extend(rename(&word).map(|new| {
                let new = if word.quoted { new } else { quoted_where_needed(new) };
                Edit::new(word.range, new)
            }));
        }
        at += line.len();
    }
    edits
}

fn top_key(line: &str) -> Option<&str> {
    let end = line.find([':', '='])?;
    let key = line[..end].trim_end().trim_matches(['"', '\'']);
    let is_key = !line.starts_with(|c: char| c.is_whitespace() || "-#".contains(c));
    (is_key && !key.is_empty()).then_some(key)
}

/// Where a comment begins: a `#` behind a blank, outside quotes.
fn comment(line: &str) -> Option<usize> {
    let (mut quote, mut before) = (None, ' ');
    for (at, c) in line.char_indices() {
        match (c, quote) {
            ('#', None) if before.is_whitespace() => return Some(at),
            ('"' | '\'', None) if !before.is_alphanumeric() => quote = Some(c),
            (c, Some(open)) if c == open => quote = None,
            _ => {}
        }
        before = c;
    }
    None
}

/// Words of a line: what stands between quotes, blanks, commas and brackets.
/// A quoted text is a word as a whole, and its parts are words too.
fn words<'a>(line: &'a str, offset: usize, below: &'a str) -> Vec<Word<'a>> {
    let mut found = Vec::new();
    let mut add = |range: Range<usize>, quoted: bool| {
        let (text, after) =
            (&line[range.clone()], line[range.end..].trim_start_matches(['"', '\'']));
        let is_key = after.trim_start().starts_with(':') || text.ends_with(':');
        let text = if quoted { text } else { text.trim_end_matches(':') };
        let range = offset + range.start..offset + range.start + text.len();
        if !text.is_empty() {
            found.push(Word { text, range, quoted, is_key, below });
        }
    };
    let mut start = 0;
    for (at, c) in line.char_indices() {
        let is_end = c.is_whitespace() || "\"'`,[]{}()".contains(c);
        if !is_end {
            continue;
        }
        let inside = line[..start].ends_with(['"', '\'']) || line[at..].starts_with(['"', '\'']);
        add(start..at, inside);
        start = at + c.len_utf8();
        if matches!(c, '"' | '\'')
            && let Some(len) =
                line[start..].find(c).filter(|len| line[start..start + len].contains(' '))
        {
            add(start..start + len, true);
        }
    }
    add(start..line.len(), false);
    found
}

/// A word that YAML would not read as the same text is put into quotes.
fn quoted_where_needed(word: String) -> String {
    let plain = word.chars().all(|c| c.is_alphanumeric() || "/._-*#@".contains(c))
        && word.starts_with(|c: char| c.is_alphanumeric() || "/._".contains(c));
    if plain { word } else { format!("\"{}\"", word.replace('\\', "\\\\").replace('"', "\\\"")) }
}

/// The new form of a path or glob that `word` writes from the folder `base`;
/// a fragment is kept, and what names a commit is left.
pub(super) fn renamed(moves: &Moves, base: &RepoPath, word: &str) -> Option<String> {
    let (path, fragment) = word.split_at(word.find('#').unwrap_or(word.len()));
    if path.is_empty() || fragment.contains('@') {
        return None;
    }
    let slash = if path.starts_with('/') { "/" } else { "" };
    let from = if path.starts_with('/') { RepoPath::root() } else { base.clone() };
    let rest = path.trim_start_matches('/');
    let cut = rest.find(['*', '?', '{']).map(|at| rest[..at].rfind('/').map_or(0, |slash| slash));
    let (plain, glob) = rest.split_at(cut.unwrap_or(rest.len()));
    let ends_in_slash = plain.ends_with('/') && glob.is_empty();
    let named = from.join(plain).filter(|path| !path.is_root())?;
    let new = moved_or_below(moves, &named, !glob.is_empty())?;
    // The folder from which paths are counted may move too.
    let from = moves.of(&from);
    let new = String::from_utf8(relative(&from, &new).join(&b'/')).ok()?;
    let end = if ends_in_slash { "/" } else { "" };
    Some(format!("{slash}{new}{end}{glob}{fragment}")).filter(|new| new != word)
}

/// A glob names what lies in a folder, so that its folder must have moved.
fn moved_or_below(moves: &Moves, path: &RepoPath, is_glob: bool) -> Option<RepoPath> {
    if let Some(new) = moves.new_path(path) {
        return Some(new.clone());
    }
    let mut above = if is_glob { path.clone() } else { path.parent() };
    while !above.is_root() {
        if let Some((_, new)) = moves.folders().find(|(old, _)| **old == above) {
            let rest = &path.as_bytes()[above.as_bytes().len()..];
            return new.join([b".", rest].concat());
        }
        above = above.parent();
    }
    None
}

/// What changes in the paths of a page's front matter, which is the file's
/// first `page.front.body_start` bytes.
pub fn rename_in_front_matter(
    renaming: &Renaming<'_>,
    old: &Page,
    new: &Page,
    bytes: &[u8],
) -> Vec<Edit> {
    let Some(Ok(head)) = bytes.get(..old.front.body_start as usize).map(std::str::from_utf8) else {
        return Vec::new();
    };
    let rename = |word: &Word<'_>| {
        if word.is_key || !PATH_KEYS.contains(&word.below) {
            return None;
        }
        let from_top = renamed(renaming.moves, &RepoPath::root(), word.text);
        from_top.or_else(|| from_page(renaming, old, new, word.text))
    };
    rename_words(head, &rename)
}

/// A path from the page's own folder, such as `0005-x.md`.
fn from_page(renaming: &Renaming<'_>, old: &Page, new: &Page, word: &str) -> Option<String> {
    let (path, fragment) = word.split_at(word.find('#').unwrap_or(word.len()));
    if path.starts_with('/') || fragment.contains('@') || !path.contains('.') {
        return None;
    }
    let is_from_top = RepoPath::new(path).is_ok_and(|path| renaming.before.exists(&path));
    let was = old.path.parent().join(path).filter(|path| !path.is_root())?;
    if is_from_top || !renaming.before.exists(&was) {
        return None;
    }
    let is = renaming.moves.of(&was);
    let spelled = String::from_utf8(relative(&new.path.parent(), &is).join(&b'/')).ok()?;
    let same = new.path.parent().join(path).as_ref() == Some(&is);
    (!same && !spelled.is_empty()).then(|| format!("{spelled}{fragment}"))
}

#[cfg(test)]
mod tests {
    use super::super::edit::apply;
    use super::*;

    fn path(text: &str) -> RepoPath {
        RepoPath::new(text).unwrap()
    }

    fn changed(text: &str) -> String {
        let moves = Moves::new(
            [(path("wiki/a.md"), path("wiki/x/b c.md")), (path("svc/m/q.rs"), path("lib/m/q.rs"))],
            [(path("svc/m"), path("lib/m"))],
        );
        let edits = rename_words(text, &|word| renamed(&moves, &RepoPath::root(), word.text));
        String::from_utf8(apply(text.as_bytes(), &edits)).unwrap()
    }

    #[test]
    fn words_are_replaced_and_nothing_else() {
        assert_eq!(
            changed("k: [wiki/a.md, \"wiki/a.md#s\"] # wiki/a.md\r\nj: /wiki/a.md\r\n"),
            "k: [\"wiki/x/b c.md\", \"wiki/x/b c.md#s\"] # wiki/a.md\r\nj: \"/wiki/x/b c.md\"\r\n"
        );
        assert_eq!(changed("s: by [A](wiki/a.md)\n"), "s: by [A](\"wiki/x/b c.md\")\n");
        assert_eq!(
            changed("t: wiki/a.md#x@0123abc wiki/a.mdx\n"),
            "t: wiki/a.md#x@0123abc wiki/a.mdx\n"
        );
    }

    #[test]
    fn globs_follow_their_folder() {
        assert_eq!(changed("s: [svc/m/**, svc/*.rs]\n"), "s: [lib/m/**, svc/*.rs]\n");
        assert_eq!(changed("svc/m/*.rs: {a: off}\n"), "lib/m/*.rs: {a: off}\n");
        assert_eq!(changed("- svc/m/\n- svc/m\n"), "- lib/m/\n- lib/m\n");
    }
}
