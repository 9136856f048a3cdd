//! Decisions that name each other: which are meant, and what both sides say.
//!
//! Everything is worked out in memory first; files change afterwards, together.

use super::error::AdrToolsError;
use super::log::Log;
use super::text::reference::{Unresolved, resolve};
use super::text::{link, status, title};
use super::writing::Edit;

/// What a new decision says of an older one, and the older one of it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Relation {
    /// The older one's file name.
    pub(super) target: String,
    pub(super) forward: String,
    pub(super) reverse: String,
    /// The older one is accepted no longer.
    pub(super) replaces: bool,
}

/// Texts of decisions as they will be.
pub(super) struct Drafts<'a> {
    log: &'a Log,
    /// Name, text on disk, text to be.
    files: Vec<(String, String, String)>,
}

/// The file name of the decision that `reference` means.
pub(super) fn target<'a>(
    reference: &str,
    log: &Log,
    names: &'a [String],
) -> Result<&'a str, AdrToolsError> {
    resolve(reference, names).map_err(|unresolved| match unresolved {
        Unresolved::None => AdrToolsError::NoMatch(reference.to_owned()),
        Unresolved::Several(names) => AdrToolsError::Ambiguous {
            reference: reference.to_owned(),
            candidates: names.iter().map(|name| log.shown_file(name)).collect(),
        },
    })
}

impl<'a> Drafts<'a> {
    pub(super) fn new(log: &'a Log) -> Self {
        Self { log, files: Vec::new() }
    }

    /// A decision that is not on disk yet.
    pub(super) fn add(&mut self, name: &str, text: String) {
        self.files.push((name.to_owned(), String::new(), text));
    }

    /// Writes a relation into both decisions; `name` is the newer one.
    pub(super) fn relate(&mut self, name: &str, relation: &Relation) -> Result<(), AdrToolsError> {
        let Relation { target, forward, reverse, replaces } = relation;
        self.link(target, reverse, name)?;
        if *replaces {
            let text = status::without_accepted(self.text(target)?);
            *self.text(target)? = text.ok_or_else(|| self.no_status(target))?;
        }
        self.link(name, forward, target)
    }

    /// Writes into `from` that it stands in some relation to `to`.
    pub(super) fn link(&mut self, from: &str, says: &str, to: &str) -> Result<(), AdrToolsError> {
        let title = title::of(self.text(to)?, to);
        let line = format!("{says} {}", link::to(&title, "", to));
        let text = status::with_line(self.text(from)?, &line);
        *self.text(from)? = text.ok_or_else(|| self.no_status(from))?;
        Ok(())
    }

    /// The text of a decision as it will be.
    pub(super) fn text(&mut self, name: &str) -> Result<&mut String, AdrToolsError> {
        let known = self.files.iter().position(|(it, _, _)| it == name);
        let at = if let Some(at) = known {
            at
        } else {
            let text = self.log.read(name)?;
            self.files.push((name.to_owned(), text.clone(), text));
            self.files.len() - 1
        };
        Ok(&mut self.files[at].2)
    }

    /// Takes a decision out again: its text as it will be.
    pub(super) fn take(&mut self, name: &str) -> String {
        let at = self.files.iter().position(|(it, _, _)| it == name);
        at.map(|at| self.files.remove(at).2).unwrap_or_default()
    }

    /// What changes on disk.
    pub(super) fn edits(self) -> Vec<Edit> {
        let edit = |(name, before, after): (String, String, String)| Edit {
            path: self.log.file(&name),
            before,
            after,
        };
        self.files.into_iter().map(edit).collect()
    }

    fn no_status(&self, name: &str) -> AdrToolsError {
        AdrToolsError::NoStatus(self.log.shown_file(name))
    }
}
