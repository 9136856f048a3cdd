//! Leases: given, renewed, given back, and held against who comes late.

use jiff::Timestamp;
use rusqlite::Transaction;

use super::fault::Fault;
use super::reading;
use super::row::Standing;
use crate::run_id::RunId;
use crate::store::error::StoreError;
use crate::store::lease::{Ask, Claim, Lease};

pub(super) fn claim(turn: &Transaction<'_>, ask: &Ask<'_>) -> Result<Claim, Fault> {
    let Some(run) = Standing::going_on(turn, ask.ticket)? else {
        return open(turn, ask).map(Claim::Taken);
    };
    match run.holder {
        Some(holder) if holder.until > ask.now => Ok(Claim::Held { run: run.id, holder }),
        _ => take_over(turn, ask, run).map(Claim::Taken),
    }
}

fn open(turn: &Transaction<'_>, ask: &Ask<'_>) -> Result<Lease, Fault> {
    if Standing::named(turn, ask.fresh)?.is_some() {
        return Err(StoreError::NameTaken(ask.fresh.clone()).into());
    }
    let lease = lease(ask, ask.fresh.clone(), 1, next_token(turn)?);
    let sql = "INSERT INTO run (id, ticket, opened, closed, attempt, token, worker, until)
        VALUES (?1, ?2, ?3, 0, ?4, ?5, ?6, ?7)";
    let Lease { run, ticket, attempt, token, worker, until } = &lease;
    turn.execute(sql, (run, ticket, ask.now, attempt, token, worker, until))?;
    Ok(lease)
}

fn take_over(turn: &Transaction<'_>, ask: &Ask<'_>, run: Standing) -> Result<Lease, Fault> {
    let lease = lease(ask, run.id, run.attempt.saturating_add(1), next_token(turn)?);
    let sql = "UPDATE run SET attempt = ?2, token = ?3, worker = ?4, until = ?5 WHERE number = ?1";
    let Lease { attempt, token, worker, until, .. } = &lease;
    turn.execute(sql, (run.number, attempt, token, worker, until))?;
    Ok(lease)
}

fn lease(ask: &Ask<'_>, run: RunId, attempt: u32, token: u64) -> Lease {
    let (ticket, worker) = (ask.ticket.to_owned(), ask.worker.to_owned());
    Lease { run, ticket, worker, token, attempt, until: ask.until }
}

/// One counter for all runs, so that a token says by itself which lease is newer.
fn next_token(turn: &Transaction<'_>) -> Result<u64, Fault> {
    let sql = "UPDATE store SET token = token + 1 RETURNING token";
    Ok(turn.query_one(sql, (), |row| row.get(0))?)
}

pub(super) fn renew(
    turn: &Transaction<'_>,
    lease: &Lease,
    until: Timestamp,
) -> Result<Lease, Fault> {
    let run = held(turn, lease)?;
    turn.execute("UPDATE run SET until = ?2 WHERE number = ?1", (run.number, until))?;
    Ok(Lease { until, ..lease.clone() })
}

pub(super) fn release(turn: &Transaction<'_>, lease: &Lease) -> Result<(), Fault> {
    let run = newest(turn, lease)?;
    let sql = "UPDATE run SET worker = NULL, until = NULL WHERE number = ?1";
    turn.execute(sql, (run.number,))?;
    Ok(())
}

/// The run of a lease that still gives the right to write.
pub(super) fn held(turn: &Transaction<'_>, lease: &Lease) -> Result<Standing, Fault> {
    let run = newest(turn, lease)?;
    if run.closed {
        return Err(StoreError::Closed(run.id).into());
    }
    if run.holder.is_none() { Err(fenced(run, lease)) } else { Ok(run) }
}

/// The run of a lease after which no other was given.
fn newest(turn: &Transaction<'_>, lease: &Lease) -> Result<Standing, Fault> {
    match Standing::named(turn, &lease.run)? {
        None => Err(reading::no_run(turn, &lease.run)),
        Some(run) if run.token != lease.token => Err(fenced(run, lease)),
        Some(run) => Ok(run),
    }
}

fn fenced(run: Standing, lease: &Lease) -> Fault {
    StoreError::Fenced { run: run.id, token: lease.token, holder: run.holder }.into()
}
