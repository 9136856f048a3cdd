//! The freeze: one row, or none.

use tokio_postgres::types::Type;

use super::fault::Fault;
use super::row::{time, word};
use super::session::Session;
use crate::store::freeze::Freeze;

pub(super) fn freeze(turn: &Session, freeze: &Freeze) -> Result<(), Fault> {
    let sql = "INSERT INTO prode.freeze (one, who, why, at) VALUES (true, $1, $2, $3)
        ON CONFLICT (one) DO UPDATE SET who = EXCLUDED.who, why = EXCLUDED.why, at = EXCLUDED.at";
    let (who, why, at) = (freeze.who.as_bytes(), freeze.why.as_bytes(), freeze.at.to_string());
    turn.execute(sql, &[(&who, Type::BYTEA), (&why, Type::BYTEA), (&at, Type::TEXT)])?;
    Ok(())
}

pub(super) fn unfreeze(turn: &Session) -> Result<bool, Fault> {
    Ok(turn.execute("DELETE FROM prode.freeze", &[])? > 0)
}

pub(super) fn frozen(session: &Session) -> Result<Option<Freeze>, Fault> {
    let row = session.row("SELECT who, why, at FROM prode.freeze", &[])?;
    let freeze = row.as_ref().map(|row| {
        Ok(Freeze { who: word(row, "who")?, why: word(row, "why")?, at: time(row, "at")? })
    });
    freeze.transpose()
}
