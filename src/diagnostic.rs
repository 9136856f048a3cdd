//! What is wrong with one file, said without stopping: a diagnostic.
//!
//! Reading never fails because of what a file holds; it yields what it could
//! understand and a list of these. Errors of an operation are another thing
//! (each module's `Error`).

use serde::{Deserialize, Serialize};

/// How much a finding matters. Ordered from least to most.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Severity {
    /// Worth knowing.
    Info,
    /// Should be mended.
    Warning,
    /// Must be mended.
    Error,
}

/// One finding in one file.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Diagnostic {
    /// Stable rule name in kebab case, such as `front-matter-malformed`.
    pub rule: String,
    /// How much it matters.
    pub severity: Severity,
    /// 1-based line; 0 where it concerns the whole file.
    pub line: u32,
    /// 1-based column in characters; 0 where it concerns the whole line.
    pub column: u32,
    /// What is wrong with which value: lower-case, no full stop.
    pub message: String,
}

impl Diagnostic {
    /// A warning at a line and column.
    pub fn warning(rule: &str, line: u32, column: u32, message: impl Into<String>) -> Self {
        let message = message.into();
        Self { rule: rule.to_owned(), severity: Severity::Warning, line, column, message }
    }

    /// An error at a line and column.
    pub fn error(rule: &str, line: u32, column: u32, message: impl Into<String>) -> Self {
        Self { severity: Severity::Error, ..Self::warning(rule, line, column, message) }
    }
}
