//! What is known of one page beside its text: values that `ops` gathers.

use std::collections::BTreeSet;

use jiff::civil::Date;

use crate::ids::CommitId;
use crate::repo_path::RepoPath;

/// A commit as people know it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Seen {
    /// Which.
    pub commit: CommitId,
    /// Its committer's day in UTC.
    pub day: Date,
    /// Who wrote it.
    pub author: String,
}

/// Whether a stamp is that of the person whom it names.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Proof {
    /// Nothing can be said: it names nobody, or nobody's keys are known.
    #[default]
    Unknown,
    /// It names somebody, and nothing shows that they did it.
    Claimed,
    /// Its commit is signed by that person, or a merge that they signed brought it.
    Signed,
    /// That person approved what brought it.
    Approved,
}

/// A date that was moved together with those of many other pages.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Bulk {
    /// What the page says now.
    pub at: Date,
    /// The commit that moved it.
    pub seen: Seen,
    /// Pages whose date alone it moved.
    pub pages: usize,
}

/// The review that counts.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Stamp {
    /// Who it names.
    pub by: Option<String>,
    /// The day that it names.
    pub at: Date,
    /// True if it holds digests of what was looked at.
    pub has_digest: bool,
    /// The commit that set it; `None` where history does not tell.
    pub set: Option<Seen>,
    /// Set where the page's date was moved since without a look at the page.
    pub bulk: Option<Bulk>,
    /// Whether that person did it.
    pub proof: Proof,
}

/// The body's digests.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Body {
    /// As it is.
    pub now: String,
    /// As it was reviewed; `None` where that is not known.
    pub reviewed: Option<String>,
    /// Lines that came and went since.
    pub lines: u64,
    /// Commits that changed the page since, the newest first.
    pub since: Vec<Seen>,
}

/// One file that differs from what was reviewed.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Changed {
    /// The repository, where it is not this one.
    pub repository: Option<String>,
    /// Where it is, or was.
    pub path: RepoPath,
    /// Lines that came.
    pub added: u64,
    /// Lines that went.
    pub removed: u64,
    /// Commits that changed it since the review, the newest first.
    pub commits: Vec<CommitId>,
    /// Their authors, each once, in that order.
    pub authors: Vec<String>,
    /// `added`, `removed`, `changed`, or `moved` with the same content.
    pub how: Aside,
}

impl Changed {
    /// Where it is, for people: in another repository behind its name.
    pub fn place(&self) -> String {
        match &self.repository {
            Some(name) => format!("{name}:{}", self.path),
            None => self.path.to_string(),
        }
    }
}

/// What became of a file.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Aside {
    /// Its content differs.
    Changed,
    /// It came.
    Added,
    /// It went.
    Removed,
    /// It went, and its content stands at another path.
    MovedTo(RepoPath),
}

/// What a page describes, and how that differs from what was reviewed.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Drift {
    /// The digest of what it describes now.
    pub of: String,
    /// Files that differ, by path; not more than are worth reading.
    pub changed: Vec<Changed>,
    /// How many differ.
    pub total: usize,
    /// True where the page declares its sources; else they are files that it cites.
    pub is_declared: bool,
    /// True where the review recorded a digest.
    pub is_recorded: bool,
    /// True where clones of other repositories were looked at for it.
    pub is_local: bool,
}

/// Something that is wrong on a page, and what mends it.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub struct Flaw {
    /// What is wrong with which value.
    pub message: String,
    /// The edit or command.
    pub settle: String,
    /// Per cent.
    pub confidence: u8,
}

/// Somebody who followed a page and was misled.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub struct Misled {
    /// The learning's or the run's id.
    pub id: String,
    /// The run that found it; `None` where somebody wrote it by hand.
    pub run: Option<String>,
    /// What it says, in a few words.
    pub summary: String,
    /// True if an owner accepted it.
    pub is_accepted: bool,
}

/// How a page was used on this machine in the days that are looked at.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Used {
    /// How many days.
    pub days: i64,
    /// Questions that were asked in these days.
    pub questions: u64,
    /// How often it stood first in an answer.
    pub routed: u64,
    /// How often it was read.
    pub opened: u64,
    /// How often its text, as it is, was marked as unhelpful.
    pub unhelpful: u64,
    /// True where everything was counted in these days, and enough was asked,
    /// for silence to say something.
    pub is_telling: bool,
    /// The day on which it came; `None` where history does not tell.
    pub born: Option<Date>,
}

/// Who ever had to do with a page, by the one name of each.
pub type Hands = BTreeSet<String>;

/// Everything that is known of one page.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Evidence {
    /// The review that counts.
    pub stamp: Option<Stamp>,
    /// The last change of its text.
    pub written: Option<Seen>,
    /// Its body then and now.
    pub body: Option<Body>,
    /// What it describes, where that differs.
    pub drift: Option<Drift>,
    /// Dead links, cited files that went, alerts that are gone.
    pub flaws: Vec<Flaw>,
    /// Pages that say nearly the same, or have its title.
    pub duplicates: Vec<Flaw>,
    /// The page that replaced it, where it does not say so itself.
    pub replaced_by: Option<RepoPath>,
    /// Pages that link to it though it no longer holds.
    pub linked_from: Vec<RepoPath>,
    /// Who was misled by it.
    pub misled: Vec<Misled>,
    /// Owners who are nowhere else, and the day on which each was last seen.
    pub departed: Vec<(String, Option<Date>)>,
    /// How this machine used it; `None` where nobody asked for that.
    pub usage: Option<Used>,
    /// The digest of its body, where `usage` is known.
    pub body_now: Option<String>,
    /// Who wrote, ran or reviewed it; empty where nobody can be told apart.
    pub hands: Hands,
}
