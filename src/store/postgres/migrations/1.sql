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
