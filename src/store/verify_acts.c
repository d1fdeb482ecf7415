/* What verify asks of keys, of contradictions of others, and of acts that belong to no entry. */
#include "store/statements.h"
#include "store/log.h"
#include "store/verify_private.h"

#include "base/limits.h"

/* The old key vouched for the new one, in the entry that announced it. */
static bool
is_vouched(struct verify *v, struct str lines, struct str before, struct str after)
{
	struct buf      text = BUF_INIT(2 * KiB), line = BUF_INIT(KiB);
	struct note_key old;
	bool            good;

	key_change_text(&text, before, after);
	buf_add(&line, act_value(v->a, lines, STR("signature")));
	buf_add_char(&line, '\n');
	good = str_eq(act_value(v->a, lines, STR("subject")), after) && str_eq(act_value(v->a, lines, STR("before")), before) &&
	    td_note_key_parse(before, &old) && td_note_is_signed(buf_str(&text), buf_str(&line), &old, NULL);
	buf_free(&text);
	buf_free(&line);
	return good;
}

static int64_t
one(struct verify *v, int stmt, int64_t key, int64_t none)
{
	struct query q = db_query(&v->s->db, stmt);

	if (key >= 0)
		bind_i64(&q, key);
	return db_row(&q) ? col_i64(&q) : none;
}

/* Each key but the first is announced in the log by the one before it, and is as old as its entry. */
static void
check_keys(struct verify *v)
{
	struct query q = db_query(&v->s->db, STMT_log_key_rows);
	struct str   before = STR("");
	int64_t      stray;

	while (db_row(&q)) {
		struct str vkey = col_str(&q, v->a);
		int64_t    since_us = col_i64(&q), entry = col_i64(&q);
		struct str where = verify_place(v, "tidings.db, key %" STR_FMT, STR_ARG(str_sub(vkey, 0, 100)));

		if (before.n == 0 && entry < 0) {
			if (since_us != one(v, STMT_checkpoint_first, -1, since_us))
				verify_say(v, where, "did not come with the first checkpoint");
		} else if (before.n == 0 || entry < 0 || !is_vouched(v, verify_act(v, entry), before, vkey)) {
			verify_say(v, where, "is not announced in the ledger by the key before it");
		} else if (since_us != one(v, STMT_ledger_time, entry, -1)) {
			verify_say(v, where, "is not as old as the entry that announced it");
		}
		before = vkey;
	}
	if ((stray = one(v, STMT_log_key_unannounced, -1, -1)) >= 0)
		verify_say(v, verify_place(v, "ledger entry %lld", (long long)stray), "announces a key that this desk does not know");
}

static bool
is_signed_by_partner(struct verify *v, struct str text, struct str line, struct str origin)
{
	struct query    q = db_query(&v->s->db, STMT_partner_list);
	struct note_key k;

	while (db_row(&q))
		if (td_note_key_parse(col_str(&q, v->a), &k) && str_eq(str_of(k.name), origin) && td_note_is_signed(text, line, &k, NULL))
			return true;
	return false;
}

/* A contradiction is worth something only as its log signed it. */
static void
check_conflicts(struct verify *v)
{
	struct query q = db_query(&v->s->db, STMT_conflict_all);

	while (db_row(&q)) {
		struct str         origin = col_str(&q, v->a);
		uint64_t           size = (uint64_t)col_i64(&q);
		struct merkle_hash head;
		struct buf         text = BUF_INIT(KiB);

		col_hash(&q, head.b);
		td_checkpoint_write(&text, origin, size, &head);
		if (!is_signed_by_partner(v, buf_str(&text), col_str(&q, v->a), origin))
			verify_say(v, verify_place(v, "tidings.db, contradiction of %" STR_FMT " at %llu entries", STR_ARG(origin), (unsigned long long)size),
			    "is not what that log signed");
		buf_free(&text);
	}
}

void
verify_acts(struct verify *v)
{
	int64_t strays = one(v, STMT_act_stray, -1, 0);

	check_keys(v);
	check_conflicts(v);
	if (strays > 0)
		verify_say(v, STR("tidings.db"), "%lld rows of act stand beside entries that speak of other rows", (long long)strays);
}
