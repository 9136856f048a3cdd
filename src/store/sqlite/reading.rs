//! What is there. Each question is one statement, so its answer is of one moment.

use rusqlite::{Connection, OptionalExtension, Row};

use super::fault::Fault;
use super::row::{Standing, holder};
use crate::run_id::RunId;
use crate::store::kept::{self, unaltered};
use crate::store::run::RunRow;

pub(super) fn events(file: &Connection, run: &RunId) -> Result<Vec<Vec<u8>>, Fault> {
    let Some(known) = Standing::named(file, run)? else { return Err(no_run(file, run)) };
    // A run never loses a row, so looking it up first takes nothing from the moment.
    let sql = "SELECT digest, bytes FROM event WHERE run = ?1 ORDER BY number";
    let mut rows = file.prepare(sql)?;
    let rows = rows.query_map((known.number,), |row| Ok((row.get(0)?, row.get(1)?)))?;
    let events = rows.enumerate().map(|(number, row)| {
        let (digest, bytes): (String, _) = row?;
        Ok(unaltered(&digest, bytes, || format!("event {number} of run '{run}'"))?)
    });
    events.collect()
}

pub(super) fn artifact(file: &Connection, digest: &str) -> Result<Option<Vec<u8>>, Fault> {
    let sql = "SELECT bytes FROM artifact WHERE digest = ?1";
    let bytes = file.prepare_cached(sql)?.query_one((digest,), |row| row.get(0)).optional()?;
    let unaltered = |bytes| unaltered(digest, bytes, || "the artifact".to_owned());
    Ok(bytes.map(unaltered).transpose()?)
}

/// The columns of a [`RunRow`].
const ROWS: &str = "SELECT id, ticket, opened, closed, attempt, worker, until,
        (SELECT count(*) FROM event WHERE event.run = run.number) AS events
    FROM run";

pub(super) fn run(file: &Connection, run: &RunId) -> Result<RunRow, Fault> {
    let row = file.query_one(&format!("{ROWS} WHERE id = ?1"), (run,), run_row).optional()?;
    row.ok_or_else(|| no_run(file, run))
}

pub(super) fn runs(file: &Connection) -> Result<Vec<RunRow>, Fault> {
    let mut runs = file.prepare(&format!("{ROWS} ORDER BY number DESC"))?;
    let runs = runs.query_map((), run_row)?;
    Ok(runs.collect::<Result<_, _>>()?)
}

fn run_row(row: &Row<'_>) -> rusqlite::Result<RunRow> {
    Ok(RunRow {
        run: row.get("id")?,
        ticket: row.get("ticket")?,
        opened: row.get("opened")?,
        closed: row.get("closed")?,
        attempt: row.get("attempt")?,
        holder: holder(row)?,
        events: row.get("events")?,
    })
}

/// That a run is not there, and which one may have been meant.
pub(super) fn no_run(file: &Connection, run: &RunId) -> Fault {
    let known = || -> Result<Vec<String>, rusqlite::Error> {
        let mut ids = file.prepare("SELECT id FROM run ORDER BY number DESC")?;
        ids.query_map((), |row| row.get(0))?.collect()
    };
    match known() {
        Ok(known) => kept::no_run(run, &known).into(),
        Err(error) => error.into(),
    }
}
