//! A span: something that was done, from when until when, and what can be said of it.

use jiff::Timestamp;

use crate::triage::trace::{SpanId, TraceId};

/// One span. Nothing in it is text that came from outside: names and codes of this
/// program, names of the user's own settings, numbers, and keyed digests.
#[derive(Debug, Clone, PartialEq)]
pub struct Span {
    /// Whose.
    pub trace: TraceId,
    /// Its own name.
    pub id: SpanId,
    /// The span that it is a part of.
    pub parent: Option<SpanId>,
    /// Where else it came from.
    pub link: Option<(TraceId, SpanId)>,
    /// What was done: `triage.run`.
    pub name: &'static str,
    /// True where somebody else was spoken to.
    pub speaks: bool,
    /// When it began.
    pub began: Timestamp,
    /// When it was over.
    pub ended: Timestamp,
    /// What can be said of it.
    pub facts: Vec<(&'static str, Fact)>,
    /// True where it did not come to a good end.
    pub failed: bool,
}

/// What can be said.
#[derive(Debug, Clone, PartialEq)]
pub enum Fact {
    /// A name or a code.
    Text(String),
    /// A number.
    Whole(i64),
    /// Yes or no.
    Is(bool),
    /// Several codes.
    Texts(Vec<String>),
}

impl Fact {
    /// A name or a code.
    pub fn text(text: impl Into<String>) -> Self {
        Self::Text(text.into())
    }

    /// A number.
    pub fn whole(number: impl TryInto<i64>) -> Self {
        Self::Whole(number.try_into().unwrap_or(i64::MAX))
    }
}
