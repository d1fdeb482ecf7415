-- name: record_of_payload
SELECT c.seq, r.n, r.date_us FROM record AS r JOIN capture AS c ON c.seq = r.capture
WHERE r.payload_sha256 = ?1 AND r.type = 'response' AND r.payload_at > 0 AND r.date_us <> 0 ORDER BY r.seq LIMIT 1;
-- name: record_of_address
SELECT c.seq, r.n, r.date_us FROM record AS r JOIN capture AS c ON c.seq = r.capture
WHERE r.target_url = ?1 AND r.date_us = ?2 AND r.type = 'response' AND r.payload_at > 0 AND r.date_us <> 0
ORDER BY r.payload_sha256 = ?3 DESC, r.seq LIMIT 1;
-- name: record_newest
SELECT c.seq, r.n, r.date_us FROM record AS r JOIN capture AS c ON c.seq = r.capture
WHERE r.target_url = ?1 AND r.type = 'response' AND r.payload_at > 0 AND r.date_us <> 0 ORDER BY r.date_us DESC, r.seq DESC LIMIT 1;
