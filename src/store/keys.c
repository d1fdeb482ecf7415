#include "store/keys.h"

#include <errno.h>
#include <fcntl.h>
#include <limits.h>
#include <stdio.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/arena.h"
#include "base/id.h"
#include "crypto/ecdsa.h"
#include "os/clock.h"
#include "os/file.h"

#define SLUG_B 40

static struct str
path_of(struct str dir, const char *name, char out[PATH_MAX])
{
	int n = snprintf(out, PATH_MAX, "%" STR_FMT "/keys/%s", STR_ARG(dir), name);

	return (struct str){ out, n > 0 && n < PATH_MAX ? (size_t)n : 0 };
}

/* "Seoul Desk" is seoul-desk-k3x9q0m2/log; a name without Latin letters only has the random part. */
static void
make_origin(struct str desk_name, char out[NOTE_NAME_B])
{
	struct id id = os_random_id();
	char      shown[ID_WHOLE], slug[SLUG_B];
	size_t    n = 0;

	for (size_t i = 0; i < desk_name.n && n + 1 < sizeof(slug); i++) {
		char c = desk_name.p[i];

		if (c >= 'A' && c <= 'Z')
			c = (char)(c - 'A' + 'a');
		if ((c >= 'a' && c <= 'z') || (c >= '0' && c <= '9'))
			slug[n++] = c;
		else if (n > 0 && slug[n - 1] != '-')
			slug[n++] = '-';
	}
	while (n > 0 && slug[n - 1] == '-')
		n--;
	id_show_whole(ID_CAPTURE, &id, shown);          /* the characters behind "c-" */
	snprintf(out, NOTE_NAME_B, "%.*s%s%.8s/log", (int)n, slug, n > 0 ? "-" : "", shown + 2);
}

/* A new seed under this name, in this file. */
static enum err_code
make_key(struct str file, struct str name, enum note_kind kind, struct err *err)
{
	unsigned char      seed[SIGN_SEED_B];
	struct note_signer signer;
	struct buf         text = BUF_INIT(4 * NOTE_NAME_B);
	enum err_code      code;

	os_random(seed, sizeof(seed));
	if (td_note_signer_init(&signer, name, kind, seed)) {
		td_note_signer_write(&signer, &text);
		buf_add_char(&text, '\n');
		code = os_replace_file(file, buf_str(&text), err);
		td_wipe(text.p, text.n);
	} else {
		code = err_set(err, ERR_FORMAT, "%" STR_FMT ": not a name for a key; none was made", STR_ARG(name));
	}
	td_wipe(&signer, sizeof(signer));
	td_wipe(seed, sizeof(seed));
	buf_free(&text);
	return code;
}

enum err_code
keys_make_log(struct str dir, struct str desk_name, struct err *err)
{
	char       path[PATH_MAX], origin[NOTE_NAME_B];
	struct str file = path_of(dir, "ledger.key", path);

	if (os_exists(file))
		return err_set(err, ERR_EXISTS, "%s: there is a key already; nothing was changed", path);
	make_origin(desk_name, origin);
	return make_key(file, str_of(origin), NOTE_SIGNATURE, err);
}

static enum err_code
read_key(struct str dir, const char *name, struct note_signer *ret, struct err *err)
{
	char          path[PATH_MAX];
	struct buf    text = BUF_INIT(4 * NOTE_NAME_B);
	enum err_code code = os_read_file(path_of(dir, name, path), &text, err);

	if (code == ERR_OK && !td_note_signer_parse(str_trim(buf_str(&text)), ret))
		code = err_set(err, ERR_FORMAT, "keys/%s: not a key of this desk; nothing can be signed with it", name);
	if (text.p != NULL)
		td_wipe(text.p, text.n);
	buf_free(&text);
	return code;
}

enum err_code
keys_read_log(struct str dir, struct note_signer *ret, struct err *err)
{
	return read_key(dir, "ledger.key", ret, err);
}

enum err_code
keys_make_next(struct str dir, struct str name, struct note_signer *ret, struct err *err)
{
	char path[PATH_MAX];

	if (make_key(path_of(dir, "ledger.key.next", path), name, NOTE_SIGNATURE, err) != ERR_OK)
		return err->code;
	return read_key(dir, "ledger.key.next", ret, err);
}

/* As many zeros as there are bytes; a file that is not there has none. */
static enum err_code
overwrite(const char *path, struct err *err)
{
	static const char zeros[4 * NOTE_NAME_B];
	const int         fd = open(path, O_WRONLY | O_CLOEXEC | O_NOFOLLOW);
	struct stat       st = { 0 };
	bool              good;

	if (fd < 0)
		return errno == ENOENT ? ERR_OK : err_set(err, ERR_IO, "%s: %s; the key was not changed", path, strerror(errno));
	good = fstat(fd, &st) == 0 && st.st_size <= (off_t)sizeof(zeros) && pwrite(fd, zeros, (size_t)st.st_size, 0) == st.st_size && fsync(fd) == 0;
	close(fd);
	return good ? ERR_OK : err_set(err, ERR_IO, "%s: cannot be overwritten: %s; the key was not changed", path, strerror(errno));
}

enum err_code
keys_settle_next(struct str dir, struct str counts, struct err *err)
{
	char               next[PATH_MAX], path[PATH_MAX];
	struct note_signer signer;
	struct buf         vkey = BUF_INIT(4 * NOTE_NAME_B);
	bool               is_it;

	if (!os_exists(path_of(dir, "ledger.key.next", next)))
		return ERR_OK;
	if (read_key(dir, "ledger.key.next", &signer, err) == ERR_OK)
		td_note_key_write(&signer.key, &vkey);
	td_wipe(&signer, sizeof(signer));
	is_it = vkey.n > 0 && str_eq(buf_str(&vkey), counts);
	buf_free(&vkey);
	(void)path_of(dir, "ledger.key", path);
	if (overwrite(is_it ? path : next, err) != ERR_OK)
		return err->code;
	if (is_it ? rename(next, path) != 0 : unlink(next) != 0)
		return err_set(err, ERR_IO, "%s: %s; the key was not changed", next, strerror(errno));
	(void)path_of(dir, "", path);
	return os_sync_dir(str_of(path), err);
}

/* A key of this purpose, named after the log's; made when there is none. */
static enum err_code
need_key(struct str dir, const char *file_name, const char *purpose, enum note_kind kind, struct note_signer *ret, struct err *err)
{
	char               path[PATH_MAX], name[NOTE_NAME_B + 16];
	struct note_signer log;
	struct str         file = path_of(dir, file_name, path);
	size_t             n;

	if (!os_exists(file)) {
		if (keys_read_log(dir, &log, err) != ERR_OK)
			return err->code;
		n = strlen(log.key.name);
		n = n > 4 && strcmp(log.key.name + n - 4, "/log") == 0 ? n - 4 : n;
		snprintf(name, sizeof(name), "%.*s/%s", (int)n, log.key.name, purpose);
		td_wipe(&log, sizeof(log));
		if (make_key(file, str_of(name), kind, err) != ERR_OK)
			return err->code;
	}
	return read_key(dir, file_name, ret, err);
}

enum err_code
keys_need_export(struct str dir, struct note_signer *ret, struct err *err)
{
	return need_key(dir, "minisign.key", "export", NOTE_SIGNATURE, ret, err);
}

enum err_code
keys_need_witness(struct str dir, struct note_signer *ret, struct err *err)
{
	return need_key(dir, "witness.key", "witness", NOTE_COSIGNATURE, ret, err);
}

enum err_code
keys_need_wacz(struct str dir, struct buf *ret_pem, struct err *err)
{
	char          path[PATH_MAX];
	struct str    file = path_of(dir, "wacz.key", path);
	struct buf    pem = BUF_INIT(4096);
	enum err_code code = ERR_OK;

	if (!os_exists(file)) {
		code = td_ecdsa_make(&pem) ? os_replace_file(file, buf_str(&pem), err) :
		    err_set(err, ERR_IO, "keys/wacz.key: OpenSSL made no key; nothing was signed");
		if (pem.p != NULL)
			td_wipe(pem.p, pem.n);
	}
	buf_free(&pem);
	return code == ERR_OK ? os_read_file(file, ret_pem, err) : code;
}
