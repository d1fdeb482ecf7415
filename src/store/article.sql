-- name: article_of_capture
SELECT seq, id FROM article WHERE capture = ?1;
-- name: article_add
INSERT INTO article (id, capture) VALUES (?1, ?2);
-- name: article_seq
SELECT seq FROM article WHERE id = ?1;
-- name: article_indexed
SELECT title, text, more FROM article_text WHERE article = ?1;
-- name: article_unindex
-- The index holds no text, so it must be told what it once was given.
INSERT INTO article_search (article_search, rowid, title, text, more) VALUES ('delete', ?1, ?2, ?3, ?4);
-- name: article_index
INSERT INTO article_search (rowid, title, text, more) VALUES (?1, ?2, ?3, ?4);
-- name: article_text_put
INSERT OR REPLACE INTO article_text (article, extractor, kind, title, text, more, words, country)
VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8);
-- name: field_clear
DELETE FROM field WHERE article = ?1;
-- name: block_clear
DELETE FROM block WHERE article = ?1;
-- name: link_clear
DELETE FROM link WHERE article = ?1;
-- name: field_add
INSERT OR REPLACE INTO field (article, name, n, value, why, confidence) VALUES (?1, ?2, ?3, ?4, ?5, ?6);
-- name: block_add
INSERT INTO block (article, n, kind, level, start, end, page) VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7);
-- name: link_add
INSERT INTO link (article, n, url, text, kind) VALUES (?1, ?2, ?3, ?4, ?5);
-- name: article_capture
SELECT c.id FROM article AS a JOIN capture AS c ON c.seq = a.capture WHERE a.seq = ?1;
-- name: article_load
SELECT a.capture, t.article IS NOT NULL, coalesce(t.extractor, ''), coalesce(t.kind, ''), coalesce(t.text, '')
FROM article AS a LEFT JOIN article_text AS t ON t.article = a.seq
WHERE a.seq = ?1;
-- name: article_fields
-- A person's value stands in the place of the extractor's.
SELECT f.name, f.n, coalesce(p.value, f.value), coalesce(p.why, f.why), f.confidence, p.seq IS NOT NULL
FROM field AS f LEFT JOIN field_person AS p ON p.article = f.article AND p.name = f.name WHERE f.article = ?1
UNION ALL
SELECT p.name, 0, p.value, p.why, 100, 1 FROM field_person AS p
WHERE p.article = ?1 AND NOT EXISTS (SELECT 1 FROM field AS f WHERE f.article = p.article AND f.name = p.name)
ORDER BY 1, 2;
-- name: article_blocks
SELECT kind, level, start, end, page FROM block WHERE article = ?1 ORDER BY n;
-- name: article_blocks_count
SELECT count(*) FROM block WHERE article = ?1;
-- name: article_links
SELECT url, text, kind FROM link WHERE article = ?1 ORDER BY n;
-- name: article_notes
SELECT id FROM note WHERE article = ?1 ORDER BY seq DESC LIMIT 256;
-- name: article_only_text
SELECT text FROM article_text WHERE article = ?1;
