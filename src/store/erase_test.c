/* What was erased is nowhere in the desk's folder any more, and the ledger still proves that it once was there. */
#include "store/desk_check.h"

#include <dirent.h>
#include <sqlite3.h>
#include <sys/stat.h>

#include "ledger/checkpoint.h"
#include "ledger/entry.h"
#include "store/db.h"
#include "warc/read.h"

static const char *const secrets[] = { "quixzelvane", "비밀증언자" };
#define SECRET_URL "https://a.example/quixzelvane/비밀증언자"

static bool
holds(const char *path, const char *word)
{
	struct buf b = BUF_INIT(256 * MiB);
	struct err err;
	bool       found = os_read_file(str_of(path), &b, &err) == ERR_OK && str_find(buf_str(&b), str_of(word)) != STR_NONE;

	buf_free(&b);
	return found;
}

/* How many files below the folder hold one of the words. */
static int
traces(const char *folder, bool tells)
{
	DIR           *d = opendir(folder);
	struct dirent *e;
	int            n = 0;

	while (d != NULL && (e = readdir(d)) != NULL) {
		char        path[1024];
		struct stat st;

		if (e->d_name[0] == '.')
			continue;
		snprintf(path, sizeof(path), "%s/%s", folder, e->d_name);
		if (lstat(path, &st) == 0 && S_ISDIR(st.st_mode)) {
			n += traces(path, tells);
			continue;
		}
		for (size_t i = 0; S_ISREG(st.st_mode) && i < sizeof(secrets) / sizeof(*secrets); i++)
			if (holds(path, secrets[i])) {
				if (tells)
					fprintf(stderr, "# %s holds %s\n", path, secrets[i]);
				n++;
			}
	}
	if (d != NULL)
		closedir(d);
	return n;
}

/* Stored, not packed: incompressible bytes round the words, so that they would be seen in a segment. */
static struct str
noisy(struct desk *d)
{
	char  *p = arena_take(&d->arena, 9000);
	size_t n = (size_t)snprintf(p, 200, "HTTP/1.1 200 OK\r\n\r\n");
	char   noise[8000];

	os_random(noise, sizeof(noise));
	memcpy(p + n, noise, sizeof(noise));
	n += sizeof(noise);
	n += (size_t)snprintf(p + n, 200, "%s %s", secrets[0], secrets[1]);
	return (struct str){ p, n };
}

struct taken {
	struct id capture, part, article;
};

static struct id
capture(struct desk *d, struct str url, bool seals, const struct id *part_of)
{
	struct store_record_new   r = { .type = RECORD_RESPONSE, .uuid = os_random_uuid(), .target_url = url,
		.content_type = STR("application/http;msgtype=response"), .payload_at = 19, .block = bytes_of(noisy(d)), .date_us = os_now_us() };
	struct store_capture_new  c = { .url = url, .final_url = url, .how = HOW_FETCHED, .by = STR("watch"), .why = STR("quixzelvane in a feed"),
		.taken_us = os_now_us(), .status = 200, .media_type = STR("text/html"), .main = 0, .seals = seals, .has_story = part_of == NULL,
		.records = { &r, 1 } };
	struct store_capture_done done = { 0 };

	if (part_of != NULL)
		c.part_of = *part_of;
	CHECK_INT(ERR_OK, store_capture_commit(d->link, &d->arena, &c, &done, &d->err));
	return done.id;
}

static struct id
note(struct desk *d, const struct id *article, enum note_status status, struct str heading)
{
	struct store_note_done done = { 0 };
	struct excerpt         e = { .text = STR("quixzelvane speaks") };
	struct store_contact   who = { .name = STR("Desk Contact"), .email = STR("c@example.org"), .about = STR("quixzelvane") };
	struct store_note      n = { .article = *article, .act = ACT_CREATE, .status = status, .heading = heading,
		.sensitivity = status == NOTE_PUBLISHED ? SENSITIVITY_PUBLIC : SENSITIVITY_UNREVIEWED, .text = heading, .language = STR("en"),
		.country = STR("KP"), .excerpts = { &e, 1 }, .contacts = { &who, 1 } };

	CHECK_INT(ERR_OK, store_note_save(d->link, &d->arena, &(struct store_note_new){ n }, &done, &d->err));
	return done.id;
}

/* A page with its files, an article, a job, a feed's item and a draft; other captures before and behind it. */
static struct taken
fill(struct desk *d, bool seals)
{
	struct taken              t;
	struct store_article_done a = { 0 };
	struct store_job          job;

	(void)add(d, STR("https://b.example/before"), STR("Before"), STR("Text before."));
	CHECK_INT(ERR_OK, store_job_add(d->link, &d->arena, &(struct store_job_new){ .kind = JOB_ADD_URL, .subject = STR(SECRET_URL) }, &job, &d->err));
	t.capture = capture(d, STR(SECRET_URL), seals, NULL);
	t.part = capture(d, STR(SECRET_URL), false, &t.capture);
	CHECK_INT(ERR_OK, extract(d, &t.capture, STR("Of quixzelvane, 비밀증언자"), STR("Here quixzelvane speaks, and 비밀증언자 too."), &a));
	t.article = a.id;
	(void)add(d, STR("https://b.example/behind"), STR("Behind"), STR("Text behind."));
	return t;
}

static enum err_code
erase(struct desk *d, const struct id *id, struct store_erasure *ret)
{
	return store_erase(d->link, &d->arena, &(struct store_erase_ask){ *id, STR("asked for by the witness's family"), STR("") }, ret, &d->err);
}

static struct store_erasure
look(struct desk *d, const struct id *id)
{
	struct store_erasure e = { 0 };

	CHECK_INT(ERR_OK, store_erase_look(d->link, &d->arena, &(struct store_name){ shown(d, ID_CAPTURE, id), ID_CAPTURE }, &e, &d->err));
	return e;
}

static void
check_gone(struct desk *d, const struct taken *t)
{
	struct store_capture       c;
	struct store_article_view  v;
	struct store_record_bytes  bytes;
	struct store_record_member member;
	struct store_item_list     found;
	struct store_article_done  a;

	CHECK_INT(0, traces(d->dir, true));
	CHECK_INT(ERR_OK, store_capture_get(d->link, &d->arena, &(struct store_name){ shown(d, ID_CAPTURE, &t->capture), ID_CAPTURE }, &c, &d->err));
	CHECK(c.erased_us != 0);
	CHECK_STR(STR("asked for by the witness's family"), c.erased_why);
	CHECK_STR(STR(""), c.url);
	CHECK_INT(ERR_OK, store_article_get(d->link, &d->arena, &(struct store_name){ shown(d, ID_ARTICLE, &t->article), ID_ARTICLE }, &v, &d->err));
	CHECK(v.taken.erased_us != 0);
	CHECK_INT(0, v.article.text.n + v.article.title.n + v.article.blocks.n);
	CHECK_INT(ERR_MISSING, store_record_read(d->link, &d->arena, &(struct store_record_name){ t->capture, 0 }, &bytes, &d->err));
	CHECK(str_find(str_of(d->err.text), STR("was erased on 20")) != STR_NONE);
	CHECK_INT(ERR_MISSING, store_record_member(d->link, &d->arena, &(struct store_record_name){ t->part, 0 }, &member, &d->err));
	CHECK_INT(ERR_OK, store_search(d->link, &d->arena, &(struct store_search_ask){ STR("quixzelvane"), 0, 10 }, &found, &d->err));
	CHECK_INT(0, found.items.n);
	CHECK_INT(ERR_MISSING, extract(d, &t->capture, STR("quixzelvane"), STR("again"), &a));
	CHECK_INT(0, unexpected(d));
}

static void
what_was_erased_is_nowhere_in_the_folder(void)
{
	for (int seals = 0; seals < 2; seals++) {
		struct desk          d;
		struct taken         t;
		struct store_erasure e = { 0 };

		if (!desk_begin(&d))
			return;
		t = fill(&d, seals);
		(void)note(&d, &t.article, NOTE_DRAFT, STR("A draft on quixzelvane"));
		CHECK_INT(0, unexpected(&d));
		CHECK(traces(d.dir, false) > 0);
		CHECK_INT(seals, look(&d, &t.capture).is_sealed);
		CHECK_INT(ERR_OK, erase(&d, &t.capture, &e));
		CHECK_INT(2, e.captures);
		CHECK_INT(1, e.notes.n);
		CHECK_INT(2, e.entries);
		check_gone(&d, &t);
		CHECK(!look(&d, &t.capture).is_due);
		CHECK(reopen(&d));
		check_gone(&d, &t);
		CHECK_INT(ERR_EXISTS, erase(&d, &t.capture, &e));
		desk_end(&d);
	}
}

static void
a_part_takes_its_page_with_it(void)
{
	struct desk          d;
	struct taken         t;
	struct store_erasure e = { 0 };

	if (!desk_begin(&d))
		return;
	t = fill(&d, true);
	CHECK_INT(ERR_OK, erase(&d, &t.part, &e));
	CHECK(id_eq(&t.capture, &e.capture));
	check_gone(&d, &t);
	desk_end(&d);
}

/* Everything else keeps its place, and the file is a sound WARC with one record that says what is gone. */
static void
a_plain_segment_has_a_tombstone_and_stays_sound(void)
{
	struct desk          d;
	struct taken         t;
	struct store_erasure e = { 0 };
	struct os_names      names = { 0 };
	struct warc_reader  *r = calloc(1, sizeof(*r));
	struct warc_record   record;
	struct buf           b = BUF_INIT(MiB), before = BUF_INIT(MiB);
	char                 path[256];
	int                  stones = 0, records = 0;
	size_t               odd;

	if (r == NULL || !desk_begin(&d))
		return;
	t = fill(&d, false);
	snprintf(path, sizeof(path), "%s/captures", d.dir);
	CHECK_INT(ERR_OK, os_list_dir(&d.arena, str_of(path), &names, &d.err));
	snprintf(path, sizeof(path), "%s/captures/%" STR_FMT, d.dir, STR_ARG(names.v[0]));
	CHECK_INT(ERR_OK, os_read_file(str_of(path), &before, &d.err));
	td_warc_open(r, buf_bytes(&before), MiB);
	while (td_warc_next(r, &record))
		;
	odd = r->faults_n + r->notes_n;         /* of the two made-up replies beside it */
	td_warc_close(r);
	CHECK_INT(ERR_OK, erase(&d, &t.capture, &e));
	CHECK_INT(ERR_OK, os_read_file(str_of(path), &b, &d.err));
	CHECK_INT(before.n, b.n);
	td_warc_open(r, buf_bytes(&b), MiB);
	while (td_warc_next(r, &record)) {
		records++;
		stones += str_starts(bytes_as_str(record.block), STR("tidings-tombstone/1\r\n"));
	}
	CHECK_INT(2, stones);           /* the page's own, and its files' */
	CHECK_INT(1 + 3 + 2 + 3, records);
	CHECK_INT(odd, r->faults_n + r->notes_n);
	td_warc_close(r);
	free(r);
	buf_free(&b);
	buf_free(&before);
	/* The next capture goes on behind it. */
	(void)add(&d, STR("https://b.example/next"), STR("Next"), STR("Text next."));
	CHECK_INT(0, unexpected(&d));
	desk_end(&d);
}

/* Words that the public has read are not unsaid in silence: they are taken back first. */
static void
a_published_note_stays_until_it_is_withdrawn(void)
{
	struct desk            d;
	struct taken           t;
	struct id              public_note;
	struct store_erasure   e = { 0 };
	struct store_note      n;
	struct store_note_done done;
	bool                   told = false;

	if (!desk_begin(&d))
		return;
	t = fill(&d, true);
	public_note = note(&d, &t.article, NOTE_PUBLISHED, STR("Our words on quixzelvane"));
	(void)note(&d, &t.article, NOTE_DRAFT, STR("quixzelvane draft"));
	CHECK_INT(ERR_OK, erase(&d, &t.capture, &e));
	for (size_t i = 0; i < e.copies.n; i++)
		told |= e.copies.v[i].kind == COPY_NOTE && id_eq(&e.copies.v[i].id, &public_note);
	CHECK(told);
	CHECK_INT(1, e.notes.n);
	CHECK_INT(ERR_OK, store_note_get(d.link, &d.arena, &(struct store_name){ shown(&d, ID_NOTE, &public_note), ID_NOTE }, &n, &d.err));
	CHECK_STR(STR("Our words on quixzelvane"), n.heading);
	CHECK_INT(1, n.excerpts.n);
	CHECK_INT(0, unexpected(&d));
	n.act = ACT_WITHDRAW;
	n.status = NOTE_WITHDRAWN;
	n.why = STR("at the family's wish");
	CHECK_INT(ERR_OK, store_note_save(d.link, &d.arena, &(struct store_note_new){ n }, &done, &d.err));
	CHECK_INT(ERR_OK, erase(&d, &t.capture, &e));
	CHECK_INT(2, e.entries);        /* of its publication and of its withdrawal */
	CHECK_INT(0, unexpected(&d));
	/* The note's address on the site is a public thing, and stays. */
	CHECK_INT(ERR_OK, store_note_get(d.link, &d.arena, &(struct store_name){ shown(&d, ID_NOTE, &public_note), ID_NOTE }, &n, &d.err));
	CHECK_STR(STR(""), n.heading);
	CHECK_STR(STR("at the family's wish"), n.why);
	CHECK_INT(0, n.excerpts.n);
	desk_end(&d);
}

static void
an_erased_entry_is_still_proved_by_itself(void)
{
	struct desk             d;
	struct taken            t;
	struct store_erasure    e = { 0 };
	struct store_checkpoint c;
	struct store_proof      p;
	struct ledger_proof     proof;

	if (!desk_begin(&d))
		return;
	t = fill(&d, true);
	CHECK_INT(ERR_OK, store_ledger_checkpoint(d.link, &d.arena, &(struct store_none){ 0 }, &c, &d.err));
	CHECK_INT(ERR_OK, erase(&d, &t.capture, &e));
	CHECK_INT(ERR_OK, store_ledger_checkpoint(d.link, &d.arena, &(struct store_none){ 0 }, &c, &d.err));
	CHECK_INT(ERR_OK, store_ledger_prove(d.link, &d.arena, &(struct store_prove_ask){ .capture = t.capture }, &p, &d.err));
	CHECK_STR(STR(""), p.statement);
	CHECK_INT(ERR_OK, td_ledger_proof_parse(p.proof, &proof, &d.err));
	CHECK_STR(p.entry, buf_str(&proof.extra));
	CHECK(td_ledger_proof_holds(&proof, buf_bytes(&proof.extra)));
	td_ledger_proof_free(&proof);
	/* The entry that says so has its statement, with the reason. */
	CHECK_INT(ERR_OK, store_ledger_prove(d.link, &d.arena, &(struct store_prove_ask){ .seq = e.ledger_seq }, &p, &d.err));
	CHECK_STR(STR("erasure"), p.kind);
	CHECK(str_find(p.statement, STR("\nreason asked for by the witness's family\n")) != STR_NONE);
	CHECK_INT(0, unexpected(&d));
	desk_end(&d);
}

static void
copies_that_the_desk_knows_of_are_told(void)
{
	struct desk              d;
	struct taken             t;
	struct store_erasure     e;
	struct store_export_done done;
	struct store_none        none;
	char                     whole[ID_WHOLE], path[128];
	sqlite3                 *db = NULL;
	int                      kinds = 0;

	if (!desk_begin(&d))
		return;
	t = fill(&d, true);
	(void)capture(&d, STR(SECRET_URL), false, NULL);
	CHECK_INT(ERR_OK, store_export_commit(d.link, &d.arena, &(struct store_export_new){ .form = STR("wacz"),
	    .subjects = str_of(id_show_whole(ID_CAPTURE, &t.capture, whole)) }, &done, &d.err));
	CHECK_INT(ERR_OK, store_backup_commit(d.link, &d.arena, &(struct store_backup_new){ .to = STR("/media/stick/a"), .files = 1 }, &none, &d.err));
	link_close(d.link);
	d.link = NULL;
	snprintf(path, sizeof(path), "%s/tidings.db", d.dir);
	CHECK_INT(SQLITE_OK, sqlite3_open(path, &db));
	CHECK_INT(SQLITE_OK, sqlite3_exec(db, "INSERT INTO seen SELECT seq, 'Partner', 1, 2, 1, 3 FROM capture WHERE url LIKE '%quixzelvane%' "
	    "AND part_of IS NULL ORDER BY seq LIMIT 1", NULL, NULL, NULL));
	CHECK_INT(1, sqlite3_changes(db));
	sqlite3_close(db);
	CHECK(reopen(&d));
	e = look(&d, &t.capture);
	for (size_t i = 0; i < e.copies.n; i++)
		kinds |= 1 << e.copies.v[i].kind;
	CHECK_INT(1 << COPY_EXPORT | 1 << COPY_BACKUP | 1 << COPY_CAPTURE | 1 << COPY_PARTNER, kinds);
	CHECK_INT(-1, e.ledger_seq);
	CHECK_INT(0, e.erased_us);
	CHECK(traces(d.dir, false) > 0);
	desk_end(&d);
}

/* Else the next poll would bring back what was taken away. */
static void
an_erased_item_is_still_known_to_its_source(void)
{
	struct desk              d;
	struct taken             t;
	struct store_source      s = { .kind = SOURCE_FEED, .url = STR("https://b.example/feed"), .given_url = STR("https://b.example/feed"), .title = STR("Feed"), .interval_s = 0, .sensitivity = SENSITIVITY_PUBLIC };
	struct store_source      made = { 0 };
	struct store_item_new    item = { .key = STR("quixzelvane-guid"), .url = STR(SECRET_URL), .page = STR(SECRET_URL), .title = STR("quixzelvane"),
		.summary = STR("비밀증언자") };
	struct store_poll        poll = { .items = { &item, 1 } };
	struct store_poll_done   done;
	struct store_erasure     e;

	if (!desk_begin(&d))
		return;
	t = fill(&d, true);
	CHECK_INT(ERR_OK, store_source_save(d.link, &d.arena, &s, &made, &d.err));
	poll.source = made.id;
	CHECK_INT(ERR_OK, store_poll_commit(d.link, &d.arena, &poll, &done, &d.err));
	CHECK_INT(1, done.fresh);
	CHECK_INT(ERR_OK, erase(&d, &t.capture, &e));
	check_gone(&d, &t);
	CHECK_INT(ERR_OK, store_poll_commit(d.link, &d.arena, &poll, &done, &d.err));
	CHECK_INT(0, done.fresh);
	CHECK_INT(0, traces(d.dir, true));
	desk_end(&d);
}

/* The guards open for an erasure, and for nothing else even then. */
static void
nothing_but_blanking_passes_the_guards(void)
{
	static const struct { const char *sql; bool passes; } tries[] = {
		{ "UPDATE ledger SET statement = '' WHERE seq = 0", true }, { "UPDATE ledger SET statement = 'x' WHERE seq = 0", false },
		{ "UPDATE ledger SET statement = '', entry = 'x' WHERE seq = 0", false }, { "DELETE FROM ledger WHERE seq = 0", false },
		{ "UPDATE ledger SET statement = '', time_us = 1 WHERE seq = 0", false }, { "UPDATE capture SET url = 'x'", false },
		{ "UPDATE capture SET url = ''", false }, { "UPDATE record SET target_url = ''", false }, { "UPDATE record_key SET key = zeroblob(32)", false },
		{ "UPDATE act SET lines = ''", false }, { "UPDATE change SET before = 'x', after = 'y'", false }, { "DELETE FROM change", false },
		{ "UPDATE article SET id = zeroblob(16)", false }, { "DELETE FROM record_key", true },
	};
	struct desk              d;
	struct db                db;
	struct store_export_done done;
	char                     path[128];

	if (!desk_begin(&d))
		return;
	(void)fill(&d, true);
	CHECK_INT(ERR_OK, store_export_commit(d.link, &d.arena, &(struct store_export_new){ .form = STR("wacz"), .subjects = STR("c-0") }, &done, &d.err));
	link_close(d.link);
	d.link = NULL;
	snprintf(path, sizeof(path), "%s/tidings.db", d.dir);
	CHECK_INT(ERR_OK, db_open(&db, str_of(path), DB_WRITE, &d.err));
	for (size_t i = 0; i < sizeof(tries) / sizeof(*tries); i++)
		for (int erasing = 0; erasing < 2; erasing++) {
			db_begin(&db);
			db.is_erasing = erasing;
			if ((sqlite3_exec(db.sqlite, tries[i].sql, NULL, NULL, NULL) == SQLITE_OK) != (erasing && tries[i].passes)) {
				fprintf(stderr, "# %s, erasing %d\n", tries[i].sql, erasing);
				CHECK(!"the guard holds");
			}
			CHECK_INT(ERR_OK, db_end(&db, false, &d.err));
		}
	db_close(&db);
	desk_end(&d);
}

static void
what_is_edited_round_an_erasure_is_found(void)
{
	static const struct { const char *sql, *what; } edits[] = {
		{ "UPDATE act SET lines = replace(lines, 'family', 'enemy') WHERE lines LIKE '%family%'", "does not agree" },
		{ "DELETE FROM erased WHERE ledger = (SELECT min(ledger) FROM erased)", "" },
		{ "UPDATE erased SET ledger = 0 WHERE ledger = (SELECT min(ledger) FROM erased)", "" },
		{ "UPDATE erased SET erasure = 0 WHERE ledger = (SELECT min(ledger) FROM erased)", "" },
		{ "UPDATE capture SET url = 'https://c.example/' WHERE url = '' AND part_of IS NULL", "says something again" },
		{ "UPDATE tombstone SET file_sha256 = zeroblob(32) WHERE ledger = (SELECT min(ledger) FROM tombstone)", "" },
		{ "DELETE FROM tombstone WHERE ledger = (SELECT min(ledger) FROM tombstone)", "" },
		{ "UPDATE ledger SET statement = '' WHERE seq = 0", "" },
	};

	for (size_t i = 0; i < sizeof(edits) / sizeof(*edits); i++) {
		struct desk          d;
		struct taken         t;
		struct store_erasure e;
		struct store_finding first = { 0 };
		char                 path[128];
		sqlite3             *db = NULL;

		if (!desk_begin(&d))
			return;
		t = fill(&d, false);
		CHECK_INT(ERR_OK, erase(&d, &t.capture, &e));
		link_close(d.link);
		d.link = NULL;
		snprintf(path, sizeof(path), "%s/tidings.db", d.dir);
		CHECK_INT(SQLITE_OK, sqlite3_open(path, &db));
		CHECK_INT(SQLITE_OK, sqlite3_exec(db, edits[i].sql, NULL, NULL, NULL));
		CHECK_INT(1, sqlite3_changes(db));
		sqlite3_close(db);
		CHECK(reopen(&d));
		if (findings(&d, &first) == 0 || str_find(first.what, str_of(edits[i].what)) == STR_NONE) {
			fprintf(stderr, "# %s: %" STR_FMT "\n", edits[i].sql, STR_ARG(first.what));
			CHECK(!"the edit is found");
		}
		desk_end(&d);
	}
}

/*
 * Who adds a table says here that an erasure deals with it (erase.sql), or that it holds nothing of what was captured.  A table
 * that is in neither list would keep words that somebody was promised are gone.
 */
static void
no_table_is_forgotten_by_an_erasure(void)
{
	static const char *const dealt[] = { "article_text", "block", "capture", "change", "erased", "erasure_due", "excerpt", "field",
		"field_person", "host_fault", "item", "job", "ledger", "link", "news", "note", "note_contact", "note_version", "offer", "page_life",
		"reading", "record", "record_key", "tombstone" };
	static const char *const bare[] = { "act", "article", "backup", "checkpoint", "conflict", "cosignature", "fixity_run", "item_capture", "item_decision",
		"item_job", "item_open", "log_key", "page_event", "partner", "person", "release", "renewal", "seen", "segment", "source", "source_health", "token", "witnessed" };
	struct desk   d;
	char          path[128];
	sqlite3      *db = NULL;
	sqlite3_stmt *q = NULL;
	size_t        known = 0;

	if (!desk_begin(&d))
		return;
	snprintf(path, sizeof(path), "%s/tidings.db", d.dir);
	CHECK_INT(SQLITE_OK, sqlite3_open(path, &db));
	CHECK_INT(SQLITE_OK, sqlite3_prepare_v2(db, "SELECT name FROM sqlite_schema WHERE type = 'table' AND name NOT LIKE 'sqlite\\_%' ESCAPE '\\' "
	    "AND name NOT LIKE 'article\\_search%' ESCAPE '\\'", -1, &q, NULL));
	while (sqlite3_step(q) == SQLITE_ROW) {
		struct str name = str_of((const char *)sqlite3_column_text(q, 0));
		bool       found = false;

		for (size_t i = 0; i < sizeof(dealt) / sizeof(*dealt); i++)
			found |= str_eq(name, str_of(dealt[i]));
		for (size_t i = 0; i < sizeof(bare) / sizeof(*bare); i++)
			found |= str_eq(name, str_of(bare[i]));
		if (!found)
			fprintf(stderr, "# %" STR_FMT ": what becomes of it when a capture is erased?\n", STR_ARG(name));
		CHECK(found);
		known += found;
	}
	CHECK_INT(sizeof(dealt) / sizeof(*dealt) + sizeof(bare) / sizeof(*bare), known);
	sqlite3_finalize(q);
	sqlite3_close(db);
	desk_end(&d);
}

TESTS(
	TEST(no_table_is_forgotten_by_an_erasure),
	TEST(what_was_erased_is_nowhere_in_the_folder),
	TEST(a_part_takes_its_page_with_it),
	TEST(a_plain_segment_has_a_tombstone_and_stays_sound),
	TEST(a_published_note_stays_until_it_is_withdrawn),
	TEST(an_erased_entry_is_still_proved_by_itself),
	TEST(copies_that_the_desk_knows_of_are_told),
	TEST(an_erased_item_is_still_known_to_its_source),
	TEST(nothing_but_blanking_passes_the_guards),
	TEST(what_is_edited_round_an_erasure_is_found))
