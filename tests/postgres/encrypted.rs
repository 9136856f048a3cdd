//! A standby on another machine is spoken to encrypted: what it is asked, what it answers,
//! and the word that a statement is to end.

use std::path::PathBuf;
use std::time::Duration;

use prode::database::Transport;
use prode::postgres::PostgresError;

use super::swap::Swap;
use super::world::{asker_of, gone, question, world};
use super::{SECONDS, value};
use crate::store::encrypted::impostors;
use crate::support::impostor::{Front, Impostor, Says, Tap};
use crate::support::postgres::{PASSWORD, Sql};
use crate::support::tls::{authority, file, usual};

const SECOND: Duration = Duration::from_secs(1);

fn trusting(ca: PathBuf) -> Transport {
    Transport { section: "specialists.postgres", ca: Some(ca), ..Transport::default() }
}

fn url(role: &str, port: u16) -> String {
    format!("postgresql://{role}@127.0.0.1:{port}/app?sslmode=require")
}

#[test]
fn nobody_on_the_way_reads_what_a_standby_is_asked() {
    let Some(world) = world() else { return };
    let transport = trusting(world.standby.ca());
    let question = question("SELECT count(*) FROM billing.invoices");
    for (mode, is_read) in [("require", false), ("disable", true)] {
        let tap = Tap::to(world.standby.port());
        let url = url("reader", tap.port).replace("require", mode);
        let answered = asker_of(&url, "reader", SECONDS, &transport).ask(&question, value).unwrap();
        assert_eq!(answered.rows[0][0].as_deref(), Some("2000"));
        for text in ["invoices", "2000", "reader"] {
            assert_eq!(tap.heard(text), is_read, "{mode}: '{text}'");
        }
        assert!(tap.is_used());
    }
}

/// What ends the encryption before the standby lets a statement be put in the question's place.
fn fronted(standby: u16, sql: &'static str) -> Front {
    let swap = Swap::before(standby, move |text| {
        if text.contains("AS \"answer\"") {
            sql.to_owned()
        } else if text.starts_with("SET LOCAL statement_timeout") {
            "SET LOCAL statement_timeout = '0'".to_owned()
        } else {
            text.to_owned()
        }
    });
    Front::before(swap.port, &authority().signs(&["127.0.0.1"], usual))
}

#[test]
fn the_word_that_a_statement_is_to_end_is_encrypted_too() {
    let Some(world) = world() else { return };
    let front = fronted(world.standby.port(), "SELECT pg_sleep(3600)");
    let asker = asker_of(
        &url("watched_too", front.port),
        "watched_too",
        SECOND,
        &trusting(world.standby.ca()),
    );
    let asked = asker.ask(&question("SELECT count(*) FROM billing.invoices"), value);
    assert!(matches!(asked, Err(PostgresError::Late(_))), "{asked:?}");
    gone(&Sql::open(&world.standby.address("app")), "watched_too");
    assert_eq!(front.encrypted(), 2, "the question, and the word that ends it");
}

#[test]
fn no_more_is_read_of_an_encrypted_answer_either() {
    let Some(world) = world() else { return };
    let front = fronted(world.standby.port(), "SELECT repeat('x', 100000000)");
    let asker = asker_of(
        &url("talkative_too", front.port),
        "talkative_too",
        SECONDS,
        &trusting(world.standby.ca()),
    );
    let asked = asker.ask(&question("SELECT count(*) FROM billing.invoices"), value);
    assert!(matches!(asked, Err(PostgresError::TooMuch(_))), "{asked:?}");
    gone(&Sql::open(&world.standby.address("app")), "talkative_too");
}

#[test]
fn who_does_not_prove_to_be_the_standby_hears_nothing() {
    let folder = tempfile::tempdir().unwrap();
    let secret = PASSWORD.concat();
    for (says, ca, told) in impostors(&folder) {
        let is_unreachable = matches!(says, Says::YesAndGoes);
        let impostor = Impostor::new(says);
        let url = url(&format!("reader:{secret}"), impostor.port);
        let error = asker_of(&url, "reader", SECONDS, &trusting(ca)).server().expect_err(told);
        assert_eq!(matches!(error, PostgresError::Untrusted { .. }), !is_unreachable, "{error}");
        assert_eq!(error.is_unasked(), !is_unreachable, "{error}");
        let said = error.to_string();
        assert!(said.contains(told) && !said.contains(&secret), "{told}: {said}");
        let heard = impostor.heard();
        assert!(heard.is_nothing() && !heard.knows(&secret) && !heard.knows("reader"), "{told}");
    }
}

#[test]
fn who_agrees_to_encrypt_and_says_no_more_is_left() {
    let folder = tempfile::tempdir().unwrap();
    let impostor = Impostor::new(Says::YesAndNothing);
    let ca = file(&folder, "ca.pem", authority().pem());
    let asked = asker_of(&url("reader", impostor.port), "reader", SECONDS, &trusting(ca)).server();
    let error = asked.unwrap_err();
    assert!(error.to_string().ends_with("cannot be reached: no answer in 5 s"), "{error}");
    assert!(impostor.heard().is_nothing());
}
