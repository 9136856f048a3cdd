//! What every request is answered with, and what it takes of whoever asks.

use std::sync::Arc;

use tokio::sync::Semaphore;

use super::front::Front;
use super::identity::{Caller, Door};
use super::limits::Limits;
use super::rates::Rates;
use super::refusal::Refusal;
use crate::mcp::Lending;

/// What reads no single tool's pages takes the scope of the tool that reads pages.
pub(super) const READING: &str = "get";

/// What requests are answered with.
pub(super) struct Serving {
    pub(super) lending: Lending,
    pub(super) door: Door,
    pub(super) front: Front,
    pub(super) rates: Rates,
    pub(super) limits: Limits,
}

/// The same, with what is counted while it runs.
pub(super) struct Shared {
    pub(super) serving: Serving,
    pub(super) answering: Semaphore,
    pub(super) checking: Arc<Semaphore>,
}

/// Whether a caller may ask what takes `scope`; everybody may where it is empty.
pub(super) fn may(caller: &Caller, scope: &str) -> Result<(), Refusal> {
    let allowed = scope.is_empty() || caller.may(scope);
    let refusal = || Refusal::Scope { name: caller.name.clone(), scope: scope.to_owned() };
    if allowed { Ok(()) } else { Err(refusal()) }
}
