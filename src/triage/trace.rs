//! What a run's trace is called: names that follow from the run, so that whoever works
//! on it next, on any machine, and whoever was asked by it speak of the same one.
//!
//! The form is that of W3C Trace Context, level 1: a trace of 16 bytes, a span of 8,
//! and `00-<trace>-<span>-01` as what is handed on.

use std::fmt;

use sha2::{Digest, Sha256};

/// A trace: all that was done for one run.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct TraceId(pub [u8; 16]);

/// A part of a trace.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct SpanId(pub [u8; 8]);

/// Where in a trace somebody is asked.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Context {
    /// The trace.
    pub trace: TraceId,
    /// The span that asks.
    pub span: SpanId,
}

impl TraceId {
    /// Of a run.
    pub fn of(run: &str) -> Self {
        Self(first(&["trace of a run", run]))
    }
}

impl SpanId {
    /// Of what began with line `number` of a run, in the hands of its `attempt`th worker;
    /// `what` tells those apart that begin there together.
    pub fn of(run: &str, attempt: u32, what: &str, number: u64) -> Self {
        Self(first(&["span of a run", run, &attempt.to_string(), what, &number.to_string()]))
    }
}

impl Context {
    /// Of the question that began with line `number`.
    pub fn of_question(run: &str, attempt: u32, number: u64) -> Self {
        Self { trace: TraceId::of(run), span: SpanId::of(run, attempt, QUESTION, number) }
    }

    /// What W3C calls a `traceparent`; reads one, of any version that is known to begin so.
    pub fn read(text: &str) -> Option<Self> {
        let mut parts = text.trim().split('-');
        let (version, trace, span, flags) =
            (parts.next()?, parts.next()?, parts.next()?, parts.next()?);
        let is_known = version.len() == 2 && version != "ff" && flags.len() == 2;
        if !is_known || (version == "00" && parts.next().is_some()) {
            return None;
        }
        let (trace, span) = (TraceId(bytes(trace)?), SpanId(bytes(span)?));
        (trace.0 != [0; 16] && span.0 != [0; 8]).then_some(Self { trace, span })
    }
}

/// The name of a question's span.
pub const QUESTION: &str = "specialist.call";

impl fmt::Display for Context {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "00-{}-{}-01", self.trace, self.span)
    }
}

impl fmt::Display for TraceId {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        hex(f, &self.0)
    }
}

impl fmt::Display for SpanId {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        hex(f, &self.0)
    }
}

impl fmt::Debug for TraceId {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        hex(f, &self.0)
    }
}

impl fmt::Debug for SpanId {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        hex(f, &self.0)
    }
}

/// The first bytes of the SHA-256 of parts that no part can run over.
fn first<const N: usize>(parts: &[&str]) -> [u8; N] {
    let mut hash = Sha256::new();
    for part in parts {
        hash.update(part.as_bytes());
        hash.update([0]);
    }
    let hash = hash.finalize();
    std::array::from_fn(|at| hash[at])
}

fn hex(f: &mut fmt::Formatter<'_>, bytes: &[u8]) -> fmt::Result {
    bytes.iter().try_for_each(|byte| write!(f, "{byte:02x}"))
}

/// Lower-case digits, as W3C wants them.
fn bytes<const N: usize>(text: &str) -> Option<[u8; N]> {
    let is_digit = |it: u8| matches!(it, b'0'..=b'9' | b'a'..=b'f');
    if text.len() != 2 * N || !text.bytes().all(is_digit) {
        return None;
    }
    let mut bytes = [0; N];
    for (at, byte) in bytes.iter_mut().enumerate() {
        *byte = u8::from_str_radix(&text[2 * at..2 * at + 2], 16).ok()?;
    }
    Some(bytes)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_follow_from_the_run() {
        let one = Context::of_question("R-1", 1, 7);
        assert_eq!(one, Context::of_question("R-1", 1, 7));
        for other in [("R-2", 1, 7), ("R-1", 2, 7), ("R-1", 1, 8), ("R-1", 17, 0)] {
            let other = Context::of_question(other.0, other.1, other.2);
            assert_ne!(one.span, other.span, "{other}");
        }
        assert_eq!(one.trace, Context::of_question("R-1", 2, 9).trace);
    }

    #[test]
    fn what_is_handed_on_is_read_again() {
        let one = Context::of_question("R-1", 1, 7);
        assert_eq!(Context::read(&one.to_string()), Some(one));
        let w3c = "00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01";
        assert_eq!(Context::read(w3c).map(|it| it.to_string()).as_deref(), Some(w3c));
    }

    #[test]
    fn what_is_no_context_is_none() {
        for bad in [
            "",
            "00",
            "00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331",
            "00-0AF7651916CD43DD8448EB211C80319C-b7ad6b7169203331-01",
            "00-00000000000000000000000000000000-b7ad6b7169203331-01",
            "00-0af7651916cd43dd8448eb211c80319c-0000000000000000-01",
            "ff-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01",
            "00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01-x",
            "00-é-b7ad6b7169203331-01",
        ] {
            assert_eq!(Context::read(bad), None, "{bad}");
        }
    }
}
