//! Statements in `refs/prode/approvals`: one file each, added, never changed.
//!
//! `statements/ID` holds the statement and its signature; `used/ID.json` and
//! `revoked/ID.json` stand beside it once it was used or taken back. Marks
//! count from every copy of the ref that is here, so that an old copy does not
//! bring back what was used elsewhere.

use std::collections::{BTreeMap, BTreeSet};

use jiff::Timestamp;
use serde::Serialize;

use super::{now, repository};
use crate::approval::{BadStatement, Signed};
use crate::canonical;
use crate::git::{Draft, Edit, Repository, Writer};
use crate::ids::CommitId;
use crate::ops::OpError;
use crate::repo_path::RepoPath;
use crate::workspace::{Reviewed, Workspace};

/// The ref that holds statements.
pub const REFERENCE: &str = "refs/prode/approvals";

/// Copies that were fetched from remotes: `refs/prode/remotes/NAME/approvals`.
const COPIES: &str = "refs/prode/remotes/";

/// Everything that is stored.
#[derive(Debug, Default)]
pub(in crate::ops) struct Stored {
    /// By id: the statement, or why the file is none.
    pub(in crate::ops) statements: BTreeMap<String, Result<Signed, BadStatement>>,
    /// Ids that had their effect.
    pub(in crate::ops) used: BTreeSet<String>,
    /// Ids that were taken back.
    pub(in crate::ops) revoked: BTreeSet<String>,
}

/// A mark beside a statement.
#[derive(Debug, Serialize)]
pub(in crate::ops) struct Mark {
    pub(in crate::ops) schema: &'static str,
    pub(in crate::ops) id: String,
    pub(in crate::ops) at: Timestamp,
    pub(in crate::ops) why: String,
    /// So that two marks of one approval are never the same file.
    pub(in crate::ops) nonce: String,
}

/// A writer of prode's own refs.
pub(in crate::ops) fn writer(
    workspace: &Workspace,
    reviewed: &Reviewed,
) -> Result<Writer, OpError> {
    Ok(repository(workspace)?.writer(Some(&reviewed.reference), now(workspace))?)
}

impl Stored {
    /// Reads the ref and its copies.
    pub(in crate::ops) fn read(git: &Repository) -> Result<Self, OpError> {
        let mut stored = Self::default();
        let copies = git.refs_below(COPIES)?;
        let copies = copies.into_iter().filter(|(name, _)| name.ends_with("/approvals"));
        let own = git.ref_commit(REFERENCE)?;
        for commit in own.into_iter().chain(copies.map(|(_, commit)| commit)) {
            stored.take(git, commit)?;
        }
        Ok(stored)
    }

    /// What one commit holds.
    pub(in crate::ops) fn at(git: &Repository, commit: Option<CommitId>) -> Result<Self, OpError> {
        let mut stored = Self::default();
        if let Some(commit) = commit {
            stored.take(git, commit)?;
        }
        Ok(stored)
    }

    /// With what another copy holds.
    pub(in crate::ops) fn add(&mut self, other: Self) {
        self.statements.extend(other.statements);
        self.used.extend(other.used);
        self.revoked.extend(other.revoked);
    }

    fn take(&mut self, git: &Repository, commit: CommitId) -> Result<(), OpError> {
        for (path, bytes) in git.files_at(commit, &RepoPath::root())? {
            let path = path.text();
            let marked =
                |folder: &str| path.strip_prefix(folder)?.strip_suffix(".json").map(str::to_owned);
            if let Some(id) = path.strip_prefix("statements/") {
                let named = |signed: &Signed| signed.id() == id;
                let foreign = || BadStatement("its name is not its digest".to_owned());
                let signed = Signed::parse(&bytes)
                    .and_then(|it| if named(&it) { Ok(it) } else { Err(foreign()) });
                self.statements.insert(id.to_owned(), signed);
            } else if let Some(id) = marked("used/") {
                self.used.insert(id);
            } else if let Some(id) = marked("revoked/") {
                self.revoked.insert(id);
            }
        }
        Ok(())
    }

    /// The id that begins like `text`, with or without `A-`.
    pub(in crate::ops) fn find(&self, text: &str) -> Result<String, OpError> {
        let start = text.strip_prefix("A-").unwrap_or(text);
        let long_enough = start.len() >= 6 && start.bytes().all(|it| it.is_ascii_hexdigit());
        let fits = |id: &&String| long_enough && id.starts_with(start);
        let found: Vec<&String> = self.statements.keys().filter(fits).collect();
        let hint = "see them: prode approvals list --all".to_owned();
        match found.as_slice() {
            [one] => Ok((*one).clone()),
            [] => {
                Err(OpError::NotFound { message: format!("there is no approval '{text}'"), hint })
            }
            _ => Err(OpError::Usage { message: format!("'{text}' names several approvals"), hint }),
        }
    }
}

/// The edit that stores a statement.
pub(in crate::ops) fn statement(signed: &Signed) -> Edit {
    Edit::write(path(&format!("statements/{}", signed.id())), signed.file())
}

/// The edit that stores a mark in `folder` (`used`, `revoked`).
pub(in crate::ops) fn mark(folder: &str, mark: &Mark) -> Result<Edit, OpError> {
    let bytes = canonical::to_bytes(mark).map_err(|it| super::not_canonical(&it))?;
    Ok(Edit::write(path(&format!("{folder}/{}.json", mark.id)), bytes))
}

/// A commit of the ref.
pub(in crate::ops) fn draft(subject: String, edits: Vec<Edit>) -> Draft {
    Draft::new(subject, edits)
}

fn path(text: &str) -> RepoPath {
    RepoPath::from_git(text)
}
