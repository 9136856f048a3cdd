//! What is asked of the server about itself. Each name says its schema or is the
//! server's own: nothing else is on the path.

/// What it is, as whom it is asked, and how far it is. Times are microseconds.
pub(super) const SERVER: &str = "\
SELECT pg_is_in_recovery(),
       current_setting('transaction_read_only')::bool,
       current_setting('server_version'),
       current_user::text,
       session_user::text,
       current_database()::text,
       (extract(epoch FROM clock_timestamp()) * 1000000)::int8,
       (extract(epoch FROM pg_last_xact_replay_timestamp()) * 1000000)::int8,
       pg_wal_lsn_diff(pg_last_wal_receive_lsn(), pg_last_wal_replay_lsn())::int8,
       EXISTS (SELECT FROM pg_stat_wal_receiver WHERE pid IS NOT NULL),
       (SELECT (extract(epoch FROM last_msg_send_time) * 1000000)::int8
          FROM pg_stat_wal_receiver LIMIT 1),
       (SELECT setting::int8 FROM pg_settings WHERE name = 'wal_receiver_timeout')";

/// Whether it is a standby, and nothing can be written.
pub(super) const HOLDS: &str = "\
SELECT pg_is_in_recovery(), current_setting('transaction_read_only')::bool";

/// What the role may do beside reading, one reason a row. A role counts with every role
/// that it can become, whether it has its rights at once or not.
pub(super) const RIGHTS: &str = "\
WITH held AS (
  SELECT * FROM pg_roles WHERE pg_has_role(current_user, oid, 'MEMBER')
), reasons(at, reason) AS (
  SELECT 1, 'it is a superuser' FROM held WHERE rolsuper
  UNION ALL SELECT 2, 'it may make roles' FROM held WHERE rolcreaterole
  UNION ALL SELECT 2, 'it may make databases' FROM held WHERE rolcreatedb
  UNION ALL SELECT 2, 'it may replicate' FROM held WHERE rolreplication
  UNION ALL SELECT 2, 'it is held by no row security' FROM held WHERE rolbypassrls
  UNION ALL SELECT 3, 'it is a member of ' || rolname FROM held
   WHERE oid < 16384 AND rolname NOT IN
     ('pg_read_all_data', 'pg_read_all_settings', 'pg_read_all_stats', 'pg_stat_scan_tables', 'pg_monitor')
  UNION ALL SELECT 4, format('it may call %s', p.proname)
    FROM held h, pg_proc p
   WHERE p.pronamespace = 'pg_catalog'::regnamespace
     AND p.proname IN ('pg_read_file', 'pg_read_binary_file', 'pg_ls_dir', 'pg_stat_file', 'lo_import',
       'lo_export', 'pg_promote', 'pg_reload_conf', 'pg_rotate_logfile', 'pg_wal_replay_pause',
       'pg_wal_replay_resume', 'pg_read_server_files')
     AND has_function_privilege(h.oid, p.oid, 'EXECUTE')
  UNION ALL SELECT 5, format('it may write to %I.%I', n.nspname, c.relname)
    FROM held h, pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace
   WHERE c.relkind IN ('r', 'p', 'v', 'm', 'f')
     -- Everybody may change settings of a session by it.
     AND NOT (n.nspname = 'pg_catalog' AND c.relname = 'pg_settings')
     AND (has_table_privilege(h.oid, c.oid, 'INSERT, UPDATE, DELETE, TRUNCATE')
       OR has_any_column_privilege(h.oid, c.oid, 'INSERT, UPDATE'))
  UNION ALL SELECT 6, format('it may move the sequence %I.%I', n.nspname, c.relname)
    FROM held h, pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace
   WHERE c.relkind = 'S' AND has_sequence_privilege(h.oid, c.oid, 'USAGE, UPDATE')
  UNION ALL SELECT 7, format('it may create in the schema %I', n.nspname)
    FROM held h, pg_namespace n WHERE has_schema_privilege(h.oid, n.oid, 'CREATE')
  UNION ALL SELECT 7, format('it may create schemas in the database %I', d.datname)
    FROM held h, pg_database d WHERE has_database_privilege(h.oid, d.oid, 'CREATE')
  UNION ALL SELECT 8, 'it owns something' FROM held h
   WHERE EXISTS (SELECT FROM pg_shdepend
                  WHERE refclassid = 'pg_authid'::regclass AND refobjid = h.oid AND deptype = 'o')
)
SELECT reason FROM (SELECT DISTINCT at, reason FROM reasons) AS told ORDER BY at, reason LIMIT 6";

/// Of each table: what it is, whether its rows are elsewhere, whether reading it runs
/// functions that are not the server's own (in views that it is made of, and in row
/// security), and the names of its columns: of the server's own types, and of others.
pub(super) const TABLES: &str = "\
WITH RECURSIVE asked AS (
  SELECT c.oid, n.nspname, c.relname, c.relkind
    FROM unnest($1, $2) AS wanted(schema, name)
    JOIN pg_namespace n ON n.nspname = wanted.schema
    JOIN pg_class c ON c.relnamespace = n.oid AND c.relname = wanted.name
), under(root, oid) AS (
  SELECT oid, oid FROM asked
  UNION
  SELECT u.root, below.oid FROM under u, LATERAL (
    SELECT i.inhrelid AS oid FROM pg_inherits i WHERE i.inhparent = u.oid
    UNION ALL
    SELECT d.refobjid FROM pg_class v
      JOIN pg_rewrite w ON w.ev_class = v.oid
      JOIN pg_depend d ON d.classid = 'pg_rewrite'::regclass AND d.objid = w.oid
       AND d.refclassid = 'pg_class'::regclass
     WHERE v.oid = u.oid AND v.relkind = 'v'
  ) AS below
), parts(root, classid, objid) AS (
  SELECT u.root, 'pg_rewrite'::regclass, w.oid FROM under u
    JOIN pg_class v ON v.oid = u.oid AND v.relkind = 'v'
    JOIN pg_rewrite w ON w.ev_class = v.oid
  UNION ALL
  SELECT u.root, 'pg_policy'::regclass, p.oid FROM under u JOIN pg_policy p ON p.polrelid = u.oid
), columns AS (
  SELECT a.attrelid, a.attname::text AS name,
         t.typnamespace = 'pg_catalog'::regnamespace OR t.typtype = 'e'
           OR (t.typtype = 'd' AND b.typnamespace = 'pg_catalog'::regnamespace) AS is_plain
    FROM pg_attribute a
    JOIN pg_type t ON t.oid = a.atttypid
    LEFT JOIN pg_type b ON b.oid = t.typbasetype
   WHERE a.attrelid IN (SELECT oid FROM asked) AND NOT a.attisdropped AND a.attnum > 0
)
SELECT r.nspname::text, r.relname::text, r.relkind::text,
       EXISTS (SELECT FROM under u JOIN pg_class c ON c.oid = u.oid
                WHERE u.root = r.oid AND c.relkind = 'f'),
       EXISTS (SELECT FROM parts p
                 JOIN pg_depend d ON d.classid = p.classid AND d.objid = p.objid
                WHERE p.root = r.oid AND d.refclassid = 'pg_proc'::regclass),
       ARRAY(SELECT name FROM columns WHERE attrelid = r.oid AND is_plain),
       ARRAY(SELECT name FROM columns WHERE attrelid = r.oid AND NOT is_plain)
  FROM asked r";
