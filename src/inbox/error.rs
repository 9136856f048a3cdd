//! Why something is no learning or no finding.

use crate::hint::{ErrorKind, Helpful};

/// What is wrong with a learning, a finding, or their files.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum InboxError {
    /// A name of another form.
    #[error("'{0}' is no learning's id")]
    NoId(String),
    /// A name of another form.
    #[error("'{0}' is no finding's id")]
    NoFindingId(String),
    /// The subject of a finding leads nowhere by its form.
    #[error("'{0}' is no page, proposal or run")]
    NoSubject(String),
    /// Nothing is said about how bad it is.
    #[error("the severity is missing")]
    SeverityMissing,
    /// A severity that there is not.
    #[error("there is no severity '{0}'")]
    NoSeverity(String),
    /// An answer that there is not.
    #[error("an item is not answered by '{0}'")]
    NoAnswer(String),
    /// A finding without a list of defects.
    #[error("the finding enumerates no defect")]
    NoItems,
    /// More defects than one finding may have.
    #[error("the finding enumerates {0} defects")]
    ManyItems(usize),
    /// More than a finding.
    #[error("the finding has {bytes} bytes, and at most {limit} are taken")]
    LongFinding {
        /// How many it has.
        bytes: usize,
        /// How many it may have.
        limit: usize,
    },
    /// An action that there is not.
    #[error("there is no action '{0}'")]
    NoAction(String),
    /// The target leads nowhere by its form.
    #[error("the target '{target}' {why}")]
    Target {
        /// As typed.
        target: String,
        /// What is wrong with it.
        why: &'static str,
    },
    /// Nothing is said.
    #[error("the learning says nothing: its body is empty")]
    Empty,
    /// More than a learning.
    #[error("the learning's body has {bytes} bytes, and at most {limit} are taken")]
    TooLong {
        /// How many it has.
        bytes: usize,
        /// How many it may have.
        limit: usize,
    },
    /// A number beyond its scale.
    #[error("the confidence {0} is not between 0 and 100")]
    Confidence(i64),
    /// A file on the branch that cannot be understood.
    #[error("'{path}' cannot be read: {why}")]
    File {
        /// Which.
        path: String,
        /// What is wrong.
        why: String,
    },
    /// A key holds something else than it should.
    #[error("'{key}' is not {wanted}")]
    Field {
        /// Which.
        key: &'static str,
        /// What it should be.
        wanted: &'static str,
    },
}

impl Helpful for InboxError {
    fn kind(&self) -> ErrorKind {
        match self {
            Self::NoId(_) | Self::NoFindingId(_) | Self::NoAction(_) | Self::NoAnswer(_) => {
                ErrorKind::Usage
            }
            _ => ErrorKind::Invalid,
        }
    }

    fn hints(&self) -> Vec<String> {
        let hint = match self {
            Self::NoId(_) => "an id is L- and twelve hex digits; see them: prode inbox list",
            Self::NoFindingId(_) => {
                "an id is F- and twelve hex digits; see them: prode finding list"
            }
            Self::NoSubject(_) => {
                "name a page and a section, wiki/queue.md#rollback, a proposal, prode/promote/queue, a run, R-7; in doubt: none"
            }
            Self::SeverityMissing | Self::NoSeverity(_) => {
                "judge by impact, not by tone, with one of: blocker, high, medium, low"
            }
            Self::NoAnswer(_) => "use one of: fixed, non-actionable, rejected, open",
            Self::NoItems => {
                "name each by itself: --item 'step 2 names a host that is gone' --item …"
            }
            Self::ManyItems(_) => "report at most 100 together; the rest is a finding of its own",
            Self::LongFinding { .. } => "keep what whoever fixes it needs, and link the rest",
            Self::NoAction(_) => "use one of: append, replace, new, contradict",
            Self::Target { .. } => {
                "name a page and a section, wiki/queue.md#known-causes, or a page to make, new:wiki/patterns/queue.md"
            }
            Self::Empty => {
                "write what was seen, how it was confirmed, and what would have led there faster"
            }
            Self::TooLong { .. } => {
                "keep what a reader of the page needs; attach the rest as evidence by its link"
            }
            Self::Confidence(_) => "write a whole number of per cent: --confidence 80",
            Self::File { .. } => {
                "look at it: git show prode/inbox:<path>; take it out: prode inbox purge"
            }
            Self::Field { .. } => {
                "see how it is written: prode inbox add --help; prode finding add --help"
            }
        };
        vec![hint.to_owned()]
    }
}
