-- name: reading_put
-- The host is what stands between :// and the next /; no address, or a refusal, says nothing of a site's pages.
INSERT OR REPLACE INTO reading (host, taken_us, article, letters, title, date, byline)
SELECT substr(c.final_url, instr(c.final_url, '://') + 3, instr(substr(c.final_url, instr(c.final_url, '://') + 3) || '/', '/') - 1),
	c.taken_us, a.seq, length(t.text), t.title <> '',
	EXISTS (SELECT 1 FROM field AS f WHERE f.article = a.seq AND f.name = 'published'),
	EXISTS (SELECT 1 FROM field AS f WHERE f.article = a.seq AND f.name = 'byline')
FROM article AS a JOIN article_text AS t ON t.article = a.seq JOIN capture AS c ON c.seq = a.capture
WHERE a.seq = ?1 AND c.final_url LIKE 'http%://%' AND c.status < 400;
-- name: reading_host
SELECT host FROM reading WHERE article = ?1;
-- name: reading_newest
SELECT taken_us, letters, title, date, byline FROM reading WHERE host = ?1 ORDER BY taken_us DESC, article DESC LIMIT ?2;
-- name: host_fault_clear
DELETE FROM host_fault WHERE host = ?1;
-- name: host_fault_add
INSERT INTO host_fault (host, question, since_us, lack, of_now, lacked, of_before) VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7);
-- name: host_faults
SELECT host, question, since_us, lack, of_now, lacked, of_before FROM host_fault ORDER BY host, question LIMIT ?1;
