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
