//! Titles: made from the words of a command, read from a file.

use crate::document;
use crate::repo_path::RepoPath;

/// The words as one line: a break, and any control character but a tab,
/// becomes a space. Other spaces stay as they are.
pub(in crate::adr_tools) fn one_line(text: &str) -> String {
    let is_break = |c: char| (c.is_control() && c != '\t') || matches!(c, '\u{2028}' | '\u{2029}');
    if !text.contains(is_break) {
        return text.to_owned();
    }
    let lines = text.split(is_break).map(str::trim).filter(|line| !line.is_empty());
    lines.collect::<Vec<_>>().join(" ")
}

/// The title of a decision in the file `name`, with its number: the first
/// line's heading, else the first heading of level one, else the name.
pub(in crate::adr_tools) fn of(text: &str, name: &str) -> String {
    let first = text.trim_start_matches('\u{feff}').lines().next().unwrap_or_default();
    if let Some(title) = first.strip_prefix("# ").filter(|title| !title.trim().is_empty()) {
        return title.to_owned();
    }
    let (document, _) = document::parse(&RepoPath::from_git(name), text.as_bytes());
    let heading = document.h1.filter(|title| !title.trim().is_empty());
    heading.unwrap_or_else(|| name.trim_end_matches(".md").to_owned())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_title_has_one_line() {
        assert_eq!(one_line("Use\nPostgres\r\n"), "Use Postgres");
        assert_eq!(one_line("a\u{1b}[31mb\u{2028}c"), "a [31mb c");
        assert_eq!(one_line(" two  spaces\tand a tab "), " two  spaces\tand a tab ");
        assert_eq!(one_line("\n \n"), "");
    }

    #[test]
    fn a_title_is_read_from_the_first_heading() {
        for (text, expected) in [
            ("# 1. Use `x`\n\nDate: x\n", "1. Use `x`"),
            ("\u{feff}# 1. Use X\r\n", "1. Use X"),
            ("# 1. Use X", "1. Use X"),
            ("---\nstatus: accepted\n---\n\n# Use X\n", "Use X"),
            ("Use X\n=====\n", "Use X"),
            ("## Status\n", "0001-use-x"),
            ("# \n", "0001-use-x"),
            ("", "0001-use-x"),
        ] {
            assert_eq!(of(text, "0001-use-x.md"), expected, "{text:?}");
        }
    }
}
