-- name: migrate_0004
-- The ledger is a log that others can follow: more kinds of entries, and signed checkpoints.
-- A CHECK cannot be changed, so the table is made anew; references to it hold again at the end.
PRAGMA defer_foreign_keys = 1;
CREATE TABLE ledger_before AS SELECT seq, kind, time_us, entry, statement, leaf FROM ledger;
DROP TABLE ledger;
CREATE TABLE ledger ( -- kept, never changed: what was recorded when, in its final bytes (doc/formats/ledger.md)
	seq       INTEGER PRIMARY KEY CHECK (seq >= 0),  -- without holes, from 0
	kind      TEXT NOT NULL CHECK (kind IN ('capture', 'note', 'seal', 'export', 'restore', 'key', 'tombstone', 'erasure',
	          'fixity')),
	time_us   INTEGER NOT NULL,
	entry     TEXT NOT NULL,                         -- may be handed to anybody
	statement TEXT NOT NULL,                         -- what the entry commits to; ends in its salt
	leaf      BLOB NOT NULL CHECK (length(leaf) = 32)
) STRICT;
INSERT INTO ledger (seq, kind, time_us, entry, statement, leaf) SELECT seq, kind, time_us, entry, statement, leaf
	FROM ledger_before ORDER BY seq;
DROP TABLE ledger_before;

CREATE TABLE act ( -- kept, never changed: what was done that no other row tells: exports, restores, erasures, new keys
	ledger INTEGER PRIMARY KEY REFERENCES ledger (seq),
	lines  TEXT NOT NULL                             -- of its statement, without the opening and the salt
) STRICT;

CREATE TABLE log_key ( -- kept, never changed: keys that this desk signed its checkpoints with, the newest last
	seq      INTEGER PRIMARY KEY,
	vkey     TEXT NOT NULL UNIQUE,                   -- NAME+HEX+BASE64, as in C2SP signed-note
	since_us INTEGER NOT NULL,
	ledger   INTEGER REFERENCES ledger (seq)         -- the entry that announced it; NULL: the first
) STRICT;

CREATE TABLE checkpoint ( -- kept, never changed: what the log was, signed by the desk
	size    INTEGER PRIMARY KEY CHECK (size > 0),    -- entries
	made_us INTEGER NOT NULL,
	head    BLOB NOT NULL CHECK (length(head) = 32),
	note    TEXT NOT NULL                            -- C2SP checkpoint with the desk's signature
) STRICT;
