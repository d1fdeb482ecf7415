/* What verify finds when somebody has been at the desk's files with other tools. */
#include "store/desk_check.h"

#include <fcntl.h>
#include <sqlite3.h>
#include <sys/stat.h>

static enum err_code
publish_note(struct desk *d, const struct id *article)
{
	struct store_note_done done;
	struct store_note      n = { .article = *article, .act = ACT_CREATE, .status = NOTE_PUBLISHED,
		.sensitivity = SENSITIVITY_PUBLIC, .heading = STR("북한 인권"), .text = STR("One sentence."), .language = STR("en"),
		.country = STR("KP") };

	return store_note_save(d->link, &d->arena, &(struct store_note_new){ n }, &done, &d->err);
}

/* As with the sqlite3 program: the desk is closed, and its triggers are not there. */
static void
edit_by_hand(struct desk *d, const char *sql)
{
	char     path[256];
	sqlite3 *db = NULL;

	link_close(d->link);
	d->link = NULL;
	snprintf(path, sizeof(path), "%s/tidings.db", d->dir);
	CHECK_INT(SQLITE_OK, sqlite3_open(path, &db));
	CHECK_INT(SQLITE_OK, sqlite3_exec(db, sql, NULL, NULL, NULL));
	CHECK_INT(1, sqlite3_changes(db));
	sqlite3_close(db);
}

/* The first finding names the place and says what is wrong. */
static void
check_finding(struct desk *d, const char *where, const char *what)
{
	struct store_finding first = { 0 };

	CHECK(reopen(d));
	CHECK(findings(d, &first) > 0);
	if (str_find(first.where, str_of(where)) == STR_NONE || str_find(first.what, str_of(what)) == STR_NONE) {
		fprintf(stderr, "# %" STR_FMT ": %" STR_FMT "\n", STR_ARG(first.where), STR_ARG(first.what));
		CHECK(!"the finding names the thing");
	}
}

static void
a_row_edited_by_hand_is_found(void)
{
	static const struct {
		const char *sql, *where, *what;
	} edits[] = {
		{ "UPDATE ledger SET entry = replace(entry, 'kind', 'kinD') WHERE seq = 0", "ledger entry 0", "entry changed" },
		{ "UPDATE capture SET url = 'https://b.example/북한'", "ledger entry 0", "statement (capture: c-" },
		{ "UPDATE capture SET status = 404", "ledger entry 0", "statement (capture: c-" },
		{ "UPDATE capture SET final_url = 'https://c.example/'", "record <", "the desk's row says https://c.example/" },
		{ "UPDATE capture SET taken_us = taken_us - 86400000000", "ledger entry 0", "statement (capture: c-" },
		{ "UPDATE capture SET fault = 'none of ours'", "ledger entry 0", "statement (capture: c-" },
		{ "UPDATE record SET uuid = randomblob(16) WHERE type = 'response'", "record <", "another WARC-Record-ID" },
		{ "UPDATE record SET type = 'revisit' WHERE type = 'response'", "record <", "the index says \"WARC-Type: revisit\"" },
		{ "UPDATE record SET target_url = 'https://d.example/' WHERE type = 'request'", "record <", "the index says \"WARC-Target-URI: https://d" },
		{ "UPDATE record SET content_type = 'text/html' WHERE type = 'request'", "record <", "the record \"Content-Type: application/http;msgtype=request\"" },
		{ "UPDATE record SET date_us = date_us + 1 WHERE type = 'request'", "record <", "the index says \"WARC-Date: " },
		{ "UPDATE record SET payload_sha256 = randomblob(32) WHERE type = 'request'", "record <", "the record has none" },
		{ "PRAGMA ignore_check_constraints = 1; UPDATE record SET payload_at = 999999 WHERE type = 'request'", "record <", "begins where none can" },
		{ "UPDATE record SET n = 1001 WHERE type = 'metadata'", "index (capture: c-", "counted from 0" },
		{ "UPDATE segment SET day = '20200101'", "captures/", "contradicts itself" },
		{ "UPDATE segment SET ledger = 0", "captures/", "contradicts itself" },
		{ "UPDATE segment SET bytes = bytes - 1", "captures/", "the file has 1 bytes more than were written" },
		{ "UPDATE segment SET name = 'x' || substr(name, 2)", "captures/x", "the file is missing" },
		{ "UPDATE note_version SET dateline_date = 'today'", "ledger entry 1", "dateline is none" },
		{ "UPDATE note_version SET text = 'Another sentence.'", "ledger entry 1", "statement (note: n-" },
		{ "UPDATE note_version SET heading = 'عنوان'", "ledger entry 1", "statement (note: n-" },
	};

	for (size_t i = 0; i < sizeof(edits) / sizeof(*edits); i++) {
		struct desk               d;
		struct store_article_done a;

		if (!desk_begin(&d))
			return;
		a = add(&d, STR("https://a.example/북한"), STR("Title"), STR("Text of the story."));
		CHECK_INT(ERR_OK, publish_note(&d, &a.id));
		CHECK_INT(0, unexpected(&d));
		edit_by_hand(&d, edits[i].sql);
		check_finding(&d, edits[i].where, edits[i].what);
		desk_end(&d);
	}
}

static void
a_status_that_the_reply_did_not_have_is_found(void)
{
	struct desk               d;
	struct store_capture_done done;
	struct store_finding      first = { 0 };

	if (!desk_begin(&d))
		return;
	CHECK_INT(ERR_OK, take(&d, STR("https://a.example/"), STR("HTTP/1.1 404 Not Found\r\n\r\nGone."), &done));
	CHECK(findings(&d, &first) > 0);
	CHECK(str_find(first.what, STR("the server answered 404, and the desk's row says 200")) != STR_NONE);
	desk_end(&d);
}

static void
path_of_segment(struct desk *d, char *out, size_t size)
{
	struct os_names names = { 0 };
	char            folder[128];

	snprintf(folder, sizeof(folder), "%s/captures", d->dir);
	CHECK_INT(ERR_OK, os_list_dir(&d->arena, str_of(folder), &names, &d->err));
	CHECK_INT(1, names.n);
	snprintf(out, size, "%s/%" STR_FMT, folder, STR_ARG(names.v[0]));
}

static void
a_segment_that_grew_or_went_while_we_watch_is_found(void)
{
	struct desk          d;
	struct store_finding first = { 0 };
	char                 path[512];
	int                  fd;

	if (!desk_begin(&d))
		return;
	(void)add(&d, STR("https://a.example/"), STR("Title"), STR("Text."));
	path_of_segment(&d, path, sizeof(path));
	fd = open(path, O_WRONLY | O_APPEND | O_CLOEXEC);
	CHECK(fd >= 0 && write(fd, "x", 1) == 1);
	close(fd);
	CHECK(findings(&d, &first) > 0);
	CHECK(str_find(first.what, STR("1 bytes more")) != STR_NONE);
	CHECK_INT(0, unlink(path));
	CHECK(findings(&d, &first) > 0);
	CHECK(str_find(first.where, STR("captures/")) != STR_NONE);
	desk_end(&d);
}

static void
only_its_owner_may_read_a_desk(void)
{
	static const char *const files[] = { "VERSION", "tidings.conf", "tidings.db", "tidings.db-wal", "tidings.db-shm" };
	struct desk              d;
	mode_t                   before = umask(022);

	if (!desk_begin(&d))
		return;
	for (size_t i = 0; i < sizeof(files) / sizeof(*files); i++) {
		struct stat st = { 0 };
		char        path[128];

		snprintf(path, sizeof(path), "%s/%s", d.dir, files[i]);
		CHECK_INT(0, stat(path, &st));
		CHECK_INT(0600, st.st_mode & 0777);
	}
	(void)umask(before);
	desk_end(&d);
}

TESTS(
	TEST(a_row_edited_by_hand_is_found),
	TEST(a_status_that_the_reply_did_not_have_is_found),
	TEST(a_segment_that_grew_or_went_while_we_watch_is_found),
	TEST(only_its_owner_may_read_a_desk))
