//! Events and artifacts come in.

use tokio_postgres::types::Type;

use super::claiming::held;
use super::fault::Fault;
use super::row::{Standing, count};
use super::session::{Session, Value, get};
use crate::canonical;
use crate::store::error::StoreError;
use crate::store::lease::Lease;
use crate::store::run::Batch;

pub(super) fn append(turn: &Session, lease: &Lease, batch: &Batch<'_>) -> Result<(), Fault> {
    let run = held(turn, lease)?;
    let next = next(turn, run.number)?;
    if batch.first != next {
        return Err(StoreError::OutOfOrder { run: run.id, next, first: batch.first }.into());
    }
    insert(turn, run.number, next, batch.events)?;
    keep(turn, batch.artifacts)?;
    if batch.closes {
        let sql = "UPDATE prode.run SET closed = true, worker = NULL, until = NULL
            WHERE number = $1";
        turn.execute(sql, &[(&run.number, Type::INT8)])?;
    }
    Ok(())
}

/// The same batch once more, after the word that it was kept was lost: it is
/// looked for, and kept where it is not there. The row that a lost turn held is
/// waited for, so what is found is what stays.
pub(super) fn settle(turn: &Session, lease: &Lease, batch: &Batch<'_>) -> Result<(), Fault> {
    if is_there(turn, lease, batch)? { Ok(()) } else { append(turn, lease, batch) }
}

fn is_there(turn: &Session, lease: &Lease, batch: &Batch<'_>) -> Result<bool, Fault> {
    let Some(run) = Standing::named(turn, &lease.run)? else { return Ok(false) };
    if batch.closes && !run.closed {
        return Ok(false);
    }
    if batch.events.is_empty() {
        return Ok(batch.closes && run.token == lease.token);
    }
    let Ok(first) = i64::try_from(batch.first) else { return Ok(false) };
    let sql = "SELECT digest FROM prode.event WHERE run = $1 AND number >= $2
        ORDER BY number LIMIT $3";
    let many = i64::try_from(batch.events.len()).unwrap_or(i64::MAX);
    let values: [Value<'_>; 3] =
        [(&run.number, Type::INT8), (&first, Type::INT8), (&many, Type::INT8)];
    let rows = turn.rows(sql, &values)?;
    let there: Vec<&str> = rows.iter().map(|row| get(row, "digest")).collect::<Result<_, _>>()?;
    Ok(there == digests(batch.events))
}

fn insert(turn: &Session, run: i64, next: u64, events: &[Vec<u8>]) -> Result<(), Fault> {
    if events.is_empty() {
        return Ok(());
    }
    let first: i64 = count(next)?;
    let (digests, many) = (digests(events), i64::try_from(events.len()).unwrap_or(i64::MAX));
    let numbers: Vec<i64> = (first..first.saturating_add(many)).collect();
    let sql = "INSERT INTO prode.event (run, number, digest, bytes)
        SELECT $1, * FROM unnest($2, $3, $4)";
    let values: [Value<'_>; 4] = [
        (&run, Type::INT8),
        (&numbers, Type::INT8_ARRAY),
        (&digests, Type::TEXT_ARRAY),
        (&events, Type::BYTEA_ARRAY),
    ];
    turn.execute(sql, &values)?;
    Ok(())
}

/// In one order for all, so that two who keep the same ones never wait for each other.
fn keep(turn: &Session, artifacts: &[Vec<u8>]) -> Result<(), Fault> {
    if artifacts.is_empty() {
        return Ok(());
    }
    let digests = digests(artifacts);
    let sql = "INSERT INTO prode.artifact (digest, bytes)
        SELECT DISTINCT ON (digest) digest, bytes FROM unnest($1, $2) AS new (digest, bytes)
        ORDER BY digest ON CONFLICT DO NOTHING";
    let values: [Value<'_>; 2] = [(&digests, Type::TEXT_ARRAY), (&artifacts, Type::BYTEA_ARRAY)];
    turn.execute(sql, &values)?;
    Ok(())
}

fn digests(of: &[Vec<u8>]) -> Vec<String> {
    of.iter().map(|bytes| canonical::digest(bytes)).collect()
}

/// The number of the event that comes next. Asked once the run's row is held:
/// what a statement sees beside a row that it waits for is older than the row.
fn next(turn: &Session, run: i64) -> Result<u64, Fault> {
    let sql = "SELECT coalesce(max(number) + 1, 0) AS next FROM prode.event WHERE run = $1";
    let row = turn.row(sql, &[(&run, Type::INT8)])?;
    row.map_or(Ok(0), |row| count(get::<i64>(&row, "next")?))
}
