#include "store/statements.h"
#include "store/handlers.h"

#include "base/limits.h"
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

enum err_code
on_token_list(struct store *s, struct arena *a, const struct store_token_ask *ask, struct store_token_page *ret, struct err *err)
{
	struct query q = db_query(&s->db, ask->size > 0 ? STMT_token_covering : STMT_token_after);

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
	}
	return db_failed(&s->db, err);
}
