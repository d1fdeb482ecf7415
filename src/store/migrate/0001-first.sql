-- name: migrate_0001
-- The first schema.  Migrations are only ever added; user_version counts them.
--
-- The comment in each table's head says what the table is:
--   kept, never changed: facts; a row is written once (triggers in change.sql refuse the rest)
--   kept:                facts that people change; each change is also a row of `change`
--   derived:             can be made again from captures/, the ledger and the kept tables
--
-- Ids are 16 random bytes (shown as kind + base 32); seq is the order of arrival
-- and never leaves the database.  Instants are microseconds since 1970, UTC.

CREATE TABLE ledger ( -- kept, never changed: what was recorded when, in its final bytes (doc/formats/ledger.md)
	seq       INTEGER PRIMARY KEY CHECK (seq >= 0),  -- without holes, from 0
	kind      TEXT NOT NULL CHECK (kind IN ('capture', 'note', 'seal')),
	time_us   INTEGER NOT NULL,
	entry     TEXT NOT NULL,                         -- may be handed to anybody
	statement TEXT NOT NULL,                         -- what the entry commits to; ends in its salt
	leaf      BLOB NOT NULL CHECK (length(leaf) = 32)
) STRICT;

CREATE TABLE capture ( -- kept, never changed: one page or file, as it was taken down
	seq        INTEGER PRIMARY KEY,
	id         BLOB NOT NULL UNIQUE CHECK (length(id) = 16),
	url        TEXT NOT NULL,                        -- as asked
	final_url  TEXT NOT NULL,                        -- after redirects
	how        TEXT NOT NULL CHECK (how IN ('fetched', 'supplied', 'imported')),
	by         TEXT NOT NULL,
	why        TEXT NOT NULL,
	taken_us   INTEGER NOT NULL,
	status     INTEGER NOT NULL,                     -- HTTP status, 0: a file
	media_type TEXT NOT NULL,
	fault      TEXT NOT NULL,                        -- '': none
	main       INTEGER NOT NULL CHECK (main >= -1),  -- index of the record that holds the document
	ledger     INTEGER NOT NULL UNIQUE REFERENCES ledger (seq)
) STRICT;

CREATE TABLE record ( -- kept, never changed: where each WARC record stands in captures/, and its digests
	seq            INTEGER PRIMARY KEY,
	capture        INTEGER REFERENCES capture (seq), -- NULL: a segment's warcinfo
	n              INTEGER NOT NULL CHECK (n >= 0),  -- place in its capture
	uuid           BLOB NOT NULL UNIQUE CHECK (length(uuid) = 16),
	type           TEXT NOT NULL CHECK (type IN
	               ('warcinfo', 'request', 'response', 'metadata', 'resource', 'revisit', 'conversion')),
	target_url     TEXT NOT NULL,
	content_type   TEXT NOT NULL,
	segment        TEXT NOT NULL,                    -- file in captures/
	offset         INTEGER NOT NULL CHECK (offset >= 0),
	length         INTEGER NOT NULL CHECK (length > 0),      -- of the gzip member
	block_at       INTEGER NOT NULL CHECK (block_at > 0),    -- in the record, uncompressed
	block_b        INTEGER NOT NULL CHECK (block_b >= 0),
	payload_at     INTEGER NOT NULL CHECK (payload_at >= -1 AND payload_at <= block_b), -- in the block; -1: none
	sha256         BLOB NOT NULL CHECK (length(sha256) = 32),
	payload_sha256 BLOB NOT NULL CHECK (length(payload_sha256) = 32),
	member_sha256  BLOB NOT NULL CHECK (length(member_sha256) = 32), -- of the bytes in the file
	UNIQUE (capture, n),
	UNIQUE (segment, offset)
) STRICT;

CREATE TABLE segment ( -- derived: the WARC files, from record, the ledger's seals and the files themselves
	name    TEXT PRIMARY KEY,
	day     TEXT NOT NULL,                           -- 20261124
	bytes   INTEGER NOT NULL CHECK (bytes >= 0),     -- committed; what lies behind was never acknowledged
	sealed  INTEGER NOT NULL CHECK (sealed IN (0, 1)),
	sha256  BLOB CHECK (length(sha256) = 32),        -- once sealed
	ledger  INTEGER REFERENCES ledger (seq)
) STRICT, WITHOUT ROWID;

CREATE TABLE article ( -- kept, never changed: that a capture says something; what it says is derived
	seq     INTEGER PRIMARY KEY,
	id      BLOB NOT NULL UNIQUE CHECK (length(id) = 16),
	capture INTEGER NOT NULL UNIQUE REFERENCES capture (seq)
) STRICT;

CREATE TABLE article_text ( -- derived: what the newest extractor read
	article   INTEGER PRIMARY KEY REFERENCES article (seq),
	extractor TEXT NOT NULL,
	kind      TEXT NOT NULL CHECK (kind IN ('story', 'index', 'needs-browser', 'wall', 'empty')),
	title     TEXT NOT NULL,
	text      TEXT NOT NULL,
	more      TEXT NOT NULL,                         -- names and notes that a search should find too
	words     INTEGER NOT NULL,
	country   TEXT NOT NULL                          -- what it is about; a copy of the field, for the index
) STRICT;
CREATE INDEX article_text_country ON article_text (country, article) WHERE country <> '';

CREATE TABLE field ( -- derived: what the extractor found, and why it thinks so
	article    INTEGER NOT NULL REFERENCES article (seq),
	name       TEXT NOT NULL,
	n          INTEGER NOT NULL,                     -- place in a list
	value      TEXT NOT NULL,
	why        TEXT NOT NULL,
	confidence INTEGER NOT NULL,                     -- percent
	PRIMARY KEY (article, name, n)
) STRICT, WITHOUT ROWID;

CREATE TABLE field_person ( -- kept: what a person put in its place; it wins over every extractor
	seq      INTEGER PRIMARY KEY,
	article  INTEGER NOT NULL REFERENCES article (seq),
	name     TEXT NOT NULL,
	value    TEXT NOT NULL,
	why      TEXT NOT NULL,
	saved_us INTEGER NOT NULL,
	who      TEXT NOT NULL,
	UNIQUE (article, name)
) STRICT;

CREATE TABLE block ( -- derived: paragraphs, headings and so on, as byte ranges of article_text.text
	article INTEGER NOT NULL REFERENCES article (seq),
	n       INTEGER NOT NULL,
	kind    TEXT NOT NULL,
	level   INTEGER NOT NULL,
	start   INTEGER NOT NULL,
	end     INTEGER NOT NULL,
	PRIMARY KEY (article, n)
) STRICT, WITHOUT ROWID;

CREATE TABLE link ( -- derived: where an article's text points
	article INTEGER NOT NULL REFERENCES article (seq),
	n       INTEGER NOT NULL,
	url     TEXT NOT NULL,
	text    TEXT NOT NULL,
	PRIMARY KEY (article, n)
) STRICT, WITHOUT ROWID;

CREATE TABLE note ( -- kept: the desk's notes; what they say is in note_version
	seq          INTEGER PRIMARY KEY,
	id           BLOB NOT NULL UNIQUE CHECK (length(id) = 16),
	article      INTEGER REFERENCES article (seq),   -- NULL: an own story
	slug         TEXT NOT NULL,                      -- '' until first published, then fixed
	version      INTEGER NOT NULL CHECK (version > 0),       -- the newest
	status       TEXT NOT NULL CHECK (status IN ('draft', 'ready', 'published', 'withdrawn')),
	sensitivity  TEXT NOT NULL CHECK (sensitivity IN ('unreviewed', 'public', 'protected')),
	country      TEXT NOT NULL,
	created_us   INTEGER NOT NULL,
	published_us INTEGER NOT NULL,                   -- first published; 0: never
	CHECK (status <> 'published' OR sensitivity = 'public'),
	CHECK (slug <> '' OR published_us = 0)
) STRICT;
CREATE INDEX note_status ON note (status, seq);
CREATE INDEX note_country ON note (country, seq);
CREATE INDEX note_country_status ON note (status, country, seq);
CREATE INDEX note_article ON note (article, seq);

CREATE TABLE note_version ( -- kept, never changed: each save of a note
	note         INTEGER NOT NULL REFERENCES note (seq),
	version      INTEGER NOT NULL CHECK (version > 0),
	act          TEXT NOT NULL CHECK (act IN ('create', 'edit', 'correct', 'update', 'withdraw')),
	status       TEXT NOT NULL CHECK (status IN ('draft', 'ready', 'published', 'withdrawn')),
	sensitivity  TEXT NOT NULL CHECK (sensitivity IN ('unreviewed', 'public', 'protected')),
	heading      TEXT NOT NULL,
	text         TEXT NOT NULL,                      -- Markdown
	language     TEXT NOT NULL,
	country      TEXT NOT NULL,
	carrier      TEXT NOT NULL,
	origin       TEXT NOT NULL,
	publisher    TEXT NOT NULL,
	dateline_date    TEXT NOT NULL,                  -- ISO 8601, as precise as it was said
	dateline_place   TEXT NOT NULL,
	dateline_country TEXT NOT NULL,
	dateline_source  TEXT NOT NULL,
	dateline_text    TEXT NOT NULL,
	full_story   TEXT NOT NULL,
	why          TEXT NOT NULL,
	saved_us     INTEGER NOT NULL,
	who          TEXT NOT NULL,
	ledger       INTEGER UNIQUE REFERENCES ledger (seq),     -- when it was published or withdrawn
	PRIMARY KEY (note, version)
) STRICT, WITHOUT ROWID;

CREATE TABLE excerpt ( -- kept, never changed: spans of the article's text that a version of a note shows
	note    INTEGER NOT NULL,
	version INTEGER NOT NULL,
	n       INTEGER NOT NULL,
	start   INTEGER NOT NULL CHECK (start >= 0),     -- bytes
	end     INTEGER NOT NULL CHECK (end > start),
	text    TEXT NOT NULL,
	PRIMARY KEY (note, version, n),
	FOREIGN KEY (note, version) REFERENCES note_version (note, version)
) STRICT, WITHOUT ROWID;

CREATE TABLE person ( -- kept: press contacts and other people
	seq         INTEGER PRIMARY KEY,
	id          BLOB NOT NULL UNIQUE CHECK (length(id) = 16),
	name        TEXT NOT NULL,
	email       TEXT NOT NULL,
	role        TEXT NOT NULL,
	phone       TEXT NOT NULL,
	sensitivity TEXT NOT NULL CHECK (sensitivity IN ('unreviewed', 'public', 'protected')),
	UNIQUE (name, email)
) STRICT;

CREATE TABLE note_contact ( -- kept, never changed: whom a version of a note names, as it named them
	note    INTEGER NOT NULL,
	version INTEGER NOT NULL,
	n       INTEGER NOT NULL,
	person  INTEGER NOT NULL REFERENCES person (seq),
	name    TEXT NOT NULL,
	role    TEXT NOT NULL,
	email   TEXT NOT NULL,
	phone   TEXT NOT NULL,
	about   TEXT NOT NULL,
	PRIMARY KEY (note, version, n),
	FOREIGN KEY (note, version) REFERENCES note_version (note, version)
) STRICT, WITHOUT ROWID;

CREATE TABLE release ( -- kept, never changed: builds of the public site
	seq             INTEGER PRIMARY KEY,
	made_us         INTEGER NOT NULL,
	folder          TEXT NOT NULL,
	files           INTEGER NOT NULL,
	manifest_sha256 BLOB NOT NULL CHECK (length(manifest_sha256) = 32)
) STRICT;

CREATE TABLE backup ( -- kept, never changed: copies that were made and read back
	seq     INTEGER PRIMARY KEY,
	made_us INTEGER NOT NULL,
	folder  TEXT NOT NULL,
	files   INTEGER NOT NULL,
	bytes   INTEGER NOT NULL
) STRICT;

CREATE TABLE job ( -- kept: work to be done and what came of it
	seq           INTEGER PRIMARY KEY,
	id            BLOB NOT NULL UNIQUE CHECK (length(id) = 16),
	kind          TEXT NOT NULL CHECK (kind IN ('add-url', 'add-file', 'extract')),
	subject       TEXT NOT NULL,
	spool         TEXT NOT NULL,                     -- file in spool/, '': none
	state         TEXT NOT NULL CHECK (state IN ('open', 'leased', 'done', 'failed')),
	attempts      INTEGER NOT NULL,
	not_before_us INTEGER NOT NULL,
	lease_us      INTEGER NOT NULL,                  -- until; 0: not leased
	last_err      TEXT NOT NULL,
	result        BLOB CHECK (length(result) = 16)
) STRICT;
CREATE INDEX job_waiting ON job (seq) WHERE state IN ('open', 'leased');

CREATE TABLE change ( -- kept, never changed: who changed which kept row, from what to what
	seq       INTEGER PRIMARY KEY,
	time_us   INTEGER NOT NULL,
	who       TEXT NOT NULL,
	row_table TEXT NOT NULL,
	row_seq   INTEGER NOT NULL,
	before    TEXT,                                  -- JSON; NULL: a new row
	after     TEXT                                   -- JSON; NULL: a row taken away
) STRICT;
CREATE INDEX change_row ON change (row_table, row_seq);
