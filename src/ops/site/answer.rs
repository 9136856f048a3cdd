//! What `site build` answers.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

/// The answer.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct Answer {
    /// `prode.site_build/v1`.
    pub schema: String,
    /// The commit that the site is made from.
    pub commit: String,
    /// The folder, as it was named.
    pub folder: String,
    /// True if nothing was written, since that was asked.
    pub dry_run: bool,
    /// Public pages.
    pub pages: usize,
    /// Files of the site.
    pub files: usize,
    /// Bytes of these.
    pub bytes: u64,
    /// Bytes of these that only the search reads.
    pub search_bytes: u64,
    /// Files that are new or other than before.
    pub written: usize,
    /// Files that stay as they were.
    pub unchanged: usize,
    /// Files that were there and are not any more.
    pub removed: usize,
    /// Pages that are not public.
    pub left_out: LeftOut,
    /// Links that lead nowhere: nothing was written where there is one.
    pub broken: Vec<Broken>,
    /// Links to a section that is not there, or to one of several pages.
    pub warnings: Vec<Broken>,
    /// What the reader should know.
    pub notes: Vec<String>,
}

/// Pages that are not public, by why.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct LeftOut {
    /// Marked draft.
    pub drafts: usize,
    /// Marked archived.
    pub archived: usize,
    /// Templates.
    pub templates: usize,
}

/// What lint says of a public page.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct Broken {
    /// The page.
    pub path: String,
    /// 1-based line.
    pub line: u32,
    /// The rule of lint.
    pub rule: String,
    /// What is wrong with which value.
    pub message: String,
    /// What mends it.
    pub hint: String,
}
