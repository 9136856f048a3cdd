//! Runs in a database that several machines share.

use std::fs;

use serde_json::json;

use super::team::{Team, ticket};
use crate::support::postgres::Cluster;
use crate::support::tls::{Authority, authority};
use crate::support::{TestRepo, postgres};

/// Names the database in the user's own settings.
fn kept_in(team: &Team, url: &str) {
    let path = ".config/prode/config.yaml";
    let before = fs::read_to_string(team.home(path)).unwrap();
    team.put(path, format!("{before}store:\n  url: {url}\n  password: s3cret\n"));
}

#[test]
fn a_run_of_one_clone_is_seen_verified_and_ended_in_another() {
    let Some(cluster) = postgres::shared() else { return };
    let (alone, team) = (Team::new(), Team::new());
    kept_in(&team, &cluster.database());
    let run = team.run().ok().json();
    assert!(!team.store().exists(), "nothing is kept beside the index");
    let name = run["run"].as_str().unwrap().to_owned();
    let other = team.repo.clone_to(&[]);
    other.prode(&["triage", "list"]).ok().says(&name);
    other.prode(&["triage", "verify", &name]).ok();
    let shown = other.prode(&["triage", "show", &name, "--json"]).ok().json();
    for key in ["decision", "bundle_digest", "confidence"] {
        assert_eq!(shown[key], run[key], "{key}");
    }
    // The bundle holds nothing of where its run is kept.
    assert_eq!(alone.run().ok().json()["bundle_digest"], run["bundle_digest"]);
    other.prode(&["triage", "freeze", "on", "--why", "maintenance", "--as", "@ada"]).ok();
    let mut next = ticket();
    next["identifier"] = json!("ENG-2");
    team.ticket(&next);
    team.run().fails(4).warns("frozen by @ada");
    team.repo.prode(&["triage", "freeze", "off"]).ok();
    team.run().ok();
}

#[test]
fn a_database_keeps_the_runs_of_one_repository() {
    let Some(cluster) = postgres::shared() else { return };
    let (team, url) = (Team::new(), cluster.database());
    kept_in(&team, &url);
    let run = team.run().ok().json();
    let other = TestRepo::new();
    other.write("wiki/other.md", "# Other\n").commit("another beginning");
    let named = [("PRODE_STORE__URL", url.clone())];
    let ticket = team.home("ticket.json").display().to_string();
    for args in [vec!["triage", "list"], vec!["triage", "run", &ticket]] {
        let refused = other.prode_in(&named, &args, "").fails(1);
        refused
            .warns("keeps runs of another repository")
            .warns("a database of this repository's own");
    }
    assert_eq!(postgres::Sql::open(&url).run("SELECT count(*) FROM prode.run"), ["1"]);
    // Its history may be rewritten; then a person says so.
    postgres::Sql::open(&url).run("UPDATE prode.store SET repository = NULL");
    other.prode_in(&named, &["triage", "list"], "").ok().says(run["run"].as_str().unwrap());
}

#[test]
fn an_example_leaves_nothing_in_the_database() {
    let Some(cluster) = postgres::shared() else { return };
    let (team, url) = (Team::new(), cluster.database());
    kept_in(&team, &url);
    team.repo.prode(&["triage", "examples", "run", "expected-aborts"]).ok();
    let schemas = "SELECT count(*) FROM pg_namespace WHERE nspname = 'prode'";
    assert_eq!(postgres::Sql::open(&url).run(schemas), ["0"]);
}

#[test]
fn the_database_is_named_by_the_user_and_shown_without_its_password() {
    let Some(cluster) = postgres::shared() else { return };
    let (team, url) = (Team::new(), cluster.database());
    let place = url.replace("admin@", "");
    kept_in(&team, &url.replace("admin@", "admin:pa55word@"));
    team.repo
        .prode(&["doctor"])
        .ok()
        .says(&format!("{place}; it answers, not encrypted, and no run was ever"));
    team.repo.prode(&["triage", "freeze", "on", "--why", "x", "--as", "@ada"]).ok();
    let doctor = team.repo.prode(&["doctor", "--json"]).ok();
    let listed = team.repo.prode(&["config", "list", "--json"]).ok();
    assert!(
        doctor.stdout().contains(&format!("{place}; it answers, not encrypted\"")),
        "{}",
        doctor.stdout()
    );
    for said in [doctor.stdout(), listed.stdout()] {
        assert!(!said.contains("s3cret") && !said.contains("pa55word"), "{said}");
    }
    assert!(listed.stdout().contains("store.password"));
}

#[test]
fn a_repository_names_no_database() {
    let team = Team::new();
    team.repo
        .write("prode.yaml", "store: {url: 'postgresql://127.0.0.1:1/x', unencrypted: true}\n");
    team.repo.commit_at("a database", "2026-11-01T09:00:00Z");
    team.run().ok();
    assert!(team.store().exists(), "what a repository says of it counts for nothing");
}

#[test]
fn a_database_that_may_not_be_spoken_to_stops_a_run_before_it_begins() {
    let team = Team::new();
    kept_in(&team, "postgresql://db.example.org/runs?sslmode=disable");
    team.run()
        .fails(2)
        .warns("the store 'postgresql://db.example.org/runs' is on another machine")
        .warns("PRODE_STORE__UNENCRYPTED=true");
    team.repo.prode(&["triage", "list"]).fails(2);
    let doctor = team.repo.prode(&["doctor"]);
    assert!(doctor.stdout().contains("its address says sslmode=disable: anybody could read along"));
    assert!(!team.store().exists());
}

/// The address of a database by a name that its certificate carries, on what could be another
/// machine.
fn elsewhere(cluster: &Cluster) -> String {
    let (url, port) = (cluster.database(), cluster.port());
    url.replace(&format!("127.0.0.1:{port}"), &format!("db.example.org:{port}"))
        + "?hostaddr=0.0.0.0"
}

#[test]
fn a_run_on_another_machine_is_kept_over_tls_and_doctor_says_so() {
    let Some(cluster) = postgres::shared() else { return };
    let (team, url) = (Team::new(), elsewhere(cluster));
    team.put("ca.pem", authority().pem());
    let named = [("PRODE_STORE__URL", url.clone()), ("PRODE_STORE__CA", "~/ca.pem".to_owned())];
    let ticket = team.home("ticket.json").display().to_string();
    team.repo.prode_in(&named, &["doctor"], "").ok().says("; it answers, over TLS, and no run");
    team.repo.prode_in(&named, &["triage", "run", &ticket], "").ok();
    team.repo.prode_in(&named, &["triage", "list"], "").ok().says("ENG-1");
    let doctor = team.repo.prode_in(&named, &["doctor"], "").ok();
    doctor.says("; it answers, over TLS").says("to the database postgresql://db.example.org:");
    assert!(!team.store().exists(), "nothing is kept beside the index");
}

/// Whom this machine trusts is asked of the system, which on Linux a variable answers.
#[cfg(target_os = "linux")]
#[test]
fn whom_this_machine_trusts_is_trusted_unless_somebody_is_named() {
    let Some(cluster) = postgres::shared() else { return };
    let (team, url) = (Team::new(), elsewhere(cluster));
    team.put("ca.pem", authority().pem());
    team.put("other.pem", Authority::new("another authority").pem());
    let home = |name: &str| team.home(name).display().to_string();
    let doctor = |trusted: &str, named: &str| {
        let environment = [
            ("PRODE_STORE__URL", url.clone()),
            ("PRODE_STORE__CA", named.to_owned()),
            ("SSL_CERT_FILE", home(trusted)),
        ];
        team.repo.prode_in(&environment, &["doctor"], "").stdout().to_owned()
    };
    let stranger = "its certificate is signed by nobody who is trusted here";
    assert!(doctor("ca.pem", "").contains("it answers, over TLS"), "{}", doctor("ca.pem", ""));
    assert!(doctor("other.pem", "").contains(stranger), "{}", doctor("other.pem", ""));
    assert!(doctor("other.pem", "~/ca.pem").contains("it answers, over TLS"));
    let named = doctor("ca.pem", "~/other.pem");
    assert!(named.contains(stranger), "whom the machine trusts does not count any more: {named}");
}

#[test]
fn a_file_that_is_of_no_use_stops_a_run_before_it_begins() {
    let team = Team::new();
    kept_in(&team, "postgresql://db.example.org/runs");
    let ticket = team.home("ticket.json").display().to_string();
    team.repo.write("ca.pem", authority().pem());
    for (ca, says) in [
        ("/nowhere/ca.pem", "'store.ca' cannot be used: '/nowhere/ca.pem' does not exist"),
        ("ca.pem", "'store.ca' cannot be used: 'ca.pem' is no absolute path"),
    ] {
        let named = [("PRODE_STORE__CA", ca.to_owned())];
        let refused = team.repo.prode_in(&named, &["triage", "run", &ticket], "").fails(2);
        refused.warns(says).warns("PRODE_STORE__CA=/");
    }
    assert!(!team.store().exists());
}
