-- name: job_add_item_page
INSERT INTO job (id, kind, subject, spool, state, attempts, not_before_us, lease_us, last_err)
VALUES (?1, 'item-page', ?2, '', 'open', 0, ?3, 0, '');
-- name: page_waiting_count
SELECT count(*) FROM job INDEXED BY job_page WHERE state IN ('open', 'leased') AND kind = 'item-page';
-- name: item_job_put
INSERT OR REPLACE INTO item_job (item, job) VALUES (?1, ?2);
-- name: item_page_known
-- Another item announced the same page of late, and it is taken or to be taken for that one.
SELECT coalesce(k.capture, 0), coalesce(j.seq, 0) FROM item AS i INDEXED BY item_page LEFT JOIN item_capture AS k ON k.item = i.seq
LEFT JOIN item_job AS p ON p.item = i.seq LEFT JOIN job AS j ON j.seq = p.job AND j.state <> 'failed'
WHERE i.page = ?1 AND i.page <> '' AND i.seq <> ?2 AND i.seen_us > ?3 AND (k.item IS NOT NULL OR j.seq IS NOT NULL)
ORDER BY i.seq DESC LIMIT 1;
-- name: page_due_items
SELECT i.id, i.url FROM job AS j INDEXED BY job_page JOIN item_job AS p ON p.job = j.seq JOIN item AS i ON i.seq = p.item
JOIN source AS s ON s.seq = i.source
WHERE j.state IN ('open', 'leased') AND j.kind = 'item-page' AND j.not_before_us <= ?1 AND j.lease_us <= ?1 AND s.state <> 'paused'
ORDER BY j.not_before_us, j.seq LIMIT ?2 OFFSET ?3;
-- name: page_due_looks
SELECT a.id, c.final_url FROM page_life AS l INDEXED BY page_life_due JOIN article AS a ON a.seq = l.article
JOIN capture AS c ON c.seq = a.capture WHERE l.next_us <= ?1 ORDER BY l.next_us LIMIT ?2 OFFSET ?3;
-- name: page_begin_item
SELECT i.id, j.id, s.id, i.url, s.title, s.robots_why, s.route, s.contact, j.attempts + 1, j.seq
FROM item AS i JOIN item_job AS p ON p.item = i.seq JOIN job AS j ON j.seq = p.job JOIN source AS s ON s.seq = i.source
WHERE i.id = ?1 AND j.state IN ('open', 'leased') AND max(j.not_before_us, j.lease_us) <= ?2 AND s.state <> 'paused';
-- name: page_begin_look
SELECT a.id, c.id, c.final_url, t.extractor, t.text, c.taken_us, l.etag, l.last_modified, l.route, l.memory, a.seq, c.seq
FROM article AS a JOIN page_life AS l ON l.article = a.seq JOIN capture AS c ON c.seq = a.capture
JOIN article_text AS t ON t.article = a.seq WHERE a.id = ?1 AND l.next_us <= ?2;
-- name: page_source
-- Of the first item that announced it.
SELECT s.id, s.title, s.robots_why, s.route, s.contact FROM item_capture AS k INDEXED BY item_capture_capture
JOIN item AS i ON i.seq = k.item JOIN source AS s ON s.seq = i.source WHERE k.capture = ?1 ORDER BY k.item LIMIT 1;
-- name: page_published
-- What notes that are published show of it.
SELECT e.start, e.end, e.text FROM note AS n INDEXED BY note_article JOIN excerpt AS e ON e.note = n.seq AND e.version = n.version
WHERE n.article = ?1 AND n.status = 'published' ORDER BY n.seq, e.n LIMIT 256;
-- name: item_captured
INSERT OR IGNORE INTO item_capture (item, capture) VALUES (?1, ?2);
-- name: item_captured_too
-- Others who announced the same page at about that time and have none yet.
INSERT OR IGNORE INTO item_capture (item, capture) SELECT o.seq, ?2 FROM item AS i JOIN item AS o INDEXED BY item_page
ON o.page = i.page WHERE i.seq = ?1 AND o.page <> '' AND o.seq <> i.seq AND o.seen_us > i.seen_us - ?3 AND o.seen_us < i.seen_us + ?3;
-- name: item_job_done
-- Why it was not had before counts no more, unless what was had is its absence.
UPDATE job SET state = 'done', lease_us = 0,
	last_err = iif((SELECT status FROM capture WHERE seq = ?2) < 400, '', last_err), result = (SELECT id FROM capture WHERE seq = ?2)
WHERE seq = (SELECT job FROM item_job WHERE item = ?1) AND state IN ('open', 'leased');
-- name: item_address
SELECT url FROM item WHERE seq = ?1;
-- name: life_lease
UPDATE page_life SET next_us = ?2 WHERE article = ?1;
-- name: life_add
INSERT OR IGNORE INTO page_life (article, next_us, looked_us, state, trouble, etag, last_modified, route, memory)
VALUES (?1, ?2, 0, 'same', '', '', '', '', x'');
-- name: life_wanted
-- Is it a story that we fetched ourselves, and not a look at one that we have?  A page has one life, however often it was
-- taken, and one more for each copy that something was published from (?2).
SELECT c.taken_us FROM article AS a JOIN capture AS c ON c.seq = a.capture JOIN article_text AS t ON t.article = a.seq
WHERE a.seq = ?1 AND c.how = 'fetched' AND c.part_of IS NULL AND c.status BETWEEN 200 AND 299 AND t.kind = 'story'
	AND NOT EXISTS (SELECT 1 FROM page_event AS e WHERE e.capture = c.seq)
	AND (?2 OR NOT EXISTS (SELECT 1 FROM capture AS d INDEXED BY capture_final JOIN article AS b ON b.capture = d.seq
	JOIN page_life AS l ON l.article = b.seq WHERE d.final_url = c.final_url AND d.part_of IS NULL));
-- name: life_sooner
UPDATE page_life SET next_us = min(next_us, ?2) WHERE article = ?1;
-- name: life_put
UPDATE page_life SET next_us = ?2, looked_us = ?3, state = ?4, trouble = ?5, etag = ?6, last_modified = ?7, memory = ?8, route = ?9
WHERE article = ?1;
-- name: event_add
INSERT INTO page_event (article, time_us, what, how, status, capture) VALUES (?1, ?2, ?3, ?4, ?5, ?6);
-- name: life_load
SELECT looked_us, next_us, state, trouble FROM page_life WHERE article = ?1;
-- name: life_events
SELECT e.time_us, e.status, e.what, e.how, c.id, a.id FROM page_event AS e LEFT JOIN capture AS c ON c.seq = e.capture
LEFT JOIN article AS a ON a.capture = e.capture WHERE e.article = ?1 ORDER BY e.seq DESC LIMIT ?2;
-- name: life_source
SELECT i.source FROM item_capture AS k INDEXED BY item_capture_capture JOIN item AS i ON i.seq = k.item
WHERE k.capture = (SELECT capture FROM article WHERE seq = ?1) ORDER BY k.item LIMIT 1;
