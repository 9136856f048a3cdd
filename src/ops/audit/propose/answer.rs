//! What `audit --propose` answers, as scripts read it.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use crate::ops::audit::Skipped;
use crate::ops::proposal::PullRow;

/// What was proposed to whom.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct Answer {
    /// `prode.audit_propose/v1`.
    pub schema: String,
    /// The trunk's commit that was looked at; null where there is none.
    pub commit: Option<String>,
    /// The day.
    pub as_of: String,
    /// The quarter that the branches are of.
    pub quarter: String,
    /// By owner.
    pub proposals: Vec<Proposal>,
    /// Findings that nobody is there for.
    pub unowned: Vec<Left>,
    /// What was not looked at, and why.
    pub skipped: Vec<Skipped>,
}

/// One owner's branch.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct Proposal {
    /// The owner's one name.
    pub owner: String,
    /// The branch.
    pub branch: String,
    /// `made`, `updated`, `same`; `nothing` where no finding can be settled so.
    /// Where people decided nothing is written: `theirs` (the branch holds their
    /// commits), `merged`, `closed`; and `behind` where another machine knows a
    /// later trunk.
    pub status: String,
    /// The branch's commit; null where there is none.
    pub commit: Option<String>,
    /// The trunk's commit that it changes; null where none was made.
    pub base: Option<String>,
    /// The remote that has it; null where there is none.
    pub remote: Option<String>,
    /// The pull request; null where there is none.
    pub pull: Option<PullRow>,
    /// What became of it: `opened`, `updated`, `unchanged`; null where there is none.
    pub pull_status: Option<String>,
    /// Findings that are gone once it is merged, the riskiest first.
    pub settled: Vec<Settled>,
    /// Findings that are left to people.
    pub left: Vec<Left>,
    /// What a person should know, one line each.
    pub notes: Vec<String>,
    /// What to type next.
    pub next: Vec<String>,
}

/// A finding that the branch settles.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct Settled {
    /// `A-` and eight hexadecimal digits.
    pub id: String,
    /// The page.
    pub path: String,
    /// Which signal.
    pub signal: String,
    /// `stamped`, `mended`, `archived`, `unlinked`: its page is stamped, its
    /// links are mended, it is archived, links that lead to it are mended.
    pub how: String,
}

/// A finding that nothing is done about.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct Left {
    /// `A-` and eight hexadecimal digits.
    pub id: String,
    /// The page.
    pub path: String,
    /// Which signal.
    pub signal: String,
    /// Why a person is needed.
    pub why: String,
    /// Commands that settle it.
    pub settle: Vec<String>,
}
