-- name: verify_records
SELECT r.seq, r.capture, r.n, r.uuid, r.type, r.segment, r.offset, r.length, r.block_at, r.block_b, r.payload_at, r.sha256,
	r.payload_sha256, r.member_sha256, c.id,
	coalesce((SELECT p.segment FROM record AS p WHERE p.seq < r.seq ORDER BY p.seq DESC LIMIT 1), ''),
	coalesce((SELECT p.offset + p.length FROM record AS p WHERE p.seq < r.seq ORDER BY p.seq DESC LIMIT 1), 0),
	k.record IS NOT NULL, k.key
FROM record AS r LEFT JOIN capture AS c ON c.seq = r.capture LEFT JOIN record_key AS k ON k.record = r.seq
WHERE r.seq > ?1 AND (?2 IS NULL OR r.capture = ?2) ORDER BY r.seq LIMIT 500;
-- name: verify_segment_after
SELECT name, bytes, sealed, sha256,
	coalesce((SELECT max(offset + length) FROM record WHERE segment = name), 0)
FROM segment ORDER BY name LIMIT 1 OFFSET ?1;
-- name: verify_ledger
SELECT l.seq, l.time_us, l.kind, l.entry, l.statement, l.leaf,
	coalesce((SELECT c.seq FROM capture AS c WHERE c.ledger = l.seq), 0)
FROM ledger AS l WHERE l.seq >= ?1 AND (?2 IS NULL OR l.seq = (SELECT ledger FROM capture WHERE seq = ?2))
ORDER BY l.seq LIMIT 500;
-- name: verify_note_of
SELECT n.seq, v.version FROM note_version AS v JOIN note AS n ON n.seq = v.note WHERE v.ledger = ?1;
-- name: verify_segment_of
SELECT name, bytes, sha256 FROM segment WHERE ledger = ?1;
-- name: verify_unstated
SELECT count(*) FROM note_version WHERE status IN ('published', 'withdrawn') AND ledger IS NULL;
-- name: verify_bytes_before
SELECT coalesce(sum(length), 0) FROM record WHERE seq <= ?1;
