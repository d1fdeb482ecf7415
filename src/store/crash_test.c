/* Nothing that was acknowledged is lost: not by kill -9, not by a full disk, and a changed byte is named. */
#include "store/desk_check.h"

#include <dirent.h>
#include <fcntl.h>
#include <signal.h>
#include <sys/resource.h>
#include <sys/wait.h>
#include <time.h>

#include "store/db.h"

/* The store process that we started: our only child. */
static pid_t
owner(void)
{
	char path[64], text[64] = "";
	FILE *f;

	snprintf(path, sizeof(path), "/proc/self/task/%d/children", (int)getpid());
	if ((f = fopen(path, "r")) == NULL)
		return 0;
	if (fgets(text, sizeof(text), f) == NULL)
		text[0] = '\0';
	fclose(f);
	return (pid_t)strtol(text, NULL, 10);
}

/* A child that kills the store after this long. */
static pid_t
killer(pid_t victim, long us)
{
	pid_t pid = fork();

	if (pid == 0) {
		(void)nanosleep(&(struct timespec){ us / 1000000, us % 1000000 * 1000 }, NULL);
		(void)kill(victim, SIGKILL);
		_exit(0);
	}
	return pid;
}

static void
nothing_acknowledged_is_lost_by_kill(void)
{
	struct desk      d;
	struct id        saved[400];
	struct store_capture_done done;
	struct store_capture back;
	size_t           n = 0;
	char             url[64], body[20000];

	if (!desk_begin(&d))
		return;
	srand(11);
	for (size_t i = 0; i < sizeof(body); i++)
		body[i] = (char)(' ' + rand() % 90);
	for (int round = 0; round < 12; round++) {
		pid_t k = killer(owner(), 2000 + rand() % 60000);

		for (int i = 0; i < 30; i++) {
			snprintf(url, sizeof(url), "https://a.example/%zu", n);
			if (take(&d, str_of(url), (struct str){ body, (size_t)rand() % sizeof(body) }, &done) != ERR_OK)
				break;
			saved[n++] = done.id;
		}
		(void)waitpid(k, NULL, 0);
		CHECK(reopen(&d));
		CHECK_INT(0, unexpected(&d));
	}
	fprintf(stderr, "# %zu captures were acknowledged\n", n);
	for (size_t i = 0; i < n; i++)
		CHECK_INT(ERR_OK, store_capture_get(d.link, &d.arena,
		    &(struct store_name){ shown(&d, ID_CAPTURE, &saved[i]), ID_CAPTURE }, &back, &d.err));
	desk_end(&d);
}

static void
a_full_disk_says_so_and_leaves_the_desk_usable(void)
{
	struct desk      d;
	struct store_capture_done done;
	struct store_desk_status  status;
	struct rlimit    was, small = { 300 * KiB, 300 * KiB };
	static char      body[2 * MiB];
	struct err       err;

	if (!desk_begin(&d))
		return;
	CHECK_INT(ERR_OK, take(&d, STR("https://a.example/1"), STR("small"), &done));
	for (size_t i = 0; i < sizeof(body); i++)
		body[i] = (char)(' ' + rand() % 90);
	CHECK_INT(0, prlimit(owner(), RLIMIT_FSIZE, NULL, &was));
	small.rlim_max = was.rlim_max;
	CHECK_INT(0, prlimit(owner(), RLIMIT_FSIZE, &small, NULL));
	CHECK_INT(ERR_IO, take(&d, STR("https://a.example/2"), (struct str){ body, sizeof(body) }, &done));
	err = d.err;
	fprintf(stderr, "# %s\n", err.text);
	CHECK_INT(0, prlimit(owner(), RLIMIT_FSIZE, &was, NULL));
	CHECK_INT(ERR_OK, take(&d, STR("https://a.example/3"), (struct str){ body, sizeof(body) }, &done));
	CHECK_INT(ERR_OK, store_status(d.link, &d.arena, &(struct store_none){ 0 }, &status, &d.err));
	CHECK_INT(2, status.captures);
	CHECK_INT(0, unexpected(&d));
	desk_end(&d);
}

/* The one segment of a new desk. */
static int
open_segment(struct desk *d)
{
	struct os_names names;
	char            path[256];

	snprintf(path, sizeof(path), "%s/captures", d->dir);
	if (os_list_dir(&d->arena, str_of(path), &names, &d->err) != ERR_OK || names.n != 1)
		return -1;
	snprintf(path, sizeof(path), "%s/captures/%" STR_FMT, d->dir, STR_ARG(names.v[0]));
	return open(path, O_RDWR | O_CLOEXEC);
}

static void
every_flipped_byte_is_found_and_its_record_named(void)
{
	struct desk          d;
	struct store_finding first;
	int                  fd, missed = 0, unnamed = 0;
	off_t                size;

	if (!desk_begin(&d))
		return;
	add(&d, STR("https://a.example/1"), STR("북한"), STR("북한 인권"));
	fd = open_segment(&d);
	size = lseek(fd, 0, SEEK_END);
	CHECK(size > 200);
	for (off_t at = 0; at < size; at += 3) {
		unsigned char byte, bad;

		CHECK_INT(1, pread(fd, &byte, 1, at));
		bad = byte ^ (unsigned char)(1 << at % 8);
		CHECK_INT(1, pwrite(fd, &bad, 1, at));
		missed += findings(&d, &first) == 0;
		unnamed += str_find(first.where, STR("record <urn:uuid:")) == STR_NONE;
		CHECK_INT(1, pwrite(fd, &byte, 1, at));
	}
	CHECK_INT(0, missed);
	CHECK_INT(0, unnamed);
	CHECK_INT(0, unexpected(&d));
	close(fd);
	desk_end(&d);
}

static void
a_torn_tail_is_cut_off_and_kept_in_trash(void)
{
	struct desk     d;
	struct os_names names;
	char            path[128];
	int             fd;

	if (!desk_begin(&d))
		return;
	add(&d, STR("https://a.example/1"), STR("one"), STR("one"));
	link_close(d.link);
	d.link = NULL;
	fd = open_segment(&d);
	CHECK_INT(7, (lseek(fd, 0, SEEK_END), write(fd, "\x1f\x8btorn!", 7)));
	close(fd);
	CHECK(reopen(&d));
	CHECK_INT(0, unexpected(&d));
	snprintf(path, sizeof(path), "%s/trash", d.dir);
	CHECK_INT(ERR_OK, os_list_dir(&d.arena, str_of(path), &names, &d.err));
	CHECK_INT(1, names.n);
	add(&d, STR("https://a.example/2"), STR("two"), STR("two"));
	CHECK_INT(0, unexpected(&d));
	desk_end(&d);
}

static void
every_statement_fits_the_schema(void)
{
	struct desk d;
	struct db   db;
	char        path[128];

	if (!desk_begin(&d))
		return;
	link_close(d.link);
	d.link = NULL;
	snprintf(path, sizeof(path), "%s/tidings.db", d.dir);
	CHECK_INT(ERR_OK, db_open(&db, str_of(path), DB_WRITE, &d.err));
	if (db_check_statements(&db, &d.err) != ERR_OK) {
		fprintf(stderr, "# %s\n", d.err.text);
		CHECK(!"every statement fits");
	}
	db_close(&db);
	desk_end(&d);
}

TESTS(
	TEST(nothing_acknowledged_is_lost_by_kill),
	TEST(a_full_disk_says_so_and_leaves_the_desk_usable),
	TEST(every_flipped_byte_is_found_and_its_record_named),
	TEST(a_torn_tail_is_cut_off_and_kept_in_trash),
	TEST(every_statement_fits_the_schema))
