//! What a review says, for scripts and for the person who is asked.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

/// What came of a review.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct Answer {
    /// `prode.page_review/v1`.
    pub schema: String,
    /// Who reviewed: `human:` and a name.
    pub by: String,
    /// The day (UTC).
    pub at: String,
    /// The pages, in the order in which they were named.
    pub pages: Vec<Looked>,
    /// Files that changed; empty where everything was stamped so already.
    pub changed: Vec<String>,
    /// The branch that got a commit; null where only files changed.
    pub branch: Option<String>,
    /// That commit.
    pub commit: Option<String>,
    /// What a person should know, one line each.
    pub notes: Vec<String>,
}

/// One page that is stamped.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct Looked {
    /// Where it stands.
    pub path: String,
    /// Its title.
    pub title: String,
    /// `runbook`, `adr`, `guide`, …
    pub kind: String,
    /// Who owns it; empty where nobody is named.
    pub owner: Vec<String>,
    /// The review before; null where there is none.
    pub last: Option<Last>,
    /// Whether its body is another since then; null where nobody can tell.
    pub body_changed: Option<bool>,
    /// What it describes; null where it names nothing of this repository.
    pub sources: Option<SourcesSeen>,
    /// What it describes in other repositories.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub elsewhere: Vec<ElsewhereSeen>,
    /// The stamp.
    pub stamp: Stamp,
    /// The file that holds it.
    pub stamped_in: String,
    /// What else of the page says the new day: `last_reviewed`, `verified`,
    /// `freshness` (a comment of g3doc), …
    pub also: Vec<String>,
}

/// The review before.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct Last {
    /// Who reviewed; null where only a day is written.
    pub by: Option<String>,
    /// The day.
    pub at: String,
    /// The commit that brought the stamp, else the last one before the end of
    /// that day: files are compared with it. Null where history does not reach so far.
    pub commit: Option<String>,
}

/// What a page describes.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct SourcesSeen {
    /// How many files.
    pub files: usize,
    /// Whether they are others since the last review; null where nobody can tell.
    pub changed: Option<bool>,
    /// Which are others, ordered by path.
    pub changes: Vec<ChangedFile>,
}

/// What a page describes in another repository.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct ElsewhereSeen {
    /// By host and path.
    pub repository: String,
    /// The commit of its clone that was looked at; null where none is at hand.
    pub commit: Option<String>,
    /// How many files there.
    pub files: usize,
    /// Whether they are others since the last review; null where nobody can tell.
    pub changed: Option<bool>,
    /// Why nothing was looked at; null where it was.
    pub missing: Option<String>,
}

/// A file that is another since the last review.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct ChangedFile {
    /// Where it stands.
    pub path: String,
    /// Lines that came; null where they were not counted.
    pub added: Option<usize>,
    /// Lines that went.
    pub removed: Option<usize>,
}

/// A stamp, as it is written.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct Stamp {
    /// `human:` and a name.
    pub by: String,
    /// The day (UTC).
    pub at: String,
    /// `sha256:` and the digest of the body.
    pub body: String,
    /// `sha256:` and the digest of what it describes; null where it names
    /// nothing of this repository.
    pub sources: Option<String>,
    /// What was seen of other repositories: `NAME@COMMIT sha256:…`; null where nothing was.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub elsewhere: Option<String>,
}
