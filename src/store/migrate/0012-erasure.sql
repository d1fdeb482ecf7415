-- name: migrate_0012
-- Records may be sealed under a key of their own; what was taken can be erased, and the ledger says so.
CREATE TABLE record_key ( -- kept, never changed: opens a sealed record; only an erasure takes it away
	record INTEGER PRIMARY KEY REFERENCES record (seq),
	key    BLOB NOT NULL CHECK (length(key) = 32)
) STRICT;

CREATE TABLE erased ( -- kept, never changed: entries whose statements were destroyed, and the entry that says so
	ledger   INTEGER PRIMARY KEY REFERENCES ledger (seq),
	erasure  INTEGER NOT NULL REFERENCES ledger (seq)
) STRICT;
CREATE INDEX erased_by ON erased (erasure);

CREATE TABLE tombstone ( -- kept, never changed: what stands in a segment where the records of an erased capture were
	ledger      INTEGER PRIMARY KEY REFERENCES ledger (seq),
	record      INTEGER NOT NULL UNIQUE REFERENCES record (seq),
	erasure     INTEGER NOT NULL REFERENCES ledger (seq),
	file_sha256 BLOB CHECK (length(file_sha256) = 32)  -- of the whole segment from then on; NULL: it was not full yet
) STRICT;

CREATE TABLE erasure_due ( -- derived: an erasure that is committed and whose traces on the disk are not gone yet
	erasure INTEGER PRIMARY KEY REFERENCES ledger (seq)
) STRICT;
