//! Citations of other memories, each held against its own repository.

use std::collections::BTreeMap;

use super::checker::Checker;
use super::cited::Refused;
use super::{Check, State};
use crate::hint::Helpful;
use crate::ops::error::OpError;
use crate::workspace::{Asked, Memory, Workspace};

/// The memories that citations name, each opened once.
pub(super) struct Opened(BTreeMap<String, Result<(Workspace, Memory), String>>);

impl Opened {
    /// Opens what `citations` name: at the trunk, or at the date that is asked; a
    /// revision is of this repository alone.
    pub(super) fn of(workspace: &Workspace, citations: &[String], asked: &Asked) -> Self {
        let asked = if matches!(asked, Asked::AsOf(_)) { asked } else { &Asked::Trunk };
        let mut opened = BTreeMap::new();
        for (name, _) in citations.iter().filter_map(|it| workspace.names_other(it)) {
            let open = || {
                let other = workspace.other(&name).map_err(OpError::from)?;
                let memory = other.memory(asked).map_err(OpError::from)?;
                Ok((other, memory))
            };
            let said = |error: OpError| {
                let all = std::iter::once(error.to_string()).chain(error.hints());
                all.collect::<Vec<_>>().join("; ")
            };
            opened.entry(name.clone()).or_insert_with(|| open().map_err(said));
        }
        Self(opened)
    }

    /// What they are called.
    pub(super) fn names(&self) -> Vec<&str> {
        self.0.keys().map(String::as_str).collect()
    }

    /// One checker for each that could be opened.
    pub(super) fn checkers(&self) -> BTreeMap<&str, Checker<'_>> {
        let opened =
            self.0.iter().filter_map(|(name, it)| Some((name.as_str(), it.as_ref().ok()?)));
        opened.map(|(name, (there, memory))| (name, Checker::new(there, memory))).collect()
    }

    /// The check of a citation whose memory could not be opened.
    pub(super) fn refused(&self, name: &str, typed: &str) -> Check {
        let why = self.0.get(name).and_then(|it| it.as_ref().err());
        let refused = Refused {
            state: State::UnknownCommit,
            path: None,
            anchor: None,
            commit: None,
            message: why.cloned().unwrap_or_default(),
        };
        refused.check(typed)
    }
}
