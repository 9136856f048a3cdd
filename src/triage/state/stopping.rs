//! Whether a question is still asked: the time beside what was spent.

use jiff::Timestamp;

use super::State;
use crate::triage::budget::{Limit, NEAR, Stop};
use crate::triage::plan::Question;

impl State {
    /// Why a question is left out now.
    pub(super) fn stops(&self, question: &Question, now: Timestamp) -> Option<Stop> {
        if now > self.deadline {
            return Some(Stop::Over(Limit::Time));
        }
        let (spent, most) = (now - self.opened, self.deadline - self.opened);
        let is_near = u64::try_from(spent.get_seconds()).unwrap_or_default() * 100
            >= u64::try_from(most.get_seconds()).unwrap_or_default() * NEAR;
        let near = (is_near && !question.required).then_some(Stop::Near(Limit::Time));
        self.ledger.stops(&self.budgets, question).or(near)
    }
}
