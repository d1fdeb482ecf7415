-- name: change_triggers
-- Each change to a kept row is a row of `change`; rows that never change can't.
-- TEMP: they belong to the one process that may write, and the file stays plain.
-- desk_who() and desk_now() are the store's (db_purge.c).  So is desk_erasing(): true only while an erasure runs
-- (erase.c), and then the rows of a capture may be blanked: each guard says which columns, and to what.

CREATE TEMP TRIGGER note_added AFTER INSERT ON main.note BEGIN
	INSERT INTO change (time_us, who, row_table, row_seq, before, after)
	VALUES (desk_now(), desk_who(), 'note', new.seq, NULL, json_object(
		'id', hex(new.id), 'article', new.article, 'slug', new.slug, 'version', new.version, 'status', new.status,
		'sensitivity', new.sensitivity, 'country', new.country, 'created_us', new.created_us,
		'published_us', new.published_us));
END;
CREATE TEMP TRIGGER note_changed AFTER UPDATE ON main.note BEGIN
	INSERT INTO change (time_us, who, row_table, row_seq, before, after)
	VALUES (desk_now(), desk_who(), 'note', new.seq, json_object(
		'id', hex(old.id), 'article', old.article, 'slug', old.slug, 'version', old.version, 'status', old.status,
		'sensitivity', old.sensitivity, 'country', old.country, 'created_us', old.created_us,
		'published_us', old.published_us), json_object(
		'id', hex(new.id), 'article', new.article, 'slug', new.slug, 'version', new.version, 'status', new.status,
		'sensitivity', new.sensitivity, 'country', new.country, 'created_us', new.created_us,
		'published_us', new.published_us));
END;
CREATE TEMP TRIGGER note_stays BEFORE DELETE ON main.note BEGIN SELECT raise(ABORT, 'notes are never deleted'); END;

CREATE TEMP TRIGGER person_added AFTER INSERT ON main.person BEGIN
	INSERT INTO change (time_us, who, row_table, row_seq, before, after)
	VALUES (desk_now(), desk_who(), 'person', new.seq, NULL, json_object(
		'id', hex(new.id), 'name', new.name, 'email', new.email, 'role', new.role, 'phone', new.phone,
		'sensitivity', new.sensitivity));
END;
CREATE TEMP TRIGGER person_changed AFTER UPDATE ON main.person BEGIN
	INSERT INTO change (time_us, who, row_table, row_seq, before, after)
	VALUES (desk_now(), desk_who(), 'person', new.seq, json_object(
		'id', hex(old.id), 'name', old.name, 'email', old.email, 'role', old.role, 'phone', old.phone,
		'sensitivity', old.sensitivity), json_object(
		'id', hex(new.id), 'name', new.name, 'email', new.email, 'role', new.role, 'phone', new.phone,
		'sensitivity', new.sensitivity));
END;
CREATE TEMP TRIGGER person_stays BEFORE DELETE ON main.person BEGIN SELECT raise(ABORT, 'people are never deleted'); END;

CREATE TEMP TRIGGER field_person_added AFTER INSERT ON main.field_person BEGIN
	INSERT INTO change (time_us, who, row_table, row_seq, before, after)
	VALUES (desk_now(), desk_who(), 'field_person', new.seq, NULL, json_object(
		'article', new.article, 'name', new.name, 'value', new.value, 'why', new.why, 'saved_us', new.saved_us,
		'who', new.who));
END;
CREATE TEMP TRIGGER field_person_changed AFTER UPDATE ON main.field_person BEGIN
	INSERT INTO change (time_us, who, row_table, row_seq, before, after)
	VALUES (desk_now(), desk_who(), 'field_person', new.seq, json_object(
		'article', old.article, 'name', old.name, 'value', old.value, 'why', old.why, 'saved_us', old.saved_us,
		'who', old.who), json_object(
		'article', new.article, 'name', new.name, 'value', new.value, 'why', new.why, 'saved_us', new.saved_us,
		'who', new.who));
END;
CREATE TEMP TRIGGER field_person_gone AFTER DELETE ON main.field_person BEGIN
	INSERT INTO change (time_us, who, row_table, row_seq, before, after)
	VALUES (desk_now(), desk_who(), 'field_person', old.seq, json_object(
		'article', old.article, 'name', old.name, 'value', old.value, 'why', old.why, 'saved_us', old.saved_us,
		'who', old.who), NULL);
END;

CREATE TEMP TRIGGER job_added AFTER INSERT ON main.job BEGIN
	INSERT INTO change (time_us, who, row_table, row_seq, before, after)
	VALUES (desk_now(), desk_who(), 'job', new.seq, NULL, json_object(
		'id', hex(new.id), 'kind', new.kind, 'subject', new.subject, 'spool', new.spool, 'state', new.state,
		'attempts', new.attempts, 'not_before_us', new.not_before_us, 'lease_us', new.lease_us,
		'last_err', new.last_err, 'result', hex(new.result)));
END;
CREATE TEMP TRIGGER job_changed AFTER UPDATE ON main.job BEGIN
	INSERT INTO change (time_us, who, row_table, row_seq, before, after)
	VALUES (desk_now(), desk_who(), 'job', new.seq, json_object(
		'id', hex(old.id), 'kind', old.kind, 'subject', old.subject, 'spool', old.spool, 'state', old.state,
		'attempts', old.attempts, 'not_before_us', old.not_before_us, 'lease_us', old.lease_us,
		'last_err', old.last_err, 'result', hex(old.result)), json_object(
		'id', hex(new.id), 'kind', new.kind, 'subject', new.subject, 'spool', new.spool, 'state', new.state,
		'attempts', new.attempts, 'not_before_us', new.not_before_us, 'lease_us', new.lease_us,
		'last_err', new.last_err, 'result', hex(new.result)));
END;
CREATE TEMP TRIGGER job_stays BEFORE DELETE ON main.job BEGIN SELECT raise(ABORT, 'jobs are never deleted'); END;

CREATE TEMP TRIGGER source_added AFTER INSERT ON main.source BEGIN
	INSERT INTO change (time_us, who, row_table, row_seq, before, after)
	VALUES (desk_now(), desk_who(), 'source', new.seq, NULL, json_object(
		'id', hex(new.id), 'kind', new.kind, 'state', new.state, 'url', new.url, 'given_url', new.given_url,
		'home_url', new.home_url, 'title', new.title, 'folder', new.folder, 'language', new.language, 'country',
		new.country, 'reliability', new.reliability, 'sensitivity', new.sensitivity, 'interval_s', new.interval_s,
		'route', new.route, 'selector', new.selector, 'robots_why', new.robots_why, 'contact', new.contact,
		'takes_pages', new.takes_pages, 'added_us', new.added_us));
END;
CREATE TEMP TRIGGER source_changed AFTER UPDATE ON main.source BEGIN
	INSERT INTO change (time_us, who, row_table, row_seq, before, after)
	VALUES (desk_now(), desk_who(), 'source', new.seq, json_object(
		'id', hex(old.id), 'kind', old.kind, 'state', old.state, 'url', old.url, 'given_url', old.given_url,
		'home_url', old.home_url, 'title', old.title, 'folder', old.folder, 'language', old.language, 'country',
		old.country, 'reliability', old.reliability, 'sensitivity', old.sensitivity, 'interval_s', old.interval_s,
		'route', old.route, 'selector', old.selector, 'robots_why', old.robots_why, 'contact', old.contact,
		'takes_pages', old.takes_pages, 'added_us', old.added_us), json_object(
		'id', hex(new.id), 'kind', new.kind, 'state', new.state, 'url', new.url, 'given_url', new.given_url,
		'home_url', new.home_url, 'title', new.title, 'folder', new.folder, 'language', new.language, 'country',
		new.country, 'reliability', new.reliability, 'sensitivity', new.sensitivity, 'interval_s', new.interval_s,
		'route', new.route, 'selector', new.selector, 'robots_why', new.robots_why, 'contact', new.contact,
		'takes_pages', new.takes_pages, 'added_us', new.added_us));
END;
CREATE TEMP TRIGGER source_stays BEFORE DELETE ON main.source BEGIN SELECT raise(ABORT, 'sources are never deleted'); END;

CREATE TEMP TRIGGER item_decision_added AFTER INSERT ON main.item_decision BEGIN
	INSERT INTO change (time_us, who, row_table, row_seq, before, after)
	VALUES (desk_now(), desk_who(), 'item_decision', new.seq, NULL, json_object(
		'source', new.source, 'state', new.state, 'time_us', new.time_us));
END;
CREATE TEMP TRIGGER item_decision_changed AFTER UPDATE ON main.item_decision BEGIN
	INSERT INTO change (time_us, who, row_table, row_seq, before, after)
	VALUES (desk_now(), desk_who(), 'item_decision', new.seq, json_object(
		'source', old.source, 'state', old.state, 'time_us', old.time_us), json_object(
		'source', new.source, 'state', new.state, 'time_us', new.time_us));
END;
CREATE TEMP TRIGGER item_decision_stays BEFORE DELETE ON main.item_decision BEGIN SELECT raise(ABORT, 'decisions are never deleted'); END;

CREATE TEMP TRIGGER news_added AFTER INSERT ON main.news BEGIN
	INSERT INTO change (time_us, who, row_table, row_seq, before, after)
	VALUES (desk_now(), desk_who(), 'news', new.seq, NULL, json_object(
		'id', hex(new.id), 'time_us', new.time_us, 'kind', new.kind, 'source', new.source, 'article', new.article,
		'facts', new.facts, 'read_us', new.read_us));
END;
CREATE TEMP TRIGGER news_changed AFTER UPDATE ON main.news BEGIN
	INSERT INTO change (time_us, who, row_table, row_seq, before, after)
	VALUES (desk_now(), desk_who(), 'news', new.seq, json_object(
		'id', hex(old.id), 'time_us', old.time_us, 'kind', old.kind, 'source', old.source, 'article', old.article,
		'facts', old.facts, 'read_us', old.read_us), json_object(
		'id', hex(new.id), 'time_us', new.time_us, 'kind', new.kind, 'source', new.source, 'article', new.article,
		'facts', new.facts, 'read_us', new.read_us));
END;
CREATE TEMP TRIGGER news_stays BEFORE DELETE ON main.news BEGIN SELECT raise(ABORT, 'news is never deleted'); END;

CREATE TEMP TRIGGER item_never_changed BEFORE UPDATE ON main.item
WHEN NOT (desk_erasing() AND new.seq = old.seq AND new.id = old.id AND new.source = old.source AND new.published_us = old.published_us
	AND new.seen_us = old.seen_us AND new.key = desk_hide(substr(new.key, 8, 32), old.key)
	AND new.url || new.page || new.title || new.author || new.summary = '') BEGIN
	SELECT raise(ABORT, 'rows of item are never changed');
END;
CREATE TEMP TRIGGER item_never_deleted BEFORE DELETE ON main.item BEGIN
	SELECT raise(ABORT, 'rows of item are never deleted');
END;
CREATE TEMP TRIGGER item_capture_never_changed BEFORE UPDATE ON main.item_capture BEGIN
	SELECT raise(ABORT, 'rows of item_capture are never changed');
END;
CREATE TEMP TRIGGER item_capture_never_deleted BEFORE DELETE ON main.item_capture BEGIN
	SELECT raise(ABORT, 'rows of item_capture are never deleted');
END;
CREATE TEMP TRIGGER ledger_never_changed BEFORE UPDATE ON main.ledger
WHEN NOT (desk_erasing() AND new.statement = '' AND new.seq = old.seq AND new.kind = old.kind AND new.time_us = old.time_us
	AND new.entry = old.entry AND new.leaf = old.leaf) BEGIN
	SELECT raise(ABORT, 'rows of ledger are never changed');
END;
CREATE TEMP TRIGGER ledger_never_deleted BEFORE DELETE ON main.ledger BEGIN
	SELECT raise(ABORT, 'rows of ledger are never deleted');
END;
CREATE TEMP TRIGGER capture_never_changed BEFORE UPDATE ON main.capture
WHEN NOT (desk_erasing() AND new.seq = old.seq AND new.id = old.id AND new.how = old.how AND new.ledger = old.ledger AND new.part_of IS old.part_of
	AND new.url || new.final_url || new.by || new.why || new.media_type || new.fault = '' AND new.status = 0
	AND new.taken_us = (SELECT time_us FROM main.ledger WHERE seq = old.ledger)
	AND new.main = -1) BEGIN
	SELECT raise(ABORT, 'rows of capture are never changed');
END;
CREATE TEMP TRIGGER capture_never_deleted BEFORE DELETE ON main.capture BEGIN
	SELECT raise(ABORT, 'rows of capture are never deleted');
END;
CREATE TEMP TRIGGER record_never_changed BEFORE UPDATE ON main.record
WHEN NOT (desk_erasing() AND new.seq = old.seq AND new.capture IS old.capture AND new.n = old.n AND new.uuid = old.uuid
	AND new.type = old.type AND new.segment = old.segment AND new.offset = old.offset AND new.length = old.length
	AND new.member_sha256 = old.member_sha256 AND new.target_url || new.content_type = '' AND new.sha256 = zeroblob(32)
	AND new.payload_sha256 = zeroblob(32) AND new.block_at = 1 AND new.block_b = 0 AND new.payload_at = -1 AND new.date_us = 0) BEGIN
	SELECT raise(ABORT, 'rows of record are never changed');
END;
CREATE TEMP TRIGGER record_never_deleted BEFORE DELETE ON main.record
WHEN NOT (desk_erasing()) BEGIN
	SELECT raise(ABORT, 'rows of record are never deleted');
END;
CREATE TEMP TRIGGER article_never_changed BEFORE UPDATE ON main.article BEGIN
	SELECT raise(ABORT, 'rows of article are never changed');
END;
CREATE TEMP TRIGGER article_never_deleted BEFORE DELETE ON main.article BEGIN
	SELECT raise(ABORT, 'rows of article are never deleted');
END;
CREATE TEMP TRIGGER note_version_never_changed BEFORE UPDATE ON main.note_version
WHEN NOT (desk_erasing() AND new.note = old.note AND new.version = old.version AND new.act = old.act AND new.status = old.status
	AND new.sensitivity = old.sensitivity AND new.saved_us = old.saved_us AND new.who = old.who AND new.ledger IS old.ledger
	AND new.heading || new.text || new.language || new.country || new.carrier || new.origin || new.publisher || new.dateline_date ||
	new.dateline_place || new.dateline_country || new.dateline_source || new.dateline_text || new.full_story = ''
	AND new.why = iif(old.act = 'withdraw', old.why, '')) BEGIN
	SELECT raise(ABORT, 'rows of note_version are never changed');
END;
CREATE TEMP TRIGGER note_version_never_deleted BEFORE DELETE ON main.note_version BEGIN
	SELECT raise(ABORT, 'rows of note_version are never deleted');
END;
CREATE TEMP TRIGGER excerpt_never_changed BEFORE UPDATE ON main.excerpt BEGIN
	SELECT raise(ABORT, 'rows of excerpt are never changed');
END;
CREATE TEMP TRIGGER excerpt_never_deleted BEFORE DELETE ON main.excerpt
WHEN NOT (desk_erasing()) BEGIN
	SELECT raise(ABORT, 'rows of excerpt are never deleted');
END;
CREATE TEMP TRIGGER note_contact_never_changed BEFORE UPDATE ON main.note_contact BEGIN
	SELECT raise(ABORT, 'rows of note_contact are never changed');
END;
CREATE TEMP TRIGGER note_contact_never_deleted BEFORE DELETE ON main.note_contact
WHEN NOT (desk_erasing()) BEGIN
	SELECT raise(ABORT, 'rows of note_contact are never deleted');
END;
CREATE TEMP TRIGGER release_never_changed BEFORE UPDATE ON main.release BEGIN
	SELECT raise(ABORT, 'rows of release are never changed');
END;
CREATE TEMP TRIGGER release_never_deleted BEFORE DELETE ON main.release BEGIN
	SELECT raise(ABORT, 'rows of release are never deleted');
END;
CREATE TEMP TRIGGER backup_never_changed BEFORE UPDATE ON main.backup BEGIN
	SELECT raise(ABORT, 'rows of backup are never changed');
END;
CREATE TEMP TRIGGER backup_never_deleted BEFORE DELETE ON main.backup BEGIN
	SELECT raise(ABORT, 'rows of backup are never deleted');
END;
CREATE TEMP TRIGGER change_never_changed BEFORE UPDATE ON main.change
WHEN NOT (desk_erasing() AND new.seq = old.seq AND new.time_us = old.time_us AND new.who = old.who AND new.row_table = old.row_table
	AND new.row_seq = old.row_seq AND new.before IS iif(old.before IS NULL, NULL, '{}') AND new.after IS iif(old.after IS NULL, NULL, '{}')) BEGIN
	SELECT raise(ABORT, 'rows of change are never changed');
END;
CREATE TEMP TRIGGER change_never_deleted BEFORE DELETE ON main.change BEGIN
	SELECT raise(ABORT, 'rows of change are never deleted');
END;
CREATE TEMP TRIGGER act_never_changed BEFORE UPDATE ON main.act BEGIN
	SELECT raise(ABORT, 'rows of act are never changed');
END;
CREATE TEMP TRIGGER act_never_deleted BEFORE DELETE ON main.act BEGIN
	SELECT raise(ABORT, 'rows of act are never deleted');
END;
CREATE TEMP TRIGGER log_key_never_changed BEFORE UPDATE ON main.log_key BEGIN
	SELECT raise(ABORT, 'rows of log_key are never changed');
END;
CREATE TEMP TRIGGER log_key_never_deleted BEFORE DELETE ON main.log_key BEGIN
	SELECT raise(ABORT, 'rows of log_key are never deleted');
END;
CREATE TEMP TRIGGER checkpoint_never_changed BEFORE UPDATE ON main.checkpoint BEGIN
	SELECT raise(ABORT, 'rows of checkpoint are never changed');
END;
CREATE TEMP TRIGGER checkpoint_never_deleted BEFORE DELETE ON main.checkpoint BEGIN
	SELECT raise(ABORT, 'rows of checkpoint are never deleted');
END;
CREATE TEMP TRIGGER token_never_changed BEFORE UPDATE ON main.token BEGIN
	SELECT raise(ABORT, 'rows of token are never changed');
END;
CREATE TEMP TRIGGER token_never_deleted BEFORE DELETE ON main.token BEGIN
	SELECT raise(ABORT, 'rows of token are never deleted');
END;
CREATE TEMP TRIGGER partner_never_changed BEFORE UPDATE ON main.partner BEGIN
	SELECT raise(ABORT, 'rows of partner are never changed');
END;
CREATE TEMP TRIGGER partner_never_deleted BEFORE DELETE ON main.partner BEGIN
	SELECT raise(ABORT, 'rows of partner are never deleted');
END;
CREATE TEMP TRIGGER witnessed_never_changed BEFORE UPDATE ON main.witnessed BEGIN
	SELECT raise(ABORT, 'rows of witnessed are never changed');
END;
CREATE TEMP TRIGGER witnessed_never_deleted BEFORE DELETE ON main.witnessed BEGIN
	SELECT raise(ABORT, 'rows of witnessed are never deleted');
END;
CREATE TEMP TRIGGER conflict_never_changed BEFORE UPDATE ON main.conflict BEGIN
	SELECT raise(ABORT, 'rows of conflict are never changed');
END;
CREATE TEMP TRIGGER conflict_never_deleted BEFORE DELETE ON main.conflict BEGIN
	SELECT raise(ABORT, 'rows of conflict are never deleted');
END;
CREATE TEMP TRIGGER cosignature_never_changed BEFORE UPDATE ON main.cosignature BEGIN
	SELECT raise(ABORT, 'rows of cosignature are never changed');
END;
CREATE TEMP TRIGGER cosignature_never_deleted BEFORE DELETE ON main.cosignature BEGIN
	SELECT raise(ABORT, 'rows of cosignature are never deleted');
END;
CREATE TEMP TRIGGER record_key_never_changed BEFORE UPDATE ON main.record_key BEGIN
	SELECT raise(ABORT, 'rows of record_key are never changed');
END;
CREATE TEMP TRIGGER record_key_never_deleted BEFORE DELETE ON main.record_key
WHEN NOT (desk_erasing()) BEGIN
	SELECT raise(ABORT, 'rows of record_key are never deleted');
END;
CREATE TEMP TRIGGER erased_never_changed BEFORE UPDATE ON main.erased BEGIN
	SELECT raise(ABORT, 'rows of erased are never changed');
END;
CREATE TEMP TRIGGER erased_never_deleted BEFORE DELETE ON main.erased BEGIN
	SELECT raise(ABORT, 'rows of erased are never deleted');
END;
CREATE TEMP TRIGGER tombstone_never_changed BEFORE UPDATE ON main.tombstone BEGIN
	SELECT raise(ABORT, 'rows of tombstone are never changed');
END;
CREATE TEMP TRIGGER tombstone_never_deleted BEFORE DELETE ON main.tombstone BEGIN
	SELECT raise(ABORT, 'rows of tombstone are never deleted');
END;
CREATE TEMP TRIGGER page_event_never_changed BEFORE UPDATE ON main.page_event BEGIN
	SELECT raise(ABORT, 'rows of page_event are never changed');
END;
CREATE TEMP TRIGGER page_event_never_deleted BEFORE DELETE ON main.page_event BEGIN
	SELECT raise(ABORT, 'rows of page_event are never deleted');
END;
CREATE TEMP TRIGGER renewal_never_changed BEFORE UPDATE ON main.renewal BEGIN
	SELECT raise(ABORT, 'rows of renewal are never changed');
END;
CREATE TEMP TRIGGER renewal_never_deleted BEFORE DELETE ON main.renewal BEGIN
	SELECT raise(ABORT, 'rows of renewal are never deleted');
END;

CREATE TEMP TRIGGER seen_never_changed BEFORE UPDATE ON main.seen BEGIN
	SELECT raise(ABORT, 'rows of seen are never changed');
END;
CREATE TEMP TRIGGER seen_never_deleted BEFORE DELETE ON main.seen BEGIN
	SELECT raise(ABORT, 'rows of seen are never deleted');
END;
