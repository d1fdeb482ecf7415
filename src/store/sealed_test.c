/* Records under keys of their own: read, verified and handed out like others while the key is there. */
#include "store/desk_check.h"

#include <fcntl.h>
#include <sqlite3.h>

#include "warc/read.h"

static const char secret[] = "quixzelvane";

static struct id
take_sealed(struct desk *d, struct str body, const struct id *part_of)
{
	struct str                url = STR("https://a.example/story");
	struct store_record_new   r = { .type = RECORD_RESPONSE, .uuid = os_random_uuid(), .target_url = url,
		.content_type = STR("application/http;msgtype=response"), .payload_at = 19, .block = bytes_of(body), .date_us = os_now_us() };
	struct store_capture_new  c = { .url = url, .final_url = url, .how = HOW_FETCHED, .by = STR("editor"), .why = STR("test"),
		.taken_us = os_now_us(), .status = 200, .media_type = STR("text/html"), .main = 0, .seals = part_of == NULL, .records = { &r, 1 } };
	struct store_capture_done done = { 0 };

	if (part_of != NULL)
		c.part_of = *part_of;
	CHECK_INT(ERR_OK, store_capture_commit(d->link, &d->arena, &c, &done, &d->err));
	return done.id;
}

static struct str
secret_reply(struct desk *d)
{
	char *text = arena_take(&d->arena, 2000);
	int   n = snprintf(text, 2000, "HTTP/1.1 200 OK\r\n\r\n<p>%s %0*d</p>", secret, 1500, 7);

	return (struct str){ text, (size_t)n };
}

static struct buf
segment_bytes(struct desk *d, char *path, size_t size)
{
	struct os_names names = { 0 };
	struct buf      b = BUF_INIT(MiB);
	char            folder[128];

	snprintf(folder, sizeof(folder), "%s/captures", d->dir);
	CHECK_INT(ERR_OK, os_list_dir(&d->arena, str_of(folder), &names, &d->err));
	CHECK_INT(1, names.n);
	snprintf(path, size, "%s/%" STR_FMT, folder, STR_ARG(names.v[0]));
	CHECK_INT(ERR_OK, os_read_file(str_of(path), &b, &d->err));
	return b;
}

static void
a_sealed_record_is_read_and_handed_out_as_it_was(void)
{
	struct desk                d;
	struct str                 body;
	struct id                  id;
	struct store_capture       c;
	struct store_record_bytes  bytes;
	struct store_record_member member;
	char                       path[256];
	struct buf                 b;

	if (!desk_begin(&d))
		return;
	body = secret_reply(&d);
	id = take_sealed(&d, body, NULL);
	CHECK_INT(ERR_OK, store_capture_get(d.link, &d.arena, &(struct store_name){ shown(&d, ID_CAPTURE, &id), ID_CAPTURE }, &c, &d.err));
	CHECK(c.is_sealed);
	CHECK_INT(ERR_OK, store_record_read(d.link, &d.arena, &(struct store_record_name){ id, 0 }, &bytes, &d.err));
	CHECK_STR(body, bytes_as_str(bytes.block));
	CHECK_INT(ERR_OK, store_record_member(d.link, &d.arena, &(struct store_record_name){ id, 0 }, &member, &d.err));
	b = (struct buf)BUF_INIT(MiB);
	buf_add_bytes(&b, member.member);
	CHECK(b.n > 2 && b.p[0] == 0x1f);
	buf_free(&b);
	CHECK_INT(0, unexpected(&d));
	CHECK(reopen(&d));
	CHECK_INT(0, unexpected(&d));
	b = segment_bytes(&d, path, sizeof(path));
	CHECK(str_find(buf_str(&b), str_of(secret)) == STR_NONE);
	buf_free(&b);
	desk_end(&d);
}

/* The file stays what every reader of WARC takes; of the sealed records it sees that something is there. */
static void
the_segment_stays_a_sound_warc_and_says_nothing(void)
{
	struct desk         d;
	struct warc_reader *r = calloc(1, sizeof(*r));
	struct warc_record  record;
	char                path[256];
	struct buf          b;
	size_t              sealed = 0, shows = 0;

	if (r == NULL || !desk_begin(&d))
		return;
	(void)take_sealed(&d, secret_reply(&d), NULL);
	b = segment_bytes(&d, path, sizeof(path));
	td_warc_open(r, buf_bytes(&b), MiB);
	while (td_warc_next(r, &record)) {
		sealed += str_starts(td_warc_field(&record, STR("Content-Type")), STR("application/vnd.tidings.sealed"));
		shows += str_find(bytes_as_str(record.block), STR("example")) != STR_NONE ||
		    td_warc_field(&record, STR("WARC-Target-URI")).n > 0;
	}
	CHECK_INT(2, sealed);
	CHECK_INT(0, shows);
	CHECK_INT(0, r->faults_n);
	CHECK_INT(0, r->notes_n);
	td_warc_close(r);
	buf_free(&b);
	free(r);
	desk_end(&d);
}

/* Bytes that a page and its files share would go with either; so each keeps its own. */
static void
the_parts_of_a_sealed_page_are_sealed_and_refer_to_nothing(void)
{
	struct desk          d;
	struct id            page, part;
	struct store_capture c;

	if (!desk_begin(&d))
		return;
	page = take_sealed(&d, secret_reply(&d), NULL);
	part = take_sealed(&d, secret_reply(&d), &page);
	CHECK_INT(ERR_OK, store_capture_get(d.link, &d.arena, &(struct store_name){ shown(&d, ID_CAPTURE, &part), ID_CAPTURE }, &c, &d.err));
	CHECK(c.is_sealed);
	CHECK_INT(RECORD_RESPONSE, c.records.v[0].type);
	CHECK_INT(0, unexpected(&d));
	desk_end(&d);
}

static void
edit(struct desk *d, const char *sql)
{
	char     path[256];
	sqlite3 *db = NULL;

	link_close(d->link);
	d->link = NULL;
	snprintf(path, sizeof(path), "%s/tidings.db", d->dir);
	CHECK_INT(SQLITE_OK, sqlite3_open(path, &db));
	CHECK_INT(SQLITE_OK, sqlite3_exec(db, sql, NULL, NULL, NULL));
	sqlite3_close(db);
}

static void
a_key_that_changed_or_went_is_found(void)
{
	static const char *const edits[] = { "UPDATE record_key SET key = randomblob(32) WHERE record = 2", "DELETE FROM record_key WHERE record = 2",
		"UPDATE record_key SET record = -record; UPDATE record_key SET record = CASE record WHEN -2 THEN 3 ELSE 2 END" };

	for (size_t i = 0; i < sizeof(edits) / sizeof(*edits); i++) {
		struct desk          d;
		struct store_finding first = { 0 };

		if (!desk_begin(&d))
			return;
		(void)take_sealed(&d, secret_reply(&d), NULL);
		CHECK_INT(0, unexpected(&d));
		edit(&d, edits[i]);
		CHECK(reopen(&d));
		CHECK(findings(&d, &first) > 0);
		CHECK(str_find(first.where, STR("record <urn:uuid:")) != STR_NONE);
		desk_end(&d);
	}
}

static void
every_byte_of_a_sealed_segment_counts(void)
{
	struct desk          d;
	struct store_finding first = { 0 };
	char                 path[256];
	struct buf           b;
	int                  fd;

	if (!desk_begin(&d))
		return;
	(void)take_sealed(&d, secret_reply(&d), NULL);
	b = segment_bytes(&d, path, sizeof(path));
	fd = open(path, O_WRONLY | O_CLOEXEC);
	for (size_t at = 0; at < b.n; at += 7) {
		char flipped = (char)(b.p[at] ^ 1);

		CHECK_INT(1, pwrite(fd, &flipped, 1, (off_t)at));
		if (findings(&d, &first) == 0) {
			fprintf(stderr, "# byte %zu\n", at);
			CHECK(!"the changed byte is found");
		}
		CHECK_INT(1, pwrite(fd, b.p + at, 1, (off_t)at));
	}
	CHECK_INT(0, unexpected(&d));
	close(fd);
	buf_free(&b);
	desk_end(&d);
}

TESTS(
	TEST(a_sealed_record_is_read_and_handed_out_as_it_was),
	TEST(the_segment_stays_a_sound_warc_and_says_nothing),
	TEST(the_parts_of_a_sealed_page_are_sealed_and_refer_to_nothing),
	TEST(a_key_that_changed_or_went_is_found),
	TEST(every_byte_of_a_sealed_segment_counts))
