/* Entries of what was done to the desk as a whole: it came out of a backup. */
#include "store/statements.h"
#include "store/handlers.h"

#include <stdio.h>
#include <unistd.h>

#include "base/limits.h"
#include "crypto/sha256.h"
#include "os/file.h"
#include "os/log.h"
#include "store/closing.h"

static void
full(void *arg)
{
	(void)arg;
	os_log(LOG_LEVEL_ERROR, "store", "out of memory while opening");
	_exit(70);
}

struct str
ledger_number(struct arena *a, int64_t v)
{
	char shown[32];

	snprintf(shown, sizeof(shown), "%lld", (long long)v);
	return arena_copy(a, str_of(shown));
}

struct str
act_value(struct arena *a, struct str lines, struct str name)
{
	struct str line;

	while (str_take_line(&lines, &line))
		if (str_starts(line, name) && line.n > name.n && line.p[name.n] == ' ')
			return closing_value(a, str_sub(line, name.n + 1, line.n));
	return STR("");
}

/* ── out of a backup ──────────────────────────────────────────────────── */

/* The hash of a backup's list of files; false: this folder is none. */
static bool
hash_manifest(struct store *s, struct arena *a, struct str *ret, struct err *err)
{
	struct buf    b = BUF_INIT(64 * MiB);
	unsigned char sha256[32];
	char          hex[SHA256_HEX_B], shown[SHA256_HEX_B + 8];
	bool          good = os_read_file(desk_path(s, "MANIFEST", ""), &b, err) == ERR_OK;

	td_sha256(buf_bytes(&b), sha256);
	buf_free(&b);
	snprintf(shown, sizeof(shown), "sha256:%s", td_hex(sha256, 32, hex));
	*ret = arena_copy(a, str_of(shown));
	return good;
}

static void
add_restore(struct store *s, struct arena *a, struct str manifest)
{
	struct query       q = db_query(&s->db, STMT_restore_noted);
	struct buf         first = BUF_INIT(KiB);
	struct ledger_line lines[2];
	int64_t            entries;
	bool               is_noted;

	lines[0] = (struct ledger_line){ "subject", manifest };
	td_ledger_lines(&first, lines, 1);
	bind_str(&q, buf_str(&first));
	is_noted = db_row(&q);
	db_run(&q);
	buf_free(&first);
	if (is_noted)
		return;                 /* a crash came between the entry and the file's new name */
	q = db_query(&s->db, STMT_log_size);
	entries = db_row(&q) ? col_i64(&q) : 0;
	db_run(&q);
	lines[1] = (struct ledger_line){ "entries", ledger_number(a, entries) };
	(void)ledger_act(s, LEDGER_RESTORE, lines, 2);
}

enum err_code
restore_note(struct store *s, struct err *err)
{
	struct arena a;
	struct str   manifest, from;

	*err = (struct err){ 0 };
	if (s->read_only || !os_exists(desk_path(s, "MANIFEST", "")))
		return ERR_OK;
	arena_init(&a, MiB, full, NULL);
	if (hash_manifest(s, &a, &manifest, err)) {
		db_begin(&s->db);
		db_set_who(&s->db, STR("store"));
		add_restore(s, &a, manifest);
		from = arena_copy(&a, desk_path(s, "MANIFEST", ""));
		if (db_end(&s->db, true, err) == ERR_OK && rename(from.p, desk_path(s, "MANIFEST.restored", "").p) != 0)
			err_set(err, ERR_IO, "%" STR_FMT ": cannot be renamed; the next start tries again", STR_ARG(from));
	}
	arena_free(&a);
	return err->code;
}
