//! Events and artifacts come in.

use tokio_postgres::Row;
use tokio_postgres::types::Type;

use super::claiming::held;
use super::fault::Fault;
use super::migrations::MIGRATIONS;
use super::row::{Standing, count};
use super::session::{Session, Value, get};
use crate::canonical;
use crate::store::error::StoreError;
use crate::store::lease::Lease;
use crate::store::run::Batch;

pub(super) fn append(turn: &Session, lease: &Lease, batch: &Batch<'_>) -> Result<(), Fault> {
    let run = held(turn, lease)?;
    if !put(turn, run.number, batch)? {
        let next = next(turn, run.number)?;
        return Err(StoreError::OutOfOrder { run: run.id, next, first: batch.first }.into());
    }
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

/// What a batch is added by at once, if nothing is in its way: the lease is the newest of a
/// run that goes on, and the first number comes next. Two numbers may both be taken for the
/// next where a row was waited for, since what the statement sees is older than that; then
/// the key of the second is there already. The version is looked at here too: this is kept
/// before what it is opened with is answered.
pub(super) const WHOLE: &str = "
    WITH held AS (
        SELECT number FROM prode.run
        WHERE id = $1 AND token = $2 AND NOT closed AND worker IS NOT NULL
            AND EXISTS (SELECT FROM prode.store WHERE version <= $3)
        FOR UPDATE
    ), put AS (
        INSERT INTO prode.event (run, number, digest, bytes)
        SELECT held.number, new.* FROM held, unnest($4, $5, $6) AS new
        WHERE $7 = (SELECT coalesce(max(it.number) + 1, 0) FROM prode.event it WHERE it.run = held.number)
        RETURNING number
    ), kept AS (
        INSERT INTO prode.artifact (digest, bytes)
        SELECT DISTINCT ON (digest) digest, bytes FROM unnest($8, $9) AS new (digest, bytes)
        WHERE EXISTS (SELECT FROM put) ORDER BY digest ON CONFLICT DO NOTHING
    )
    SELECT count(*) AS put FROM put";

/// The values of [`WHOLE`].
pub(super) struct Whole<'a> {
    run: &'a str,
    token: i64,
    version: i32,
    numbers: Vec<i64>,
    first: i64,
    events: &'a [Vec<u8>],
    event_digests: Vec<String>,
    artifacts: &'a [Vec<u8>],
    artifact_digests: Vec<String>,
}

impl<'a> Whole<'a> {
    /// `None` for a batch that has to be added step by step.
    pub(super) fn of(lease: &'a Lease, batch: &'a Batch<'_>) -> Option<Self> {
        if batch.closes || batch.events.is_empty() {
            return None;
        }
        let (first, token) = (i64::try_from(batch.first).ok()?, i64::try_from(lease.token).ok()?);
        Some(Self {
            run: lease.run.as_str(),
            token,
            version: i32::try_from(MIGRATIONS.len()).ok()?,
            numbers: numbers(first, batch.events),
            first,
            events: batch.events,
            event_digests: digests(batch.events),
            artifacts: batch.artifacts,
            artifact_digests: digests(batch.artifacts),
        })
    }

    pub(super) fn values(&self) -> [Value<'_>; 9] {
        [
            (&self.run, Type::TEXT),
            (&self.token, Type::INT8),
            (&self.version, Type::INT4),
            (&self.numbers, Type::INT8_ARRAY),
            (&self.event_digests, Type::TEXT_ARRAY),
            (&self.events, Type::BYTEA_ARRAY),
            (&self.first, Type::INT8),
            (&self.artifact_digests, Type::TEXT_ARRAY),
            (&self.artifacts, Type::BYTEA_ARRAY),
        ]
    }

    /// Whether that is what the statement did.
    pub(super) fn is_put(&self, row: Option<&Row>) -> Result<bool, Fault> {
        let put = row.map_or(Ok(0), |row| get::<i64>(row, "put"))?;
        match count::<usize, _>(put)? {
            0 => Ok(false),
            put if put == self.events.len() => Ok(true),
            put => Err(Fault::Damaged(format!("{put} of {} events were kept", self.events.len()))),
        }
    }
}

/// Events where the batch's first one comes next, and artifacts. The run's row is held by
/// now: what a statement sees beside a row that it waits for is older than the row.
fn put(turn: &Session, run: i64, batch: &Batch<'_>) -> Result<bool, Fault> {
    let Batch { first, events, artifacts, .. } = batch;
    let Ok(first) = i64::try_from(*first) else { return Ok(false) };
    let (event_digests, many) = (digests(events), events.len());
    let numbers = numbers(first, events);
    let events: [Value<'_>; 5] = [
        (&run, Type::INT8),
        (&numbers, Type::INT8_ARRAY),
        (&event_digests, Type::TEXT_ARRAY),
        (events, Type::BYTEA_ARRAY),
        (&first, Type::INT8),
    ];
    let artifact_digests = digests(artifacts);
    let kept: [Value<'_>; 2] =
        [(&artifact_digests, Type::TEXT_ARRAY), (artifacts, Type::BYTEA_ARRAY)];
    let put = match (many, artifacts.len()) {
        (0, _) if next(turn, run)? != batch.first => return Ok(false),
        (0, 0) => 0,
        (0, _) => turn.execute(KEEP, &kept).map(|_| 0)?,
        (_, 0) => turn.execute(INSERT, &events)?,
        (_, _) => turn.execute_both((INSERT, &events), (KEEP, &kept))?.0,
    };
    Ok(put == many as u64)
}

const INSERT: &str = "INSERT INTO prode.event (run, number, digest, bytes)
    SELECT $1, * FROM unnest($2, $3, $4)
    WHERE $5 = (SELECT coalesce(max(number) + 1, 0) FROM prode.event WHERE run = $1)";

/// In one order for all, so that two who keep the same ones never wait for each other.
const KEEP: &str = "INSERT INTO prode.artifact (digest, bytes)
    SELECT DISTINCT ON (digest) digest, bytes FROM unnest($1, $2) AS new (digest, bytes)
    ORDER BY digest ON CONFLICT DO NOTHING";

/// The numbers of events of which the first has this one.
fn numbers(first: i64, events: &[Vec<u8>]) -> Vec<i64> {
    let end = first.saturating_add(i64::try_from(events.len()).unwrap_or(i64::MAX));
    (first..end).collect()
}

fn digests(of: &[Vec<u8>]) -> Vec<String> {
    of.iter().map(|bytes| canonical::digest(bytes)).collect()
}

/// The number of the event that comes next, asked once the run's row is held.
fn next(turn: &Session, run: i64) -> Result<u64, Fault> {
    let sql = "SELECT coalesce(max(number) + 1, 0) AS next FROM prode.event WHERE run = $1";
    let row = turn.row(sql, &[(&run, Type::INT8)])?;
    row.map_or(Ok(0), |row| count(get::<i64>(&row, "next")?))
}
