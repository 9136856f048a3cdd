//! A standby that is asked: what is never sent, what a server would not do either, and
//! what is answered.

#![allow(clippy::unwrap_used, reason = "helpers of tests, outside a test function")]

mod encrypted;
mod limits;
mod statements;
pub(crate) mod swap;
pub(crate) mod world;

use std::time::Duration;

use prode::database::Transport;
use prode::postgres::{Exception, Parameter, PostgresError, Question};

use self::statements::{HONEST, HOSTILE};
use self::swap::Swap;
use self::world::{ROLES, asker, gone, level, question, state, tables, world};
use crate::support::postgres::{Cluster, Sql};
use crate::support::{Random, rounds};

const SECONDS: Duration = Duration::from_secs(5);

/// The values that questions of [`statements`] ask for.
fn value(of: &Parameter) -> String {
    match of.name {
        "window_start" => "2026-11-02T08:00:00Z",
        "window_end" => "2026-11-03T09:00:00Z",
        _ => "88",
    }
    .to_owned()
}

#[test]
fn no_hostile_statement_passes_the_check() {
    assert!(HOSTILE.len() >= 60, "{}", HOSTILE.len());
    let listed = tables(&["billing.invoices", "billing.accounts", "billing.marks"]);
    let passed: Vec<&str> = HOSTILE
        .iter()
        .filter(|(_, sql)| Question::check(sql, &listed).is_ok())
        .map(|(_, sql)| *sql)
        .collect();
    assert_eq!(passed, Vec::<&str>::new());
}

#[test]
fn honest_questions_are_answered_by_a_standby() {
    let Some(world) = world() else { return };
    assert!(HONEST.len() >= 20, "{}", HONEST.len());
    let asker = asker(world.standby.port(), "honest", SECONDS);
    for (kind, sql) in HONEST {
        let answered = asker.ask(&question(sql), value).map_err(|it| it.to_string());
        let answered = answered.expect(kind);
        assert!(!answered.rows.is_empty(), "{kind}: no rows");
        assert!(answered.server.reached.is_some(), "{kind}: nobody knows how far it is");
    }
    let rows = asker.ask(&question(HONEST[1].1), value).unwrap().rows;
    let text = |text: &str| Some(text.to_owned());
    assert_eq!(
        rows,
        [[text("200"), text("2026-11-02 08:10:00+00"), text("2026-11-03 17:20:00+00")]]
    );
    let bound = asker.ask(&question(HONEST[HONEST.len() - 1].1), |_| {
        "88'; DELETE FROM billing.invoices; --".to_owned()
    });
    assert_eq!(bound.unwrap().rows, [[text("0")]], "a value is a value");
    gone(&Sql::open(&world.standby.address("app")), "honest");
}

/// As if the check had let them through: a standby, and a primary of which the guard was
/// told that it is one.
#[test]
fn what_got_past_the_check_writes_nothing_and_holds_nothing() {
    let Some(world) = world() else { return };
    let primary = Sql::open(&world.primary.address("app"));
    level(&world.primary, &world.standby);
    let before = state(&primary);
    std::thread::scope(|scope| {
        for cluster in [&world.standby, &world.primary] {
            let before = &before;
            scope.spawn(move || past_the_check(cluster, &world.primary, before));
        }
    });
}

/// Each hostile statement in the place of a question that was let through.
fn past_the_check(cluster: &Cluster, primary: &Cluster, before: &[String]) {
    let (there, primary) = (Sql::open(&cluster.address("app")), Sql::open(&primary.address("app")));
    let question = question("SELECT count(*) FROM billing.invoices");
    for (after, sql) in HOSTILE {
        let swap = Swap::before(cluster.port(), move |text| {
            if text.contains("AS \"answer\"") {
                return (*sql).to_owned();
            }
            text.replace("pg_is_in_recovery()", "true")
        });
        let asked = asker(swap.port, "tried", Duration::from_millis(400)).ask(&question, value);
        let said = match &asked {
            Ok(answered) => format!("{} rows", answered.rows.len()),
            Err(error) => error.to_string(),
        };
        let is_slow = *after == "time" && sql.contains("3600");
        assert!(!is_slow || matches!(asked, Err(PostgresError::Late(_))), "{sql}: {said}");
        gone(&there, "tried");
        assert_eq!(state(&primary), before, "{sql}: {said}");
    }
}

#[test]
fn a_server_that_takes_writes_is_not_asked() {
    let Some(world) = world() else { return };
    let asked = asker(world.primary.port(), "reader", SECONDS).server();
    let error = asked.unwrap_err();
    assert!(matches!(error, PostgresError::Primary { .. }) && error.is_unasked(), "{error}");
}

/// An end that is not yet over at [`now`].
fn excepted(port: u16, role: &str) -> prode::postgres::Postgres {
    let until = now().checked_add(jiff::SignedDuration::from_secs(1)).unwrap();
    asker(port, role, SECONDS).with(Exception::Until(until), now)
}

fn now() -> jiff::Timestamp {
    "2026-11-03T09:00:00Z".parse().unwrap()
}

#[test]
fn with_an_exception_a_server_that_takes_writes_is_asked_as_a_standby_is() {
    let Some(world) = world() else { return };
    let primary = Sql::open(&world.primary.address("app"));
    let before = state(&primary);
    let asker = excepted(world.primary.port(), "excepted");
    for (kind, sql) in HONEST {
        let answered = asker.ask(&question(sql), value).map_err(|it| it.to_string()).expect(kind);
        let server = answered.server;
        assert!(!answered.rows.is_empty() && !server.is_standby, "{kind}");
        assert_eq!((server.reached, server.behind), (server.now, Some(0)), "{kind}");
    }
    for (role, _, says) in ROLES {
        let error = excepted(world.primary.port(), role).server().expect_err(role);
        let said = error.to_string();
        assert!(matches!(error, PostgresError::Rights { .. }) && said.contains(says), "{said}");
    }
    gone(&primary, "excepted");
    assert_eq!(state(&primary), before);
    let over = asker.with(Exception::Until(now()), now).server().unwrap_err();
    let said = over.to_string();
    assert!(matches!(over, PostgresError::Primary { .. }) && said.contains("ended at"), "{said}");
}

#[test]
fn with_an_exception_hostile_statements_change_nothing_either() {
    let Some(world) = world() else { return };
    let primary = Sql::open(&world.primary.address("app"));
    let before = state(&primary);
    let question = question("SELECT count(*) FROM billing.invoices");
    for (_, sql) in HOSTILE {
        let swap = Swap::before(world.primary.port(), move |text| {
            if text.contains("AS \"answer\"") { (*sql).to_owned() } else { text.to_owned() }
        });
        let until = Exception::Until(jiff::Timestamp::MAX);
        let asker = asker(swap.port, "excepted", Duration::from_millis(400)).with(until, now);
        let said = match asker.ask(&question, value) {
            Ok(answered) => format!("{} rows", answered.rows.len()),
            Err(error) => error.to_string(),
        };
        gone(&primary, "excepted");
        assert_eq!(state(&primary), before, "{sql}: {said}");
    }
}

#[test]
fn a_role_that_may_do_more_than_read_is_not_asked_with() {
    let Some(world) = world() else { return };
    level(&world.primary, &world.standby);
    for (role, _, says) in ROLES {
        let error = asker(world.standby.port(), role, SECONDS).server().expect_err(role);
        let said = error.to_string();
        assert!(matches!(error, PostgresError::Rights { .. }) && said.contains(says), "{said}");
    }
    let server = asker(world.standby.port(), "reader", SECONDS).server().unwrap();
    assert_eq!((server.role.as_str(), server.database.as_str()), ("reader", "app"));
}

#[test]
fn somebody_else_is_not_asked_as() {
    let Some(world) = world() else { return };
    let nobody = asker(world.standby.port(), "nobody_here", SECONDS).server().unwrap_err();
    assert!(matches!(nobody, PostgresError::Denied { .. }), "{nobody}");
    let url = format!("postgresql://reader@127.0.0.1:{}/app", world.standby.port());
    let address = prode::postgres::ReadAddress::new(&url, None, &Transport::default()).unwrap();
    let limits = prode::postgres::Limits { statement: SECONDS };
    let other = prode::postgres::Postgres::new(address, "triage".to_owned(), limits).server();
    assert!(matches!(other, Err(PostgresError::OtherRole { .. })));
}

#[test]
fn only_plain_tables_and_views_that_run_nothing_are_looked_at() {
    let Some(world) = world() else { return };
    level(&world.primary, &world.standby);
    let asker = asker(world.standby.port(), "reader", SECONDS);
    let ask = |table: &str, sql: &str| {
        let question = Question::check(sql, &tables(&[table])).unwrap();
        asker.ask(&question, value).map(|it| it.rows).map_err(|it| it.to_string())
    };
    for (table, says) in [
        ("billing.evil", "runs functions of its own"),
        ("billing.evil_above", "runs functions of its own"),
        ("billing.kept", "runs functions of its own"),
        ("billing.far", "has rows of another server"),
        ("billing.parts", "has rows of another server"),
        ("billing.numbers", "is no table and no view"),
        ("billing.nothing", "there is no table"),
        ("billing.salaries", "permission denied"),
    ] {
        let said = ask(table, &format!("SELECT count(*) FROM {table}")).unwrap_err();
        assert!(said.contains(says), "{table}: {said}");
    }
    for (table, sql, says) in [
        ("billing.prices", "SELECT max(price::text) FROM billing.prices", "a type that is not"),
        ("billing.prices", "SELECT count(kind) FROM billing.prices", "a type that is not"),
        (
            "billing.invoices",
            "SELECT count(i.row_to_json) FROM billing.invoices i",
            "no column 'row_to_json'",
        ),
    ] {
        let said = ask(table, sql).unwrap_err();
        assert!(said.contains(says), "{sql}: {said}");
    }
    let late = ask("billing.late", "SELECT count(*), sum(amount) FROM billing.late").unwrap();
    assert_eq!(late[0][0].as_deref(), Some("667"));
}

/// Statements whose words were mixed with those of others: whatever passes the check looks at
/// listed tables only, and a standby answers it or says why not.
#[test]
fn mixed_statements_are_refused_or_harmless() {
    let all: Vec<&str> = HOSTILE.iter().chain(HONEST).map(|(_, sql)| *sql).collect();
    let listed = tables(&["billing.invoices", "billing.accounts"]);
    let mut random = Random::new(64);
    let mut passed = Vec::new();
    for _ in 0..rounds("QUESTIONS", 20_000) {
        let mut words: Vec<&str> = random.pick(&all).split(' ').collect();
        for _ in 0..=random.below(3) {
            let other: Vec<&str> = random.pick(&all).split(' ').collect();
            let from = random.below(other.len());
            let part = &other[from..(from + 1 + random.below(4)).min(other.len())];
            let at = random.below(words.len());
            let until = (at + random.below(3)).min(words.len());
            words.splice(at..until, part.iter().copied());
        }
        let Ok(question) = Question::check(&words.join(" "), &listed) else { continue };
        assert!(question.relations().all(|it| listed.contains(it)));
        let bare: String = question.text().split(['\'', '"']).step_by(2).collect();
        assert!(!bare.contains(';') && !bare.contains("--") && !bare.contains("/*"), "{bare}");
        passed.push(question);
    }
    assert!(passed.len() > 100, "only {} passed", passed.len());
    let Some(world) = world() else { return };
    let primary = Sql::open(&world.primary.address("app"));
    level(&world.primary, &world.standby);
    let before = state(&primary);
    let asker = asker(world.standby.port(), "reader", SECONDS);
    let answered = passed.iter().take(100).filter(|it| asker.ask(it, value).is_ok()).count();
    assert!(answered > 0);
    assert_eq!(state(&primary), before);
}
