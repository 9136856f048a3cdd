//! What is kept of an output that somebody handed in.

use crate::ops::OpError;
use crate::ops::redact::Screen;
use crate::ops::triage::keyed::keyed;
use crate::ops::triage::written::{Written, hidden_text};
use crate::store::Store;

/// Bytes of an output that are looked through.
const LARGEST: usize = 1_000_000;

/// Characters that are kept of its beginning, and of its end.
const KEPT: usize = 1_000;

/// An output as it is kept.
pub(super) struct Output {
    /// All of it, by a name that only this store can make.
    pub(super) raw: String,
    /// Its beginning and its end, redacted.
    pub(super) excerpt: Written,
}

impl Output {
    /// Of a text.
    ///
    /// # Errors
    /// It is too long to be looked through, or redaction cannot decide.
    pub(super) fn of(store: &dyn Store, screen: &Screen, text: &str) -> Result<Self, OpError> {
        let raw = keyed(&store.key(), text.as_bytes());
        Ok(Self { raw, excerpt: kept(screen, text)? })
    }
}

/// What is kept of an output: its beginning and its end, redacted.
fn kept(screen: &Screen, text: &str) -> Result<Written, OpError> {
    if text.len() > LARGEST {
        return Err(OpError::Invalid {
            message: format!(
                "the output has {} bytes, and at most {LARGEST} are looked through",
                text.len()
            ),
            hint: "hand in the part that shows the result, such as its end: tail -c 100000"
                .to_owned(),
        });
    }
    Written::text(screen, &excerpt(&hidden_text(screen, text)?))
}

/// The beginning and the end of a text.
fn excerpt(text: &str) -> String {
    let count = text.chars().count();
    if count <= 2 * KEPT {
        return text.to_owned();
    }
    let head: String = text.chars().take(KEPT).collect();
    let tail: String = text.chars().skip(count - KEPT).collect();
    format!("{head}\n… {} characters left out …\n{tail}", count - 2 * KEPT)
}
