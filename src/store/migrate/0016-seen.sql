-- name: migrate_0016
CREATE TABLE seen ( -- kept, never changed: captures that a partner has too, by its own word
	capture     INTEGER NOT NULL REFERENCES capture (seq),
	partner     TEXT NOT NULL,                       -- as this desk calls it
	their_us    INTEGER NOT NULL,                    -- when it held the page
	their_entry INTEGER NOT NULL,                    -- of its ledger
	is_same     INTEGER NOT NULL CHECK (is_same IN (0, 1)),  -- the same text was read there
	got_us      INTEGER NOT NULL,
	PRIMARY KEY (capture, partner, their_us)
) STRICT, WITHOUT ROWID;
