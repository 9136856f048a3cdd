//! What a run begins with: a name, a time, somebody who works.

use crate::clock::Clock;
use crate::ops::{OpError, random};
use crate::run_id::RunId;

/// The time, in whole seconds: finer ones say nothing about an incident.
pub(super) fn now() -> jiff::Timestamp {
    let now = Clock::system().now();
    jiff::Timestamp::from_second(now.as_second()).unwrap_or(now)
}

/// The name of this process as a worker.
pub(super) fn worker() -> String {
    format!("prode-{}", std::process::id())
}

/// A name that no run has.
pub(super) fn fresh_run(time: jiff::Timestamp) -> Result<RunId, OpError> {
    let day = Clock::at(time).today();
    Ok(RunId::new(day, random::bytes::<3>()?))
}
