-- name: source_add
INSERT INTO source (id, kind, state, url, given_url, home_url, title, folder, language, country, reliability, sensitivity, interval_s,
	route, selector, robots_why, contact, takes_pages, added_us)
VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11, ?12, ?13, ?14, ?15, ?16, ?17, ?18, ?19);
-- name: source_change
UPDATE source SET kind = ?2, state = ?3, url = ?4, given_url = ?5, home_url = ?6, title = ?7, folder = ?8, language = ?9, country = ?10,
	reliability = ?11, sensitivity = ?12, interval_s = ?13, route = ?14, selector = ?15, robots_why = ?16, contact = ?17,
	takes_pages = ?18 WHERE seq = ?1;
-- name: source_seq
SELECT seq, state FROM source WHERE id = ?1;
-- name: source_by_url
SELECT id FROM source WHERE url = ?1 AND state <> 'removed';
-- name: source_learn_url
-- Not where another source stands already: two that lead to one place stay two until a person says which goes.
UPDATE OR IGNORE source SET url = ?2 WHERE seq = ?1 AND url <> ?2;
-- name: source_learn_title
UPDATE source SET title = ?2 WHERE seq = ?1 AND title = '';
-- name: source_load
SELECT s.id, s.kind, s.state, s.url, s.given_url, s.home_url, s.title, s.folder, s.language, s.country, s.reliability, s.sensitivity,
	s.interval_s, s.route, s.selector, s.robots_why, s.contact, s.takes_pages, s.added_us,
	h.next_us, h.asked_us, h.answered_us, h.newest_us, h.etag, h.last_modified, h.route, h.valid_url, h.body_sha256, h.trouble,
	h.is_silent, h.plan,
	(SELECT count(*) FROM item WHERE source = s.seq)
FROM source AS s JOIN source_health AS h ON h.source = s.seq WHERE s.seq = ?1;
-- name: source_list
SELECT seq FROM source WHERE state <> 'removed' OR ?3 ORDER BY folder, title, seq LIMIT ?1 OFFSET ?2;
-- name: source_due
-- The index gives them in the order of being due; paused ones stand far in the future.
SELECT h.source FROM source_health AS h INDEXED BY source_due JOIN source AS s ON s.seq = h.source
WHERE h.next_us <= ?1 AND s.state = 'active' ORDER BY h.next_us LIMIT ?2;
-- name: source_next
SELECT h.next_us FROM source_health AS h INDEXED BY source_due WHERE h.next_us > ?1 ORDER BY h.next_us LIMIT 1;
-- name: health_put
INSERT INTO source_health (source, next_us, asked_us, answered_us, newest_us, etag, last_modified, route, valid_url, body_sha256,
	trouble, is_silent, plan)
VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11, ?12, ?13)
ON CONFLICT (source) DO UPDATE SET next_us = ?2, asked_us = ?3, answered_us = ?4, newest_us = ?5, etag = ?6, last_modified = ?7,
	route = ?8, valid_url = ?9, body_sha256 = ?10, trouble = ?11, is_silent = ?12, plan = ?13;
-- name: health_next
UPDATE source_health SET next_us = ?2 WHERE source = ?1;
-- name: item_known
-- Also when it was erased.
SELECT 1 FROM item WHERE source = ?1 AND key = ?2
UNION ALL SELECT 1 FROM item WHERE source = ?1 AND key >= 'erased:' AND key < 'erased;' AND key = desk_hide(substr(key, 8, 32), ?2);
-- name: item_add
INSERT INTO item (id, source, key, url, page, title, author, summary, published_us, seen_us)
VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10);
-- name: item_seq
SELECT seq FROM item WHERE id = ?1;
-- name: news_add
INSERT INTO news (id, time_us, kind, source, article, facts, read_us) VALUES (?1, ?2, ?3, ?4, ?5, ?6, 0);
-- name: news_all
SELECT n.id, s.id, a.id, n.time_us, n.read_us, n.kind, n.facts, coalesce(s.title, ''), coalesce(t.title, '')
FROM news AS n LEFT JOIN source AS s ON s.seq = n.source LEFT JOIN article AS a ON a.seq = n.article
	LEFT JOIN article_text AS t ON t.article = n.article
ORDER BY n.seq DESC LIMIT ?1 OFFSET ?2;
-- name: news_unread
SELECT n.id, s.id, a.id, n.time_us, n.read_us, n.kind, n.facts, coalesce(s.title, ''), coalesce(t.title, '')
FROM news AS n INDEXED BY news_unread LEFT JOIN source AS s ON s.seq = n.source LEFT JOIN article AS a ON a.seq = n.article
	LEFT JOIN article_text AS t ON t.article = n.article
WHERE n.read_us = 0 ORDER BY n.seq DESC LIMIT ?1 OFFSET ?2;
-- name: news_read_one
UPDATE news SET read_us = ?2 WHERE id = ?1 AND read_us = 0;
-- name: news_read_all
UPDATE news INDEXED BY news_unread SET read_us = ?1 WHERE read_us = 0;
-- name: find_source
SELECT id FROM source WHERE id BETWEEN ?1 AND ?2 LIMIT 2;
-- name: find_item
SELECT id FROM item WHERE id BETWEEN ?1 AND ?2 LIMIT 2;
-- name: find_news
SELECT id FROM news WHERE id BETWEEN ?1 AND ?2 LIMIT 2;
