//! Sections: a page cut at its headings.

use serde::{Deserialize, Serialize};

/// A half-open range of byte offsets into the file.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize, Deserialize)]
pub struct Span {
    /// First byte.
    pub start: u32,
    /// One past the last byte.
    pub end: u32,
}

/// A heading and the text down to the next heading of any level.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Section {
    /// The heading's plain text; empty for the text before the first heading.
    pub heading: String,
    /// 1 to 6; 0 for the text before the first heading.
    pub level: u8,
    /// GitHub's slug, made unique in the file with `-1`, `-2`; empty at level 0.
    pub anchor: String,
    /// Where it stands, heading included.
    pub span: Span,
    /// The same as 1-based inclusive lines.
    pub lines: [u32; 2],
    /// Readable text without markup, heading and code left out.
    pub prose: String,
    /// Text of code blocks and HTML left out of `prose`.
    pub code: String,
}
