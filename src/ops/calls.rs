//! The log of calls that agents make: for each who asked, which tool, a digest of
//! what was asked, and what came of it. A line that cannot be written is nobody's
//! trouble: the answer is given all the same.

use super::random;
use super::triage::keyed;
use crate::call_log::Call;
use crate::workspace::Workspace;

/// A call that was answered.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Called<'a> {
    /// Who asked.
    pub who: &'a str,
    /// The tool, or the method.
    pub what: &'a str,
    /// What was asked, which is not written down.
    pub arguments: &'a [u8],
    /// `ok`, else the kind of the failure.
    pub result: &'a str,
}

/// Logs a call.
pub fn record(workspace: &Workspace, called: &Called<'_>) {
    let Some(log) = workspace.call_log() else { return };
    let Ok(fresh) = random::bytes::<32>() else { return };
    let Ok(key) = log.key(fresh) else { return };
    let call = Call {
        at: workspace.clock().now().to_string(),
        who: called.who.to_owned(),
        what: called.what.to_owned(),
        arguments: keyed(&key, called.arguments),
        result: called.result.to_owned(),
    };
    let _ = log.add(&call);
}
