//! The freeze: one row, or none.

use rusqlite::{Connection, OptionalExtension, Transaction};

use super::fault::Fault;
use crate::store::freeze::Freeze;

pub(super) fn freeze(turn: &Transaction<'_>, freeze: &Freeze) -> Result<(), Fault> {
    let sql = "INSERT OR REPLACE INTO freeze (one, who, why, at) VALUES (1, ?1, ?2, ?3)";
    turn.execute(sql, (&freeze.who, &freeze.why, freeze.at))?;
    Ok(())
}

pub(super) fn unfreeze(turn: &Transaction<'_>) -> Result<bool, Fault> {
    Ok(turn.execute("DELETE FROM freeze", ())? > 0)
}

pub(super) fn frozen(file: &Connection) -> Result<Option<Freeze>, Fault> {
    let found = file.query_one("SELECT who, why, at FROM freeze", (), |row| {
        Ok(Freeze { who: row.get(0)?, why: row.get(1)?, at: row.get(2)? })
    });
    Ok(found.optional()?)
}
