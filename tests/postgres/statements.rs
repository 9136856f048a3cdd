//! What is tried: statements that no run may send, and questions that it may.

/// Each with what it is after. Tables are those of [`super::world`].
pub(super) const HOSTILE: &[(&str, &str)] = &[
    // Out of the transaction, or of its mode.
    ("mode", "BEGIN READ WRITE"),
    ("mode", "START TRANSACTION READ WRITE"),
    ("mode", "SET TRANSACTION READ WRITE"),
    ("mode", "SET SESSION CHARACTERISTICS AS TRANSACTION READ WRITE"),
    ("mode", "SET default_transaction_read_only = off"),
    ("mode", "COMMIT"),
    ("mode", "COMMIT AND CHAIN"),
    ("mode", "ROLLBACK"),
    ("mode", "SELECT set_config('transaction_read_only', 'off', false)"),
    ("mode", "COMMIT; INSERT INTO billing.marks VALUES (1)"),
    // Straight to it.
    ("write", "INSERT INTO billing.marks VALUES (1)"),
    ("write", "UPDATE billing.invoices SET amount = 0"),
    ("write", "DELETE FROM billing.invoices"),
    ("write", "TRUNCATE billing.invoices"),
    (
        "write",
        "MERGE INTO billing.invoices i USING billing.accounts a ON a.id = i.account WHEN MATCHED THEN DELETE",
    ),
    ("write", "CREATE TABLE billing.mine (id int)"),
    ("write", "CREATE TEMPORARY TABLE mine (id int)"),
    ("write", "SELECT count(*) INTO billing.mine FROM billing.invoices"),
    ("write", "CREATE ROLE mine SUPERUSER"),
    ("write", "ALTER ROLE reader SUPERUSER"),
    ("write", "ALTER SYSTEM SET archive_command = 'touch /tmp/mine'"),
    ("write", "DROP TABLE billing.invoices"),
    ("write", "WITH gone AS (DELETE FROM billing.invoices RETURNING id) SELECT count(*) FROM gone"),
    ("write", "SELECT count(*) FROM billing.invoices; DELETE FROM billing.invoices"),
    ("write", "EXPLAIN ANALYZE DELETE FROM billing.invoices"),
    // By functions.
    ("function", "SELECT public.writes()"),
    ("function", "SELECT max(public.writes()) FROM billing.invoices"),
    ("function", "SELECT count(*) FROM billing.invoices WHERE writes() = 1"),
    ("function", "SELECT lo_create(4711)"),
    ("function", "SELECT max(lo_from_bytea(0, 'mine'))"),
    ("function", "SELECT nextval('billing.numbers')"),
    ("function", "SELECT setval('billing.numbers', 1000)"),
    ("function", "SELECT pg_terminate_backend(pid) FROM pg_stat_activity"),
    ("function", "SELECT pg_reload_conf()"),
    ("function", "SELECT pg_promote()"),
    ("function", "SELECT pg_wal_replay_pause()"),
    ("function", "SELECT max(query_to_xml('DELETE FROM billing.invoices', true, true, '')::text)"),
    (
        "function",
        "SELECT count(*) FROM dblink('dbname=app', 'DELETE FROM billing.invoices') AS t(a text)",
    ),
    ("function", "DO $$ BEGIN PERFORM public.writes(); END $$"),
    ("function", "CALL public.writes_too()"),
    ("function", "SELECT count(*) FROM billing.invoices WHERE id OPERATOR(public.===) id"),
    ("function", "SELECT count(*) FROM billing.evil"),
    // Files and programs.
    ("files", "COPY billing.invoices TO PROGRAM 'touch /tmp/mine'"),
    ("files", "COPY billing.marks FROM '/etc/passwd'"),
    ("files", "COPY billing.invoices TO STDOUT"),
    ("files", "SELECT max(pg_read_file('/etc/passwd'))"),
    ("files", "SELECT lo_import('/etc/passwd')"),
    ("files", "LOAD 'dblink'"),
    // What it may not see.
    ("sight", "SELECT max(rolpassword) FROM pg_authid"),
    ("sight", "SELECT count(*) FROM pg_catalog.pg_shadow"),
    ("sight", "SELECT count(*) FROM information_schema.tables"),
    ("sight", "SELECT count(*) FROM billing.salaries"),
    ("sight", "SELECT * FROM billing.accounts"),
    ("sight", "SELECT name, country FROM billing.accounts"),
    ("sight", "SELECT string_agg(name, ',') FROM billing.accounts"),
    (
        "sight",
        "SELECT count(*) FROM billing.accounts WHERE 'billing.salaries'::regclass IS NOT NULL",
    ),
    ("sight", "SELECT 'billing.accounts'::regclass::oid"),
    ("sight", "SELECT current_setting('data_directory')"),
    ("sight", "SELECT count(*) FROM billing.invoices /*! and more */"),
    ("sight", "SELECT count(*) FROM billing.invoices WHERE state = $x$it$x$"),
    ("sight", "SELECT count(*) FROM billing.invoices WHERE state = E'\\x41'"),
    ("sight", "SELECT count(*) FROM billing.invoices TABLESAMPLE SYSTEM (10)"),
    // Time, memory, locks.
    ("time", "SELECT pg_sleep(3600)"),
    ("time", "SELECT set_config('statement_timeout', '0', false), pg_sleep(3600)"),
    ("time", "SET statement_timeout = 0"),
    ("time", "SELECT count(*) FROM generate_series(1, 100000000000)"),
    ("time", "SELECT repeat('x', 1000000000)"),
    (
        "time",
        "WITH RECURSIVE r(n) AS (SELECT 1 UNION ALL SELECT n + 1 FROM r) SELECT count(*) FROM r",
    ),
    ("locks", "SELECT pg_advisory_lock(4711)"),
    ("locks", "LOCK TABLE billing.invoices IN ACCESS SHARE MODE"),
    ("locks", "SELECT count(*) FROM billing.invoices FOR UPDATE"),
    ("locks", "SELECT id FROM billing.invoices FOR SHARE"),
    ("locks", "DECLARE mine CURSOR WITH HOLD FOR SELECT * FROM billing.invoices"),
    ("locks", "PREPARE TRANSACTION 'mine'"),
    ("locks", "LISTEN mine"),
    ("locks", "NOTIFY mine"),
];

/// Kinds of questions, one each.
pub(super) const HONEST: &[(&str, &str)] = &[
    ("how many", "SELECT count(*) FROM billing.invoices"),
    (
        "how many, since when",
        "SELECT count(*) AS rows, min(created_at) AS since, max(created_at) FROM billing.invoices WHERE tax_country IS NULL",
    ),
    (
        "within the window",
        "SELECT count(*) FROM billing.invoices WHERE created_at >= :window_start AND created_at < :window_end",
    ),
    ("how many different", "SELECT count(DISTINCT account) FROM billing.invoices"),
    ("sums and means", "SELECT sum(amount), avg(amount)::numeric(12,2) FROM billing.invoices"),
    ("spread", "SELECT stddev(amount), variance(amount) FROM billing.invoices"),
    (
        "percentiles",
        "SELECT percentile_cont(0.95) WITHIN GROUP (ORDER BY amount), percentile_disc(0.5) WITHIN GROUP (ORDER BY amount DESC) FROM billing.invoices",
    ),
    ("the most frequent", "SELECT mode() WITHIN GROUP (ORDER BY state) FROM billing.invoices"),
    (
        "by state",
        "SELECT state, count(*) FROM billing.invoices GROUP BY state ORDER BY 2 DESC, state",
    ),
    (
        "by hour",
        "SELECT date_trunc('hour', created_at) AS hour, count(*) FROM billing.invoices GROUP BY hour ORDER BY hour",
    ),
    (
        "by a class of amounts",
        "SELECT CASE WHEN amount < 100 THEN 'small' ELSE 'large' END AS class, count(*) FROM billing.invoices GROUP BY 1",
    ),
    (
        "groups that are large",
        "SELECT account, count(*) FROM billing.invoices GROUP BY account HAVING count(*) > 1 ORDER BY count(*) DESC LIMIT 5",
    ),
    (
        "share",
        "SELECT round(100.0 * count(*) FILTER (WHERE paid) / nullif(count(*), 0), 1) AS share FROM billing.invoices",
    ),
    (
        "all or some",
        "SELECT bool_and(paid), bool_or(paid), every(amount > 0) FROM billing.invoices",
    ),
    (
        "joined",
        "SELECT a.country, count(*) FROM billing.invoices i JOIN billing.accounts a ON a.id = i.account WHERE i.tax_country IS DISTINCT FROM a.country GROUP BY a.country",
    ),
    (
        "missing on the other side",
        "SELECT count(*) FROM billing.invoices i LEFT JOIN billing.accounts a ON a.id = i.account WHERE a.id IS NULL",
    ),
    (
        "where something exists",
        "SELECT count(*) FROM billing.accounts a WHERE NOT EXISTS (SELECT 1 FROM billing.invoices i WHERE i.account = a.id AND i.created_at > :window_start)",
    ),
    (
        "more often than once",
        "WITH twice AS (SELECT account, created_at, count(*) AS times FROM billing.invoices GROUP BY account, created_at) SELECT count(*), max(times) FROM twice WHERE times > 1",
    ),
    (
        "among values",
        "SELECT count(*) FROM billing.invoices WHERE state IN ('open', 'late') AND tax_country LIKE 'D%' AND amount BETWEEN 1 AND 1000",
    ),
    (
        "times between",
        "SELECT max(age(created_at)), extract(epoch FROM max(created_at) - min(created_at))::bigint FROM billing.invoices",
    ),
    (
        "inside a document",
        "SELECT payload->>'channel' AS channel, count(*) FROM billing.invoices GROUP BY channel",
    ),
    (
        "two tables at once",
        "SELECT (SELECT count(*) FROM billing.invoices) - (SELECT count(*) FROM billing.accounts) AS more",
    ),
    ("related", "SELECT corr(amount, id), regr_slope(amount, id) FROM billing.invoices"),
    (
        "a value of the ticket",
        "SELECT count(*) FROM billing.invoices WHERE writer_release::text = :release",
    ),
];
