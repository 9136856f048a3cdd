//! The built-in `postgres` in whole runs: the example of wrong rows asked of a real standby
//! instead of recorded, and what is asked of nobody.

use std::fs;
use std::path::Path;

use jiff::{SignedDuration, Timestamp};
use regex::Regex;
use serde_json::{Value, json};

use super::team::verdict;
use crate::postgres::swap::Swap;
use crate::postgres::world::{World, level, world};
use crate::support::TestRepo;
use crate::support::postgres::Sql;
use crate::support::tls::Authority;

/// What the example tells of the database.
const ROWS: &str = "
CREATE SCHEMA billing;
CREATE TABLE billing.invoices (id int8, tax_country text, writer_release int, created_at timestamptz);
INSERT INTO billing.invoices SELECT n, 'DE', 87, timestamptz '2026-11-01 00:00:00Z' + n * interval '10 seconds' FROM generate_series(1, 5000) n;
INSERT INTO billing.invoices SELECT n, NULL, 88, timestamptz '2026-11-02 10:15:04Z' + n * interval '20 seconds' FROM generate_series(0, 1931) n;
GRANT USAGE ON SCHEMA billing TO reader;
GRANT SELECT ON billing.invoices TO reader;
";

/// What the example's window ends at.
const EXAMPLE_ENDS: &str = "2026-11-03T09:00:00Z";

/// What its approval is about.
const CORRECTION: &str = "UPDATE billing.invoices SET tax_country = accounts.country FROM accounts WHERE accounts.id = invoices.account_id AND invoices.tax_country IS NULL AND invoices.writer_release = 88";

/// A password of nobody, in parts: nothing here looks like one.
const PASSWORD: [&str; 2] = ["a-password", "-of-nobody"];

/// The example of wrong rows; `postgres` is asked, and the others answer as they were recorded.
pub(super) struct Desk {
    pub(super) repo: TestRepo,
    database: String,
    pub(super) postgres: Value,
    ends: Timestamp,
}

impl Desk {
    fn new(world: &World) -> Self {
        Self::at(TestRepo::new(), world)
    }

    pub(super) fn at(repo: TestRepo, world: &World) -> Self {
        repo.write("wiki/invoices-are-wrong.md", example("memory/invoices-are-wrong.md"));
        repo.commit_at("page", "2026-11-01T08:00:00Z");
        let address = world.primary.database();
        Sql::open(&address).run(ROWS);
        level(&world.primary, &world.standby);
        let database = address.rsplit('/').next().unwrap().to_owned();
        let mut desk = Self { repo, database, postgres: Value::Null, ends: example_ends() };
        desk.postgres = json!({
            "url": desk.url(world.standby.port()),
            "role": "reader",
            "password": PASSWORD.concat(),
            "services": {"billing": {
                "relations": ["billing.invoices"],
                "questions": [
                    {
                        "name": "invoices without a tax country",
                        "sql": "SELECT count(*) AS rows, min(created_at) AS since, min(writer_release) AS release, max(writer_release) AS \"to\" \
                                FROM billing.invoices WHERE tax_country IS NULL AND created_at BETWEEN :window_start AND :window_end",
                        "at": "since",
                        "supports": ["data-state", "app-regression"],
                        "correction": {"what": CORRECTION, "target": "billing database, table invoices", "reason": "the column is derived from the account"},
                    },
                    {
                        "name": "such invoices of older releases",
                        "sql": "SELECT count(*) FROM billing.invoices WHERE tax_country IS NULL AND writer_release < 88 AND created_at BETWEEN :window_start AND :window_end",
                        "would_refute": ["data-state", "app-regression"],
                    },
                ],
            }},
        });
        desk
    }

    pub(super) fn url(&self, port: u16) -> String {
        format!("postgresql://reader@127.0.0.1:{port}/{}", self.database)
    }

    /// The run's document; whatever it is, it holds, and shows no password.
    pub(super) fn run(&self) -> Value {
        let home = self.repo.home();
        let mut specialists = json!({"postgres": self.postgres});
        for name in ["release", "sentry"] {
            let answer = self.shifted(&example(&format!("outputs/{name}.json")));
            let path = home.join(format!("{name}.json"));
            fs::write(&path, answer).unwrap();
            specialists[name] = json!({"program": ["/bin/cat", path]});
        }
        let settings = home.join(".config/prode/config.yaml");
        fs::create_dir_all(settings.parent().unwrap()).unwrap();
        fs::write(settings, json!({"lease": 1, "specialists": specialists}).to_string()).unwrap();
        let ticket = self.shifted(&example("ticket.json"));
        let done = self.repo.prode_in(&[], &["triage", "run", "-", "--json"], &ticket).ok();
        let run = done.json();
        let kept = fs::read(self.repo.path().join(".git").join(prode::store::PLACE)).unwrap();
        let password = PASSWORD.concat();
        let is_kept = kept.windows(password.len()).any(|it| it == password.as_bytes());
        assert!(!done.stdout().contains(&password) && !is_kept, "the password is shown");
        self.repo.prode(&["triage", "verify", run["run"].as_str().unwrap()]).ok();
        run
    }

    /// A text of the example with its times moved to where it ends.
    fn shifted(&self, text: &str) -> String {
        let by = self.ends.duration_since(example_ends());
        let times = Regex::new(r"2026-11-0[23]T\d\d:\d\d:\d\dZ").unwrap();
        let moved = times.replace_all(text, |found: &regex::Captures<'_>| {
            (found[0].parse::<Timestamp>().unwrap() + by).to_string()
        });
        moved.into_owned()
    }
}

fn example_ends() -> Timestamp {
    EXAMPLE_ENDS.parse().unwrap()
}

fn example(path: &str) -> String {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("src/ops/triage/examples");
    fs::read_to_string(folder.join("data-state").join(path)).unwrap()
}

pub(super) fn tool(run: &Value) -> &Value {
    let tools = run["bundle"]["inventory"].as_array().unwrap();
    tools.iter().find(|it| it["name"] == "postgres").unwrap_or(&Value::Null)
}

pub(super) fn gaps(run: &Value) -> Vec<String> {
    let gaps = run["bundle"]["gaps"].as_array().unwrap();
    let ours = gaps.iter().filter(|it| it["specialist"] == "postgres");
    ours.map(|it| format!("{} {}", it["absence"].as_str().unwrap(), it["what"].as_str().unwrap()))
        .collect()
}

pub(super) fn claim(run: &Value) -> &Value {
    let all = run["bundle"]["findings"].as_array().unwrap();
    let found = all.iter().find(|it| it["id"].as_str().unwrap().starts_with("postgres/"));
    found.unwrap_or(&Value::Null)
}

fn control<'a>(run: &'a Value, part: &str) -> &'a Value {
    let controls = run["bundle"]["negative_controls"].as_array().unwrap();
    let is_it = |it: &&Value| it["query"].as_str().unwrap().contains(part);
    controls.iter().find(is_it).unwrap_or(&Value::Null)
}

#[test]
fn the_example_of_wrong_rows_asked_live_ends_as_it_was_recorded() {
    let Some(world) = world() else { return };
    let desk = Desk::new(world);
    let run = desk.run();
    let recorded = desk.repo.prode(&["triage", "examples", "run", "data-state", "--json"]);
    assert_eq!(verdict(&run), verdict(&recorded.ok().json()), "{:?}", gaps(&run));
    assert_eq!(gaps(&run), Vec::<String>::new());
    let claim = claim(&run);
    assert_eq!(
        claim["claim"],
        "invoices without a tax country: rows 1932, since 2026-11-02 10:15:04+00, release 88, to 88"
    );
    assert_eq!(claim["observed_at"], "2026-11-02T10:15:04Z");
    let receipts = run["bundle"]["receipts"].as_array().unwrap();
    let receipt = receipts.iter().find(|it| claim["receipts"][0] == it["id"]).unwrap();
    assert_eq!(
        (&receipt["source"], &receipt["how"]),
        (&json!("postgres:standby"), &json!("captured"))
    );
    let excerpt = receipt["excerpt"].as_str().unwrap();
    assert!(excerpt.contains("the standby had what happened until 20"), "{excerpt}");
    assert_eq!(control(&run, "writer_release < 88")["result"], "empty");
    assert_eq!(run["waiting"][0]["what"], CORRECTION);
}

#[test]
fn the_inventory_says_as_whom_and_that_nothing_can_be_changed() {
    let Some(world) = world() else { return };
    let run = Desk::new(world).run();
    let tool = tool(&run);
    assert_eq!((&tool["sort"], &tool["answered"]), (&json!("built_in"), &json!(true)), "{tool}");
    let identity = tool["identity"].as_str().unwrap();
    assert!(identity.starts_with("role reader of database db"), "{identity}");
    assert!(identity.contains("a standby, PostgreSQL 1"), "{identity}");
    let proof = tool["read_only"].as_str().unwrap();
    assert!(proof.contains("one SELECT of aggregates at a time"), "{proof}");
    assert!(proof.contains("'reader' has no right to change anything"), "{proof}");
}

#[test]
fn a_standby_on_another_machine_is_asked_over_tls_and_doctor_says_so() {
    let Some(world) = world() else { return };
    let mut desk = Desk::new(world);
    let port = world.standby.port();
    // It leads to this machine, and is not known as its own.
    let url = desk.url(port).replace("127.0.0.1", "db.example.org") + "?hostaddr=0.0.0.0";
    desk.postgres["url"] = json!(url);
    desk.postgres["ca"] = json!(world.standby.ca());
    let run = desk.run();
    let identity = tool(&run)["identity"].as_str().unwrap();
    assert!(identity.ends_with(", over TLS"), "{identity}");
    assert!(claim(&run)["claim"].as_str().unwrap().contains("rows 1932"), "{:?}", gaps(&run));
    desk.repo.prode(&["doctor"]).says("to your standby as reader, over TLS");
}

#[test]
fn a_row_of_an_older_release_is_a_conflict() {
    let Some(world) = world() else { return };
    let desk = Desk::new(world);
    let sql = Sql::open(&world.primary.address(&desk.database));
    sql.run("INSERT INTO billing.invoices VALUES (0, NULL, 87, '2026-11-02 11:00:00Z')");
    level(&world.primary, &world.standby);
    let run = desk.run();
    assert_eq!(run["decision"], "stop");
    assert!(run["reasons"].as_array().unwrap().contains(&json!("conflict")), "{}", run["reasons"]);
}

#[test]
fn a_primary_is_not_asked_and_that_is_said() {
    let Some(world) = world() else { return };
    let mut desk = Desk::new(world);
    desk.postgres["url"] = json!(desk.url(world.primary.port()));
    let run = desk.run();
    let blocked = tool(&run)["blocked"].as_str().unwrap();
    assert!(blocked.contains("is no standby"), "{blocked}");
    assert!(gaps(&run)[0].starts_with("not_searched") && gaps(&run)[0].contains("is no standby"));
    assert_eq!(claim(&run), &Value::Null);
}

#[test]
fn where_a_standby_lags_nothing_is_absent() {
    let Some(world) = world() else { return };
    let mut desk = Desk::new(world);
    desk.ends = ends();
    let swap = Swap::before(world.standby.port(), |text| {
        text.replace("pg_last_xact_replay_timestamp()", "(now() - interval '1 hour')")
            .replace("pg_wal_lsn_diff(pg_last_wal_receive_lsn(), pg_last_wal_replay_lsn())", "4096")
    });
    desk.postgres["url"] = json!(desk.url(swap.port));
    let run = desk.run();
    let said = gaps(&run);
    assert!(!said.is_empty() && said.iter().all(|it| it.starts_with("outside_window")), "{said:?}");
    let told = " only, 4096 bytes are not applied yet";
    assert!(said.iter().any(|it| it.ends_with(told)), "{said:?}");
    let control = control(&run, "writer_release < 88");
    assert_eq!(control["result"], "outside_window", "{control}");
}

#[test]
fn a_database_that_is_not_there_is_an_error_and_never_an_absence() {
    let Some(world) = world() else { return };
    let mut desk = Desk::new(world);
    desk.postgres["url"] = json!(desk.url(crate::support::free_port()));
    let run = desk.run();
    assert!(gaps(&run)[0].starts_with("error"), "{:?}", gaps(&run));
    assert_eq!((&tool(&run)["answered"], claim(&run)), (&json!(false), &Value::Null));
}

#[test]
fn what_is_not_set_up_whole_asks_nothing() {
    let Some(world) = world() else { return };
    let desk = Desk::new(world);
    let other = desk.repo.home().join("other.pem");
    fs::write(&other, Authority::new("another authority").pem()).unwrap();
    let question = |sql: &str| json!({"a": {"relations": ["billing.invoices"], "questions": [{"name": "n", "sql": sql}]}});
    for (name, value, says) in [
        ("url", json!(""), "specialists.postgres.url is not set"),
        (
            "url",
            json!("postgresql://reader:s3cret@db.example.org/app?sslmode=disable"),
            "is on another machine",
        ),
        ("ca", json!("/nowhere/ca.pem"), "'specialists.postgres.ca' cannot be used"),
        ("ca", json!(other), "its certificate is signed by nobody who is trusted here"),
        ("services", json!({}), "lists nothing that may be looked at"),
        ("services", question("DROP TABLE billing.invoices"), "it is no SELECT"),
        ("services", question("SELECT max(pg_read_file('/etc/passwd'))"), "has 'pg_read_file'"),
        ("role", json!("triage"), "specialists.postgres.role is 'triage'"),
    ] {
        let mut settings = desk.postgres.clone();
        settings[name] = value;
        let desk = Desk {
            repo: TestRepo::new(),
            database: desk.database.clone(),
            postgres: settings,
            ends: desk.ends,
        };
        desk.repo.write("wiki/invoices-are-wrong.md", example("memory/invoices-are-wrong.md"));
        desk.repo.commit_at("page", "2026-11-01T08:00:00Z");
        let run = desk.run();
        let blocked = tool(&run)["blocked"].as_str().unwrap_or_default().to_owned();
        assert!(blocked.contains(says) && !blocked.contains("s3cret"), "{says}: {blocked}");
        assert!(gaps(&run)[0].starts_with("not_searched"), "{:?}", gaps(&run));
    }
}

#[test]
fn the_repository_sets_nothing_of_it() {
    let Some(world) = world() else { return };
    let desk = Desk::new(world);
    let settings = json!({"specialists": {"postgres": desk.postgres}});
    desk.repo.write("prode.yaml", settings.to_string());
    desk.repo.commit("settings");
    let ticket = example("ticket.json");
    let done = desk.repo.prode_in(&[], &["triage", "run", "-", "--json"], &ticket).ok();
    assert_eq!(tool(&done.json()), &Value::Null);
}

/// Ten minutes ago.
#[expect(clippy::disallowed_methods, reason = "a standby lags behind what is now")]
fn ends() -> Timestamp {
    let seconds = Timestamp::now().as_second();
    Timestamp::from_second(seconds).unwrap() - SignedDuration::from_mins(10)
}
