//! Leases: given, renewed, given back, and held against who comes late.
//!
//! They end by the database's clock. Of the caller's times only the distance
//! counts: a worker whose clock is wrong neither loses what it holds nor takes
//! what is another's.

use jiff::{SignedDuration, Timestamp};
use tokio_postgres::types::Type;

use super::fault::Fault;
use super::reading;
use super::row::{Standing, count, time};
use super::session::{Session, Value, get};
use crate::run_id::RunId;
use crate::store::error::StoreError;
use crate::store::lease::{Ask, Asker, Claim, Lease};

/// How often others may be faster before we give up.
const TRIES: usize = 10;

pub(super) fn claim(turn: &Session, ask: &Ask<'_>) -> Result<Claim, Fault> {
    if ask.once {
        alone(turn, ask.ticket)?;
    }
    for _ in 0..TRIES {
        if let Some(run) = Standing::going_on(turn, ask.ticket)? {
            return take(turn, run, &Asker::of(ask));
        }
        if ask.once
            && let Some(run) = Standing::ended(turn, ask.ticket)?
        {
            return Ok(Claim::Done { run: run.id });
        }
        if let Some(lease) = open(turn, ask)? {
            return Ok(Claim::Taken(lease));
        }
    }
    Err(Fault::Outrun)
}

/// Waits until nobody else asks for the ticket once, until the end of the turn: else a
/// whole run could pass between the look for a closed one and the opening of another.
fn alone(turn: &Session, ticket: &str) -> Result<(), Fault> {
    let sql = "SELECT true AS alone FROM (SELECT pg_advisory_xact_lock(
        ('x' || substr(encode(sha256($1), 'hex'), 1, 16))::bit(64)::bigint)) AS lock";
    turn.row(sql, &[(&ticket.as_bytes(), Type::BYTEA)]).map(drop)
}

pub(super) fn resume(turn: &Session, run: &RunId, asked: &Asker<'_>) -> Result<Claim, Fault> {
    match Standing::named(turn, run)? {
        None => Err(reading::no_run(turn, run)),
        Some(run) if run.closed => Err(StoreError::Closed(run.id).into()),
        Some(run) => take(turn, run, asked),
    }
}

fn take(turn: &Session, run: Standing, asked: &Asker<'_>) -> Result<Claim, Fault> {
    let clock = clock(turn)?;
    match run.holder {
        Some(holder) if holder.until > clock => Ok(Claim::Held { run: run.id, holder }),
        _ => take_over(turn, run, clock, asked).map(Claim::Taken),
    }
}

fn take_over(
    turn: &Session,
    run: Standing,
    clock: Timestamp,
    asked: &Asker<'_>,
) -> Result<Lease, Fault> {
    let (worker, until) = (asked.worker.as_bytes(), end(clock, asked.now, asked.until));
    let sql = "UPDATE prode.run SET attempt = attempt + 1, token = nextval('prode.token'),
            worker = $2, until = $3
        WHERE number = $1 RETURNING token, attempt";
    let values: [Value<'_>; 3] =
        [(&run.number, Type::INT8), (&worker, Type::BYTEA), (&until, Type::TEXT)];
    let row = turn.row(sql, &values)?.ok_or(Fault::Outrun)?;
    let (token, attempt) = (get::<i64>(&row, "token")?, get::<i32>(&row, "attempt")?);
    Ok(lease(run.id, run.ticket, count(token)?, count(attempt)?, asked))
}

/// `None` where somebody opened one for the ticket a moment before.
fn open(turn: &Session, ask: &Ask<'_>) -> Result<Option<Lease>, Fault> {
    let (Ask { ticket, fresh, .. }, asked) = (*ask, Asker::of(ask));
    if Standing::named(turn, fresh)?.is_some() {
        return Err(StoreError::NameTaken(fresh.clone()).into());
    }
    let until = end(clock(turn)?, ask.now, ask.until);
    let (ticket_bytes, worker) = (ticket.as_bytes(), ask.worker.as_bytes());
    let sql = "INSERT INTO prode.run (id, ticket, opened, closed, attempt, token, worker, until)
        VALUES ($1, $2, $3, false, 1, nextval('prode.token'), $4, $5)
        ON CONFLICT DO NOTHING RETURNING token";
    let values: [Value<'_>; 5] = [
        (&fresh.as_str(), Type::TEXT),
        (&ticket_bytes, Type::BYTEA),
        (&ask.now.to_string(), Type::TEXT),
        (&worker, Type::BYTEA),
        (&until, Type::TEXT),
    ];
    let Some(row) = turn.row(sql, &values)? else { return Ok(None) };
    let token = count(get::<i64>(&row, "token")?)?;
    Ok(Some(lease(fresh.clone(), ticket.to_owned(), token, 1, &asked)))
}

/// By the asker's clock, since that is what they compare it with.
fn lease(run: RunId, ticket: String, token: u64, attempt: u32, asked: &Asker<'_>) -> Lease {
    Lease { run, ticket, worker: asked.worker.to_owned(), token, attempt, until: asked.until }
}

/// What time it is for everybody.
fn clock(turn: &Session) -> Result<Timestamp, Fault> {
    let row = turn.row("SELECT prode.clock() AS clock", &[])?;
    time(&row.ok_or_else(|| Fault::Damaged("its clock says nothing".to_owned()))?, "clock")
}

/// When a lease ends by the database's clock, as it is kept.
fn end(clock: Timestamp, now: Timestamp, until: Timestamp) -> String {
    let length: SignedDuration = until.duration_since(now);
    clock.checked_add(length).unwrap_or(Timestamp::MAX).to_string()
}

pub(super) fn renew(
    turn: &Session,
    lease: &Lease,
    now: Timestamp,
    until: Timestamp,
) -> Result<Lease, Fault> {
    let run = held(turn, lease)?;
    let end = end(clock(turn)?, now, until);
    let sql = "UPDATE prode.run SET until = $2 WHERE number = $1";
    turn.execute(sql, &[(&run.number, Type::INT8), (&end, Type::TEXT)])?;
    Ok(Lease { until, ..lease.clone() })
}

pub(super) fn release(turn: &Session, lease: &Lease) -> Result<(), Fault> {
    let run = newest(turn, lease)?;
    let sql = "UPDATE prode.run SET worker = NULL, until = NULL WHERE number = $1";
    turn.execute(sql, &[(&run.number, Type::INT8)])?;
    Ok(())
}

/// The run of a lease that still gives the right to write.
pub(super) fn held(turn: &Session, lease: &Lease) -> Result<Standing, Fault> {
    let run = newest(turn, lease)?;
    if run.closed {
        return Err(StoreError::Closed(run.id).into());
    }
    if run.holder.is_none() { Err(fenced(run, lease)) } else { Ok(run) }
}

/// The run of a lease after which no other was given.
fn newest(turn: &Session, lease: &Lease) -> Result<Standing, Fault> {
    match Standing::named(turn, &lease.run)? {
        None => Err(reading::no_run(turn, &lease.run)),
        Some(run) if run.token != lease.token => Err(fenced(run, lease)),
        Some(run) => Ok(run),
    }
}

fn fenced(run: Standing, lease: &Lease) -> Fault {
    StoreError::Fenced { run: run.id, token: lease.token, holder: run.holder }.into()
}
