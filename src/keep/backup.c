#include "keep/backup.h"

#include <errno.h>
#include <fcntl.h>
#include <limits.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/limits.h"
#include "crypto/sha256.h"
#include "os/file.h"
#include "store/verbs.h"

#define PART_B MiB

struct copy {
	struct arena  *arena;
	struct str     from, to;        /* the desk, the unfinished backup */
	struct buf     manifest, part;
	struct sha256 *hash;
	keep_progress *progress;
	int64_t        done_b, total_b; /* each byte counts twice: copied, read back */
	int64_t        files;
};

static enum err_code
fail(struct err *err, struct str path, const char *doing)
{
	return err_set(err, ERR_IO, "%" STR_FMT ": cannot be %s: %s; the backup was not finished", STR_ARG(path), doing, strerror(errno));
}

/* Read the next part; 0 at the end or at `left`, -1 on error. */
static ssize_t
next_part(struct copy *c, int fd, int64_t left)
{
	char *room;

	buf_reset(&c->part);
	if (left == 0 || (room = buf_room(&c->part, PART_B)) == NULL)
		return left == 0 ? 0 : -1;
	return read(fd, room, left < 0 || left > (int64_t)PART_B ? PART_B : (size_t)left);
}

static bool
write_all(int fd, const char *p, size_t n)
{
	while (n > 0) {
		ssize_t done = write(fd, p, n);

		if (done < 0)
			return false;
		p += done, n -= (size_t)done;
	}
	return true;
}

static void
tell(struct copy *c, struct str doing, ssize_t n)
{
	c->done_b += n;
	c->progress(doing, c->done_b, c->total_b);
}

/* Copy the first size_b bytes; what was read is hashed. */
static enum err_code
copy_bytes(struct copy *c, const struct store_file *f, int in, int out, unsigned char hash[SHA256_B], struct err *err)
{
	int64_t left = f->size_b;
	ssize_t n;

	while ((n = next_part(c, in, left)) > 0) {
		td_sha256_add(c->hash, (struct bytes){ (unsigned char *)c->part.p, (size_t)n });
		if (!write_all(out, c->part.p, (size_t)n))
			return fail(err, f->path, "written to the backup");
		left -= n;
		tell(c, f->path, n);
	}
	td_sha256_end(c->hash, hash);
	if (n < 0)
		return fail(err, f->path, "read");
	if (left > 0)
		return err_set(err, ERR_FORMAT, "%" STR_FMT ": ends %lld bytes early; the backup was not finished", STR_ARG(f->path),
		    (long long)left);
	/* EINVAL: what is there already goes to /dev/null, which has nothing to sync. */
	return fsync(out) == 0 || errno == EINVAL ? ERR_OK : fail(err, f->path, "synced in the backup");
}

static enum err_code
read_back(struct copy *c, struct str path, struct str name, const unsigned char want[SHA256_B], struct err *err)
{
	unsigned char got[SHA256_B];
	int           fd = open(path.p, O_RDONLY | O_CLOEXEC);
	ssize_t       n;

	if (fd < 0)
		return fail(err, path, "opened again");
	(void)posix_fadvise(fd, 0, 0, POSIX_FADV_DONTNEED);     /* a hint: read from the disk, not from memory */
	while ((n = next_part(c, fd, -1)) > 0) {
		td_sha256_add(c->hash, (struct bytes){ (unsigned char *)c->part.p, (size_t)n });
		tell(c, name, n);
	}
	td_sha256_end(c->hash, got);
	close(fd);
	if (n < 0)
		return fail(err, path, "read back");
	if (memcmp(got, want, SHA256_B) != 0)
		return err_set(err, ERR_FORMAT, "%" STR_FMT ": what was read back is not what was written; this disk cannot be trusted, "
		    "the backup does not count", STR_ARG(path));
	return ERR_OK;
}

static struct str
folder_of(struct str path)
{
	size_t n = path.n;

	while (n > 0 && path.p[n - 1] != '/')
		n--;
	return str_sub(path, 0, n > 0 ? n - 1 : 0);
}

static void
add_to_manifest(struct copy *c, const unsigned char hash[SHA256_B], struct str path)
{
	char hex[SHA256_HEX_B];

	buf_add(&c->manifest, str_of(td_hex(hash, SHA256_B, hex)));
	buf_add(&c->manifest, STR("  "));
	buf_add(&c->manifest, path);
	buf_add_char(&c->manifest, '\n');
}

/* A file that is in the backup already (the database's copy) is only hashed and read back. */
static enum err_code
copy_file(struct copy *c, const struct store_file *f, struct err *err)
{
	struct str    to = os_join(c->arena, c->to, f->path);
	bool          is_there = os_exists(to);
	struct str    from = is_there ? to : os_join(c->arena, c->from, f->path);
	unsigned char hash[SHA256_B];
	int           in, out;
	enum err_code code;

	if (os_make_dirs(arena_copy(c->arena, folder_of(to)), err) != ERR_OK)
		return err->code;
	if ((in = open(from.p, O_RDONLY | O_CLOEXEC)) < 0)
		return fail(err, from, "opened");
	out = open(is_there ? "/dev/null" : to.p, O_WRONLY | O_CREAT | O_CLOEXEC | (is_there ? 0 : O_EXCL), 0600);
	if (out < 0) {
		code = fail(err, to, "made");
	} else {
		code = copy_bytes(c, f, in, out, hash, err);
		if (close(out) != 0 && code == ERR_OK)
			code = fail(err, to, "closed");
	}
	close(in);
	if (code != ERR_OK)
		return code;
	c->files++;
	add_to_manifest(c, hash, f->path);
	return read_back(c, to, f->path, hash, err);
}

static enum err_code
copy_all(struct copy *c, const struct store_file_list *list, struct err *err)
{
	for (size_t i = 0; i < list->files.n; i++)
		c->total_b += 2 * list->files.v[i].size_b;
	for (size_t i = 0; i < list->files.n; i++)
		if (copy_file(c, &list->files.v[i], err) != ERR_OK)
			return err->code;
	if (c->manifest.failed)
		return err_set(err, ERR_LIMIT, "%" STR_FMT ": too many files for one manifest; the backup was not finished", STR_ARG(c->to));
	return os_replace_file(os_join(c->arena, c->to, STR("MANIFEST")), buf_str(&c->manifest), err);
}

static struct str
backup_name(struct arena *a, int64_t now_us)
{
	struct civil t = civil_from_instant(now_us);
	char name[64];

	snprintf(name, sizeof(name), "tidings-%04d%02d%02d-%02d%02d%02d", t.year, t.month, t.day, t.hour, t.minute, t.second);
	return arena_copy(a, str_of(name));
}

static enum err_code
make_folder(struct arena *a, struct str desk, struct str to, struct str name, struct str *ret, struct err *err)
{
	char       real_desk[PATH_MAX], real_to[PATH_MAX];
	struct str dir;

	if (os_make_dirs(to, err) != ERR_OK)
		return err->code;
	to = arena_copy(a, to);
	if (realpath(arena_copy(a, desk).p, real_desk) == NULL || realpath(to.p, real_to) == NULL)
		return fail(err, to, "found");
	if (str_starts(str_of(real_to), str_of(real_desk)))
		return err_set(err, ERR_DENIED, "%" STR_FMT ": lies inside the desk; a copy there is lost with it; nothing was done",
		    STR_ARG(to));
	dir = os_join(a, to, name);
	if (os_exists(dir))
		return err_set(err, ERR_EXISTS, "%" STR_FMT ": is there already; nothing was done", STR_ARG(dir));
	*ret = dir;
	return ERR_OK;
}

/* Both ends of the rename are on one disk: `to` was made there. */
static enum err_code
finish(struct copy *c, struct str dir, struct str parent, struct err *err)
{
	if (rename(c->to.p, dir.p) != 0)
		return fail(err, dir, "given its name");
	return os_sync_dir(parent, err);
}

/* DIR.unfinished until every byte was read back. */
static struct str
unfinished(struct arena *a, struct str dir)
{
	char *p = arena_take(a, dir.n + sizeof(".unfinished"));

	memcpy(p, dir.p, dir.n);
	memcpy(p + dir.n, ".unfinished", sizeof(".unfinished"));
	return str_of(p);
}

static enum err_code
make_copy(struct store_link *link, struct copy *c, struct str dir, struct str parent, int64_t now_us, struct err *err)
{
	struct store_file_list  list;
	struct store_backup_new made = { .to = dir, .made_us = now_us };
	struct store_none       none;

	if (os_make_dirs(c->to, err) != ERR_OK ||
	    store_backup_files(link, c->arena, &(struct store_backup_ask){ .to = c->to }, &list, err) != ERR_OK ||
	    copy_all(c, &list, err) != ERR_OK || finish(c, dir, parent, err) != ERR_OK)
		return err->code;
	made.files = c->files;
	made.bytes = c->total_b / 2;
	return store_backup_commit(link, c->arena, &made, &none, err);
}

enum err_code
keep_backup(struct store_link *link, struct arena *a, struct str to, int64_t now_us, keep_progress *progress,
	struct keep_backup *ret, struct err *err)
{
	struct store_desk_status status;
	struct str               dir;
	struct copy   c = { .arena = a, .manifest = BUF_INIT(64 * MiB), .part = BUF_INIT(PART_B), .progress = progress };
	enum err_code code;

	if (store_status(link, a, &(struct store_none){ 0 }, &status, err) != ERR_OK ||
	    make_folder(a, status.dir, to, backup_name(a, now_us), &dir, err) != ERR_OK)
		return err->code;
	if ((c.hash = td_sha256_create()) == NULL)
		return err_set(err, ERR_NOMEM, "out of memory; no backup was made");
	c.from = status.dir;
	c.to = unfinished(a, dir);
	if ((code = make_copy(link, &c, dir, to, now_us, err)) == ERR_OK)
		*ret = (struct keep_backup){ .dir = dir, .files = c.files, .bytes = c.total_b / 2 };
	td_sha256_destroy(c.hash);
	buf_free(&c.manifest);
	buf_free(&c.part);
	return code;
}
