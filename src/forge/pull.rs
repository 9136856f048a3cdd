//! A pull request: as it is, as it shall be.

use jiff::Timestamp;

use super::kind::Kind;
use crate::redaction::Redacted;

/// A pull request; what GitLab calls a merge request.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Pull {
    /// As people write it: #12, !12.
    pub number: u64,
    /// Its page.
    pub url: String,
    /// As it stands there, with whatever says that it is a draft.
    pub title: String,
    /// Its description.
    pub body: String,
    /// The branch that it goes into.
    pub base: String,
    /// The branch that it comes from.
    pub branch: String,
    /// That branch's commit as the forge has it; empty where it is gone.
    pub head: String,
    /// What became of it.
    pub state: State,
    /// True while it is not ready for review.
    pub draft: bool,
    /// The account that opened it.
    pub author: Option<String>,
    /// When it was opened.
    pub opened: Timestamp,
}

/// What became of a pull request.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum State {
    /// Somebody has to decide.
    Open,
    /// It is in its base branch.
    Merged(Merge),
    /// It was closed, and nothing was merged.
    Closed(Closing),
}

/// How it was merged.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Merge {
    /// The commit that the base branch got.
    pub commit: String,
    /// By which account, where that is told.
    pub by: Option<String>,
    /// When.
    pub at: Timestamp,
}

/// How it was closed.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Closing {
    /// By which account, where that is told with it.
    pub by: Option<String>,
    /// When.
    pub at: Timestamp,
}

impl Pull {
    /// True while somebody has to decide.
    pub fn is_open(&self) -> bool {
        self.state == State::Open
    }

    /// `open`, `merged`, `closed`.
    pub fn state_name(&self) -> &'static str {
        match self.state {
            State::Open => "open",
            State::Merged(_) => "merged",
            State::Closed(_) => "closed",
        }
    }
}

/// A pull request as it shall be.
#[derive(Debug, Clone, Copy)]
pub struct Wanted<'a> {
    /// The branch that it comes from, of this repository.
    pub branch: &'a str,
    /// The branch that it goes into.
    pub base: &'a str,
    /// What it is about, without a word of being a draft.
    pub title: &'a Redacted,
    /// Its description, between the marks that [`marker`] gives.
    pub body: &'a Redacted,
    /// What stands before it where it is opened: the team's own words, which are
    /// people's to fill in from then on.
    pub before: Option<&'a Redacted>,
    /// Not ready for review when it is opened. Later that is people's to say.
    pub draft: bool,
}

impl Wanted<'_> {
    /// The whole description of a new one.
    pub(super) fn description(&self) -> String {
        match self.before {
            Some(before) => format!("{}\n\n{}", before.trim_end(), self.body.as_str()),
            None => self.body.to_string(),
        }
    }
}

/// What changes of one that is there. `None` stays as it is.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub(super) struct Change {
    pub(super) title: Option<String>,
    pub(super) body: Option<String>,
    pub(super) base: Option<String>,
    pub(super) close: bool,
}

impl Change {
    pub(super) fn is_empty(&self) -> bool {
        *self == Self::default()
    }
}

/// Who shall look at it.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Reviewers {
    /// Accounts, without `@`.
    pub accounts: Vec<String>,
    /// Teams as `org/team`.
    pub teams: Vec<String>,
}

impl Reviewers {
    /// True if nobody is.
    pub fn is_empty(&self) -> bool {
        self.accounts.is_empty() && self.teams.is_empty()
    }
}

/// The two lines around what is ours in a description: whose it is, and the end.
/// No reader of the page sees them. The end holds a digest of the title, so
/// that one that people changed is told from ours.
pub fn marker(id: &str, title: &str) -> (String, String) {
    use sha2::{Digest, Sha256};
    let digest = crate::ids::hex(&Sha256::digest(title.as_bytes())[..4]);
    (format!("<!-- prode: {id} -->"), format!("<!-- prode: end {digest} -->"))
}

/// What a draft's title is on `kind`.
pub(super) fn draft_title(kind: Kind, title: &str) -> String {
    let prefix = kind.draft_prefixes().first().copied().unwrap_or_default();
    format!("{prefix}{title}")
}

/// What a title says besides being a draft: the prefix that it has, and the rest.
pub(super) fn undrafted(kind: Kind, title: &str) -> (&str, &str) {
    let lower = title.to_lowercase();
    let has = |prefix: &&&str| lower.starts_with(&prefix.to_lowercase());
    let found =
        kind.draft_prefixes().iter().find(has).filter(|it| title.is_char_boundary(it.len()));
    let (prefix, rest) = title.split_at(found.map_or(0, |it| it.len()));
    let rest_at = rest.len() - rest.trim_start().len();
    (&title[..prefix.len() + rest_at], rest.trim_start())
}
