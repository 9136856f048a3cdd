//! Moves of the ticket within a run: what waits for a person, and what may go.

use super::{Stage, State, Step};
use crate::triage::bundle::{Bundle, Waiting};
use crate::triage::effect::{Effect, Sort};
use crate::triage::moving::Move;

impl State {
    /// A step as it is planned. A move that ends the ticket is made only where the
    /// user's side lets prode carry it out; else a person makes it.
    pub(super) fn planned(&self, effect: &Effect) -> Step {
        let is_by_hand = end(effect).is_some_and(|action| !self.carries_out(action));
        let is_made = self.mode.allows(effect) && !is_by_hand;
        let stage = if is_made { Stage::Planned } else { Stage::Would };
        Step { effect: effect.clone(), stage }
    }

    fn carries_out(&self, action: &str) -> bool {
        self.moves.as_ref().is_some_and(|it| it.carries_out.iter().any(|it| it == action))
    }

    /// The move that follows from what was decided.
    pub fn moving(&self) -> Option<Move> {
        self.moves.as_ref()?.follows(self.decided.as_ref()?.decision)
    }

    /// What a person has to approve before the ticket ends; nothing where the run
    /// makes no such move.
    pub fn ends(&self) -> Option<Waiting> {
        let step = self.moving().filter(|it| self.mode >= it.when.least())?;
        step.waiting(&self.ticket)
    }

    /// Everything that waits for a person: what the bundle names, and the end of
    /// the ticket.
    pub fn waiting(&self, bundle: &Bundle) -> Vec<Waiting> {
        bundle.waiting.iter().cloned().chain(self.ends()).collect()
    }

    /// How many approvals it waits for.
    pub(super) fn waits(&self) -> usize {
        let waits = self.decided.as_ref().map_or(0, |it| it.waits);
        usize::try_from(waits).unwrap_or(usize::MAX).saturating_add(self.ends().iter().count())
    }

    /// How many of them are outstanding.
    pub fn outstanding(&self) -> usize {
        self.waits().saturating_sub(self.approved.len())
    }

    /// True where everything that it waits for was approved.
    pub fn is_approved(&self) -> bool {
        self.approved.len() >= self.waits()
    }

    /// True for the end of a ticket before a person approved it.
    pub(super) fn is_locked(&self, effect: &Effect) -> bool {
        end(effect).is_some() && !self.is_approved()
    }
}

/// The action by which a move ends its ticket.
fn end(effect: &Effect) -> Option<&str> {
    let is_move = effect.sort == Sort::Move;
    effect.moves.as_ref().filter(|_| is_move)?.to.action.as_deref()
}
