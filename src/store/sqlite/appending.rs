//! Events and artifacts come in.

use rusqlite::Transaction;

use super::claiming::held;
use super::fault::Fault;
use crate::canonical;
use crate::store::error::StoreError;
use crate::store::lease::Lease;
use crate::store::run::Batch;

pub(super) fn append(
    turn: &Transaction<'_>,
    lease: &Lease,
    batch: &Batch<'_>,
) -> Result<(), Fault> {
    let run = held(turn, lease)?;
    let next = next(turn, run.number)?;
    if batch.first != next {
        return Err(StoreError::OutOfOrder { run: run.id, next, first: batch.first }.into());
    }
    let insert = "INSERT INTO event (run, number, digest, bytes) VALUES (?1, ?2, ?3, ?4)";
    let mut insert = turn.prepare_cached(insert)?;
    for (number, bytes) in (next..).zip(batch.events) {
        insert.execute((run.number, number, canonical::digest(bytes), bytes))?;
    }
    let keep = "INSERT INTO artifact (digest, bytes) VALUES (?1, ?2) ON CONFLICT DO NOTHING";
    let mut keep = turn.prepare_cached(keep)?;
    for bytes in batch.artifacts {
        keep.execute((canonical::digest(bytes), bytes))?;
    }
    if batch.closes {
        let sql = "UPDATE run SET closed = 1, worker = NULL, until = NULL WHERE number = ?1";
        turn.execute(sql, (run.number,))?;
    }
    Ok(())
}

/// The number of the event that comes next.
fn next(turn: &Transaction<'_>, run: i64) -> Result<u64, Fault> {
    let sql = "SELECT coalesce(max(number) + 1, 0) FROM event WHERE run = ?1";
    Ok(turn.prepare_cached(sql)?.query_one((run,), |row| row.get(0))?)
}
