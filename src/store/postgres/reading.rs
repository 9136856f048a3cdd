//! What is there. Each question is one statement, so its answer is of one moment.

use tokio_postgres::Row;
use tokio_postgres::types::Type;

use super::fault::Fault;
use super::row::{count, holder, id, time, word};
use super::session::{Session, get};
use crate::run_id::RunId;
use crate::store::kept::{self, unaltered};
use crate::store::run::RunRow;

pub(super) fn events(session: &Session, run: &RunId) -> Result<Vec<Vec<u8>>, Fault> {
    // A run never loses a row, so looking it up first takes nothing from the moment.
    let sql = "SELECT number FROM prode.run WHERE id = $1";
    let Some(row) = session.row(sql, &[(&run.as_str(), Type::TEXT)])? else {
        return Err(no_run(session, run));
    };
    let known: i64 = get(&row, "number")?;
    let sql = "SELECT digest, bytes FROM prode.event WHERE run = $1 ORDER BY number";
    let rows = session.rows(sql, &[(&known, Type::INT8)])?;
    let events = rows.iter().enumerate().map(|(number, row)| {
        let what = || format!("event {number} of run '{run}'");
        Ok(unaltered(get(row, "digest")?, get(row, "bytes")?, what)?)
    });
    events.collect()
}

pub(super) fn artifact(session: &Session, digest: &str) -> Result<Option<Vec<u8>>, Fault> {
    // A text of the database cannot hold this character, so there is no such digest.
    if digest.contains('\0') {
        return Ok(None);
    }
    let sql = "SELECT bytes FROM prode.artifact WHERE digest = $1";
    let Some(row) = session.row(sql, &[(&digest, Type::TEXT)])? else { return Ok(None) };
    Ok(Some(unaltered(digest, get(&row, "bytes")?, || "the artifact".to_owned())?))
}

/// The columns of a [`RunRow`].
const ROWS: &str = "SELECT id, ticket, opened, closed, attempt, worker, until,
        (SELECT count(*) FROM prode.event WHERE event.run = run.number) AS events
    FROM prode.run";

pub(super) fn run(session: &Session, run: &RunId) -> Result<RunRow, Fault> {
    let row = session.row(&format!("{ROWS} WHERE id = $1"), &[(&run.as_str(), Type::TEXT)])?;
    row.as_ref().map_or_else(|| Err(no_run(session, run)), run_row)
}

pub(super) fn runs(session: &Session) -> Result<Vec<RunRow>, Fault> {
    session.rows(&format!("{ROWS} ORDER BY number DESC"), &[])?.iter().map(run_row).collect()
}

fn run_row(row: &Row) -> Result<RunRow, Fault> {
    Ok(RunRow {
        run: id(row)?,
        ticket: word(row, "ticket")?,
        opened: time(row, "opened")?,
        closed: get(row, "closed")?,
        attempt: count(get::<i32>(row, "attempt")?)?,
        holder: holder(row)?,
        events: count(get::<i64>(row, "events")?)?,
    })
}

/// That a run is not there, and which one may have been meant.
pub(super) fn no_run(session: &Session, run: &RunId) -> Fault {
    let known = || -> Result<Vec<String>, Fault> {
        let ids = session.rows("SELECT id FROM prode.run ORDER BY number DESC", &[])?;
        ids.iter().map(|row| get(row, "id")).collect()
    };
    known().map_or_else(|fault| fault, |known| kept::no_run(run, &known).into())
}
