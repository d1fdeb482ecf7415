-- name: list_captures
-- Newest first.  One row too many is asked for: it says that there is more.
SELECT a.seq, a.id, c.id, c.url, c.taken_us, c.status, c.how, c.fault FROM capture AS c LEFT JOIN article AS a ON a.capture = c.seq
WHERE c.part_of IS NULL AND NOT EXISTS (SELECT 1 FROM page_event AS e WHERE e.capture = c.seq) ORDER BY c.seq DESC LIMIT ?1 OFFSET ?2;
-- name: list_country
SELECT a.seq, a.id, c.id, c.url, c.taken_us, c.status, c.how, c.fault FROM article_text AS t JOIN article AS a ON a.seq = t.article
JOIN capture AS c ON c.seq = a.capture WHERE t.country = ?3 AND t.country <> ''
	AND NOT EXISTS (SELECT 1 FROM page_event AS e WHERE e.capture = c.seq) ORDER BY t.article DESC LIMIT ?1 OFFSET ?2;
-- name: list_found
SELECT a.seq, a.id, c.id, c.url, c.taken_us, c.status, c.how, c.fault
FROM (SELECT rowid AS found FROM article_search WHERE article_search MATCH ?3 ORDER BY rowid DESC LIMIT ?1 OFFSET ?2)
CROSS JOIN article AS a ON a.seq = found CROSS JOIN capture AS c ON c.seq = a.capture ORDER BY found DESC;
-- name: item_text
SELECT kind, title, words, country FROM article_text WHERE article = ?1;
-- name: item_fields
SELECT f.name, coalesce(p.value, f.value) FROM field AS f
LEFT JOIN field_person AS p ON p.article = f.article AND p.name = f.name
WHERE f.article = ?1 AND f.n = 0 AND f.name IN ('publisher', 'carrier', 'language', 'published', 'title', 'subject');
-- name: item_note
SELECT id, status FROM note WHERE article = ?1 ORDER BY seq DESC LIMIT 1;
