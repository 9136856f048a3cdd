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

/// The bytes of a file up to the end of its block; the whole file where that
/// cannot be told by bytes alone, or where there is none that is closed.
pub(in crate::document) fn bytes_of(bytes: &[u8]) -> &[u8] {
    let start = if bytes.starts_with(b"\xef\xbb\xbf") { 3 } else { 0 };
    let mut lines = bytes[start..].split_inclusive(|byte| *byte == b'\n');
    let Some(first) = lines.next() else { return bytes };
    let closing: &[&[u8]] = match first.trim_ascii_end() {
        b"---" => &[b"---", b"..."],
        b"+++" => &[b"+++"],
        _ => return bytes,
    };
    let mut end = start + first.len();
    for line in lines {
        end += line.len();
        if closing.iter().any(|fence| line.starts_with(fence)) {
            let rest = line[3..].trim_ascii_end();
            if rest.is_empty() {
                return &bytes[..end];
            }
            // White space that is not ASCII closes a block too.
            if !rest.is_ascii() {
                return bytes;
            }
        }
    }
    bytes
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    proptest! {
        /// Whoever has the block alone reads the same of it.
        #[test]
        fn a_block_says_what_its_file_says(
            text in r"(\u{feff})?(---|\+\+\+|\.\.\.|a: 1|a = 1|reviewed: 2026-01-02|[ \t\u{a0}]|\r?\n){0,12}",
        ) {
            let whole = crate::document::front_matter(text.as_bytes()).0;
            let block = crate::document::front_matter(bytes_of(text.as_bytes())).0;
            prop_assert_eq!(whole, block);
        }
    }

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
