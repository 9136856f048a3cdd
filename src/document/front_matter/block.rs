//! Where the block of metadata stands: cut before anything is parsed.
//!
//! Only the file's first line (behind a byte order mark) opens a block, and
//! only a closing line makes it one; a thematic break at the top stays text.

use std::ops::Range;

use super::Dialect;

/// A block at the top of a file, as byte ranges of the file's text.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Block {
    pub(super) dialect: Dialect,
    /// Between the fences.
    pub(super) content: Range<usize>,
    /// Where the body begins: behind the closing line.
    pub(super) body: usize,
}

/// Finds the block that begins at `start`.
pub(super) fn find(text: &str, start: usize) -> Option<Block> {
    let mut lines = text[start..].split_inclusive('\n');
    let first = lines.next()?;
    let (dialect, closing): (_, &[&str]) = match first.trim_end() {
        "---" => (Dialect::Yaml, &["---", "..."]),
        "+++" => (Dialect::Toml, &["+++"]),
        _ => return None,
    };
    let from = start + first.len();
    let mut at = from;
    for line in lines {
        if closing.contains(&line.trim_end()) {
            return Some(Block { dialect, content: from..at, body: at + line.len() });
        }
        at += line.len();
    }
    None
}

#[cfg(test)]
mod tests {
    use super::*;

    fn content(text: &str) -> Option<&str> {
        find(text, 0).map(|block| &text[block.content])
    }

    #[test]
    fn a_block_stands_between_fences() {
        assert_eq!(content("---\na: 1\n---\nx"), Some("a: 1\n"));
        assert_eq!(content("--- \r\na: 1\r\n...\r\n"), Some("a: 1\r\n"));
        assert_eq!(content("+++\na = 1\n+++"), Some("a = 1\n"));
        assert_eq!(content("---\n---\n"), Some(""));
    }

    #[test]
    fn what_is_not_closed_or_not_first_is_text() {
        for text in
            ["---\na: 1\n", "\n---\na: 1\n---\n", " ---\na: 1\n---\n", "----\na\n----\n", ""]
        {
            assert_eq!(content(text), None, "{text:?}");
        }
    }
}
