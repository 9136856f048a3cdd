//! What nearly every rule uses, so that a rule's file begins with its words.

pub(super) use std::sync::LazyLock;

pub(super) use regex::Regex;

pub(super) use crate::diagnostic::Severity;
pub(super) use crate::document::Span;
pub(super) use crate::lint::context::{Context, RecordFault};
pub(super) use crate::lint::finding::{Edit, Fix, Found};
pub(super) use crate::lint::rule::{Check, Family, Rule};
pub(super) use crate::lint::subject::{Subject, span_of};

/// A fixed regular expression; every rule's test compiles its own.
pub(super) fn pattern(text: &str) -> Regex {
    Regex::new(text).expect("a fixed pattern that a test compiles")
}
