//! Which revision a reading command answers from.

use clap::Args;

use crate::workspace::Asked;

/// `--rev`, `--as-of`, `--worktree`.
#[derive(Debug, Clone, Default, Args)]
pub struct RevisionArgs {
    /// Answer from any commit-ish
    #[arg(long, value_name = "REV", group = "revision")]
    rev: Option<String>,
    /// Answer from the last trunk commit before the end of a day, or up to a time
    #[arg(long, value_name = "DATE", group = "revision")]
    as_of: Option<String>,
    /// Answer from files as they are on disk
    #[arg(long, group = "revision")]
    worktree: bool,
}

impl RevisionArgs {
    /// What was asked; the trunk where nothing was.
    pub(super) fn asked(&self) -> Asked {
        self.given().unwrap_or(Asked::Trunk)
    }

    /// What was asked; the work tree where nothing was.
    pub(super) fn asked_or_work_tree(&self) -> Asked {
        self.given().unwrap_or(Asked::WorkTree)
    }

    fn given(&self) -> Option<Asked> {
        match (&self.rev, &self.as_of, self.worktree) {
            (Some(rev), ..) => Some(Asked::Rev(rev.clone())),
            (_, Some(when), _) => Some(Asked::AsOf(when.clone())),
            (.., true) => Some(Asked::WorkTree),
            _ => None,
        }
    }
}
