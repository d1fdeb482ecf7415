-- name: verify_records
SELECT r.seq, r.capture, r.n, r.uuid, r.type, r.segment, r.offset, r.length, r.block_at, r.block_b, r.payload_at, r.sha256,
	r.payload_sha256, r.member_sha256, c.id,
	coalesce((SELECT p.segment FROM record AS p WHERE p.seq < r.seq ORDER BY p.seq DESC LIMIT 1), ''),
	coalesce((SELECT p.offset + p.length FROM record AS p WHERE p.seq < r.seq ORDER BY p.seq DESC LIMIT 1), 0),
	k.record IS NOT NULL, k.key, EXISTS (SELECT 1 FROM erased AS e WHERE e.ledger = c.ledger)
	AND NOT EXISTS (SELECT 1 FROM tombstone AS t WHERE t.record = r.seq),
	r.target_url, r.content_type, r.date_us, c.main IS r.n, coalesce(c.status, 0), CASE WHEN c.how = 'fetched' THEN c.final_url ELSE '' END
FROM record AS r LEFT JOIN capture AS c ON c.seq = r.capture LEFT JOIN record_key AS k ON k.record = r.seq
WHERE r.seq > ?1 AND (?2 IS NULL OR r.capture = ?2) ORDER BY r.seq LIMIT 500;
-- name: verify_segment_after
-- A full segment has the hash of its seal, or of the newest tombstone that was put in it since.
SELECT name, bytes, sealed, coalesce((SELECT t.file_sha256 FROM tombstone AS t JOIN record AS r ON r.seq = t.record
		WHERE r.segment = name AND t.file_sha256 IS NOT NULL ORDER BY t.ledger DESC LIMIT 1), sha256),
	coalesce((SELECT max(offset + length) FROM record WHERE segment = name), 0),
	day = substr(name, 1, 8) AND sealed = (sha256 IS NOT NULL) AND sealed = (ledger IS NOT NULL)
FROM segment ORDER BY name LIMIT 1 OFFSET ?1;
-- name: verify_ledger
SELECT l.seq, l.time_us, l.kind, l.entry, l.statement, l.leaf,
	coalesce((SELECT c.seq FROM capture AS c WHERE c.ledger = l.seq), 0),
	coalesce((SELECT e.erasure FROM erased AS e WHERE e.ledger = l.seq), -1)
FROM ledger AS l WHERE l.seq >= ?1 AND (?2 IS NULL OR l.seq = (SELECT ledger FROM capture WHERE seq = ?2))
ORDER BY l.seq LIMIT 500;
-- name: verify_note_of
SELECT n.seq, v.version FROM note_version AS v JOIN note AS n ON n.seq = v.note WHERE v.ledger = ?1;
-- name: verify_segment_of
SELECT name, bytes, sha256 FROM segment WHERE ledger = ?1;
-- name: verify_lost_segment
SELECT segment FROM record AS r WHERE NOT EXISTS (SELECT 1 FROM segment WHERE name = r.segment) LIMIT 1;
-- name: verify_odd_place
-- Records of a capture are counted from 0 without holes.
SELECT c.id FROM record AS r JOIN capture AS c ON c.seq = r.capture GROUP BY r.capture HAVING min(r.n) <> 0 OR max(r.n) <> count(*) - 1 LIMIT 1;
-- name: verify_odd_how
-- A way of capture that is none would be read as the first of them, which is what the statement says of most.
SELECT ledger FROM capture WHERE how NOT IN ('fetched', 'supplied', 'imported') LIMIT 1;
-- name: verify_odd_key
SELECT count(*) FROM log_key AS k WHERE k.ledger IS NOT NULL AND NOT EXISTS (SELECT 1 FROM ledger AS l WHERE l.seq = k.ledger AND l.kind = 'key');
-- name: verify_odd_date
-- What is no date is left out of the statement, so the statement would not miss it.
SELECT ledger FROM note_version WHERE ledger IS NOT NULL AND dateline_date <> '' AND dateline_date NOT GLOB '[0-9][0-9][0-9][0-9]*' LIMIT 1;
-- name: verify_unstated
SELECT count(*) FROM note_version WHERE status IN ('published', 'withdrawn') AND ledger IS NULL;
-- name: verify_bytes_before
SELECT coalesce(sum(length), 0) FROM record WHERE seq <= ?1;
