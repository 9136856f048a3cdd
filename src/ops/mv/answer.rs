//! What `mv` says: one shape for people and scripts.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

/// A file that has a new path.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct Moved {
    /// Its old path.
    pub from: String,
    /// Its new one.
    pub to: String,
}

/// One replaced piece of a file.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct Change {
    /// 1-based line in the file before.
    pub line: u32,
    /// What stood there.
    pub before: String,
    /// What stands there now.
    pub after: String,
}

/// A file whose content changed.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct Edited {
    /// Its path, the new one where it moved.
    pub path: String,
    /// In file order.
    pub changes: Vec<Change>,
}

/// A way from the old name that was kept.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct Redirect {
    /// The file that holds it.
    pub path: String,
    /// `alias`, or the line of a site's list of redirects.
    pub line: String,
}

/// Something that names what moved and was left as it is.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize, JsonSchema)]
pub struct LeftAsIs {
    /// The file, under its new path where it moved.
    pub path: String,
    /// 1-based line in the file before.
    pub line: u32,
    /// What is written there.
    pub text: String,
    /// Why it was left.
    pub why: String,
}

/// The answer of `prode mv`.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize, JsonSchema)]
pub struct Answer {
    /// `prode.mv/v1`.
    pub schema: String,
    /// The file or folder that moved.
    pub old: String,
    /// Where it is now.
    pub new: String,
    /// True if nothing was written.
    pub dry_run: bool,
    /// Ordered by old path.
    pub moved: Vec<Moved>,
    /// Ordered by path.
    pub edited: Vec<Edited>,
    /// Ordered by path.
    pub redirects: Vec<Redirect>,
    /// Mentions that are ambiguous or no links, ordered by path and line.
    pub left: Vec<LeftAsIs>,
    /// What the reader should know.
    pub notes: Vec<String>,
    /// Paths to hand to `git add`, old ones too; nothing is staged.
    pub stage: Vec<String>,
    /// The whole change as a patch that `git apply` takes.
    pub diff: String,
}
