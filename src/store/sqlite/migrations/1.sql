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
