//! How a decision's status may change: one table, and nothing beside it.

use super::AdrStatus;
use crate::hint::{ErrorKind, Helpful};

/// From where to where. A decision that was taken is never unmade: it is
/// replaced by another or given up.
#[rustfmt::skip]
const TRANSITIONS: &[(AdrStatus, &[AdrStatus])] = &[
    (AdrStatus::Draft,      &[AdrStatus::Proposed, AdrStatus::Accepted, AdrStatus::Rejected]),
    (AdrStatus::Proposed,   &[AdrStatus::Draft, AdrStatus::Accepted, AdrStatus::Rejected]),
    (AdrStatus::Accepted,   &[AdrStatus::Deprecated, AdrStatus::Superseded]),
    (AdrStatus::Rejected,   &[AdrStatus::Proposed]),
    (AdrStatus::Deprecated, &[AdrStatus::Superseded]),
    (AdrStatus::Superseded, &[]),
];

/// Why a status does not change.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum TransitionError {
    /// The table has no such step.
    #[error("a decision that is {} cannot become {}", .from.label(), .to.label())]
    Forbidden {
        /// What it is.
        from: AdrStatus,
        /// What was asked for.
        to: AdrStatus,
        /// What it may become; empty where it stays what it is.
        allowed: &'static [AdrStatus],
    },
    /// It is so already.
    #[error("the decision is {} already", .0.label())]
    Already(AdrStatus),
    /// The file says something that is none of the known ones.
    #[error("the status '{0}' is unknown, so nothing can follow it")]
    Unknown(String),
}

impl AdrStatus {
    /// Every known status, in the order of a decision's life.
    pub const KNOWN: [Self; 6] = [
        Self::Draft,
        Self::Proposed,
        Self::Accepted,
        Self::Rejected,
        Self::Deprecated,
        Self::Superseded,
    ];

    /// The step from `from` to `to`, if there is one: the only way in which a
    /// status changes. A decision that states none may become any of those
    /// that begin a life.
    ///
    /// # Errors
    /// If the table has no such step, or a status is unknown.
    pub fn transition(from: Option<&Self>, to: &Self) -> Result<Self, TransitionError> {
        for status in from.into_iter().chain([to]) {
            if let Self::Unknown(text) = status {
                return Err(TransitionError::Unknown(text.clone()));
            }
        }
        let Some(from) = from else { return begin(to) };
        if from == to {
            return Err(TransitionError::Already(to.clone()));
        }
        let allowed = from.may_become();
        if allowed.contains(to) {
            return Ok(to.clone());
        }
        Err(TransitionError::Forbidden { from: from.clone(), to: to.clone(), allowed })
    }

    /// What may follow.
    pub fn may_become(&self) -> &'static [Self] {
        TRANSITIONS.iter().find(|(from, _)| from == self).map_or(&[], |(_, to)| to)
    }

    /// True from the day on which it was accepted: its text stands.
    pub fn is_decided(&self) -> bool {
        matches!(self, Self::Accepted | Self::Deprecated | Self::Superseded)
    }
}

fn begin(to: &AdrStatus) -> Result<AdrStatus, TransitionError> {
    let allowed = AdrStatus::Draft.may_become();
    if *to == AdrStatus::Draft || allowed.contains(to) {
        return Ok(to.clone());
    }
    let from = AdrStatus::Draft;
    Err(TransitionError::Forbidden { from, to: to.clone(), allowed })
}

impl Helpful for TransitionError {
    fn kind(&self) -> ErrorKind {
        ErrorKind::Invalid
    }

    fn hints(&self) -> Vec<String> {
        let names =
            |all: &[AdrStatus]| all.iter().map(AdrStatus::label).collect::<Vec<_>>().join(", ");
        let hint = match self {
            Self::Already(_) => "there is nothing to do".to_owned(),
            Self::Unknown(_) => {
                format!("write one of these into the file first: {}", names(&AdrStatus::KNOWN))
            }
            Self::Forbidden { allowed: [], .. } => {
                "nothing follows it; decide anew: prode adr new TITLE".to_owned()
            }
            Self::Forbidden { allowed, .. } => format!("it may become {}", names(allowed)),
        };
        vec![hint]
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_step_that_is_not_in_the_table_names_those_that_are() {
        for from in &AdrStatus::KNOWN {
            for to in &AdrStatus::KNOWN {
                let step = AdrStatus::transition(Some(from), to);
                assert_eq!(step.is_ok(), from.may_become().contains(to), "{from:?} {to:?}");
            }
        }
        let error = AdrStatus::transition(Some(&AdrStatus::Accepted), &AdrStatus::Proposed);
        let error = error.unwrap_err();
        assert_eq!(error.to_string(), "a decision that is accepted cannot become proposed");
        assert_eq!(error.hints(), ["it may become deprecated, superseded"]);
        let last = AdrStatus::transition(Some(&AdrStatus::Superseded), &AdrStatus::Accepted);
        assert!(last.unwrap_err().hints()[0].contains("prode adr new"));
    }

    #[test]
    fn what_is_unknown_has_no_next_step() {
        let odd = AdrStatus::Unknown("Approved".to_owned());
        let error = AdrStatus::transition(Some(&odd), &AdrStatus::Deprecated).unwrap_err();
        assert_eq!(error.to_string(), "the status 'Approved' is unknown, so nothing can follow it");
        assert!(AdrStatus::transition(Some(&AdrStatus::Draft), &odd).is_err());
    }

    #[test]
    fn silence_is_a_beginning() {
        assert!(AdrStatus::transition(None, &AdrStatus::Accepted).is_ok());
        assert!(AdrStatus::transition(None, &AdrStatus::Draft).is_ok());
        assert!(AdrStatus::transition(None, &AdrStatus::Superseded).is_err());
    }
}
