//! A ticket is moved from where it stood to where the user's side lists it.
//!
//! No tracker keeps a version of a state, so that what people did meanwhile is
//! seen in one way only: by looking right before, and again before anything is
//! sent once more.

use std::time::Duration;

use super::{TicketName, Tracker, TrackerError};
use crate::http::{HttpError, Patience};
use crate::triage::moving::{Move, Next, Standing, Target};

/// Where a ticket stands, and what was asked about is on its tracker.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Stands {
    /// Where it stands.
    pub from: Standing,
    /// States or labels, in the order in which they were asked for.
    pub targets: Vec<Target>,
}

/// What came of a move.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Moved {
    /// It stands where it should.
    There {
        /// Somebody else had put it there, or an earlier try.
        found: bool,
    },
    /// It stays where it is, and why.
    Left(&'static str),
}

impl Tracker {
    /// Where a ticket stands, and what each of `names` is there.
    ///
    /// # Errors
    /// The ticket is on another tracker, or was not read.
    pub fn stands(&self, ticket: &TicketName, names: &[&str]) -> Result<Stands, TrackerError> {
        self.is_here(ticket)?;
        Ok(self.api.stands(ticket, names)?)
    }

    /// Moves a ticket, unless it stands there or somebody moved it meanwhile.
    /// `approved`: a person approved that it ends there. Whoever runs it again after
    /// any end, a kill included, moves it once.
    ///
    /// # Errors
    /// The tracker did not answer whether it was done
    /// ([`is_unsure`](TrackerError::is_unsure)): run it again. Every other
    /// error says that it was not.
    pub fn shift(
        &self,
        ticket: &TicketName,
        step: &Move,
        approved: bool,
    ) -> Result<Moved, TrackerError> {
        self.is_here(ticket)?;
        if step.to.action.is_some() && !approved {
            return Ok(Moved::Left("no person approved it"));
        }
        let mut patience = Patience::new();
        let mut is_sent = false;
        loop {
            let stands = self.api.stands(ticket, &step.names())?;
            match next(step, &stands) {
                Next::There => return Ok(Moved::There { found: !is_sent }),
                Next::Left(why) => return Ok(Moved::Left(why)),
                Next::Go => {}
            }
            let Err(error) = self.api.shift(ticket, &stands) else {
                return Ok(Moved::There { found: false });
            };
            is_sent = true;
            if !goes_on(&error, &mut patience) {
                return self.last_look(ticket, step, error);
            }
        }
    }

    /// It may stand there in spite of the error: by us, or by somebody who was
    /// quicker.
    fn last_look(
        &self,
        ticket: &TicketName,
        step: &Move,
        error: HttpError,
    ) -> Result<Moved, TrackerError> {
        let is_told = error.is_unsure() || is_refused(&error);
        if is_told && next(step, &self.api.stands(ticket, &step.names())?) == Next::There {
            return Ok(Moved::There { found: true });
        }
        Err(error.into())
    }
}

fn next(step: &Move, stands: &Stands) -> Next {
    stands.targets.first().map_or(Next::Left("the tracker has no such state or label"), |target| {
        step.next(&stands.from, target)
    })
}

/// Whether to look and try again, after a pause. What had no answer in time may be
/// done yet, and is left to whoever runs it again.
fn goes_on(error: &HttpError, patience: &mut Patience) -> bool {
    match error {
        HttpError::Busy { seconds, .. } => {
            patience.after_refusal(Some(Duration::from_secs(*seconds)))
        }
        HttpError::Late { .. } => false,
        error => error.is_unsure() && patience.after_failure(),
    }
}

fn is_refused(error: &HttpError) -> bool {
    matches!(error, HttpError::Refused { .. } | HttpError::NotFound { .. })
}

/// What a person approves before a ticket gets a state of this type of Linear's.
/// In all but these four somebody has to act no more.
pub(super) fn action_of(sort: &str) -> Option<&'static str> {
    match sort {
        "triage" | "backlog" | "unstarted" | "started" => None,
        "completed" => Some("ticket-done"),
        _ => Some("ticket-cancel"),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_state_of_a_type_that_nobody_knows_is_an_end() {
        assert_eq!(action_of("started"), None);
        assert_eq!(action_of("completed"), Some("ticket-done"));
        for end in ["canceled", "duplicate", "archived", ""] {
            assert_eq!(action_of(end), Some("ticket-cancel"), "{end}");
        }
    }
}
