#include "store/statements.h"
#include "store/handlers.h"

#include "base/limits.h"
#include "crypto/sha256.h"
#include "os/clock.h"

enum { TOKENS_A_PAGE = 50 };

enum err_code
on_token_commit(struct store *s, struct arena *a, const struct store_token_new *ask, struct store_none *ret, struct err *err)
{
	struct query q = db_query(&s->db, STMT_token_add);

	(void)a, (void)ret;
	if (ask->time_us == 0 || ask->token.n == 0)
		return err_set(err, ERR_FORMAT, "a token without a time; not saved");
	bind_i64(&q, ask->size);
	bind_str(&q, ask->authority);
	bind_str(&q, ask->who);
	bind_i64(&q, ask->time_us);
	bind_i64(&q, ask->ends_us);
	bind_i64(&q, os_now_us());
	bind_blob(&q, ask->token.p, ask->token.n);
	db_run(&q);
	return db_failed(&s->db, err);
}

/* ── renewals ─────────────────────────────────────────────────────────── */

#define LINE_B (7 + 64)        /* "sha256:" and the hash */

static const char *
line_of(struct bytes token, char out[LINE_B + 1])
{
	unsigned char sum[SHA256_B];

	memcpy(out, "sha256:", 7);
	td_sha256(token, sum);
	td_hex(sum, SHA256_B, out + 7);
	return out;
}

static int64_t
renewed(struct store *s, struct bytes token)
{
	struct query q = db_query(&s->db, STMT_renewal_first);
	char         line[LINE_B + 1];

	bind_cstr(&q, line_of(token, line));
	return db_row(&q) ? col_i64(&q) : 0;
}

static bool
is_carried(struct store *s, const char *line, int64_t until_us)
{
	struct query q = db_query(&s->db, STMT_renewal_beyond);

	bind_cstr(&q, line);
	bind_i64(&q, until_us);
	return db_row(&q);
}

static void
add_due(struct store *s, int stmt, const struct store_renewal_ask *ask, struct buf *list, int64_t *n, struct arena *a)
{
	struct query q = db_query(&s->db, stmt);
	char         line[LINE_B + 1];

	bind_i64(&q, ask->now_us);
	bind_i64(&q, ask->before_us);
	while (*n < RENEWAL_LINES_N && db_row(&q))
		if (!is_carried(s, line_of(bytes_of(col_blob(&q, a)), line), ask->before_us)) {
			buf_addf(list, "%s\n", line);
			++*n;
		}
}

enum err_code
on_renewal_due(struct store *s, struct arena *a, const struct store_renewal_ask *ask, struct store_renewal_list *ret, struct err *err)
{
	struct buf list = BUF_INIT(RENEWAL_TEXT_B);

	buf_add(&list, STR("tidings-renewal/1\n"));
	add_due(s, STMT_token_ending, ask, &list, &ret->n, a);
	add_due(s, STMT_renewal_ending, ask, &list, &ret->n, a);
	ret->text = ret->n > 0 ? arena_copy(a, buf_str(&list)) : STR("");
	buf_free(&list);
	return db_failed(&s->db, err);
}

enum err_code
on_renewal_commit(struct store *s, struct arena *a, const struct store_renewal_new *ask, struct store_none *ret, struct err *err)
{
	struct query q = db_query(&s->db, STMT_renewal_add);

	(void)a, (void)ret;
	if (ask->time_us == 0 || ask->token.n == 0 || !str_starts(ask->list, STR("tidings-renewal/1\n")))
		return err_set(err, ERR_FORMAT, "a renewal without a time or a list; not saved");
	bind_str(&q, ask->list);
	bind_str(&q, ask->authority);
	bind_str(&q, ask->who);
	bind_i64(&q, ask->time_us);
	bind_i64(&q, ask->ends_us);
	bind_i64(&q, os_now_us());
	bind_blob(&q, ask->token.p, ask->token.n);
	db_run(&q);
	return db_failed(&s->db, err);
}

/* ── reading ──────────────────────────────────────────────────────────── */

enum err_code
on_token_list(struct store *s, struct arena *a, const struct store_token_ask *ask, struct store_token_page *ret, struct err *err)
{
	struct query q = db_query(&s->db, ask->size > 0 ? STMT_token_covering : ask->are_renewals ? STMT_renewal_after : STMT_token_after);

	ret->tokens.v = arena_array(a, TOKENS_A_PAGE, struct store_token);
	bind_i64(&q, ask->size > 0 ? ask->size : ask->after);
	while (ret->tokens.n < TOKENS_A_PAGE && db_row(&q)) {
		struct store_token *t = &ret->tokens.v[ret->tokens.n++];

		t->seq = col_i64(&q);
		t->size = col_i64(&q);
		t->authority = col_str(&q, a);
		t->who = col_str(&q, a);
		t->time_us = col_i64(&q);
		t->ends_us = col_i64(&q);
		t->token = bytes_of(col_blob(&q, a));
		t->note = col_str(&q, a);
		t->renewed_us = renewed(s, t->token);
	}
	return db_failed(&s->db, err);
}
