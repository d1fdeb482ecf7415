#include "os/file_private.h"

#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <stdlib.h>
#include <sys/stat.h>
#include <unistd.h>

#define DEPTH_N     64
#define ALL_NAMES_B (64 * MiB)

static enum err_code
make_dir(const struct os_path *path, struct err *err)
{
	struct stat st;

	if (mkdir(path->c, 0700) == 0)
		return sync_parent(path, err);
	if (errno != EEXIST)
		return path_failed(path, "not made", err);
	if (stat(path->c, &st) == 0 && S_ISDIR(st.st_mode))
		return ERR_OK;
	return err_set(err, ERR_EXISTS, "%s: a file, not a folder; not made", path->c);
}

static bool
is_dots(const char *name)
{
	return strcmp(name, ".") == 0 || strcmp(name, "..") == 0;
}

static bool empty_dir(int fd, int depth);

static bool
remove_at(int dir, const char *name, int depth)
{
	int  fd;
	bool emptied;

	if (unlinkat(dir, name, 0) == 0 || errno == ENOENT)
		return true;
	if (errno != EISDIR && errno != EPERM)          /* EPERM: what POSIX says for a folder */
		return false;
	if (depth == DEPTH_N) {
		errno = ELOOP;
		return false;
	}
	fd = openat(dir, name, O_RDONLY | O_DIRECTORY | O_NOFOLLOW | O_CLOEXEC);
	if (fd < 0)
		return false;
	emptied = empty_dir(fd, depth + 1);
	return emptied && unlinkat(dir, name, AT_REMOVEDIR) == 0;
}

/* Takes fd over. */
static bool
empty_dir(int fd, int depth)
{
	DIR                 *dir = fdopendir(fd);
	const struct dirent *e;
	bool                 fine = true;
	int                  why;

	if (dir == NULL) {
		close(fd);
		return false;
	}
	while (fine && (errno = 0, e = readdir(dir)) != NULL)
		fine = is_dots(e->d_name) || remove_at(dirfd(dir), e->d_name, depth);
	fine = fine && errno == 0;
	why = errno;
	closedir(dir);
	errno = why;
	return fine;
}

static int
compare_names(const void *a, const void *b)
{
	return str_cmp(*(const struct str *)a, *(const struct str *)b);
}

/* Each name with its NUL, so that the arena is asked once, when no folder is open. */
static enum err_code
read_names(const struct os_path *path, struct buf *ret, size_t *ret_n, struct err *err)
{
	DIR                 *dir = opendir(path->c);
	const struct dirent *e;
	enum err_code        code = ERR_OK;

	if (dir == NULL)
		return path_failed(path, "not listed", err);
	*ret_n = 0;
	while ((errno = 0, e = readdir(dir)) != NULL) {
		if (is_dots(e->d_name))
			continue;
		buf_add(ret, (struct str){ e->d_name, strlen(e->d_name) + 1 });
		++*ret_n;
	}
	if (errno != 0)
		code = path_failed(path, "not listed", err);
	else if (ret->failed)
		code = err_set(err, ERR_LIMIT, "%s: too many names; not listed", path->c);
	closedir(dir);
	return code;
}

enum err_code
os_make_dirs(struct str path, struct err *err)
{
	struct os_path p;

	if (path_of(path, &p, err) != ERR_OK)
		return err->code;
	for (char *c = p.c + 1; *c != '\0'; c++) {
		if (*c != '/')
			continue;
		*c = '\0';
		if (make_dir(&p, err) != ERR_OK)
			return err->code;
		*c = '/';
	}
	return make_dir(&p, err);
}

enum err_code
os_remove_tree(struct str path, struct err *err)
{
	struct os_path p;

	if (path_of(path, &p, err) != ERR_OK)
		return err->code;
	if (!remove_at(AT_FDCWD, p.c, 0)) {
		if (errno == ELOOP)
			return err_set(err, ERR_LIMIT, "%s: more than %d folders deep; not all of it was removed", p.c, DEPTH_N);
		return path_failed(&p, "not all of it was removed", err);
	}
	return sync_parent(&p, err);
}

enum err_code
os_list_dir(struct arena *a, struct str path, struct os_names *ret, struct err *err)
{
	struct os_path p;
	struct buf     b = BUF_INIT(ALL_NAMES_B);
	struct str     all;
	size_t         n = 0;

	if (path_of(path, &p, err) != ERR_OK)
		return err->code;
	if (read_names(&p, &b, &n, err) != ERR_OK) {
		buf_free(&b);
		return err->code;
	}
	all = arena_copy(a, buf_str(&b));
	buf_free(&b);
	*ret = (struct os_names){ .v = arena_array(a, n, struct str), .n = n };
	for (size_t i = 0; i < n; i++)
		str_cut(&all, '\0', &ret->v[i]);
	qsort(ret->v, n, sizeof(*ret->v), compare_names);
	return ERR_OK;
}

struct str
os_join(struct arena *a, struct str dir, struct str name)
{
	bool  slash = dir.n > 0 && dir.p[dir.n - 1] != '/';
	char *p = arena_take(a, dir.n + slash + name.n + 1);

	memcpy(p, dir.n > 0 ? dir.p : "", dir.n);
	if (slash)
		p[dir.n] = '/';
	memcpy(p + dir.n + slash, name.n > 0 ? name.p : "", name.n);
	return (struct str){ p, dir.n + slash + name.n };
}
