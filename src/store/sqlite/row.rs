//! A run's row as writers look at it.

use rusqlite::types::{FromSql, FromSqlError, FromSqlResult, ToSql, ToSqlOutput, ValueRef};
use rusqlite::{Connection, OptionalExtension, Params, Row};

use super::fault::Fault;
use crate::run_id::RunId;
use crate::store::lease::Holder;

impl ToSql for RunId {
    fn to_sql(&self) -> rusqlite::Result<ToSqlOutput<'_>> {
        self.as_str().to_sql()
    }
}

impl FromSql for RunId {
    fn column_result(value: ValueRef<'_>) -> FromSqlResult<Self> {
        value.as_str()?.parse().map_err(FromSqlError::other)
    }
}

/// Where a run stands.
pub(super) struct Standing {
    /// The row's number, by which events know it.
    pub(super) number: i64,
    pub(super) id: RunId,
    pub(super) ticket: String,
    pub(super) closed: bool,
    pub(super) attempt: u32,
    /// That of the newest lease.
    pub(super) token: u64,
    pub(super) holder: Option<Holder>,
}

impl Standing {
    /// The ticket's run that is not closed.
    pub(super) fn going_on(file: &Connection, ticket: &str) -> Result<Option<Self>, Fault> {
        let sql = "SELECT number, id, ticket, closed, attempt, token, worker, until
            FROM run WHERE ticket = ?1 AND closed = 0";
        Self::find(file, sql, (ticket,))
    }

    /// The newest of its runs that are closed.
    pub(super) fn ended(file: &Connection, ticket: &str) -> Result<Option<Self>, Fault> {
        let sql = "SELECT number, id, ticket, closed, attempt, token, worker, until
            FROM run WHERE ticket = ?1 AND closed = 1 ORDER BY number DESC LIMIT 1";
        Self::find(file, sql, (ticket,))
    }

    pub(super) fn named(file: &Connection, run: &RunId) -> Result<Option<Self>, Fault> {
        let sql = "SELECT number, id, ticket, closed, attempt, token, worker, until
            FROM run WHERE id = ?1";
        Self::find(file, sql, (run,))
    }

    /// Every append asks this, so the statement is kept.
    fn find(file: &Connection, sql: &str, params: impl Params) -> Result<Option<Self>, Fault> {
        Ok(file.prepare_cached(sql)?.query_one(params, Self::of).optional()?)
    }

    fn of(row: &Row<'_>) -> rusqlite::Result<Self> {
        Ok(Self {
            number: row.get("number")?,
            id: row.get("id")?,
            ticket: row.get("ticket")?,
            closed: row.get("closed")?,
            attempt: row.get("attempt")?,
            token: row.get("token")?,
            holder: holder(row)?,
        })
    }
}

/// Who has a run, from its columns `worker` and `until`.
pub(super) fn holder(row: &Row<'_>) -> rusqlite::Result<Option<Holder>> {
    let Some(worker) = row.get("worker")? else { return Ok(None) };
    Ok(Some(Holder { worker, until: row.get("until")? }))
}
