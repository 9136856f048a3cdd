-- A store of version 1 on a server, with a closed run, one that is held, and a freeze.
CREATE SCHEMA prode;
-- What the store itself is: one row.
CREATE TABLE prode.store (
  one     boolean PRIMARY KEY CHECK (one),
  -- How many steps the schema has seen.
  version integer NOT NULL CHECK (version >= 1),
  key     bytea   NOT NULL CHECK (octet_length(key) = 32)
);

-- The last fencing token that was given. It may leave some out, and never gives one twice.
CREATE SEQUENCE prode.token;

-- Words are bytes, since text cannot hold all of them; times are text, since a
-- timestamp of the database is rounded.
CREATE TABLE prode.run (
  number  bigint  GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
  id      text    COLLATE "C" NOT NULL UNIQUE,
  ticket  bytea   NOT NULL,
  opened  text    NOT NULL,
  closed  boolean NOT NULL,
  attempt integer NOT NULL CHECK (attempt >= 1),
  -- That of the newest lease, which may be over.
  token   bigint  NOT NULL UNIQUE,
  worker  bytea,
  -- By the database's clock.
  until   text,
  CHECK ((worker IS NULL) = (until IS NULL)),
  CHECK (NOT closed OR worker IS NULL)
);

-- One unfinished run per ticket.
CREATE UNIQUE INDEX run_going_on ON prode.run (sha256(ticket)) WHERE NOT closed;

CREATE TABLE prode.event (
  run    bigint NOT NULL REFERENCES prode.run (number),
  number bigint NOT NULL CHECK (number >= 0),
  digest text   NOT NULL,
  bytes  bytea  NOT NULL,
  PRIMARY KEY (run, number)
);

CREATE TABLE prode.artifact (
  digest text COLLATE "C" PRIMARY KEY,
  bytes  bytea NOT NULL
);

-- No row, or one.
CREATE TABLE prode.freeze (
  one boolean PRIMARY KEY CHECK (one),
  who bytea NOT NULL,
  why bytea NOT NULL,
  at  text  NOT NULL
);

-- The one clock by which leases end, whoever holds them.
CREATE FUNCTION prode.clock() RETURNS text LANGUAGE sql VOLATILE
  AS $$ SELECT to_char(clock_timestamp() AT TIME ZONE 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.US"Z"') $$;

INSERT INTO prode.store VALUES (true, 1, '\x000102030405060708090a0b0c0d0e0f101112131415161718191a1b1c1d1e1f');
INSERT INTO prode.run OVERRIDING SYSTEM VALUE VALUES (1, 'R-20261126-000001', 'ENG-1', '2026-11-26T07:00:00Z', true, 1, 1, NULL, NULL);
INSERT INTO prode.run OVERRIDING SYSTEM VALUE VALUES (2, 'R-20261126-000002', 'ENG-2', '2026-11-26T08:00:00Z', false, 2, 3, 'host-b', '2026-11-26T08:10:00Z');
SELECT setval(pg_get_serial_sequence('prode.run', 'number'), 2);
SELECT setval('prode.token', 3);
INSERT INTO prode.event VALUES (1, 0, 'sha256:0d303f23bd841f57b7c09bfce772a6df2a7add10eb11a2c9bd133e7d2643a1c4', '{"end":1}');
INSERT INTO prode.event VALUES (2, 0, 'sha256:45b619e97b5d9b029af4522e9ffb02fa99ff2bf226c82ee22a7cc10269a557e8', '{"a":0}');
INSERT INTO prode.event VALUES (2, 1, 'sha256:015abd7f5cc57a2dd94b7590f04ad8084273905ee33ec5cebeae62276a97f862', '{"a":1}');
INSERT INTO prode.artifact VALUES ('sha256:79f076abdd19a752db7267bfff2f9022161d120dea919fdaca2ffdfc24ca8c96', 'kept');
INSERT INTO prode.freeze VALUES (true, 'ada', 'incident', '2026-11-26T08:05:00Z');
