//! A primary with what a team has in it, and a standby of it.

use std::sync::OnceLock;
use std::time::{Duration, Instant};

use prode::database::Transport;
use prode::postgres::{Limits, Postgres, Question, ReadAddress, Relation};

use crate::support::postgres::{Cluster, Sql, own};

/// What is in the database.
const SCHEMA: &str = "
CREATE SCHEMA billing;
CREATE TABLE billing.accounts (id int8 PRIMARY KEY, country text, name text);
CREATE TABLE billing.invoices (id int8 PRIMARY KEY, account int8, tax_country text, state text, amount numeric,
  writer_release int, paid bool, payload jsonb, created_at timestamptz);
INSERT INTO billing.accounts SELECT n, (ARRAY['DE', 'FR', 'IT'])[1 + n % 3], 'account ' || n FROM generate_series(1, 50) n;
INSERT INTO billing.invoices SELECT n, 1 + n % 50, CASE WHEN n % 10 > 0 THEN 'DE' END, (ARRAY['open', 'late', 'paid'])[1 + n % 3],
  n, 87 + n % 2, n % 3 = 2, jsonb_build_object('channel', 'web'), timestamptz '2026-11-02 08:00:00Z' + n * interval '1 minute'
  FROM generate_series(1, 2000) n;
CREATE TABLE billing.salaries (id int8, amount numeric);
CREATE TABLE billing.marks (id int8);
CREATE SEQUENCE billing.numbers;
CREATE FUNCTION public.writes() RETURNS int LANGUAGE sql SECURITY DEFINER AS 'INSERT INTO billing.marks VALUES (1); SELECT 1';
CREATE PROCEDURE public.writes_too() LANGUAGE sql SECURITY DEFINER AS 'INSERT INTO billing.marks VALUES (1)';
CREATE FUNCTION public.same(int8, int8) RETURNS bool LANGUAGE sql SECURITY DEFINER AS 'SELECT public.writes() = 1';
CREATE OPERATOR public.=== (LEFTARG = int8, RIGHTARG = int8, FUNCTION = public.same);
CREATE VIEW billing.evil AS SELECT public.writes() AS id;
CREATE VIEW billing.evil_above AS SELECT id FROM billing.evil;
CREATE VIEW billing.late AS SELECT id, amount FROM billing.invoices WHERE state = 'late';
CREATE TYPE billing.money AS (amount numeric, currency text);
CREATE TABLE billing.prices (id int8, price billing.money, kind billing.money[]);
CREATE TABLE billing.kept (id int8, owner text);
ALTER TABLE billing.kept ENABLE ROW LEVEL SECURITY;
CREATE POLICY mine ON billing.kept USING (public.writes() = 1);
CREATE FOREIGN DATA WRAPPER elsewhere;
CREATE SERVER elsewhere FOREIGN DATA WRAPPER elsewhere;
CREATE FOREIGN TABLE billing.far (id int8) SERVER elsewhere;
CREATE TABLE billing.parts (id int8) PARTITION BY RANGE (id);
CREATE FOREIGN TABLE billing.far_part PARTITION OF billing.parts FOR VALUES FROM (0) TO (9) SERVER elsewhere;
";

/// Roles by what they may do besides: nothing, one thing each.
pub(super) const ROLES: &[(&str, &str, &str)] = &[
    ("admin", "", "it is a superuser"),
    ("makes_roles", "ALTER ROLE makes_roles CREATEROLE", "it may make roles"),
    ("makes_databases", "ALTER ROLE makes_databases CREATEDB", "it may make databases"),
    ("replicates", "ALTER ROLE replicates REPLICATION", "it may replicate"),
    ("sees_all", "ALTER ROLE sees_all BYPASSRLS", "it is held by no row security"),
    ("writes_all", "GRANT pg_write_all_data TO writes_all", "it is a member of pg_write_all_data"),
    (
        "runs",
        "GRANT pg_execute_server_program TO runs",
        "it is a member of pg_execute_server_program",
    ),
    (
        "reads_files",
        "GRANT pg_read_server_files TO reads_files",
        "it is a member of pg_read_server_files",
    ),
    ("signals", "GRANT pg_signal_backend TO signals", "it is a member of pg_signal_backend"),
    (
        "exports",
        "GRANT EXECUTE ON FUNCTION lo_export(oid, text) TO exports",
        "it may call lo_export",
    ),
    (
        "one_column",
        "GRANT UPDATE (state) ON billing.invoices TO one_column",
        "it may write to billing.invoices",
    ),
    ("deletes", "GRANT DELETE ON billing.marks TO deletes", "it may write to billing.marks"),
    (
        "counts_on",
        "GRANT USAGE ON SEQUENCE billing.numbers TO counts_on",
        "it may move the sequence billing.numbers",
    ),
    ("makes", "GRANT CREATE ON SCHEMA billing TO makes", "it may create in the schema billing"),
    (
        "makes_schemas",
        "GRANT CREATE ON DATABASE app TO makes_schemas",
        "it may create schemas in the database app",
    ),
    (
        "owns",
        "CREATE TABLE billing.own (id int); ALTER TABLE billing.own OWNER TO owns",
        "it owns something",
    ),
    (
        "may_become",
        "CREATE ROLE writer; GRANT INSERT ON billing.marks TO writer; ALTER ROLE may_become NOINHERIT; GRANT writer TO may_become",
        "it may write to billing.marks",
    ),
];

/// Roles that may as much as `reader`, one for each test that looks whether nobody is left.
const READERS: [&str; 8] = [
    "honest",
    "tried",
    "endless",
    "watched",
    "talkative",
    "excepted",
    "watched_too",
    "talkative_too",
];

/// Both servers.
pub(crate) struct World {
    pub(crate) primary: Cluster,
    pub(crate) standby: Cluster,
}

/// The ones that all tests share; `None` where PostgreSQL is not installed, which is said.
pub(crate) fn world() -> Option<&'static World> {
    static WORLD: OnceLock<Option<World>> = OnceLock::new();
    WORLD
        .get_or_init(|| {
            let primary = own(&["fsync=off", "wal_keep_size=1GB"])?;
            fill(&primary);
            let standby = primary.standby();
            // So that each of them has applied something since it began.
            Sql::open(&primary.address("app")).run("CREATE TABLE billing.fresh (id int8)");
            level(&primary, &standby);
            Some(World { primary, standby })
        })
        .as_ref()
}

fn fill(primary: &Cluster) {
    Sql::open(&primary.address("postgres")).run("CREATE DATABASE app");
    let sql = Sql::open(&primary.address("app"));
    sql.run(SCHEMA);
    sql.run("CREATE ROLE reader LOGIN; GRANT USAGE ON SCHEMA billing TO reader");
    sql.run("GRANT SELECT ON ALL TABLES IN SCHEMA billing TO reader; REVOKE SELECT ON billing.salaries FROM reader");
    for role in READERS {
        sql.run(&format!("CREATE ROLE {role} LOGIN IN ROLE reader"));
    }
    for (role, grant, _) in ROLES.iter().skip(1) {
        sql.run(&format!("CREATE ROLE {role} LOGIN IN ROLE reader; {grant}"));
    }
}

/// Until a standby has what its primary has.
pub(crate) fn level(primary: &Cluster, standby: &Cluster) {
    let at = Sql::open(&primary.address("app")).run("SELECT pg_current_wal_lsn()").remove(0);
    let there = Sql::open(&standby.address("postgres"));
    until(|| there.run(&format!("SELECT pg_last_wal_replay_lsn() >= '{at}'")) == ["t"]);
}

/// Until something is so; a minute at most.
pub(super) fn until(mut so: impl FnMut() -> bool) {
    let begun = Instant::now();
    while !so() {
        assert!(begun.elapsed() < Duration::from_mins(1), "it never is so");
        std::thread::sleep(Duration::from_millis(20));
    }
}

/// Who asks the server at a port.
pub(super) fn asker(port: u16, role: &str, limit: Duration) -> Postgres {
    asker_of(
        &format!("postgresql://{role}@127.0.0.1:{port}/app"),
        role,
        limit,
        &Transport::default(),
    )
}

/// The same in a way of its own.
pub(super) fn asker_of(url: &str, role: &str, limit: Duration, transport: &Transport) -> Postgres {
    let address = ReadAddress::new(url, None, transport).unwrap();
    Postgres::new(address, role.to_owned(), Limits { statement: limit })
}

/// The tables that may be looked at.
pub(super) fn tables(names: &[&str]) -> Vec<Relation> {
    names.iter().map(|it| Relation::new(it).unwrap()).collect()
}

pub(super) fn question(sql: &str) -> Question {
    Question::check(sql, &tables(&["billing.invoices", "billing.accounts"])).expect(sql)
}

/// What somebody could have changed.
pub(super) fn state(sql: &Sql) -> Vec<String> {
    sql.run(
        "SELECT concat_ws(' ', (SELECT count(*) FROM billing.marks), (SELECT sum(amount) FROM billing.invoices),
           (SELECT count(*) FROM pg_largeobject_metadata), (SELECT last_value FROM billing.numbers),
           (SELECT count(*) FROM pg_class), (SELECT string_agg(rolname || rolsuper, ',' ORDER BY oid) FROM pg_authid),
           (SELECT count(*) FROM pg_db_role_setting), (SELECT count(*) FROM pg_prepared_xacts),
           (SELECT string_agg(sourcefile || setting, ',') FROM pg_file_settings WHERE sourcefile LIKE '%auto.conf'))",
    )
}

/// Until nobody is there as `role`: then it holds no lock.
pub(super) fn gone(sql: &Sql, role: &str) {
    until(|| {
        sql.run(&format!("SELECT count(*) FROM pg_stat_activity WHERE usename = '{role}'")) == ["0"]
    });
    let held = format!(
        "SELECT count(*) FROM pg_locks l LEFT JOIN pg_stat_activity a USING (pid)
          WHERE l.pid IS NULL OR a.usename = '{role}'"
    );
    assert_eq!(sql.run(&held), ["0"], "locks are held");
}
