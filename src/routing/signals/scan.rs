//! Runs every pattern over words, in order.
//!
//! What one pattern has recognised is blanked before the next one reads, so
//! that a file name inside a stack frame is not a host, nor the name inside an
//! address an alert. Blanking keeps every offset.

use std::ops::Range;

use super::SignalKind;
use super::patterns::PATTERNS;
use super::{keyed, ticket::link};

/// Stands where something was recognised. No pattern matches it, and the words
/// that are scanned hold no control characters.
const CLAIMED: u8 = 0x01;

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

/// Tells every signal of the words: kind, value, byte offset.
pub(super) fn scan(words: &str, mut tell: impl FnMut(SignalKind, &str, usize)) {
    let mut text = words.to_owned();
    let addresses = scan_addresses(&text, &mut tell);
    claim(&mut text, &addresses);
    for pattern in PATTERNS.iter().filter(|pattern| pattern.before_keys) {
        let claims = pattern.scan(&text, &mut tell);
        claim(&mut text, &claims);
    }
    let keys = keyed::scan(&text, &mut tell);
    claim(&mut text, &keys);
    for pattern in PATTERNS.iter().filter(|pattern| !pattern.before_keys) {
        let claims = pattern.scan(&text, &mut tell);
        claim(&mut text, &claims);
    }
}

/// An address without query and fragment, which carry sessions and tokens; one
/// with a user or password in it is not repeated at all.
fn scan_addresses(text: &str, tell: &mut impl FnMut(SignalKind, &str, usize)) -> Vec<Range<usize>> {
    let spans: Vec<_> = link::find(text).collect();
    for span in &spans {
        let address = &text[span.clone()];
        let shown = address.find(['?', '#']).map_or(address, |end| &address[..end]);
        let authority = shown.split('/').nth(2).unwrap_or_default();
        if !authority.is_empty() && !authority.contains('@') {
            tell(SignalKind::Url, shown, span.start);
        }
    }
    spans
}

fn claim(text: &mut String, spans: &[Range<usize>]) {
    if spans.is_empty() {
        return;
    }
    let mut bytes = std::mem::take(text).into_bytes();
    for span in spans {
        bytes[span.clone()].fill(CLAIMED);
    }
    *text = String::from_utf8(bytes).expect("whole characters were replaced by ASCII");
}
