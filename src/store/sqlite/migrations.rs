//! How a store of an older version becomes one of this version.
//!
//! A file's version is how many steps of the table it has seen. A step that
//! was released never changes: what is to change is another step.

use rusqlite::{Connection, TransactionBehavior};

use super::fault::Fault;

/// One step, from the version before it to the next.
pub(super) struct Migration {
    /// What it brings, for the reader of the table.
    #[expect(dead_code, reason = "it is for the reader")]
    pub(super) brings: &'static str,
    pub(super) sql: &'static str,
}

pub(super) const MIGRATIONS: &[Migration] = &[Migration {
    brings: "runs with their leases, events, artifacts, and the freeze",
    sql: include_str!("migrations/1.sql"),
}];

/// Takes the steps that are missing, all or none.
///
/// The caller has seen that the file is no newer than the table.
pub(super) fn migrate(connection: &mut Connection, steps: &[Migration]) -> Result<(), Fault> {
    if version(connection)? >= newest(steps) {
        return Ok(());
    }
    let turn = connection.transaction_with_behavior(TransactionBehavior::Immediate)?;
    // Somebody else may have taken them while this one waited.
    let taken = version(&turn)?;
    for (_, step) in (1..).zip(steps).filter(|(number, _)| *number > taken) {
        turn.execute_batch(step.sql)?;
    }
    turn.pragma_update(None, "user_version", newest(steps).max(taken))?;
    Ok(turn.commit()?)
}

/// How many steps the file has seen.
pub(super) fn version(connection: &Connection) -> Result<u32, Fault> {
    Ok(connection.pragma_query_value(None, "user_version", |row| row.get(0))?)
}

/// The version after the last step.
pub(super) fn newest(steps: &[Migration]) -> u32 {
    u32::try_from(steps.len()).unwrap_or(u32::MAX)
}

#[cfg(test)]
mod tests {
    use super::*;

    const ONE: Migration = Migration { brings: "a", sql: "CREATE TABLE a (x)" };
    const TWO: Migration =
        Migration { brings: "b", sql: "CREATE TABLE b (x); INSERT INTO b VALUES (7)" };
    const BROKEN: Migration =
        Migration { brings: "c", sql: "CREATE TABLE c (x); INSERT INTO d VALUES (1)" };

    fn tables(connection: &Connection) -> Vec<String> {
        let names = "SELECT name FROM sqlite_schema ORDER BY name";
        let mut names = connection.prepare(names).unwrap();
        names.query_map((), |row| row.get(0)).unwrap().map(Result::unwrap).collect()
    }

    #[test]
    fn a_file_gets_the_steps_that_it_has_not_seen() {
        let mut file = Connection::open_in_memory().unwrap();
        migrate(&mut file, &[ONE]).unwrap();
        assert_eq!((version(&file).unwrap(), tables(&file)), (1, vec!["a".to_owned()]));
        migrate(&mut file, &[ONE, TWO]).unwrap();
        assert_eq!(tables(&file), ["a", "b"]);
        migrate(&mut file, &[ONE, TWO]).unwrap();
        let rows: u32 = file.query_one("SELECT count(*) FROM b", (), |row| row.get(0)).unwrap();
        assert_eq!((version(&file).unwrap(), rows), (2, 1));
    }

    #[test]
    fn a_step_that_fails_takes_all_back() {
        let mut file = Connection::open_in_memory().unwrap();
        migrate(&mut file, &[ONE]).unwrap();
        assert!(migrate(&mut file, &[ONE, TWO, BROKEN]).is_err());
        assert_eq!((version(&file).unwrap(), tables(&file)), (1, vec!["a".to_owned()]));
    }
}
