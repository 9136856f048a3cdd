//! A candidate for a signal, and what stands around it.

use std::ops::Range;

/// A candidate and the text around it.
pub(super) struct Word<'t> {
    text: &'t str,
    span: Range<usize>,
}

impl<'t> Word<'t> {
    pub(super) fn new(text: &'t str, span: Range<usize>) -> Self {
        Self { text, span }
    }

    pub(super) fn value(&self) -> &'t str {
        &self.text[self.span.clone()]
    }

    pub(super) fn start(&self) -> usize {
        self.span.start
    }

    pub(super) fn end(&self) -> usize {
        self.span.end
    }

    pub(super) fn before(&self) -> &'t str {
        &self.text[..self.span.start]
    }

    pub(super) fn after(&self) -> &'t str {
        &self.text[self.span.end..]
    }

    pub(super) fn char_before(&self) -> Option<char> {
        self.before().chars().next_back()
    }

    pub(super) fn char_after(&self) -> Option<char> {
        self.after().chars().next()
    }

    /// Whether no letter or number of any script touches it.
    pub(super) fn is_whole(&self) -> bool {
        let of_word = |c: char| c.is_alphanumeric() || c == '_';
        let touches = |inside: Option<char>, outside: Option<char>| {
            inside.is_some_and(of_word) && outside.is_some_and(of_word)
        };
        let value = self.value();
        !touches(value.chars().next(), self.char_before())
            && !touches(value.chars().next_back(), self.char_after())
    }
}
