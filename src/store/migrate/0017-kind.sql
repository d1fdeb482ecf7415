-- name: migrate_0017
-- Two more kinds of pages: discussions, and things for sale.
CREATE TABLE article_text_next ( -- derived: what the newest extractor read
	article   INTEGER PRIMARY KEY REFERENCES article (seq),
	extractor TEXT NOT NULL,
	kind      TEXT NOT NULL CHECK (kind IN ('story', 'index', 'needs-browser', 'wall', 'empty', 'forum', 'product')),
	title     TEXT NOT NULL,
	text      TEXT NOT NULL,
	more      TEXT NOT NULL,                         -- names and notes that a search should find too
	words     INTEGER NOT NULL,
	country   TEXT NOT NULL                          -- what it is about; a copy of the field, for the index
) STRICT;
INSERT INTO article_text_next SELECT article, extractor, kind, title, text, more, words, country FROM article_text;
DROP TABLE article_text;
ALTER TABLE article_text_next RENAME TO article_text;
CREATE INDEX article_text_country ON article_text (country, article) WHERE country <> '';
