/* What a crash leaves whole is brought in, what is not is cut off; many at once are saved as one. */
#include "store/desk_check.h"

#include <fcntl.h>
#include <sys/wait.h>

static void
path_of(const struct desk *d, const char *name, char out[128])
{
	snprintf(out, 128, "%s/%s", d->dir, name);
}

static bool
copy_file(const struct desk *d, const char *from, const char *to)
{
	struct buf text = BUF_INIT(64 * MiB);
	struct err err;
	char       path[128];
	bool       ok;

	path_of(d, from, path);
	ok = os_read_file(str_of(path), &text, &err) == ERR_OK;
	path_of(d, to, path);
	ok = ok && os_replace_file(str_of(path), buf_str(&text), &err) == ERR_OK;
	buf_free(&text);
	return ok;
}

static void
close_desk(struct desk *d)
{
	link_close(d->link);
	d->link = NULL;
}

static int64_t
captures(struct desk *d)
{
	struct store_desk_status status = { 0 };

	CHECK_INT(ERR_OK, store_status(d->link, &d->arena, &(struct store_none){ 0 }, &status, &d->err));
	return status.captures;
}

static size_t
in_trash(struct desk *d)
{
	struct os_names names = { 0 };
	char            path[128];

	path_of(d, "trash", path);
	CHECK_INT(ERR_OK, os_list_dir(&d->arena, str_of(path), &names, &d->err));
	return names.n;
}

/* A desk whose database forgot the last captures: as after a crash between the sync and the commit. */
static bool
desk_that_forgot(struct desk *d, int known, int forgotten, struct id *ret_last)
{
	struct store_capture_done done;
	char                      path[128];

	if (!desk_begin(d))
		return false;
	for (int i = 0; i < known + forgotten; i++) {
		if (i == known) {
			close_desk(d);
			if (!copy_file(d, "tidings.db", "before") || !reopen(d))
				return false;
		}
		CHECK_INT(ERR_OK, take(d, STR("https://a.example/북?a=100%25"), STR("HTTP/1.1 200 OK\r\n\r\nSeoul"), &done));
	}
	*ret_last = done.id;
	close_desk(d);
	/* A crash before the commit is one before the file that follows it. */
	snprintf(path, sizeof(path), "%s/ledger/checkpoint", d->dir);
	(void)unlink(path);
	return copy_file(d, "before", "tidings.db");
}

static void
a_whole_capture_that_no_row_names_is_brought_in(void)
{
	struct desk          d;
	struct id            last;
	struct store_capture c = { 0 };

	CHECK(desk_that_forgot(&d, 1, 2, &last) && reopen(&d));
	CHECK_INT(3, captures(&d));
	CHECK_INT(0, unexpected(&d));
	CHECK_INT(0, in_trash(&d));
	CHECK_INT(ERR_OK, store_capture_get(d.link, &d.arena, &(struct store_name){ shown(&d, ID_CAPTURE, &last), ID_CAPTURE }, &c, &d.err));
	CHECK_STR(STR("https://a.example/북?a=100%25"), c.url);
	CHECK_STR(STR("editor"), c.by);
	CHECK(c.status == 200 && c.main == 1 && c.records.n == 3 && c.records.v[1].type == RECORD_RESPONSE);
	desk_end(&d);
}

static void
so_is_one_in_a_segment_that_was_just_begun(void)
{
	struct desk d;
	struct id   last;

	CHECK(desk_that_forgot(&d, 0, 2, &last) && reopen(&d));
	CHECK_INT(2, captures(&d));
	CHECK_INT(0, unexpected(&d));
	CHECK_INT(0, in_trash(&d));
	add(&d, STR("https://a.example/3"), STR("three"), STR("three"));
	CHECK_INT(0, unexpected(&d));
	desk_end(&d);
}

/* Cut or change the segment's end, then open: how many captures are there? */
static int64_t
after_damage(off_t from_end, bool is_cut)
{
	struct desk     d;
	struct id       last;
	struct os_names names;
	char            path[128];
	unsigned char   byte;
	int64_t         n;
	int             fd;

	CHECK(desk_that_forgot(&d, 1, 2, &last));
	path_of(&d, "captures", path);
	CHECK(os_list_dir(&d.arena, str_of(path), &names, &d.err) == ERR_OK && names.n == 1);
	snprintf(path, sizeof(path), "%s/captures/%" STR_FMT, d.dir, STR_ARG(names.v[0]));
	fd = open(path, O_RDWR | O_CLOEXEC);
	from_end = lseek(fd, 0, SEEK_END) - from_end;
	CHECK(pread(fd, &byte, 1, from_end) == 1);
	byte ^= 0x10;
	CHECK(is_cut ? ftruncate(fd, from_end) == 0 : pwrite(fd, &byte, 1, from_end) == 1);
	close(fd);
	CHECK(reopen(&d));
	CHECK_INT(0, unexpected(&d));
	CHECK_INT(1, in_trash(&d));
	n = captures(&d);
	desk_end(&d);
	return n;
}

static void
what_is_not_whole_is_cut_off_and_what_is_before_it_stays(void)
{
	CHECK_INT(2, after_damage(1, true));
	CHECK_INT(2, after_damage(1, false));
	CHECK_INT(2, after_damage(700, true));          /* a record of it is missing */
	CHECK_INT(2, after_damage(300, false));
}

static void
a_spooled_file_goes_when_its_job_ends(void)
{
	struct desk            d;
	struct store_job       job;
	struct store_none      none;
	struct os_names        names;
	char                   path[128];
	const struct store_job_new new = { .kind = JOB_ADD_FILE, .subject = STR("a.pdf"), .blob = bytes_of(STR("%PDF-")) };

	if (!desk_begin(&d))
		return;
	path_of(&d, "spool", path);
	CHECK_INT(ERR_OK, store_job_add(d.link, &d.arena, &new, &job, &d.err));
	CHECK(os_list_dir(&d.arena, str_of(path), &names, &d.err) == ERR_OK && names.n == 1);
	CHECK_INT(ERR_OK, store_job_lease(d.link, &d.arena, &(struct store_job_lease_ask){ 60, 1 << JOB_ADD_FILE }, &job, &d.err));
	CHECK_STR(STR("%PDF-"), bytes_as_str(job.blob));
	CHECK_INT(ERR_OK, store_job_end(d.link, &d.arena, &(struct store_job_end_ask){ .id = job.id, .fault = STR("not now"), .retry_s = 1 },
	    &none, &d.err));
	CHECK(os_list_dir(&d.arena, str_of(path), &names, &d.err) == ERR_OK && names.n == 1);
	CHECK_INT(ERR_OK, store_job_end(d.link, &d.arena, &(struct store_job_end_ask){ .id = job.id }, &none, &d.err));
	CHECK(os_list_dir(&d.arena, str_of(path), &names, &d.err) == ERR_OK && names.n == 0);
	desk_end(&d);
}

/* A client of its own: `n` captures, and a question in between that fails. */
static int
client(const char *dir, int n)
{
	struct desk               d = { 0 };
	struct store_capture_done done;
	struct store_found        found;
	int                       good = 0;

	snprintf(d.dir, sizeof(d.dir), "%s", dir);
	arena_init(&d.arena, 64 * MiB, no_more, NULL);
	if (link_open(str_of(d.dir), LINK_WRITE, &d.link, &d.err) != ERR_OK)
		return 1;
	for (int i = 0; i < n; i++) {
		good += take(&d, STR("https://a.example/"), STR("Seoul"), &done) == ERR_OK;
		good += store_find(d.link, &d.arena, &(struct store_name){ STR("c-00000000000000000000000000"), ID_CAPTURE }, &found, &d.err) == ERR_MISSING;
	}
	link_close(d.link);
	return good == 2 * n ? 0 : 1;
}

static void
many_at_once_are_all_saved(void)
{
	struct desk d;
	int         bad = 0, status;

	if (!desk_begin(&d))
		return;
	for (int i = 0; i < 12; i++)
		if (fork() == 0)
			_exit(client(d.dir, 20));
	for (int i = 0; i < 12; i++)
		bad += wait(&status) < 0 || !WIFEXITED(status) || WEXITSTATUS(status) != 0;
	CHECK_INT(0, bad);
	CHECK_INT(240, captures(&d));
	CHECK_INT(0, unexpected(&d));
	desk_end(&d);
}

TESTS(
	TEST(a_whole_capture_that_no_row_names_is_brought_in),
	TEST(so_is_one_in_a_segment_that_was_just_begun),
	TEST(what_is_not_whole_is_cut_off_and_what_is_before_it_stays),
	TEST(a_spooled_file_goes_when_its_job_ends),
	TEST(many_at_once_are_all_saved))
