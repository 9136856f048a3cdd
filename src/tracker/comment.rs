//! One comment for one key, whatever is lost on the way.

use super::key::Key;
use super::{Posted, TicketName, Tracker, TrackerError};
use crate::http::{HttpError, Patience};
use crate::redaction::Redacted;

/// Looks after an answer that was lost, with pauses that grow: what was sent may
/// still be under way, and a list may be a moment behind.
const LOOKS: u32 = 4;

impl Tracker {
    /// Adds a comment, unless the one with this key stands there: 32 hexadecimal
    /// digits, the same for the same step of the same run.
    ///
    /// Whoever runs it again after any end, a kill included, has one comment.
    /// Two at once are kept apart by the run's lease, not here; Linear keeps
    /// them apart too.
    ///
    /// # Errors
    /// The tracker did not answer whether it was done
    /// ([`is_unsure`](TrackerError::is_unsure)): run it again. Every other
    /// error says that it was not.
    pub fn comment(
        &self,
        ticket: &TicketName,
        key: &str,
        text: &Redacted,
    ) -> Result<Posted, TrackerError> {
        self.is_here(ticket)?;
        let key = Key::parse(key)?;
        let (is, most) = (text.chars().count(), self.api.longest());
        if is > most {
            return Err(TrackerError::TooLong { is, most });
        }
        if let Some(reference) = self.api.find(ticket, &key)? {
            return Ok(Posted { reference, found: true });
        }
        let mut is_first = true;
        loop {
            let error = match self.api.add(ticket, &key, text) {
                Ok(reference) => return Ok(Posted { reference, found: false }),
                Err(error) => error,
            };
            if let Some(reference) = self.look_again(ticket, &key, &error)? {
                return Ok(Posted { reference, found: true });
            }
            if !is_first || !may_try_again(&error) {
                return Err(error.into());
            }
            is_first = false;
        }
    }

    /// Whether it stands there in spite of the error: by us, or by somebody who
    /// was quicker and whose key is refused a second time.
    fn look_again(
        &self,
        ticket: &TicketName,
        key: &Key,
        error: &HttpError,
    ) -> Result<Option<String>, TrackerError> {
        if matches!(error, HttpError::Refused { .. }) {
            return Ok(self.api.find(ticket, key)?);
        }
        if !error.is_unsure() {
            return Ok(None);
        }
        let mut patience = Patience::new();
        for look in 0..LOOKS {
            if look > 0 && !patience.after_failure() {
                break;
            }
            if let Some(reference) = self.api.find(ticket, key)? {
                return Ok(Some(reference));
            }
        }
        Ok(None)
    }
}

/// What had no answer in time may still be done later, after every look: it is
/// left to whoever runs it again.
fn may_try_again(error: &HttpError) -> bool {
    error.is_unsure() && !matches!(error, HttpError::Late { .. })
}
