#include "os/file.h"

#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <sys/file.h>
#include <sys/stat.h>
#include <sys/statvfs.h>
#include <unistd.h>

#include "os/file_private.h"

#define SHOWN_SIZE 32
#define READ_STEP  (64 * KiB)

/* 5,368,709,120 bytes */
static const char *
show_bytes(uint64_t n, char out[SHOWN_SIZE])
{
	char plain[SHOWN_SIZE];
	int  len = snprintf(plain, sizeof(plain), "%llu", (unsigned long long)n), at = 0;

	for (int i = 0; i < len; i++) {
		if (i > 0 && (len - i) % 3 == 0)
			out[at++] = ',';
		out[at++] = plain[i];
	}
	out[at] = '\0';
	return out;
}

/* 32 MB where it is round, as it is written in lib/base/limits.h. */
static const char *
show_limit(size_t n, char out[SHOWN_SIZE])
{
	if (n >= MiB && n % MiB == 0)
		snprintf(out, SHOWN_SIZE, "%zu MB", n / MiB);
	else if (n >= KiB && n % KiB == 0)
		snprintf(out, SHOWN_SIZE, "%zu KB", n / KiB);
	else
		snprintf(out, SHOWN_SIZE, "%zu-byte", n);
	return out;
}

static enum err_code
too_large(struct str path, uint64_t size, size_t limit, struct err *err)
{
	char size_shown[SHOWN_SIZE], limit_shown[SHOWN_SIZE];

	return err_set(err, ERR_LIMIT, "%" STR_FMT ": %s bytes, more than the %s limit; not read", STR_ARG(path),
	    show_bytes(size, size_shown), show_limit(limit, limit_shown));
}

/* The size is asked first: a file of 5 GB must not cost 32 MB of reading to be refused. */
static enum err_code
check_readable(int fd, const struct os_path *path, size_t limit, struct err *err)
{
	struct stat st;

	if (fstat(fd, &st) != 0)
		return path_failed(path, "not read", err);
	if (S_ISDIR(st.st_mode))
		return err_set(err, ERR_FORMAT, "%s: a folder, not a file; not read", path->c);
	if (!S_ISREG(st.st_mode))
		return err_set(err, ERR_FORMAT, "%s: a device, pipe or socket, not a file; not read", path->c);
	if ((uint64_t)st.st_size > limit)
		return too_large(str_of(path->c), (uint64_t)st.st_size, limit, err);
	return ERR_OK;
}

static enum err_code
read_to_end(int fd, const struct os_path *path, size_t limit, struct buf *ret, struct err *err)
{
	size_t start = ret->n;

	for (;;) {
		size_t  room = limit - (ret->n - start), want = room < READ_STEP ? room : READ_STEP;
		char    beyond, *to = want > 0 ? buf_room(ret, want) : &beyond;
		ssize_t got;

		if (to == NULL)
			return err_set(err, ERR_NOMEM, "%s: out of memory; not read", path->c);
		got = read(fd, to, want > 0 ? want : 1);
		if (got < 0 && errno == EINTR)
			continue;
		if (got < 0)
			return path_failed(path, "not read", err);
		if (got == 0)
			return ERR_OK;
		if (want == 0)          /* it grew while we read, or lied about its size as /proc does */
			return too_large(str_of(path->c), (uint64_t)limit + 1, limit, err);
		ret->n += (size_t)got;
	}
}

static enum err_code
write_all(int fd, struct bytes b)
{
	while (b.n > 0) {
		ssize_t put = write(fd, b.p, b.n);

		if (put < 0 && errno == EINTR)
			continue;
		if (put <= 0)
			return ERR_IO;
		b.p += put;
		b.n -= (size_t)put;
	}
	return ERR_OK;
}

/* A new file beside `path`, with a name that does not grow with its name (255 bytes are the most). */
static int
open_beside(const struct os_path *path, struct os_path *ret)
{
	const char *slash = strrchr(path->c, '/');
	int         dir = slash ? (int)(slash - path->c) + 1 : 0, fd = -1;

	for (int i = 0; i < 1000; i++) {
		int n = snprintf(ret->c, sizeof(ret->c), "%.*s.tidings-%d-%d.new", dir, path->c, (int)getpid(), i);

		if (n < 0 || (size_t)n >= sizeof(ret->c)) {
			errno = ENAMETOOLONG;
			return -1;
		}
		fd = open(ret->c, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC | O_NOFOLLOW, 0600);
		if (fd >= 0 || errno != EEXIST)
			break;
	}
	return fd;
}

static bool
fill_beside(int fd, const struct os_path *path, struct str contents)
{
	struct stat old;

	if (lstat(path->c, &old) == 0 && S_ISREG(old.st_mode) && fchmod(fd, old.st_mode & 0777) != 0)
		return false;
	return write_all(fd, bytes_of(contents)) == ERR_OK && fsync(fd) == 0;
}

enum err_code
path_of(struct str path, struct os_path *ret, struct err *err)
{
	if (path.n == 0)
		return err_set(err, ERR_FORMAT, "a file's name is empty; nothing was done");
	if (memchr(path.p, '\0', path.n) != NULL)
		return err_set(err, ERR_FORMAT, "%s: a name that holds NUL; nothing was done", path.p);
	if (path.n >= sizeof(ret->c))
		return err_set(err, ERR_FORMAT, "%.60s…: a name longer than %zu bytes; nothing was done", path.p,
		    sizeof(ret->c) - 1);
	memcpy(ret->c, path.p, path.n);
	ret->c[path.n] = '\0';
	return ERR_OK;
}

enum err_code
path_failed(const struct os_path *path, const char *done, struct err *err)
{
	int           why = errno;
	enum err_code code = why == ENOENT || why == ENOTDIR ? ERR_MISSING :
	    why == EACCES || why == EPERM || why == EROFS ? ERR_DENIED :
	    why == ENOMEM ? ERR_NOMEM :
	    why == ELOOP || why == ENAMETOOLONG ? ERR_FORMAT : ERR_IO;

	return err_set(err, code, "%s: %s; %s", path->c, strerror(why), done);
}

enum err_code
sync_parent(const struct os_path *path, struct err *err)
{
	struct str  all = str_of(path->c);
	size_t      n = all.n;

	while (n > 0 && all.p[n - 1] == '/')
		n--;
	while (n > 0 && all.p[n - 1] != '/')
		n--;
	return os_sync_dir(n > 0 ? str_sub(all, 0, n) : STR("."), err);
}

enum err_code
os_read_file(struct str path, struct buf *ret, struct err *err)
{
	struct os_path p;
	size_t         before = ret->n, limit = ret->limit - before;
	enum err_code  code;
	int            fd;

	if (path_of(path, &p, err) != ERR_OK)
		return err->code;
	/* O_NONBLOCK: a pipe that somebody left there must not hold us. */
	fd = open(p.c, O_RDONLY | O_CLOEXEC | O_NONBLOCK | O_NOCTTY);
	if (fd < 0 && errno == ENXIO)
		return err_set(err, ERR_FORMAT, "%s: a device, pipe or socket, not a file; not read", p.c);
	if (fd < 0)
		return path_failed(&p, "not read", err);
	code = check_readable(fd, &p, limit, err);
	if (code == ERR_OK)
		code = read_to_end(fd, &p, limit, ret, err);
	if (code != ERR_OK)
		ret->n = before;
	close(fd);
	return code;
}

enum err_code
os_replace_file(struct str path, struct str contents, struct err *err)
{
	struct os_path p, beside;
	enum err_code  code;
	int            fd;

	if (path_of(path, &p, err) != ERR_OK)
		return err->code;
	if ((fd = open_beside(&p, &beside)) < 0)
		return path_failed(&p, "left as it was", err);
	if (!fill_beside(fd, &p, contents) || rename(beside.c, p.c) != 0) {
		code = path_failed(&p, "left as it was", err);
		unlink(beside.c);
	} else
		code = sync_parent(&p, err);
	close(fd);
	return code;
}

enum err_code
os_append(int fd, struct bytes b, struct err *err)
{
	off_t old = lseek(fd, 0, SEEK_END);
	int   why;

	if (old < 0)
		return err_set(err, ERR_IO, "cannot find its end: %s; nothing was added", strerror(errno));
	errno = 0;
	if (write_all(fd, b) == ERR_OK)
		return ERR_OK;
	why = errno;
	if (ftruncate(fd, old) != 0)
		return err_set(err, ERR_IO, "%s; and it could not be cut back to %lld bytes: %s", strerror(why), (long long)old,
		    strerror(errno));
	(void)lseek(fd, old, SEEK_SET);  /* every append seeks first; this is for readers of the same descriptor */
	return err_set(err, ERR_IO, "%s; nothing was added", why ? strerror(why) : "the disk took no more");
}

enum err_code
os_sync(int fd, struct str path, struct err *err)
{
	if (fdatasync(fd) != 0)
		return err_set(err, ERR_IO, "%" STR_FMT ": %s; the last changes may not be on disk", STR_ARG(path),
		    strerror(errno));
	return ERR_OK;
}

enum err_code
os_sync_dir(struct str path, struct err *err)
{
	struct os_path p;
	enum err_code  code = ERR_OK;
	int            fd;

	if (path_of(path, &p, err) != ERR_OK)
		return err->code;
	if ((fd = open(p.c, O_RDONLY | O_DIRECTORY | O_CLOEXEC)) < 0)
		return path_failed(&p, "its last changes may not be on disk", err);
	if (fsync(fd) != 0 && errno != EINVAL)  /* EINVAL: a file system that has no such thing */
		code = path_failed(&p, "its last changes may not be on disk", err);
	close(fd);
	return code;
}

enum err_code
os_lock_file(struct str path, int *ret_fd, struct err *err)
{
	struct os_path p;
	int            fd;

	if (path_of(path, &p, err) != ERR_OK)
		return err->code;
	if ((fd = open(p.c, O_RDWR | O_CREAT | O_CLOEXEC | O_NOFOLLOW, 0600)) < 0)
		return path_failed(&p, "not locked", err);
	if (flock(fd, LOCK_EX | LOCK_NB) != 0) {
		if (errno == EWOULDBLOCK)
			err_set(err, ERR_BUSY, "%s: another process holds this lock; not locked", p.c);
		else
			path_failed(&p, "not locked", err);
		close(fd);
		return err->code;
	}
	*ret_fd = fd;
	return ERR_OK;
}

bool
os_exists(struct str path)
{
	struct os_path p;
	struct stat    st;
	struct err     err;

	return path_of(path, &p, &err) == ERR_OK && stat(p.c, &st) == 0;
}

bool
os_is_dir(struct str path)
{
	struct os_path p;
	struct stat    st;
	struct err     err;

	return path_of(path, &p, &err) == ERR_OK && stat(p.c, &st) == 0 && S_ISDIR(st.st_mode);
}

int64_t
os_free_bytes(struct str path)
{
	struct os_path p;
	struct statvfs st;
	struct err     err;

	if (path_of(path, &p, &err) != ERR_OK || statvfs(p.c, &st) != 0)
		return -1;
	return (int64_t)(st.f_bavail * st.f_frsize);
}
