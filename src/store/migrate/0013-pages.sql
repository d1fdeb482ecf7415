-- name: migrate_0013
-- Pages of announced items, and what became of pages after they were taken.

CREATE TABLE item_job ( -- derived: the job that takes an item's page down; from job, whose subject names the item
	item INTEGER PRIMARY KEY REFERENCES item (seq),
	job  INTEGER NOT NULL REFERENCES job (seq)
) STRICT;

-- The worker does not look at jobs that only the watch can do.
DROP INDEX job_waiting;
CREATE INDEX job_waiting ON job (seq) WHERE state IN ('open', 'leased') AND kind <> 'item-page';
CREATE INDEX job_page ON job (not_before_us, seq) WHERE state IN ('open', 'leased') AND kind = 'item-page';

CREATE TABLE page_life ( -- derived: when a page that was taken is looked at again; what the looks before taught
	article       INTEGER PRIMARY KEY REFERENCES article (seq),
	next_us       INTEGER NOT NULL,                  -- look then
	looked_us     INTEGER NOT NULL,                  -- the last look; 0: none yet
	state         TEXT NOT NULL CHECK (state IN ('same', 'changed', 'edited', 'suspected', 'gone')),
	trouble       TEXT NOT NULL,                     -- why the last look said nothing; '': it did
	etag          TEXT NOT NULL,
	last_modified TEXT NOT NULL,
	route         TEXT NOT NULL,                     -- that those came by; '': direct
	memory        BLOB NOT NULL                      -- of lib/diff/life
) STRICT;
CREATE INDEX page_life_due ON page_life (next_us);

CREATE TABLE page_event ( -- kept, never changed: what had become of a page when it was looked at again
	seq     INTEGER PRIMARY KEY,
	article INTEGER NOT NULL REFERENCES article (seq),
	time_us INTEGER NOT NULL,
	what    TEXT NOT NULL CHECK (what IN ('changed', 'edited', 'suspected', 'gone', 'back')),
	how     TEXT NOT NULL,                           -- of suspected and gone: 'status', 'front-page', 'emptied', 'replaced', 'shortened'
	status  INTEGER NOT NULL,                        -- HTTP
	capture INTEGER REFERENCES capture (seq)         -- what came, kept as evidence; NULL: not kept
) STRICT;
CREATE INDEX page_event_article ON page_event (article, seq);
CREATE UNIQUE INDEX page_event_capture ON page_event (capture) WHERE capture IS NOT NULL;

-- A page that is taken twice has one life.
CREATE INDEX capture_final ON capture (final_url) WHERE part_of IS NULL;

-- What stands in a desk already is looked at in the course of a week.
INSERT INTO page_life (article, next_us, looked_us, state, trouble, etag, last_modified, route, memory)
SELECT a.seq, unixepoch() * 1000000 + (a.seq * 7919 % 604800) * 1000000, 0, 'same', '', '', '', '', x''
FROM article AS a JOIN article_text AS t ON t.article = a.seq JOIN capture AS c ON c.seq = a.capture
WHERE c.how = 'fetched' AND c.part_of IS NULL AND c.status BETWEEN 200 AND 299 AND t.kind = 'story'
	AND NOT EXISTS (SELECT 1 FROM capture AS d JOIN article AS b ON b.capture = d.seq WHERE d.final_url = c.final_url AND d.part_of IS NULL
		AND d.seq > c.seq);
