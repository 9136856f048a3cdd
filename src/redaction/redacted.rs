//! The text type that sinks demand.
//!
//! A [`Redacted`] comes from the engine and from nowhere else, so that a
//! function which takes one cannot be handed text that was not looked at.

use std::fmt;
use std::ops::Deref;

use serde::{Serialize, Serializer};

/// Text that went through the engine.
///
/// Nothing else makes one:
///
/// ```compile_fail
/// let text = prode::redaction::Redacted("as it came".to_owned());
/// ```
///
/// ```compile_fail
/// let text: prode::redaction::Redacted = "as it came".into();
/// ```
///
/// and a sink that asks for one cannot be given anything else:
///
/// ```compile_fail
/// fn store(_: &prode::redaction::Redacted) {}
/// store("as it came");
/// ```
///
/// ```
/// use prode::redaction::{Redacted, Redactor, Settings};
/// fn store(text: &Redacted) -> usize { text.len() }
/// let redactor = Redactor::new(&Settings::default()).unwrap();
/// assert_eq!(store(&redactor.redact("as it came").unwrap().text), 10);
/// ```
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub struct Redacted(String);

impl Redacted {
    /// Only the engine calls it, with what it has just looked at.
    pub(super) fn new(text: String) -> Self {
        Self(text)
    }

    /// The text.
    pub fn as_str(&self) -> &str {
        &self.0
    }

    /// The text, for a sink that keeps it.
    pub fn into_string(self) -> String {
        self.0
    }
}

impl Deref for Redacted {
    type Target = str;

    fn deref(&self) -> &str {
        &self.0
    }
}

impl fmt::Display for Redacted {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

impl Serialize for Redacted {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.serialize_str(&self.0)
    }
}
