/* What was done to the desk as a whole is in its ledger, and what is changed round that is found. */
#include "store/desk_check.h"

#include <sqlite3.h>

#include "ledger/checkpoint.h"

static struct store_checkpoint
checkpoint(struct desk *d)
{
	struct store_checkpoint c = { 0 };

	CHECK_INT(ERR_OK, store_ledger_checkpoint(d->link, &d->arena, &(struct store_none){ 0 }, &c, &d->err));
	return c;
}

static void
take_one(struct desk *d)
{
	struct store_capture_done done;

	CHECK_INT(ERR_OK, take(d, STR("https://a.example/"), STR("<p>body"), &done));
}

static struct store_key_changed
rotate(struct desk *d)
{
	struct store_key_changed c = { 0 };

	CHECK_INT(ERR_OK, store_key_rotate(d->link, &d->arena, &(struct store_key_ask){ STR("the laptop was lost") }, &c, &d->err));
	return c;
}

static struct str
file(struct desk *d, const char *name)
{
	struct buf *b = buf_in(&d->arena, MiB);
	char        path[256];

	snprintf(path, sizeof(path), "%s/%s", d->dir, name);
	return os_read_file(str_of(path), b, &d->err) == ERR_OK ? buf_str(b) : STR("");
}

static void
put(struct desk *d, const char *name, struct str text)
{
	char path[256];

	snprintf(path, sizeof(path), "%s/%s", d->dir, name);
	CHECK_INT(ERR_OK, os_replace_file(str_of(path), text, &d->err));
}

/* Has this key signed this note? */
static bool
is_by(struct str note, struct str vkey)
{
	struct checkpoint c;
	struct note_key   k;
	struct err        err;

	return td_checkpoint_parse(note, &c, &err) == ERR_OK && td_note_key_parse(vkey, &k) && td_note_is_signed(c.text, c.signatures, &k, NULL);
}

static void
a_new_key_is_announced_by_the_old_one_and_signs_from_then_on(void)
{
	struct desk              d;
	struct store_checkpoint  c;
	struct store_key_changed done, again;
	struct store_proof       p;
	struct note_signer       signer;
	struct str               keys;

	if (!desk_begin(&d))
		return;
	take_one(&d);
	done = rotate(&d);
	CHECK(!str_eq(done.before, done.after));
	CHECK_INT(1, done.ledger_seq);
	CHECK_INT(2, done.size);
	CHECK_INT(ERR_OK, store_ledger_newest(d.link, &d.arena, &(struct store_none){ 0 }, &c, &d.err));
	CHECK(is_by(c.note, done.before) && !is_by(c.note, done.after));
	take_one(&d);
	c = checkpoint(&d);
	CHECK(is_by(c.note, done.after) && !is_by(c.note, done.before));
	keys = file(&d, "ledger/key");
	CHECK(str_find(keys, done.before) < str_find(keys, done.after) && str_find(keys, done.after) != STR_NONE);
	CHECK(td_note_signer_parse(str_trim(file(&d, "keys/ledger.key")), &signer));
	CHECK_INT(0, file(&d, "keys/ledger.key.next").n);
	CHECK_INT(ERR_OK, store_ledger_prove(d.link, &d.arena, &(struct store_prove_ask){ .seq = 1 }, &p, &d.err));
	CHECK_STR(STR("key"), p.kind);
	CHECK(str_find(p.statement, done.after) != STR_NONE && str_find(p.statement, STR("\nreason the laptop was lost\n")) != STR_NONE);
	CHECK_INT(0, unexpected(&d));
	again = rotate(&d);
	CHECK_STR(done.after, again.before);
	CHECK(reopen(&d));
	take_one(&d);
	CHECK(is_by(checkpoint(&d).note, again.after));
	CHECK_INT(0, unexpected(&d));
	desk_end(&d);
}

/* The first entry of all may be a change of keys. */
static void
an_empty_log_can_change_its_key_too(void)
{
	struct desk d;

	if (!desk_begin(&d))
		return;
	(void)rotate(&d);
	take_one(&d);
	(void)checkpoint(&d);
	CHECK_INT(0, unexpected(&d));
	desk_end(&d);
}

/* As a kill leaves it: before the commit, and between the commit and the new key's taking its place. */
static void
a_crash_leaves_one_key_and_it_is_the_one_that_counts(void)
{
	struct desk             d;
	struct store_checkpoint c;
	struct str              old, next;

	if (!desk_begin(&d))
		return;
	take_one(&d);
	(void)checkpoint(&d);
	old = file(&d, "keys/ledger.key");
	put(&d, "keys/ledger.key.next", STR("PRIVATE+KEY+nonsense"));
	CHECK(reopen(&d));
	CHECK_INT(0, file(&d, "keys/ledger.key.next").n);
	CHECK_STR(old, file(&d, "keys/ledger.key"));
	(void)rotate(&d);
	next = file(&d, "keys/ledger.key");
	CHECK(!str_eq(old, next));
	put(&d, "keys/ledger.key", old);
	put(&d, "keys/ledger.key.next", next);
	CHECK(reopen(&d));
	CHECK_STR(next, file(&d, "keys/ledger.key"));
	CHECK_INT(0, file(&d, "keys/ledger.key.next").n);
	take_one(&d);
	c = checkpoint(&d);
	CHECK_INT(3, c.size);
	CHECK_INT(0, unexpected(&d));
	desk_end(&d);
}

static void
a_run_of_verify_can_be_entered(void)
{
	struct desk             d;
	struct store_entered    done;
	struct store_fixity     newest;
	struct store_fixity_new run = { .records = 3, .entries = 1 };

	if (!desk_begin(&d))
		return;
	take_one(&d);
	CHECK_INT(ERR_OK, store_fixity_newest(d.link, &d.arena, &(struct store_none){ 0 }, &newest, &d.err));
	CHECK_INT(0, newest.time_us);
	CHECK_INT(ERR_OK, store_fixity_commit(d.link, &d.arena, &run, &done, &d.err));
	CHECK_INT(1, done.ledger_seq);
	CHECK_INT(ERR_OK, store_fixity_newest(d.link, &d.arena, &(struct store_none){ 0 }, &newest, &d.err));
	CHECK(newest.time_us != 0);
	CHECK_INT(0, unexpected(&d));
	desk_end(&d);
}

static void
a_reading_that_was_broken_off_is_known_until_it_ends(void)
{
	struct desk             d;
	struct store_entered    done;
	struct store_fixity     now;
	struct store_none       none;
	struct store_fixity_run run = { .begun_us = 5, .step = 1, .position = 2, .records = 3, .entries = 4, .wrong = 1, .first = STR("captures/x") };

	if (!desk_begin(&d))
		return;
	take_one(&d);
	CHECK_INT(ERR_OK, store_fixity_hold(d.link, &d.arena, &run, &none, &d.err));
	run.position = 9;
	CHECK_INT(ERR_OK, store_fixity_hold(d.link, &d.arena, &run, &none, &d.err));
	CHECK(reopen(&d));
	CHECK_INT(ERR_OK, store_fixity_newest(d.link, &d.arena, &(struct store_none){ 0 }, &now, &d.err));
	CHECK_INT(0, now.time_us);
	CHECK(now.first_us != 0);
	CHECK_INT(5, now.run.begun_us);
	CHECK_INT(9, now.run.position);
	CHECK_STR(STR("captures/x"), now.run.first);
	CHECK_INT(ERR_OK, store_fixity_commit(d.link, &d.arena, &(struct store_fixity_new){ .wrong = 1, .first = STR("captures/x 100%") }, &done, &d.err));
	CHECK_INT(ERR_OK, store_fixity_newest(d.link, &d.arena, &(struct store_none){ 0 }, &now, &d.err));
	CHECK(now.time_us != 0);
	CHECK_INT(1, now.wrong);
	CHECK_STR(STR("captures/x 100%"), now.first);
	CHECK_INT(0, now.run.begun_us);
	CHECK_INT(0, unexpected(&d));
	desk_end(&d);
}

static void
a_backup_that_is_opened_for_writing_is_entered_once(void)
{
	struct desk              d;
	struct store_desk_status status;

	if (!desk_begin(&d))
		return;
	take_one(&d);
	put(&d, "MANIFEST", STR("a list of files\n"));
	CHECK(reopen(&d));
	CHECK_INT(0, file(&d, "MANIFEST").n);
	CHECK(file(&d, "MANIFEST.restored").n > 0);
	CHECK_INT(ERR_OK, store_status(d.link, &d.arena, &(struct store_none){ 0 }, &status, &d.err));
	CHECK_INT(2, status.ledger_size);
	/* A crash before the file got its new name: the same backup, not entered again. */
	put(&d, "MANIFEST", STR("a list of files\n"));
	CHECK(reopen(&d));
	CHECK_INT(ERR_OK, store_status(d.link, &d.arena, &(struct store_none){ 0 }, &status, &d.err));
	CHECK_INT(2, status.ledger_size);
	CHECK_INT(0, unexpected(&d));
	desk_end(&d);
}

/* A partner's log that signed two heads of one size. */
static void
add_conflict(struct desk *d)
{
	static const unsigned char seed[SIGN_SEED_B] = { 7 };
	struct note_signer         signer;
	struct buf                 vkey = BUF_INIT(KiB);
	struct store_none          none;

	CHECK(td_note_signer_init(&signer, STR("partner-1/log"), NOTE_SIGNATURE, seed));
	td_note_key_write(&signer.key, &vkey);
	CHECK_INT(ERR_OK, store_partner_add(d->link, &d->arena, &(struct store_partner_new){ buf_str(&vkey), true }, &none, &d->err));
	for (unsigned char i = 1; i <= 2; i++) {
		struct merkle_hash       head = { { i } };
		struct buf               text = BUF_INIT(KiB), line = BUF_INIT(KiB);
		struct str               rest;
		struct note_signature    sig;
		struct store_signature   s;
		struct store_cosign_done done;
		struct store_cosign_ask  ask = { .origin = STR("partner-1/log"), .size = 5, .old = i == 1 ? 0 : 5, .signatures = { &s, 1 } };

		td_checkpoint_write(&text, ask.origin, 5, &head);
		td_note_sign(&line, buf_str(&text), &signer, 0);
		rest = buf_str(&line);
		CHECK(td_note_take(&rest, &sig));
		s = (struct store_signature){ sig.name, { sig.bytes, sig.n } };
		memcpy(ask.head, head.b, 32);
		CHECK_INT(ERR_OK, store_cosign(d->link, &d->arena, &ask, &done, &d->err));
		CHECK_INT(i == 1 ? 200 : 409, done.status);
		buf_free(&text);
		buf_free(&line);
	}
	buf_free(&vkey);
}

static void
what_is_changed_by_hand_is_found(void)
{
	static const struct { const char *sql, *where; } edits[] = {
		{ "UPDATE act SET lines = replace(lines, 'records 3', 'records 4') WHERE lines LIKE '%records 3%'", "ledger entry" },
		{ "DELETE FROM act WHERE lines LIKE '%records 3%'", "ledger entry" },
		{ "UPDATE act SET lines = replace(lines, 'lost', 'sold') WHERE lines LIKE '%lost%'", "ledger entry" },
		{ "INSERT INTO act (ledger, lines) VALUES (0, 'subject x')", "tidings.db" },
		{ "UPDATE log_key SET vkey = replace(vkey, 'log+', 'log+0') WHERE seq = 1", "" },
		{ "UPDATE log_key SET since_us = since_us + 1 WHERE seq = 1", "key test-desk" },
		{ "UPDATE log_key SET since_us = since_us + 1 WHERE seq = 2", "key test-desk" },
		{ "UPDATE log_key SET ledger = NULL WHERE seq = 2", "" },
		{ "UPDATE log_key SET ledger = 0 WHERE seq = 2", "" },
		{ "DELETE FROM log_key WHERE seq = 2", "" },
		{ "DELETE FROM log_key WHERE seq = 1", "" },
		{ "UPDATE conflict SET size = 6", "contradiction of partner-1/log" },
		{ "UPDATE conflict SET origin = 'partner-2/log'", "contradiction of partner-2/log" },
		{ "UPDATE conflict SET head = zeroblob(32)", "contradiction of partner-1/log" },
		{ "UPDATE conflict SET line = replace(line, 'partner', 'Partner')", "contradiction of partner-1/log" },
	};

	for (size_t i = 0; i < sizeof(edits) / sizeof(*edits); i++) {
		struct desk          d;
		struct store_entered done;
		struct store_finding first = { 0 };
		char                 path[128];
		sqlite3             *db = NULL;

		if (!desk_begin(&d))
			return;
		take_one(&d);
		(void)checkpoint(&d);
		CHECK_INT(ERR_OK, store_fixity_commit(d.link, &d.arena, &(struct store_fixity_new){ .records = 3 }, &done, &d.err));
		(void)rotate(&d);
		take_one(&d);
		add_conflict(&d);
		CHECK(reopen(&d));
		CHECK_INT(0, unexpected(&d));
		link_close(d.link);
		d.link = NULL;
		snprintf(path, sizeof(path), "%s/tidings.db", d.dir);
		CHECK_INT(SQLITE_OK, sqlite3_open(path, &db));
		CHECK_INT(SQLITE_OK, sqlite3_exec(db, edits[i].sql, NULL, NULL, NULL));
		CHECK_INT(1, sqlite3_changes(db));
		sqlite3_close(db);
		CHECK_INT(ERR_OK, link_open(str_of(d.dir), LINK_READ, &d.link, &d.err));
		if (findings(&d, &first) == 0 || str_find(first.where, str_of(edits[i].where)) == STR_NONE) {
			fprintf(stderr, "# %s: %" STR_FMT ": %" STR_FMT "\n", edits[i].sql, STR_ARG(first.where), STR_ARG(first.what));
			CHECK(!"the edit is found");
		}
		desk_end(&d);
	}
}

TESTS(
	TEST(a_new_key_is_announced_by_the_old_one_and_signs_from_then_on),
	TEST(an_empty_log_can_change_its_key_too),
	TEST(a_crash_leaves_one_key_and_it_is_the_one_that_counts),
	TEST(a_run_of_verify_can_be_entered), TEST(a_reading_that_was_broken_off_is_known_until_it_ends),
	TEST(a_backup_that_is_opened_for_writing_is_entered_once),
	TEST(what_is_changed_by_hand_is_found))
