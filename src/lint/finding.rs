//! One thing that is wrong, and the edits that mend it.

use sha2::{Digest, Sha256};

use super::alerts::Placed;
use crate::diagnostic::Severity;
use crate::document::Span;
use crate::ids::hex;
use crate::repo_path::RepoPath;

/// One thing that is wrong.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Finding {
    /// The rule's id.
    pub rule: &'static str,
    /// At which level settings have the rule here.
    pub severity: Severity,
    /// In which file.
    pub path: RepoPath,
    /// 1-based line; 0 where it concerns the whole file.
    pub line: u32,
    /// 1-based column in characters; 0 where it concerns the whole line.
    pub column: u32,
    /// The bytes that it is about, where it is about some.
    pub span: Option<Span>,
    /// What is wrong with which value: no full stop, and no line numbers, so
    /// that it stays the same when the text above it grows.
    pub message: String,
    /// The command or edit that mends it.
    pub hint: String,
    /// Edits that mend it safely.
    pub fix: Option<Fix>,
    /// What it is recognised by, where that is not the message.
    pub(super) known_by: Option<String>,
}

/// Edits of one file that mend a finding. Applying them twice changes nothing more.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Fix {
    /// Ordered by place; they do not overlap.
    pub edits: Vec<Edit>,
}

/// Bytes that are replaced.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Edit {
    /// What goes; empty where text is only put in.
    pub span: Span,
    /// What comes.
    pub text: String,
}

impl Fix {
    /// A fix that replaces one stretch of bytes.
    pub fn replace(span: Span, text: impl Into<String>) -> Self {
        Self { edits: vec![Edit { span, text: text.into() }] }
    }
}

impl Finding {
    /// What the same finding has in any revision: rule, path and what is
    /// wrong, but no line. 16 hexadecimal digits of a SHA-256.
    pub fn print(&self) -> String {
        let mut hash = Sha256::new();
        let what = self.known_by.as_deref().unwrap_or(&self.message);
        for part in [self.rule.as_bytes(), self.path.as_bytes(), what.as_bytes()] {
            hash.update(part);
            hash.update([0]);
        }
        hex(&hash.finalize()[..8])
    }
}

/// What a rule found; the engine adds the rule's name and level.
#[derive(Debug, Clone)]
pub struct Found {
    pub(super) path: RepoPath,
    pub(super) line: u32,
    pub(super) column: u32,
    pub(super) span: Option<Span>,
    pub(super) message: String,
    pub(super) hint: Option<String>,
    pub(super) fix: Option<Fix>,
    pub(super) known_by: Option<String>,
}

impl Found {
    /// About a whole file.
    pub(super) fn in_file(path: &RepoPath, message: impl Into<String>) -> Self {
        Self::on_line(path, 0, message)
    }

    /// About a line of a file.
    pub(super) fn on_line(path: &RepoPath, line: u32, message: impl Into<String>) -> Self {
        Self {
            path: path.clone(),
            line,
            column: 0,
            span: None,
            message: message.into(),
            hint: None,
            fix: None,
            known_by: None,
        }
    }

    /// About a text in a file that is no page.
    pub(super) fn at(path: &RepoPath, text: &Placed, message: impl Into<String>) -> Self {
        let here = Self::on_line(path, text.line, message);
        Self { column: text.column, span: Some(text.span), ..here }
    }

    /// With a repair that is better than the rule's own words.
    pub(super) fn hint(self, hint: impl Into<String>) -> Self {
        Self { hint: Some(hint.into()), ..self }
    }

    /// With edits that mend it.
    pub(super) fn fix(self, fix: Fix) -> Self {
        Self { fix: Some(fix), ..self }
    }

    /// Recognised by this instead of its message, which holds a figure.
    pub(super) fn known_by(self, what: impl Into<String>) -> Self {
        Self { known_by: Some(what.into()), ..self }
    }
}

#[cfg(test)]
mod tests {
    use super::super::fixture::finding;

    #[test]
    fn a_finding_is_the_same_wherever_its_line_went() {
        assert_eq!(finding(3, "no file 'x'").print(), finding(90, "no file 'x'").print());
        assert_ne!(finding(3, "no file 'x'").print(), finding(3, "no file 'y'").print());
        assert_eq!(finding(1, "x").print().len(), 16);
    }
}
