/* Segments follow the days.  A program of its own: the clock is replaced once for a process. */
#include "store/desk_check.h"

#include <fcntl.h>
#include <sys/stat.h>
#include <sys/wait.h>

/* One capture at this time, with the file `cut` cut short while the desk is open (NULL: none), by a process of its own: the clock is set before anybody asks it. */
static int
capture_at(struct desk *d, const char *now, const char *cut)
{
	int   status = -1;
	pid_t pid = fork();

	if (pid == 0) {
		struct store_capture_done done;

		setenv("TIDINGS_NOW", now, 1);
		if (link_open(str_of(d->dir), LINK_WRITE, &d->link, &d->err) != ERR_OK ||
		    (cut != NULL && truncate(cut, 100) != 0) || take(d, STR("https://a.example/북한"), STR("body"), &done) != ERR_OK) {
			fprintf(stderr, "# %s\n", d->err.text);
			_exit(1);
		}
		link_close(d->link);
		_exit(0);
	}
	(void)waitpid(pid, &status, 0);
	return status;
}

static void
a_new_day_begins_a_segment_and_seals_the_old_one(void)
{
	struct desk              d;
	struct os_names          names;
	struct store_desk_status status;
	struct store_finding     first = { 0 };
	struct stat              st;
	char                     path[256];
	int                      fd;

	if (!desk_begin(&d))
		return;
	link_close(d.link);
	d.link = NULL;
	CHECK_INT(0, capture_at(&d, "2031-06-27T09:30:00Z", NULL));
	CHECK_INT(0, capture_at(&d, "2031-06-28T09:30:00Z", NULL));
	snprintf(path, sizeof(path), "%s/captures", d.dir);
	CHECK_INT(ERR_OK, os_list_dir(&d.arena, str_of(path), &names, &d.err));
	CHECK_INT(2, names.n);
	CHECK_STR(STR("20310627-000001.warc.gz"), names.v[0]);
	CHECK_STR(STR("20310628-000002.warc.gz"), names.v[1]);
	snprintf(path, sizeof(path), "%s/captures/20310627-000001.warc.gz", d.dir);
	CHECK_INT(0, stat(path, &st));
	CHECK_INT(0444, st.st_mode & 0777);
	CHECK(reopen(&d));
	CHECK_INT(ERR_OK, store_status(d.link, &d.arena, &(struct store_none){ 0 }, &status, &d.err));
	CHECK_INT(3, status.ledger_size);
	CHECK_INT(0, unexpected(&d));
	CHECK_INT(0, chmod(path, 0644));
	fd = open(path, O_WRONLY | O_CLOEXEC);
	CHECK_INT(1, pwrite(fd, "!", 1, 20));
	close(fd);
	CHECK(findings(&d, &first) >= 2);
	CHECK(str_starts(first.where, STR("captures/20310627-000001.warc.gz at 0, record <urn:uuid:")));
	CHECK_INT(0, unlink(path));
	CHECK(findings(&d, &first) >= 2);
	desk_end(&d);
}

static void
a_segment_that_cannot_be_sealed_does_not_stop_new_captures(void)
{
	struct desk          d;
	struct store_finding first = { 0 };
	char                 path[256];

	if (!desk_begin(&d))
		return;
	link_close(d.link);
	d.link = NULL;
	CHECK_INT(0, capture_at(&d, "2031-06-27T09:30:00Z", NULL));
	snprintf(path, sizeof(path), "%s/captures/20310627-000001.warc.gz", d.dir);
	CHECK_INT(0, capture_at(&d, "2031-06-28T09:30:00Z", path));
	CHECK_INT(0, capture_at(&d, "2031-06-28T09:31:00Z", NULL));
	CHECK(reopen(&d));
	CHECK(findings(&d, &first) > 0);
	CHECK(str_starts(first.where, STR("captures/20310627-000001.warc.gz")));
	desk_end(&d);
}

TESTS(
	TEST(a_segment_that_cannot_be_sealed_does_not_stop_new_captures),
	TEST(a_new_day_begins_a_segment_and_seals_the_old_one))
