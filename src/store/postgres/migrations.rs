//! How a database without runs, or one of an older version, becomes one of this version.
//!
//! Its version is how many steps of the table it has seen. A step that was
//! released never changes: what is to change is another step. Whoever finds
//! steps missing takes them while others wait; who waited finds them taken.

use tokio_postgres::types::Type;

use super::fault::Fault;
use super::session::{Session, get};

/// One step, from the version before it to the next.
pub(super) struct Migration {
    /// What it brings, for the reader of the table.
    #[expect(dead_code, reason = "it is for the reader")]
    pub(super) brings: &'static str,
    pub(super) sql: &'static str,
}

pub(super) const MIGRATIONS: &[Migration] = &[
    Migration {
        brings: "runs with their leases, events, artifacts, the freeze, and the clock",
        sql: include_str!("migrations/1.sql"),
    },
    Migration { brings: "whose runs they are", sql: include_str!("migrations/2.sql") },
];

/// `prodruns` in ASCII: the lock that is held while steps are taken.
const BEGIN: &str = "BEGIN ISOLATION LEVEL READ COMMITTED;
    SET LOCAL lock_timeout = '20s';
    SET LOCAL statement_timeout = '25s';
    SET LOCAL idle_in_transaction_session_timeout = '10s';
    SELECT pg_advisory_xact_lock(8102661156800654963)";

/// What a database holds.
#[derive(Debug, PartialEq, Eq)]
pub(super) enum Found {
    /// No store of runs.
    Nothing,
    /// One that has seen so many steps.
    Version(u32),
}

/// Looks what is there.
///
/// # Errors
/// It is newer than what is known, or something else.
pub(super) fn look(session: &Session) -> Result<Found, Fault> {
    let sql = "SELECT to_regclass('prode.store') IS NOT NULL AS store,
        (SELECT count(*) FROM pg_catalog.pg_class
            WHERE relnamespace = to_regnamespace('prode')) AS others";
    let row = session.row(sql, &[])?.ok_or_else(without_row)?;
    match (get(&row, "store")?, get(&row, "others")?) {
        (false, 0_i64) => Ok(Found::Nothing),
        (false, _) => Err(Fault::Foreign("it has other tables".to_owned())),
        (true, _) => {
            let row = session.row("SELECT version FROM prode.store", &[])?;
            let version: i32 = get(&row.ok_or_else(without_row)?, "version")?;
            let version = u32::try_from(version).map_err(|_| without_row())?;
            is_known(Some(version))?;
            Ok(Found::Version(version))
        }
    }
}

/// Takes the steps that are missing, all or none. `seed` becomes the key of a
/// store that is made.
pub(super) fn migrate(
    session: &Session,
    steps: &[Migration],
    seed: &[u8; 32],
) -> Result<(), Fault> {
    if look(session)? == Found::Version(newest(steps)) {
        return Ok(());
    }
    let taken = session.batch(BEGIN).and_then(|_| take(session, steps, seed));
    match taken {
        Ok(()) => session.batch("COMMIT").map(|_| ()),
        Err(fault) => {
            // Where even that fails, the connection ends, and nothing was kept.
            session.batch("ROLLBACK").ok();
            Err(fault)
        }
    }
}

fn take(session: &Session, steps: &[Migration], seed: &[u8; 32]) -> Result<(), Fault> {
    // Somebody else may have taken them while this one waited.
    let taken = match look(session)? {
        Found::Version(version) => version,
        Found::Nothing => 0,
    };
    // An administrator may have made it for a role that may make none.
    let schema = session.row("SELECT to_regnamespace('prode') IS NULL AS missing", &[])?;
    if get(&schema.ok_or_else(without_row)?, "missing")? {
        session.batch("CREATE SCHEMA prode")?;
    }
    for (_, step) in (1..).zip(steps).filter(|(number, _)| *number > taken) {
        session.batch(step.sql)?;
    }
    let version = i32::try_from(newest(steps).max(taken)).unwrap_or(i32::MAX);
    let seed = seed.as_slice();
    let sql = "INSERT INTO prode.store (one, version, key) VALUES (true, $1, $2)
        ON CONFLICT (one) DO UPDATE SET version = EXCLUDED.version";
    session.execute(sql, &[(&version, Type::INT4), (&seed, Type::BYTEA)])?;
    Ok(())
}

/// Refuses a newer version, and none at all.
pub(super) fn is_known(version: Option<u32>) -> Result<(), Fault> {
    let known = newest(MIGRATIONS);
    match version {
        None => Err(without_row()),
        Some(found) if found > known => Err(Fault::Newer { found, known }),
        Some(_) => Ok(()),
    }
}

/// The version after the last step.
fn newest(steps: &[Migration]) -> u32 {
    u32::try_from(steps.len()).unwrap_or(u32::MAX)
}

fn without_row() -> Fault {
    Fault::Damaged("its own row is missing".to_owned())
}
