//! Leases: given, renewed, given back, and held against who comes late.

use jiff::Timestamp;
use rusqlite::Transaction;

use super::fault::Fault;
use super::reading;
use super::row::Standing;
use crate::run_id::RunId;
use crate::store::error::StoreError;
use crate::store::lease::{Ask, Asker, Claim, Lease};

pub(super) fn claim(turn: &Transaction<'_>, ask: &Ask<'_>) -> Result<Claim, Fault> {
    match Standing::going_on(turn, ask.ticket)? {
        Some(run) => take(turn, run, &Asker::of(ask)),
        None => match ended(turn, ask)? {
            Some(run) => Ok(Claim::Done { run: run.id }),
            None => open(turn, ask).map(Claim::Taken),
        },
    }
}

/// The closed run that stands against another one.
fn ended(turn: &Transaction<'_>, ask: &Ask<'_>) -> Result<Option<Standing>, Fault> {
    if ask.once { Standing::ended(turn, ask.ticket) } else { Ok(None) }
}

pub(super) fn resume(
    turn: &Transaction<'_>,
    run: &RunId,
    asked: &Asker<'_>,
) -> Result<Claim, Fault> {
    match Standing::named(turn, run)? {
        None => Err(reading::no_run(turn, run)),
        Some(run) if run.closed => Err(StoreError::Closed(run.id).into()),
        Some(run) => take(turn, run, asked),
    }
}

fn take(turn: &Transaction<'_>, run: Standing, asked: &Asker<'_>) -> Result<Claim, Fault> {
    match run.holder {
        Some(holder) if holder.until > asked.now => Ok(Claim::Held { run: run.id, holder }),
        _ => take_over(turn, run, asked).map(Claim::Taken),
    }
}

fn take_over(turn: &Transaction<'_>, run: Standing, asked: &Asker<'_>) -> Result<Lease, Fault> {
    let (token, attempt) = (next_token(turn)?, run.attempt.saturating_add(1));
    let sql = "UPDATE run SET attempt = ?2, token = ?3, worker = ?4, until = ?5 WHERE number = ?1";
    turn.execute(sql, (run.number, attempt, token, asked.worker, asked.until))?;
    Ok(lease(run.id, run.ticket, token, attempt, asked))
}

fn open(turn: &Transaction<'_>, ask: &Ask<'_>) -> Result<Lease, Fault> {
    let (Ask { ticket, fresh, .. }, asked) = (*ask, Asker::of(ask));
    if Standing::named(turn, fresh)?.is_some() {
        return Err(StoreError::NameTaken(fresh.clone()).into());
    }
    let token = next_token(turn)?;
    let sql = "INSERT INTO run (id, ticket, opened, closed, attempt, token, worker, until)
        VALUES (?1, ?2, ?3, 0, 1, ?4, ?5, ?6)";
    turn.execute(sql, (fresh, ticket, asked.now, token, asked.worker, asked.until))?;
    Ok(lease(fresh.clone(), ticket.to_owned(), token, 1, &asked))
}

fn lease(run: RunId, ticket: String, token: u64, attempt: u32, asked: &Asker<'_>) -> Lease {
    Lease { run, ticket, worker: asked.worker.to_owned(), token, attempt, until: asked.until }
}

/// One counter for all runs, so that a token says by itself which lease is newer.
fn next_token(turn: &Transaction<'_>) -> Result<u64, Fault> {
    let sql = "UPDATE store SET token = token + 1 RETURNING token";
    Ok(turn.prepare_cached(sql)?.query_one((), |row| row.get(0))?)
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
