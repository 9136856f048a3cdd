//! `log`: who changed a page or a section, when and why.

mod page;
mod section;

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use super::error::OpError;
pub use super::past::Commit;
use super::past::{Behind, Past, Version, located};
use crate::git::{GitError, hunk_lines};
use crate::workspace::{Asked, Memory, Workspace};

/// Larger texts are not compared line by line.
const LARGEST: usize = 5_000_000;

/// Whose history.
#[derive(Debug, Clone)]
pub struct Options {
    /// A page or a section, as for `show`.
    pub reference: String,
    /// Which revision answers.
    pub asked: Asked,
    /// No more entries than this; all where it is `None`.
    pub limit: Option<usize>,
}

/// What a commit did.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum Change {
    /// It brought the page or the section.
    Added,
    /// It changed the text; `previous_path` says where it also got a new path.
    Changed,
    /// It gave the page a new path and left the text.
    Moved,
    /// It is a merge that made something of its own of several texts.
    Merged,
}

/// One commit that changed what was asked for.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct Entry {
    /// The commit; null for what is on disk and not committed yet.
    pub commit: Option<Commit>,
    /// What it did.
    pub change: Change,
    /// The page's path from this commit on.
    pub path: String,
    /// The section's anchor from this commit on; empty for the whole page.
    pub anchor: String,
    /// The path before, where it was another one.
    pub previous_path: Option<String>,
    /// The anchor before, where it was another one.
    pub previous_anchor: Option<String>,
    /// Lines that came; null where the texts are too large to compare, or are
    /// not in this partial clone.
    pub added: Option<usize>,
    /// Lines that went, likewise.
    pub removed: Option<usize>,
}

/// The history of a page or a section.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct Log {
    /// `prode.log/v1`.
    pub schema: String,
    /// The commit that was answered for; null where there is none yet.
    pub commit: Option<String>,
    /// True if files on disk count instead of the commit's.
    pub worktree: bool,
    /// Where the page stands.
    pub path: String,
    /// The section; empty for the whole page.
    pub anchor: String,
    /// The page's title.
    pub title: String,
    /// `path#anchor@commit`.
    pub cite: String,
    /// The newest first.
    pub entries: Vec<Entry>,
    /// True where `limit` left older ones out.
    pub more: bool,
    /// The commit at which this clone's history was cut off while the page was
    /// there: what is older is not known here.
    pub cut_at: Option<Commit>,
    /// The commit that removed an earlier page of the same path; the page's
    /// own history does not go beyond its beginning.
    pub earlier_page_until: Option<Commit>,
    /// What the reader should know of what is missing.
    pub notes: Vec<String>,
}

/// Entries as they are found.
struct Found<'a> {
    past: &'a Past<'a>,
    entries: Vec<Entry>,
    limit: usize,
    more: bool,
    cut_at: Option<Version>,
    born: Option<Version>,
}

/// Walks the history of what was named. `told` hears how many of how many
/// commits were looked at.
pub fn run(
    workspace: &Workspace,
    options: &Options,
    told: &dyn Fn(usize, usize),
) -> Result<(Log, Memory), OpError> {
    let located = located(workspace, &options.reference, &options.asked)?;
    let past = Past::of(workspace, &located, told)?;
    let mut found = Found {
        past: &past,
        entries: Vec::new(),
        limit: options.limit.unwrap_or(usize::MAX),
        more: false,
        cut_at: None,
        born: None,
    };
    match located.section {
        None => page::walk(workspace, &located, &mut found)?,
        Some(section) => section::walk(workspace, &located, section, &mut found)?,
    }
    let of = |version: Option<&Version>| version.map(|it| past.commit(it)).transpose();
    let log = Log {
        schema: "prode.log/v1".to_owned(),
        commit: located.memory.revision.commit.map(|commit| commit.to_string()),
        worktree: located.memory.revision.on_disk,
        path: located.page.path.text().into_owned(),
        anchor: located.anchor().to_owned(),
        title: located.page.title.clone(),
        cite: located.cite(),
        more: found.more,
        cut_at: of(found.cut_at.as_ref())?,
        earlier_page_until: found.born.as_ref().and_then(|it| found.earlier(it)).transpose()?,
        notes: past.gaps(),
        entries: found.entries,
    };
    Ok((log, located.memory))
}

impl Found<'_> {
    /// Adds an entry; false where there is room for none.
    fn add(&mut self, entry: Entry) -> bool {
        if self.entries.len() == self.limit {
            self.more = true;
            return false;
        }
        self.entries.push(entry);
        true
    }

    /// Who removed a page that stood at the same path before this one came.
    fn earlier(&self, born: &Version) -> Option<Result<Commit, GitError>> {
        let history = &self.past.history;
        let path = history.path_id(&born.path)?;
        let went = |at: &usize| history.change(*at, path).is_some_and(|it| it.new.is_none());
        let at = history.touching(path).iter().copied().filter(|at| *at > born.at).find(went)?;
        Some(Commit::of(self.past.repository, history.steps[at].id))
    }
}

/// Lines that came and went between two texts.
fn counts(old: &[u8], new: &[u8]) -> Result<[Option<usize>; 2], GitError> {
    if old.len().max(new.len()) > LARGEST {
        return Ok([None, None]);
    }
    Ok(hunk_lines(old, new)?.map(Some))
}

/// What came of a commit, by what stands behind its version.
fn change_of(behind: &Behind, version: &Version) -> Change {
    match behind {
        Behind::These(olds) if olds.len() > 1 => Change::Merged,
        Behind::These(olds) if olds[0].blob == version.blob => Change::Moved,
        Behind::These(_) | Behind::Same(_) => Change::Changed,
        Behind::Nothing | Behind::Cut => Change::Added,
    }
}
