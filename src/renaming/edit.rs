//! Replaced bytes of one file.

use std::ops::Range;

/// Other bytes for a range of a file.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub struct Edit {
    /// First byte that is replaced.
    pub start: usize,
    /// One past the last; the same for an insertion.
    pub end: usize,
    /// What stands there from now on.
    pub text: String,
}

impl Edit {
    pub(super) fn new(range: Range<usize>, text: impl Into<String>) -> Self {
        Self { start: range.start, end: range.end, text: text.into() }
    }

    /// 1-based line of its first byte.
    pub fn line(&self, bytes: &[u8]) -> u32 {
        line_of(bytes, self.start)
    }
}

/// The bytes after every edit. Of edits that overlap the first one holds.
pub fn apply(bytes: &[u8], edits: &[Edit]) -> Vec<u8> {
    let mut edits: Vec<&Edit> = edits.iter().collect();
    edits.sort();
    let (mut out, mut at) = (Vec::with_capacity(bytes.len()), 0);
    for edit in edits {
        if edit.start < at || edit.end > bytes.len() {
            continue;
        }
        out.extend_from_slice(&bytes[at..edit.start]);
        out.extend_from_slice(edit.text.as_bytes());
        at = edit.end;
    }
    out.extend_from_slice(&bytes[at..]);
    out
}

/// 1-based line of a byte.
pub(super) fn line_of(bytes: &[u8], at: usize) -> u32 {
    let before = &bytes[..at.min(bytes.len())];
    let ends = before.split(|&byte| byte == b'\n').count();
    u32::try_from(ends).unwrap_or(u32::MAX)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_the_named_bytes_change() {
        let edits = [Edit::new(4..5, "xyz"), Edit::new(0..1, ""), Edit::new(2..2, "-")];
        assert_eq!(apply(b"ab\r\nc\xff", &edits), b"b-\r\nxyz\xff");
        assert_eq!(apply(b"ab", &[Edit::new(0..2, "c"), Edit::new(1..2, "d")]), b"c");
        assert_eq!((line_of(b"a\nb", 0), line_of(b"a\nb", 2)), (1, 2));
    }
}
