#include "keep/restore.h"

#include <errno.h>
#include <fcntl.h>
#include <limits.h>
#include <stdio.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/limits.h"
#include "crypto/sha256.h"
#include "os/file.h"

#define STEP_B     MiB
#define MANIFEST_B (64 * MiB)

struct restore {
	struct arena  *arena;
	struct str     from, to;        /* the backup, the unfinished desk */
	keep_progress *progress;
	struct sha256 *hash;
	unsigned char *step;
	int64_t        done_b, total_b, files;
};

static enum err_code
fail(struct err *err, struct str path, const char *doing)
{
	return err_set(err, ERR_IO, "%" STR_FMT ": cannot be %s: %s; the desk was not restored", STR_ARG(path), doing, strerror(errno));
}

/* A line of the list: 64 hex digits, two spaces, a path below the folder. */
struct listed {
	struct str hash, path;
};

/* false: no more, or a line that is none, which stays in *rest. */
static bool
take_listed(struct str *rest, struct listed *ret)
{
	struct str behind = *rest, line, part, path;

	if (!str_take_line(&behind, &line) || line.n < 67 || line.p[64] != ' ' || line.p[65] != ' ')
		return false;
	*ret = (struct listed){ str_sub(line, 0, 64), str_sub(line, 66, line.n) };
	path = ret->path;
	while (str_cut(&path, '/', &part))
		if (part.n == 0 || str_eq(part, STR("..")) || str_eq(part, STR(".")))
			return false;
	*rest = behind;
	return str_find_char(ret->path, '\0') == STR_NONE;
}

/* fd's bytes to `out` (-1: nowhere), and whether they have that hash. */
static enum err_code
pass(struct restore *r, const struct listed *f, int in, int out, bool *ret_same, struct err *err)
{
	unsigned char sum[SHA256_B];
	char          hex[SHA256_HEX_B];
	ssize_t       n;

	while ((n = read(in, r->step, STEP_B)) > 0) {
		td_sha256_add(r->hash, (struct bytes){ r->step, (size_t)n });
		if (out >= 0 && os_append(out, (struct bytes){ r->step, (size_t)n }, err) != ERR_OK)
			return err_in(err, "%" STR_FMT " (the desk was not restored)", STR_ARG(f->path));
		r->done_b += n;
		r->progress(f->path, r->done_b, r->total_b);
	}
	td_sha256_end(r->hash, sum);
	*ret_same = str_eq(str_of(td_hex(sum, sizeof(sum), hex)), f->hash);
	if (n < 0)
		return fail(err, f->path, "read");
	return out >= 0 && fsync(out) != 0 ? fail(err, f->path, "synced") : ERR_OK;
}

static enum err_code
copy_file(struct restore *r, const struct listed *f, struct err *err)
{
	struct str    from = os_join(r->arena, r->from, f->path), to = os_join(r->arena, r->to, f->path);
	size_t        folder = to.n;
	int           in = open(from.p, O_RDONLY | O_CLOEXEC | O_NOFOLLOW), out = -1;
	bool          same = false;
	enum err_code code;

	while (folder > 0 && to.p[folder - 1] != '/')
		folder--;
	if (in < 0)
		return fail(err, from, "opened");
	if ((code = os_make_dirs(arena_copy(r->arena, str_sub(to, 0, folder - 1)), err)) == ERR_OK &&
	    (out = open(to.p, O_RDWR | O_CREAT | O_EXCL | O_APPEND | O_CLOEXEC, 0600)) < 0)
		code = fail(err, to, "made");
	if (code == ERR_OK && (code = pass(r, f, in, out, &same, err)) == ERR_OK && !same)
		code = err_set(err, ERR_FORMAT, "%" STR_FMT ": not the file that was backed up; the desk was not restored", STR_ARG(from));
	if (code == ERR_OK) {
		(void)posix_fadvise(out, 0, 0, POSIX_FADV_DONTNEED);    /* a hint: read from the disk, not from memory */
		code = lseek(out, 0, SEEK_SET) == 0 ? pass(r, f, out, -1, &same, err) : fail(err, to, "read back");
	}
	if (code == ERR_OK && !same)
		code = err_set(err, ERR_FORMAT, "%" STR_FMT ": what was read back is not what was written; this disk cannot be trusted", STR_ARG(to));
	close(in);
	if (out >= 0)
		close(out);
	r->files += code == ERR_OK;
	return code;
}

static int64_t
size_of(struct restore *r, struct str path)
{
	struct stat st;

	return stat(os_join(r->arena, r->from, path).p, &st) == 0 ? st.st_size : 0;
}

/* All that the list names; its own file last, so that the new folder says what it came from. */
static enum err_code
copy_all(struct restore *r, struct str manifest, struct err *err)
{
	static const char *const folders[] = { "captures", "ledger", "keys", "run", "spool", "trash" };
	struct str               rest = manifest;
	struct listed            f;

	while (take_listed(&rest, &f))
		r->total_b += 2 * size_of(r, f.path);
	if (rest.n > 0)
		return err_set(err, ERR_FORMAT, "%" STR_FMT "/MANIFEST: not a list of files of a backup; nothing was restored", STR_ARG(r->from));
	for (rest = manifest; take_listed(&rest, &f);)
		if (copy_file(r, &f, err) != ERR_OK)
			return err->code;
	for (size_t i = 0; i < sizeof(folders) / sizeof(*folders); i++)
		if (os_make_dirs(os_join(r->arena, r->to, str_of(folders[i])), err) != ERR_OK)
			return err->code;
	return os_replace_file(os_join(r->arena, r->to, STR("MANIFEST")), manifest, err);
}

static enum err_code
check_target(struct str to, struct err *err)
{
	if (to.n == 0 || to.n > PATH_MAX - 64)
		return err_set(err, ERR_FORMAT, "a folder's name of %zu bytes; nothing was restored", to.n);
	if (os_exists(to))
		return err_set(err, ERR_EXISTS, "%" STR_FMT ": is there already; name a folder that is not; nothing was restored", STR_ARG(to));
	return ERR_OK;
}

enum err_code
keep_restore(struct arena *a, struct str backup, struct str to, keep_progress *progress, struct keep_backup *ret, struct err *err)
{
	struct restore r = { .arena = a, .from = arena_copy(a, backup), .progress = progress, .step = arena_take(a, STEP_B) };
	struct buf     manifest = BUF_INIT(MANIFEST_B);
	char           name[PATH_MAX];
	enum err_code  code;

	if (check_target(to, err) != ERR_OK)
		return err->code;
	snprintf(name, sizeof(name), "%" STR_FMT ".unfinished", STR_ARG(to));
	r.to = str_of(name);
	if ((code = os_read_file(os_join(a, r.from, STR("MANIFEST")), &manifest, err)) != ERR_OK)
		err_in(err, "%" STR_FMT ": not a backup of a desk", STR_ARG(backup));
	else if ((code = os_remove_tree(r.to, err)) == ERR_OK) {
		r.hash = td_sha256_create();
		code = r.hash == NULL ? err_set(err, ERR_NOMEM, "out of memory; nothing was restored") : copy_all(&r, buf_str(&manifest), err);
		td_sha256_destroy(r.hash);
	}
	if (code == ERR_OK && rename(name, arena_copy(a, to).p) != 0)
		code = fail(err, to, "given its name");
	if (code == ERR_OK)
		*ret = (struct keep_backup){ .dir = to, .files = r.files, .bytes = r.total_b / 2 };
	buf_free(&manifest);
	return code;
}
