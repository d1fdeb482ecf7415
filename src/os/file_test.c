#include "os/file.h"

#include <fcntl.h>
#include <limits.h>
#include <signal.h>
#include <sys/resource.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

#include "tests/check.h"

static struct arena a;
static char         room[64];
static struct str   dir;        /* a folder of each test's own */
static struct err   err;

static void
full(void *arg)
{
	(void)arg;
	abort();
}

static struct str
at(const char *name)
{
	return os_join(&a, dir, str_of(name));
}

static void
put(const char *name, struct str contents)
{
	CHECK_INT(ERR_OK, os_replace_file(at(name), contents, &err));
}

static struct str
get(const char *name)
{
	struct buf b = BUF_INIT(MiB);
	struct str copy;

	CHECK_INT(ERR_OK, os_read_file(at(name), &b, &err));
	copy = arena_copy(&a, buf_str(&b));
	buf_free(&b);
	return copy;
}

static struct str
refusal(const char *name, size_t limit, enum err_code want)
{
	struct buf b = BUF_INIT(limit);

	buf_add(&b, STR("!"));
	CHECK_INT(want, os_read_file(at(name), &b, &err));
	CHECK_INT(1, b.n);
	CHECK(!b.failed);
	buf_free(&b);
	return str_starts(str_of(err.text), dir) ? str_sub(str_of(err.text), dir.n + 1, STR_NONE) : str_of(err.text);
}

static size_t
names_in(struct str path)
{
	struct os_names names = { 0 };

	CHECK_INT(ERR_OK, os_list_dir(&a, path, &names, &err));
	return names.n;
}

static int64_t
size_of(const char *name)
{
	struct stat st = { 0 };

	CHECK(stat(at(name).p, &st) == 0);
	return st.st_size;
}

static void
what_was_written_is_read(void)
{
	put("한국어 كتاب", STR("Seoul cuts funding\0\xff\n"));
	CHECK_STR(STR("Seoul cuts funding\0\xff\n"), get("한국어 كتاب"));
	put("empty", STR(""));
	CHECK_STR(STR(""), get("empty"));
}

static void
what_cannot_be_read_is_named(void)
{
	CHECK(mkdir(at("folder").p, 0700) == 0 && mkfifo(at("pipe").p, 0600) == 0);
	CHECK(symlink("nowhere", at("link").p) == 0);
	CHECK_STR(STR("folder: a folder, not a file; not read"), refusal("folder", 9, ERR_FORMAT));
	CHECK_STR(STR("pipe: a device, pipe or socket, not a file; not read"), refusal("pipe", 9, ERR_FORMAT));
	CHECK_STR(STR("missing: No such file or directory; not read"), refusal("missing", 9, ERR_MISSING));
	CHECK_STR(STR("link: No such file or directory; not read"), refusal("link", 9, ERR_MISSING));
	dir = STR("/dev");
	CHECK_STR(STR("null: a device, pipe or socket, not a file; not read"), refusal("null", 9, ERR_FORMAT));
	dir = str_of(room);
}

static void
a_file_that_is_not_ours_to_read_is_denied(void)
{
	bool root = geteuid() == 0;

	put("secret", STR("x"));
	CHECK(chmod(at("secret").p, 0) == 0 && chmod(room, 0755) == 0);
	CHECK(!root || seteuid(65534) == 0);
	CHECK_STR(STR("secret: Permission denied; not read"), refusal("secret", 9, ERR_DENIED));
	CHECK(!root || seteuid(0) == 0);
}

static void
a_file_one_byte_over_the_limit_is_refused(void)
{
	put("four", STR("1234"));
	CHECK_STR(STR("four: 4 bytes, more than the 3-byte limit; not read"), refusal("four", 4, ERR_LIMIT));
	refusal("missing", 5, ERR_MISSING);
	{
		struct buf b = BUF_INIT(4);

		CHECK_INT(ERR_OK, os_read_file(at("four"), &b, &err));
		CHECK_STR(STR("1234"), buf_str(&b));
		buf_free(&b);
	}
}

static void
a_file_of_5_gb_is_refused_before_it_is_read(void)
{
	struct buf b = BUF_INIT(32 * MiB);
	int        fd = open(at("huge").p, O_WRONLY | O_CREAT | O_CLOEXEC, 0600);

	CHECK(fd >= 0 && ftruncate(fd, INT64_C(5368709120)) == 0);      /* a hole: takes no room */
	close(fd);
	CHECK_INT(ERR_LIMIT, os_read_file(at("huge"), &b, &err));
	CHECK(str_ends(str_of(err.text), STR("/huge: 5,368,709,120 bytes, more than the 32 MB limit; not read")));
	CHECK(b.p == NULL);
}

static void
a_file_that_lies_about_its_size_is_held_to_the_limit(void)
{
	struct buf b = BUF_INIT(2);

	CHECK_INT(ERR_LIMIT, os_read_file(STR("/proc/self/status"), &b, &err));
	CHECK_INT(0, b.n);
	buf_free(&b);
	b = (struct buf)BUF_INIT(MiB);
	CHECK_INT(ERR_OK, os_read_file(STR("/proc/self/status"), &b, &err));
	CHECK(b.n > 100);
	buf_free(&b);
}

static void
a_path_that_is_no_path_is_refused(void)
{
	static char long_path[PATH_MAX + 1];
	struct buf  b = BUF_INIT(9);

	memset(long_path, 'x', PATH_MAX);
	CHECK_INT(ERR_FORMAT, os_read_file(str_of(long_path), &b, &err));
	CHECK_INT(ERR_FORMAT, os_read_file(STR(""), &b, &err));
	CHECK_INT(ERR_FORMAT, os_read_file(STR("/etc/passwd\0.html"), &b, &err));
	CHECK_INT(ERR_FORMAT, os_replace_file(STR("\0"), STR(""), &err));
	CHECK(!os_exists(STR("/etc\0")) && !os_is_dir(STR("/etc\0")));
}

static void
replacing_keeps_the_mode_and_leaves_nothing_beside(void)
{
	struct stat st;

	put("page", STR("old"));
	CHECK(stat(at("page").p, &st) == 0);
	CHECK_INT(0600, st.st_mode & 0777);
	CHECK(chmod(at("page").p, 0644) == 0);
	put("page", STR("new"));
	CHECK(stat(at("page").p, &st) == 0);
	CHECK_INT(0644, st.st_mode & 0777);
	CHECK_STR(STR("new"), get("page"));
	CHECK_INT(1, names_in(dir));
}

static void
a_reader_keeps_the_old_file_while_it_is_replaced(void)
{
	char got[8] = "";
	int  fd;

	put("page", STR("old"));
	fd = open(at("page").p, O_RDONLY | O_CLOEXEC);
	put("page", STR("new"));
	CHECK(read(fd, got, sizeof(got)) == 3);
	CHECK_STR(STR("old"), str_of(got));
	close(fd);
}

/* Runs `act` where no file may grow past 64 bytes, in a child, because the limit cannot be raised again. */
static void
with_little_room(void (*act)(void))
{
	int   status = 0;
	pid_t child = fork();

	if (child == 0) {
		struct rlimit most = { 64, 64 };

		signal(SIGXFSZ, SIG_IGN);
		setrlimit(RLIMIT_FSIZE, &most);
		act();
		_exit(checks_failed ? 1 : 0);
	}
	CHECK(child > 0 && waitpid(child, &status, 0) == child);
	CHECK_INT(0, status);
}

static void
append_too_much(void)
{
	static const unsigned char much[100];
	int                        fd = open(at("log").p, O_WRONLY | O_CLOEXEC);

	CHECK_INT(ERR_IO, os_append(fd, (struct bytes){ much, sizeof(much) }, &err));
	CHECK_STR(STR("File too large; nothing was added"), str_of(err.text));
	CHECK_INT(5, size_of("log"));
	CHECK_INT(ERR_OK, os_append(fd, bytes_of(STR(" next")), &err));
	close(fd);
}

static void
an_append_that_does_not_fit_is_cut_back(void)
{
	put("log", STR("first"));
	with_little_room(append_too_much);
	CHECK_STR(STR("first next"), get("log"));
}

static void
replace_with_too_much(void)
{
	static const char much[100] = "much";

	CHECK_INT(ERR_IO, os_replace_file(at("page"), (struct str){ much, sizeof(much) }, &err));
	CHECK(str_ends(str_of(err.text), STR("/page: File too large; left as it was")));
}

static void
a_replacement_that_does_not_fit_leaves_the_old_file(void)
{
	put("page", STR("old"));
	with_little_room(replace_with_too_much);
	CHECK_STR(STR("old"), get("page"));
	CHECK_INT(1, names_in(dir));
}

static void
a_full_disk_is_said(void)
{
	int fd = open("/dev/full", O_WRONLY | O_CLOEXEC);

	CHECK_INT(ERR_IO, os_append(fd, bytes_of(STR("x")), &err));
	CHECK(str_starts(str_of(err.text), STR("No space left on device; and it could not be cut back to 0 bytes")));
	close(fd);
}

static void
folders_are_made_listed_and_removed(void)
{
	struct os_names names;
	struct stat     st;

	CHECK_INT(ERR_OK, os_make_dirs(at("a/b//c/"), &err));
	CHECK_INT(ERR_OK, os_make_dirs(at("a/b/c"), &err));
	CHECK(os_is_dir(at("a/b/c")) && stat(at("a/b").p, &st) == 0);
	CHECK_INT(0700, st.st_mode & 0777);
	put("a/z", STR("1"));
	put("a/ㄱ", STR("1"));
	CHECK(symlink("/etc", at("a/link").p) == 0);
	CHECK_INT(ERR_EXISTS, os_make_dirs(at("a/z"), &err));
	CHECK_INT(ERR_OK, os_list_dir(&a, at("a"), &names, &err));
	CHECK_INT(4, names.n);
	CHECK_STR(STR("b"), names.v[0]);
	CHECK_STR(STR("link"), names.v[1]);
	CHECK_STR(STR("z"), names.v[2]);
	CHECK_STR(STR("ㄱ"), names.v[3]);
	CHECK_INT(ERR_OK, os_remove_tree(at("a"), &err));
	CHECK_INT(ERR_OK, os_remove_tree(at("a"), &err));
	CHECK(!os_exists(at("a")) && os_exists(STR("/etc/passwd")));
	CHECK_INT(ERR_MISSING, os_list_dir(&a, at("a"), &names, &err));
}

static void
a_tree_too_deep_is_not_followed_to_its_end(void)
{
	struct buf deep = BUF_INIT(4000);

	buf_add(&deep, at("top"));
	for (int i = 0; i < 70; i++)
		buf_add(&deep, STR("/d"));
	CHECK_INT(ERR_OK, os_make_dirs(buf_str(&deep), &err));
	CHECK_INT(ERR_LIMIT, os_remove_tree(at("top"), &err));
	CHECK(os_is_dir(buf_str(&deep)));
	CHECK_INT(ERR_OK, os_remove_tree(str_sub(buf_str(&deep), 0, deep.n - 20), &err));
	buf_free(&deep);
}

static void
a_lock_is_held_by_one(void)
{
	int one, two;

	CHECK_INT(ERR_OK, os_lock_file(at("lock"), &one, &err));
	CHECK_INT(ERR_BUSY, os_lock_file(at("lock"), &two, &err));
	close(one);
	CHECK_INT(ERR_OK, os_lock_file(at("lock"), &two, &err));
	close(two);
}

static void
names_are_joined_with_one_slash(void)
{
	CHECK_STR(STR("a/b"), os_join(&a, STR("a"), STR("b")));
	CHECK_STR(STR("a/b"), os_join(&a, STR("a/"), STR("b")));
	CHECK_STR(STR("b"), os_join(&a, STR(""), STR("b")));
}

static void
free_room_is_known_where_there_is_a_folder(void)
{
	CHECK(os_free_bytes(dir) > 0);
	CHECK_INT(-1, os_free_bytes(at("missing")));
}

static void
in_a_folder_of_its_own(void (*test)(void))
{
	snprintf(room, sizeof(room), "/tmp/tidings-file-XXXXXX");
	CHECK(mkdtemp(room) != NULL);
	dir = str_of(room);
	arena_init(&a, MiB, full, NULL);
	test();
	CHECK_INT(ERR_OK, os_remove_tree(dir, &err));
	arena_free(&a);
}

#define IN_FOLDER(test) static void in_folder_##test(void) { in_a_folder_of_its_own(test); }
#define ALL_TESTS(X) \
	X(what_was_written_is_read) X(what_cannot_be_read_is_named) X(a_file_that_is_not_ours_to_read_is_denied) \
	X(a_file_one_byte_over_the_limit_is_refused) X(a_file_of_5_gb_is_refused_before_it_is_read) \
	X(a_file_that_lies_about_its_size_is_held_to_the_limit) X(a_path_that_is_no_path_is_refused) \
	X(replacing_keeps_the_mode_and_leaves_nothing_beside) X(a_reader_keeps_the_old_file_while_it_is_replaced) \
	X(an_append_that_does_not_fit_is_cut_back) X(a_replacement_that_does_not_fit_leaves_the_old_file) \
	X(a_full_disk_is_said) X(folders_are_made_listed_and_removed) X(a_tree_too_deep_is_not_followed_to_its_end) \
	X(a_lock_is_held_by_one) X(names_are_joined_with_one_slash) X(free_room_is_known_where_there_is_a_folder)
ALL_TESTS(IN_FOLDER)

int
main(void)
{
#define ROW(test) { #test, in_folder_##test },
	static const struct check_test all[] = { ALL_TESTS(ROW) };

	return check_run(all, sizeof(all) / sizeof(*all));
}
