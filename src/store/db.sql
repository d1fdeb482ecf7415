-- name: begin
BEGIN;
-- name: commit
COMMIT;
-- name: rollback
ROLLBACK;
-- name: search_index_exists
SELECT 1 FROM sqlite_schema WHERE type = 'table' AND name = 'article_search';
-- name: search_index_create
-- Derived: what each article says, by our own terms (lib/text/terms.h).  It
-- holds no text of its own: the text stands in article_text already, hits are
-- marked by us, and a row is replaced by handing in the old text.
CREATE VIRTUAL TABLE article_search USING fts5 (title, text, more, content = '', columnsize = 0, tokenize = 'tidings');
-- name: search_index_drop
DROP TABLE IF EXISTS article_search;
-- name: search_index_fill
INSERT INTO article_search (rowid, title, text, more) SELECT article, title, text, more FROM article_text;
-- name: copy_into
VACUUM INTO ?1;
