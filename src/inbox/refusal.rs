//! Why something may not become of a finding.

use crate::hint::{ErrorKind, Helpful};

/// A rule that an event breaks. One that reached the branch all the same, from
/// another machine, does not count and is shown with this.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum Refusal {
    /// The finding has no such item.
    #[error("there is no item {item}; the finding has {items}")]
    NoItem {
        /// As typed.
        item: usize,
        /// How many there are.
        items: usize,
    },
    /// An answer without evidence.
    #[error("item {0} is answered without evidence")]
    NoEvidence(usize),
    /// Some items are not answered.
    #[error("{} still open: {}", if .0.len() == 1 { "an item is" } else { "items are" }, numbers(.0))]
    Open(Vec<usize>),
    /// Who closes made the fix.
    #[error("'{by}' made the fix of item {item}; somebody else looks at it and closes the finding")]
    OwnFix {
        /// Who wanted to close.
        by: String,
        /// The item.
        item: usize,
    },
    /// The closing words betray an open end.
    #[error("the message says '{0}': what is deferred or unverified is not closed")]
    OpenEnd(String),
    /// It is closed or rejected.
    #[error("the finding is {0} already")]
    Decided(&'static str),
    /// Some items are valid, so the whole is not invalid.
    #[error("item {0} was found to be valid; the finding as a whole is not")]
    Valid(usize),
    /// Nothing is said.
    #[error("the event says nothing")]
    Nothing,
}

fn numbers(items: &[usize]) -> String {
    items.iter().map(usize::to_string).collect::<Vec<_>>().join(", ")
}

impl Helpful for Refusal {
    fn kind(&self) -> ErrorKind {
        match self {
            Self::OwnFix { .. } => ErrorKind::Waiting,
            Self::Decided(_) => ErrorKind::Conflict,
            Self::Nothing => ErrorKind::Usage,
            _ => ErrorKind::Invalid,
        }
    }

    fn hints(&self) -> Vec<String> {
        let hint = match self {
            Self::NoItem { .. } => "see its items: prode finding show F-…".to_owned(),
            Self::NoEvidence(_) => {
                "say what shows it, a commit, a run of a check, a link: --evidence …".to_owned()
            }
            Self::Open(items) => format!(
                "answer each: prode finding classify F-… {} --as fixed --evidence …",
                items.iter().map(usize::to_string).collect::<Vec<_>>().join(" ")
            ),
            Self::OwnFix { .. } => "ask somebody who did not: prode finding close F-…".to_owned(),
            Self::OpenEnd(_) => {
                "report what is left as a finding of its own, or verify it; then say what was seen"
                    .to_owned()
            }
            Self::Decided(_) => {
                "open an item again: prode finding classify F-… 1 --as open --why …".to_owned()
            }
            Self::Valid(_) => "answer the others one by one: prode finding classify F-… 2 --as \
                               rejected --evidence …"
                .to_owned(),
            Self::Nothing => {
                "name items and --as, a --severity or a --target: prode finding classify --help"
                    .to_owned()
            }
        };
        vec![hint]
    }
}
