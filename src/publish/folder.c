#include "publish/folder.h"

#include <errno.h>
#include <fcntl.h>
#include <limits.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/buf.h"
#include "os/file.h"

#define MARK     "# Tidings site, manifest 1; check with: sha256sum -c manifest.txt\n"
#define MANIFEST "manifest.txt"
#define JOURNAL  "publishing.txt"
#define LIST_B   (64 * MiB)
#define FILE_B   (64 * MiB)
#define HASH_N   64             /* characters of a hash, before the two spaces */

static char *
full_path(const struct folder *f, struct str path)
{
	struct str s = os_join(f->arena, f->path, path);
	char      *p = arena_take(f->arena, s.n + 1);

	memcpy(p, s.p, s.n);
	return p;
}

/* A path that we could have written: relative, no empty part, none that begins with a dot. */
static bool
is_own_path(struct str path)
{
	for (size_t i = 0; i < path.n; i++)
		if ((unsigned char)path.p[i] < ' ' || ((i == 0 || path.p[i - 1] == '/') && (path.p[i] == '/' || path.p[i] == '.')))
			return false;
	return path.n > 0 && path.n < PATH_MAX && path.p[path.n - 1] != '/';
}

static size_t
count_lines(struct str s)
{
	size_t n = 0;

	for (size_t i = 0; i < s.n; i++)
		n += s.p[i] == '\n';
	return n;
}

/* "HASH  PATH" lines after the mark; false: not a list of ours. */
static bool
read_list(struct folder *f, struct str text)
{
	struct str *all, line;

	if (!str_starts(text, STR(MARK)))
		return false;
	text = str_sub(text, sizeof(MARK) - 1, text.n);
	all = arena_array(f->arena, f->n_old + count_lines(text) + 1, struct str);
	if (f->n_old > 0)
		memcpy(all, f->old, f->n_old * sizeof(*all));
	f->old = all;
	while (str_cut(&text, '\n', &line)) {
		struct str path = str_sub(line, HASH_N + 2, line.n);

		if (line.n > HASH_N + 2 && is_own_path(path))
			f->old[f->n_old++] = path;
	}
	return true;
}

static enum err_code
read_old(struct folder *f, const char *name, bool *ret_is_ours, struct err *err)
{
	struct buf    b = BUF_INIT(LIST_B);
	enum err_code code = os_read_file(os_join(f->arena, f->path, str_of(name)), &b, err);

	*ret_is_ours = code == ERR_OK && read_list(f, arena_copy(f->arena, buf_str(&b)));
	buf_free(&b);
	return code == ERR_MISSING ? ERR_OK : code;
}

/* With a slash at its end; for a folder that is not there yet, its nearest parent's. */
static bool
real_path(struct arena *a, struct str path, struct str *ret)
{
	char *asked = arena_take(a, path.n + 3), found[PATH_MAX];

	snprintf(asked, path.n + 3, "%s%.*s", path.n > 0 && path.p[0] == '/' ? "" : "./", (int)path.n, path.p);
	while (realpath(asked, found) == NULL) {
		char *slash = strrchr(asked, '/');

		if (errno != ENOENT || slash == NULL)
			return false;
		*(slash == asked ? slash + 1 : slash) = '\0';
	}
	*ret = arena_copy(a, str_of(found));
	if (!str_ends(*ret, STR("/")))
		*ret = os_join(a, *ret, STR(""));
	return true;
}

static enum err_code
check_apart(const struct folder *f, struct str desk, struct err *err)
{
	struct str out, inside;

	if (desk.n == 0)
		return ERR_OK;
	if (!real_path(f->arena, f->path, &out) || !real_path(f->arena, desk, &inside))
		return err_set(err, ERR_IO, "%" STR_FMT ": %s; nothing was published", STR_ARG(f->path), strerror(errno));
	if (str_starts(out, inside))
		return err_set(err, ERR_DENIED, "%" STR_FMT ": inside the desk's folder, which is private; nothing was published",
		    STR_ARG(f->path));
	if (os_is_dir(f->path) && str_starts(inside, out))
		return err_set(err, ERR_DENIED, "%" STR_FMT ": the desk's folder is inside it; nothing was published",
		    STR_ARG(f->path));
	return ERR_OK;
}

static enum err_code
make_folders(const struct folder *f, struct str path, struct err *err)
{
	char         *whole = full_path(f, path);
	enum err_code code = ERR_OK;

	for (char *c = whole + 1; *c != '\0' && code == ERR_OK; c++) {
		if (*c != '/')
			continue;
		*c = '\0';
		if (mkdir(whole, 0755) != 0 && errno != EEXIST)
			code = err_set(err, ERR_IO, "%s: %s; the site is not finished", whole, strerror(errno));
		*c = '/';
	}
	return code;
}

static bool
write_all(int fd, struct str s)
{
	while (s.n > 0) {
		ssize_t put = write(fd, s.p, s.n);

		if (put < 0 && errno == EINTR)
			continue;
		if (put <= 0)
			return false;
		s = str_sub(s, (size_t)put, s.n);
	}
	return true;
}

/*
 * os_replace_file() keeps a desk's files private and syncs each one.  A site
 * is for everybody and is synced once, before its manifest: what a power cut
 * leaves half-written the next run finds different and writes again.
 */
static enum err_code
replace(struct folder *f, struct str path, struct str contents, struct err *err)
{
	const char *to = full_path(f, path), *beside = full_path(f, STR(".publishing.new"));
	int         fd = open(beside, O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC | O_NOFOLLOW, 0644);
	bool        fine = fd >= 0 && write_all(fd, contents);

	if (fd >= 0)
		fine = close(fd) == 0 && fine;
	if (fine && rename(beside, to) == 0) {
		f->written++;
		return ERR_OK;
	}
	err_set(err, ERR_IO, "%s: %s; the site is not finished, publish again", to, strerror(errno));
	(void)unlink(beside);
	return err->code;
}

static bool
is_same(const struct folder *f, struct str path, struct str contents)
{
	struct buf  b = BUF_INIT(FILE_B);
	struct err  unread;
	struct stat st;
	bool        same = stat(full_path(f, path), &st) == 0 && (uint64_t)st.st_size == contents.n &&
	    os_read_file(str_of(full_path(f, path)), &b, &unread) == ERR_OK && str_eq(buf_str(&b), contents);

	buf_free(&b);
	return same;
}

static int
by_path(const void *a, const void *b)
{
	return str_cmp(((const struct folder_file *)a)->path, ((const struct folder_file *)b)->path);
}

static struct folder_file *
find(struct folder *f, struct str path)
{
	struct folder_file key = { .path = path };

	if (!f->is_sorted)
		qsort(f->files, f->n, sizeof(*f->files), by_path);
	f->is_sorted = true;
	return f->n > 0 ? bsearch(&key, f->files, f->n, sizeof(*f->files), by_path) : NULL;
}

static void
add_entry(struct buf *b, const unsigned char hash[SHA256_B], struct str path)
{
	char hex[SHA256_HEX_B];

	buf_add(b, str_of(td_hex(hash, SHA256_B, hex)));
	buf_add(b, STR("  "));
	buf_add(b, path);
	buf_add_char(b, '\n');
}

/* Every path that may come to stand in the folder, so that an interrupted run leaves nothing unaccounted for. */
static enum err_code
begin(struct folder *f, struct err *err)
{
	static const unsigned char none[SHA256_B];
	struct buf                 b = BUF_INIT(LIST_B);
	enum err_code              code;

	if (f->has_journal)
		return ERR_OK;
	buf_add(&b, STR(MARK));
	for (size_t i = 0; i < f->n_old; i++)
		add_entry(&b, none, f->old[i]);
	for (size_t i = 0; i < f->n; i++)
		add_entry(&b, none, f->files[i].path);
	if ((code = make_folders(f, STR(JOURNAL), err)) == ERR_OK)
		code = b.failed ? err_set(err, ERR_LIMIT, "%" STR_FMT ": too many files", STR_ARG(f->path)) :
		    os_replace_file(os_join(f->arena, f->path, STR(JOURNAL)), buf_str(&b), err);
	buf_free(&b);
	f->has_journal = code == ERR_OK;
	return code;
}

static enum err_code
remove_unwanted(struct folder *f, struct err *err)
{
	for (size_t i = 0; i < f->n_old; i++) {
		char *path = full_path(f, f->old[i]), *slash;

		if (find(f, f->old[i]) != NULL || !os_exists(str_of(path)))
			continue;
		if (begin(f, err) != ERR_OK)
			return err->code;
		if (unlink(path) != 0)
			return err_set(err, ERR_IO, "%s: %s; not removed, publish again", path, strerror(errno));
		f->removed++;
		if ((slash = strrchr(path, '/')) != NULL) {     /* its folder, if that was the last in it */
			*slash = '\0';
			if (!str_eq(str_of(path), f->path))
				(void)rmdir(path);
		}
	}
	return ERR_OK;
}

static enum err_code
sync_all(const struct folder *f, struct err *err)
{
	int  fd = open(full_path(f, STR(".")), O_RDONLY | O_DIRECTORY | O_CLOEXEC);
	bool fine = fd >= 0 && syncfs(fd) == 0;

	if (!fine)
		err_set(err, ERR_IO, "%" STR_FMT ": %s; publish again", STR_ARG(f->path), strerror(errno));
	if (fd >= 0)
		close(fd);
	return fine ? ERR_OK : err->code;
}

enum err_code
folder_open(struct arena *a, struct str path, struct str desk, struct folder **ret, struct err *err)
{
	struct folder  *f = arena_new(a, struct folder);
	struct os_names names = { 0 };
	bool            has_manifest = false;

	*f = (struct folder){ .arena = a, .path = path };
	if (path.n == 0)
		return err_set(err, ERR_FORMAT, "no folder for the site was given; nothing was published");
	if (check_apart(f, desk, err) != ERR_OK)
		return err->code;
	if (os_exists(path) && os_list_dir(a, path, &names, err) != ERR_OK)
		return err->code;
	if (read_old(f, MANIFEST, &has_manifest, err) != ERR_OK || read_old(f, JOURNAL, &f->has_journal, err) != ERR_OK)
		return err->code;
	if (names.n > 0 && !has_manifest && !f->has_journal)
		return err_set(err, ERR_EXISTS, "%" STR_FMT ": not empty and not a site of ours; nothing was published",
		    STR_ARG(path));
	f->is_unfinished = f->has_journal;      /* its paths are among the old ones; our own journal will list them again */
	f->has_journal = false;
	*ret = f;
	return ERR_OK;
}

void
folder_want(struct folder *f, struct str path)
{
	if (f->n == f->cap) {
		size_t              cap = f->cap > 0 ? 2 * f->cap : 64;
		struct folder_file *more = arena_array(f->arena, cap, struct folder_file);

		if (f->n > 0)
			memcpy(more, f->files, f->n * sizeof(*more));
		f->files = more;
		f->cap = cap;
	}
	f->files[f->n++] = (struct folder_file){ .path = path };
	f->is_sorted = false;
}

enum err_code
folder_put(struct folder *f, struct str path, struct str contents, struct err *err)
{
	struct folder_file *file = find(f, path);

	if (file == NULL || !is_own_path(path))
		return err_set(err, ERR_FORMAT, "%" STR_FMT ": not a file of this site; not written", STR_ARG(path));
	td_sha256(bytes_of(contents), file->sha256);
	file->is_put = true;
	if (is_same(f, path, contents))
		return ERR_OK;
	if (begin(f, err) != ERR_OK || make_folders(f, path, err) != ERR_OK)
		return err->code;
	return replace(f, path, contents, err);
}

enum err_code
folder_finish(struct folder *f, struct err *err)
{
	struct buf    b = BUF_INIT(LIST_B);
	enum err_code code = ERR_OK;

	(void)find(f, STR(""));         /* sorted */
	buf_add(&b, STR(MARK));
	for (size_t i = 0; i < f->n; i++)
		if (f->files[i].is_put)
			add_entry(&b, f->files[i].sha256, f->files[i].path);
	td_sha256(buf_bytes(&b), f->manifest);
	if (!is_same(f, STR(MANIFEST), buf_str(&b))) {
		if ((code = begin(f, err)) == ERR_OK && (code = sync_all(f, err)) == ERR_OK)
			code = replace(f, STR(MANIFEST), buf_str(&b), err);
	}
	buf_free(&b);
	return code == ERR_OK ? remove_unwanted(f, err) : code;
}

enum err_code
folder_settle(struct folder *f, struct err *err)
{
	const char *journal = full_path(f, STR(JOURNAL));

	if (sync_all(f, err) != ERR_OK)
		return err->code;
	if (unlink(journal) != 0 && errno != ENOENT)
		return err_set(err, ERR_IO, "%s: %s; publish again", journal, strerror(errno));
	return ERR_OK;
}
