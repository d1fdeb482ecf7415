-- name: migrate_0008
CREATE TABLE partner ( -- kept, never changed: keys of others that this desk knows
	seq      INTEGER PRIMARY KEY,
	vkey     TEXT NOT NULL UNIQUE,                   -- NAME+HEX+BASE64, as in C2SP signed-note
	kind     TEXT NOT NULL CHECK (kind IN ('log', 'witness')),  -- we cosign it; its cosignatures count for us
	added_us INTEGER NOT NULL
) STRICT;

CREATE TABLE witnessed ( -- kept, never changed: checkpoints of others that this desk has cosigned
	origin  TEXT NOT NULL,
	size    INTEGER NOT NULL CHECK (size >= 0),
	head    BLOB NOT NULL CHECK (length(head) = 32),
	time_us INTEGER NOT NULL,
	PRIMARY KEY (origin, size)
) STRICT, WITHOUT ROWID;

CREATE TABLE conflict ( -- kept, never changed: signed checkpoints of others that contradict one that was cosigned: evidence
	seq     INTEGER PRIMARY KEY,
	origin  TEXT NOT NULL,
	size    INTEGER NOT NULL,
	head    BLOB NOT NULL CHECK (length(head) = 32),
	line    TEXT NOT NULL,                           -- the log's own signature
	time_us INTEGER NOT NULL
) STRICT;

CREATE TABLE cosignature ( -- kept, never changed: what witnesses signed of this desk's checkpoints
	size    INTEGER NOT NULL REFERENCES checkpoint (size),
	name    TEXT NOT NULL,
	time_us INTEGER NOT NULL,                        -- the witness's
	got_us  INTEGER NOT NULL,
	line    TEXT NOT NULL,
	PRIMARY KEY (size, name)
) STRICT, WITHOUT ROWID;
