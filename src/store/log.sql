-- name: log_size
SELECT coalesce(max(seq) + 1, 0) FROM ledger;
-- name: log_rows
SELECT entry, leaf FROM ledger WHERE seq >= ?1 AND seq < ?2 ORDER BY seq;
-- name: log_row
SELECT kind, time_us, entry, statement, leaf FROM ledger WHERE seq = ?1;
-- name: log_list
SELECT l.seq, l.kind, l.time_us, l.statement FROM ledger AS l WHERE l.seq < ?1 ORDER BY l.seq DESC LIMIT ?2;
-- name: log_oldest_open
SELECT time_us FROM ledger WHERE seq = ?1;
-- name: log_of_note
SELECT coalesce(max(v.ledger), -1) FROM note AS n JOIN note_version AS v ON v.note = n.seq WHERE n.id = ?1;
-- name: act_add
INSERT INTO act (ledger, lines) VALUES (?1, ?2);
-- name: act_of
SELECT lines FROM act WHERE ledger = ?1;
-- name: log_key_newest
SELECT vkey FROM log_key ORDER BY seq DESC LIMIT 1;
-- name: log_key_list
SELECT vkey FROM log_key ORDER BY seq;
-- name: log_key_add
INSERT INTO log_key (vkey, since_us, ledger) VALUES (?1, ?2, ?3);
-- name: log_key_announced
INSERT INTO log_key (vkey, since_us, ledger) SELECT ?1, time_us, seq FROM ledger WHERE seq = ?2;
-- name: log_key_rows
SELECT vkey, since_us, coalesce(ledger, -1) FROM log_key ORDER BY seq;
-- name: log_key_unannounced
-- Entries of key changes that no row of log_key is of.
SELECT seq FROM ledger AS l WHERE kind = 'key' AND NOT EXISTS (SELECT 1 FROM log_key WHERE ledger = l.seq) LIMIT 1;
-- name: fixity_newest
-- Acts are few; the newest first, so that one look is mostly enough.
SELECT l.time_us, a.lines FROM act AS a JOIN ledger AS l ON l.seq = a.ledger
WHERE l.kind = 'fixity' AND a.lines LIKE 'subject everything%' ORDER BY a.ledger DESC LIMIT 1;
-- name: fixity_run_get
SELECT begun_us, step, position, records, entries, wrong, first FROM fixity_run;
-- name: fixity_run_put
INSERT INTO fixity_run (only_one, begun_us, step, position, records, entries, wrong, first) VALUES (1, ?1, ?2, ?3, ?4, ?5, ?6, ?7)
ON CONFLICT DO UPDATE SET begun_us = ?1, step = ?2, position = ?3, records = ?4, entries = ?5, wrong = ?6, first = ?7;
-- name: fixity_run_end
DELETE FROM fixity_run;
-- name: ledger_time
SELECT time_us FROM ledger WHERE seq = ?1;
-- name: checkpoint_first
SELECT made_us FROM checkpoint ORDER BY size LIMIT 1;
-- name: act_stray
-- Lines of an act beside an entry whose statement follows from other rows.
SELECT count(*) FROM act AS a JOIN ledger AS l ON l.seq = a.ledger WHERE l.kind IN ('capture', 'note', 'seal', 'tombstone');
-- name: restore_noted
SELECT 1 FROM act AS a JOIN ledger AS l ON l.seq = a.ledger WHERE l.kind = 'restore' AND instr(a.lines, ?1) = 1 LIMIT 1;
-- name: checkpoint_newest
SELECT size, made_us, head, note FROM checkpoint ORDER BY size DESC LIMIT 1;
-- name: checkpoint_after
SELECT size, made_us, head, note FROM checkpoint WHERE size > ?1 ORDER BY size LIMIT 500;
-- name: checkpoint_add
INSERT INTO checkpoint (size, made_us, head, note) VALUES (?1, ?2, ?3, ?4);
-- name: checkpoint_at
SELECT size, made_us, head, note FROM checkpoint WHERE size = ?1;
-- name: token_add
INSERT INTO token (size, authority, who, time_us, ends_us, got_us, token) VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7);
-- name: token_after
SELECT t.seq, t.size, t.authority, t.who, t.time_us, t.ends_us, t.token, c.note FROM token AS t JOIN checkpoint AS c ON c.size = t.size
WHERE t.seq > ?1 ORDER BY t.seq LIMIT 50;
-- name: token_covering
SELECT t.seq, t.size, t.authority, t.who, t.time_us, t.ends_us, t.token, c.note FROM token AS t JOIN checkpoint AS c ON c.size = t.size
WHERE t.size = (SELECT min(size) FROM token WHERE size >= ?1) ORDER BY t.seq LIMIT 50;
-- name: token_ending
SELECT token FROM token WHERE ends_us > ?1 AND ends_us < ?2 ORDER BY ends_us LIMIT 4000;
-- name: renewal_add
INSERT INTO renewal (list, authority, who, time_us, ends_us, got_us, token) VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7);
-- name: renewal_after
SELECT seq, 0, authority, who, time_us, ends_us, token, list FROM renewal WHERE seq > ?1 ORDER BY seq LIMIT 50;
-- name: renewal_ending
SELECT token FROM renewal WHERE ends_us > ?1 AND ends_us < ?2 ORDER BY ends_us LIMIT 4000;
-- name: renewal_first
-- There are a few renewals a year; each is looked through.
SELECT coalesce(min(time_us), 0) FROM renewal WHERE instr(list, ?1) > 0;
-- name: renewal_beyond
SELECT 1 FROM renewal WHERE ends_us >= ?2 AND instr(list, ?1) > 0 LIMIT 1;
-- name: stamped_newest
SELECT coalesce(max(size), 0), coalesce(max(got_us), 0) FROM token;
-- name: stamped_by
SELECT count(*) FROM token WHERE size = ?1;
