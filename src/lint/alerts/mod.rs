//! Alert rules as Prometheus reads them, as far as runbooks need them.
//!
//! [`AlertFile::read`] takes a file's bytes: plain rule files, `PrometheusRule`
//! resources, several documents, or values that hold groups somewhere below.
//! Source of the form: Prometheus, "Defining recording rules" and "Alerting rules".

mod read;

use crate::diagnostic::Diagnostic;
use crate::document::Span;
use crate::repo_path::RepoPath;

/// One file of rules.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct AlertFile {
    /// Where it stands; it may be outside the repository, and begins with `../` then.
    pub path: RepoPath,
    /// Its alerts, in file order; recording rules are left out.
    pub alerts: Vec<Alert>,
    /// What is wrong with it.
    pub problems: Vec<Diagnostic>,
    /// True if it was read to its end.
    pub is_whole: bool,
}

/// One alert.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Alert {
    /// What it is called, and where that is written.
    pub name: Placed,
    /// The label `severity`.
    pub severity: Option<String>,
    /// True if it pages somebody.
    pub pages: bool,
    /// Where it says that its runbook is.
    pub runbook: Option<Placed>,
    /// True if it says whom it calls.
    pub has_rotation: bool,
}

/// A text and where it stands.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Placed {
    /// What it says.
    pub text: String,
    /// 1-based.
    pub line: u32,
    /// 1-based, in characters.
    pub column: u32,
    /// Its bytes.
    pub span: Span,
}
