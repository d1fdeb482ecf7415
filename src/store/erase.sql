-- name: erase_root
-- The page's own capture, also when one of its parts was named.
SELECT coalesce(part_of, seq) FROM capture WHERE id = ?1;
-- name: erase_captures
SELECT c.seq, c.id, EXISTS (SELECT 1 FROM record AS r JOIN record_key AS k ON k.record = r.seq WHERE r.capture = c.seq),
	(SELECT count(*) FROM record AS r WHERE r.capture = c.seq), l.statement = '', c.url, c.final_url, l.time_us
FROM capture AS c JOIN ledger AS l ON l.seq = c.ledger WHERE c.seq = ?1 OR c.part_of = ?1 ORDER BY c.seq;
-- name: erase_notes
-- What is published stays; the rest goes, unless it went before.
SELECT n.seq, n.id, n.status = 'published', (SELECT heading FROM note_version WHERE note = n.seq AND version = n.version), n.published_us
FROM note AS n JOIN article AS a ON a.seq = n.article WHERE a.capture = ?1 AND (n.status = 'published' OR EXISTS
	(SELECT 1 FROM note_version AS v WHERE v.note = n.seq AND v.heading || v.text || v.full_story <> '')
	OR EXISTS (SELECT 1 FROM excerpt AS e WHERE e.note = n.seq)) ORDER BY n.seq;
-- name: erase_entry_of_capture
SELECT l.seq FROM capture AS c JOIN ledger AS l ON l.seq = c.ledger WHERE c.seq = ?1 AND l.statement <> '';
-- name: erase_entries_of_note
SELECT l.seq FROM note_version AS v JOIN ledger AS l ON l.seq = v.ledger WHERE v.note = ?1 AND l.statement <> '' ORDER BY l.seq;
-- name: erase_newest
-- The newest erasure that concerned this capture.
SELECT e.erasure, l.time_us, a.lines FROM capture AS c JOIN erased AS e ON e.ledger = c.ledger JOIN ledger AS l ON l.seq = e.erasure
	JOIN act AS a ON a.ledger = e.erasure WHERE c.seq = ?1;
-- name: erase_is_due
SELECT 1 FROM erasure_due LIMIT 1;
-- name: erase_exports
SELECT l.seq, l.time_us, a.lines FROM ledger AS l JOIN act AS a ON a.ledger = l.seq
WHERE l.kind = 'export' AND instr(a.lines, ?1) > 0 ORDER BY l.seq LIMIT ?2;
-- name: erase_backups
SELECT made_us, folder FROM backup WHERE made_us >= ?1 ORDER BY seq LIMIT ?2;
-- name: erase_sites
SELECT made_us, folder FROM release WHERE made_us >= ?1 ORDER BY seq DESC LIMIT 1;
-- name: erase_others
SELECT id, taken_us FROM capture WHERE url <> '' AND url = ?2 AND seq <> ?1 AND part_of IS NULL ORDER BY seq LIMIT ?3;
-- name: erase_revisits
-- The newest reply before a revisit of the same address is what it leans on; one of the same bytes at another address is not known here.
SELECT DISTINCT o.id, o.taken_us FROM record AS r JOIN record AS v ON v.type = 'revisit' AND v.target_url = r.target_url AND v.seq > r.seq
JOIN capture AS c ON c.seq = v.capture JOIN capture AS o ON o.seq = coalesce(c.part_of, c.seq)
WHERE r.capture IN (SELECT seq FROM capture WHERE seq = ?1 OR part_of = ?1) AND r.type = 'response' AND r.target_url <> '' AND o.seq <> ?1
	AND NOT EXISTS (SELECT 1 FROM record AS n WHERE n.target_url = r.target_url AND n.type = 'response' AND n.payload_at > 0 AND n.date_us <> 0
	AND n.seq > r.seq AND n.seq < v.seq)
ORDER BY o.seq LIMIT ?2;
-- name: erase_partners
SELECT their_us, partner FROM seen WHERE capture = ?1 ORDER BY their_us LIMIT 60;
-- name: erase_mark
INSERT INTO erased (ledger, erasure) VALUES (?1, ?2);
-- name: erase_statement
UPDATE ledger SET statement = '' WHERE seq = ?1;
-- name: erase_keys
DELETE FROM record_key WHERE record IN (SELECT seq FROM record WHERE capture = ?1);
-- name: erase_sealed_records
UPDATE record SET target_url = '', content_type = '', block_at = 1, block_b = 0, payload_at = -1, sha256 = zeroblob(32),
	payload_sha256 = zeroblob(32), date_us = 0 WHERE capture = ?1;
-- name: erase_extent
SELECT min(seq), min(segment), max(segment), min(offset), max(offset + length), sum(length) FROM record WHERE capture = ?1;
-- name: erase_records
DELETE FROM record WHERE capture = ?1;
-- name: erase_record_put
INSERT INTO record (seq, capture, n, uuid, type, target_url, content_type, segment, offset, length, block_at, block_b, payload_at, sha256,
	payload_sha256, member_sha256, date_us)
VALUES (?1, ?2, 0, ?3, 'metadata', '', 'text/plain', ?4, ?5, ?6, ?7, ?8, -1, ?9, zeroblob(32), ?10, ?11);
-- name: erase_tombstone_put
INSERT INTO tombstone (ledger, record, erasure, file_sha256) VALUES (?1, ?2, ?3, ?4);
-- name: erase_segment
SELECT bytes, sealed FROM segment WHERE name = ?1;
-- name: tombstone_due
SELECT r.segment, r.offset, r.length, r.uuid, r.date_us, t.erasure FROM erasure_due AS d JOIN tombstone AS t ON t.erasure = d.erasure
	JOIN record AS r ON r.seq = t.record ORDER BY r.seq LIMIT 1 OFFSET ?1;
-- name: tombstone_of
SELECT r.segment, r.offset, r.length, r.uuid, r.sha256, t.erasure, t.file_sha256 IS NOT NULL, t.file_sha256
FROM tombstone AS t JOIN record AS r ON r.seq = t.record
WHERE t.ledger = ?1;
-- name: erase_capture
UPDATE capture SET url = '', final_url = '', by = '', why = '', taken_us = (SELECT time_us FROM ledger WHERE seq = capture.ledger), status = 0, media_type = '', fault = '', main = -1
WHERE seq = ?1;
-- name: erase_article
SELECT a.seq FROM article AS a WHERE a.capture = ?1;
-- name: erase_text
DELETE FROM article_text WHERE article = ?1;
-- name: erase_reading
DELETE FROM reading WHERE article = ?1;
-- name: erase_life
-- It is not looked at again; what was told of it is blanked with the news.
DELETE FROM page_life WHERE article = ?1;
-- name: erase_host_fault
DELETE FROM host_fault WHERE host NOT IN (SELECT host FROM reading);
-- name: erase_fields_changes
-- After the fields are gone: that was a change too.
UPDATE change SET before = iif(before IS NULL, NULL, '{}'), after = iif(after IS NULL, NULL, '{}')
WHERE row_table = 'field_person' AND json_extract(coalesce(after, before), '$.article') = ?1;
-- name: erase_fields
DELETE FROM field_person WHERE article = ?1;
-- name: erase_news
UPDATE news SET facts = '' WHERE article = ?1 AND facts <> '';
-- name: erase_news_changes
UPDATE change SET before = iif(before IS NULL, NULL, '{}'), after = iif(after IS NULL, NULL, '{}')
WHERE row_table = 'news' AND row_seq IN (SELECT seq FROM news WHERE article = ?1);
-- name: erase_note_versions
UPDATE note_version SET heading = '', text = '', language = '', country = '', carrier = '', origin = '', publisher = '', dateline_date = '',
	dateline_place = '', dateline_country = '', dateline_source = '', dateline_text = '', full_story = '',
	why = iif(act = 'withdraw', why, '') WHERE note = ?1;
-- name: erase_excerpts
DELETE FROM excerpt WHERE note = ?1;
-- name: erase_contacts
DELETE FROM note_contact WHERE note = ?1;
-- name: erase_note
UPDATE note SET country = '' WHERE seq = ?1;
-- name: erase_note_changes
UPDATE change SET before = iif(before IS NULL, NULL, '{}'), after = iif(after IS NULL, NULL, '{}') WHERE row_table = 'note' AND row_seq = ?1;
-- name: erase_jobs
-- Work on it that waits is not done; what was asked for is not told.
UPDATE job SET subject = '', last_err = '', state = iif(state IN ('open', 'leased'), 'failed', state), lease_us = 0
WHERE (subject <> '' AND subject IN (?1, ?2, ?4)) OR result IN (SELECT id FROM capture WHERE seq = ?3) OR result IN (SELECT id FROM article WHERE capture = ?3);
-- name: erase_jobs_changes
UPDATE change SET before = iif(before IS NULL, NULL, '{}'), after = iif(after IS NULL, NULL, '{}')
WHERE row_table = 'job' AND row_seq IN (SELECT seq FROM job WHERE subject = '');
-- name: erase_items
-- An item is still known by a salted hash of its key, so that its source does not bring it again.
UPDATE item SET key = desk_hide(lower(hex(randomblob(16))), key), url = '', page = '', title = '', author = '', summary = ''
WHERE title || url || summary <> '' AND (seq IN (SELECT item FROM item_capture WHERE capture = ?3) OR (url <> '' AND url IN (?1, ?2)));
-- name: erase_offers
-- Finds may show its title among what a feed announces; they can be found again.
DELETE FROM offer;
-- name: erase_index
INSERT INTO article_search (article_search) VALUES ('optimize');
-- name: erase_due_add
INSERT INTO erasure_due (erasure) VALUES (?1);
-- name: erase_due_done
DELETE FROM erasure_due;
