-- name: migrate_0006
-- What each page gave its reader, by host, so that a redesign that breaks the reading is noticed.
CREATE TABLE reading ( -- derived: what an article has of what most have; from article_text, field and capture
	host     TEXT NOT NULL,
	taken_us INTEGER NOT NULL,
	article  INTEGER NOT NULL UNIQUE REFERENCES article (seq),
	letters  INTEGER NOT NULL,
	title    INTEGER NOT NULL CHECK (title IN (0, 1)),
	date     INTEGER NOT NULL CHECK (date IN (0, 1)),
	byline   INTEGER NOT NULL CHECK (byline IN (0, 1)),
	PRIMARY KEY (host, taken_us, article)
) STRICT, WITHOUT ROWID;
INSERT INTO reading (host, taken_us, article, letters, title, date, byline)
SELECT substr(c.final_url, instr(c.final_url, '://') + 3, instr(substr(c.final_url, instr(c.final_url, '://') + 3) || '/', '/') - 1),
	c.taken_us, a.seq, length(t.text), t.title <> '',
	EXISTS (SELECT 1 FROM field AS f WHERE f.article = a.seq AND f.name = 'published'),
	EXISTS (SELECT 1 FROM field AS f WHERE f.article = a.seq AND f.name = 'byline')
FROM article AS a JOIN article_text AS t ON t.article = a.seq JOIN capture AS c ON c.seq = a.capture
WHERE c.final_url LIKE 'http%://%' AND c.status < 400;

CREATE TABLE host_fault ( -- derived: what td_health() said of a host's readings when the newest came in
	host      TEXT NOT NULL,
	question  TEXT NOT NULL CHECK (question IN ('title', 'date', 'byline', 'text')),
	since_us  INTEGER NOT NULL,
	lack      INTEGER NOT NULL,
	of_now    INTEGER NOT NULL,
	lacked    INTEGER NOT NULL,
	of_before INTEGER NOT NULL,
	PRIMARY KEY (host, question)
) STRICT, WITHOUT ROWID;
