-- name: seen_own
-- Pages with a text, newest first; what a note protects is told to nobody.
SELECT c.seq, l.time_us, c.ledger, c.final_url, t.text
FROM article AS a JOIN capture AS c ON c.seq = a.capture JOIN article_text AS t ON t.article = a.seq JOIN ledger AS l ON l.seq = c.ledger
WHERE c.final_url LIKE 'http%' AND t.text <> '' AND NOT EXISTS (SELECT 1 FROM note AS n WHERE n.article = a.seq AND n.sensitivity = 'protected')
ORDER BY a.seq DESC LIMIT ?1;
-- name: seen_add
INSERT INTO seen (capture, partner, their_us, their_entry, is_same, got_us) VALUES (?1, ?2, ?3, ?4, ?5, ?6) ON CONFLICT DO NOTHING;
-- name: seen_of
SELECT partner, their_us, their_entry, is_same FROM seen WHERE capture = ?1 ORDER BY their_us, partner LIMIT 60;
