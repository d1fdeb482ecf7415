#include "store/statements.h"
#include "store/handlers.h"

enum { LINES_N = 7 };

enum err_code
on_fixity_commit(struct store *s, struct arena *a, const struct store_fixity_new *ask, struct store_entered *ret, struct err *err)
{
	char               id[ID_WHOLE], begun[CIVIL_SHOWN];
	const bool         is_one = !id_is_none(&ask->only);
	struct ledger_line lines[LINES_N];
	struct query       q;
	size_t             n = 0;

	lines[n++] = (struct ledger_line){ "subject", is_one ? str_of(id_show_whole(ID_CAPTURE, &ask->only, id)) : STR("everything") };
	if (ask->begun_us != 0)
		lines[n++] = (struct ledger_line){ "begun", str_of(instant_iso(ask->begun_us, begun)) };
	lines[n++] = (struct ledger_line){ "records", ledger_number(a, ask->records) };
	lines[n++] = (struct ledger_line){ "entries", ledger_number(a, ask->entries) };
	lines[n++] = (struct ledger_line){ "wrong", ledger_number(a, ask->wrong) };
	if (ask->first.n > 0)
		lines[n++] = (struct ledger_line){ "first", ask->first };
	lines[n++] = (struct ledger_line){ "by", str_of(s->db.who) };
	ret->ledger_seq = ledger_act(s, LEDGER_FIXITY, lines, n);
	if (!is_one) {
		q = db_query(&s->db, STMT_fixity_run_end);
		db_run(&q);
	}
	return db_failed(&s->db, err);
}

enum err_code
on_fixity_hold(struct store *s, struct arena *a, const struct store_fixity_run *ask, struct store_none *ret, struct err *err)
{
	struct query q = db_query(&s->db, STMT_fixity_run_put);

	(void)a, (void)ret;
	bind_i64(&q, ask->begun_us);
	bind_i64(&q, ask->step);
	bind_i64(&q, ask->position);
	bind_i64(&q, ask->records);
	bind_i64(&q, ask->entries);
	bind_i64(&q, ask->wrong);
	bind_str(&q, ask->first);
	db_run(&q);
	return db_failed(&s->db, err);
}

static void
load_run(struct store *s, struct arena *a, struct store_fixity_run *ret)
{
	struct query q = db_query(&s->db, STMT_fixity_run_get);

	if (!db_row(&q))
		return;
	ret->begun_us = col_i64(&q);
	ret->step = col_i64(&q);
	ret->position = col_i64(&q);
	ret->records = col_i64(&q);
	ret->entries = col_i64(&q);
	ret->wrong = col_i64(&q);
	ret->first = col_str(&q, a);
}

int64_t
fixity_newest(struct store *s, struct arena *a, int64_t *ret_wrong, struct str *ret_first)
{
	struct query q = db_query(&s->db, STMT_fixity_newest);
	int64_t      time_us;
	struct str   lines;

	*ret_wrong = 0;
	*ret_first = STR("");
	if (!db_row(&q))
		return 0;
	time_us = col_i64(&q);
	lines = col_str(&q, a);
	if (!str_to_i64(act_value(a, lines, STR("wrong")), 0, INT64_MAX, ret_wrong))
		*ret_wrong = 1;         /* verify says what is wrong with such an entry */
	*ret_first = act_value(a, lines, STR("first"));
	return time_us;
}

enum err_code
on_fixity_newest(struct store *s, struct arena *a, const struct store_none *ask, struct store_fixity *ret, struct err *err)
{
	struct query q = db_query(&s->db, STMT_ledger_time);

	(void)ask;
	bind_i64(&q, 0);
	ret->first_us = db_row(&q) ? col_i64(&q) : 0;
	ret->time_us = fixity_newest(s, a, &ret->wrong, &ret->first);
	ret->every_days = s->conf.verify_every_days;
	load_run(s, a, &ret->run);
	return db_failed(&s->db, err);
}
