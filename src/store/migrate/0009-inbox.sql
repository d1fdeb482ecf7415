-- name: migrate_0009
-- What people at the desk did with the items of their sources, and what was found at an address before it is watched.

CREATE TABLE item_open ( -- derived: items that nobody has decided about, from item and item_decision
	item   INTEGER PRIMARY KEY REFERENCES item (seq),
	source INTEGER NOT NULL REFERENCES source (seq)
) STRICT;
CREATE INDEX item_open_source ON item_open (source, item);
INSERT INTO item_open SELECT seq, source FROM item;

CREATE TABLE item_decision ( -- kept: what the desk did with an item; no row: nothing yet
	seq     INTEGER PRIMARY KEY,                     -- the item's
	source  INTEGER NOT NULL REFERENCES source (seq),
	state   TEXT NOT NULL CHECK (state IN ('open', 'seen', 'kept', 'dismissed')),
	time_us INTEGER NOT NULL
) STRICT;
CREATE INDEX item_decision_state ON item_decision (state, seq);
CREATE INDEX item_decision_source ON item_decision (source, state, seq);

-- Jobs may now look for a site's feeds and read a list of sources; a CHECK is changed by making the table anew.
CREATE TABLE job_new ( -- kept: work to be done and what came of it
	seq           INTEGER PRIMARY KEY,
	id            BLOB NOT NULL UNIQUE CHECK (length(id) = 16),
	kind          TEXT NOT NULL CHECK (kind IN ('add-url', 'add-file', 'extract', 'item-page', 'find-source', 'read-list')),
	subject       TEXT NOT NULL,
	spool         TEXT NOT NULL,                     -- file in spool/, '': none
	state         TEXT NOT NULL CHECK (state IN ('open', 'leased', 'done', 'failed')),
	attempts      INTEGER NOT NULL,
	not_before_us INTEGER NOT NULL,
	lease_us      INTEGER NOT NULL,                  -- until; 0: not leased
	last_err      TEXT NOT NULL,
	result        BLOB CHECK (length(result) = 16)
) STRICT;
INSERT INTO job_new SELECT * FROM job;
DROP TABLE job;
ALTER TABLE job_new RENAME TO job;
CREATE INDEX job_waiting ON job (seq) WHERE state IN ('open', 'leased');

CREATE TABLE offer ( -- derived: sources that a job found, for a person to choose from; only the newest finds are held
	job       INTEGER NOT NULL REFERENCES job (seq),
	n         INTEGER NOT NULL,                      -- from 0
	kind      TEXT NOT NULL CHECK (kind IN ('feed', 'sitemap', 'page', 'mail')),
	url       TEXT NOT NULL,
	given_url TEXT NOT NULL,
	home_url  TEXT NOT NULL,
	title     TEXT NOT NULL,
	folder    TEXT NOT NULL,
	language  TEXT NOT NULL,
	note      TEXT NOT NULL,
	items_n   INTEGER NOT NULL,                      -- that it announces now; 0 when it was not read
	samples   TEXT NOT NULL,                         -- the first of their titles, a line each
	PRIMARY KEY (job, n)
) STRICT, WITHOUT ROWID;
