//! The text of one decision, changed without touching what need not change.
//!
//! Every edit works on byte ranges, in the file's own format, line ends and
//! spelling, so that a diff shows the lines that were meant and no others.
//! Bytes that are not UTF-8 are refused. Reading and writing files, and what
//! the other decision's file needs, is left to others.

mod amend;
mod front;
mod lines;
mod links;
mod peer;
mod sections;
mod status;
#[cfg(test)]
mod tests;

use std::ops::Range;

use super::transition::TransitionError;
use super::{AdrRecord, Format, recognise, recognise_as};
use crate::document::{self, Document};
use crate::hint::{ErrorKind, Helpful};
use crate::repo_path::RepoPath;

pub use amend::AMENDMENTS;
pub use peer::{Peer, Spelling, target};
pub use sections::Sections;

/// Why a decision's text cannot be changed.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum AdrEditError {
    /// An edit would guess at bytes that nobody can read.
    #[error("'{path}' is not UTF-8 (byte {at}), so it is not edited")]
    NotUtf8 {
        /// The file.
        path: RepoPath,
        /// Offset of the first byte that is none.
        at: usize,
    },
    /// The file does not read as a decision.
    #[error("'{0}' does not read as a decision")]
    NotADecision(RepoPath),
    /// A key of its front matter is written in a way that is not edited.
    #[error("`{key}` in the front matter of '{path}' is not a single line")]
    FrontMatter {
        /// The file.
        path: RepoPath,
        /// The key.
        key: String,
    },
    /// Its front matter is malformed, or no list of keys.
    #[error("the front matter of '{0}' does not read as keys and values")]
    FrontMatterForm(RepoPath),
    /// What is written at the end would be code, or a comment.
    #[error("'{0}' ends inside a code block or a comment, so that nothing can be added below it")]
    Unclosed(RepoPath),
    /// The status cannot change so.
    #[error("'{path}': {error}")]
    Transition {
        /// The file.
        path: RepoPath,
        /// Why.
        error: TransitionError,
    },
}

impl Helpful for AdrEditError {
    fn kind(&self) -> ErrorKind {
        ErrorKind::Invalid
    }

    fn hints(&self) -> Vec<String> {
        match self {
            Self::NotUtf8 { .. } => vec!["save it as UTF-8 first".to_owned()],
            Self::NotADecision(_) => vec!["see the decisions: prode adr list".to_owned()],
            Self::FrontMatter { key, .. } => vec![format!("write it as `{key}: value` first")],
            Self::FrontMatterForm(path) => {
                vec![format!("see what is wrong with it: prode lint {}", path.cite_text())]
            }
            Self::Unclosed(_) => vec!["close the code block or the comment first".to_owned()],
            Self::Transition { error, .. } => error.hints(),
        }
    }
}

/// One decision's text.
#[derive(Debug, Clone)]
pub struct AdrText {
    path: RepoPath,
    text: String,
    document: Document,
    record: AdrRecord,
    /// The format that somebody says it has.
    said: Option<Format>,
}

impl AdrText {
    /// Reads a decision's bytes.
    ///
    /// # Errors
    /// If they are not UTF-8, or do not read as a decision.
    pub fn read(path: &RepoPath, bytes: &[u8]) -> Result<Self, AdrEditError> {
        Self::read_said(path, bytes, None)
    }

    /// The same for a file of which it is known that it is a decision, and in
    /// which format.
    ///
    /// # Errors
    /// If the bytes are not UTF-8, or it is a template or a page of another kind.
    pub fn read_as(path: &RepoPath, bytes: &[u8], format: Format) -> Result<Self, AdrEditError> {
        Self::read_said(path, bytes, Some(format))
    }

    fn read_said(
        path: &RepoPath,
        bytes: &[u8],
        said: Option<Format>,
    ) -> Result<Self, AdrEditError> {
        let text = std::str::from_utf8(bytes).map_err(|error| AdrEditError::NotUtf8 {
            path: path.clone(),
            at: error.valid_up_to(),
        })?;
        let (document, _) = document::parse(path, bytes);
        let record = match said {
            Some(format) => recognise_as(path, &document, bytes, format),
            None => recognise(path, &document, bytes),
        };
        let record = record.ok_or_else(|| AdrEditError::NotADecision(path.clone()))?;
        Ok(Self { path: path.clone(), text: text.to_owned(), document, record, said })
    }

    /// Where it stands.
    pub fn path(&self) -> &RepoPath {
        &self.path
    }

    /// What it says now.
    pub fn record(&self) -> &AdrRecord {
        &self.record
    }

    /// Its bytes now.
    pub fn bytes(&self) -> &[u8] {
        self.text.as_bytes()
    }

    pub(super) fn document(&self) -> &Document {
        &self.document
    }

    pub(super) fn text(&self) -> &str {
        &self.text
    }

    /// Replaces bytes, and reads the result.
    fn replace(&mut self, range: Range<usize>, with: &str) -> Result<(), AdrEditError> {
        self.text.replace_range(range, with);
        *self = Self::read_said(&self.path, self.text.as_bytes(), self.said)?;
        Ok(())
    }

    /// The file's own line end: that of its first line.
    pub(super) fn newline(&self) -> &'static str {
        match self.text.find('\n') {
            Some(at) if self.text[..at].ends_with('\r') => "\r\n",
            _ => "\n",
        }
    }
}
