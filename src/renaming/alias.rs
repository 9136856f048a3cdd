//! The old name kept as an alias, so that people and links by name from
//! elsewhere still find the page.

use super::edit::Edit;
use crate::corpus::{Catalogue, Page};
use crate::document::Dialect;

/// Names that say nothing about a page.
const GENERIC: &[&str] = &["index", "readme", "home", "skill", "_index"];

/// What became of a page's old name.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Kept {
    /// The page still answers to it, or it never named the page alone.
    Already,
    /// It is added to `aliases`.
    Added(Edit),
    /// The page has no front matter to hold it, or one of an odd form.
    Not,
}

/// Keeps the stem that `old` had as an alias of `new`, whose bytes are
/// `bytes`. `after` holds the new page under its own names.
pub fn keep_name(after: &Catalogue, old: &Page, new: &Page, bytes: &[u8]) -> Kept {
    let name = old.path.file_stem();
    let answers = after.named(&name).iter().any(|page| page.path == new.path);
    if answers || GENERIC.contains(&name.to_lowercase().as_str()) || new.skill.is_some() {
        return Kept::Already;
    }
    let head = bytes.get(..new.front.body_start as usize).map(std::str::from_utf8);
    match (new.front.dialect, head) {
        (Some(Dialect::Yaml), Some(Ok(head))) => {
            with_alias(head, &name).map_or(Kept::Not, Kept::Added)
        }
        _ => Kept::Not,
    }
}

fn with_alias(head: &str, name: &str) -> Option<Edit> {
    let written = word(name);
    let mut at = 0;
    for line in head.split_inclusive('\n') {
        if let Some(value) = line.strip_prefix("aliases:") {
            return into(head, at, line, value.trim(), &written);
        }
        at += line.len();
    }
    let closing = closing_fence(head)?;
    let end = if head[..closing].ends_with("\r\n") { "\r\n" } else { "\n" };
    Some(Edit::new(closing..closing, format!("aliases: [{written}]{end}")))
}

/// Into the value that is there: a flow list, a block list, a text with commas.
fn into(head: &str, at: usize, line: &str, value: &str, written: &str) -> Option<Edit> {
    let insert = |at: usize, text: String| Some(Edit::new(at..at, text));
    if value.is_empty() {
        let below = &head[at + line.len()..];
        let item = below.lines().next().filter(|it| it.trim_start().starts_with("- "))?;
        let indent = &item[..item.len() - item.trim_start().len()];
        let end = if line.ends_with("\r\n") { "\r\n" } else { "\n" };
        return insert(at + line.len(), format!("{indent}- {written}{end}"));
    }
    if value.starts_with('[') {
        let close = line.rfind(']').filter(|_| value.ends_with(']'))?;
        let comma = if value[1..value.len() - 1].trim().is_empty() { "" } else { ", " };
        return insert(at + close, format!("{comma}{written}"));
    }
    let is_plain = !value.contains(['"', '\'', '#', '{', '|', '>', '&', '*']);
    is_plain.then(|| insert(at + line.trim_end().len(), format!(", {written}")))?
}

/// Where the line begins that ends the block.
fn closing_fence(head: &str) -> Option<usize> {
    let body = head.trim_end();
    let start = body.rfind('\n').map(|at| at + 1)?;
    matches!(&body[start..], "---" | "...").then_some(start)
}

/// As YAML reads it back as this text.
fn word(name: &str) -> String {
    let plain = name.starts_with(char::is_alphabetic)
        && name.chars().all(|c| c.is_alphanumeric() || " ._-".contains(c))
        && !["true", "false", "null", "yes", "no", "on", "off"]
            .contains(&name.to_lowercase().as_str());
    if plain {
        name.to_owned()
    } else {
        format!("\"{}\"", name.replace('\\', "\\\\").replace('"', "\\\""))
    }
}

#[cfg(test)]
mod tests {
    use super::super::edit::apply;
    use super::*;

    fn with(head: &str) -> Option<String> {
        let edit = with_alias(head, "old")?;
        Some(String::from_utf8(apply(head.as_bytes(), &[edit])).unwrap())
    }

    #[test]
    fn an_alias_joins_those_that_are_there() {
        let new = |head| with(head).unwrap();
        assert_eq!(new("---\ntitle: T\n---\n"), "---\ntitle: T\naliases: [old]\n---\n");
        assert_eq!(new("---\r\nt: T\r\n---\r\n"), "---\r\nt: T\r\naliases: [old]\r\n---\r\n");
        assert_eq!(new("---\naliases: [a, b]\n---\n"), "---\naliases: [a, b, old]\n---\n");
        assert_eq!(new("---\naliases: []\n---\n"), "---\naliases: [old]\n---\n");
        assert_eq!(
            new("---\naliases:\n  - a\nt: T\n---\n"),
            "---\naliases:\n  - old\n  - a\nt: T\n---\n"
        );
        assert_eq!(new("---\naliases: a, b\n---\n"), "---\naliases: a, b, old\n---\n");
        assert_eq!(with("---\naliases: {a: 1}\n---\n"), None);
    }

    #[test]
    fn a_name_that_is_no_plain_word_is_quoted() {
        assert_eq!(word("0012-use-x"), "\"0012-use-x\"");
        assert_eq!(word("queue saturation"), "queue saturation");
        assert_eq!(word("a: b"), "\"a: b\"");
    }
}
