-- A store of version 1, with a closed run, one that is held, and a freeze.
PRAGMA application_id = 1886547812;
PRAGMA user_version = 1;
BEGIN;
-- What the store itself is: one row.
CREATE TABLE store (
  one   INTEGER PRIMARY KEY CHECK (one = 1),
  key   BLOB    NOT NULL CHECK (length(key) = 32),
  -- The last fencing token that was given.
  token INTEGER NOT NULL CHECK (token >= 0)
) STRICT;
CREATE TABLE run (
  number  INTEGER PRIMARY KEY,
  id      TEXT    NOT NULL UNIQUE,
  ticket  TEXT    NOT NULL,
  opened  TEXT    NOT NULL,
  closed  INTEGER NOT NULL CHECK (closed IN (0, 1)),
  attempt INTEGER NOT NULL CHECK (attempt >= 1),
  -- That of the newest lease, which may be over.
  token   INTEGER NOT NULL UNIQUE,
  worker  TEXT,
  until   TEXT,
  CHECK ((worker IS NULL) = (until IS NULL)),
  CHECK (closed = 0 OR worker IS NULL)
) STRICT;
-- One unfinished run per ticket.
CREATE UNIQUE INDEX run_going_on ON run (ticket) WHERE closed = 0;
CREATE TABLE event (
  run    INTEGER NOT NULL REFERENCES run (number),
  number INTEGER NOT NULL CHECK (number >= 0),
  digest TEXT    NOT NULL,
  bytes  BLOB    NOT NULL,
  PRIMARY KEY (run, number)
) STRICT, WITHOUT ROWID;
CREATE TABLE artifact (
  digest TEXT NOT NULL PRIMARY KEY,
  bytes  BLOB NOT NULL
) STRICT;
-- No row, or one.
CREATE TABLE freeze (
  one INTEGER PRIMARY KEY CHECK (one = 1),
  who TEXT NOT NULL,
  why TEXT NOT NULL,
  at  TEXT NOT NULL
) STRICT;
INSERT INTO store VALUES (1, x'000102030405060708090a0b0c0d0e0f101112131415161718191a1b1c1d1e1f', 3);
INSERT INTO run VALUES (1, 'R-20261126-000001', 'ENG-1', '2026-11-26T07:00:00Z', 1, 1, 1, NULL, NULL);
INSERT INTO run VALUES (2, 'R-20261126-000002', 'ENG-2', '2026-11-26T08:00:00Z', 0, 2, 3, 'host-b', '2026-11-26T08:10:00Z');
INSERT INTO event VALUES (1, 0, 'sha256:0d303f23bd841f57b7c09bfce772a6df2a7add10eb11a2c9bd133e7d2643a1c4', CAST('{"end":1}' AS BLOB));
INSERT INTO event VALUES (2, 0, 'sha256:45b619e97b5d9b029af4522e9ffb02fa99ff2bf226c82ee22a7cc10269a557e8', CAST('{"a":0}' AS BLOB));
INSERT INTO event VALUES (2, 1, 'sha256:015abd7f5cc57a2dd94b7590f04ad8084273905ee33ec5cebeae62276a97f862', CAST('{"a":1}' AS BLOB));
INSERT INTO artifact VALUES ('sha256:79f076abdd19a752db7267bfff2f9022161d120dea919fdaca2ffdfc24ca8c96', CAST('kept' AS BLOB));
INSERT INTO freeze VALUES (1, 'ada', 'incident', '2026-11-26T08:05:00Z');
COMMIT;
