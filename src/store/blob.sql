-- name: segment_open
-- The one that was written last, when nothing followed it yet.
-- Nothing that a record's row knows is behind the end, whatever the segment's row says: what is behind is cut off at a start.
SELECT name, day, max(bytes, coalesce((SELECT max(offset + length) FROM record WHERE segment = name), 0)) FROM segment WHERE sealed = 0 ORDER BY name DESC LIMIT 1;
-- name: segment_list
SELECT name, bytes, sealed, sha256, ledger FROM segment ORDER BY name;
-- name: segment_find
-- Also when only records name it: then its row was changed, and the file is none that a crash left behind.
SELECT 1 FROM segment WHERE name = ?1 UNION ALL SELECT 1 FROM record WHERE segment = ?1 LIMIT 1;
-- name: segment_count
SELECT count(*), coalesce(sum(bytes), 0) FROM segment;
-- name: segment_add
INSERT INTO segment (name, day, bytes, sealed) VALUES (?1, ?2, ?3, 0);
-- name: segment_grow
UPDATE segment SET bytes = ?2 WHERE name = ?1;
-- name: segment_seal
UPDATE segment SET sealed = 1, sha256 = ?2, ledger = ?3 WHERE name = ?1;
-- name: record_add
INSERT INTO record (capture, n, uuid, type, target_url, content_type, segment, offset, length, block_at, block_b,
	payload_at, sha256, payload_sha256, member_sha256, date_us)
VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11, ?12, ?13, ?14, ?15, ?16);
-- name: record_place
SELECT r.segment, r.offset, r.length, k.record IS NOT NULL, k.key FROM record AS r LEFT JOIN record_key AS k ON k.record = r.seq
WHERE r.uuid = ?1;
-- name: record_key_add
INSERT INTO record_key (record, key) VALUES (?1, ?2);
-- name: ledger_add
INSERT INTO ledger (seq, kind, time_us, entry, statement, leaf)
VALUES ((SELECT coalesce(max(seq) + 1, 0) FROM ledger), ?1, ?2, ?3, ?4, ?5) RETURNING seq;
