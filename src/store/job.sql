-- name: job_add
INSERT INTO job (id, kind, subject, spool, state, attempts, not_before_us, lease_us, last_err)
VALUES (?1, ?2, ?3, ?4, 'open', 0, 0, 0, '');
-- name: job_add_extract
-- Of the capture ?2; whoever captured it reads it at once, this is for when that does not happen.
INSERT INTO job (id, kind, subject, spool, state, attempts, not_before_us, lease_us, last_err)
VALUES (?1, 'extract', ?2, '', 'open', 0, ?3, 0, '');
-- name: job_end_extract
UPDATE job INDEXED BY job_waiting SET state = 'done', lease_us = 0, last_err = '', result = ?2
WHERE state IN ('open', 'leased') AND kind = 'extract' AND subject = ?1 AND kind <> 'item-page';
-- name: job_load
SELECT kind, state, subject, last_err, attempts, result, spool FROM job WHERE id = ?1;
-- name: job_next
-- The oldest that may be done by who asks: open and due, or leased to somebody who did not come back.  Pages are page_begin's.
SELECT seq, id, kind, subject, spool, attempts FROM job INDEXED BY job_waiting
WHERE state IN ('open', 'leased') AND kind <> 'item-page' AND iif(state = 'open', not_before_us, lease_us) <= ?1 AND (?2 & CASE kind
	WHEN 'add-url' THEN 1 WHEN 'add-file' THEN 2 WHEN 'extract' THEN 4 WHEN 'find-source' THEN 16 ELSE 32 END) <> 0 ORDER BY seq LIMIT 1;
-- name: job_lease
UPDATE job SET state = 'leased', lease_us = ?2, attempts = attempts + 1 WHERE seq = ?1;
-- name: job_find
SELECT seq, state, spool FROM job WHERE id = ?1;
-- name: job_end
UPDATE job SET state = ?2, last_err = ?3, result = ?4, not_before_us = ?5, lease_us = 0 WHERE seq = ?1;
-- name: job_spooled
SELECT spool FROM job INDEXED BY job_waiting WHERE state IN ('open', 'leased') AND kind <> 'item-page' AND spool <> '';
