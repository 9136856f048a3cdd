//! `cite check`: is what was cited still there, and does it still say that.
//!
//! The cited side is read from its commit alone, without an index of it; the
//! other side is the trunk, or what was asked. One bad citation is an answer
//! about that citation and stops no other.

mod checker;
mod cited;
mod elsewhere;
mod renames;

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use super::error::OpError;
use crate::workspace::{Asked, Memory, Workspace};
use checker::Checker;
use elsewhere::Opened;

/// What is checked against what.
#[derive(Debug, Clone)]
pub struct Options {
    /// `path#anchor@commit`, as answers give them.
    pub citations: Vec<String>,
    /// The revision that they are held against.
    pub asked: Asked,
}

/// How a citation stands. Ordered: of several the first leads.
#[derive(
    Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize, JsonSchema,
)]
#[serde(rename_all = "kebab-case")]
pub enum State {
    /// It is no citation.
    Invalid,
    /// The commit is not in this repository, or cannot be read.
    UnknownCommit,
    /// The page or the section is gone, or never was at that commit.
    Missing,
    /// The text reads otherwise now.
    Changed,
    /// The page or the section has another name now.
    Moved,
    /// Another page replaced it.
    Superseded,
    /// The review is overdue, or the page is archived.
    Stale,
    /// The same text is there.
    Ok,
}

impl State {
    /// As in JSON.
    pub fn name(self) -> &'static str {
        match self {
            Self::Invalid => "invalid",
            Self::UnknownCommit => "unknown-commit",
            Self::Missing => "missing",
            Self::Changed => "changed",
            Self::Moved => "moved",
            Self::Superseded => "superseded",
            Self::Stale => "stale",
            Self::Ok => "ok",
        }
    }

    /// True where a reader should not rely on the citation any more; a review
    /// that is overdue is only said.
    pub fn is_finding(self) -> bool {
        !matches!(self, Self::Ok | Self::Stale)
    }
}

/// Where the cited text is now.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct Now {
    /// To cite it as it is now.
    pub cite: String,
    /// The page.
    pub path: String,
    /// The section; empty for the whole page.
    pub anchor: String,
    /// First and last line, 1-based.
    pub lines: [u32; 2],
    /// Git's name for the page's content.
    pub blob: String,
    /// The page that replaces it.
    pub superseded_by: Option<String>,
}

/// One citation, checked.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct Check {
    /// As it was given.
    pub citation: String,
    /// What leads.
    pub state: State,
    /// All that holds.
    pub states: Vec<State>,
    /// The other memory that is cited; absent for this repository.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub memory: Option<String>,
    /// The cited page.
    pub path: Option<String>,
    /// The cited section; null for the whole page.
    pub anchor: Option<String>,
    /// The cited commit in full.
    pub commit: Option<String>,
    /// Where it is now; null where it is nowhere.
    pub now: Option<Now>,
    /// What happened, for people.
    pub message: String,
}

/// All citations, in the order in which they were given.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct CiteCheck {
    /// `prode.cite_check/v1`.
    pub schema: String,
    /// The commit that they were held against; null for files outside Git.
    pub commit: Option<String>,
    /// True if files on disk count instead of the commit's.
    pub worktree: bool,
    /// How many need attention.
    pub found: usize,
    /// One for each citation.
    pub checks: Vec<Check>,
}

/// Checks every citation.
pub fn run(workspace: &Workspace, options: &Options) -> Result<(CiteCheck, Memory), OpError> {
    let mut memory = workspace.memory(&options.asked)?;
    let opened = Opened::of(workspace, &options.citations, &options.asked);
    let apart = workspace.apart(&memory, &options.asked, &opened.names());
    memory.revision.notes.extend(apart);
    let mut checker = Checker::new(workspace, &memory);
    let mut checkers = opened.checkers();
    let check = |typed: &String| {
        let Some((name, rest)) = workspace.names_other(typed) else { return checker.check(typed) };
        let found = match checkers.get_mut(name.as_str()) {
            Some(checker) => checker.check(&rest)?,
            None => opened.refused(&name, typed),
        };
        Ok(Check { citation: typed.clone(), memory: Some(name), ..found })
    };
    let checks: Vec<Check> = options.citations.iter().map(check).collect::<Result<_, _>>()?;
    let all = CiteCheck {
        schema: "prode.cite_check/v1".to_owned(),
        commit: memory.revision.commit.map(|commit| commit.to_string()),
        worktree: memory.revision.on_disk,
        found: checks.iter().filter(|check| check.state.is_finding()).count(),
        checks,
    };
    Ok((all, memory))
}
