//! A value in the text, and what joins it to its name.

use std::ops::Range;

/// What joins a name and its value.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Joint {
    /// `:` `=` `=>` `:=`, an XML element.
    Assigned,
    /// `==` `!=`
    Compared,
    /// `setProperty("name", "value")`, `password("value")`.
    Argument,
    /// Nothing but space, or a word such as `is`.
    Spaced,
}

/// A value in the text.
#[derive(Debug, Clone)]
pub(super) struct Value {
    pub(super) span: Range<usize>,
    pub(super) is_quoted: bool,
    pub(super) joint: Joint,
    /// It begins on the next line.
    pub(super) is_below: bool,
    /// Words to the end of the line, behind a name such as passphrase.
    pub(super) is_phrase: bool,
}
