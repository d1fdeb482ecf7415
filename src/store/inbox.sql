-- Pages of items, newest first: the rows' places only, before place ?1; one row too many says that there is more.
-- A group's walk takes so many of each of its sources first, or a group that was long silent would cost the whole table.
-- name: every_all
SELECT seq FROM item WHERE seq < ?1 ORDER BY seq DESC LIMIT ?2;
-- name: every_source
SELECT seq FROM item INDEXED BY item_source WHERE source = (SELECT seq FROM source WHERE id = ?3) AND seq < ?1 ORDER BY seq DESC LIMIT ?2;
-- name: every_folder
SELECT i.seq FROM source AS s CROSS JOIN item AS i WHERE s.folder = ?3
AND i.seq IN (SELECT seq FROM item INDEXED BY item_source WHERE source = s.seq AND seq < ?1 ORDER BY seq DESC LIMIT ?2)
ORDER BY i.seq DESC LIMIT ?2;
-- name: open_all
SELECT item FROM item_open WHERE item < ?1 ORDER BY item DESC LIMIT ?2;
-- name: open_source
SELECT item FROM item_open INDEXED BY item_open_source WHERE source = (SELECT seq FROM source WHERE id = ?3) AND item < ?1
ORDER BY item DESC LIMIT ?2;
-- name: open_folder
SELECT o.item FROM source AS s CROSS JOIN item_open AS o WHERE s.folder = ?3
AND o.item IN (SELECT item FROM item_open INDEXED BY item_open_source WHERE source = s.seq AND item < ?1 ORDER BY item DESC LIMIT ?2)
ORDER BY o.item DESC LIMIT ?2;
-- name: decided_all
SELECT seq FROM item_decision INDEXED BY item_decision_state WHERE seq < ?1 AND state = ?3 ORDER BY seq DESC LIMIT ?2;
-- name: decided_source
SELECT seq FROM item_decision INDEXED BY item_decision_source WHERE seq < ?1 AND state = ?3
AND source = (SELECT seq FROM source WHERE id = ?4) ORDER BY seq DESC LIMIT ?2;
-- name: decided_folder
SELECT d.seq FROM source AS s CROSS JOIN item_decision AS d WHERE s.folder = ?4
AND d.seq IN (SELECT seq FROM item_decision INDEXED BY item_decision_source WHERE source = s.seq AND state = ?3 AND seq < ?1
	ORDER BY seq DESC LIMIT ?2)
ORDER BY d.seq DESC LIMIT ?2;
-- name: announced_load
SELECT i.id, s.id, c.id, a.id, i.url, i.title, i.author, i.summary, s.title, s.language, i.published_us, i.seen_us, i.seq,
	coalesce(d.state, 'open'), j.state, j.last_err, coalesce(c.status, 0)
FROM item AS i JOIN source AS s ON s.seq = i.source LEFT JOIN item_capture AS k ON k.item = i.seq
	LEFT JOIN capture AS c ON c.seq = k.capture LEFT JOIN article AS a ON a.capture = k.capture
	LEFT JOIN item_decision AS d ON d.seq = i.seq LEFT JOIN item_job AS w ON w.item = i.seq LEFT JOIN job AS j ON j.seq = w.job
WHERE i.seq = ?1;
-- name: item_open_add
INSERT OR IGNORE INTO item_open (item, source) SELECT seq, source FROM item WHERE seq = ?1;
-- name: item_open_end
DELETE FROM item_open WHERE item = ?1;
-- name: item_decide
INSERT INTO item_decision (seq, source, state, time_us) SELECT seq, source, ?2, ?3 FROM item WHERE seq = ?1
ON CONFLICT (seq) DO UPDATE SET state = ?2, time_us = ?3 WHERE state <> ?2;
-- name: open_count
-- Counted as far as a person reads a number.
SELECT count(*) FROM (SELECT 1 FROM item_open LIMIT 1000);
-- name: news_count
SELECT count(*) FROM (SELECT 1 FROM news INDEXED BY news_unread WHERE read_us = 0 LIMIT 100);

-- name: source_page
-- ?3: one group's, ?4; ?5: in trouble only; ?6: removed ones instead.
SELECT s.seq FROM source AS s JOIN source_health AS h ON h.source = s.seq WHERE (s.state = 'removed') = ?6 AND (NOT ?3 OR s.folder = ?4)
AND (NOT ?5 OR ((h.trouble <> '' OR h.is_silent) AND s.state = 'active')) ORDER BY s.folder, s.title, s.seq LIMIT ?1 OFFSET ?2;
-- name: group_list
SELECT s.folder, count(*), sum(s.state = 'paused'), sum(s.state = 'active' AND (h.trouble <> '' OR h.is_silent))
FROM source AS s JOIN source_health AS h ON h.source = s.seq WHERE s.state <> 'removed' GROUP BY s.folder ORDER BY s.folder LIMIT ?1;
-- name: round
-- How many wait for their turn, how many have had it since the first of these fell due, and how many there are.
WITH waiting AS (SELECT min(h.next_us) AS since_us, count(*) AS n FROM source_health AS h INDEXED BY source_due
	JOIN source AS s ON s.seq = h.source WHERE h.next_us <= ?1 AND s.state = 'active')
SELECT w.n, (SELECT count(*) FROM source_health AS h JOIN source AS s ON s.seq = h.source
	WHERE w.n > 0 AND s.state = 'active' AND h.asked_us >= w.since_us AND h.next_us > ?1),
	(SELECT count(*) FROM source WHERE state = 'removed') FROM waiting AS w;
-- name: source_history
-- What was changed, value by value, out of the record of all changes.
SELECT c.time_us, c.who, j.key, coalesce(json_extract(c.before, '$.' || j.key), ''), coalesce(j.value, '')
FROM change AS c INDEXED BY change_row, json_each(c.after) AS j
WHERE c.row_table = 'source' AND c.row_seq = ?1 AND c.before IS NOT NULL AND j.value IS NOT json_extract(c.before, '$.' || j.key)
ORDER BY c.seq DESC, j.key LIMIT ?2;

-- name: offer_add
INSERT INTO offer (job, n, kind, url, given_url, home_url, title, folder, language, note, items_n, samples)
VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11, ?12);
-- name: offer_clear
DELETE FROM offer WHERE job = ?1;
-- name: offer_sweep
DELETE FROM offer WHERE job NOT IN (SELECT DISTINCT job FROM offer ORDER BY job DESC LIMIT ?1);
-- name: offer_list
SELECT kind, url, given_url, home_url, title, folder, language, note, items_n, samples FROM offer WHERE job = ?1 ORDER BY n;
-- name: job_seq
SELECT seq FROM job WHERE id = ?1;
