-- name: capture_add
INSERT INTO capture (id, url, final_url, how, by, why, taken_us, status, media_type, fault, main, ledger, part_of)
VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11, ?12, ?13);
-- name: capture_seq
SELECT seq FROM capture WHERE id = ?1;
-- name: capture_load
SELECT c.id, a.id, (SELECT id FROM capture WHERE seq = c.part_of),
	(SELECT id FROM capture WHERE part_of = c.seq ORDER BY seq DESC LIMIT 1), c.url, c.final_url, c.by, c.why, c.media_type, c.fault, c.how, c.taken_us, l.time_us, c.status,
	c.main, c.ledger, EXISTS (SELECT 1 FROM record AS r JOIN record_key AS k ON k.record = r.seq WHERE r.capture = c.seq),
	x.time_us, coalesce(y.lines, '')
FROM capture AS c JOIN ledger AS l ON l.seq = c.ledger LEFT JOIN article AS a ON a.capture = c.seq
	LEFT JOIN erased AS e ON e.ledger = c.ledger LEFT JOIN ledger AS x ON x.seq = e.erasure LEFT JOIN act AS y ON y.ledger = e.erasure
WHERE c.seq = ?1;
-- name: capture_records
SELECT uuid, type, target_url, content_type, segment, offset, length, block_b, payload_at, sha256, payload_sha256, block_at
FROM record WHERE capture = ?1 ORDER BY n;
-- name: capture_record_count
SELECT count(*) FROM record WHERE capture = ?1;
-- name: record_same_payload
-- The first reply that holds these bytes in full, and that nobody may take away by destroying a key.
SELECT target_url, date_us FROM record
WHERE payload_sha256 = ?1 AND type = 'response' AND payload_at > 0 AND date_us <> 0
	AND NOT EXISTS (SELECT 1 FROM record_key WHERE record = record.seq) ORDER BY seq LIMIT 1;
-- name: capture_is_sealed
SELECT 1 FROM record AS r JOIN record_key AS k ON k.record = r.seq WHERE r.capture = ?1 LIMIT 1;
-- name: capture_document
SELECT r.payload_sha256 FROM capture AS c JOIN record AS r ON r.capture = c.seq AND r.n = c.main WHERE c.seq = ?1;
-- name: capture_newest
SELECT coalesce(max(seq), 0) - (SELECT count(*) FROM capture INDEXED BY capture_part WHERE part_of IS NOT NULL)
	- (SELECT count(*) FROM page_event INDEXED BY page_event_capture WHERE capture IS NOT NULL),
	coalesce((SELECT taken_us FROM capture ORDER BY seq DESC LIMIT 1), 0) FROM capture;
-- name: article_newest
SELECT coalesce(max(seq), 0) FROM article;
-- name: note_counts
SELECT (SELECT count(*) FROM note WHERE status = 'draft'), (SELECT count(*) FROM note WHERE status = 'ready'),
	(SELECT count(*) FROM note WHERE status = 'published');
-- name: job_waiting_count
SELECT count(*) FROM job INDEXED BY job_waiting WHERE state IN ('open', 'leased') AND kind <> 'item-page';
-- name: ledger_size
SELECT coalesce(max(seq) + 1, 0) FROM ledger;
-- name: backup_newest
SELECT made_us, folder FROM backup ORDER BY seq DESC LIMIT 1;
-- name: find_capture
SELECT id FROM capture WHERE id BETWEEN ?1 AND ?2 LIMIT 2;
-- name: find_article
SELECT id FROM article WHERE id BETWEEN ?1 AND ?2 LIMIT 2;
-- name: find_note
SELECT id FROM note WHERE id BETWEEN ?1 AND ?2 LIMIT 2;
-- name: find_person
SELECT id FROM person WHERE id BETWEEN ?1 AND ?2 LIMIT 2;
-- name: find_job
SELECT id FROM job WHERE id BETWEEN ?1 AND ?2 LIMIT 2;
