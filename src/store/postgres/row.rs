//! A run's row as writers look at it.

use jiff::Timestamp;
use tokio_postgres::Row;
use tokio_postgres::types::Type;

use super::fault::Fault;
use super::session::{Session, Value, get};
use crate::run_id::RunId;
use crate::store::lease::Holder;

/// Where a run stands.
pub(super) struct Standing {
    /// The row's number, by which events know it.
    pub(super) number: i64,
    pub(super) id: RunId,
    pub(super) ticket: String,
    pub(super) closed: bool,
    /// That of the newest lease.
    pub(super) token: u64,
    pub(super) holder: Option<Holder>,
}

/// Whoever changes a run has its row to themselves until they are done. One row
/// is asked for by name, so there is nobody's that could be skipped.
const STANDING: &str = "SELECT number, id, ticket, closed, token, worker, until FROM prode.run";

impl Standing {
    /// The ticket's run that is not closed, held for this turn.
    pub(super) fn going_on(turn: &Session, ticket: &str) -> Result<Option<Self>, Fault> {
        let ticket = ticket.as_bytes();
        let sql = format!(
            "{STANDING} WHERE sha256(ticket) = sha256($1) AND ticket = $1 AND NOT closed FOR UPDATE"
        );
        Self::find(turn, &sql, (&ticket, Type::BYTEA))
    }

    /// The newest of its runs that are closed.
    pub(super) fn ended(turn: &Session, ticket: &str) -> Result<Option<Self>, Fault> {
        let ticket = ticket.as_bytes();
        let sql = format!("{STANDING} WHERE ticket = $1 AND closed ORDER BY number DESC LIMIT 1");
        Self::find(turn, &sql, (&ticket, Type::BYTEA))
    }

    /// A run, held for this turn.
    pub(super) fn named(turn: &Session, run: &RunId) -> Result<Option<Self>, Fault> {
        let sql = format!("{STANDING} WHERE id = $1 FOR UPDATE");
        Self::find(turn, &sql, (&run.as_str(), Type::TEXT))
    }

    fn find(turn: &Session, sql: &str, value: Value<'_>) -> Result<Option<Self>, Fault> {
        turn.row(sql, &[value])?.as_ref().map(Self::of).transpose()
    }

    fn of(row: &Row) -> Result<Self, Fault> {
        Ok(Self {
            number: get(row, "number")?,
            id: id(row)?,
            ticket: word(row, "ticket")?,
            closed: get(row, "closed")?,
            token: count(get::<i64>(row, "token")?)?,
            holder: holder(row)?,
        })
    }
}

/// A run's name.
pub(super) fn id(row: &Row) -> Result<RunId, Fault> {
    get::<&str>(row, "id")?.parse().map_err(|error| damaged(&error))
}

/// What people typed.
pub(super) fn word(row: &Row, column: &str) -> Result<String, Fault> {
    String::from_utf8(get(row, column)?).map_err(|error| damaged(&error))
}

/// A moment.
pub(super) fn time(row: &Row, column: &str) -> Result<Timestamp, Fault> {
    get::<&str>(row, column)?.parse().map_err(|error| damaged(&error))
}

/// A number that is never negative.
pub(super) fn count<T, U: TryInto<T, Error: ToString>>(number: U) -> Result<T, Fault> {
    number.try_into().map_err(|error| damaged(&error))
}

/// Who has a run, from its columns `worker` and `until`.
pub(super) fn holder(row: &Row) -> Result<Option<Holder>, Fault> {
    if get::<Option<&[u8]>>(row, "worker")?.is_none() {
        return Ok(None);
    }
    Ok(Some(Holder { worker: word(row, "worker")?, until: time(row, "until")? }))
}

fn damaged(error: &impl ToString) -> Fault {
    Fault::Damaged(error.to_string())
}
