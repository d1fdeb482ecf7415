-- name: migrate_0003
-- Sources, what they announced, and what the watch has to tell.

CREATE TABLE source ( -- kept: who the desk watches, and how
	seq         INTEGER PRIMARY KEY,
	id          BLOB NOT NULL UNIQUE CHECK (length(id) = 16),
	kind        TEXT NOT NULL CHECK (kind IN ('feed', 'sitemap', 'page', 'mail')),
	state       TEXT NOT NULL CHECK (state IN ('active', 'paused', 'removed')),
	url         TEXT NOT NULL,                       -- where it is asked; learned when a move has lasted
	given_url   TEXT NOT NULL,                       -- as a person gave it
	home_url    TEXT NOT NULL,                       -- the site that it is of
	title       TEXT NOT NULL,
	folder      TEXT NOT NULL,                       -- the desk's own order: "Seoul/Ministries"
	language    TEXT NOT NULL,                       -- BCP 47
	country     TEXT NOT NULL,                       -- ISO 3166-1 alpha-2
	reliability TEXT NOT NULL,                       -- the desk's own words
	sensitivity TEXT NOT NULL CHECK (sensitivity IN ('unreviewed', 'public', 'protected')),
	interval_s  INTEGER NOT NULL CHECK (interval_s >= 0),    -- 0: as often as it has news
	route       TEXT NOT NULL,                       -- '': direct
	selector    TEXT NOT NULL,                       -- of a page: where its links stand
	robots_why  TEXT NOT NULL,                       -- '': robots.txt is obeyed; else why it is not
	contact     TEXT NOT NULL,                       -- '': nobody is named in our requests
	takes_pages INTEGER NOT NULL CHECK (takes_pages IN (0, 1)),      -- each new item's page is captured
	added_us    INTEGER NOT NULL
) STRICT;
CREATE UNIQUE INDEX source_url ON source (url) WHERE state <> 'removed';

CREATE TABLE source_health ( -- derived: what the last answers taught, from the next ones
	source        INTEGER PRIMARY KEY REFERENCES source (seq),
	next_us       INTEGER NOT NULL,                  -- ask it then
	asked_us      INTEGER NOT NULL,                  -- 0: never
	answered_us   INTEGER NOT NULL,                  -- the last answer that could be read
	newest_us     INTEGER NOT NULL,                  -- when its newest item came
	etag          TEXT NOT NULL,
	last_modified TEXT NOT NULL,
	body_sha256   BLOB NOT NULL CHECK (length(body_sha256) = 32),
	trouble       TEXT NOT NULL,                     -- '': none; else one sentence
	plan          BLOB NOT NULL                      -- the scheduler's memory (lib/schedule)
) STRICT;
CREATE INDEX source_due ON source_health (next_us);

CREATE TABLE item ( -- kept, never changed: what a source announced
	seq          INTEGER PRIMARY KEY,
	id           BLOB NOT NULL UNIQUE CHECK (length(id) = 16),
	source       INTEGER NOT NULL REFERENCES source (seq),
	key          TEXT NOT NULL,                      -- what makes it that item at its source: its guid, or its address
	url          TEXT NOT NULL,
	page         TEXT NOT NULL,                      -- the address without what does not matter: the same page has the same
	title        TEXT NOT NULL,
	author       TEXT NOT NULL,
	summary      TEXT NOT NULL,                      -- plain text
	published_us INTEGER NOT NULL,                   -- by its own word; 0: not said
	seen_us      INTEGER NOT NULL,
	UNIQUE (source, key)
) STRICT;
CREATE INDEX item_source ON item (source, seq);
CREATE INDEX item_page ON item (page) WHERE page <> '';

CREATE TABLE item_capture ( -- kept, never changed: the page that an item announced, taken down
	item    INTEGER PRIMARY KEY REFERENCES item (seq),
	capture INTEGER NOT NULL REFERENCES capture (seq)
) STRICT;
CREATE INDEX item_capture_capture ON item_capture (capture);

CREATE TABLE news ( -- kept: what the watch tells the desk
	seq      INTEGER PRIMARY KEY,
	id       BLOB NOT NULL UNIQUE CHECK (length(id) = 16),
	time_us  INTEGER NOT NULL,
	kind     TEXT NOT NULL CHECK (kind IN ('silent', 'failing', 'gone', 'back', 'moved', 'gap', 'wall', 'certificate', 'edited',
	         'takedown-suspected', 'takedown', 'restored')),
	source   INTEGER REFERENCES source (seq),
	article  INTEGER REFERENCES article (seq),
	facts    TEXT NOT NULL,                          -- name=value lines that its sentence is made of
	read_us  INTEGER NOT NULL                        -- when somebody at the desk read it; 0: not yet
) STRICT;
CREATE INDEX news_unread ON news (seq) WHERE read_us = 0;

-- A job may now be to take down an item's page; a CHECK is changed by making the table anew.
CREATE TABLE job_new ( -- kept: work to be done and what came of it
	seq           INTEGER PRIMARY KEY,
	id            BLOB NOT NULL UNIQUE CHECK (length(id) = 16),
	kind          TEXT NOT NULL CHECK (kind IN ('add-url', 'add-file', 'extract', 'item-page')),
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
