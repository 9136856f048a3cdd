//! What takes too long, says too much, or changes while it is asked.

use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::time::Duration;

use prode::postgres::{Answered, Exception, MOST_ROWS, PostgresError};

use super::swap::Swap;
use super::world::{World, asker, gone, level, question, until, world};
use super::{SECONDS, value};
use crate::support::postgres::{Cluster, Sql};

const SECOND: Duration = Duration::from_secs(1);

/// Asks with `sql` in the question's place, and with whatever else `rule` changes.
fn swapped(
    cluster: &Cluster,
    role: &str,
    sql: &'static str,
    rule: impl Fn(&str) -> String + Send + Sync + 'static,
) -> Result<Answered, PostgresError> {
    let swap = Swap::before(cluster.port(), move |text| {
        if text.contains("AS \"answer\"") { sql.to_owned() } else { rule(text) }
    });
    let question = question("SELECT count(*) FROM billing.invoices");
    let answered = asker(swap.port, role, SECOND).ask(&question, value);
    gone(&Sql::open(&cluster.address("app")), role);
    answered
}

#[test]
fn a_question_that_never_ends_is_ended_by_the_server() {
    let Some(world) = world() else { return };
    let sql = "SELECT count(*) FROM billing.invoices a, billing.invoices b, billing.invoices c WHERE a.id + b.id < c.id";
    let error = asker(world.standby.port(), "endless", SECOND).ask(&question(sql), value);
    assert!(matches!(error, Err(PostgresError::Late(_))), "{error:?}");
    gone(&Sql::open(&world.standby.address("app")), "endless");
}

#[test]
fn where_the_server_does_not_end_it_this_side_does() {
    let Some(world) = world() else { return };
    let endless = |text: &str| {
        if text.starts_with("SET LOCAL statement_timeout") {
            "SET LOCAL statement_timeout = '0'".to_owned()
        } else {
            text.to_owned()
        }
    };
    for sql in ["SELECT pg_sleep(3600)", "SELECT count(*) FROM generate_series(1, 100000000000)"] {
        let error = swapped(&world.standby, "watched", sql, endless);
        assert!(matches!(error, Err(PostgresError::Late(_))), "{sql}: {error:?}");
    }
}

#[test]
fn no_more_is_read_than_the_limits_say() {
    let Some(world) = world() else { return };
    let same = |text: &str| text.to_owned();
    for sql in [
        "SELECT repeat('x', 100000000)",
        "SELECT repeat('x', 1000) FROM generate_series(1, 1000000)",
        "SELECT n::text FROM generate_series(1, 100000000) n",
    ] {
        let error = swapped(&world.standby, "talkative", sql, same);
        let is_ended = matches!(error, Err(PostgresError::TooMuch(_) | PostgresError::Late(_)));
        assert!(is_ended, "{sql}: {error:?}");
    }
    let many = "SELECT n::text FROM generate_series(1, 5000) n";
    let many = swapped(&world.standby, "talkative", many, same).unwrap();
    assert_eq!((many.rows.len(), many.is_cut), (MOST_ROWS, true));
    let sql = "SELECT id, count(*) FROM billing.invoices GROUP BY id";
    let many = asker(world.standby.port(), "reader", SECONDS).ask(&question(sql), value).unwrap();
    assert_eq!((many.rows.len(), many.is_cut), (MOST_ROWS, true));
}

/// A standby of its own, and a way to it on which a question promotes it.
fn promoted_when_asked(world: &World) -> (Arc<Cluster>, Swap) {
    let standby = Arc::new(world.primary.standby());
    level(&world.primary, &standby);
    let promoted = Arc::clone(&standby);
    let swap = Swap::before(standby.port(), move |text| {
        if text.contains("AS \"answer\"") {
            promoted.promote();
        }
        text.to_owned()
    });
    (standby, swap)
}

#[test]
fn a_standby_that_is_promoted_meanwhile_said_nothing_that_counts() {
    let Some(world) = world() else { return };
    let (standby, swap) = promoted_when_asked(world);
    let question = question("SELECT count(*) FROM billing.invoices");
    let asked = asker(swap.port, "reader", Duration::from_mins(1)).ask(&question, value);
    assert!(matches!(asked, Err(PostgresError::Changed)), "{asked:?}");
    let again = asker(standby.port(), "reader", SECONDS).ask(&question, value);
    assert!(matches!(again, Err(PostgresError::Primary { .. })), "{again:?}");
    let until = Exception::Until(jiff::Timestamp::MAX);
    let excepted =
        asker(standby.port(), "reader", SECONDS).with(until, || jiff::Timestamp::UNIX_EPOCH);
    assert!(!excepted.server().unwrap().is_standby, "what is signed for is asked");
}

#[test]
fn an_exception_is_none_for_a_server_that_changes_meanwhile() {
    let Some(world) = world() else { return };
    let (_standby, swap) = promoted_when_asked(world);
    let until = Exception::Until(jiff::Timestamp::MAX);
    let asker = asker(swap.port, "reader", Duration::from_mins(1));
    let asker = asker.with(until, || jiff::Timestamp::UNIX_EPOCH);
    let asked = asker.ask(&question("SELECT count(*) FROM billing.invoices"), value);
    assert!(matches!(asked, Err(PostgresError::Changed)), "{asked:?}");
}

#[test]
fn a_server_that_is_killed_in_the_middle_is_no_answer() {
    let Some(world) = world() else { return };
    let standby = Arc::new(world.primary.standby());
    level(&world.primary, &standby);
    let killed = Arc::clone(&standby);
    let is_asked = Arc::new(AtomicBool::new(false));
    let (seen, over) = (Arc::clone(&is_asked), Arc::clone(&is_asked));
    let swap = Swap::before(standby.port(), move |text| {
        if !text.contains("AS \"answer\"") {
            return text.to_owned();
        }
        seen.store(true, Ordering::SeqCst);
        "SELECT pg_sleep(3600)".to_owned()
    });
    let killing = std::thread::spawn(move || {
        until(|| is_asked.load(Ordering::SeqCst));
        killed.crash();
    });
    let question = question("SELECT count(*) FROM billing.invoices");
    let asked = asker(swap.port, "reader", Duration::from_mins(1)).ask(&question, value);
    over.store(true, Ordering::SeqCst);
    killing.join().unwrap();
    assert!(matches!(asked, Err(PostgresError::Unreachable { .. })), "{asked:?}");
    let again = asker(standby.port(), "reader", SECONDS).server();
    assert!(matches!(again, Err(PostgresError::Unreachable { .. })), "{again:?}");
}

#[test]
fn how_far_a_standby_lags_is_told() {
    let Some(world) = world() else { return };
    let standby = world.primary.standby();
    level(&world.primary, &standby);
    let asker = asker(standby.port(), "reader", SECONDS);
    until(|| asker.server().unwrap().behind == Some(0));
    let is_late = |it: &prode::postgres::Server| {
        it.now.unwrap().duration_since(it.reached.unwrap()).as_secs() > 120
    };
    let level = asker.server().unwrap();
    assert!(!is_late(&level), "{level:?}");
    Sql::open(&standby.address("postgres")).run("SELECT pg_wal_replay_pause()");
    let primary = Sql::open(&world.primary.address("postgres"));
    primary.run("CREATE TABLE later AS SELECT generate_series(1, 100)");
    until(|| asker.server().unwrap().behind > Some(0));
    let (paused, again) = (asker.server().unwrap(), asker.server().unwrap());
    assert!(paused.now < again.now && paused.reached == again.reached, "{paused:?} {again:?}");
    primary.run("DROP TABLE later");
}
