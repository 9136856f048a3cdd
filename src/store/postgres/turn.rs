//! A change is one short transaction.

use tokio_postgres::Row;

use super::fault::Fault;
use super::migrations::is_known;
use super::session::{Opening, Session, Value};

/// What every change begins with. A worker that stops in the middle is in
/// nobody's way for longer than others wait. What a server was told to give up
/// of durability is not given up here: an answer of `Ok` is on the disk.
const BEGIN: &str = "BEGIN ISOLATION LEVEL READ COMMITTED;
    SELECT version,
        set_config('lock_timeout', '10s', true),
        set_config('statement_timeout', '20s', true),
        set_config('idle_in_transaction_session_timeout', '5s', true),
        CASE current_setting('synchronous_commit')
            WHEN 'off' THEN set_config('synchronous_commit', 'on', true) END
    FROM prode.store";

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
    pub(super) fn before(fault: Fault) -> Self {
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
    session.open_with(Opening { sql: BEGIN, holds: is_current });
    let done =
        work(&session).map_err(Broken::before).and_then(|done| match session.batch(COMMIT) {
            Ok(_) => Ok(done),
            Err(fault) => Err(Broken { fault, committing: true }),
        });
    kept(done, session)
}

/// The same for one statement that changes nothing unless it may change all: it is said
/// together with the beginning and the end, so that one answer is waited for. Until that is
/// there, nobody knows whether it was kept. Its last row.
pub(super) fn take_at_once(
    session: Session,
    sql: &str,
    values: &[Value<'_>],
) -> (Result<Option<Row>, Broken>, Option<Session>) {
    let opening = Opening { sql: BEGIN, holds: is_current };
    let done = session
        .between(opening, (sql, values), COMMIT)
        .map_err(|fault| Broken { committing: fault.is_lost(), fault });
    kept(done, session)
}

/// The connection, where it is of use for another turn.
fn kept<T>(done: Result<T, Broken>, session: Session) -> (Result<T, Broken>, Option<Session>) {
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
fn is_current(version: Option<String>) -> Result<(), Fault> {
    is_known(version.and_then(|it| it.parse().ok()))
}
