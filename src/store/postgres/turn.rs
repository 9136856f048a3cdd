//! A change is one short transaction.

use super::fault::Fault;
use super::migrations::is_known;
use super::session::Session;

/// What every change begins with. A worker that stops in the middle is in
/// nobody's way for longer than others wait. What a server was told to give up
/// of durability is not given up here: an answer of `Ok` is on the disk.
const BEGIN: &str = "BEGIN ISOLATION LEVEL READ COMMITTED;
    SET LOCAL lock_timeout = '10s';
    SET LOCAL statement_timeout = '20s';
    SET LOCAL idle_in_transaction_session_timeout = '5s';
    SELECT set_config('synchronous_commit', 'on', true)
        WHERE current_setting('synchronous_commit') = 'off';
    SELECT version FROM prode.store";

/// Without a limit: a server that gives up waiting for its standby answers as
/// if the standby had the change.
const COMMIT: &str = "SET LOCAL statement_timeout = 0; COMMIT";

/// Why a change was not made, or is not known to have been.
pub(super) struct Broken {
    pub(super) fault: Fault,
    /// Whether all was said, and only the word that it is kept is missing.
    pub(super) committing: bool,
}

impl Broken {
    fn before(fault: Fault) -> Self {
        Self { fault, committing: false }
    }

    /// Whether nothing was kept, and another connection may do better.
    pub(super) fn is_undone(&self) -> bool {
        !self.committing && self.fault.is_lost()
    }

    /// Whether it may have been kept.
    pub(super) fn is_unsure(&self) -> bool {
        self.committing && self.fault.is_lost()
    }
}

/// Does `work` whole or not at all; the connection too, where it can go on.
pub(super) fn take<T>(
    session: Session,
    work: &impl Fn(&Session) -> Result<T, Fault>,
) -> (Result<T, Broken>, Option<Session>) {
    let done =
        begin(&session).and_then(|()| work(&session)).map_err(Broken::before).and_then(|done| {
            match session.batch(COMMIT) {
                Ok(_) => Ok(done),
                Err(fault) => Err(Broken { fault, committing: true }),
            }
        });
    let goes_on = match &done {
        Ok(_) => true,
        Err(broken) => !broken.fault.is_lost() && session.batch("ROLLBACK").is_ok(),
    };
    if goes_on {
        return (done, Some(session));
    }
    session.end();
    (done, None)
}

/// A newer prode may have taken its steps while this one was connected, so its
/// version is asked for each time.
fn begin(session: &Session) -> Result<(), Fault> {
    let version = session.batch(BEGIN)?;
    is_known(version.and_then(|it| it.parse().ok()))
}
