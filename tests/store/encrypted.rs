//! A store on another machine is spoken to encrypted, to one that proved who it is.
//!
//! Tests have one machine: `sslmode=require`, and the address 0.0.0.0, which leads to it and is
//! not known as its own, stand for another.

use std::path::PathBuf;
use std::time::Duration;

use prode::database::{TlsFault, Transport};
use prode::hint::Helpful;
use prode::store::{Batch, PgAddress, PgStore, ServerError, Store, StoreError};
use rcgen::{PKCS_ECDSA_P256_SHA256, PKCS_ECDSA_P384_SHA384, PKCS_ED25519, date_time_ymd};
use tempfile::TempDir;

use super::servers::Base;
use super::{SEED, append, ask, bytes, run_id, take};
use crate::support::impostor::{Impostor, Says, Tap};
use crate::support::postgres::{self, Cluster, PASSWORD, Sql};
use crate::support::tls::{Authority, Identity, authority, file, usual};

/// How sessions of prode are encrypted, as the server says.
const SESSIONS: &str =
    "SELECT ssl || ' ' || version FROM pg_stat_ssl JOIN pg_stat_activity USING (pid)
    WHERE application_name = 'prode' AND datname = current_database()";

fn trusting(ca: PathBuf) -> Transport {
    Transport { section: "store", ca: Some(ca), ..Transport::default() }
}

/// Opens a store; `options` stand behind the address.
fn open(url: &str, options: &str, transport: &Transport) -> Result<PgStore, StoreError> {
    let address = PgAddress::new(&format!("{url}?{options}"), None, transport)?;
    assert!(address.encrypts(), "{url}?{options}");
    PgStore::open(&address, SEED)
}

/// What it is that a server is not spoken to for.
fn fault(opened: Result<PgStore, StoreError>) -> TlsFault {
    match opened.err().expect("it is not spoken to") {
        StoreError::Server(ServerError::Untrusted { fault, .. }) => fault,
        other => panic!("{other:?}"),
    }
}

/// The same database, for another role and by another port.
fn by(base: &Base, role: &str, port: u16) -> String {
    let database = base.url.rsplit('/').next().unwrap();
    format!("postgresql://{role}@127.0.0.1:{port}/{database}")
}

/// Lets a role make the schema of a store.
fn may_make(base: &Base, role: &str) {
    let database = base.url.rsplit('/').next().unwrap();
    base.sql().run(&format!("GRANT CREATE ON DATABASE {database} TO {role}"));
}

#[test]
fn nobody_on_the_way_reads_what_a_run_keeps() {
    let Some(cluster) = postgres::shared() else { return };
    for (options, is_read) in [("sslmode=require", false), ("sslmode=disable", true)] {
        let (base, tap) = (Base::on(cluster), Tap::to(cluster.port()));
        let url = format!("{}?{options}", by(&base, "admin", tap.port));
        let address = PgAddress::new(&url, None, &trusting(cluster.ca())).unwrap();
        let mut store = PgStore::open(&address, SEED).unwrap();
        let lease = take(&mut store, "ENG-1", "a", 0, 1);
        let (events, artifacts) = (bytes(&["an event of a run"]), bytes(&["an artifact of it"]));
        let batch = Batch { events: &events, artifacts: &artifacts, ..Batch::default() };
        store.append(&lease, &batch).unwrap();
        store.renew(&lease, super::minute(1), super::minute(20)).unwrap();
        assert_eq!(store.events(&run_id(1)).unwrap(), events);
        let said = base.sql().run(SESSIONS);
        assert_eq!(said == ["true TLSv1.3"], !is_read, "{said:?}");
        for text in ["an event of a run", "an artifact of it", "INSERT INTO prode", "admin"] {
            assert_eq!(tap.heard(text), is_read, "{options}: '{text}'");
        }
        assert!(tap.is_used());
    }
}

#[test]
fn a_password_is_proven_to_the_holder_of_the_certificate_alone() {
    let Some(cluster) = postgres::own(&["fsync=off"]) else { return };
    let folder = tempfile::tempdir().unwrap();
    let base = Base::on(&cluster);
    may_make(&base, "by_password");
    let url = by(&base, &format!("by_password:{}", PASSWORD.concat()), cluster.port());
    for (name, way, is_bound) in [
        ("p256", &PKCS_ECDSA_P256_SHA256, true),
        ("p384", &PKCS_ECDSA_P384_SHA384, true),
        ("ed25519", &PKCS_ED25519, false),
    ] {
        let signer = Authority::of(name, way);
        shows(&cluster, &signer.signs(&["127.0.0.1"], usual));
        let transport = trusting(file(&folder, name, signer.pem()));
        let bound = open(&url, "sslmode=require&channel_binding=require", &transport);
        assert_eq!(bound.is_ok(), is_bound, "{name}: {:?}", bound.err());
        open(&url, "sslmode=require", &transport).map(drop).expect(name);
    }
    let signer = Authority::new("a new one");
    shows(&cluster, &signer.signs(&["127.0.0.1"], usual));
    let transport = trusting(file(&folder, "new", signer.pem()));
    let wrong =
        open(&by(&base, "by_password:wrong", cluster.port()), "sslmode=require", &transport);
    let error = wrong.err().unwrap();
    assert!(matches!(error, StoreError::Server(ServerError::Denied { .. })), "{error:?}");
}

/// Shows another certificate, once it is the one that is shown.
fn shows(cluster: &Cluster, identity: &Identity) {
    let loaded = || Sql::open(&cluster.address("postgres")).run("SELECT pg_conf_load_time()");
    let before = loaded();
    cluster.show(identity);
    Sql::open(&cluster.address("postgres")).run("SELECT pg_reload_conf()");
    for _ in 0..60_000 {
        if loaded() != before {
            return;
        }
        std::thread::sleep(Duration::from_millis(1));
    }
    panic!("a minute passed, and the server has not read its settings");
}

#[test]
fn who_has_a_certificate_needs_no_password() {
    let Some(cluster) = postgres::shared() else { return };
    let (base, folder) = (Base::on(cluster), tempfile::tempdir().unwrap());
    may_make(&base, "by_certificate");
    let url = by(&base, "by_certificate", cluster.port());
    let shown = |certificate: &Identity, key: &Identity| Transport {
        certificate: Some(file(&folder, "own.pem", &certificate.certificate)),
        key: Some(file(&folder, "own.key", &key.key)),
        ..trusting(cluster.ca())
    };
    let own = authority().signs(&["by_certificate"], usual);
    let mut store = open(&url, "sslmode=require", &shown(&own, &own)).unwrap();
    take(&mut store, "ENG-1", "a", 0, 1);
    let other = authority().signs(&["somebody_else"], usual);
    for transport in [trusting(cluster.ca()), shown(&other, &other)] {
        let error = open(&url, "sslmode=require", &transport).err().unwrap();
        assert!(matches!(error, StoreError::Server(ServerError::Denied { .. })), "{error:?}");
    }
    let stranger = Authority::new("a stranger").signs(&["by_certificate"], usual);
    let fault = fault(open(&url, "sslmode=require", &shown(&stranger, &stranger)));
    assert_eq!(fault, TlsFault::Unwelcome("UnknownCA".to_owned()));
    let mixed = open(&url, "sslmode=require", &shown(&own, &other)).err().unwrap().to_string();
    assert!(mixed.ends_with("own.key' is not the key of that certificate"), "{mixed}");
}

#[test]
fn an_older_server_is_spoken_to_by_tls_1_2_and_none_by_less() {
    let Some(cluster) = postgres::own(&["fsync=off", "ssl_max_protocol_version=TLSv1.2"]) else {
        return;
    };
    let (base, transport) = (Base::on(&cluster), trusting(cluster.ca()));
    may_make(&base, "by_password");
    let url = by(&base, &format!("by_password:{}", PASSWORD.concat()), cluster.port());
    let store = open(&url, "sslmode=require&channel_binding=require", &transport).unwrap();
    assert_eq!(base.sql().run(SESSIONS), ["true TLSv1.2"]);
    drop(store);
    let sql = base.sql();
    sql.run("ALTER SYSTEM SET ssl_min_protocol_version = 'TLSv1'");
    sql.run("ALTER SYSTEM SET ssl_max_protocol_version = 'TLSv1.1'");
    shows(&cluster, &authority().signs(&["127.0.0.1"], usual));
    let fault = fault(open(&url, "sslmode=require", &transport));
    assert!(matches!(fault, TlsFault::Disagreed(_)), "{fault:?}");
}

#[test]
fn another_machine_needs_no_word_to_be_spoken_to_encrypted() {
    let Some(cluster) = postgres::shared() else { return };
    let base = Base::on(cluster);
    let (port, database) = (cluster.port(), base.url.rsplit('/').next().unwrap());
    let transport = trusting(cluster.ca());
    let named = format!("postgresql://admin@db.example.org:{port}/{database}");
    let store = open(&named, "hostaddr=0.0.0.0", &transport).unwrap();
    assert_eq!(base.sql().run(SESSIONS), ["true TLSv1.3"]);
    drop(store);
    // The name of the address counts, not where it leads; a number alone has to be proven too.
    let other = named.replace("db.example.org", "db.example.net");
    let number = format!("postgresql:///{database}");
    for (url, options, wanted) in [
        (other, "hostaddr=0.0.0.0".to_owned(), "db.example.net"),
        (number, format!("hostaddr=0.0.0.0&port={port}&user=admin"), "0.0.0.0"),
    ] {
        let fault = fault(open(&url, &options, &transport));
        let found = "'127.0.0.1', 'localhost', 'db.example.org'";
        assert!(
            matches!(&fault, TlsFault::OtherName { wanted: it, .. } if it == wanted),
            "{fault}"
        );
        assert!(found.split(", ").all(|name| fault.to_string().contains(name)), "{fault}");
    }
    let error = open(&named, "hostaddr=0.0.0.0&sslmode=disable", &transport).err().unwrap();
    assert!(matches!(error, StoreError::Server(ServerError::Unencrypted(_))), "{error:?}");
}

#[test]
fn a_server_that_does_not_encrypt_is_not_spoken_to() {
    let Some(cluster) = postgres::own(&["fsync=off", "ssl=off"]) else { return };
    let (base, transport) = (Base::on(&cluster), trusting(cluster.ca()));
    let opened = open(&base.url, "sslmode=require", &transport);
    let error = opened.err().unwrap();
    assert!(
        error.to_string().ends_with("it does not encrypt, and would be spoken to only encrypted")
    );
    assert!(error.hints()[0].contains("ssl = on"), "{:?}", error.hints());
    assert!(base.open().runs().unwrap().is_empty(), "plainly it is there");
}

/// Everybody who does not prove to be the server, and what he is told to be.
pub(crate) fn impostors(folder: &TempDir) -> Vec<(Says, PathBuf, &'static str)> {
    let ca = file(folder, "ca.pem", authority().pem());
    let other = Authority::new("another authority");
    let old = |params: &mut rcgen::CertificateParams| params.not_after = date_time_ymd(2026, 1, 1);
    let early =
        |params: &mut rcgen::CertificateParams| params.not_before = date_time_ymd(2090, 1, 1);
    let names = ["127.0.0.1"];
    let yes = Says::Yes;
    let trusted = |says, told| (says, ca.clone(), told);
    let own = other.itself();
    vec![
        trusted(yes(other.signs(&names, usual)), "signed by nobody who is trusted here"),
        trusted(yes(Identity::alone(&names)), "signed by nobody who is trusted here"),
        trusted(
            yes(authority().signs(&names, old)),
            "its certificate ended at 2026-01-01T00:00:00Z",
        ),
        trusted(yes(authority().signs(&names, early)), "begins at 2090-01-01T00:00:00Z"),
        trusted(
            yes(authority().signs(&["db.example.org"], usual)),
            "is for 'db.example.org', not for '127.0.0.1'",
        ),
        trusted(yes(authority().signs(&[], usual)), "it has no subjectAltName"),
        (
            yes(own.clone()),
            file(folder, "itself.pem", &own.certificate),
            "that of an authority (CA:TRUE), not of a server",
        ),
        trusted(Says::No, "it does not encrypt, and would be spoken to only encrypted"),
        trusted(Says::YesInPlain, "what it says is no TLS"),
        trusted(Says::YesAndGoes, "the connection ended before it was encrypted"),
    ]
}

#[test]
fn who_does_not_prove_to_be_the_server_hears_nothing() {
    let folder = tempfile::tempdir().unwrap();
    let secret = PASSWORD.concat();
    for (says, ca, told) in impostors(&folder) {
        let impostor = Impostor::new(says);
        let url = format!("postgresql://worker:{secret}@127.0.0.1:{}/runs", impostor.port);
        let error = open(&url, "sslmode=require", &trusting(ca)).err().expect(told).to_string();
        assert!(error.contains(told) && !error.contains(&secret), "{told}: {error}");
        let heard = impostor.heard();
        assert!(heard.is_nothing() && !heard.knows(&secret) && !heard.knows("worker"), "{told}");
    }
    // So that it is known that he would have heard.
    let impostor = Impostor::new(Says::Yes(authority().signs(&["127.0.0.1"], usual)));
    let url = format!("postgresql://worker:{secret}@127.0.0.1:{}/runs", impostor.port);
    let transport = trusting(file(&folder, "ca.pem", authority().pem()));
    assert!(open(&url, "sslmode=require", &transport).is_err(), "he is no database");
    let heard = impostor.heard();
    assert!(heard.knows(&secret) && heard.knows("worker"));
}

#[test]
fn who_agrees_to_encrypt_and_says_no_more_is_not_waited_for_without_end() {
    let folder = tempfile::tempdir().unwrap();
    let impostor = Impostor::new(Says::YesAndNothing);
    let url = format!("postgresql://worker@127.0.0.1:{}/runs", impostor.port);
    let transport = trusting(file(&folder, "ca.pem", authority().pem()));
    let error = open(&url, "sslmode=require", &transport).err().unwrap();
    assert!(error.to_string().ends_with("cannot be reached: no answer in 10 s"), "{error}");
    assert!(impostor.heard().is_nothing());
}

#[test]
fn a_store_that_becomes_another_one_is_not_gone_on_with() {
    let Some(cluster) = postgres::own(&["fsync=off"]) else { return };
    let base = Base::on(&cluster);
    let mut store = open(&base.url, "sslmode=require", &trusting(cluster.ca())).unwrap();
    let lease = take(&mut store, "ENG-1", "a", 0, 1);
    append(&mut store, &lease, 0, &["one"]).unwrap();
    shows(&cluster, &Authority::new("somebody else").signs(&["127.0.0.1"], usual));
    let end =
        "SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE application_name = 'prode'";
    base.sql().run(end);
    let error = store.claim(&ask("ENG-2", "a", 0, &run_id(2))).unwrap_err();
    assert!(matches!(error, StoreError::Server(ServerError::Untrusted { .. })), "{error:?}");
}
