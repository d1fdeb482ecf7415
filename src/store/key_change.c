/*
 * A new signing key for the log, announced under the old one.
 *
 * The entry names both keys and carries the old one's signature over the change; the
 * checkpoint that covers it is the last that the old key signs.  The new secret
 * waits in keys/ledger.key.next until the rows have committed; which of the two
 * counts is what table log_key says, so a crash leaves one key, never none.
 */
#include "store/statements.h"
#include "store/handlers.h"
#include "store/keys.h"
#include "store/log.h"

#include <unistd.h>

#include "base/limits.h"
#include "os/log.h"

static void
full(void *arg)
{
	(void)arg;
	os_log(LOG_LEVEL_ERROR, "store", "out of memory at a change of keys; ended, the next start goes on with it");
	_exit(70);
}

void
key_change_text(struct buf *out, struct str before, struct str after)
{
	buf_addf(out, "tidings-key-change/1\nbefore %" STR_FMT "\nafter %" STR_FMT "\n", STR_ARG(before), STR_ARG(after));
}

static struct str
vkey_of(struct arena *a, const struct note_key *k)
{
	struct buf b = BUF_INIT(4 * NOTE_NAME_B);
	struct str s;

	td_note_key_write(k, &b);
	s = arena_copy(a, buf_str(&b));
	buf_free(&b);
	return s;
}

/* The line by which the old key vouches for the new one. */
static struct str
vouch(struct arena *a, const struct note_signer *old, struct str before, struct str after)
{
	struct buf text = BUF_INIT(2 * KiB), line = BUF_INIT(KiB);
	struct str s;

	key_change_text(&text, before, after);
	td_note_sign(&line, buf_str(&text), old, 0);
	s = arena_copy(a, str_trim(buf_str(&line)));
	buf_free(&text);
	buf_free(&line);
	return s;
}

static int64_t
add_entry(struct store *s, struct arena *a, const struct note_signer *old, const struct store_key_ask *ask, struct store_key_changed *ret)
{
	const struct ledger_line lines[] = { { "subject", ret->after }, { "before", ret->before }, { "reason", ask->reason },
		{ "signature", vouch(a, old, ret->before, ret->after) } };

	return ledger_act(s, LEDGER_KEY, lines, sizeof(lines) / sizeof(*lines));
}

static enum err_code
change(struct store *s, struct arena *a, const struct note_signer *old, const struct store_key_ask *ask, struct store_key_changed *ret,
	struct err *err)
{
	struct note_signer next;
	struct log_head    head;
	struct query       q;

	if (keys_make_next(s->dir, str_of(old->key.name), &next, err) != ERR_OK)
		return err->code;
	s->key_is_due = true;
	ret->before = vkey_of(a, &old->key);
	ret->after = vkey_of(a, &next.key);
	td_wipe(&next, sizeof(next));
	ret->ledger_seq = add_entry(s, a, old, ask, ret);
	if (log_checkpoint(s, a, &head, err) != ERR_OK)
		return err->code;
	q = db_query(&s->db, STMT_log_key_announced);
	bind_str(&q, ret->after);
	bind_i64(&q, ret->ledger_seq);
	db_run(&q);
	ret->size = (int64_t)head.size;
	s->log_published = false;
	return db_failed(&s->db, err);
}

enum err_code
on_key_rotate(struct store *s, struct arena *a, const struct store_key_ask *ask, struct store_key_changed *ret, struct err *err)
{
	struct note_signer old;
	enum err_code      code;

	if (str_trim(ask->reason).n == 0)
		return err_set(err, ERR_FORMAT, "say why the key is changed; nothing was changed");
	if (keys_read_log(s->dir, &old, err) != ERR_OK)
		return err->code;
	code = change(s, a, &old, ask, ret, err);
	td_wipe(&old, sizeof(old));
	return code;
}

void
key_settle(struct store *s)
{
	struct query q = db_query(&s->db, STMT_log_key_newest);
	struct arena a;
	struct err   err;

	s->key_is_due = false;
	if (s->read_only)
		return;
	arena_init(&a, MiB, full, NULL);
	if (keys_settle_next(s->dir, db_row(&q) ? col_str(&q, &a) : STR(""), &err) != ERR_OK)
		os_log(LOG_LEVEL_ERROR, "store", "%s; the next start tries again", err.text);
	db_run(&q);
	arena_free(&a);
}
