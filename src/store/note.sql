-- name: note_seq
SELECT seq, version, status, sensitivity, slug, created_us, published_us, coalesce(article, 0) FROM note WHERE id = ?1;
-- name: note_add
INSERT INTO note (id, article, slug, version, status, sensitivity, country, created_us, published_us)
VALUES (?1, ?2, ?3, 1, ?4, ?5, ?6, ?7, ?8);
-- name: note_change
UPDATE note SET slug = ?2, version = ?3, status = ?4, sensitivity = ?5, country = ?6, published_us = ?7 WHERE seq = ?1;
-- name: note_version_add
INSERT INTO note_version (note, version, act, status, sensitivity, heading, text, language, country, carrier, origin,
	publisher, dateline_date, dateline_place, dateline_country, dateline_source, dateline_text, full_story, why,
	saved_us, who, ledger)
VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11, ?12, ?13, ?14, ?15, ?16, ?17, ?18, ?19, ?20, ?21, ?22);
-- name: excerpt_of
SELECT 1 FROM excerpt WHERE note = ?1 AND version = ?2 AND start = ?3 AND end = ?4 AND text = ?5;
-- name: excerpt_add
INSERT INTO excerpt (note, version, n, start, end, text) VALUES (?1, ?2, ?3, ?4, ?5, ?6);
-- name: note_contact_add
INSERT INTO note_contact (note, version, n, person, name, role, email, phone, about)
VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9);
-- name: person_by_name
SELECT seq, id, role, phone FROM person WHERE name = ?1 AND email = ?2;
-- name: person_add
INSERT INTO person (id, name, email, role, phone, sensitivity) VALUES (?1, ?2, ?3, ?4, ?5, 'unreviewed');
-- name: person_change
UPDATE person SET role = ?2, phone = ?3 WHERE seq = ?1;
-- name: note_load
SELECT n.id, a.id, v.version, v.act, v.status, v.sensitivity, n.slug, v.heading, v.text, v.language, v.country, v.carrier,
	v.origin, v.publisher, v.dateline_date, v.dateline_place, v.dateline_country, v.dateline_source, v.dateline_text,
	v.full_story, v.why, n.created_us, v.saved_us, n.published_us, v.who, coalesce(v.ledger, -1), coalesce(n.article, 0)
FROM note AS n JOIN note_version AS v ON v.note = n.seq AND v.version = coalesce(?2, n.version)
LEFT JOIN article AS a ON a.seq = n.article WHERE n.seq = ?1;
-- name: note_excerpts
SELECT start, end, text FROM excerpt WHERE note = ?1 AND version = ?2 ORDER BY n;
-- name: note_contacts
SELECT p.id, c.name, c.role, c.email, c.phone, c.about FROM note_contact AS c JOIN person AS p ON p.seq = c.person
WHERE c.note = ?1 AND c.version = ?2 ORDER BY c.n;
-- name: note_article
SELECT t.title, c.final_url, c.id, l.time_us, c.how, c.seq,
	coalesce((SELECT value FROM field WHERE article = t.article AND name = 'note' AND n = 0), ''),
	coalesce((SELECT value FROM field WHERE article = t.article AND name = 'note_by' AND n = 0), '')
FROM article AS a JOIN article_text AS t ON t.article = a.seq JOIN capture AS c ON c.seq = a.capture
	JOIN ledger AS l ON l.seq = c.ledger WHERE a.seq = ?1;
-- name: note_history
SELECT version, saved_us, act, status, who, why FROM note_version WHERE note = ?1 ORDER BY version DESC LIMIT 1000;
-- name: note_list_any
SELECT seq FROM note ORDER BY seq DESC LIMIT ?1 OFFSET ?2;
-- name: note_list_status
SELECT seq FROM note WHERE status = ?3 ORDER BY seq DESC LIMIT ?1 OFFSET ?2;
-- name: note_list_country
SELECT seq FROM note WHERE country = ?3 ORDER BY seq DESC LIMIT ?1 OFFSET ?2;
-- name: note_list_both
SELECT seq FROM note WHERE status = ?3 AND country = ?4 ORDER BY seq DESC LIMIT ?1 OFFSET ?2;
-- name: release_add
INSERT INTO release (made_us, folder, files, manifest_sha256) VALUES (?1, ?2, ?3, ?4);
