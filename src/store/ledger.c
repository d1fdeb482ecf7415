#include "store/statements.h"
#include "store/store_private.h"

#include "base/limits.h"
#include "os/clock.h"

#define STATEMENT_B (48 * KiB)     /* as base64 it fits one message and one proof */

int64_t
ledger_add(struct store *s, enum ledger_kind kind, int64_t time_us, const struct ledger_line *lines, size_t n)
{
	struct buf    statement = BUF_INIT(STATEMENT_B), entry = BUF_INIT(STATEMENT_B);
	unsigned char salt[16], leaf[32];
	struct query  q;
	int64_t       seq = -1;

	os_random(salt, sizeof(salt));
	td_ledger_statement(&statement, kind, time_us, lines, n, salt);
	td_ledger_entry(&entry, kind, time_us, buf_bytes(&statement));
	if (statement.failed || entry.failed) {
		if (s->db.err.code == ERR_OK)
			err_set(&s->db.err, ERR_LIMIT, "the ledger's statement would be longer than 48 KB; nothing was saved");
	} else {
		td_ledger_leaf(buf_bytes(&entry), leaf);
		q = db_query(&s->db, STMT_ledger_add);
		bind_cstr(&q, ledger_kind_name[kind]);
		bind_i64(&q, time_us);
		bind_str(&q, buf_str(&entry));
		bind_str(&q, buf_str(&statement));
		bind_blob(&q, leaf, sizeof(leaf));
		if (db_row(&q))
			seq = col_i64(&q);
		db_run(&q);
		if (s->log_waiting++ == 0)
			s->log_since_us = os_now_us();
	}
	buf_free(&statement);
	buf_free(&entry);
	return seq;
}

int64_t
ledger_act(struct store *s, enum ledger_kind kind, const struct ledger_line *lines, size_t n)
{
	struct buf   text = BUF_INIT(STATEMENT_B);
	int64_t      seq = ledger_add(s, kind, os_now_us(), lines, n);
	struct query q = db_query(&s->db, STMT_act_add);

	td_ledger_lines(&text, lines, n);
	bind_i64(&q, seq);
	bind_str(&q, buf_str(&text));
	db_run(&q);
	buf_free(&text);
	return seq;
}
